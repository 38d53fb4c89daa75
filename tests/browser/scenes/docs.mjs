// tests/browser/scenes/docs.mjs - the documentation of the API.
// SPDX-License-Identifier: AGPL-3.0-or-later
async function search(page) {
	await page.keyboard.press("/");
	await page.keyboard.type("links");
	await page.locator("#found", { hasText: "found" }).waitFor();
}

export async function scenes() {
	return [
		{ name: "the API", path: "/api/docs", same: true },
		{ name: "one operation", path: "/api/docs#getNps", audited: "#getNps" }, // all else is the page above
		{ name: "search", path: "/api/docs", act: search, audited: "nav" }, // the rest is less of the page above
	];
}
