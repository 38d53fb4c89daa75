// tests/browser/screens.mjs - every screen of the dashboard in every state (tests/browser/scenes), in light and dark, 360
// and 1440 pixels wide: axe-core finds nothing, nothing is wider than the screen, the console stays quiet. Leaves the
// contact sheet. Each area has a file of its own in tests/browser/screens, so that two run at a time.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openAlbum } from "./contact_sheet.mjs";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers, findings } from "./kit.mjs";

// axe-core looks once at each width and in each theme; the other two are for people to look at.
const looks = [
	{ width: 1440, scheme: "light", audited: true },
	{ width: 1440, scheme: "dark" },
	{ width: 360, scheme: "light" },
	{ width: 360, scheme: "dark", audited: true },
];

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
		if (look.audited) assert.deepEqual(await findings(page), [], where);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(wide <= look.width, `${where}: ${wide} pixels wide`);
	}
}

/** `part` of `parts`: every so-many-th scene, where an area has many. */
export function look(area, part = 0, parts = 1) {
	const name = parts > 1 ? `${area}-${part + 1}` : area;
	test(`${area}: every state is fit to be seen, by everybody`, async (t) => {
		const house = await openHouse();
		t.after(() => house.close());
		const album = openAlbum(name);
		const { scenes } = await import(`./scenes/${area}.mjs`);
		const all = await scenes(house.heed);
		assert.ok(all.length > 0);
		for (const scene of all.filter((_, i) => i % parts === part)) {
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
