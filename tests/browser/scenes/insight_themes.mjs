// tests/browser/scenes/insight_themes.mjs - what comments speak of: with two years of comments, with few, with none; one theme; an
// answer with its themes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const comments = ["Support took forever to reply.", "The app is easy to use.", "Too expensive for what it does.", "none", "Lovely app.", "It crashed twice.", "The charger caught fire."];

async function read(heed) {
	for (;;) {
		const { json } = await heed.get("/api/v1/insights/themes");
		if (json.comments.not_read === 0) return;
		await new Promise((wake) => setTimeout(wake, 100));
	}
}

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few", name: "Few" });
	const answers = [];
	for (const [i, comment] of comments.entries())
		answers.push((await heed.post("/api/v1/responses", { survey: "few", score: (3 * i) % 11, comment, language: "en" })).json);
	await read(heed);
	const path = "/insight/themes";
	const first = async (page) => {
		await page.locator("a.themes-name").first().click();
		await page.waitForSelector(".themes-quote");
	};
	return [
		{ name: "themes", path, in: "demo", act: (page) => page.waitForSelector(".themes-list") },
		{ name: "themes in German", path, in: "demo", locale: "de-DE", act: (page) => page.waitForSelector(".themes-list") },
		{ name: "themes as a table", path, in: "demo", act: (page) => page.getByRole("button", { name: "As a table" }).first().click() },
		{ name: "a theme", path, in: "demo", act: first },
		{ name: "themes of few comments", path },
		{ name: "themes for a viewer", path, role: "viewer" },
		{ name: "themes of none", path, in: "empty" },
		{ name: "themes of a filter without comments", path: `${path}?channel=nowhere` },
		{ name: "a theme that is not there", path: `${path}/123`, expected: /404/ },
		{ name: "an answer with its themes", path: `/answers/${answers[0].id}`, act: (page) => page.waitForSelector(".aw-theme") },
		{ name: "an urgent answer", path: `/answers/${answers[6].id}`, act: (page) => page.waitForSelector(".aw-understood") },
		{ name: "themes failed", path, before: failing("**/api/v1/insights/themes*"), expected: /503/ },
		{ name: "themes loading", path, before: silent("**/api/v1/insights/themes*") },
	];
}
