// web/dashboard/answers/mark.tsx - what was searched for, marked in a text: "istanbul" in "İstanbul", as the server finds it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";

/** As base/fold.h folds: compatibility forms, full case folding, every i the same. */
function fold(text: string): string {
	return text
		.normalize("NFKC")
		.replace(/[İIı]/g, "i")
		.toLowerCase()
		.replaceAll("ß", "ss")
		.replaceAll("i̇", "i")
		.replaceAll("ς", "σ");
}

/** The folded text, and for each of its characters where in the text it comes from. */
function folded(text: string): { text: string; from: number[] } {
	let all = "";
	const from: number[] = [];
	let at = 0;
	for (const character of text) {
		const part = fold(character);
		all += part;
		for (let i = 0; i < part.length; i++) from.push(at);
		at += character.length;
	}
	from.push(at);
	return { text: all, from };
}

/** Pairs of start and end, in order and apart. */
function hits(text: string, search: string): [number, number][] {
	const needle = fold(search.trim());
	if (needle === "") return [];
	const hay = folded(text);
	const found: [number, number][] = [];
	for (let at = hay.text.indexOf(needle); at !== -1; at = hay.text.indexOf(needle, at + needle.length)) {
		const start = hay.from[at] ?? 0;
		const end = hay.from[at + needle.length] ?? text.length;
		const last = found.at(-1);
		if (end > start && (!last || start >= last[1])) found.push([start, end]);
	}
	return found;
}

export function Marked({ text, search }: { text: string; search: string }): ReactElement {
	const parts: ReactNode[] = [];
	let at = 0;
	for (const [start, end] of hits(text, search)) {
		parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
		at = end;
	}
	parts.push(text.slice(at));
	return <>{parts}</>;
}
