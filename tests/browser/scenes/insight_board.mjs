// tests/browser/scenes/insight_board.mjs - the board page and links that show figures: with two years of answers, with few, with none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few-board", name: "A few" });
	for (let i = 0; i < 7; i++) await heed.post("/api/v1/responses", { survey: "few-board", score: (i * 3) % 11 });
	const share = (body) => heed.post("/api/v1/shared-views", { what: "board", ...body });
	await share({ name: "For the board" });
	const { json } = await share({ name: "A link whose name is as long as a name may be, and a little longer than any phone is wide", password: "open sesame" });
	await heed.ask("DELETE", `/api/v1/shared-views/${json.id}`);
	const path = "/insight/board";
	const shared = "/insight/shared";
	return [
		{ name: "board page", path, in: "demo" },
		{ name: "board page, in German", path: `${path}?by=property.plan`, in: "demo", locale: "de-DE" },
		{ name: "board page, the goal", path, in: "demo", act: (page) => page.getByRole("button", { name: "Set a goal" }).click() },
		{ name: "board page of few", path },
		{ name: "board page of few, for a viewer", path, role: "viewer" },
		{ name: "board page of none", path, in: "empty" },
		{ name: "board page failed", path, before: failing("**/api/v1/insights/nps*"), expected: /503/ },
		{ name: "board page loading", path, before: silent("**/api/v1/insights/nps*") },
		{ name: "shared links", path: shared },
		{ name: "shared links, in German", path: shared, locale: "de-DE" },
		{ name: "shared links, a wallboard", path: `${shared}?what=wallboard`, in: "demo" },
		{
			name: "shared links, one made",
			path: `${shared}?what=overview`,
			in: "demo",
			act: async (page) => {
				await page.getByLabel("Name").first().fill("Everything");
				await page.getByRole("button", { name: "Make the link" }).click();
				await page.getByRole("heading", { name: "The link “Everything” is ready" }).waitFor();
			},
		},
		{ name: "shared links, none", path: shared, in: "empty" },
		{ name: "shared links failed", path: shared, before: failing("**/api/v1/shared-views"), expected: /503/ },
	];
}
