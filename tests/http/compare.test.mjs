// One score beside another: periods, segments, brands, and a segment beside the rest.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

const query = ({ a, b, ...more }) =>
	new URLSearchParams({ ...more, ...(a && { a: `${new URLSearchParams(a)}` }), ...(b && { b: `${new URLSearchParams(b)}` }) });
const asked = (sides) => heed.get(`/api/v1/insights/compare?${query(sides)}`);

async function compare(sides) {
	const r = await asked(sides);
	assert.equal(r.status, 200, r.text);
	return r.json;
}

async function post(path, body) {
	const r = await heed.post(path, body);
	assert.ok(r.status < 300, `${path}: ${r.status} ${r.text}`);
	return r.json;
}

async function survey(slug, more = {}) {
	await post("/api/v1/surveys", { slug, name: slug, ...more });
	await post(`/api/v1/surveys/${slug}/publish`);
}

/** Rows of [how many, score, plan, day]. */
function load(slug, rows) {
	const path = join(heed.dir, `${slug}.csv`);
	const lines = rows.flatMap(([n, score, plan, day]) => Array(n).fill(`${score},${plan},${day}`));
	writeFileSync(path, `score,plan,submitted_at\n${lines.join("\n")}\n`);
	heed.mustRun("import", path, "--survey", slug);
}

const close = (a, b, within = 1e-6) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);
const april = { from: "2026-04-01", to: "2026-04-30" };
const march = { from: "2026-03-01", to: "2026-03-31" };

test("two periods differ as everywhere else, and the reply says that they are two", async () => {
	await survey("months");
	load("months", [
		[60, 10, "pro", "2026-03-10"],
		[40, 3, "free", "2026-03-11"],
		[30, 10, "pro", "2026-04-10"],
		[70, 3, "free", "2026-04-11"],
	]);
	const c = await compare({ survey: "months", a: april, b: march });
	assert.deepEqual([c.a.figure.nps, c.b.figure.nps, c.difference.change], [-40, 20, -60]);
	assert.deepEqual(c.differs, ["period"]);
	assert.deepEqual([c.a.from, c.b.to, c.b.rest], ["2026-04-01", "2026-03-31", false]);
	const usual = await heed.get("/api/v1/insights/nps?survey=months&from=2026-04-01&to=2026-04-30&compare=previous");
	const { change, interval, beyond_chance } = usual.json.parts[0].comparison;
	assert.deepEqual([c.difference.change, c.difference.beyond_chance], [change, beyond_chance]);
	for (const end of [0, 1]) close(c.difference.interval[end], interval[end]);
	const behind = await heed.get(`${c.b.figure.answers_path}&limit=200`);
	assert.equal(behind.json.responses.length, 100);
});

test("two segments stand side by side, and one beside the rest", async () => {
	const both = await compare({ survey: "months", ...april, a: { "property.plan": "pro" }, b: { "property.plan": "free" } });
	assert.deepEqual([both.difference.change, both.a.figure.responses, both.b.figure.responses, both.differs], [200, 30, 70, []]);
	const rest = await compare({ survey: "months", a: { ...april, "property.plan": "pro" } });
	assert.deepEqual([rest.b.rest, rest.a.figure.responses, rest.b.figure.responses], [true, 30, 170]);
	close(rest.difference.change, 100 - (100 * (60 - 110)) / 170);
	assert.equal(rest.b.figure.answers_path, null);
});

test("what is asked for in common is asked of both, and a side's own stands in its place", async () => {
	const c = await compare({ survey: "months", "property.plan": "pro", a: april, b: { ...april, "property.plan": "free" } });
	assert.deepEqual([c.a.figure.responses, c.b.figure.responses], [30, 70]);
});

test("an answer that would be on both sides is refused with how many there are", async () => {
	const r = await asked({ survey: "months", a: { "property.plan": "pro" }, b: april });
	assert.equal(r.status, 422);
	assert.match(r.text, /30 answers are in a, too/);
	assert.equal(r.json.errors[0].path, "b");
});

test("people who answered on both sides are known, and make the difference surer", async () => {
	await survey("again");
	for (let i = 0; i < 40; i++)
		for (const [day, score] of [["2026-03-05", i < 20 ? 10 : 3], ["2026-04-05", i < 16 ? 10 : 3]])
			await post("/api/v1/responses", {
				survey: "again",
				score,
				person: { external_id: `p${i}` },
				properties: { wave: day.slice(5, 7) },
				submitted_at: `${day}T12:00:00Z`,
			});
	const same = await compare({ survey: "again", a: april, b: march });
	assert.deepEqual([same.difference.people_in_both, same.difference.paired, same.difference.change], [40, true, -20]);
	const waves = await compare({ survey: "again", a: { "property.wave": "04" }, b: { "property.wave": "03" } });
	assert.deepEqual([waves.difference.people_in_both, waves.a.figure.people, waves.difference.paired], [40, 40, true]);
	const wide = (c) => c.difference.interval[1] - c.difference.interval[0];
	const usual = (await heed.get("/api/v1/insights/nps?survey=again&from=2026-04-01&to=2026-04-30&compare=previous")).json.parts[0];
	close(wide(same), usual.comparison.interval[1] - usual.comparison.interval[0]);
	assert.ok(wide(same) < 40, `${wide(same)}`);
	const segments = (await heed.get("/api/v1/insights/segments?survey=again&by=property.wave")).json.segments;
	const third = segments.find((s) => s.value === "03").from_rest;
	close(third.change, -waves.difference.change);
	close(third.interval[0], -waves.difference.interval[1]);
});

test("of a segment and the rest each person, or account, has one vote in all, the newest", async () => {
	await survey("votes");
	for (let i = 0; i < 30; i++)
		for (const [day, score, channel] of [["05", 3, i < 20 ? "web" : "sms"], ["06", 10, i % 2 ? "web" : "sms"]])
			await post("/api/v1/responses", { survey: "votes", score, channel, person: { external_id: `v${i}`, account: `of ${i % 15}` }, submitted_at: `2026-04-${day}T12:00:0${i % 10}Z` });
	for (const [vote, of, both] of [["person", 30, 0], ["account", 15, 0], ["answer", 60, 15]]) {
		const c = await compare({ survey: "votes", vote, a: { channel: "web" } });
		const { segments } = (await heed.get(`/api/v1/insights/segments?survey=votes&by=channel&vote=${vote}`)).json;
		const [web, sms] = ["web", "sms"].map((name) => segments.find((s) => s.value === name).figure);
		assert.deepEqual([c.a.figure.responses, c.b.figure.responses, c.a.figure.nps, c.b.figure.nps], [web.responses, sms.responses, web.nps, sms.nps], vote);
		assert.deepEqual([c.a.figure.responses + c.b.figure.responses, c.difference.people_in_both], [of, both], vote);
	}
	const sides = await compare({ survey: "votes", vote: "person", a: { channel: "web" }, b: { channel: "sms" } });
	assert.equal(sides.difference.people_in_both, 15);
});

test("the rest leaves out what is neither counted nor of the segment", async () => {
	await survey("out");
	const give = (channel, more) => post("/api/v1/responses", { survey: "out", score: 9, channel, ...more });
	for (const [channel, n] of [["web", 1], ["sms", 3], ["kiosk", 2]]) {
		for (let i = 0; i < 4 + n; i++) await give(channel, i < n ? { test: true } : {});
		const { id } = await give(channel, { score: 1 });
		assert.equal((await heed.ask("PATCH", `/api/v1/responses/${id}`, { state: "excluded", reason: "spam" })).status, 200);
	}
	const left = ({ a, b }) => [a, b].map(({ left_out: out }) => [out.excluded, out.test, out.without_score]);
	assert.deepEqual(left(await compare({ survey: "out", a: { channel: "web" } })), [[1, 1, 0], [2, 5, 0]]);
	assert.deepEqual(left(await compare({ survey: "out", channel: "sms", a: { channel: "web" } })), [[1, 1, 0], [1, 3, 0]]);
	const year = { from: "2020-01-01", to: "2020-12-31" };
	assert.deepEqual(left(await compare({ survey: "out", ...year, a: { channel: "web" } })), [[0, 0, 0], [0, 0, 0]]);
	assert.deepEqual(left(await compare({ survey: "out", a: { channel: "web", ...year } })), [[0, 0, 0], [3, 6, 0]]);
	const words = (await heed.get(`/api/v1/insights/keywords?${query({ survey: "out", a: { channel: "web" } })}`)).json;
	assert.deepEqual(left(words), [[1, 1, 0], [2, 5, 0]], JSON.stringify(Object.keys(words)));
});

test("kinds and touchpoints are never put together: each side is of one, and the reply says so", async () => {
	await survey("desk", { kind: "transactional", touchpoint: "support" });
	load("desk", [[20, 10, "pro", "2026-04-02"], [10, 3, "pro", "2026-04-03"]]);
	const c = await compare({ ...april, a: { survey: "desk" }, b: { survey: "months" } });
	assert.deepEqual([c.a.part.touchpoint.code, c.b.part.touchpoint, c.differs], ["support", null, ["kind", "touchpoint"]]);
	const first = await compare(april);
	assert.equal(first.a.part.kind, "relationship");
	assert.deepEqual([first.b.figure.responses, first.difference.change], [0, null]);
	const common = await compare({ kind: "transactional", ...april, a: { "property.plan": "pro" }, b: { "property.plan": "free" } });
	assert.deepEqual([common.a.part.key, common.a.figure.responses, common.b.figure.responses], [c.a.part.key, 30, 0]);
	const support = await compare({ part: c.a.part.key, a: april });
	assert.equal(support.a.figure.responses, 30);
});

test("wrong questions are refused by the side that they are on", async () => {
	for (const [sides, status, told] of [
		[{ a: { colour: "red" } }, 422, /a: there is no filter/],
		[{ b: { score: "9" } }, 422, /b: /],
		[{ a: { from: "2026-02-30" } }, 422, /a: /],
		[{ a: { survey: "nowhere" } }, 404, /nowhere/],
		[{ vote: "all" }, 422, /vote/],
		[{ by: "channel" }, 422, /by/],
	]) {
		const r = await asked(sides);
		assert.equal(r.status, status, r.text);
		assert.match(r.text, told);
	}
});
