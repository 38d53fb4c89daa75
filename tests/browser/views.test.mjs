// tests/browser/views.test.mjs - views with a name in a real browser: saved, opened, renamed, replaced, deleted and taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { closeBrowsers, makeSurvey, until, visitor } from "./kit.mjs";

let heed;
before(async () => {
	heed = await start();
	await makeSurvey(heed, {}, { slug: "any", name: "Any" });
	for (const score of [10, 9, 2]) await heed.post("/api/v1/responses", { survey: "any", score });
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

let cookie;
async function enter(t, path) {
	cookie ??= (await heed.signIn()).split("=");
	const page = await visitor(t, {});
	await page.context().addCookies([{ name: cookie[0], value: cookie[1], url: heed.url }]);
	await page.goto(heed.url + path);
	await page.waitForSelector("main h1");
	return page;
}

// The owner's own: asked in the page, for a key sees shared ones alone.
const views = (page) => page.evaluate(async () => (await (await fetch("/api/v1/saved-views")).json()).views.map(({ name, path, shared }) => ({ name, path, shared })));
const open = async (page) => {
	await page.keyboard.press("v");
	await page.getByLabel("Save what you see as").waitFor();
};

test("what one sees is saved and found again by the keyboard alone", async (t) => {
	const page = await enter(t, "/answers?group=detractors&q=caf%C3%A9");
	await open(page);
	await page.getByLabel("Save what you see as").focus();
	await page.keyboard.type("Lows");
	await page.keyboard.press("Enter");
	await page.getByText("“Lows” is saved").waitFor();
	assert.deepEqual(await views(page), [{ name: "Lows", path: "/answers?group=detractors&q=caf%C3%A9", shared: false }]);
	await page.keyboard.press("Escape");
	await page.goto(`${heed.url}/`);
	await page.waitForSelector("main h1");
	await open(page);
	const link = page.getByRole("link", { name: "Lows" });
	await link.focus();
	await page.keyboard.press("Enter");
	await page.waitForURL("**/answers?group=detractors&q=caf%C3%A9");
	await page.waitForSelector(".aw-row, main h1");
	assert.equal(await page.getByLabel("Save what you see as").count(), 0);
});

test("a view is renamed, shared, replaced, and taken back after it was deleted", async (t) => {
	const page = await enter(t, "/?period=all");
	await open(page);
	await page.getByRole("button", { name: "Change “Lows”" }).click();
	await page.getByLabel("Name", { exact: true }).fill("All of it");
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Change “All of it”" }).and(page.locator(":focus")).waitFor();
	await page.getByRole("button", { name: "Change “All of it”" }).click();
	await page.getByLabel("Everybody in this workspace sees it").check();
	await until(async () => (await views(page))[0].shared, "it is shared");
	await page.getByRole("button", { name: "Replace with what you see" }).click();
	await until(async () => (await views(page))[0].path === "/?period=all", "it is replaced");
	await page.getByRole("button", { name: "Change “All of it”" }).click();
	await page.getByRole("button", { name: "Delete" }).click();
	await page.getByText("“All of it” is deleted").waitFor();
	assert.deepEqual(await views(page), []);
	await page.click(".toast:has-text('is deleted') button:has-text('Undo')");
	await until(async () => (await views(page)).length === 1, "it is back");
	assert.deepEqual(await views(page), [{ name: "All of it", path: "/?period=all", shared: true }]);
});

test("a second view of one name is refused, and the next is not shared because one was", async (t) => {
	const page = await enter(t, "/?period=30d");
	await open(page);
	const name = page.getByLabel("Save what you see as");
	await page.getByLabel("Everybody in this workspace sees it").check();
	await name.fill("All of it");
	await page.keyboard.press("Enter");
	await page.getByText("You have a view of this name").waitFor({ timeout: 15_000 });
	await name.fill("Month");
	await page.keyboard.press("Enter");
	await page.getByText("“Month” is saved").waitFor();
	assert.deepEqual((await views(page)).map((one) => one.name).sort(), ["All of it", "Month"]);
	assert.equal(await page.getByLabel("Everybody in this workspace sees it").isChecked(), false);
});

test("what was typed stays when it cannot be saved", async (t) => {
	const page = await enter(t, "/");
	await page.route("**/api/v1/saved-views", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
	await open(page);
	await page.getByLabel("Save what you see as").fill("Kept");
	await page.getByRole("button", { name: "Save", exact: true }).click();
	await page.getByRole("alert").waitFor();
	assert.equal(await page.getByLabel("Save what you see as").inputValue(), "Kept");
});
