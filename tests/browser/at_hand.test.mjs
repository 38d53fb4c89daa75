// tests/browser/at_hand.test.mjs - what a new user need not know by heart, and need not look for.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { closeBrowsers, makeSurvey, visitor } from "./kit.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function open(t, path, options = {}) {
	const page = await visitor(t, options);
	const [name, value] = (await heed.signIn()).split("=");
	await page.context().addCookies([{ name, value, url: heed.url }]);
	await page.goto(heed.url + path);
	await page.waitForSelector("main h1");
	return page;
}

test("a team's scope is chosen from the properties that answers have, and counted while one chooses", async (t) => {
	await makeSurvey(heed, {}, { slug: "towns" });
	for (const [city, n] of [["Berlin", 3], ["Potsdam, Land", 2], ["Munich", 1]])
		for (let i = 0; i < n; i++) await heed.post("/api/v1/responses", { survey: "towns", score: 9, properties: { city, plan: "pro" } });
	const page = await open(t, "/settings/teams");
	await page.getByRole("button", { name: "Add a team" }).click();
	await page.getByLabel("Name of the team").fill("East");
	await page.getByText("Sees 6 of 6 answers").waitFor();
	await page.getByRole("button", { name: "Limit by a property, such as the city" }).click();
	await page.locator(".fact-field", { hasText: "Property of the answer" }).locator("input:not([type=hidden])").click();
	assert.deepEqual(await page.getByRole("option").allTextContents(), ["city", "plan"]);
	await page.getByRole("option", { name: "city", exact: true }).click();
	const values = page.locator(".fact-field", { hasText: "Values: choose" }).locator("input:not([type=hidden])");
	await values.click();
	await page.getByRole("option", { name: "Berlin 3", exact: true }).click();
	await page.getByText("Sees 3 of 6 answers").waitFor();
	await page.getByRole("option", { name: "Potsdam, Land 2", exact: true }).click();
	await page.getByText("Sees 5 of 6 answers").waitFor();
	await values.fill("Leipzig"); // still to come
	await values.press("Enter");
	await page.locator("form").getByRole("button", { name: "Add a team" }).click();
	await page.getByText("city: Berlin, Potsdam, Land, Leipzig").waitFor();
	const { teams } = (await heed.get("/api/v1/teams")).json;
	assert.deepEqual(teams[0].scope, { properties: { city: ["Berlin", "Potsdam, Land", "Leipzig"] } });
	await page.getByRole("button", { name: "Change East" }).click();
	await page.locator(".fact-field", { hasText: "Property of the answer" }).locator("input:not([type=hidden])").fill("citty");
	await page.getByText("No answer has this property yet.").waitFor();
	assert.deepEqual(page.complaints, []);
});

for (const width of [1280, 360])
	test(`after publishing the link is one press away, ${width} pixels wide`, async (t) => {
		const survey = (await heed.post("/api/v1/surveys", { name: `Fresh ${width}` })).json;
		const page = await open(t, `/surveys/${survey.id}`, { viewport: { width, height: 800 }, permissions: ["clipboard-read", "clipboard-write"] });
		await page.getByRole("button", { name: "Publish", exact: true }).click();
		await page.locator("dialog").getByRole("button", { name: "Publish" }).click();
		const next = page.getByRole("region", { name: "Published." });
		await next.waitFor();
		assert.equal(await page.evaluate(() => document.activeElement.textContent), "Copy the link", "the keyboard is there");
		await page.keyboard.press("Enter");
		await next.getByText("Copied", { exact: true }).waitFor();
		assert.equal(await page.evaluate(() => navigator.clipboard.readText()), survey.url);
		const test_ = await heed.ask("GET", new URL(await next.getByRole("link", { name: "Send a test answer" }).getAttribute("href")).pathname);
		assert.equal(test_.status, 200);
		await next.getByRole("link", { name: "Other ways to share" }).click();
		await page.waitForURL(`**/surveys/${survey.id}/share`);
		assert.deepEqual(page.complaints, []);
	});

test("what more questions cost is the funnel's figure", async (t) => {
	const questions = [{ key: "q1", kind: "rating", text: "And the service?", required: false }];
	const survey = await makeSurvey(heed, { questions }, { name: "Long" });
	const page = await visitor(t);
	const [name, value] = (await heed.signIn()).split("=");
	await page.context().addCookies([{ name, value, url: heed.url }]);
	await page.route("**/funnel*", async (route) => {
		const reply = await route.fetch();
		const funnel = await reply.json();
		await route.fulfill({ response: reply, json: { ...funnel, all: { ...funnel.all, shown: 900, started: 400, completed: 300 } } });
	});
	await page.goto(`${heed.url}/surveys/${survey.id}`);
	await page.getByText("Of 400 answers that began on this survey’s page, 25% did not reach the end.").waitFor();
});

test("who may do what reads on a phone without scrolling to the side", async (t) => {
	const page = await open(t, "/settings/people", { viewport: { width: 360, height: 760 } });
	const list = page.locator(".roles-list");
	await list.waitFor();
	assert.match(await list.innerText(), /See names, emails, phone numbers\s+yes\s+Owner and Admin\s+if allowed\s+Analyst\s+yes, unless hidden\s+Agent\s+no\s+Viewer/);
	assert.ok(!(await page.locator(".roles-grid").isVisible()));
	assert.ok(await list.evaluate((one) => one.scrollWidth <= one.clientWidth));
	await page.setViewportSize({ width: 1280, height: 760 });
	assert.ok(await page.locator(".roles-grid").isVisible());
	assert.ok(!(await list.isVisible()));
});
