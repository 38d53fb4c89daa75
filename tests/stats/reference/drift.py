# SPDX-License-Identifier: AGPL-3.0-or-later
"""The watch of src/stats/drift.c by its definition: every start of every bet is followed on its own.

Also that bets are fair: the mean of B(m) over all baselines of 100 people with mean m is 1.
"""
import numpy as np
from draws import Draws, say
from scipy.stats import multinomial

LEVELS, STAKES, IDLE = 96, 6, 0.1


def bet_on_baseline(p, n, d, m, deff=1):
    total = IDLE
    for stake in (1, 1.8, 3.2, 5.8, 10):
        k = min(0.49, stake / np.sqrt((p + n + d) / deff))
        factors = np.repeat([1 + k * (1 - m), 1 - k * m, 1 + k * (-1 - m)], [p, n, d])
        total += (1 - IDLE) / 5 * np.exp(np.log(factors).sum() / deff)
    return total


def levels_of(p, n, d, alarm_at, deff):
    people = p + n + d
    up, down = (p + 1) / (people + 3), (d + 1) / (people + 3)
    se = np.sqrt((up + down - (up - down) ** 2) / people * deff)
    mean = (p - d) / people
    return np.linspace(mean - np.sqrt(2 * (np.log(alarm_at) + 4)) * se, mean + 2.5 * se, LEVELS)


def evidence(p, n, d, weeks, series, answers, deff=1):
    alarm_at = (p + n + d) / weeks * 104 * series
    levels = levels_of(p, n, d, alarm_at, deff)
    baseline = np.array([bet_on_baseline(p, n, d, m, deff) for m in levels])
    stakes = min(0.95, 0.9 / (1 - levels[0])) * 2.0 ** -np.arange(STAKES)
    growth = (1 + stakes[None, :, None] * (levels[:, None, None] - answers[None, None, :])) ** (1 / deff)
    wealth = np.zeros((LEVELS, STAKES))
    for start in range(len(answers)):
        wealth += growth[:, :, start:].prod(axis=2)
    whole = IDLE * len(answers) + (1 - IDLE) * wealth.mean(axis=1)
    cells = list(baseline[1:] * whole[:-1])
    cells += [baseline[0] * IDLE * len(answers), IDLE * whole[-1]]
    return min(cells) / alarm_at


draws = Draws(2026)
answers = []
for i in range(400):
    u, fall = draws.draw(), 0.3 if i >= 150 else 0
    answers.append(1 if u < 0.5 - fall / 2 else -1 if u > 0.8 - fall / 2 else 0)
answers = np.array(answers, float)
for after in (1, 50, 150, 200, 300, 400):
    say(f"plain-{after}", np.log(evidence(600, 320, 280, 12, 1, answers[:after])))
    say(f"split-{after}", np.log(evidence(140, 30, 30, 2, 7, answers[:after])))
    say(f"grouped-{after}", np.log(evidence(600, 320, 280, 12, 1, answers[:after] / 2, 1.7)))

n = 100
for m in (-0.3, 0.2, 0.7):
    p, d = (0.8 + m) / 2 if m < 0.7 else 0.8, (0.8 - m) / 2 if m < 0.7 else 0.1
    mean = 0
    for i in range(n + 1):
        for j in range(n + 1 - i):
            mean += multinomial.pmf([i, n - i - j, j], n, [p, 1 - p - d, d]) * bet_on_baseline(i, n - i - j, j, m)
    assert abs(mean - 1) < 1e-9, mean
    say(f"fair-{m}", mean)
