// tests/browser/scenes/import.mjs - the import wizard: choosing, checking, under way, done, and what goes wrong.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from "node:fs";
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const exports = new URL("../../http/exports/", import.meta.url);

async function send(heed, name, text) {
	const r = await heed.ask("POST", `/api/v1/uploads?name=${encodeURIComponent(name)}`, Buffer.from(text));
	if (r.status !== 201) throw new Error(r.text);
	return r.json.id;
}

async function done(heed, body) {
	const r = await heed.post("/api/v1/imports", body);
	if (r.status !== 201) throw new Error(r.text);
	for (;;) {
		const { json } = await heed.get(`/api/v1/imports/${r.json.id}`);
		if (["done", "failed", "undone"].includes(json.state)) return json;
		await new Promise((wake) => setTimeout(wake, 20));
	}
}

const asked = `date,score,why,plan
${Array.from({ length: 30 }, (_, i) => `0${1 + (i % 9)}/04/2026,${1 + (i % 5)},"reason ${i}",pro`).join("\n")}
`;

/** An import as the server tells of it, in a state that does not stay. */
const told = (more) => (page) =>
	page.route("**/api/v1/imports/*", async (route) => {
		const reply = await route.fetch();
		await route.fulfill({ response: reply, json: { ...(await reply.json()), ...more } });
	});
const running = {
	state: "running",
	progress: { phase: "taking", rows: 412_000, rows_total: 1_000_000, rows_rejected: 12, rows_per_second: 15_200, seconds_left: 39, waits: false },
};

export async function scenes(heed) {
	const rows = `score,comment,email\n9,"Quick, and kind",ada@example.com\n3,=HYPERLINK("http://x"),bo@example.com\n11,too much,\n,only words,\n`;
	const first = await send(heed, "Kunden März.csv", rows);
	const one = await done(heed, { upload_id: first, new_survey: { name: "All customers" } });
	const second = await done(heed, { upload_id: await send(heed, "a-file-with-a-very-long-name-that-somebody-gave-it-in-a-hurry-2026-11-26-final-2.csv", rows), new_survey: { name: "Taken back" } });
	await heed.post(`/api/v1/imports/${second.id}/undo`);
	const live = await makeSurvey(heed, {}, { slug: "alive", name: "Customers of all shops" });
	for (const score of [10, 9, 8]) await heed.post("/api/v1/responses", { survey: live.slug, score });
	const third = await done(heed, { upload_id: await send(heed, "2024.csv", rows), survey: live.slug });
	const monkey = await send(heed, "surveymonkey.csv", readFileSync(new URL("surveymonkey.csv", exports)));
	const questions = await send(heed, "ratings.csv", asked);
	const nothing = await send(heed, "header.csv", "score,comment\n");
	const undated = await send(heed, "visits.csv", "score,visited\n9,2026-02-01\n");
	const check = (id, name) => `/import?upload=${id}&name=${name}`;
	const waitFor = (text) => (page) => page.getByText(text).first().waitFor();
	const imports = "**/api/v1/imports";
	return [
		{ name: "empty", path: "/import", in: "empty", act: waitFor("Download a sample file") },
		{ name: "with a history", path: "/import", act: waitFor("Earlier imports") },
		{ name: "in German", path: "/import", locale: "de-DE", act: waitFor("Frühere Importe") },
		{
			name: "a workbook",
			path: "/import",
			act: async (page) => {
				await page.setInputFiles("input[type=file]", { name: "answers.csv", mimeType: "text/csv", buffer: Buffer.from("PK\u0003\u0004[Content_Types].xml") });
				await page.getByRole("alert").waitFor();
			},
		},
		{
			name: "sending",
			path: "/import",
			before: silent("**/api/v1/uploads*"),
			act: async (page) => {
				await page.setInputFiles("input[type=file]", { name: "answers.csv", mimeType: "text/csv", buffer: Buffer.from("score\n9\n") });
				await page.getByText("Sending answers.csv").waitFor();
			},
		},
		{ name: "checking an export", path: check(monkey, "surveymonkey.csv"), act: waitFor("An export of SurveyMonkey") },
		{
			name: "checking, with the first rows",
			path: check(monkey, "surveymonkey.csv"),
			act: async (page) => {
				await page.getByText("Show the first").click();
				await page.getByText("More options").click();
			},
		},
		{ name: "with questions", path: check(questions, "ratings.csv"), act: waitFor("Which scale") },
		{
			name: "questions in German, answered",
			path: check(questions, "ratings.csv"),
			locale: "de-DE",
			act: async (page) => {
				await page.getByText("der 1. April 2026 oder der 4. Januar 2026").waitFor();
				await page.getByLabel("1 bis 5 oder eine andere").check();
				await page.getByLabel("Der Tag steht vorn").check();
			},
		},
		{ name: "answers without a date", path: check(undated, "visits.csv"), act: waitFor("count as answered now") },
		{ name: "a file without rows", path: check(nothing, "header.csv"), act: waitFor("nothing below the header") },
		{ name: "a file that is gone", path: check("77", "gone.csv"), expected: /422/, act: waitFor("not here any more") },
		{ name: "running", path: `/import?id=${one.id}`, before: told(running), act: waitFor("Importing") },
		{ name: "waiting", path: `/import?id=${one.id}`, before: told({ state: "queued", progress: null }), act: waitFor("Waiting its turn") },
		{ name: "done", path: `/import?id=${one.id}`, act: waitFor("2 scored") },
		{ name: "done, beside others", path: `/import?id=${third.id}`, act: waitFor("together with its other") },
		{ name: "done, beside others, in German", path: `/import?id=${third.id}`, locale: "de-DE", act: waitFor("zusammen mit den 3") },
		{ name: "taken back", path: `/import?id=${second.id}`, act: waitFor("Taken back") },
		{
			name: "given up",
			path: `/import?id=${one.id}`,
			before: told({ state: "failed", why: "The file is not here any more: it was kept for a day, or the data were restored. Send it again" }),
			act: waitFor("could not be finished"),
		},
		{ name: "failed", path: "/import", before: failing(imports), expected: /503/ },
		{ name: "loading", path: "/import", before: silent(imports) },
		{ name: "for an analyst who sees no names", path: "/import", role: "analyst", act: waitFor("Imports are not for you") },
	];
}
