# SPDX-License-Identifier: AGPL-3.0-or-later
"""A change of a share by least squares, errors clustered by person (Liang and Zeger 1986), and false-discovery rates."""
import numpy as np
from draws import Draws, say


def period(d, people, most, share, like):
    rows = []
    for person in range(people):
        way = d.draw() < share
        for _ in range(1 + d.pick(most)):
            rows.append((person, way if d.draw() < like else d.draw() < share))
    return np.array(rows, dtype=float)


def rates(p):
    """Benjamini and Yekutieli, from the definition: for each the least rate at which it is among the rejected."""
    m, c = len(p), sum(1 / i for i in range(1, len(p) + 1))
    return [min(min(1, m * c * s / (p <= s).sum()) for s in p[p >= x]) for x in p]


def main():
    for seed, people, most, now, before, like in ((1, 3000, 1, 0.3, 0.25, 0), (2, 900, 8, 0.5, 0.5, 0.6), (3, 700, 12, 0.1, 0.15, 0.9)):
        d = Draws(seed)
        sides = [period(d, people, most, share, like) for share in (now, before)]
        rows = np.vstack([sides[0], sides[1] + [people, 0]])
        mark = np.arange(len(rows)) < len(sides[0])
        design = np.column_stack([np.ones(len(rows)), mark])
        bread = np.linalg.inv(design.T @ design)
        slope = bread @ design.T @ rows[:, 1]
        scores = design * (rows[:, 1] - design @ slope)[:, None]
        summed = np.array([scores[rows[:, 0] == g].sum(axis=0) for g in np.unique(rows[:, 0])])
        say(f"{seed}-change", 100 * slope[1])
        say(f"{seed}-se", 100 * np.sqrt((bread @ (summed.T @ summed) @ bread)[1, 1]))
    d = Draws(9)
    p = np.array([d.draw() ** (6 if i % 4 == 0 else 1) for i in range(200)])
    for i, rate in enumerate(rates(p)):
        say(f"rate-{i}", rate)


if __name__ == "__main__":
    main()
