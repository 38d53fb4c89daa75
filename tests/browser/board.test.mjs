// The board page on paper, and a link to it in a private window.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { allRead, closeBrowsers, makeSurvey, visitor } from "./kit.mjs";
import { source } from "./source.mjs";

const long = "Die Zusammenarbeit mit dem Team von Erika Mustermann war durchgehend angenehm, nur das Abrechnungsverfahren bleibt für uns ein Rätsel, und auf Rückfragen an erika@example.org oder unter 030 901820 kam lange nichts. ".repeat(3);
let heed, cookie;
before(async () => {
	heed = await start(null);
	await makeSurvey(heed, {}, { slug: "board", name: "Board" });
	const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
	const give = async (i, days) => {
		const r = await heed.post("/api/v1/responses", {
			survey: "board",
			score: i % 3 ? 10 : 2,
			comment: long,
			channel: `Ein Vertriebskanal mit einem wirklich langen Namen ${i % 12}`,
			submitted_at: ago(days),
			person: { external_id: `p${i}`, name: "Erika Mustermann" },
		});
		assert.equal(r.status, 201, r.text);
	};
	for (let i = 0; i < 60; i++) await give(i, 5 + i);
	for (let i = 60; i < 110; i++) await give(i, 95 + i - 60);
	for (let i = 0; i < 6; i++)
		assert.equal((await heed.post("/api/v1/trend-notes", { text: `${i} ${"Neue Preise und ein neues Paket ".repeat(20)}`, at: ago(10 * i + 1) })).status, 201);
	const { brands } = (await heed.get("/api/v1/brands")).json;
	await heed.ask("PUT", "/api/v1/goals", { kind: "relationship", brand_id: brands[0].id, score: 55, by_day: "2099-12-31" });
	cookie = await heed.signIn();
	await allRead(heed);
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function open(t, path) {
	const page = await visitor(t, { viewport: { width: 1440, height: 900 } });
	const [name, value] = cookie.split("=");
	await page.context().addCookies([{ name, value, url: heed.url }]);
	await page.goto(heed.url + path);
	return page;
}

const pagesOf = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length;

/** Millimetres of paper inside the margins of 14 mm, as CSS pixels. */
const px = (mm) => Math.floor((mm - 28) * (96 / 25.4));
const papers = [
	["A4", 210, 297],
	["Letter", 215.9, 279.4],
];

for (const [format, width, height] of papers)
	test(`the fullest board page fits on two pages of ${format}, with nothing cut and nobody's name`, async (t) => {
		const page = await open(t, "/insight/board?period=90d&by=channel");
		await page.locator(".board-quote").nth(5).waitFor();
		await page.locator(".waterfall").waitFor();
		assert.equal(pagesOf(await page.pdf({ format })), 2);
		await page.emulateMedia({ media: "print" });
		await page.setViewportSize({ width: px(width), height: px(height) });
		const told = await page.evaluate(() => {
			const board = document.querySelector(".board").getBoundingClientRect();
			const second = document.querySelector(".board-second").getBoundingClientRect();
			const cut = [...document.querySelectorAll(".board :is(p, li, h2, h3, blockquote, span, strong)")].filter(
				(e) => e.getClientRects().length && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== "visible"),
			);
			const outside = [...document.querySelectorAll(".board :is(p, li, h2, h3, blockquote, span, strong)")].filter(
				(e) => e.getBoundingClientRect().right > board.right + 1,
			);
			return {
				first: second.top - board.top,
				second: board.bottom - second.top,
				cut: [...cut, ...outside].map((e) => `${e.className} ${e.textContent.slice(0, 40)}`),
				text: document.querySelector(".board").innerText,
			};
		});
		assert.ok(told.first <= px(height) && told.second <= px(height), JSON.stringify({ ...told, text: undefined, room: px(height) }));
		assert.deepEqual(told.cut, []);
		assert.doesNotMatch(told.text, /Erika|Mustermann|example\.org|901820/);
		assert.match(told.text, /•••/);
		assert.match(told.text, /Goal: 55 by 31 Dec 2099\.\s+22 points to go\./);
	});

test("notes stand beside the line only where they are of its days and of its score", async (t) => {
	const kept = "Half of them come by another way now";
	const other = await makeSurvey(heed, {}, { slug: "parcel", name: "Parcel", kind: "transactional", touchpoint: "delivery" });
	const at = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
	const made = [
		{ text: kept, at: at(120) },
		{ text: "Another score", at: at(119), survey_id: other.id },
	];
	const ids = [];
	for (const note of made) ids.push((await heed.post("/api/v1/trend-notes", note)).json.id);
	const page = await open(t, `/insight/board?from=${at(140).slice(0, 10)}&to=${at(100).slice(0, 10)}`);
	await page.locator(".board-notes li").first().waitFor();
	const told = await page.locator(".board-notes li").allTextContents();
	for (const id of ids) await heed.ask("DELETE", `/api/v1/trend-notes/${id}`);
	assert.equal(told.length, 1, `${told}`);
	assert.match(told[0], new RegExp(kept));
});

test("a link is made, opened in a private window, revoked, said to be so, and taken back", async (t) => {
	const page = await open(t, "/insight/board?period=90d");
	await page.getByRole("link", { name: "Share by link" }).click();
	await page.getByLabel("Name").first().fill("For the board");
	await page.getByRole("checkbox").first().check();
	await page.getByRole("button", { name: "Make the link" }).click();
	const url = await page.locator(".shared-link code").textContent();
	const stranger = await visitor(t, { javaScriptEnabled: false });
	await stranger.goto(url);
	const shown = await stranger.locator("main").innerText();
	assert.match(shown, /For the board/);
	assert.match(shown, /60 answers from 60 people/);
	assert.match(shown, /In their own words/);
	assert.doesNotMatch(shown, /Erika|Mustermann|example\.org|901820/);
	assert.equal((await stranger.context().cookies()).length, 0);
	await page.getByRole("button", { name: "Revoke For the board" }).click();
	await page.getByText("“For the board” is revoked.").waitFor();
	const again = await stranger.reload();
	assert.equal(again.status(), 410);
	assert.match(await stranger.locator("main").innerText(), /This link was withdrawn/);
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("button", { name: "Revoke For the board" }).waitFor();
	assert.equal((await stranger.reload()).status(), 200);
});

test("on a phone a shared board has its axis in sight and a range with each score, in German too", async (t) => {
	const r = await heed.post("/api/v1/shared-views", { name: "Phone", what: "board", last_days: 90, by: "channel" });
	for (const locale of ["en-GB", "de-DE"]) {
		const phone = await visitor(t, { viewport: { width: 360, height: 760 }, locale });
		await phone.goto(r.json.url);
		const axis = await phone.locator(".trend .y").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => left >= 0 && right <= innerWidth));
		assert.ok(axis.length > 1 && axis.every(Boolean), `${axis}`);
		const ranges = await phone.locator(".groups tbody td:has(.under)").evaluateAll((all) => all.map((one) => one.innerText.split("\n").length));
		assert.ok(ranges.length > 0 && ranges.every((lines) => lines === 2), `${ranges}`);
		assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 360);
	}
});

test("a wall screen shows the newest answers by itself, and says when the link is over", async (t) => {
	const r = await heed.post("/api/v1/shared-views", { name: "Wall", what: "wallboard", last_days: 90, shows_answers: true });
	const wall = await visitor(t, { viewport: { width: 1920, height: 1080 } });
	await wall.clock.install();
	await wall.goto(r.json.url);
	assert.match(await wall.locator("main").innerText(), /· 60 answers/);
	const fits = await wall.evaluate(() => [document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth]);
	assert.deepEqual(fits, [true, true]);
	assert.equal((await heed.post("/api/v1/responses", { survey: "board", score: 10 })).status, 201);
	await wall.clock.runFor(61_000);
	await wall.getByText("· 61 answers").waitFor();
	await heed.ask("DELETE", `/api/v1/shared-views/${r.json.id}`);
	await wall.clock.runFor(61_000);
	await wall.getByText("This link was withdrawn").waitFor();
});

test("a goal is reached in tenths, and what is left of it has the digits of the score", async () => {
	const { toGo } = await source("board/to_go.ts");
	assert.equal(toGo(50, 50, 0), null);
	assert.equal(toGo(50, 49.96, 0), null);
	assert.deepEqual(toGo(50, 49.6, 0), { points: 0.4, digits: 1 });
	assert.deepEqual(toGo(50, 43.6, 0), { points: 6, digits: 0 });
	assert.deepEqual(toGo(50, 43.6, 1), { points: 6.4, digits: 1 });
	assert.deepEqual(toGo(-10, -12.04, 1), { points: 2, digits: 1 });
});
