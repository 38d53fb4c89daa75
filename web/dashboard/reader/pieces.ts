// web/dashboard/reader/pieces.ts - a comment cut where a theme begins or ends, each piece with the themes that rest on it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ResponseItem } from "../api.ts";
import { unitsByBytes } from "../answers/places.ts";
import { plain } from "../answers/understood.tsx";

export type Reading = NonNullable<ResponseItem["reading"]>;
export type Side = "good" | "bad" | "mixed" | "plain";

interface Piece {
	text: string;
	themes: string[]; // ids
	side: Side | null; // null: nothing rests on it
}

export const sideOf = (polarity: number): Side => (polarity > plain ? "good" : polarity < -plain ? "bad" : "plain");

/** Of several themes on the same words: "mixed" where they differ. */
function together(sides: Side[]): Side | null {
	const told = new Set(sides.filter((side) => side !== "plain"));
	if (told.size > 1) return "mixed";
	return [...told][0] ?? sides[0] ?? null;
}

/** Of the text, or of a part of it. */
export function piecesOf(text: string, reading: Reading | null, begin = 0, end = text.length): Piece[] {
	const at = unitsByBytes(text);
	const spans = (reading?.themes ?? []).flatMap((theme) =>
		theme.places.flatMap((place) => {
			const [from, to] = [at.get(place.from), at.get(place.from + place.length)];
			// Where a person said otherwise, the theme's side counts, and the words are the machine's.
			return from === undefined || to === undefined ? [] : [{ from, to, theme: theme.id, side: sideOf(place.polarity) }];
		}),
	);
	const cuts = [...new Set([begin, end, ...spans.flatMap(({ from, to }) => [from, to])])].filter((cut) => cut >= begin && cut <= end).sort((a, b) => a - b);
	return cuts.slice(0, -1).map((from, i) => {
		const to = cuts[i + 1] ?? end;
		const over = spans.filter((span) => span.from <= from && span.to >= to);
		return { text: text.slice(from, to), themes: [...new Set(over.map(({ theme }) => theme))], side: together(over.map(({ side }) => side)) };
	});
}
