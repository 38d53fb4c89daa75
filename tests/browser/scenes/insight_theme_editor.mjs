// tests/browser/scenes/insight_theme_editor.mjs - the editor of themes: none chosen, one with its words, a new one, wrong words; suggestions.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const ends = ["Monday", "March", "noon", "week", "chance", "test", "again", "Ann"];

async function suggested(heed) {
	while ((await heed.get("/api/v1/insights/themes")).json.comments.not_read > 0) await new Promise((wake) => setTimeout(wake, 100));
	const { looked_at } = (await heed.get("/api/v1/themes/suggestions")).json;
	await heed.post("/api/v1/themes/suggestions");
	for (;;) {
		const { json } = await heed.get("/api/v1/themes/suggestions");
		if (!json.wanted && json.looked_at !== looked_at) return;
		await new Promise((wake) => setTimeout(wake, 100));
	}
}

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "told", name: "Told" });
	for (let i = 0; i < 40; i++) {
		await heed.post("/api/v1/responses", { survey: "told", score: i % 11, comment: `We paid by gift card and the card code was refused, ${ends[i % 8]} ${i}`, language: "en" });
		await heed.post("/api/v1/responses", { survey: "told", score: 9, comment: `They are neighbours with an umbrella, it was ${ends[i % 8]} ${i}`, language: "en" });
		if (i < 30) await heed.post("/api/v1/responses", { survey: "told", score: 3, comment: `Barges of the harbour, ${ends[i % 8]} ${i}`, language: "en" });
	}
	await suggested(heed);
	const { themes } = (await heed.get("/api/v1/themes")).json;
	const path = "/insight/themes/edit";
	const staff = `${path}?theme=${themes.find((theme) => theme.code === "staff").id}`;
	const type = (words) => async (page) => {
		await page.getByRole("button", { name: "Add words" }).click();
		await page.locator(".word-text textarea").last().fill(words);
	};
	return [
		{ name: "editor without a theme", path },
		{ name: "editor with a preview", path: staff, act: async (page) => { await type("gift card, harbour")(page); await page.waitForSelector(".theme-preview .themes-quote"); } },
		{ name: "editor in German", path: staff, locale: "de-DE", act: (page) => page.waitForSelector(".theme-preview [role=status]") },
		{ name: "editor with wrong words", path: staff, act: async (page) => { await type("harbour near")(page); await page.getByText("words must follow").waitFor(); }, expected: /422/ },
		{ name: "editor with a new theme", path: `${path}?theme=new` },
		{ name: "editor of an empty workspace", path, in: "empty" },
		{ name: "editor failed", path, before: failing("**/api/v1/themes"), expected: /503/ },
		{ name: "editor loading", path, before: silent("**/api/v1/themes") },
		{ name: "suggestions", path: "/insight/themes", act: (page) => page.waitForSelector(".suggestions .themes-quote") },
		{ name: "suggestions in German", path: "/insight/themes", locale: "de-DE", act: (page) => page.waitForSelector(".suggestions .themes-quote") },
		{ name: "suggestions for an agent", path: "/insight/themes", role: "agent", act: (page) => page.waitForSelector(".suggestions .themes-quote") },
	];
}
