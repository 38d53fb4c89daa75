# SPDX-License-Identifier: AGPL-3.0-or-later
"""General dominance by fitting each set of ratings anew.

R^2 by numpy's least squares; and, to see that it does not matter for the order, McFadden's R^2 of an ordered logit by
scipy's optimiser (Azen & Traxel 2009).
"""
from itertools import combinations
from math import comb

import numpy as np
from draws import Draws, say
from scipy.optimize import minimize
from scipy.special import expit


def dominance(count, fit):
    fits = {s: fit(s) for k in range(count + 1) for s in combinations(range(count), k)}
    parts = []
    for i in range(count):
        others = [j for j in range(count) if j != i]
        part = 0
        for k in range(count):
            gains = [fits[tuple(sorted((*s, i)))] - fits[s] for s in combinations(others, k)]
            part += np.mean(gains) / count
        parts.append(part)
    return parts, fits[tuple(range(count))]


def least_squares(x, y):
    def fit(s):
        design = np.column_stack([np.ones(len(y)), x[:, list(s)]])
        rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        return 1 - rest.var() / y.var()

    return fit


def coefficients(x, y):
    design = np.column_stack([np.ones(len(y)), x])
    return np.linalg.lstsq(design, y, rcond=None)[0][1:]


def ordered_logit(x, y):
    groups = [y == v for v in (-1, 0, 1)]
    shares = np.array([g.mean() for g in groups])
    null = sum(g.sum() * np.log(p) for g, p in zip(groups, shares))

    def minus_log_likelihood(b, z):
        score = z @ b[2:]
        low, high = expit(b[0] - score), expit(b[0] + np.exp(b[1]) - score)
        p = np.select(groups, [low, high - low, 1 - high])
        return -np.log(np.maximum(p, 1e-300)).sum()

    def fit(s):
        z = (x[:, list(s)] - x[:, list(s)].mean(axis=0))
        start = np.concatenate([[np.log(shares[0] / (1 - shares[0])), 0.0], np.zeros(len(s))])
        return 1 + minimize(minus_log_likelihood, start, (z,), "BFGS").fun / null

    return fit


# The example of R's package domir: mpg ~ am + vs + cyl of mtcars.
MPG = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9,
       21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4]
CYL = [6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4]
VS = [0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1]
AM = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
parts, whole = dominance(3, least_squares(np.column_stack([AM, VS, CYL]).astype(float), np.array(MPG, float)))
assert np.allclose([*parts, whole], [0.1774892, 0.2027032, 0.3817849, 0.7619773], atol=5e-8)


def draw(seed, answers, count):
    """Ratings of 0 to 10 that share a mood; the first three go with the score, less and less."""
    draws = Draws(seed)
    x, y = [], []
    for _ in range(answers):
        mood = draws.pick(7)
        row = [min(10, mood + draws.pick(5)) for _ in range(count)]
        lean = 4 * row[0] + 2 * row[1] - row[2] + draws.pick(20)
        x.append(row)
        y.append(1 if lean > 42 else 0 if lean > 32 else -1)
    return np.array(x, float), np.array(y, float)


for seed, answers, count in ((1, 120, 3), (2, 400, 5), (3, 300, 8)):
    x, y = draw(seed, answers, count)
    parts, whole = dominance(count, least_squares(x, y))
    say(f"{seed}-r2", whole)
    for i, part in enumerate(parts):
        say(f"{seed}-{i}-part", part)
        say(f"{seed}-{i}-effect", 100 * coefficients(x, y)[i])
        say(f"{seed}-{i}-alone", 100 * coefficients(x[:, [i]], y)[0])
        say(f"{seed}-{i}-spread", x[:, i].std())

x, y = draw(2, 400, 4)
logit, _ = dominance(4, ordered_logit(x, y))
linear, _ = dominance(4, least_squares(x, y))
assert (np.argsort(logit) == np.argsort(linear)).all(), (logit, linear)
for i, part in enumerate(logit):
    say(f"logit-{i}", round(part, 5))
