// web/dashboard/themes/seed_rows.ts - own words of a theme as rows of a form: a language, what they do, the words; and back to lines of
// a taxonomy (docs/themes.md).
// SPDX-License-Identifier: AGPL-3.0-or-later

export const kinds = ["sure", "maybe", "not"] as const;
export type Kind = (typeof kinds)[number];

export interface SeedRow {
	/** Of this form alone. */
	key: number;
	/** "en", or "any" for every language. */
	language: string;
	kind: Kind;
	words: string;
}

/** Languages that words may be in, as the server knows them. */
export const wordLanguages = ["en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "fi", "pl", "cs", "tr", "ru", "ar", "ja", "zh", "ko"] as const;

let last = 0;
export const newRow = (language: string, kind: Kind = "sure", words = ""): SeedRow => ({ key: ++last, language, kind, words });

export function rowsOf(seeds: string | null): SeedRow[] {
	const rows = (seeds ?? "").split("\n").flatMap((line) => {
		const [, language = "", kind, words = ""] = /^\s*(any|[a-z]{2})(?:\s+(maybe|not))?\s*:\s*(.*?)\s*$/.exec(line) ?? [];
		return language ? [newRow(language, (kind as Kind | undefined) ?? "sure", words)] : [];
	});
	return rows;
}

/** Rows that have words; line n of the text is of `keys[n - 1]`. */
export function linesOf(rows: SeedRow[]): { seeds: string; keys: number[] } {
	const filled = rows.filter((row) => row.words.trim());
	return {
		seeds: filled.map((row) => `${row.language}${row.kind === "sure" ? "" : ` ${row.kind}`}: ${row.words.split(/[\n,]/).map((word) => word.trim()).filter(Boolean).join(", ")}`).join("\n"),
		keys: filled.map((row) => row.key),
	};
}
