# SPDX-License-Identifier: AGPL-3.0-or-later
"""Change points by trying every way to cut a short series, and dates by integrating the likelihood over both levels.

Written apart from src/stats/changepoint.c: combinations instead of dynamic programming, quadrature instead of formulas.
"""
from itertools import combinations

import numpy as np
from draws import Draws, say
from scipy.integrate import quad
from scipy.optimize import brentq

NILE = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
    1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
    831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759,
    781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
    744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
]


def variance(n, s, ss, deff):
    within = deff * np.sum(ss - s**2 / n) / max(1, np.sum(n - 1))
    d = np.diff(s / n) ** 2 / (1 / n[1:] + 1 / n[:-1])
    fixed = lambda v: np.minimum(d, 6.6349 * v).mean() / 0.9759 - v
    # the fixed point that the iteration from above reaches
    grid = d.mean() * np.linspace(1.2, 0.02, 4000)
    signs = [fixed(v) for v in grid]
    at = next(i for i in range(1, len(grid)) if signs[i] >= 0)
    between = brentq(fixed, grid[at], grid[at - 1], xtol=1e-12)
    return max(within, between), between > within


def cost(n, s, v, cuts):
    edges = [0, *cuts, len(n)]
    return -sum(s[a:b].sum() ** 2 / n[a:b].sum() / v for a, b in zip(edges, edges[1:]))


def best(n, s, v, penalty, least, most):
    tried = []
    for count in range(most + 1):
        for cuts in combinations(range(1, len(n)), count):
            edges = [0, *cuts, len(n)]
            if all(n[a:b].sum() >= least for a, b in zip(edges, edges[1:])):
                tried.append((cost(n, s, v, cuts) + penalty * count, cuts))
    return min(tried)[1]


def log_marginal(n, s, v):
    """log of the integral of exp(-sum n (mean - level)^2 / 2v) over the level, but for what no date changes."""
    total, mean = n.sum(), s.sum() / n.sum()
    width = np.sqrt(v / total)
    inner, _ = quad(lambda u: np.exp(-total * u * u / (2 * v)), -12 * width, 12 * width, epsabs=0, epsrel=1e-12)
    return s.sum() * mean / (2 * v) + np.log(inner)


def dates(n, s, v, a, b, least):
    ks = [k for k in range(a + 1, b) if n[a:k].sum() >= least and n[k:b].sum() >= least]
    logs = np.array([log_marginal(n[a:k], s[a:k], v) + log_marginal(n[k:b], s[k:b], v) for k in ks])
    w = np.exp(logs - logs.max())
    w /= w.sum()
    sizes = np.array([s[k:b].sum() / n[k:b].sum() - s[a:k].sum() / n[a:k].sum() for k in ks])
    noise = np.array([v / n[a:k].sum() + v / n[k:b].sum() for k in ks])
    mean = (w * sizes).sum()
    spread = np.sqrt((w * (sizes**2 + noise)).sum() - mean**2)
    order = np.argsort(-w, kind="stable")
    kept = order[: np.searchsorted(np.cumsum(w[order]), 0.95) + 1]
    return min(ks[i] for i in kept), max(ks[i] for i in kept), mean, mean - 1.959963984540054 * spread, mean + 1.959963984540054 * spread


def report(name, n, s, ss, deff, least, half_scale, most):
    n, s, ss = (np.array(x, float) for x in (n, s, ss))
    v, loose = variance(n, s, ss, deff)
    penalty = 5 + 3.6 * np.log(np.log(len(n)))
    penalty *= 1 + 6 / (len(n) - 1) if loose else 1
    least = max(1, least * max(1, 0.3 * half_scale**2 / v))
    cuts = best(n, s, v, penalty, least, most)
    say(f"{name}-variance", v)
    say(f"{name}-count", len(cuts))
    edges = [0, *cuts, len(n)]
    for i, at in enumerate(cuts):
        say(f"{name}-{i}-at", at)
        for key, value in zip(("from", "to", "size", "lo", "hi"), dates(n, s, v, edges[i], edges[i + 2], least)):
            say(f"{name}-{i}-{key}", value)


report("nile", [1] * 100, NILE, np.square(NILE), 1, 1, 0, 2)
draws = Draws(11)
STEPS = [draws.pick(20) + (100 if 10 <= i < 24 else 0) for i in range(34)]
report("steps", [1] * 34, STEPS, np.square(STEPS), 1, 1, 0, 3)
for seed in (1, 2, 3, 4):
    draws = Draws(seed)
    n, s, ss = [], [], []
    for bucket in range(16):
        answers = 20 + draws.pick(40)
        shift = 0.2 if 5 <= bucket < 11 else 0
        promoters = detractors = 0
        for _ in range(answers):
            u = draws.draw() + shift
            promoters += u < 0.5
            detractors += u > 0.8
        n.append(answers)
        s.append(100 * (promoters - detractors))
        ss.append(10000 * (promoters + detractors))
    report(f"score{seed}", n, s, ss, 1.3, 30, 100, 4)
