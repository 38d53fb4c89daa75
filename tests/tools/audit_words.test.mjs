// tests/tools/audit_words.test.mjs - whatever the audit log may hold has words on the dashboard.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { words } from "../../tools/words.mjs";

/** "exclude", of X(ACTION_EXCLUDE, "exclude") and what stands above ACTION_TAG: tags and stars are no matter of the log. */
function answerActions() {
	const table = /define ACTIONS\(X\)(.*?)ACTION_TAG/s.exec(readFileSync("src/feedback/action.h", "utf8"))[1];
	return [...table.matchAll(/"([a-z]+)"/g)].map((found) => found[1]);
}

/** The last parts of "response.%s"; there is no other action that is put together. */
const parts = { response: answerActions() };

/** Texts like "member.invite" in sources that write the log, or hand its action on. */
function actions() {
	const sources = readdirSync("src", { recursive: true }).filter((file) => file.endsWith(".c"));
	const texts = sources.map((file) => readFileSync(join("src", file), "utf8")).filter((text) => /audit_write|\baction\b/.test(text));
	const found = texts.flatMap((text) => [...text.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((one) => one[1]));
	for (const text of texts.filter((text) => text.includes("audit_write(")))
		for (const [, kind] of text.matchAll(/"([a-z_]+)\.%s"/g)) {
			assert.ok(parts[kind], `nobody says which actions "${kind}.%s" makes`);
			found.push(...parts[kind].map((part) => `${kind}.${part}`));
		}
	return new Set(found);
}

test("every action of the audit log is told in words, in each language", () => {
	const found = actions();
	assert.ok(found.size > 40, "the actions were not found");
	assert.ok(found.has("response.exclude"));
	const known = [...found].map((action) => `did_${action.replaceAll(".", "_")}`).sort();
	for (const [language, catalogue] of Object.entries(words().audit))
		assert.deepEqual(Object.keys(catalogue).filter((key) => key.startsWith("did_")).sort(), known, language);
});
