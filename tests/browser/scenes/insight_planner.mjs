// tests/browser/scenes/insight_planner.mjs - what a wish takes: two years of answers, few, none, and what goes wrong.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const open = (page, name) => page.getByRole("button", { name }).first().click();

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few", name: "A few" });
	for (let i = 0; i < 7; i++)
		await heed.post("/api/v1/responses", { survey: "few", score: (i * 3) % 11, comment: i % 2 ? "Fine" : undefined });
	const path = "/insight/planner";
	return [
		{ name: "planner", path: `${path}?customers=2000`, in: "demo" },
		{ name: "planner, in German", path, in: "demo", locale: "de-DE" },
		{ name: "planner, a wish far off", path: `${path}?half=1&change=1&period=30d`, in: "demo" },
		{ name: "planner, more people than customers", path: `${path}?customers=20`, in: "demo" },
		{ name: "planner, as a table", path, in: "demo", act: (page) => open(page, "As a table") },
		{ name: "planner of few", path },
		{ name: "planner of none", path, in: "empty" },
		{ name: "planner failed", path, before: failing("**/api/v1/insights/planner*"), expected: /503/ },
		{ name: "planner loading", path, before: silent("**/api/v1/insights/planner*") },
	];
}
