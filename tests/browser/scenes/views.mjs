// tests/browser/scenes/views.mjs - views with a name: none, some, one that is changed, and what goes wrong.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing } from "../house.mjs";

const open = async (page) => {
	await page.getByRole("button", { name: "Views" }).click();
	await page.getByRole("button", { name: "Save", exact: true }).waitFor();
};

export async function scenes(heed) {
	await heed.post("/api/v1/surveys", { slug: "any", name: "Any" });
	await heed.post("/api/v1/surveys/any/publish");
	for (const score of [9, 3]) await heed.post("/api/v1/responses", { survey: "any", score });
	for (const [name, path] of [
		["Detractors of this month", "/answers?group=detractors&period=30d"],
		["A name that somebody made far longer than the list of names is wide, without thinking of phones", "/insight/segments?by=channel"],
		["All of it", "/?period=all"],
	])
		await heed.post("/api/v1/saved-views", { name, path, shared: true });
	const change = async (page) => {
		await open(page);
		await page.getByRole("button", { name: "Change “All of it”" }).click();
	};
	const failed = async (page) => {
		await page.getByRole("button", { name: "Views" }).click();
		await page.getByText("The server is busy").waitFor();
	};
	return [
		{ name: "views", path: "/?period=all", act: open },
		{ name: "views on answers", path: "/answers", act: open },
		{ name: "views for a viewer", path: "/", role: "viewer", act: open },
		{ name: "views, one changed", path: "/", act: change },
		{ name: "views, none", path: "/", in: "demo", act: open },
		{ name: "views failed", path: "/", before: failing("**/api/v1/saved-views"), act: failed, expected: /503/ },
	];
}
