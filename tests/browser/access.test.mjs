// tests/browser/access.test.mjs - the hosted pages for everybody: axe-core, sizes, directions, both schemes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { openAlbum } from "./contact_sheet.mjs";
import { closeBrowsers, findings, makeSurvey, visitor } from "./kit.mjs";
import { questions, scenes } from "./scenes.mjs";

let heed;
let all;
const album = openAlbum("hosted-pages");
before(async () => {
	heed = await start();
	all = await scenes(heed);
});
after(async () => {
	album.close();
	await closeBrowsers();
	await heed?.stop();
});

for (const width of [320, 1440]) {
	for (const colorScheme of ["light", "dark"]) {
		test(`axe-core finds nothing on any page, ${colorScheme}, ${width} pixels wide`, async (t) => {
			for (const scene of all) {
				const page = await visitor(t, {
					colorScheme,
					viewport: { width, height: 700 },
					javaScriptEnabled: true,
				});
				await page.goto(heed.url + scene.path);
				await scene.act?.(page);
				await album.take(page, scene.name, { width, scheme: colorScheme });
				assert.deepEqual(await findings(page), [], scene.name);
				const wide = await page.evaluate(() => document.documentElement.scrollWidth);
				assert.ok(wide <= width, `${scene.name} is ${wide} pixels wide`);
				await page.context().close();
			}
		});
	}
}

test("the scale is one row of eleven equal buttons, large enough for a thumb at 320 pixels", async (t) => {
	const survey = await makeSurvey(heed);
	for (const language of ["en", "ar"]) {
		const page = await visitor(t, { viewport: { width: 320, height: 640 } });
		await page.goto(`${heed.url}${survey.path}?lang=${language}`);
		const boxes = await page.$$eval("#scale button", (all) =>
			all.map((one) => {
				const { x, y, width, height } = one.getBoundingClientRect();
				const { backgroundColor, color, borderColor } = getComputedStyle(one);
				return { x, y, width, height, look: [backgroundColor, color, borderColor].join() };
			}),
		);
		assert.equal(boxes.length, 11);
		for (const box of boxes) {
			assert.ok(box.width >= 24 && box.height >= 24, JSON.stringify(box));
			assert.equal(box.y, boxes[0].y);
			assert.ok(Math.abs(box.width - boxes[0].width) < 0.1);
			assert.equal(box.look, boxes[0].look, "no colour says which score is wanted");
		}
		const ascending = boxes.every((box, n) => n === 0 || (language === "ar") !== box.x > boxes[n - 1].x);
		assert.ok(ascending, "in reading direction");
	}
});

test("everything stays readable with text twice as large", async (t) => {
	const survey = await makeSurvey(heed, { questions });
	const page = await visitor(t, { viewport: { width: 640, height: 800 } });
	await page.goto(`${heed.url}${survey.path}?lang=de`);
	await page.click('#scale button[value="3"]');
	await page.evaluate(() => (document.documentElement.style.fontSize = "34px"));
	assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 640);
});

test("a screen reader hears the question, the ends of the scale and what is chosen", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	const group = page.getByRole("group", { name: /how likely are you to recommend/ });
	assert.equal(await group.getByRole("button").count(), 11);
	assert.ok(await page.getByRole("button", { name: "0 – Not at all likely" }).isVisible());
	assert.ok(await page.getByRole("button", { name: "10 – Extremely likely" }).isVisible());
	await page.getByRole("button", { name: "7", exact: true }).click();
	assert.ok(await page.getByRole("button", { name: "7", exact: true, pressed: true }).isVisible());
	assert.ok(await page.getByRole("textbox", { name: "What would make it a 10?" }).isVisible());
	await page.getByRole("status").filter({ hasText: "Your score has been saved." }).waitFor();
	assert.equal(await page.getByRole("link").count(), 0, "the hidden link is hidden from readers too");
});

test("nothing moves for who wants no motion", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t, { reducedMotion: "reduce" });
	await page.goto(heed.url + survey.path);
	await page.click('#scale button[value="9"]');
	assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});
