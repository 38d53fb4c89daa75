// tests/browser/scenes/reader.mjs - comments one at a time: two years of them, a long one, one without a theme, none; its themes
// put right; what fails.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const long = "The support took three days to reply, and then it asked for what I had written already. ".repeat(12);

async function given(heed, slug, answer) {
	await makeSurvey(heed, {}, { slug, name: slug });
	const { json } = await heed.post("/api/v1/responses", { survey: slug, language: "en", person: { email: "ann@example.com", name: "Ann Example" }, ...answer });
	for (;;) {
		const one = await heed.get(`/api/v1/responses/${json.id}`);
		if (one.json.reading) return json.id;
		await new Promise((wake) => setTimeout(wake, 50));
	}
}

export async function scenes(heed) {
	const mixed = await given(heed, "mixed", { score: 5, comment: "The app is easy to use and I love it, but support took ages to reply and the price is far too high." });
	await given(heed, "long", { score: 2, comment: long });
	await given(heed, "urgent", { score: 0, comment: "The charger caught fire and burned my hand." });
	await given(heed, "silent", { score: 8, comment: "none" });
	await given(heed, "call", { score: 1, comment: "Agent: Thank you for calling, how may I help?\nCustomer: The app crashes all day.\nAgent: Oh, I see.\nCustomer: And support took ages to reply." });
	const path = (slug, id) => `/answers/read${id ? `/${id}` : ""}?survey=${slug}`;
	const shown = (page) => page.waitForSelector(".reader-said");
	const retag = async (page) => {
		await shown(page);
		await page.keyboard.press("t");
		await page.waitForSelector(".reader-choices");
	};
	return [
		{ name: "reading", path: "/answers/read", in: "demo", act: shown },
		{ name: "reading of criticism", path: path("mixed", mixed), act: shown },
		{ name: "reading in German", path: path("mixed", mixed), locale: "de-DE", act: shown },
		{ name: "reading something long", path: path("long"), act: shown },
		{ name: "reading a conversation", path: path("call"), act: shown },
		{ name: "reading something urgent", path: path("urgent"), act: shown },
		{ name: "reading what says nothing", path: path("silent"), act: shown },
		{ name: "reading by an agent", path: path("mixed"), role: "agent", act: shown },
		{ name: "themes put right", path: path("mixed"), act: retag, audited: "dialog" },
		{
			name: "a theme found",
			path: path("mixed"),
			act: async (page) => {
				await retag(page);
				await page.keyboard.type("deliv");
			},
			audited: "dialog",
		},
		{
			name: "sentiment put right",
			path: path("mixed"),
			act: async (page) => {
				await shown(page);
				await page.keyboard.press("2");
				await page.waitForSelector(".toast");
			},
		},
		{
			name: "keys of reading",
			path: path("mixed"),
			act: async (page) => {
				await shown(page);
				await page.keyboard.press("?");
				await page.waitForSelector(".key-list");
			},
			audited: "dialog",
		},
		{ name: "nothing to read", path: path("mixed&group=promoters") },
		{ name: "reading what is gone", path: path("mixed", "123"), expected: /404/ },
		{ name: "reading failed", path: path("mixed"), before: failing("**/api/v1/responses?*"), expected: /503/ },
		{ name: "reading loading", path: path("mixed"), before: silent("**/api/v1/responses?*") },
	];
}
