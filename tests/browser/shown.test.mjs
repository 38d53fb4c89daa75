// tests/browser/shown.test.mjs - a page counts as displayed when somebody had it in sight, and not before.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { closeBrowsers, makeSurvey, visitor } from "./kit.mjs";

let heed;
before(async () => (heed = await start()));
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

const counted = async (survey) => {
	const { json } = await heed.get(`/api/v1/surveys/${survey.id}/funnel`);
	return json.all;
};

test("a page in sight for a second is counted once, also when it is answered then", async (t) => {
	const survey = await makeSurvey(heed, {}, { slug: "seen" });
	const page = await visitor(t);
	const told = page.waitForRequest((rq) => rq.url().endsWith("/s/seen/shown"));
	await page.goto(`${heed.url}/s/seen?c=qr&s=Desk`);
	const request = await told;
	assert.equal((await request.response())?.status(), 204);
	const at = await page.evaluate(() => performance.getEntriesByType("resource").find((one) => one.name.endsWith("/s/seen/shown")).startTime);
	assert.ok(at >= 1000, `${at} ms`);
	const { shown } = await counted(survey);
	assert.equal(shown, 1);
	await page.click('#scale button[value="9"]');
	await page.waitForFunction(() => location.pathname.startsWith("/a/"));
	const { json } = await heed.get(`/api/v1/surveys/${survey.id}/funnel`);
	assert.deepEqual(json.channels.map((part) => [part.channel, part.shown, part.started]), [["qr", 1, 1]]);
	await page.reload();
	await page.waitForTimeout(1500);
	assert.equal((await counted(survey)).shown, 1);
});

test("a page in a tab that nobody looks at is not counted, nor one in a driven browser", async (t) => {
	const survey = await makeSurvey(heed, {}, { slug: "unseen" });
	const hidden = await visitor(t);
	await hidden.addInitScript(() => Object.defineProperty(document, "visibilityState", { get: () => "hidden" }));
	const driven = await visitor(t, { driven: true });
	for (const page of [hidden, driven]) {
		page.on("request", (rq) => assert.ok(!rq.url().endsWith("/shown"), rq.url()));
		await page.goto(`${heed.url}/s/unseen`);
		await page.waitForTimeout(1500);
	}
	assert.equal((await counted(survey)).shown, null);
});
