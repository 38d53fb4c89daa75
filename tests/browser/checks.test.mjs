// tests/browser/checks.test.mjs - a group's shares are checked by the keyboard alone: drawn, read, paused, gone on with, taken back, and seen
// beside the estimated ones.
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
	await makeSurvey(heed, {}, { slug: "told", name: "told" });
	for (let i = 0; i < 36; i++)
		await made(heed.post("/api/v1/responses", { survey: "told", score: 2, comment: i % 3 ? `Far too expensive, no. ${i}.` : `The app is slow, no. ${i}.`, language: "en" }));
	await until(async () => (await made(heed.get("/api/v1/insights/themes?survey=told"))).comments.not_read === 0);
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

const text = (page) => page.locator(".reader-said blockquote").textContent();
const progress = (page, words) => page.locator(".reader-where", { hasText: words }).waitFor();

/** Says what the comment speaks of, and waits for the next one. */
async function say(page, app) {
	const before_ = await text(page);
	if (before_.includes("app")) await page.keyboard.press(app);
	await page.keyboard.press("Enter");
	await page.waitForFunction((old) => document.querySelector(".reader-said blockquote")?.textContent !== old, before_);
}

test("a sample is drawn, read without the machine's word, paused, gone on with, and makes the shares checked", async () => {
	const page = await enter(house, { path: "/insight/themes?survey=told" });
	const row = page.locator(".checks-groups > li", { hasText: "Detractors" });
	await row.getByText("36 comments say something, none of them checked").waitFor();
	await row.getByRole("button", { name: "Check 36, about 5 minutes" }).click();
	await page.waitForURL(/\/insight\/checks\/\d+\?survey=told/);
	await progress(page, "0 of 36 read");
	assert.equal(await page.locator(".reader-span, .checks-theme[aria-pressed=true], .score").count(), 0, "nothing of the machine, no score");
	const app = await page.locator(".checks-theme", { hasText: /App$/ }).locator("kbd").textContent();
	for (let i = 0; i < 10; i++) await say(page, app);
	await progress(page, "10 of 36 read");
	const last = await text(page);
	await page.keyboard.press("u");
	await progress(page, "9 of 36 read");
	await page.keyboard.press("Enter"); // as it was said before
	await progress(page, "10 of 36 read");
	assert.equal(await text(page), last);
	await page.keyboard.press("Escape");
	await page.waitForURL(/\/insight\/themes\?/);
	await row.getByText("10 of 36 read so far").waitFor();
	assert.equal(await page.locator(".checks-share").count(), 0, "ten tell nothing yet");
	await row.getByRole("link", { name: "Go on" }).click();
	await progress(page, "10 of 36 read");
	assert.equal(await text(page), last);
	for (let i = 10; i < 35; i++) await say(page, app);
	if ((await text(page)).includes("app")) await page.keyboard.press(app);
	await page.keyboard.press("Enter");
	await page.getByRole("row", { name: /^App about 33% 33% 33% to 33% 0/ }).waitFor(); // all are read
	await page.getByRole("link", { name: "To the themes" }).click();
	await row.getByText("Checked: 36 comments read").waitFor();
	await page.locator(".themes-list > li", { hasText: "App" }).locator(".checks-share").first().waitFor();
	await page.getByRole("button", { name: "As a table" }).first().click();
	assert.deepEqual(await page.getByRole("columnheader", { name: /, checked, %$/ }).allTextContents(), ["Detractors, checked, %"]);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("what the server refuses comes back to be said again", async () => {
	const check = await made(heed.post("/api/v1/checks?survey=told", { group: "detractors" }));
	const page = await enter(house, { path: `/insight/checks/${check.id}?survey=told` });
	await page.waitForSelector(".checks-theme");
	const first = await text(page);
	await page.route("**/checks/*/comments/*", (route) =>
		route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, title: "x", detail: "The server is busy." }) }),
	);
	await page.keyboard.press("Enter");
	await page.locator(".toast.bad", { hasText: "busy" }).waitFor();
	await progress(page, "0 of 36 read");
	await page.unroute("**/checks/*/comments/*");
	await page.keyboard.press("ArrowLeft");
	assert.equal(await text(page), first);
	await page.keyboard.press("-");
	await page.locator(".checks-theme[aria-pressed=true]", { hasText: "Negative" }).waitFor();
	await page.keyboard.press("Enter");
	await progress(page, "1 of 36 read");
	await until(async () => (await made(heed.get(`/api/v1/checks/${check.id}`))).read === 1);
	const { texts } = await made(heed.get(`/api/v1/checks/${check.id}/comments`));
	assert.equal(texts.find((one) => one.text === first).sentiment, null, "it was somebody else who said it");
	await page.goto(`${heed.url}/settings/reading`);
	await page.getByText("1 of 30", { exact: true }).waitFor();
	await page.context().close();
});

/** Tab until the button or link of this name has the focus. */
async function tabTo(page, name) {
	for (let i = 0; i < 60; i++) {
		await page.keyboard.press("Tab");
		if ((await page.evaluate(() => document.activeElement?.textContent.trim())) === name) return;
	}
	assert.fail(`no Tab leads to ${name}`);
}

test("Enter and Space press what Tab led to, and keep the comment where a click left the focus", async () => {
	const check = await made(heed.post("/api/v1/checks?survey=told", { group: "detractors" }));
	const page = await enter(house, { path: `/insight/checks/${check.id}?survey=told` });
	await page.waitForSelector(".checks-theme");
	const first = await text(page);
	await tabTo(page, "Leave out");
	await page.keyboard.press("Enter");
	await page.waitForFunction((old) => document.querySelector(".reader-said blockquote")?.textContent !== old, first);
	const second = await text(page);
	await page.keyboard.press("Space");
	await page.waitForFunction((old) => document.querySelector(".reader-said blockquote")?.textContent !== old, second);
	await progress(page, "0 of 36 read");
	await page.locator(".checks-theme", { hasText: /App$/ }).click();
	await page.keyboard.press("Enter");
	await progress(page, "1 of 36 read");
	await until(async () => (await made(heed.get(`/api/v1/checks/${check.id}`))).read === 1);
	for (let i = 0; i < 36 && !(await page.locator(".checks-found").count()); i++) await page.keyboard.press("ArrowRight");
	await page.getByRole("link", { name: "To the themes" }).waitFor();
	await tabTo(page, "To the themes");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/insight\/themes\?/);
	await page.context().close();
});

test("more comments are read after those of the sample, and not what was found once more", async () => {
	const check = await made(heed.post("/api/v1/checks?survey=told", { group: "detractors" }));
	await made(heed.ask("PATCH", `/api/v1/checks/${check.id}`, { wanted: 20 }));
	const page = await enter(house, { path: `/insight/checks/${check.id}?survey=told` });
	await page.waitForSelector(".checks-theme");
	const { texts } = await made(heed.get(`/api/v1/checks/${check.id}/comments`));
	await page.evaluate(
		async ([id, responses]) => {
			const headers = { "Content-Type": "application/json", "X-Heed": "1" };
			for (const one of responses) await fetch(`/api/v1/checks/${id}/comments/${one}`, { method: "PUT", headers, body: JSON.stringify({ themes: [], sentiment: null }) });
		},
		[check.id, texts.slice(0, 20).map((one) => one.response_id)],
	);
	await page.reload();
	await page.getByRole("button", { name: /^16 more/ }).click();
	await page.waitForSelector(".reader-said blockquote");
	await progress(page, "20 of 36 read");
	await page.context().close();
});
