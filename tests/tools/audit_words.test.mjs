// tests/tools/audit_words.test.mjs - whatever the audit log may hold has words on the dashboard.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { words } from "../../tools/words.mjs";

/** Texts like "member.invite" in sources that write the log, or hand its action on. */
function actions() {
	const sources = readdirSync("src", { recursive: true }).filter((file) => file.endsWith(".c"));
	const texts = sources.map((file) => readFileSync(join("src", file), "utf8"));
	return new Set(
		texts
			.filter((text) => /audit_write|\baction\b/.test(text))
			.flatMap((text) => [...text.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((found) => found[1])),
	);
}

test("every action of the audit log is told in words", () => {
	const told = new Set(Object.keys(words().audit.en));
	const found = actions();
	const missing = [...found].filter((action) => !told.has(`did_${action.replaceAll(".", "_")}`));
	assert.ok(found.size > 40, "the actions were not found");
	assert.deepEqual(missing, []);
	const known = new Set([...found].map((action) => `did_${action.replaceAll(".", "_")}`));
	assert.deepEqual([...told].filter((key) => !known.has(key)), [], "words of actions that are no more");
});
