# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ranking by integration instead of draws, spread by solving instead of halving; and the funnel's over-dispersion.

The chance of being in the top third is integrated over the mean (Gauss-Hermite) and the segment's own score, with the
number of those ahead by convolution (Poisson-binomial).
"""
import numpy as np
from draws import Draws, say
from scipy.optimize import brentq
from scipy.stats import norm

BCG = """4 119 11 128 6 300 29 274 3 228 11 209 62 13536 248 12619 33 5036 47 5761 180 1361 372 1079 8 2537 10 619
505 87886 499 87892 29 7470 45 7232 17 1699 65 1600 186 50448 141 27197 5 2493 3 2338 27 16886 29 17825"""


def q(spread, y, v):
    w = 1 / (v + spread)
    mean = (w * y).sum() / w.sum()
    return (w * (y - mean) ** 2).sum() - (len(y) - 1)


def spread_of(y, v):
    return brentq(q, 0, 100, args=(y, v), xtol=1e-15) if q(0, y, v) > 0 else 0.0


def segments(seed, k, most):
    d = Draws(seed)
    rows = []
    for _ in range(k):
        n = 40 + d.pick(most)
        up = 0.25 + 0.4 * d.draw()
        u = [d.draw() for _ in range(n)]
        rows.append((n, sum(x < up for x in u), sum(x >= 0.8 for x in u)))
    return np.array(rows, dtype=float)


def places(y, v, spread, top):
    w = 1 / (v + spread)
    mean, se = (w * y).sum() / w.sum(), w.sum() ** -0.5
    b = spread / (spread + v)
    nodes, weights = np.polynomial.hermite_e.hermegauss(24)
    grid = np.linspace(-8, 8, 321)
    mass = norm.pdf(grid) / norm.pdf(grid).sum()
    chance, rank = np.zeros(len(y)), np.zeros(len(y))
    for node, weight in zip(nodes, weights / weights.sum()):
        centre, sd = b * y + (1 - b) * (mean + node * se), np.sqrt(b * v)
        for i in range(len(y)):
            own = centre[i] + sd[i] * grid
            ahead = np.ones((1, len(grid)))
            for j in range(len(y)):
                if j != i:
                    p = norm.sf((own - centre[j]) / sd[j])
                    ahead = np.vstack([ahead, 0 * grid]) * (1 - p) + np.vstack([0 * grid, ahead]) * p
            chance[i] += weight * (ahead[:top].sum(axis=0) * mass).sum()
            rank[i] += weight * ((ahead * np.arange(len(ahead))[:, None]).sum(axis=0) * mass).sum()
    return chance, rank + 1


def ranking(seed, k, most):
    n, up, down = segments(seed, k, most).T
    y = (up - down) / n
    p, d = (up + 0.75) / (n + 3), (down + 0.75) / (n + 3)
    v = (p + d - (p - d) ** 2) / (n + 3)
    spread = spread_of(y, v)
    w, b = 1 / (v + spread), spread / (spread + v)
    mean = (w * y).sum() / w.sum()
    chance, rank = places(y, v, spread, -(-k // 3))
    say(f"{seed}-mean", 100 * mean)
    say(f"{seed}-spread", 100 * np.sqrt(spread))
    for i in range(k):
        say(f"{seed}-shrunk-{i}", 100 * (b * y + (1 - b) * mean)[i])
        say(f"{seed}-lo-{i}", 100 * (b * y + (1 - b) * mean - norm.ppf(0.975) * np.sqrt(b * v + (1 - b) ** 2 / w.sum()))[i])
        say(f"{seed}-top-{i}", chance[i])
        say(f"{seed}-rank-{i}", rank[i])
    score = (up.sum() - down.sum()) / n.sum()
    sd = np.sqrt((up.sum() + down.sum()) / n.sum() - score**2)
    z = (y - score) / (sd / np.sqrt(n))
    z = np.clip(z, np.quantile(z, 0.1), np.quantile(z, 0.9))
    phi = (z**2).mean()
    phi = phi if phi > 1 + 2 * np.sqrt(2 / k) else 1
    say(f"{seed}-phi", phi)
    say(f"{seed}-hi998", 100 * (score + norm.ppf(0.999) * sd * np.sqrt(phi / 500)))


def main():
    a, b, c, d = np.array(BCG.split(), dtype=float).reshape(-1, 4).T
    say("bcg", spread_of(np.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)))
    for seed, k, most in ((1, 6, 60), (2, 9, 400), (3, 12, 2000)):
        ranking(seed, k, most)


if __name__ == "__main__":
    main()
