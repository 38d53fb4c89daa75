// tests/tools/styles.test.mjs - the dashboard's style sheets are joined into one: a class is drawn in one of them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = "web/dashboard";
const sheets = readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".css"));

/** The classes that a sheet draws by themselves, as ".steps" or ".steps:hover", not ".dialog .steps". */
function drawn(css) {
	const rules = css.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{}]+)\{/g);
	const selectors = [...rules].flatMap((rule) => rule[1].split(",")).map((selector) => selector.trim());
	return new Set(selectors.flatMap((selector) => /^\.([\w-]+)(::?[\w-]+)?$/.exec(selector)?.[1] ?? []));
}

test("no two style sheets draw the same class", () => {
	const owners = new Map();
	for (const sheet of sheets)
		for (const name of drawn(readFileSync(join(root, sheet), "utf8")))
			owners.set(name, [...(owners.get(name) ?? []), sheet]);
	assert.ok(owners.size > 100, "the sheets were not found");
	assert.deepEqual([...owners].filter(([, files]) => files.length > 1), []);
});
