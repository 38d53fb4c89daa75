// web/dashboard/board/to_go.ts - how far a score is from its goal, in the digits that the score is written with.
// SPDX-License-Identifier: AGPL-3.0-or-later

const round = (n: number, digits: number): number => Math.round(n * 10 ** digits) / 10 ** digits;

/** Null once it is reached, in tenths: 49.6 is not 50, and as whole numbers would say that nothing is left, a tenth does. */
export function toGo(goal: number, nps: number, digits: number): { points: number; digits: number } | null {
	if (round(nps, 1) >= goal) return null;
	const left = round(goal - round(nps, digits), digits);
	return left > 0 ? { points: left, digits } : { points: round(goal - round(nps, 1), 1), digits: 1 };
}
