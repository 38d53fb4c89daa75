// How scores went: windows, periods, changes of level and of channels, over HTTP.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

const DAY = 86_400_000;
let heed;
before(async () => {
	heed = await start(null);
	await load("falls", { seed: 5, score: (day, draw) => (draw() < (day < 240 ? 0.7 : 0.45) ? 10 : 4) });
	await load("steady", { seed: 2, kind: "transactional", touchpoint: "support", score: (_, draw) => (draw() < 0.6 ? 10 : 4), channel: (day, draw) => (draw() < (day < 200 ? 0.2 : 0.7) ? "sms" : "email") });
});
after(() => heed?.stop());

const dayOf = (back) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);

/** Mulberry32, so that each run draws the same. */
function draws(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let z = Math.imul(state ^ (state >>> 15), 1 | state);
		z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
		return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
	};
}

/** 360 days of six answers or as many as are said, the oldest first. */
async function load(slug, { seed, score, channel, a_day = 6, ...more }) {
	const draw = draws(seed);
	const rows = Array.from({ length: 360 * a_day }, (_, i) => {
		const day = Math.floor(i / a_day);
		return `${score(day, draw)},${dayOf(359 - day)}T00:00:01Z,${slug}${Math.floor(draw() * 900)}@example.com,${channel?.(day, draw) ?? "web"}`;
	});
	await made(heed.post("/api/v1/surveys", { slug, name: slug, state: "live", ...more }));
	const file = join(heed.dir, `${slug}.csv`);
	writeFileSync(file, `score,date,email,channel\n${rows.join("\n")}\n`);
	heed.mustRun("import", file, "--survey", slug);
}

const ask = (query = "") => made(heed.get(`/api/v1/insights/trend?${query}`));
const partOf = async (kind, query) => (await ask(query)).parts.find((part) => part.kind === kind);
const apart = (a, b) => Math.abs(Date.parse(a) - Date.parse(b)) / DAY;

test("a fall is told with its day, its size and how sure both are", async () => {
	const { changes, mix_changes } = await partOf("relationship");
	assert.equal(changes.length, 1);
	const [change] = changes;
	assert.ok(apart(change.day, dayOf(119)) <= 14, change.day);
	assert.ok(change.from <= dayOf(119) && dayOf(119) <= change.to, JSON.stringify(change));
	assert.ok(change.interval[0] < -50 && -50 < change.interval[1] && change.interval[1] < 0, JSON.stringify(change));
	assert.ok(change.before > 25 && change.after < 5);
	assert.deepEqual(mix_changes, []);
});

test("a score that stays has no change, though its channels changed, which is marked", async () => {
	const { changes, mix_changes } = await partOf("transactional");
	assert.deepEqual(changes, []);
	assert.equal(mix_changes.length, 1, JSON.stringify(mix_changes));
	const [mix] = mix_changes;
	assert.ok(["sms", "email"].includes(mix.channel));
	assert.ok(apart(mix.day, dayOf(159)) <= 7, mix.day);
	assert.ok(Math.abs(mix.after - mix.before) > 40);
});

test("a mix that moved in several channels is marked, though none moved by ten points", async () => {
	const brand = await made(heed.post("/api/v1/brands", { name: "mixed" }));
	const channels = (shares) => (draw) => shares.find(([, until]) => draw < until)[0];
	const early = channels([["email", 0.3], ["web", 0.6], ["sms", 0.8], ["qr", 1]]);
	const late = channels([["email", 0.23], ["web", 0.46], ["sms", 0.73], ["qr", 1]]);
	await load("mixed", { seed: 3, brand_id: brand.id, a_day: 24, score: (_, draw) => (draw() < 0.6 ? 10 : 4), channel: (day, draw) => (day < 180 ? early : late)(draw()) });
	const { parts } = await ask(`brand=${brand.id}`);
	assert.equal(parts[0].mix_changes.length, 1, JSON.stringify(parts[0].mix_changes));
	const [mix] = parts[0].mix_changes;
	assert.ok(apart(mix.day, dayOf(179)) <= 40, mix.day);
	assert.ok(Math.abs(mix.after - mix.before) < 10, JSON.stringify(mix));
});

test("each point of a rolling trend counts the 90 days that end with it, before the filter's first day too", async () => {
	const { parts, every, window_days } = await ask(`kind=relationship&from=${dayOf(40)}`);
	assert.deepEqual([every, window_days], ["day", 90]);
	const { points, figure } = parts[0];
	assert.equal(points.length, 41);
	for (const point of [points[0], points[17], points.at(-1)]) {
		assert.equal(apart(point.from, point.to), 89);
		const nps = await made(heed.get(`/api/v1/insights/nps?kind=relationship&from=${point.from}&to=${point.to}`));
		const { answers_path, ...counted } = nps.parts[0].figure;
		assert.deepEqual({ ...point.figure, answers_path }, { ...counted, answers_path });
		const list = await made(heed.get(`${point.figure.answers_path}&limit=200`));
		assert.ok(list.responses.length > 0);
		for (const { submitted_at } of list.responses) assert.ok(submitted_at.slice(0, 10) >= point.from && submitted_at.slice(0, 10) <= point.to);
	}
	assert.equal(figure.responses, 41 * 6);
});

test("weeks, months and quarters are those of the score", async () => {
	for (const step of ["week", "month", "quarter"]) {
		const query = `kind=relationship&from=${dayOf(200)}&to=${dayOf(20)}`;
		const { points } = (await ask(`${query}&step=${step}`)).parts[0];
		const { series } = (await made(heed.get(`/api/v1/insights/nps?${query}&series=${step}`))).parts[0];
		assert.deepEqual(points.map((p) => p.figure), series.map((p) => p.figure), step);
		assert.ok(points[0].from >= dayOf(200) && points.at(-1).to <= dayOf(20));
	}
});

test("what it does not know is refused with what there is", async () => {
	for (const [query, said] of [["step=day", /rolling, week, month or quarter/], ["every=week", /no parameter .*every/], ["group=promoters", /group/]]) {
		const r = await heed.get(`/api/v1/insights/trend?${query}`);
		assert.equal(r.status, 422, query);
		assert.match(r.text, said);
	}
	assert.deepEqual((await ask("channel=pigeon")).parts, []);
});

test("the report in a terminal tells the same changes, the goal and what it takes to know more", async () => {
	const { parts } = JSON.parse(heed.mustRun("report", "--json"));
	const [fell, steady] = ["relationship", "transactional"].map((kind) => parts.find((part) => part.kind === kind));
	const asked = await partOf("relationship");
	assert.deepEqual(
		fell.changes.map((one) => [one.day, one.change]),
		asked.changes.map((one) => [one.day, Math.round(one.change * 10) / 10]),
	);
	assert.deepEqual([steady.changes, steady.mixes.length, steady.goal, "plan" in steady], [[], 1, null, false]);
	const { brand } = (await ask("kind=relationship")).parts[0];
	const set = await heed.ask("PUT", "/api/v1/goals", { kind: "relationship", brand_id: brand.id, score: 60, by_day: dayOf(-100) });
	assert.ok(set.status < 300, set.text);
	const page = heed.mustRun("report", "--survey", "falls", "--plan");
	assert.match(page, new RegExp(`Around ${fell.changes[0].day} it fell by about \\d+ \\(\\d+ to \\d+\\), from \\d+ to -?\\d+\\.`));
	assert.match(page, new RegExp(`Its goal is 60 by ${dayOf(-100)}: \\d+\\.\\d to go\\.`));
	const planner = await made(heed.get("/api/v1/insights/planner?kind=relationship&half=5&change=10"));
	const plan = JSON.parse(heed.mustRun("report", "--survey", "falls", "--plan", "--json")).parts[0].plan;
	assert.ok(Math.abs(plan.answers - planner.plan.range.answers) <= 1, JSON.stringify([plan, planner.plan]));
	assert.ok(page.includes(`takes ${plan.answers} answers`));
	for (const line of page.split("\n").filter((one) => /Around|goal|range of|weeks/.test(one))) assert.ok([...line].length <= 80, line);
});
