// Segments in a real browser: what is chosen stays in the address, and keys reach every point.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, makeSurvey, until } from "./kit.mjs";

let house;
before(async () => {
	house = await openHouse();
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

const path = "/insight/segments";
const names = (page) => page.locator(".segment-table tbody th").allTextContents();

test("a split is chosen, kept in the address, and told as it was then or is now", async (t) => {
	const page = await enter(house, { path, in: "demo" });
	t.after(() => page.context().close());
	await page.getByLabel("Split by").selectOption({ label: "plan" });
	await page.getByRole("heading", { name: /^plan:/ }).waitFor();
	assert.match(page.url(), /by=property\.plan/);
	await page.getByText("is now").click();
	await page.waitForURL(/by=trait\.plan/);
	assert.equal(await page.getByLabel("Split by").locator("option:checked").textContent(), "plan");
	await page.getByLabel("Counted").selectOption("person");
	await page.getByRole("heading", { name: /one vote a person, the newest answer of each$/ }).waitFor();
	const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
	assert.match(file.suggestedFilename(), /segments-one-vote-per-person/);
	assert.equal(await page.locator(".segment-table td a").count(), 0, "no list has votes");
	const first = page.locator(".scored-open").first();
	const n = (await first.textContent()).replace(/\D/g, "");
	await first.click();
	await page.getByRole("dialog").getByText(new RegExp(`newest 50 answers of ${Number(n).toLocaleString("en-GB")}`)).waitFor();
	assert.equal(await page.locator("dialog .answer").count(), 50);
	await page.keyboard.press("Escape");
	await page.reload();
	await page.getByRole("heading", { name: /one vote a person/ }).waitFor();
	assert.deepEqual(page.complaints, []);
});

test("the arrow keys go from point to point of the funnel, and each is told and opens its answers", async (t) => {
	const page = await enter(house, { path, in: "demo" });
	t.after(() => page.context().close());
	const plot = page.getByRole("listbox");
	await plot.focus();
	await page.keyboard.press("End");
	const told = () => page.locator(".trend-told").textContent();
	const last = await until(async () => /likely between/.test(await told()) && (await told()), "a told point");
	await page.keyboard.press("ArrowLeft");
	await until(async () => (await told()) !== last, "another point");
	assert.match(await plot.getAttribute("aria-activedescendant"), /-2$/);
	const name = (await told()).split(":")[0];
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/answers\?.*channel=/);
	assert.ok(name.length > 1);
});

test("the table is put in order by any column, both ways", async (t) => {
	const page = await enter(house, { path, in: "demo" });
	t.after(() => page.context().close());
	await page.locator(".segment-table").waitFor();
	const sort = (name) => page.getByRole("columnheader").getByRole("button", { name: new RegExp(`^${name}`) }).click();
	await sort("Value");
	const up = await names(page);
	assert.deepEqual(up, [...up].sort((a, b) => a.localeCompare(b)));
	await sort("Value");
	assert.deepEqual(await names(page), [...up].reverse());
	await sort("Against the rest");
	const real = await page.locator(".segment-table tbody tr").last().locator(".from-rest").textContent();
	assert.match(real, /^−/);
});

test("a segment's n leads to the answers that it counts, and nowhere where no filter says which they are", async (t) => {
	const { heed } = house;
	await makeSurvey(heed, {}, { slug: "within", name: "Within" });
	const tagged = { vip: [], bug: [] };
	for (let i = 0; i < 120; i++) {
		const { json } = await heed.post("/api/v1/responses", { survey: "within", score: i % 11, language: ["en-GB", "en-US", "de"][i % 3] });
		if (i % 2) tagged.vip.push(json.id);
		if (i % 4 > 1) tagged.bug.push(json.id);
	}
	for (const [tag, ids] of Object.entries(tagged)) assert.equal((await heed.post("/api/v1/responses/actions", { action: "tag", tag, ids })).status, 200);
	const show = async (query) => {
		const page = await enter(house, { path: `${path}?survey=within&${query}` });
		t.after(() => page.context().close());
		await page.locator(".segment-table").waitFor();
		return page;
	};
	const tags = await show("tag=vip&by=tag&and=language");
	const bug = tags.locator(".segment-table tbody tr", { hasText: "bug" });
	assert.match(await bug.textContent(), /n = 30/);
	assert.equal(await bug.locator("a").count(), 0, "no filter takes both tags");
	assert.equal(await tags.locator(".heat a").count(), 0, "nor does one of a pair");
	const languages = await show("language=en-GB&language=de&by=language&and=channel");
	const asked = (links) => links.evaluateAll((all) => all.map((one) => new URL(one.href).searchParams.getAll("language").join()).sort());
	assert.deepEqual(await asked(languages.locator(".segment-table a")), ["de", "en-GB"]);
	assert.deepEqual(await asked(languages.locator(".heat a")), ["de", "en-GB"]);
});
