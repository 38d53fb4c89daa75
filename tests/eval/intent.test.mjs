// SPDX-License-Identifier: AGPL-3.0-or-later
// Intents: what ships (phrases, not trained) on app reviews, by the main intent alone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { missing, oneLine, rows, told } from "./data.mjs";

const fixture = join(process.env.HEED_FIXTURES ?? "build/gcc-release/tests", "text/senses_fixture");
const set = "appreviews_maalej/maalej.csv";

test("finds_problems_and_requests_in_app_reviews", { skip: missing(set) }, () => {
	const data = rows(set);
	const input = `${data.map((r) => oneLine(r.text) || "-").join("\n")}\n`;
	const said = execFileSync(fixture, ["intent", "en"], { input, maxBuffer: 1 << 26 }).toString().split("\n");
	const table = {};
	data.forEach((r, i) => {
		const row = (table[r.intent] ??= {});
		const main = said[i].split("|")[0];
		row[main] = (row[main] ?? 0) + 1;
	});
	console.table(table);
	for (const [label, main, floor] of [["problem", "problem", 0.55], ["feature_request", "request", 0.23]]) {
		let both = 0, either = 0;
		data.forEach((r, i) => {
			const is = r.intent === label, found = said[i].split("|")[0] === main;
			both += is && found;
			either += is + found;
		});
		console.log(`# ${label}: F1 ${((2 * both) / either).toFixed(3)}`);
		assert.ok((2 * both) / either >= floor, label);
		if (label === "problem") told("en", "intent", "appreviews_maalej", (2 * both) / either, data.length);
	}
});
