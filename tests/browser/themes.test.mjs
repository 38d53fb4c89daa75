// tests/browser/themes.test.mjs - from what comments speak of to the very answer: a theme, its criticism, a quote, the answer.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers } from "./kit.mjs";

let house;
before(async () => (house = await openHouse()));
after(async () => {
	await closeBrowsers();
	await house?.close();
});

test("a theme leads to its quotes, and a quote to the answer with the same words", async () => {
	const page = await enter(house, { path: "/insight/themes", in: "demo" });
	await page.waitForSelector(".themes-list");
	await page.waitForFunction(() => !document.querySelector(".mantine-Progress-root"), null, { timeout: 120_000 });
	const row = page.locator(".themes-list > li").first();
	assert.match(await row.textContent(), /Detractors.*about \d+%.*Passives.*about \d+%.*Promoters.*about \d+%/s);
	const name = await row.locator("a.themes-name").textContent();
	await row.locator("a.themes-name").click();
	await page.getByRole("heading", { name, level: 1 }).waitFor();
	await page.getByText("Criticism", { exact: true }).first().click();
	await page.waitForURL(/says=criticised/);
	const quote = page.locator(".themes-quote", { has: page.locator("mark") }).first();
	// At once: the quotes that were there before may give way to others in between.
	const marked = await quote.evaluate((one) => {
		(one.closest("a") ?? one.querySelector("a")).click();
		return one.querySelector("mark").textContent;
	});
	await page.waitForURL(/\/answers\/\d+/);
	await page.locator(".aw-theme", { hasText: name }).waitFor();
	assert.ok((await page.locator(".aw-themed").allTextContents()).some((text) => text.includes(marked)), marked);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("a theme is reached while another is filtered by: its page puts that aside, says so, and leads back with it", async () => {
	const page = await enter(house, { path: "/", in: "demo" });
	const { themes } = await (await page.request.get(`${house.heed.url}/api/v1/insights/themes`)).json();
	const named = (theme) => theme.names.en ?? theme.name;
	const [one, other] = themes;
	const code = new URLSearchParams(other.figure.answers_path.split("?")[1]).get("theme");
	await page.goto(`${house.heed.url}/insight/themes?theme=${code}`);
	await page.locator("a.themes-name", { hasText: named(one) }).first().click();
	await page.getByRole("heading", { name: named(one), level: 1 }).waitFor();
	await page.locator("#themes-groups").waitFor();
	await page.getByRole("note").filter({ hasText: `Left out here: Theme: ${named(other)}.` }).waitFor();
	assert.equal(await page.locator(".filter .chip").count(), 0);
	await page.getByRole("link", { name: "All themes" }).first().click();
	await page.locator(".filter .chip", { hasText: `Theme: ${named(other)}` }).waitFor();
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});
