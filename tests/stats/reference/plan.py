# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers for a range by counting up, answers for a change by solving the power of the two-sided test for n."""
import numpy as np
from draws import say
from scipy.optimize import brentq
from scipy.stats import norm

SHARES = [(0.45, 0.20, 1.0), (0.50, 0.20, 1.0), (0.80, 0.05, 1.6), (0.95, 0.01, 1.0), (0.30, 0.30, 3.0)]


def width(p, d, deff, answers):
    n = answers / deff + 3
    a, b = (p * answers / deff + 0.75) / n, (d * answers / deff + 0.75) / n
    return 100 * norm.ppf(0.975) * np.sqrt((a + b - (a - b) ** 2) / n)


def power(n, change, p, d, deff):
    se = np.sqrt(2 * (p + d - (p - d) ** 2) * deff / n)
    return norm.sf(norm.ppf(0.975) - change / 100 / se)


def main():
    for i, (p, d, deff) in enumerate(SHARES):
        for half in (3, 5, 10):
            n = np.arange(1, 60000)
            say(f"{i}-answers-{half}", n[width(p, d, deff, n) > half].max() + 1)
        for change in (5, 15, 40):
            say(f"{i}-side-{change}", np.ceil(brentq(lambda n: power(n, change, p, d, deff) - 0.8, 1, 1e7, xtol=1e-9)))


if __name__ == "__main__":
    main()
