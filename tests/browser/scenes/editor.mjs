// tests/browser/scenes/editor.mjs - the editor of a survey: new, full, with mistakes, with somebody else's changes, publishing.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

export const full = {
	question: "How likely are you to recommend {brand} to a friend or colleague?",
	follow_up: { promoters: "What did we do well?", passives: "What would make it a 10?", detractors: "What went wrong?" },
	thanks: { all: "Thank you!" },
	thanks_button: { all: { text: "To our shop", url: "https://example.com/shop" } },
	questions: [
		{ key: "ease", kind: "rating", text: "How easy was it to get help?" },
		{
			key: "reason",
			kind: "choice",
			text: "What was it about?",
			groups: ["detractors"],
			choices: [
				{ key: "price", text: "Price" },
				{ key: "fault", text: "A fault" },
			],
		},
	],
	properties: ["plan", "country"],
	translations: { de: { question: "Wie wahrscheinlich empfehlen Sie {brand} weiter?" }, pl: {} },
};

const open = (name) => async (page) => {
	await page.waitForSelector(".editor");
	const part = page.locator(`#part-${name}`);
	if (!(await part.evaluate((element) => element.open))) await part.locator("summary").click();
	await part.scrollIntoViewIfNeeded();
};
const drawn = (page) => page.frameLocator(".preview-frame").locator("h1").first().waitFor({ state: "attached" });

export async function scenes(heed) {
	const fresh = await makeSurvey(heed, {}, { slug: "new", name: "New survey", state: "draft" });
	const survey = await makeSurvey(heed, full, { slug: "customers", name: "All customers" });
	for (const score of [9, 3]) await heed.post("/api/v1/responses", { survey: survey.slug, score });
	const review = { text: "Review us", url: "https://www.trustpilot.com/review/acme" };
	const definition = { ...full, question: "Would you recommend us?", thanks: {}, thanks_button: { promoters: review } };
	const edited = await makeSurvey(heed, full, { slug: "edited", name: "Edited" });
	await heed.post("/api/v1/responses", { survey: edited.slug, score: 7 });
	await heed.ask("PUT", `/api/v1/surveys/${edited.id}/draft`, { revision: 0, definition });
	const met = await makeSurvey(heed, { question: "Old?" }, { slug: "met", name: "Two at once" });
	const at = (one) => `/surveys/${one.id}`;
	const publish = async (page) => {
		await page.getByRole("button", { name: /^Publish|^Veröffentlichen/ }).click();
		await page.waitForSelector("dialog");
	};
	let saves = 0;
	return [
		{ name: "new", path: at(fresh), act: drawn },
		{ name: "new, in German", path: at(fresh), locale: "de-DE", act: drawn },
		{ name: "publishing a new one", path: at(fresh), act: publish },
		{ name: "much", path: at(survey), act: drawn },
		{ name: "further questions", path: at(survey), act: open("questions") },
		{ name: "thanks, with a review for some only", path: at(edited), act: open("thanks") },
		{ name: "languages", path: at(survey), act: open("languages") },
		{ name: "times", path: at(survey), act: open("times") },
		{ name: "properties", path: at(survey), act: open("properties") },
		{ name: "try it out", path: at(survey), act: open("try_out") },
		{
			name: "published",
			path: at(fresh),
			act: async (page) => {
				await publish(page);
				await page.locator("dialog").getByRole("button", { name: "Publish" }).click();
				await page.getByRole("link", { name: "Send a test answer" }).waitFor();
			},
		},
		{ name: "publishing changes", path: at(edited), act: publish },
		{
			name: "publishing changes, in German",
			path: at(edited),
			locale: "de-DE",
			act: publish,
		},
		{
			name: "preview on a phone",
			path: at(survey),
			act: async (page) => {
				await drawn(page);
				await page.setViewportSize({ width: 360, height: 760 });
				await page.locator(".editor-tabs label").nth(1).click();
			},
		},
		{
			name: "mistakes",
			path: at(survey),
			act: async (page) => {
				await open("thanks")(page);
				await page.locator('[data-path="/definition/thanks_button/all/url"]').fill("javascript:alert(1)");
				await page.locator('[data-path="/definition/question"]').fill("x".repeat(600));
				await page.waitForSelector('[data-status="invalid"]');
			},
		},
		{
			name: "two at once",
			path: at(met),
			act: async (page) => {
				const box = page.locator('[data-path="/definition/question"]');
				await box.waitFor();
				const { json } = await heed.get(`/api/v1/surveys/${met.id}/draft`);
				const theirs = { question: `Theirs ${++saves}?`, low_label: "Never" };
				await heed.ask("PUT", `/api/v1/surveys/${met.id}/draft`, { revision: json.revision, definition: theirs });
				await box.fill("Mine?");
				await page.waitForSelector('[data-status="asks"]');
			},
			expected: /409/,
		},
		{
			name: "the network is away",
			path: at(survey),
			act: async (page) => {
				await drawn(page);
				await page.route("**/draft", (route) => route.abort());
				await page.locator('[data-path="/definition/question"]').fill("Kept here?");
				await page.waitForSelector('[data-status="away"]');
			},
			expected: /ERR_FAILED/,
		},
		{ name: "failed", path: at(survey), before: failing("**/draft"), expected: /503/, act: (page) => page.waitForSelector("[role=alert]") },
		{ name: "loading", path: at(survey), before: silent("**/draft") },
		{ name: "not for an agent", path: at(survey), role: "agent" },
	];
}
