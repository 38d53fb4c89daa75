// 500 answers about the relationship and 50 about a delivery: no screen shows them as 550, or their scores as one.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fillTwoKinds } from "../http/two_kinds.mjs";
import { enterAgain, openHouse } from "./house.mjs";
import { closeBrowsers } from "./kit.mjs";

let house;
before(async () => {
	house = await openHouse();
	await fillTwoKinds(house.heed);
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

/* Lists of answers and surveys count what they list; these have figures. */
const screens = ["/", "/insight", ...["trends", "segments", "compare", "themes", "themes/edit", "words", "journey", "portfolio", "why", "quality", "planner", "board", "shared"].map((one) => `/insight/${one}`)];
/* 550 answers; promoters, passives and detractors of both; their score, in tenths and whole. */
const together = /(?<![\d.,:/-])(550|307|109|134|31\.5)(?![\d:/-])/;

test("every screen with figures is looked at here", () => {
	const source = readFileSync("web/dashboard/screens.tsx", "utf8");
	const paths = [...source.matchAll(/path: "(\/insight[^":]*)"/g)].map((found) => found[1]);
	assert.deepEqual(paths.filter((path) => !screens.includes(path)), []);
});

test("no screen puts both kinds into one figure", async () => {
	for (const path of screens) {
		const page = await enterAgain(house, { path });
		await page.waitForFunction(() => !document.querySelector(".loading"));
		const text = await page.locator("main").innerText();
		assert.doesNotMatch(text, together, path);
		await page.close();
	}
});
