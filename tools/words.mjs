// SPDX-License-Identifier: AGPL-3.0-or-later
// The dashboard's words: web/dashboard/words/AREA.LANGUAGE.json, a dictionary of ICU messages each. The build refuses a
// message that cannot be read, and writes the type of each area's keys, so that a key that is not there fails to compile.
import { readdirSync, readFileSync } from "node:fs";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

const folder = new URL("../web/dashboard/words/", import.meta.url);

/** { area: { language: { key: message } } } */
export function words() {
	const areas = {};
	for (const file of readdirSync(folder).sort()) {
		const [, area, language] = /^([a-z_]+)\.([a-z]{2})\.json$/.exec(file) ?? [];
		if (!area) throw new Error(`web/dashboard/words/${file}: names are AREA.LANGUAGE.json`);
		(areas[area] ??= {})[language] = readWords(new URL(file, folder), file);
	}
	return areas;
}

function readWords(url, file) {
	const catalogue = JSON.parse(readFileSync(url, "utf8"));
	for (const [key, message] of Object.entries(catalogue))
		try {
			parse(message);
		} catch (error) {
			throw new Error(`words/${file}: ${key}: ${error.message}`);
		}
	return catalogue;
}

/** A catalogue as the browser gets it: plain texts, and messages that take values as their parsed parts. */
function ready(catalogue) {
	const texts = Object.entries(catalogue).map(([key, message]) => {
		const parts = parse(message);
		return [key, parts.every((part) => part.type === TYPE.literal) ? parts.map((part) => part.value).join("") : parts];
	});
	return Object.fromEntries(texts);
}

/** What each file of words holds, by AREA.LANGUAGE: { area: { key: text } }. The areas of `together` are one, "first". */
export function wordFiles(areas, together) {
	const files = {};
	for (const [area, languages] of Object.entries(areas))
		for (const [language, catalogue] of Object.entries(languages))
			(files[`${together.includes(area) ? "first" : area}.${language}`] ??= {})[area] = ready(catalogue);
	return files;
}

/** The text of web/dashboard/generated/areas.ts. */
export function areasText(areas, together) {
	const rows = Object.entries(areas).map(
		([area, languages]) =>
			`\t${area}:\n${Object.keys(languages.en ?? {})
				.sort()
				.map((key) => `\t\t| ${JSON.stringify(key)}`)
				.join("\n")};\n`,
	);
	return `// Written by tools/words.mjs from web/dashboard/words: not to be edited.
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Their words come in one file of each language, "first". */
export const firstAreas: readonly string[] = ${JSON.stringify(together)};

export interface Areas {
${rows.join("")}}
`;
}
