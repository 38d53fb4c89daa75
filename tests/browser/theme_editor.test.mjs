// tests/browser/theme_editor.test.mjs - themes are edited with what a change would find before one's eyes, suggestions are dealt with, and
// what the workspace is in is asked once.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, makeSurvey } from "./kit.mjs";

let house;
const ends = ["Monday", "March", "noon", "week", "chance", "test", "again", "Ann"];
const get = async (path) => (await house.heed.get(path)).json;

before(async () => {
	house = await openHouse();
	await makeSurvey(house.heed, {}, { slug: "told", name: "Told" });
	const give = (comment, score) => house.heed.post("/api/v1/responses", { survey: "told", score, comment, language: "en" });
	for (let i = 0; i < 40; i++) {
		await give(`There was a parrot under the palm, it was ${ends[i % 8]} ${i}`, 6);
		await give(`They are neighbours with an umbrella, it was ${ends[i % 8]} ${i}`, 9);
		if (i < 30) await give(`Barges of the harbour, ${ends[i % 8]} ${i}`, 2);
	}
	while ((await get("/api/v1/insights/themes")).comments.not_read > 0) await wait(100);
	const { looked_at } = await get("/api/v1/themes/suggestions");
	await house.heed.post("/api/v1/themes/suggestions");
	for (let said; (said = await get("/api/v1/themes/suggestions")).wanted || said.looked_at === looked_at; ) await wait(100);
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

test("words show what they find while they are typed; saving reads again, and undo takes it back", async () => {
	const staff = (await get("/api/v1/themes")).themes.find((theme) => theme.code === "staff");
	const page = await enter(house, { path: `/insight/themes/edit?theme=${staff.id}` });
	await page.getByRole("button", { name: "Add words" }).click();
	const words = page.locator(".word-text textarea");
	await words.fill("parrot, umbrella near");
	await page.getByText("words must follow behind near or unless").waitFor();
	assert.ok(await page.getByRole("button", { name: "Save" }).isDisabled());
	await words.fill("parrot, umbrella");
	await page.getByText("80 speak of it, now 0").waitFor();
	await page.getByText("umbrella 40").waitFor();
	assert.equal(await page.locator(".theme-preview mark").first().textContent(), "umbrella");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("“Staff and service” is saved; comments are read again").waitFor();
	const seeds = async () => (await get(`/api/v1/themes/${staff.id}`)).theme.seeds;
	assert.equal(await seeds(), "en: parrot, umbrella");
	await page.getByRole("button", { name: "Undo" }).click();
	await page.waitForFunction(() => document.querySelectorAll(".word-text textarea").length === 0);
	assert.equal(await seeds(), null);
	assert.deepEqual(page.complaints.filter((text) => !/422/.test(text)), []);
	await page.context().close();
});

test("a theme that is changed and not saved is not left by mistake", async () => {
	const page = await enter(house, { path: "/insight/themes/edit?theme=new" });
	await page.getByLabel("Name").fill("Barges");
	page.once("dialog", (dialog) => dialog.dismiss());
	await page.locator(".theme-nav button").first().click();
	assert.equal(await page.getByLabel("Name").inputValue(), "Barges");
	await page.context().close();
});

test("what was changed and not saved stays while the theme is turned off, an industry is said, and an undo comes between", async () => {
	const theme = (await get("/api/v1/themes")).themes.find((one) => one.code === "staff");
	const page = await enter(house, { path: `/insight/themes/edit?theme=${theme.id}` });
	const [name, description] = [page.getByLabel("Name"), page.getByLabel("What belongs to it")];
	const state = async () => (await get(`/api/v1/themes/${theme.id}`)).theme.state;
	await name.fill("People");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("“People” is saved").waitFor();
	await page.waitForFunction(() => document.querySelector(".theme-form h2")?.textContent === "People");
	await description.fill("Those who serve");
	await page.getByRole("switch").click({ force: true });
	await page.getByText("“People” is off").waitFor();
	await page.getByRole("switch", { checked: false }).waitFor();
	assert.equal(await state(), "off");
	assert.equal(await description.inputValue(), "Those who serve");
	await page.locator(".toast", { hasText: "is saved" }).getByRole("button", { name: "Undo" }).click();
	await page.waitForFunction(() => document.querySelector(".theme-form h2")?.textContent === "Staff and service");
	assert.deepEqual([await name.inputValue(), await description.inputValue()], ["Staff and service", "Those who serve"]);
	await page.getByLabel("Industry").selectOption("retail");
	await page.getByText("Themes for Retail are shown").waitFor();
	await page.waitForFunction(() => !document.querySelector("select:disabled"));
	assert.equal(await description.inputValue(), "Those who serve");
	let asked = 0;
	page.on("dialog", (dialog) => (asked++, dialog.dismiss()));
	await page.locator(".theme-nav button").last().click();
	assert.equal(asked, 1, "unsaved changes are not left by mistake");
	await page.route(`**/api/v1/themes/${theme.id}`, (route) => (route.request().method() === "PATCH" ? route.abort() : route.continue()));
	await page.getByRole("button", { name: "Save" }).click();
	await page.locator(".theme-form [role=alert]").waitFor();
	await page.locator(".theme-nav button").last().click();
	assert.equal(asked, 2, "what could not be saved is still unsaved");
	assert.equal(await description.inputValue(), "Those who serve");
	await page.unroute(`**/api/v1/themes/${theme.id}`);
	await page.getByRole("button", { name: "Discard changes" }).click();
	assert.equal(await description.inputValue(), "");
	await page.locator(".theme-nav button").last().click();
	await page.waitForFunction(() => document.querySelector(".theme-form h2")?.textContent !== "Staff and service");
	assert.equal(asked, 2, "nothing is left to lose");
	await house.heed.ask("PATCH", `/api/v1/themes/${theme.id}`, { shown: true });
	await house.heed.ask("PUT", "/api/v1/reading/settings", { industry: null, skipped: false });
	await page.context().close();
});

test("a suggestion becomes a theme by keyboard, and goes back", async () => {
	const page = await enter(house, { path: "/insight/themes" });
	const one = page.locator(".suggestions > li", { hasText: "harbour" });
	await one.getByRole("button", { name: "Make it a theme" }).focus();
	await page.keyboard.press("Enter");
	await page.getByText(/is a theme; comments are read again/).waitFor();
	await one.waitFor({ state: "detached" });
	await page.waitForFunction(() => document.activeElement?.id === "themes-suggestions");
	assert.ok((await get("/api/v1/themes")).themes.some((theme) => theme.code.startsWith("own_") && theme.seeds.includes("harbour") && theme.state === "on"));
	await page.getByRole("button", { name: "Undo" }).click();
	await one.waitFor();
	assert.ok(!(await get("/api/v1/themes")).themes.some((theme) => theme.code.startsWith("own_") && theme.seeds.includes("harbour") && theme.state === "on"));
	await one.getByRole("button", { name: "Dismiss" }).click();
	await one.waitFor({ state: "detached" });
	await page.getByText("Dealt with (1)").click();
	await page.getByRole("button", { name: "Take back" }).click();
	await one.waitFor();
	await page.context().close();
});

test("what the workspace is in is asked of who may say it, until it is said or skipped", async () => {
	const page = await enter(house, { path: "/insight/themes" });
	await page.getByLabel("Hospitality").check();
	await page.getByText(/themes are shown: /).waitFor();
	await page.getByRole("button", { name: "Show these" }).click();
	await page.getByText("Themes for Hospitality are shown").waitFor();
	assert.equal((await get("/api/v1/reading/settings")).industry, "hospitality");
	await page.getByLabel("Hospitality").waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByRole("button", { name: "Skip, show all" }).click();
	await page.getByText("Nobody is asked again").waitFor();
	await page.getByRole("button", { name: "Undo" }).last().click();
	await page.getByRole("button", { name: "Skip, show all" }).click();
	await page.getByLabel("Hospitality").waitFor({ state: "detached" });
	assert.equal((await get("/api/v1/reading/settings")).skipped, true);
	// Another browser of another person is not asked either.
	const other = await enter(house, { path: "/insight/themes", role: "analyst" });
	await other.getByRole("heading", { name: "Suggestions" }).waitFor();
	assert.equal(await other.getByLabel("Hospitality").count(), 0);
	await other.context().close();
	await page.context().close();
	const agent = await enter(house, { path: "/insight/themes", role: "agent" });
	await agent.getByRole("heading", { name: "Suggestions" }).waitFor();
	assert.equal(await agent.getByLabel("Hospitality").count(), 0);
	assert.equal(await agent.getByRole("button", { name: "Make it a theme" }).count(), 0);
	await agent.context().close();
});

test("comments that are read again show how far it is, and can be stopped and taken up", async () => {
	const page = await enter(house, { path: "/insight/themes" });
	let state = { state: "runs", done: 400, total: 1000, rate: 50, began_at: new Date().toISOString(), ended_at: null, languages: [] };
	const asked = [];
	await page.route("**/api/v1/reading/{status,cancel,again}", (route) => {
		const what = route.request().url().split("/").at(-1);
		if (what !== "status") asked.push(what);
		if (what === "cancel") state = { ...state, state: "cancelled" };
		if (what === "again") state = { ...state, state: "runs" };
		return route.fulfill({ json: state });
	});
	await page.reload();
	await page.getByText("400 of 1,000 answers, 50 a second").waitFor();
	await page.getByText("about 12 seconds left").waitFor();
	await page.getByRole("button", { name: "Stop" }).click();
	await page.getByText("Reading again was stopped").first().waitFor();
	await page.getByRole("button", { name: "Read them again" }).click();
	await page.getByRole("button", { name: "Stop" }).waitFor();
	assert.deepEqual(asked, ["cancel", "again"]);
	await page.context().close();
});
