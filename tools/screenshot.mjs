// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture of the overview in the README, taken from the demo workspace.
//
//	node tools/screenshot.mjs [FILE]      default: docs/overview.png; HEED_BIN names the program
import { enter, openHouse } from "../tests/browser/house.mjs";
import { closeBrowsers } from "../tests/browser/kit.mjs";

const house = await openHouse();
try {
	const scene = { name: "overview", path: "/?period=12m", in: "demo" };
	const page = await enter(house, scene, { viewport: { width: 1280, height: 1090 }, colorScheme: "light" });
	await page.waitForSelector(".chart .line");
	await page.locator(".tile").first().waitFor();
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: process.argv[2] ?? "docs/overview.png" });
} finally {
	await closeBrowsers();
	await house.close();
}
