// tests/browser/screens.test.mjs - every screen of the dashboard in every state (tests/browser/scenes), in light and dark, 360
// and 1440 pixels wide: axe-core finds nothing, nothing is wider than the screen, the console stays quiet. Leaves the
// contact sheet.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, test } from "node:test";
import { openAlbum } from "./contact_sheet.mjs";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, findings } from "./kit.mjs";

// All rules once at each width and in each theme; between them, what hangs on the look itself.
const byLook = ["color-contrast", "target-size", "scrollable-region-focusable"];
const looks = [
	{ width: 1440, scheme: "light" },
	{ width: 1440, scheme: "dark", rules: byLook },
	{ width: 360, scheme: "light", rules: byLook },
	{ width: 360, scheme: "dark" },
];
const areas = readdirSync(new URL("scenes/", import.meta.url))
	.filter((file) => file.endsWith(".mjs"))
	.map((file) => file.slice(0, -".mjs".length))
	.filter((area) => !process.env.HEED_AREA || area === process.env.HEED_AREA);

after(closeBrowsers);

/** Drawn, and no colour on its way to another. */
async function settled() {
	await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
	const moving = document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity);
	await Promise.allSettled(moving.map((one) => one.finished));
}

async function inEveryLook(page, scene, album) {
	for (const look of looks) {
		await page.setViewportSize({ width: look.width, height: look.width < 500 ? 760 : 900 });
		await page.emulateMedia({ colorScheme: look.scheme });
		await page.evaluate(settled);
		await album.take(page, scene.name, look);
		const where = `${scene.name}, ${look.width} pixels, ${look.scheme}`;
		assert.deepEqual(await findings(page, look.rules), [], where);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(wide <= look.width, `${where}: ${wide} pixels wide`);
	}
}

for (const area of areas) {
	test(`${area}: every state is fit to be seen, by everybody`, async (t) => {
		const house = await openHouse();
		t.after(() => house.close());
		const album = openAlbum(area);
		const { scenes } = await import(`./scenes/${area}.mjs`);
		for (const scene of await scenes(house.heed)) {
			await t.test(scene.name, async () => {
				const page = await enter(house, scene);
				try {
					await inEveryLook(page, scene, album);
					const complaints = page.complaints.filter((text) => !scene.expected?.test(text));
					assert.deepEqual(complaints, [], scene.name);
				} finally {
					await page.context().close();
				}
			});
		}
		album.close();
	});
}
