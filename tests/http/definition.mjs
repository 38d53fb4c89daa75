// tests/http/definition.mjs - how answers hold together, written a second time, straight from the words of stats/nps.h.
// SPDX-License-Identifier: AGPL-3.0-or-later

const sum = (list) => list.reduce((a, b) => a + b, 0);

/** Of [cluster, x] pairs, x being 1, 0 or -1: what the interval needs. */
export function design(answers) {
	const n = answers.length;
	const mean = sum(answers.map(([, x]) => x)) / n;
	const clusters = new Map();
	for (const [who, x] of answers) clusters.set(who, [...(clusters.get(who) ?? []), x]);
	const groups = [...clusters.values()];
	const k = groups.length;
	const equal = n ** 2 / sum(groups.map((g) => g.length ** 2));
	const residuals = new Map([...clusters].map(([who, g]) => [who, sum(g) - g.length * mean]));
	const squares = sum([...residuals.values()].map((r) => r * r));
	const deff = k === n ? 1 : effect(groups, n, mean, equal, squares);
	return { n, k, mean, equal, residuals, squares, deff, degrees: Math.max(1, equal - 1) };
}

function effect(groups, n, mean, equal, squares) {
	const k = groups.length;
	const within = sum(groups.flat().map((x) => (x - mean) ** 2));
	const robust = within > 0 ? ((equal / (equal - 1)) * squares) / ((n / (n - 1)) * within) : 1;
	const n0 = (n - n / equal) / (k - 1);
	const own = (g) => sum(g) / g.length;
	const msw = sum(groups.flatMap((g) => g.map((x) => (x - own(g)) ** 2))) / (n - k);
	const ssb = sum(groups.map((g) => g.length * (own(g) - mean) ** 2));
	const msb = (ssb + (n0 * (0.5 + mean ** 2)) / 2) / (k - 0.5);
	const rho = Math.min(1, Math.max(0, (msb - msw) / (msb + (n0 - 1) * msw)));
	return Math.max(1, Math.min(n / equal, Math.max(robust, 1 + rho * (n / equal - 1))));
}
