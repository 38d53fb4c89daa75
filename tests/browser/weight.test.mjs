// tests/browser/weight.test.mjs - what the dashboard's first view weighs on the wire, with everything: heads, code, words,
// styles and figures of two years.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openHouse } from "./house.mjs";
import { allRead, closeBrowsers, until, visitor } from "./kit.mjs";

let house;
before(async () => {
	house = await openHouse();
	await allRead(house.heed, { cookie: await house.cookie("demo", "owner") });
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

for (const locale of ["en-GB", "de-DE"]) {
	test(`the overview arrives in at most 250 kB, in ${locale}`, async (t) => {
		const page = await visitor(t, { locale, viewport: { width: 412, height: 823 } });
		const [name, value] = (await house.cookie("demo", "owner")).split("=");
		await page.context().addCookies([{ name, value, url: house.heed.url }]);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send("Network.enable");
		const open = new Map();
		let bytes = 0;
		cdp.on("Network.requestWillBeSent", ({ requestId, request }) => open.set(requestId, new URL(request.url).pathname));
		cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
			open.delete(requestId);
			bytes += encodedDataLength;
		});
		// What was broken off, for it is asked for again, has ended too.
		cdp.on("Network.loadingFailed", ({ requestId }) => open.delete(requestId));
		await page.goto(house.heed.url);
		await page.waitForSelector(".answers .answer");
		await until(() => [...open.values()].every((path) => path === "/api/v1/live" || path.startsWith("data:")), () => `all replies, but for ${[...open.values()]}`);
		t.diagnostic(`${bytes} bytes`);
		assert.ok(bytes > 50_000, "nothing was measured");
		assert.ok(bytes <= 250_000, `${bytes} bytes`);
		const other = locale === "de-DE" ? "en" : "de";
		const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((one) => one.name));
		assert.deepEqual(loaded.filter((url) => url.includes(`.${other}-`)), [], "words of another language came along");
	});
}
