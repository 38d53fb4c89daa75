// tests/browser/thumbs.test.mjs - what one presses on a phone is as large as a thumb, and no field makes the phone zoom in.
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

const paths = {
	"/": ".hero-number",
	"/answers": ".aw-row",
	"/answers/read": ".reader-said",
	"/insight": ".found",
	"/insight/trends": ".time-chart",
	"/insight/segments": ".segment-table",
	"/insight/themes": ".themes-list",
	"/insight/themes/edit": ".theme-nav li",
	"/insight/words": ".keywords-row",
	"/insight/compare": ".compare-both",
	"/insight/portfolio": ".portfolio-table",
	"/insight/why?period=last_quarter": ".waterfall",
	"/settings/profile": ".part",
};

/** In the page: controls lower than a thumb, but for what stands in a line of text and for a field within the frame that one sees. */
function small() {
	const all = [...document.querySelectorAll("button, select, textarea, input:not([type=checkbox], [type=radio], [type=range])")];
	return all
		.map((one) => ({ one, box: one.getBoundingClientRect() }))
		.filter(({ one, box }) => box.height > 0 && box.height < 43.5 && !one.matches(".scored-open, .mantine-PasswordInput-innerInput"))
		.map(({ one, box }) => `${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`);
}

/** In the page: fields with letters smaller than 16 pixels. */
const zooming = () =>
	[...document.querySelectorAll("select, textarea, input:not([type=checkbox], [type=radio], [type=range])")]
		.filter((one) => one.getBoundingClientRect().height > 0 && Number.parseFloat(getComputedStyle(one).fontSize) < 16)
		.map((one) => one.outerHTML.slice(0, 120));

test("on a phone whatever one presses is 44 pixels high", async (t) => {
	for (const [path, drawn] of Object.entries(paths))
		await t.test(path, async () => {
			const page = await enter(house, { path, in: "demo" }, { viewport: { width: 390, height: 844 }, hasTouch: true });
			await page.locator(drawn).first().waitFor();
			assert.deepEqual(await page.evaluate(small), []);
			assert.deepEqual(await page.evaluate(zooming), []);
			await page.context().close();
		});
});

test("a tablet is touched, too, however wide it is", async () => {
	const page = await enter(house, { path: "/", in: "demo" }, { viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true });
	await page.locator(".hero-number").waitFor();
	assert.deepEqual(await page.evaluate(small), []);
	await page.context().close();
});
