// tests/browser/scenes/insight_words.mjs - words that set two sides apart: groups, periods, a word with its quotes, few, none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const path = "/insight/words";

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few", name: "Few" });
	for (let i = 0; i < 6; i++) await heed.post("/api/v1/responses", { survey: "few", score: (3 * i) % 11, comment: "Support took forever to reply.", language: "en" });
	const there = (page) => page.waitForSelector(".keywords-list");
	const open = async (page) => {
		await there(page);
		await page.locator(".keywords-row").first().click();
		await page.waitForSelector(".keywords-open .themes-quote");
	};
	return [
		{ name: "words of promoters and detractors", path, in: "demo", act: there },
		{ name: "words in German", path, in: "demo", locale: "de-DE", act: there },
		{ name: "a word with its quotes", path, in: "demo", act: open },
		{ name: "words as a table", path, in: "demo", act: (page) => page.getByRole("button", { name: "As a table" }).first().click() },
		{ name: "words, what they are of", path, in: "demo", act: (page) => page.getByRole("button", { name: "What is this?" }).first().click() },
		{ name: "words of a segment, what it is", path: `${path}?by=sides&a=channel%3Dsms`, in: "demo", locale: "de-DE", act: (page) => page.getByRole("button", { name: /^Was ist „/ }).last().click() },
		{ name: "words of a segment against the rest", path: `${path}?by=sides&a=channel%3Dsms`, in: "demo" },
		{ name: "a word of one's own", path: `${path}?word=price`, in: "demo", act: (page) => page.waitForSelector(".keywords-said") },
		{ name: "a word that is none", path: `${path}?word=%21%21`, in: "demo", expected: /422/ },
		{ name: "words of few comments", path },
		{ name: "words of none", path, in: "empty" },
		{ name: "words failed", path, before: failing("**/api/v1/insights/keywords*"), expected: /503/ },
		{ name: "words loading", path, before: silent("**/api/v1/insights/keywords*") },
	];
}
