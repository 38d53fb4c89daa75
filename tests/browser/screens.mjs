// tests/browser/screens.mjs - every screen of the dashboard in every state (tests/browser/scenes), 1440 pixels wide in light and
// 360 in dark: axe-core finds nothing, nothing is wider than the screen, the console stays quiet. HEED_LOOKS
// leaves a contact sheet (contact_sheet.mjs). Each area has a file of its own in tests/browser/screens, so that
// two run at a time.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { kept, openAlbum } from "./contact_sheet.mjs";
import { enterAgain, openHouse } from "./house.mjs";
import { closeBrowsers, findings, LOOK_RULES, settled } from "./kit.mjs";

// Each width and each theme once: the others have the same boxes, or the same colours, and are for people to look at.
const looks = [
	{ width: 1440, scheme: "light", audited: true },
	{ width: 1440, scheme: "dark" },
	{ width: 360, scheme: "light" },
	{ width: 360, scheme: "dark", audited: true },
].filter((one) => one.audited || kept === 4);

after(closeBrowsers);

/* In the page: as high as it is, up to what a screen may be. Where it is scrolled, its bars lie over some control or other by chance. */
const tallEnough = () => Math.min(8000, Math.max(innerHeight, document.documentElement.scrollHeight));

async function inEveryLook(page, scene, album) {
	for (const look of looks) {
		await page.setViewportSize({ width: look.width, height: look.width < 500 ? 760 : 900 });
		await page.emulateMedia({ colorScheme: look.scheme });
		await page.evaluate(settled);
		await album.take(page, scene.name, look);
		const where = `${scene.name}, ${look.width} pixels, ${look.scheme}`;
		const rules = scene.same && look.width < 500 ? LOOK_RULES : undefined;
		if (look.width < 500) await page.setViewportSize({ width: look.width, height: await page.evaluate(tallEnough) });
		if (look.audited) assert.deepEqual(await findings(page, rules, scene.audited), [], where);
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
				const page = await enterAgain(house, scene);
				try {
					await inEveryLook(page, scene, album);
					const complaints = page.complaints.filter((text) => !scene.expected?.test(text));
					assert.deepEqual(complaints, [], scene.name);
				} finally {
					await page.unrouteAll({ behavior: "ignoreErrors" }); // a reply that was under way
					await page.close();
				}
			});
		}
		album.close();
	});
}
