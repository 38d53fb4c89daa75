// tests/browser/reader.test.mjs - comments one at a time: by keys, by a finger, put right, starred, taken back, and when the server says no.
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

/** A survey of its own with these comments, read; their ids, newest first as lists have them. */
async function given(slug, comments) {
	await makeSurvey(heed, {}, { slug, name: slug });
	const ids = [];
	for (const [i, comment] of comments.entries())
		ids.unshift((await made(heed.post("/api/v1/responses", { survey: slug, score: i % 11, comment, language: "en" }))).id);
	for (const id of ids) await until(async () => (await one(id)).reading !== null || !(await one(id)).comment);
	return ids;
}

const open = async (slug, more = "", options = {}) => {
	const page = await enter(house, { path: `/answers/read${more}?survey=${slug}` }, options);
	await page.waitForSelector(".reader-said");
	return page;
};
const text = (page) => page.locator(".reader-said blockquote").textContent();
const shows = (page, words) => page.locator(".reader-said blockquote", { hasText: words }).waitFor();
const pressed = (page, name) => page.locator(`.reader-sentiment.${name}[aria-pressed=true]`).waitFor();

test("keys lead from comment to comment, the place stays in the address, and Escape leads to the answer in the list", async () => {
	const ids = await given("steps", ["The first comment is about the app.", "", "The second one is about the price.", "The third one praises support."]);
	const page = await open("steps");
	await shows(page, "third");
	await page.getByRole("heading", { name: "1 of 3" }).waitFor();
	await page.keyboard.press("j");
	await shows(page, "second");
	await page.keyboard.press("ArrowRight");
	await shows(page, "first");
	await page.keyboard.press("j");
	await page.locator(".toast", { hasText: "last of 3" }).waitFor();
	await page.keyboard.press("k");
	await shows(page, "second");
	assert.ok(page.url().endsWith(`/answers/read/${ids[1]}?survey=steps`), page.url());
	await page.reload();
	await shows(page, "second");
	await page.getByRole("heading", { name: "2 of 3" }).waitFor();
	await page.keyboard.press("Escape");
	await page.waitForURL(`**/answers/${ids[1]}?survey=steps`);
	await page.locator(".aw-panel blockquote", { hasText: "second" }).waitFor();
	await page.keyboard.press("r");
	await shows(page, "second");
	await page.context().close();
});

test("sentiment is put right by a figure, at once, and u takes it back where it was said", async () => {
	const ids = await given("feels", ["The app is lovely.", "Support is terrible."]);
	const page = await open("feels");
	await pressed(page, "negative");
	await page.keyboard.press("2");
	await pressed(page, "neutral");
	await until(async () => (await one(ids[0])).reading.sentiment.by_person);
	assert.equal((await one(ids[0])).reading.sentiment.label, "neutral");
	await page.keyboard.press("j");
	await shows(page, "lovely");
	await page.keyboard.press("u");
	await shows(page, "terrible");
	await pressed(page, "negative");
	await until(async () => !(await one(ids[0])).reading.sentiment.by_person);
	const { corrections } = await made(heed.get(`/api/v1/responses/${ids[0]}/corrections`));
	assert.equal(corrections.length, 1);
	assert.ok(corrections[0].undone_at);
	await page.keyboard.press("u");
	await page.locator(".toast", { hasText: "nothing to take back" }).waitFor();
	await page.context().close();
});

test("themes are found by their names, put in and out and given a side, by keys alone", async () => {
	const [id] = await given("themes", ["The app is lovely."]);
	const page = await open("themes");
	await page.locator(".reader-theme.good", { hasText: "App" }).waitFor();
	assert.equal(await page.locator(".reader-span.good").first().textContent(), "app");
	await page.keyboard.press("t");
	await page.locator(".reader-choices").waitFor();
	await page.keyboard.type("billing");
	await page.keyboard.press("Enter");
	await page.keyboard.press("-");
	await page.keyboard.press("Escape");
	await page.locator(".reader-theme.bad", { hasText: "Billing" }).waitFor();
	const themes = async () => (await one(id)).reading.themes.map((theme) => [theme.code, theme.polarity > 0 ? 1 : theme.polarity < 0 ? -1 : 0]);
	await until(async () => (await themes()).some(([code, side]) => code === "billing" && side === -1));
	await page.keyboard.press("t");
	await page.keyboard.press("Enter"); // the first: the app, which was in it
	await page.keyboard.press("Escape");
	await page.locator(".reader-theme", { hasText: "App" }).waitFor({ state: "detached" });
	await until(async () => (await themes()).length === 1);
	for (let i = 0; i < 3; i++) await page.keyboard.press("u");
	await page.locator(".reader-theme.good", { hasText: "App" }).waitFor();
	await until(async () => JSON.stringify(await themes()) === JSON.stringify([["app", 1]]));
	await page.context().close();
});

test("a name with a minus in it is typed, not said of a theme, and the page's keys rest while the dialog is open", async () => {
	const [id] = await given("minus", ["The app is lovely.", "Support is quick."].reverse());
	const page = await open("minus");
	await shows(page, "lovely");
	await page.keyboard.press("t");
	await page.locator(".reader-choices").waitFor();
	await page.keyboard.type("-");
	await page.locator(".toast", { hasText: "App" }).waitFor(); // nothing typed yet: of the first one
	await page.keyboard.press("u");
	await page.locator("dialog input").fill("");
	const sent = [];
	page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
	await page.keyboard.type("bi-0+");
	assert.equal(await page.inputValue("dialog input"), "bi-0+");
	await page.evaluate(() => document.activeElement.blur());
	await page.keyboard.press("j");
	await page.keyboard.press("3");
	await page.keyboard.press("s");
	await shows(page, "lovely");
	assert.deepEqual(sent, []);
	await page.keyboard.press("Escape");
	await page.locator("dialog").waitFor({ state: "detached" });
	assert.ok(page.url().includes(`/answers/read/${id}?`), page.url());
	await page.context().close();
});

test("what is shown is what the server has when something of several corrections is refused, or taken back meanwhile", async () => {
	const [id] = await given("several", ["Support is terrible."]);
	const page = await open("several");
	const refuse = (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, title: "x", detail: "The server is busy." }) });
	let [refused, twice] = [0];
	const both = new Promise((wake) => (twice = wake));
	await page.route("**/corrections", async (route) => {
		if (route.request().method() !== "POST" || refused++ > 0) return route.continue();
		await both;
		return refuse(route);
	});
	await pressed(page, "negative");
	await page.keyboard.press("3"); // refused
	await page.keyboard.press("2");
	await pressed(page, "neutral");
	twice();
	await page.locator(".toast.bad", { hasText: "busy" }).waitFor();
	await until(async () => (await one(id)).reading.sentiment.label === "neutral");
	await page.locator(".toast:not(.bad)").waitFor();
	await page.waitForTimeout(300);
	await pressed(page, "neutral");
	const order = [];
	let goOn;
	const held = new Promise((wake) => (goOn = wake));
	await page.route("**/corrections/*", async (route) => {
		await held;
		await route.continue();
	});
	page.on("requestfinished", (request) => request.url().includes("/corrections") && order.push(request.method()));
	await page.keyboard.press("u");
	await pressed(page, "negative");
	await page.keyboard.press("4");
	await pressed(page, "mixed");
	await page.waitForTimeout(300);
	goOn();
	await until(() => order.length === 2, "both");
	assert.deepEqual(order, ["DELETE", "POST"], "in the order in which it was said");
	await page.waitForTimeout(300);
	await pressed(page, "mixed");
	assert.equal((await one(id)).reading.sentiment.label, "mixed");
	await page.context().close();
});

test("the way from a comment to its answer keeps filter and view", async () => {
	const [id] = await given("kept", ["Support is terrible."]);
	const page = await enter(house, { path: `/answers/read/${id}?survey=kept&view=all&period=all` });
	await page.locator(".reader-facts a").click();
	await page.waitForURL(`**/answers/${id}?survey=kept&view=all&period=all`);
	await page.context().close();
});

test("a star is given, found by the filter, and taken back", async () => {
	const [id] = await given("stars", ["The app is lovely.", "Support is quick."]);
	const page = await open("stars");
	await page.keyboard.press("s");
	await page.locator(".toast", { hasText: "Starred" }).waitFor();
	const { starred, events } = await one(id);
	assert.ok(starred);
	assert.ok(events.some((event) => event.what === "starred" && event.actor && event.at), "who and when");
	await page.goto(`${heed.url}/answers/read?survey=stars&view=starred`);
	await page.getByRole("heading", { name: "1 of 1" }).waitFor();
	await page.keyboard.press("s");
	await until(async () => !(await one(id)).starred);
	await page.locator(".toast button", { hasText: "Undo" }).click();
	await until(async () => (await one(id)).starred);
	await page.context().close();
});

test("what the server refuses is shown as it was before, and said", async () => {
	const [id] = await given("refused", ["Support is terrible."]);
	const page = await open("refused");
	await page.route("**/corrections", (route) =>
		route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, title: "x", detail: "The server is busy." }) }),
	);
	await page.keyboard.press("3");
	await page.locator(".toast.bad", { hasText: "busy" }).waitFor();
	await pressed(page, "negative");
	assert.equal((await one(id)).reading.sentiment.by_person, false);
	await page.context().close();
});

test("a finger drawn across leads on and back, one that scrolls does not", async () => {
	await given("finger", ["The first one is about the app.", "The second one is about the price."]);
	const page = await open("finger", "", { hasTouch: true, viewport: { width: 390, height: 844 } });
	const swipe = (dx, dy) =>
		page.evaluate(
			([dx, dy]) => {
				const target = document.querySelector(".reader-said");
				const send = (type, x, y) => {
					const touch = new Touch({ identifier: 1, target, clientX: x, clientY: y });
					target.dispatchEvent(new TouchEvent(type, { bubbles: true, touches: type === "touchend" ? [] : [touch], changedTouches: [touch] }));
				};
				send("touchstart", 200, 300);
				send("touchend", 200 + dx, 300 + dy);
			},
			[dx, dy],
		);
	await shows(page, "second");
	await swipe(-120, 10);
	await shows(page, "first");
	await swipe(-80, 200);
	await swipe(120, -10);
	await shows(page, "second");
	assert.match(await text(page), /price/);
	await page.context().close();
});

test("a theme leads to its comments one by one", async () => {
	await given("leads", Array.from({ length: 32 }, (_, i) => `The app is lovely, number ${i}.`));
	const page = await enter(house, { path: "/insight/themes?survey=leads" });
	await page.locator("a.themes-name", { hasText: "App" }).click();
	await page.getByRole("link", { name: "Read them one by one" }).click();
	await page.getByRole("heading", { name: "1 of 32" }).waitFor();
	await page.locator(".reader-span").first().waitFor();
	assert.match(page.url(), /theme=app/);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});
