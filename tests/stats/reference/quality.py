# SPDX-License-Identifier: AGPL-3.0-or-later
"""Units on the funnel, bursts, copies and the mix of channels, by numpy, scipy and plain SQL."""
import sqlite3

import numpy as np
from draws import Draws, say
from scipy import stats


def funnel(n, x):
    target = np.arcsin(np.sqrt(x.sum() / n.sum()))
    judged = n >= 30
    y = np.arcsin(np.sqrt((x + 0.375) / (n + 0.75)))
    s2 = 1 / (4 * n)
    z = ((y - target) / np.sqrt(s2))[judged]
    phi = np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2)
    k, w, tau2 = len(z), 1 / s2[judged], 0
    if phi > 1 + 2 * np.sqrt(2 / k):
        tau2 = max(0, (k * phi - (k - 1)) / (w.sum() - (w**2).sum() / w.sum()))
    return np.where(judged, (y - target) / np.sqrt(s2 + tau2), 0), tau2


for seed, spread in ((1, 0), (2, 0.15)):
    draws = Draws(seed)
    n, x = [], []
    for unit in range(40):
        answers = 10 + draws.pick(300)
        share = 0.5 + spread * (draws.draw() - 0.5) * 2 + (0.3 if unit == 7 else 0)
        n.append(answers)
        x.append(sum(draws.draw() < share for _ in range(answers)))
    z, tau2 = funnel(np.array(n, float), np.array(x, float))
    say(f"funnel{seed}-tau2", tau2)
    for unit in range(40):
        say(f"funnel{seed}-{unit}", z[unit])


def scan(k, n, w):
    return (k / w - n - 1) * stats.binom.pmf(k, n, w) + 2 * stats.binom.sf(k - 1, n, w)


def scan_by_simulation(k, n, w, runs):
    at = np.sort(np.random.default_rng(1).random((runs, n)), axis=1)
    return np.mean(((at[:, k - 1 :] - at[:, : n - k + 1]) <= w).any(axis=1))


for k, n, w in ((4, 10, 0.02), (6, 30, 0.02), (9, 100, 0.01), (5, 8, 0.1), (12, 200, 0.01)):
    assert abs(scan(k, n, w) - scan_by_simulation(k, n, w, 100000)) < 0.003, (k, n, w)
    say(f"scan-{k}-{n}", scan(k, n, w))

for i, (before, now) in enumerate((([400, 300, 200, 100], [310, 330, 240, 120]), ([50, 30, 3, 1], [40, 10, 30, 4]), ([60, 20], [22, 50]))):
    before, now = np.array(before, float), np.array(now, float)
    say(f"mix{i}-distance", np.abs(now / now.sum() - before / before.sum()).sum() / 2)
    share = (before + now) / (before.sum() + now.sum())
    kept = share * min(before.sum(), now.sum()) >= 5
    table = [[*t[kept], t[~kept].sum()] if (~kept).any() else t for t in (before, now)]
    say(f"mix{i}-chance", stats.chi2_contingency(table, correction=False)[1])

draws = Draws(5)
db = sqlite3.connect(":memory:")
db.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, text INTEGER, device INTEGER, minute INTEGER)")
for i in range(500):
    db.execute("INSERT INTO answer VALUES (?, ?, ?, ?)", (i, draws.pick(40), draws.pick(60), draws.pick(30)))
for name, where, by in (
    ("device", "text <> 0 AND device <> 0", "text, device"),
    ("minute", "text <> 0", "text, minute"),
    ("same", "device <> 0", "device"),
):
    groups = f"SELECT COUNT(*) AS n FROM answer WHERE {where} GROUP BY {by}"
    say(f"copies-{name}-squares", db.execute(f"SELECT SUM(n * n) FROM ({groups})").fetchone()[0])
    say(f"copies-{name}-most", db.execute(f"SELECT MAX(n) FROM ({groups})").fetchone()[0])
say(
    "copies",
    db.execute(
        """SELECT COUNT(*) FROM answer a WHERE a.text <> 0 AND EXISTS (SELECT 1 FROM answer b WHERE b.id < a.id AND b.text = a.text
        AND (b.minute = a.minute OR (b.device = a.device AND a.device <> 0)))"""
    ).fetchone()[0],
)
