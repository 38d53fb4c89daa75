// web/dashboard/board/shorten.ts - texts of others' making, as short as paper needs them.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Cut between words. */
export function shortText(text: string, longest: number): string {
	if (text.length <= longest) return text;
	const cut = text.slice(0, longest);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longest - 40)).trimEnd()} …`;
}

/** A name keeps its beginning and its end, by which those of a kind are told apart. */
export function shortName(name: string): string {
	return name.length <= 34 ? name : `${name.slice(0, 20).trimEnd()} … ${name.slice(-10).trimStart()}`;
}
