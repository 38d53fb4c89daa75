// tests/browser/scenes/insight_journey.mjs - the way of a customer: with two years of answers, few, none, and both ways to ask.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { alter, makeSurvey } from "../kit.mjs";

const open = (page, name) => page.getByRole("button", { name }).first().click();

/** Answers by link and on a page at one step, some at another, few at a third. */
async function walked(heed) {
	const at = (touchpoint) => makeSurvey(heed, {}, { name: `At ${touchpoint}`, slug: `at-${touchpoint}`, kind: "transactional", touchpoint });
	const [purchase, support, renewal] = [await at("purchase"), await at("support"), await at("renewal")];
	const answer = (survey, score) => heed.post("/api/v1/responses", { survey: survey.slug, score, channel: "web" });
	for (let i = 0; i < 12; i++) await heed.post("/api/v1/links", { survey: purchase.slug });
	for (let i = 0; i < 40; i++) await answer(purchase, i % 5 ? 9 : 5);
	for (let i = 0; i < 24; i++) await answer(support, i % 2 ? 9 : 3);
	for (let i = 0; i < 3; i++) await answer(renewal, 8);
	alter(
		heed,
		`INSERT INTO survey_display (workspace_id, survey_id, day, channel, source, displays, first_at) SELECT workspace_id, id, ${Math.floor(Date.now() / 86_400_000)}, 'web', '', 160, 1 FROM survey WHERE id = ${purchase.id}`,
	);
}

export async function scenes(heed) {
	await walked(heed);
	const path = "/insight/journey";
	return [
		{ name: "journey", path, in: "demo" },
		{ name: "journey, last quarter, in German", path: `${path}?period=last_quarter`, in: "demo", locale: "de-DE" },
		{ name: "journey as a table", path, in: "demo", act: (page) => open(page, "As a table") },
		{ name: "journey, asked twice", path },
		{ name: "journey, who saw it", path, act: (page) => page.getByText("Of those who saw it").click() },
		{ name: "journey, for a viewer", path, role: "viewer" },
		{ name: "journey of few", path: `${path}?survey=at-renewal&period=all` },
		{ name: "journey of none", path, in: "empty" },
		{ name: "journey failed", path, before: failing("**/api/v1/insights/journey*"), expected: /503/ },
		{ name: "journey loading", path, before: silent("**/api/v1/insights/journey*") },
	];
}
