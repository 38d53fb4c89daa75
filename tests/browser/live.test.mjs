// tests/browser/live.test.mjs - an open overview hears of answers as they come, and loses none over a break.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, PASSWORD, serve, start } from "../http/harness.mjs";
import { closeBrowsers, makeSurvey, visitor } from "./kit.mjs";

let heed, port;
before(async () => {
	heed = await start();
	port = new URL(heed.url).port;
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function overview(t, path = "/") {
	const page = await visitor(t, { viewport: { width: 1280, height: 900 } });
	await page.goto(`${heed.url}/login`);
	await page.fill("input[name=email]", EMAIL);
	await page.fill("input[name=password]", PASSWORD);
	await page.click("button");
	await page.goto(`${heed.url}${path}`);
	await page.waitForSelector(".live-mark.live");
	return page;
}

const post = async (score, comment) => {
	const r = await heed.post("/api/v1/responses", { survey: "shop", score, comment });
	assert.equal(r.status, 201, r.text);
};

test("an answer on the phone page is in the feed of an open overview, and nobody reloads", async (t) => {
	await makeSurvey(heed, {}, { slug: "shop", name: "Shop" });
	await post(8, "The first");
	const page = await overview(t);
	await page.waitForSelector("text=The first");
	const loads = [];
	page.on("framenavigated", (frame) => loads.push(frame.url()));
	const phone = await visitor(t, { viewport: { width: 360, height: 740 } });
	await phone.goto(`${heed.url}/s/shop`);
	const seen = page.waitForSelector('.answer:first-child .score:text-is("9")');
	await phone.click('#scale button[value="9"]');
	const sent = Date.now();
	await seen;
	t.diagnostic(`from the tap to the feed: ${Date.now() - sent} ms`);
	assert.deepEqual(loads, []);
});

test("what came while the connection was broken is shown when it is back", async (t) => {
	const page = await overview(t);
	await heed.halt("SIGKILL");
	await page.waitForSelector(".live-mark.connecting");
	const key = heed.key;
	heed = await serve(heed, { listen: `127.0.0.1:${port}` });
	heed.key = key;
	await post(2, "While nobody listened");
	await page.waitForSelector("text=While nobody listened");
	await page.waitForSelector(".live-mark.live");
});

test("rows do not move under a reader: new ones wait behind a button", async (t) => {
	const page = await overview(t);
	await page.hover(".answer:first-child");
	const first = await page.textContent(".answer:first-child .comment");
	await post(10, "Came meanwhile");
	await post(10, "And another");
	await page.getByRole("button", { name: "2 new answers: show them" }).waitFor();
	assert.equal(await page.textContent(".answer:first-child .comment"), first);
	await page.getByRole("button", { name: "2 new answers: show them" }).click();
	await page.waitForSelector("text=And another");
	assert.equal(await page.locator(".arrivals").count(), 0);
});

test("where no stream can be had the page asks now and then, and says so", async (t) => {
	const page = await visitor(t);
	await page.route("**/api/v1/live*", (route) => route.fulfill({ status: 429, body: "" }));
	await page.goto(`${heed.url}/login`);
	await page.fill("input[name=email]", EMAIL);
	await page.fill("input[name=password]", PASSWORD);
	await page.click("button");
	await page.waitForSelector(".live-mark.polling");
	await post(7, "Found by asking");
	await page.waitForSelector("text=Found by asking", { timeout: 25_000 });
});
