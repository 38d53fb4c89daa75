# SPDX-License-Identifier: AGPL-3.0-or-later
"""splitmix64, as in tests/stats/reference.c: the same draws on both sides."""

MASK = (1 << 64) - 1


class Draws:
    def __init__(self, state):
        self.state = state

    def draw(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    def pick(self, below):
        return int(self.draw() * below)


def say(name, value):
    print(name, repr(float(value)))
