// tests/browser/access.test.mjs - the hosted pages for everybody: axe-core, sizes, directions, both schemes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { openAlbum } from "./contact_sheet.mjs";
import { closeBrowsers, COLOUR_RULES, findings, makeSurvey, pageIn, profile, visitor } from "./kit.mjs";
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

/* At each width every rule once, and in the other colours those that colours decide. */
const looks = [
	{ width: 320, scheme: "light" },
	{ width: 320, scheme: "dark", rules: COLOUR_RULES },
	{ width: 1440, scheme: "dark" },
	{ width: 1440, scheme: "light", rules: COLOUR_RULES },
];

async function inEveryLook(page, scene) {
	for (const { width, scheme, rules } of looks) {
		await page.setViewportSize({ width, height: 700 });
		await page.emulateMedia({ colorScheme: scheme });
		await album.take(page, scene.name, { width, scheme });
		const where = `${scene.name}, ${width} pixels, ${scheme}`;
		assert.deepEqual(await findings(page, rules), [], where);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(wide <= width, `${where}: ${wide} pixels wide`);
	}
}

test("axe-core finds nothing on any page, light and dark, 320 and 1440 pixels wide", async (t) => {
	const context = await profile({ viewport: { width: 320, height: 700 } });
	t.after(() => context.close());
	for (const scene of all) {
		await t.test(scene.name, async () => {
			const page = await pageIn(context);
			try {
				await page.goto(heed.url + scene.path);
				await page.evaluate(() => localStorage.clear());
				await scene.act?.(page);
				await inEveryLook(page, scene);
			} finally {
				await page.close();
				await context.clearCookies();
			}
		});
	}
});

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
