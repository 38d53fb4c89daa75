// tests/browser/scenes/insight_portfolio.mjs - many scores side by side: brands, teams, workspaces, with and without a total.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const brands = [
	["Sunny Side Bakery", 60, 4],
	["Nocturne", 45, 2],
	["A brand with quite a long name, as they come", 12, 3],
	["New one", 3, 1],
];

async function filled(heed) {
	for (const [name, n, every] of brands) {
		const { json: brand } = await heed.post("/api/v1/brands", { name });
		const survey = await makeSurvey(heed, {}, { brand_id: brand.id });
		for (let i = 0; i < n; i++)
			await heed.post("/api/v1/responses", { survey: survey.slug, score: i % every ? 9 : 4 });
		if (n > 40) await heed.post("/api/v1/teams", { name: `Team ${name}`, scope: { brands: [brand.id] } });
	}
}

export async function scenes(heed) {
	await filled(heed);
	const input = "correct horse\n";
	heed.mustRun("init", "--workspace", "Overseas", "--email", "overseas@example.com", "--password-stdin", { input });
	heed.mustRun("user", "add", "owner@example.com", "--role", "viewer", "--workspace", "Overseas");
	const path = "/insight/portfolio";
	const total = (name) => async (page) => page.getByLabel("All together").selectOption({ label: name });
	return [
		{ name: "brands side by side", path },
		{ name: "brands side by side, in German", path, locale: "de-DE" },
		{ name: "brands with a total", path, act: total("Each answer counts the same") },
		{ name: "brands with given weights", path, act: total("Weights that I give") },
		{ name: "teams side by side", path: `${path}?of=teams` },
		{ name: "workspaces side by side", path: `${path}?of=workspaces` },
		{ name: "brands for a viewer", path, role: "viewer" },
		{ name: "portfolio of the demo", path, in: "demo" },
		{ name: "portfolio without teams", path: `${path}?of=teams`, in: "empty" },
		{ name: "portfolio of none", path, in: "empty" },
		{ name: "portfolio failed", path, before: failing("**/api/v1/insights/portfolio*"), expected: /503/ },
		{ name: "portfolio loading", path, before: silent("**/api/v1/insights/portfolio*") },
	];
}
