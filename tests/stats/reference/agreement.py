# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kappa with its error by the delta method on numeric derivatives, and alpha from the matrix of coincidences, pair by pair.

Written apart from src/stats/agreement.c: no formula of the error, no shortcut for the pairs.
"""
from itertools import permutations

import numpy as np
from draws import Draws, say


def kappa(p):
    chance = p.sum(1) @ p.sum(0)
    return (np.trace(p) - chance) / (1 - chance)


def error(counts):
    n = counts.sum()
    p = counts / n
    slope = np.zeros(p.size)
    for i in range(p.size):
        step = np.zeros(p.size)
        step[i] = 1e-6
        at = lambda s: kappa(((p.ravel() + s) / (1 + s.sum())).reshape(p.shape))
        slope[i] = (at(step) - at(-step)) / 2e-6
    mean = slope @ p.ravel()
    return np.sqrt(((slope - mean) ** 2 @ p.ravel()) / n)


def alpha(units):
    c = np.zeros((4, 4))
    for values in units:
        if len(values) < 2:
            continue
        for a, b in permutations(range(len(values)), 2):
            c[values[a], values[b]] += 1 / (len(values) - 1)
    each = c.sum(1)
    n = each.sum()
    differ = n - np.trace(c)
    chance = n * n - (each**2).sum()
    return 1 - (n - 1) * differ / chance


tables = {
    "diagnoses": [[53, 5, 2], [11, 14, 5], [1, 6, 3]],
    "grants": [[20, 5], [10, 15]],
}
for name, table in tables.items():
    counts = np.array(table, float)
    say(f"{name}-kappa", kappa(counts / counts.sum()))
    say(f"{name}-error", error(counts))

draws = Draws(7)
units = []
for unit in range(60):
    truth = draws.pick(4)
    people = 1 + draws.pick(4)
    units.append([truth if draws.draw() < 0.6 else draws.pick(4) for _ in range(people)])
say("drawn-alpha", alpha(units))
