// tests/browser/talk.test.mjs - conversations in lists, on their page and in the reader.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made } from "../http/harness.mjs";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, makeSurvey, until } from "./kit.mjs";

let house, heed;
before(async () => {
	house = await openHouse();
	heed = house.heed;
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

const one = (id) => made(heed.get(`/api/v1/responses/${id}`));

/** An answer to a survey of its own, read. */
async function given(slug, comment) {
	await makeSurvey(heed, {}, { slug, name: slug });
	const { id } = await made(heed.post("/api/v1/responses", { survey: slug, score: 3, comment, language: "en" }));
	await until(async () => (await one(id)).reading !== null);
	return id;
}

/** The answer's page beside the list of its survey. */
async function open(slug, id, more = {}) {
	const page = await enter(house, { path: `/answers/${id}?survey=${slug}`, ...more });
	await page.waitForSelector(".aw-body");
	return page;
}

const seen = (page, within) =>
	page.locator(`${within} .call-turns li`).evaluateAll((all) => all.map((turn) => [turn.querySelector("b").textContent, turn.className === "call-counts", turn.querySelector(".call-words").textContent]));

const call = "[10:03] Agent: Schön, I love this app! Support is great.\n[10:04] Customer: Grüezi. The app crashes all day.\n[10:05] Agent: The app is wonderful.\n[10:06] Customer: Bye.";
const turns = [
	["Agent", false, "Schön, I love this app! Support is great."],
	["Customer", true, "Grüezi. The app crashes all day."],
	["Agent", false, "The app is wonderful."],
	["Customer", true, "Bye."],
];

test("a conversation is shown by turns, with the words of themes where the customer said them, and lists show what they said", async () => {
	const id = await given("call", call);
	const page = await open("call", id);
	assert.deepEqual(await seen(page, ".aw-panel"), turns);
	await page.getByText("A call or chat of 4 turns, of which 2 count: the customer’s. That is told from how its lines begin.").waitFor();
	assert.deepEqual(await page.locator(".aw-panel .aw-themed").allTextContents(), ["app", "crashes"]);
	assert.equal(await page.locator(".aw-panel .call-counts .aw-themed").count(), 2);
	assert.equal(await page.locator(".aw-row .aw-comment").textContent(), "Customer: Grüezi. The app crashes all day. … Bye.");
	const colours = await page.locator(".aw-panel .call-turns li").evaluateAll((all) => all.map((turn) => getComputedStyle(turn).color));
	assert.notEqual(colours[0], colours[1]);
	await page.goto(`${heed.url}/answers?survey=call&q=wonderful`);
	await page.locator(".aw-row mark", { hasText: "wonderful" }).waitFor();
	await page.goto(`${heed.url}/answers/read?survey=call`);
	await page.waitForSelector(".reader-said .call-turns");
	assert.deepEqual(await seen(page, ".reader-said"), turns);
	assert.deepEqual(await page.locator(".reader-span").allTextContents(), ["app", "crashes"]);
	assert.equal(await page.locator(".call-counts .reader-span").count(), 2);
	await page.getByText("of which 2 count: the customer’s").waitFor();
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});
