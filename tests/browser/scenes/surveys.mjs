// tests/browser/scenes/surveys.mjs - the list of surveys: none, some in every state, archive, bin, failed.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const NAME = 'Müller & Söhne "Best" <b> – a name that goes on for longer than any list has room for it on a telephone';

export async function scenes(heed) {
	const post = (path) => heed.post(`/api/v1/surveys/${path}`);
	const live = await makeSurvey(heed, {}, { slug: "customers", name: "All customers" });
	for (const score of [9, 3, 10]) await heed.post("/api/v1/responses", { survey: live.slug, score });
	await makeSurvey(heed, {}, { slug: "long", name: NAME, state: "draft" });
	const paused = await makeSurvey(heed, {}, { slug: "support", name: "After support", kind: "transactional", touchpoint: "support" });
	await post(`${paused.id}/pause`);
	const edited = await makeSurvey(heed, {}, { slug: "spring", name: "Spring campaign" });
	const draft = { revision: 0, definition: { question: "Would you?" }, opens_at: "2099-03-01T09:00:00Z", max_answers: 500 };
	await heed.ask("PUT", `/api/v1/surveys/${edited.id}/draft`, draft);
	await post(`${edited.id}/publish`);
	await heed.ask("PUT", `/api/v1/surveys/${edited.id}/draft`, { ...draft, revision: 2, definition: { question: "Will you?" } });
	const old = await makeSurvey(heed, {}, { slug: "old", name: "Last year" });
	await post(`${old.id}/archive`);
	const gone = await makeSurvey(heed, {}, { slug: "gone", name: "A mistake" });
	await heed.ask("DELETE", `/api/v1/surveys/${gone.id}`);
	const list = "**/api/v1/surveys?*";
	const ready = (page) => page.waitForSelector(".survey-answers span");
	return [
		{ name: "empty", path: "/surveys", in: "empty", act: (page) => page.waitForSelector(".empty") },
		{ name: "few", path: "/surveys", act: ready },
		{ name: "few, in German", path: "/surveys", locale: "de-DE", act: ready },
		{ name: "much", path: "/surveys", in: "demo", act: ready },
		{ name: "for an agent", path: "/surveys", role: "agent", act: ready },
		{ name: "archive", path: "/surveys?view=archive", act: (page) => page.waitForSelector(".survey-row") },
		{ name: "bin", path: "/surveys?view=bin", act: (page) => page.waitForSelector(".survey-row") },
		{ name: "nothing in the bin", path: "/surveys?view=bin", in: "empty", act: (page) => page.waitForSelector(".empty") },
		{
			name: "what can be done",
			path: "/surveys",
			audited: ".survey-row:has(.more ul)", // the menu lies over rows below, over their buttons as it comes
			act: async (page) => {
				await ready(page);
				await page.click(".survey-row .more button");
				await page.waitForSelector(".more ul");
			},
		},
		{
			name: "a new one without a name",
			path: "/surveys",
			audited: "dialog",
			act: async (page) => {
				await page.getByRole("button", { name: "New survey" }).click();
				await page.getByRole("button", { name: "Make it" }).click();
			},
		},
		{ name: "failed", path: "/surveys", before: failing(list), expected: /503/, act: (page) => page.waitForSelector("[role=alert]") },
		{ name: "loading", path: "/surveys", before: silent(list) },
	];
}
