// The trend by keyboard, notes at its changes, and alerts that are put away and taken back, in a real browser.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openHouse } from "./house.mjs";
import { alter, closeBrowsers, makeSurvey, until } from "./kit.mjs";

let house;
before(async () => {
	house = await openHouse();
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

const inDemo = (path) => enter(house, { path, in: "demo" });

test("arrow keys go from point to point, each is told, and Enter opens its answers", async () => {
	const page = await inDemo("/insight/trends");
	const points = page.getByRole("slider", { name: /Points of the chart/ });
	await points.focus();
	const last = await points.getAttribute("aria-valuetext");
	assert.match(last, /^\d+ \w+ \d{4} to \d+ \w+ \d{4}: [−\d]+, likely between [−\d]+ and [−\d]+, [\d,]+ answers$/);
	await page.keyboard.press("ArrowLeft");
	await page.keyboard.press("ArrowLeft");
	const before = await points.getAttribute("aria-valuetext");
	assert.notEqual(before, last);
	assert.equal(await page.locator(".trend-told").textContent(), before);
	const n = Number(/([\d,]+) answers$/.exec(before)[1].replace(",", ""));
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/answers\?.*counted=true/);
	const { searchParams } = new URL(page.url());
	const days = (Date.parse(searchParams.get("to")) - Date.parse(searchParams.get("from"))) / 86_400_000 + 1;
	assert.equal(days, 90);
	await page.getByText(new RegExp(`\\b${n}\\b`)).first().waitFor();
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

test("a note is pinned to the day of a change, stands beside it, and comes back after it was removed", async () => {
	const page = await inDemo("/insight/trends");
	const list = page.locator(".happened li");
	assert.match(await list.first().textContent(), /Around .* the score fell by about \d+ \(\d+ to \d+\)/);
	await page.getByRole("button", { name: "Note what happened then" }).click();
	const day = await page.getByLabel("When").inputValue();
	await page.getByRole("textbox", { name: "What happened" }).fill("The help desk moved");
	await page.getByRole("button", { name: "Pin it" }).click();
	const note = list.filter({ hasText: "The help desk moved" });
	await note.waitFor();
	const notes = (await (await page.request.get(`${house.heed.url}/api/v1/trend-notes`)).json()).notes;
	assert.equal(notes.find((one) => one.text === "The help desk moved").at.slice(0, 10), day);
	await note.getByRole("button", { name: "Remove" }).click();
	await note.waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Undo" }).click();
	await note.waitFor();
	await page.context().close();
});

test("an alert leads to the trend, is dismissed, and comes back by undo", async () => {
	const { heed } = house;
	await makeSurvey(heed, {}, { slug: "all", name: "All" });
	await heed.post("/api/v1/responses", { survey: "all", score: 9 });
	const { brand_id } = (await heed.get("/api/v1/surveys/all")).json;
	const { workspace } = (await heed.get("/api/v1/me")).json;
	const day = Math.floor(Date.now() / 86_400_000);
	alter(heed, `INSERT INTO alert (workspace_id, id, raised_at, state, snoozed_to) VALUES (${workspace.id}, 7, 1, 1, 0)`);
	alter(heed, `INSERT INTO alert_part VALUES (${workspace.id}, 7, 1, ${brand_id}, 0, ${day - 10}, ${day - 60}, ${day - 70}, ${day - 50}, 34, 14, -20, -26, -13, 900, 240)`);
	const page = await enter(house, { path: "/" });
	const alert = page.getByRole("listitem").filter({ hasText: /Relationship fell around .* by about 20 \(13 to 26\), from 34 to 14/ });
	await alert.waitFor();
	assert.match(await alert.getByRole("link").getAttribute("href"), /^\/insight\/trends\?part=relationship/);
	await alert.getByRole("button", { name: "Dismiss" }).click();
	await alert.waitFor({ state: "detached" });
	const state = async () => (await heed.get("/api/v1/alerts")).json.alerts[0].state;
	assert.equal(await state(), "dismissed");
	await page.getByRole("button", { name: "Undo" }).click();
	await alert.waitFor();
	await until(async () => (await state()) === "open", "the alert to be open");
	await alert.getByRole("button", { name: "Not now" }).click();
	await page.getByRole("button", { name: "Put it off" }).click();
	await alert.waitFor({ state: "detached" });
	assert.equal(await state(), "snoozed");
	await page.goto(`${heed.url}/insight`);
	await page.getByText("Earlier alerts (1)").click();
	await page.getByRole("button", { name: "Show it again" }).click();
	await alert.waitFor();
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});
