// tests/browser/scenes/insight_quality.mjs - answers that are worth a look: some, none, few, and what goes wrong.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const open = (page, name) => page.getByRole("button", { name }).first().click();

async function imported(heed, survey, rows) {
	const text = `score,created_at,agent,comment,email\n${rows.map((row) => row.join(",")).join("\n")}\n`;
	const { json: file } = await heed.ask("POST", "/api/v1/uploads?name=calls.csv", Buffer.from(text));
	const { json: one } = await heed.post("/api/v1/imports", { upload_id: file.id, survey });
	while ((await heed.get(`/api/v1/imports/${one.id}`)).json.state !== "done") await new Promise((wake) => setTimeout(wake, 20));
}

/** Fourteen agents alike, one who asks for tens, one whose answers came in one hour, copies, one who answers again. */
async function fill(heed) {
	const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
	const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000;
	const at = (days) => new Date(noon - days * 86_400_000).toISOString();
	const score = (i) => [10, 9, 8, 7, 3][i % 5];
	const rows = times(14, (a) => times(60, (i) => [score(i + a), at(1 + i + a / 30), `Agent ${String.fromCharCode(65 + a)}`, "", ""])).flat();
	rows.push(...times(60, (i) => [i % 20 ? 10 : 7, at(1 + i + 0.7), "Gus Grant", i % 4 ? `He told me to give a ten ${i}` : "", ""]));
	rows.push(...times(40, (i) => [10, at(30.3 + i / 2000), "Hour of power", "", ""]));
	rows.push(...times(4, () => [9, at(3), "Agent A", "the very same words again", ""]));
	rows.push(...times(4, (i) => [8, at(20 + i / 100), "Agent B", "", "again@example.com"]));
	await makeSurvey(heed, {}, { slug: "calls", name: "Calls" });
	await imported(heed, "calls", rows);
	await heed.post("/s/calls", "js=1&score=9&done=1", { key: null, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
}

export async function scenes(heed) {
	await fill(heed);
	await makeSurvey(heed, {}, { slug: "few", name: "A few" });
	for (let i = 0; i < 7; i++) await heed.post("/api/v1/responses", { survey: "few", score: (i * 3) % 11, comment: i % 2 ? "Fine" : undefined });
	const path = "/insight/quality";
	return [
		{ name: "quality by agent", path: `${path}?survey=calls&by=property.agent` },
		{ name: "quality by agent, in German", path: `${path}?survey=calls&by=property.agent`, locale: "de-DE" },
		{ name: "quality by agent, as a table", path: `${path}?survey=calls&by=property.agent`, act: (page) => open(page, "As a table") },
		{ name: "quality of the demo", path, in: "demo" },
		{ name: "quality of few", path: `${path}?survey=few` },
		{ name: "quality of none", path, in: "empty" },
		{ name: "quality failed", path, before: failing("**/api/v1/insights/quality*"), expected: /503/ },
		{ name: "quality loading", path, before: silent("**/api/v1/insights/quality*") },
	];
}
