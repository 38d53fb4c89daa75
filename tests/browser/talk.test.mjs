// tests/browser/talk.test.mjs - conversations in lists, on their page and in the reader; what a person says of one, and takes back.
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
const told = async (id) => {
	const { transcript, customer_labels, turns } = await one(id);
	return [transcript, customer_labels, turns.filter((turn) => turn.customer).map((turn) => turn.label)];
};
const undo = (page) => page.locator(".toast button", { hasText: "Undo" }).last().click();
const customers = (page, labels) => page.waitForFunction((labels) => [...document.querySelectorAll(".call-counts b")].map((b) => b.textContent).join() === labels, labels.join());

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

test("that a comment is a conversation, and who the customer in it is, is said by keys alone and taken back", async () => {
	const id = await given("said", "P1: I love this app.\nP2: It leaks, and support is terrible.");
	const page = await open("said", id);
	assert.equal(await page.locator(".call-turns").count(), 0);
	await page.getByRole("button", { name: "This is a conversation" }).focus();
	await page.keyboard.press("Enter");
	await page.getByText("of which none counts: nobody in it is known as the customer. Somebody said that it is one.").waitFor();
	assert.deepEqual(await told(id), [true, null, []]);
	assert.equal(await page.evaluate(() => document.activeElement.textContent), "This is not a conversation");
	await undo(page);
	await page.locator(".call-turns").waitFor({ state: "detached" });
	assert.deepEqual(await told(id), [null, null, []]);
	await page.getByRole("button", { name: "This is a conversation" }).press("Enter");
	const choices = page.getByRole("group", { name: "Who is the customer?" });
	await choices.getByLabel("P2").press("Space");
	await customers(page, ["P2"]);
	assert.deepEqual(await told(id), [true, "P2", ["P2"]]);
	assert.equal(await page.evaluate(() => document.activeElement.parentElement.textContent.trim()), "P2");
	await page.locator(".aw-row .aw-comment", { hasText: "P2: It leaks" }).waitFor();
	await until(async () => (await one(id)).reading?.sentiment?.label === "negative");
	await choices.getByLabel("P1").press("Space");
	await customers(page, ["P1", "P2"]);
	assert.deepEqual(await told(id), [true, "P1, P2", ["P1", "P2"]]);
	await undo(page);
	await customers(page, ["P2"]);
	assert.deepEqual(await told(id), [true, "P2", ["P2"]]);
	await choices.getByLabel("P2").press("Space");
	await page.locator(".toast", { hasText: "Somebody has to be the customer." }).waitFor();
	assert.deepEqual(await told(id), [true, "P2", ["P2"]]);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("what looks like a conversation is said to be none, by an agent and in German, and taken back; what the server refuses is said", async () => {
	const id = await given("none", call);
	const page = await open("none", id, { role: "agent", locale: "de-DE" });
	await page.getByRole("button", { name: "Das ist kein Gespräch" }).click();
	await page.locator(".call-turns").waitFor({ state: "detached" });
	assert.deepEqual(await told(id), [false, null, []]);
	await page.locator(".toast button", { hasText: "Rückgängig" }).click();
	await customers(page, ["Customer", "Customer"]);
	assert.deepEqual(await told(id), [null, null, ["Customer", "Customer"]]);
	await page.route(`**/api/v1/responses/${id}`, (route) =>
		route.request().method() === "PATCH"
			? route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, title: "x", detail: "The server is busy." }) })
			: route.continue(),
	);
	await page.getByRole("group", { name: "Wer ist der Kunde?" }).getByLabel("Agent").click();
	await page.locator(".toast.bad", { hasText: "busy" }).waitFor();
	await customers(page, ["Customer", "Customer"]);
	await page.context().close();
});

test("nobody is asked about a comment without labels, in the bin, or whose labels are masked", async () => {
	const plain = await given("plain", "Nice :) see https://example.com at 10:30");
	const masked = await given("masked", "+49 170 1234567: Hello there\n+49 170 7654321: It leaks");
	await made(heed.ask("PATCH", `/api/v1/responses/${masked}`, { transcript: true }));
	const binned = await given("binned", call);
	await made(heed.ask("PATCH", `/api/v1/responses/${binned}`, { state: "deleted" }));
	await made(heed.ask("PATCH", "/api/v1/workspace", { personal_data: "on_display" }));
	for (const [slug, id, role, asked] of [
		["plain", plain, "owner", 0],
		["binned", binned, "owner", 0],
		["masked", masked, "owner", 1],
		["masked", masked, "agent", 0],
	]) {
		const page = await open(slug, id, { role });
		assert.equal(await page.locator(".talk-tell").count(), asked, `${slug} ${role}`);
		await page.context().close();
	}
});
