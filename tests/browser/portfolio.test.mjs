// tests/browser/portfolio.test.mjs - scores side by side: what only one workspace calls so is asked of none of several.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, makeSurvey } from "./kit.mjs";

let house;
before(async () => (house = await openHouse()));
after(async () => {
	await closeBrowsers();
	await house?.close();
});

test("workspaces have a total where a filter that only one of them knows is left out of their table", async (t) => {
	const { heed } = house;
	await makeSurvey(heed, {}, { slug: "here", name: "Here" });
	for (let i = 0; i < 40; i++) assert.equal((await heed.post("/api/v1/responses", { survey: "here", score: i % 11 })).status, 201);
	heed.mustRun("user", "add", "owner@example.com", "--role", "analyst", "--workspace", "Fernhill (demo)");
	const page = await enter(house, { path: "/insight/portfolio?of=workspaces&survey=here" });
	t.after(() => page.context().close());
	await page.getByLabel("All together").selectOption({ label: "Each answer counts the same" });
	assert.match(await page.locator(".portfolio-total").first().textContent(), /\d/);
	assert.deepEqual(page.complaints, []);
});
