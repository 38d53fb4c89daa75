// tests/browser/scenes/overview.mjs - the overview from nothing to much, and the frame around it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

async function chooseFilter(page) {
	await page.keyboard.press("f");
	await page.getByRole("button", { name: "Property …" }).waitFor();
}

async function chooseValues(page) {
	await chooseFilter(page);
	await page.getByRole("button", { name: "Language", exact: true }).click();
	await page.getByLabel("German").waitFor();
	await page.getByLabel("German").check();
}

async function pinNote(page) {
	await page.getByRole("button", { name: "Pin a note" }).click();
	await page.getByLabel("What happened").fill("New prices");
	await page.getByRole("button", { name: "Pin it" }).click();
	await page.getByRole("list", { name: "Notes on the trend" }).waitFor();
}

async function openDetails(page) {
	for (const name of ["As a table", "How we know"]) await page.getByText(name).click();
}

async function imported(heed, name, text, survey) {
	const { json: file } = await heed.ask("POST", `/api/v1/uploads?name=${name}`, Buffer.from(text));
	const { json: one } = await heed.post("/api/v1/imports", { upload_id: file.id, survey });
	while ((await heed.get(`/api/v1/imports/${one.id}`)).json.state !== "done") await new Promise((wake) => setTimeout(wake, 20));
}

export async function scenes(heed) {
	const survey = await makeSurvey(heed, {}, { slug: "customers", name: "All customers" });
	for (const [score, comment] of [[9, "Quick and friendly."], [3, "Nobody called me back."]])
		await heed.post("/api/v1/responses", { survey: survey.slug, score, comment });
	const mixed = await makeSurvey(heed, {}, { slug: "mixed", name: "Mixed" });
	for (const score of [10, 9, 9, 8, 2]) await heed.post("/api/v1/responses", { survey: mixed.slug, score });
	await imported(heed, "old.csv", "score\n9\n8\n7\n", mixed.slug);
	const insights = "**/api/v1/insights/**";
	return [
		{ name: "empty", path: "/", in: "empty" },
		{ name: "few", path: "/" },
		{ name: "much", path: "/", in: "demo" },
		{ name: "with imported ones", path: "/?survey=mixed", act: (page) => page.getByText("3 imported").waitFor() },
		{ name: "with imported ones, in German", path: "/?survey=mixed", locale: "de-DE", act: (page) => page.getByText("3 importierte").waitFor() },
		{ name: "without the imported ones", path: "/?survey=mixed&import=none" },
		{ name: "much, in German", path: "/", in: "demo", locale: "de-DE" },
		{ name: "for a viewer", path: "/", role: "viewer" },
		{ name: "filtered", path: "/?period=90d&channel=email&channel=web&language=de", in: "demo" },
		{ name: "choosing a filter", path: "/", in: "demo", act: chooseFilter },
		{ name: "choosing values", path: "/", in: "demo", act: chooseValues },
		{ name: "choosing a period", path: "/", in: "demo", act: (page) => page.click(".filter-row button") },
		{ name: "rough", path: "/?period=30d&language=es&channel=email", in: "demo" },
		{ name: "searched, and narrowed to a group", path: "/?period=12m&q=support&group=detractors", in: "demo" },
		{ name: "nothing found", path: "/?period=30d&language=sv", in: "demo" },
		{ name: "a note on the trend", path: "/?period=12m", in: "demo", act: pinNote },
		{ name: "as a table, and how we know", path: "/?period=90d", in: "demo", act: openDetails },
		{ name: "failed", path: "/", in: "demo", before: failing(insights), expected: /503/ },
		{ name: "loading", path: "/", in: "demo", before: silent(insights) },
		{ name: "no such page", path: "/settings/nowhere" },
		{ name: "menu of the user", path: "/", in: "empty", act: (page) => page.click(".user") },
		{ name: "keys", path: "/", in: "empty", act: (page) => page.keyboard.press("?") },
	];
}
