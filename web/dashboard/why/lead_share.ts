// web/dashboard/why/lead_share.ts - how much of a change goes with one segment, as a word of the sentence.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Above all of it, others moved the other way. */
export function leadShare(points: number, change: number): "over" | "all" | "most" | "part" {
	const share = points / change;
	return share > 1.05 ? "over" : share > 0.95 ? "all" : share >= 0.5 ? "most" : "part";
}
