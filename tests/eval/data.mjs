// SPDX-License-Identifier: AGPL-3.0-or-later
// Labelled sets to measure on. They are no part of the project: HEED_DEV_DATA says where they are, and who finds none skips.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const folder = process.env.HEED_DEV_DATA ?? "../shared/data/dev";

export const missing = (name) => (existsSync(join(folder, name)) ? false : `${join(folder, name)} is not there`);

// The rows of a CSV file with a header, as objects.
export function rows(name) {
	const bytes = readFileSync(join(folder, name));
	const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
	const all = [];
	let row = [];
	for (const m of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r?\n|$)/g)) {
		if (m[0] === "" && row.length === 0) break;
		row.push(m[1] === undefined ? m[2] : m[1].replaceAll('""', '"'));
		if (m[3] !== ",") {
			all.push(row);
			row = [];
		}
	}
	const [names, ...data] = all;
	return data.map((cells) => Object.fromEntries(names.map((n, i) => [n, cells[i] ?? ""])));
}

// What models/figures.json tells people of this: it has to be what is measured, on as many texts, to three digits.
const figures = JSON.parse(readFileSync(new URL("../../models/figures.json", import.meta.url), "utf8"));
export function told(language, reads, set, value, texts) {
	const one = figures.find((f) => f.language === language && f.reads === reads && f.set === set);
	if (!one) throw new Error(`models/figures.json has no figure of ${reads} in ${language} on ${set}: ${value.toFixed(3)} of ${texts} texts`);
	if (Math.abs(one.value - value) > 0.0006 || one.texts !== texts)
		throw new Error(`models/figures.json tells ${one.value} of ${one.texts} texts for ${reads} in ${language} on ${set}; measured ${value.toFixed(4)} of ${texts}`);
}

// A text on one line, as the fixtures read them.
export const oneLine = (text) => text.replace(/\s+/g, " ").trim();
