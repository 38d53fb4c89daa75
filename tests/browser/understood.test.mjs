// tests/browser/understood.test.mjs - what was understood, where people act on it: an urgent comment is told with its words as
// it is read, dealt with and taken back; a language is turned off; personal data is masked for good; the filter finds them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, findings } from "./kit.mjs";

let house;
before(async () => (house = await openHouse()));
after(async () => {
	await closeBrowsers();
	await house?.close();
});

/** Answers as the page itself would ask: by the session that it has. */
const ask = (page, method, path, body) =>
	page.evaluate(
		async ([method, path, body]) => {
			const headers = { "X-Heed": "1", "Content-Type": "application/json" };
			const r = await fetch(`/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
			return r.status === 204 ? null : r.json();
		},
		[method, path, body],
	);

async function say(page, comment) {
	const { surveys } = await ask(page, "GET", "surveys");
	return ask(page, "POST", "responses", { survey: surveys[0].slug, score: 1, language: "en", comment });
}

test("an urgent comment is told on the overview as it is read, is dealt with, and comes back", async () => {
	const page = await enter(house, { path: "/", in: "demo" });
	await page.getByRole("heading", { name: "Overview" }).waitFor();
	const { id } = await say(page, "The charger caught fire and burned my hand.");
	const notice = page.locator(".alert", { hasText: "Safety or health" });
	await notice.waitFor({ timeout: 60_000 });
	assert.ok((await notice.locator("mark").allTextContents()).some((text) => text.includes("fire")));
	assert.deepEqual(await findings(page), []);
	await notice.getByRole("button", { name: /^Dealt with/ }).click();
	await notice.waitFor({ state: "detached" });
	await page.keyboard.press("Control+z");
	await notice.waitFor();
	await notice.locator(`a[href="/answers/${id}"]`).click();
	await page.waitForURL(new RegExp(`/answers/${id}`));
	await page.locator(".aw-understood", { hasText: "Safety or health" }).waitFor();
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("the filter's menu has theme, urgent, emotion and how it sounds", async () => {
	const page = await enter(house, { path: "/answers?period=all", in: "demo" });
	await page.getByRole("heading", { name: "Answers" }).waitFor();
	for (const [field, value, inAddress] of [
		["Theme", "Speed of support", "theme=support_speed"],
		["Urgent", "Any kind", "urgent=any"],
		["Emotion (English only)", "Frustrated", "mood=frustrated"],
		["Sounds, as shown", "Negative", "shown_sentiment=negative"],
	]) {
		await page.getByRole("button", { name: "Filter", exact: true }).click();
		await page.locator(".filter-fields").getByRole("button", { name: field, exact: true }).click();
		await page.locator(".filter-values").getByRole("checkbox", { name: value, exact: true }).check();
		await page.waitForURL((url) => url.search.includes(inAddress));
		await page.keyboard.press("Escape");
	}
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("a language is turned off and on, and says what that does", async () => {
	const page = await enter(house, { path: "/settings/languages", in: "demo" });
	const german = page.getByRole("switch", { name: "Read comments in German" });
	await german.waitFor();
	await page.getByText("Emotion is read in English only.").waitFor();
	await german.uncheck({ force: true });
	await page.getByText("All comments are read again with them.").waitFor();
	assert.deepEqual(await findings(page), []);
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("All comments are read again with them.").waitFor({ state: "detached" });
	const { languages } = await ask(page, "GET", "reading/coverage");
	assert.equal(languages.find((one) => one.language === "de").enabled, false);
	await german.check({ force: true });
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("All comments are read again with them.").waitFor({ state: "detached" });
	assert.equal((await ask(page, "GET", "reading/coverage")).restricted, false);
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("what is there is masked for good after its name was typed, and not before", async () => {
	const page = await enter(house, { path: "/settings/workspace", in: "demo" });
	const { id } = await say(page, "Mail me at greta@example.com, please.");
	await page.getByText("Mask before storing").click();
	await page.getByRole("button", { name: "Mask them, too …" }).click();
	const go = page.getByRole("button", { name: "Mask for good" });
	assert.ok(await go.isDisabled());
	assert.deepEqual(await findings(page), []);
	const { name } = await ask(page, "GET", "workspace");
	await page.getByLabel(/^Type the name of the workspace/).fill(name);
	await go.click();
	await page.getByText(/answers? (was|were) masked/).waitFor({ timeout: 60_000 });
	assert.equal((await ask(page, "GET", `responses/${id}`)).comment, "Mail me at [email], please.");
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});
