// web/dashboard/chart/axis.ts - where the numbers of a chart stand.
// SPDX-License-Identifier: AGPL-3.0-or-later

interface Ranged {
	interval: number[] | null;
}

/** The scale's ends: the multiples of 25 around everything drawn. */
export function bounds(figures: Ranged[]): [number, number] {
	const values = figures.flatMap(({ interval }) => interval ?? []);
	if (values.length === 0) return [-100, 100];
	return [Math.floor(Math.min(...values) / 25) * 25, Math.ceil(Math.max(...values) / 25) * 25];
}

/** Marks at multiples of 25, or of 50 when there would be many. */
export function marksOf(low: number, high: number): number[] {
	const by = high - low > 125 ? 50 : 25;
	const first = Math.ceil(low / by) * by;
	return Array.from({ length: Math.floor((high - first) / by) + 1 }, (_, i) => first + i * by);
}

export const path = (points: { x: number; y: number }[]): string =>
	points.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("");
