// tests/browser/scenes/docs.mjs - the documentation of the API.
// SPDX-License-Identifier: AGPL-3.0-or-later
async function search(page) {
	await page.keyboard.press("/");
	await page.keyboard.type("links");
	await page.locator("#found", { hasText: "found" }).waitFor();
}

export async function scenes() {
	return [
		{ name: "the API", path: "/api/docs" },
		{ name: "one operation", path: "/api/docs#getNps" },
		{ name: "search", path: "/api/docs", act: search },
	];
}
