// Themes that are spoken of more often than before: seen by week, by people, each language and channel against itself; and the alert.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { made, serve, start } from "./harness.mjs";

const DAY = 86_400_000;
const weeks = 60;
const rises = 48;
let heed;
const monday = (() => {
	const today = new Date(new Date().toISOString().slice(0, 10));
	return today.getTime() - ((today.getUTCDay() + 6) % 7) * DAY;
})();
const dayOf = (week, day = 0) => new Date(monday - (weeks - week) * 7 * DAY + day * DAY).toISOString().slice(0, 10);

const emerging = (survey) => made(heed.get(`/api/v1/insights/emerging?part=${encodeURIComponent(`relationship/${brands[survey]}/`)}`));
const brands = {};

async function load(slug, rows) {
	const brand = await made(heed.post("/api/v1/brands", { name: slug }));
	brands[slug] = brand.id;
	await made(heed.post("/api/v1/surveys", { slug, name: slug, state: "live", brand_id: brand.id }));
	const path = join(heed.dir, `${slug}.csv`);
	writeFileSync(path, `score,comment,submitted_at,language,channel,email\n${rows.map((r) => `${r.score ?? 8},"${r.comment}",${r.day},${r.language ?? "en"},${r.channel ?? "web"},${r.email ?? ""}`).join("\n")}\n`);
	heed.mustRun("import", path, "--survey", slug);
}

let n = 0;
const plain = (week, many, more = {}) => Array.from({ length: many }, (_, i) => ({ comment: `It was fine on the whole, number ${++n}.`, day: dayOf(week, i % 7), ...more }));
const late = (week, many, more = {}) => Array.from({ length: many }, (_, i) => ({ comment: `The delivery came late, number ${++n}.`, day: dayOf(week, i % 7), ...more }));

before(async () => {
	heed = await start(null);
	await made(heed.ask("PATCH", "/api/v1/workspace", { time_zone: "UTC", week_start: 1 }));
	const real = [];
	const mix = [];
	const loud = [];
	for (let week = 0; week < weeks; week++) {
		real.push(...plain(week, 30), ...late(week, week < rises ? 2 : 12));
		// The app's users speak of delivery three times in four, those of the web never: the app's become more.
		const app = week < rises ? 4 : 24;
		mix.push(...plain(week, 30), ...late(week, (3 * app) / 4, { channel: "in_app" }), ...plain(week, app / 4, { channel: "in_app" }));
		// One person who writes every day of it.
		loud.push(...plain(week, 30), ...late(week, week < rises ? 0 : 7, { email: "loud@example.com" }));
	}
	await load("real", real);
	await load("mix", mix);
	await load("loud", loud);
	while ((await made(heed.get("/api/v1/insights/said"))).not_read > 0) await wait(100);
	for (const slug of Object.keys(brands)) while ((await made(heed.get(`/api/v1/insights/said?brand=${brands[slug]}`))).not_read > 0) await wait(100);
});
after(() => heed?.stop());

test("a theme that more people speak of is seen, with since when and how often", async () => {
	const said = await emerging("real");
	assert.ok(said.watching);
	assert.ok(Math.abs(said.people_a_week - 42) < 3, `${said.people_a_week}`);
	assert.ok(said.series >= 60, `${said.series}`);
	const [delivery, ...more] = said.themes;
	assert.deepEqual(more, []);
	assert.equal(delivery.theme.code, "delivery");
	assert.equal(delivery.since, dayOf(rises));
	assert.ok(delivery.seen_on > dayOf(rises) && delivery.seen_on <= dayOf(rises + 6), delivery.seen_on);
	assert.ok(Math.abs(delivery.share_before - 2 / 32) < 0.02 && Math.abs(delivery.share_after - 12 / 42) < 0.02, JSON.stringify(delivery));
	assert.ok(delivery.interval[0] > 2 && delivery.interval[0] < delivery.times && delivery.times < delivery.interval[1]);
	assert.ok(delivery.people >= 12 && delivery.comments >= delivery.people);
	assert.equal(delivery.quotes.length, 3);
	for (const quote of delivery.quotes) assert.ok(quote.pieces.some((piece) => piece.marked));
});

test("another mix of channels, and one person who writes every day, raise nothing", async () => {
	assert.deepEqual((await emerging("mix")).themes, []);
	assert.deepEqual((await emerging("loud")).themes, []);
});

test("a filter would be one more look, and who sees figures only sees no quotes", async () => {
	assert.equal((await heed.get("/api/v1/insights/emerging?channel=web")).status, 422);
	const viewer = await heed.member("viewer@example.com", "viewer");
	const seen = await made(heed.get(`/api/v1/insights/emerging?part=${encodeURIComponent(`relationship/${brands.real}/`)}`, viewer));
	assert.deepEqual(seen.themes[0].quotes, []);
});

test("the watch raises it once, and it can be dismissed", async () => {
	const raised = async () => (await made(heed.get("/api/v1/alerts"))).alerts.filter((alert) => alert.themes.length > 0);
	// It looks when the server starts, and all is read.
	const again = async () => {
		const { key } = heed;
		await heed.halt();
		heed = await serve(heed);
		heed.key = key;
	};
	await again();
	while ((await raised()).length === 0) await wait(200);
	const first = await raised();
	await again();
	// The watch of a score tells that the round is over.
	while ((await made(heed.get("/api/v1/alerts"))).watches.length < 3) await wait(200);
	const alerts = await raised();
	assert.deepEqual(alerts, first);
	assert.equal(alerts.length, 1);
	const [alert] = alerts;
	assert.deepEqual([alert.state, alert.parts, alert.themes.length], ["open", [], 1]);
	assert.deepEqual([alert.themes[0].theme.code, alert.themes[0].brand.name, alert.themes[0].since], ["delivery", "real", dayOf(rises)]);
	const changed = await made(heed.ask("PATCH", `/api/v1/alerts/${alert.id}`, { state: "dismissed" }));
	assert.equal(changed.state, "dismissed");
});
