// tests/browser/early.test.mjs - the overview's figures are asked for before its code is there, and only once.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openHouse } from "./house.mjs";
import { closeBrowsers, until, visitor } from "./kit.mjs";

let house;
before(async () => (house = await openHouse()));
after(async () => {
	await closeBrowsers();
	await house?.close();
});

/** A page of the demo's owner, and the paths that it asks for. */
async function visit(t) {
	const page = await visitor(t, { locale: "en-GB" });
	const [name, value] = (await house.cookie("demo", "owner")).split("=");
	await page.context().addCookies([{ name, value, url: house.heed.url }]);
	const asked = [];
	page.on("request", (request) => asked.push(new URL(request.url()).pathname));
	return { page, asked };
}

const figures = ["/api/v1/insights/nps", "/api/v1/surveys", "/api/v1/responses", "/api/v1/trend-notes"];
const times = (asked, path) => asked.filter((one) => one === path).length;

test("what the overview shows is asked for once, before its code could", async (t) => {
	const { page, asked } = await visit(t);
	await page.goto(house.heed.url);
	await page.waitForSelector(".answers .answer");
	await until(() => asked.includes("/api/v1/live"), "the stream");
	/* From then on what happens to answers is a reason to ask anew, as when many were just read. */
	const first = asked.slice(0, asked.indexOf("/api/v1/live"));
	for (const path of figures) assert.equal(times(first, path), 1, path);
	assert.deepEqual(await page.evaluate(() => [...window.heedEarly.keys()]), [], "nobody took it");
});

test("under a filter of the address it is asked for once, too", async (t) => {
	const { page, asked } = await visit(t);
	await page.route("**/api/v1/live*", () => {}); // never there: the demo's comments are just being read
	await page.goto(`${house.heed.url}/?period=90d`);
	await page.waitForSelector(".answers .answer");
	for (const path of figures) assert.equal(times(asked, path), 1, path);
});

/** A visit whose code is held back until an answer was given behind what it asked early. */
async function overtaken(t, held) {
	const { page } = await visit(t);
	const headers = { Cookie: await house.cookie("demo", "owner"), "X-Heed": "1", Origin: house.heed.url };
	const { json } = await house.heed.get("/api/v1/surveys", { key: null, headers });
	const live = json.surveys.find((one) => one.state === "live");
	let give;
	const given = new Promise((done) => (give = done));
	await page.route("**/dashboard/main.js*", async (route) => {
		await given;
		await route.continue();
	});
	if (held) await page.route("**/api/v1/responses?*", () => {}, { times: 1 });
	const early = page.waitForEvent(held ? "request" : "response", (one) => one.url().includes("/api/v1/responses?"));
	await page.goto(house.heed.url, { waitUntil: "commit" });
	return {
		page,
		early: await early,
		answer: async (comment) => {
			const r = await house.heed.post("/api/v1/responses", { survey: live.slug, score: 10, comment }, { key: null, headers });
			assert.equal(r.status, 201, r.text);
			give();
			await page.getByText(comment).waitFor();
		},
	};
}

test("an answer that comes while the page's code is on its way is heard of", async (t) => {
	const { answer } = await overtaken(t, false);
	await answer("Heard of all the same");
});

test("what was asked early and is still on its way when it is of old is broken off", async (t) => {
	const { page, early, answer } = await overtaken(t, true);
	const brokenOff = page.waitForEvent("requestfailed", (request) => request === early);
	await answer("Behind one that was held up");
	await brokenOff;
});
