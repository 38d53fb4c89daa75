# SPDX-License-Identifier: AGPL-3.0-or-later
"""Das Gupta's split of a change by brute force: every order of changing the factors, one after the other.

Written apart from src/stats/split.c: dense numpy arrays over the whole grid, permutations instead of weights.
"""
from itertools import permutations

import numpy as np
from draws import Draws, say


def margin(n, keep):
    """Sums over the axes that are not in keep, with the shape of n."""
    drop = tuple(k for k in range(n.ndim) if k not in keep)
    return np.broadcast_to(n.sum(axis=drop, keepdims=True), n.shape)


def ratio(n, others, whole, period):
    with np.errstate(all="ignore"):
        mine = margin(n[period], whole) / margin(n[period], others)
        its = margin(n[1 - period], whole) / margin(n[1 - period], others)
    return np.where(np.isnan(mine), its, mine)


def factor(n, k, period):
    """Attribute k's factor of each cell's share: the geometric mean over all orders."""
    attributes = n.shape[1:]
    orders = list(permutations(range(len(attributes))))
    log = np.zeros(attributes)
    for order in orders:
        before = set(order[: order.index(k)])
        with np.errstate(all="ignore"):
            log = log + np.log(ratio(n, before, before | {k}, period)) / len(orders)
    return np.exp(log)


def split(n, s, origin):
    attributes = n.ndim - 1
    with np.errstate(all="ignore"):
        r = s / n
    r = np.where(np.isnan(r), r[::-1], r)
    factors = [[factor(n, k, t) for t in (0, 1)] for k in range(attributes)]
    effects = np.zeros(attributes + 1)
    orders = list(permutations(range(attributes)))
    alive = n.sum(axis=0) > 0
    middle = (r[0] + r[1]) / 2 - origin
    for order in orders:
        now = [0] * attributes
        value = lambda: (middle * np.prod([factors[k][now[k]] for k in range(attributes)], axis=0))[alive].sum()
        at = value()
        for k in order:
            now[k] = 1
            effects[k] += (value() - at) / len(orders)
            at = value()
    shares = (n[0] / n[0].sum() + n[1] / n[1].sum()) / 2
    effects[attributes] = ((r[1] - r[0]) * shares)[alive].sum()
    return 100 * effects


def table(sizes, seed, sparse):
    draws = Draws(seed)
    n = np.zeros((2, *sizes))
    s = np.zeros((2, *sizes))
    for cell in np.ndindex(*sizes):
        for t in (0, 1):
            gone = draws.draw() < sparse
            n[(t, *cell)] = 0 if gone else 1 + draws.pick(40)
            s[(t, *cell)] = draws.pick(2 * int(n[(t, *cell)]) + 1) - n[(t, *cell)]
    return n, s


for sizes, seed, sparse in (((3,), 1, 0), ((4, 3), 2, 0), ((4, 3), 3, 0.3), ((3, 4, 2), 4, 0.4), ((2, 3, 3, 2), 5, 0.5)):
    n, s = table(sizes, seed, sparse)
    whole = s.reshape(2, -1).sum(axis=1) / n.reshape(2, -1).sum(axis=1)
    for name, origin in (("zero", 0), ("middle", whole.mean())):
        for k, effect in enumerate(split(n, s, origin)):
            say(f"{seed}-{name}-{k}", effect)
    say(f"{seed}-change", 100 * (whole[1] - whole[0]))
