// tests/browser/scenes/insight_found.mjs - alerts, what stands out and what is watched, on the first screen of insight and on the
// overview.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { failing, silent } from "../house.mjs";
import { alter, makeSurvey } from "../kit.mjs";

const DAY = 86_400_000;
const dayNumber = (back) => Math.floor(Date.now() / DAY) - back;
const open = (page, name) => page.getByRole("button", { name }).first().click();

function importAnswers(heed, slug) {
	let state = 6;
	const draw = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
	const rows = [];
	for (let back = 179; back >= 0; back--)
		for (let i = 0; i < 8; i++) {
			const city = ["Berlin", "Porto", "Lyon", "Turin"][Math.floor(draw() * 4)];
			const good = city === "Porto" || (city === "Turin" && back < 90) ? 0.2 : 0.6;
			const channel = draw() < (back < 90 ? 0.75 : 0.3) ? "sms" : "web";
			rows.push([draw() < good ? 10 : 4, new Date(Date.now() - back * DAY).toISOString().slice(0, 10), channel, city].join(","));
		}
	const file = join(heed.dir, "found.csv");
	writeFileSync(file, `score,date,channel,city\n${rows.join("\n")}\n`);
	heed.mustRun("import", file, "--survey", slug, "--workspace", "Acme");
}

/** As the watch writes them: a day of it is not waited for. */
async function raise(heed, brand) {
	const { workspace } = (await heed.get("/api/v1/me")).json;
	const moved = (id, state, day, size) => {
		alter(heed, `INSERT INTO alert (workspace_id, id, raised_at, state, snoozed_to) VALUES (${workspace.id}, ${id}, ${Date.now() * 1000}, ${state}, 0)`);
		alter(
			heed,
			`INSERT INTO alert_part VALUES (${workspace.id}, ${id}, 1, ${brand}, 0, ${dayNumber(day - 40)}, ${dayNumber(day)}, ${dayNumber(day + 8)}, ${dayNumber(day - 6)}, 34, ${34 + size}, ${size}, ${size - 6}, ${size + 7}, 1800, 240)`,
		);
	};
	moved(91, 1, 60, -20);
	moved(92, 2, 150, -12);
	moved(93, 1, 70, 15);
	alter(
		heed,
		`INSERT INTO watch (workspace_id, kind, brand_id, touchpoint_id, state, begin_day, baseline_from, baseline_to, watched_to, series, promoters, passives, detractors, deff, people, per_week)
		VALUES (${workspace.id}, 1, ${brand}, 0, 1, ${dayNumber(400)}, ${dayNumber(400)}, ${dayNumber(219)}, ${dayNumber(1)}, 2, 700, 300, 400, 1.1, 900, 56)`,
	);
}

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "all", name: "All customers" });
	const { brand_id } = (await heed.get("/api/v1/surveys/all")).json;
	importAnswers(heed, "all");
	await raise(heed, brand_id);
	const path = "/insight";
	return [
		{ name: "found", path },
		{ name: "found, in German", path, locale: "de-DE" },
		{ name: "found in the demo", path, in: "demo" },
		{ name: "found, for a viewer", path, role: "viewer" },
		{ name: "found of none", path, in: "empty" },
		{ name: "found, an alert put off", path, act: (page) => open(page, "Not now") },
		{ name: "found, what a score is", path, act: (page) => open(page, "What is this?") },
		{ name: "found, how we know", path, act: (page) => page.getByText("How we know").first().click() },
		{
			name: "found, an alert dismissed",
			path,
			before: (page) => page.route("**/api/v1/alerts/*", (route) => route.fulfill({ contentType: "application/json", body: "{}" })),
			act: (page) => open(page, "Dismiss"),
		},
		{ name: "an alert on the overview", path: "/" },
		{ name: "found failed", path, before: failing("**/api/v1/insights/findings"), expected: /503/ },
		{ name: "found loading", path, before: silent("**/api/v1/insights/findings") },
	];
}
