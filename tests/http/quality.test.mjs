// Quality over HTTP: units that stand out beside another sign, bursts, copies, people who answer again, unconfirmed answers.
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

async function ask(query = "") {
	const r = await heed.get(`/api/v1/insights/quality?${query}`);
	assert.equal(r.status, 200, r.text);
	return r.json;
}

const DAY = 86_400_000;
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const score = (i) => [10, 9, 8, 7, 3][i % 5];
const unitOf = (reply, value) => reply.units.find((u) => u.value === value);

/** Rows of { days, score, agent, comment, email }. */
async function load(slug, rows) {
	for (const [path, body] of [["surveys", { slug, name: slug }], [`surveys/${slug}/publish`]])
		assert.ok((await heed.post(`/api/v1/${path}`, body)).status < 300);
	const path = join(heed.dir, `${slug}.csv`);
	const noon = Math.floor(Date.now() / DAY) * DAY + DAY / 2;
	const lines = rows.map((r) => [r.score, new Date(noon - r.days * DAY).toISOString(), r.agent ?? "", r.comment ?? "", r.email ?? ""].join(","));
	writeFileSync(path, `score,created_at,agent,comment,email\n${lines.join("\n")}\n`);
	heed.mustRun("import", path, "--survey", slug);
}

const agents = times(14, (i) => `agent ${i}`);
/** A hundred answers of each, over a hundred days; no two in one minute. One that stands out among very few is hard to tell. */
const usual = agents.flatMap((agent, a) => times(100, (i) => ({ days: 1 + i + a / 30, score: score(i + a), agent, comment: i % 3 ? "" : `fine with me ${100 + i} ${String.fromCharCode(97 + a)}` })));

test("a unit whose scores and comments both stand out is in doubt, and the score is told without it", async () => {
	const eager = times(100, (i) => ({ days: 1 + i + 0.7, score: i % 20 ? 10 : 7, agent: "gus", comment: i % 4 ? `I was told to give a ten ${i}` : "" }));
	await load("begging", [...usual, ...eager]);
	const all = await ask("survey=begging&by=property.agent");
	const gus = unitOf(all, "gus");
	assert.equal(all.units[0].value, "gus");
	assert.deepEqual([gus.doubted, gus.worth_a_look, gus.signs.top.label, gus.signs.number.label, gus.signs.number.responses], [true, true, "often", "often", 75]);
	assert.deepEqual(all.units.filter((u) => u.value !== "gus").map((u) => u.worth_a_look), agents.map(() => false));
	// Nobody was invited, so that says nothing.
	assert.deepEqual([gus.signs.uninvited, gus.burst], [null, null]);
	assert.deepEqual([all.with.responses, all.without.responses], [1500, 1400]);
	assert.equal(all.with.nps, all.figure.nps);
	assert.equal(all.without.nps, (await ask(`survey=begging&${agents.map((name) => `property.agent=${encodeURIComponent(name)}`).join("&")}`)).figure.nps);
	const behind = await heed.get(`${gus.figure.answers_path}&limit=200`);
	assert.equal(behind.json.responses.length, 100);
});

test("high or low scores alone are worth a look and no more", async () => {
	const good = times(100, (i) => ({ days: 1 + i + 0.7, score: i % 20 ? 10 : 7, agent: "good" }));
	const bad = times(100, (i) => ({ days: 1 + i + 0.8, score: i % 20 ? 2 : 7, agent: "bad" }));
	await load("plain", [...usual, ...good, ...bad]);
	const all = await ask("survey=plain&by=property.agent");
	assert.deepEqual([unitOf(all, "good").worth_a_look, unitOf(all, "good").doubted], [true, false]);
	assert.deepEqual([unitOf(all, "bad").signs.low.label, unitOf(all, "bad").doubted], ["often", false]);
	assert.equal(all.without.responses, all.with.responses);
});

test("answers that came at once while few others did are a burst", async () => {
	const burst = [...times(40, (i) => ({ days: 50.31 + i / 2000, score: 10, agent: "gus" })), ...times(20, (i) => ({ days: 2 + 4 * i + 0.6, score: score(i), agent: "gus" }))];
	await load("burst", [...usual, ...burst]);
	const all = await ask("survey=burst&by=property.agent");
	const gus = unitOf(all, "gus");
	assert.ok(gus.burst && gus.burst.responses >= 40, JSON.stringify(gus));
	assert.ok(Date.parse(gus.burst.to) - Date.parse(gus.burst.from) < 2 * DAY);
	assert.ok(gus.burst.chance < 1e-6);
	for (const agent of agents) assert.equal(unitOf(all, agent).burst, null, agent);
	assert.ok(all.without.responses <= all.with.responses - 40);
});

test("a channel that comes late, one that falls out of use and one as ever have no burst", async () => {
	const even = (agent, n, from, to) => times(n, (i) => ({ days: from + ((to - from) * (i + 0.5)) / n, score: score(i), agent }));
	const falling = times(500, (i) => ({ days: 400 * Math.sqrt((i + 0.5) / 500), score: score(i), agent: "fax" }));
	await load("mix", [...even("mail", 1600, 0, 400), ...even("kiosk", 300, 0, 60), ...falling, ...even("desk", 50, 0, 400)]);
	const all = await ask("survey=mix&by=property.agent");
	assert.deepEqual(all.units.map((u) => [u.value, u.burst, u.worth_a_look]), ["mail", "fax", "kiosk", "desk"].map((name) => [name, null, false]));
});

test("answers of a burst are in doubt whatever their scores are, the others of that unit are not", async () => {
	const hour = [...times(40, (i) => ({ days: 50.31 + i / 2000, score: score(i), agent: "hal" })), ...times(30, (i) => ({ days: 3 + 3 * i + 0.6, score: score(i), agent: "hal" }))];
	await load("hour", [...usual, ...hour]);
	const all = await ask("survey=hour&by=property.agent");
	const hal = unitOf(all, "hal");
	assert.deepEqual([hal.worth_a_look, hal.doubted], [true, false]);
	assert.ok(hal.burst.responses >= 40 && hal.burst.responses < 45, `${hal.burst.responses}`);
	assert.equal(all.with.responses - all.without.responses, hal.burst.responses);
});

test("the same words in the same minute are copies, and several answers of one person on a day are told", async () => {
	const same = "the very same words again";
	await load("copies", [
		...times(5, () => ({ days: 3, score: 9, comment: same })),
		{ days: 9, score: 9, comment: same },
		...times(2, () => ({ days: 5, score: 9, comment: "ok" })),
		...times(4, (i) => ({ days: 20 + i / 100, score: 8, email: "often@example.com" })),
		...times(2, (i) => ({ days: 30 + i / 100, score: 8, email: "twice@example.com" })),
		...times(30, (i) => ({ days: 40 + i, score: score(i) })),
	]);
	const all = await ask("survey=copies");
	assert.deepEqual([all.copies.responses, all.copies.groups, all.copies.largest[0].responses], [4, 1, 5]);
	assert.deepEqual([all.again.groups, all.again.responses, all.again.largest[0].responses], [1, 4, 4]);
	assert.equal(all.with.responses - all.without.responses, 4);
	const newest = await heed.get(`/api/v1/responses/${all.copies.largest[0].newest}`);
	assert.equal(newest.json.comment, same);
	// All of one channel: there is nothing to compare it with.
	assert.deepEqual(all.units.map((u) => [u.value, u.doubted]), [["import", false]]);
});

test("who was not invited stands out where others were, and unconfirmed answers are told with their reason", async () => {
	await load("invited", []);
	const form = { key: null, headers: { "Content-Type": "application/x-www-form-urlencoded" } };
	const posted = async (path, body) => {
		const r = await heed.post(path, body, form);
		assert.ok(r.status === 303 || r.status === 200, `${r.status} ${r.text}`);
	};
	for (let i = 0; i < 35; i++) {
		const link = await heed.post("/api/v1/links", { survey: "invited", person: { email: `i${i}@example.com` } });
		await posted(new URL(link.json.url).pathname, `js=1&proof=tap&score=${score(i)}&done=1`);
	}
	for (let i = 0; i < 35; i++)
		assert.equal((await heed.post("/api/v1/responses", { survey: "invited", score: 10, channel: "desk" })).status, 201);
	await posted("/s/invited", "js=1&score=9&done=1");
	const all = await ask("survey=invited");
	const desk = unitOf(all, "desk");
	assert.deepEqual([desk.signs.uninvited.responses, desk.looked_into], [35, 35]);
	const invited = all.units.find((u) => u.value !== "desk");
	assert.equal(invited.signs.uninvited.responses, 0);
	assert.deepEqual(all.unconfirmed, { ...all.unconfirmed, responses: 1, looked_into: 1, reasons: [{ reason: "no_person", responses: 1 }] });
	assert.equal((await heed.get(all.unconfirmed.answers_path)).json.responses.length, 1);
	const other = await ask("survey=invited&channel=desk");
	assert.deepEqual([other.unconfirmed.responses, other.unconfirmed.reasons], [0, []]);
});

test("wrong questions are refused by name", async () => {
	for (const query of ["by=tag", "by=score", "part=x/1/", "score=9", "colour=red"]) {
		const r = await heed.get(`/api/v1/insights/quality?${query}`);
		assert.ok([404, 422].includes(r.status), `${query}: ${r.status} ${r.text}`);
	}
});
