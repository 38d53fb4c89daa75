// tests/browser/scenes/insight_trends.mjs - how scores went: two years, short times, few, none, and what goes wrong.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const open = (page, name) => page.getByRole("button", { name }).first().click();

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few", name: "A few" });
	for (let i = 0; i < 7; i++)
		await heed.post("/api/v1/responses", { survey: "few", score: (i * 3) % 11, comment: i % 2 ? "Fine" : undefined });
	const path = "/insight/trends";
	return [
		{ name: "trends", path, in: "demo" },
		{ name: "trends, in German", path, in: "demo", locale: "de-DE" },
		{ name: "trends of two years by month", path: `${path}?period=all&step=month`, in: "demo" },
		{ name: "trends by quarter of too short a time", path: `${path}?period=30d&step=quarter`, in: "demo" },
		{ name: "trends, a note at a change", path, in: "demo", act: (page) => open(page, "Note what happened then") },
		{ name: "trends as a table", path, in: "demo", act: (page) => open(page, "As a table") },
		{ name: "trends, what a figure is", path, in: "demo", act: (page) => open(page, "What is this?") },
		{ name: "trends of few", path },
		{ name: "found of few", path: "/insight" },
		{ name: "trends of few, for a viewer", path, role: "viewer" },
		{ name: "trends of none", path, in: "empty" },
		{ name: "trends failed", path, before: failing("**/api/v1/insights/trend*"), expected: /503/ },
		{ name: "trends loading", path, before: silent("**/api/v1/insights/trend*") },
	];
}
