# SPDX-License-Identifier: AGPL-3.0-or-later
"""A segment against the rest by least squares: x on a mark of the segment, errors clustered by account.

The sandwich of Liang and Zeger (1986) over dense matrices, without corrections for few clusters; written apart from
src/stats, which makes the same of sums.
"""
import numpy as np
from draws import Draws, say


def world(seed, accounts, most, spans, like, gap):
    d = Draws(seed)
    rows = []
    for account in range(accounts):
        home = d.pick(3) == 0
        lean = d.draw()
        for _ in range(1 + d.pick(most)):
            here = home if d.draw() >= spans else d.pick(3) == 0
            u = lean if d.draw() < like else d.draw()
            u += gap if here else 0
            rows.append((account, here, 1 if u < 0.5 else 0 if u < 0.7 else -1))
    return np.array(rows)


def main():
    worlds = [(1, 2000, 1, 0.0, 0.0, 0.0), (2, 900, 8, 0.0, 0.6, 0.1), (3, 900, 8, 0.5, 0.6, 0.0), (4, 600, 12, 0.8, 0.8, 0.05)]
    for w in worlds:
        rows = world(*w)
        design = np.column_stack([np.ones(len(rows)), rows[:, 1]])
        x = rows[:, 2].astype(float)
        bread = np.linalg.inv(design.T @ design)
        slope = bread @ design.T @ x
        scores = design * (x - design @ slope)[:, None]
        summed = np.array([scores[rows[:, 0] == g].sum(axis=0) for g in np.unique(rows[:, 0])])
        variance = bread @ (summed.T @ summed) @ bread
        say(f"{w[0]}-difference", 100 * slope[1])
        say(f"{w[0]}-se", 100 * np.sqrt(variance[1, 1]))


if __name__ == "__main__":
    main()
