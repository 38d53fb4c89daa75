// web/dashboard/share/list.ts - a list of people on its way to the server and back with links, while it streams.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Rows of a CSV that Heed wrote: cells with the delimiter, a quote or a line end in them are quoted. */
export function readCsv(text: string, delimiter: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	while (at < text.length) {
		let cell = "";
		if (text[at] === '"') {
			for (at++; at < text.length; at++) {
				if (text[at] !== '"') cell += text[at];
				else if (text[at + 1] === '"') cell += text[at++];
				else break;
			}
			at++;
		} else {
			const from = at;
			while (at < text.length && text[at] !== delimiter && text[at] !== "\n") at++;
			cell = text.slice(from, at);
		}
		row.push(cell);
		if (text[at] !== delimiter) {
			rows.push(row);
			row = [];
		} else if (at + 1 === text.length) row.push("");
		at++;
	}
	return rows;
}

/** The delimiter of Heed's reply: its header ends with it before "problem". */
export const delimiterOf = (text: string): string => /([^\w"])problem\n/.exec(text)?.[1] ?? ",";

/** Lines of a file, without the first; more than people when cells have line ends, which is good enough for a bar. */
export async function countLines(file: Blob): Promise<number> {
	let lines = 0;
	const reader = file.stream().getReader();
	for (;;) {
		const { value, done } = await reader.read();
		if (done) return Math.max(1, lines);
		for (const byte of value) if (byte === 10) lines++;
	}
}

/** The whole reply; `onRows` hears how many rows have come. What came before a break is lost with it. */
export async function readAll(reply: Response, onRows: (rows: number) => void): Promise<string> {
	const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
	let text = "";
	let rows = -1; // the header is none
	for (;;) {
		const part = await reader?.read();
		if (!part || part.done) return text;
		text += part.value;
		for (const letter of part.value) if (letter === "\n") rows++;
		onRows(Math.max(0, rows));
	}
}
