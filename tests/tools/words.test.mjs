// tests/tools/words.test.mjs - the dashboard's words: the same keys and arguments in each language, and each key in use.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { words } from "../../tools/words.mjs";

const areas = words();

/** "n plural", "b tag": what a message takes. */
function argumentsOf(parts, found = new Set()) {
	for (const part of parts) {
		if (part.type === TYPE.literal || part.type === TYPE.pound) continue;
		found.add(`${part.value} ${part.type === TYPE.tag ? "tag" : "value"}`);
		for (const option of Object.values(part.options ?? {})) argumentsOf(option.value, found);
		if (part.children) argumentsOf(part.children, found);
	}
	return found;
}

for (const [area, languages] of Object.entries(areas)) {
	test(`${area} says the same in English and German`, () => {
		assert.deepEqual(Object.keys(languages).sort(), ["de", "en"]);
		assert.deepEqual(Object.keys(languages.de).sort(), Object.keys(languages.en).sort());
		for (const [key, message] of Object.entries(languages.en)) {
			assert.ok(message.trim() && languages.de[key].trim(), `${key} is empty`);
			const takes = (text) => [...argumentsOf(parse(text))].sort();
			assert.deepEqual(takes(languages.de[key]), takes(message), `${area}.${key} takes other values in German`);
		}
	});
}

/** Areas that a file and what it imports at once ask for; what it fetches later waits in a place of its own. */
function areasUsed(file, seen = new Set()) {
	if (seen.has(file)) return [];
	seen.add(file);
	const text = readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, "");
	const own = [...text.matchAll(/useWords\("(\w+)"\)/g)].map((m) => m[1]);
	const others = [...text.matchAll(/^(?:import|export)\s[^;]*?\sfrom "(\.[^"]+\.tsx?)"/gm)].map((m) => join(dirname(file), m[1]));
	return [...own, ...others.filter((one) => !one.includes("generated")).flatMap((one) => areasUsed(one, seen))];
}

test("each screen names all words that its parts use, for a part that fetched some later would hide the screen", () => {
	const rows = readFileSync("web/dashboard/screens.tsx", "utf8").split(/(?=\{\s*path: )/);
	const screens = rows.map((row) => ({
		file: /import\("\.\/(screens\/[^"]+)"\)/.exec(row)?.[1],
		words: [/words: "(\w+)"/.exec(row)?.[1], ...(/more: \[([^\]]*)\]/.exec(row)?.[1].match(/\w+/g) ?? [])],
	}));
	assert.ok(screens.length > 10);
	for (const { file, words: named } of screens.filter((one) => one.file)) {
		const used = new Set(areasUsed(`web/dashboard/${file}`).filter((area) => area !== "frame"));
		assert.deepEqual([...used].sort(), [...named].sort(), file);
	}
});

/** Texts of quotes and beginnings of templates in every source that speaks of an area. */
function mentions() {
	const found = {};
	for (const entry of readdirSync("web/dashboard", { recursive: true, withFileTypes: true })) {
		if (!/\.tsx?$/.test(entry.name)) continue;
		const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8");
		const spoken = new Set([...text.matchAll(/(?:useWords\(|Words<)"(\w+)"/g)].map((m) => m[1]));
		for (const area of spoken) {
			found[area] ??= { whole: new Set(), starts: new Set() };
			for (const [, key] of text.matchAll(/"(\w+)"/g)) found[area].whole.add(key);
			for (const [, key] of text.matchAll(/`(\w+)\$\{/g)) found[area].starts.add(key);
		}
	}
	return found;
}

test("every key is used", () => {
	const used = mentions();
	for (const [area, { en }] of Object.entries(areas))
		for (const key of Object.keys(en)) {
			const { whole = new Set(), starts = new Set() } = used[area] ?? {};
			assert.ok(whole.has(key) || [...starts].some((start) => key.startsWith(start)), `${area}.${key} is used nowhere`);
		}
});
