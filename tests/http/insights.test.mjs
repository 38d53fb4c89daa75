// The figure over HTTP: what is counted, where it belongs, and the way to its answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { design } from "./definition.mjs";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

async function ask(query = "") {
	const r = await heed.get(`/api/v1/insights/nps?${query}`);
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

const give = (body) => post("/api/v1/responses", body);
const figure = async (query) => (await ask(query)).parts[0]?.figure;

function load(slug, counts, header = "score") {
	const path = join(heed.dir, `${slug}.csv`);
	writeFileSync(path, `${header}\n${Object.entries(counts).flatMap(([score, n]) => Array(n).fill(score)).join("\n")}\n`);
	heed.mustRun("import", path, "--survey", slug);
}

/** How many answers the figure's own link leads to. */
async function behind(path) {
	let n = 0;
	let cursor = "";
	do {
		const r = await heed.get(`${path}&limit=200${cursor && `&cursor=${cursor}`}`);
		assert.equal(r.status, 200, r.text);
		n += r.json.responses.length;
		cursor = r.json.next_cursor;
	} while (cursor);
	return n;
}

test("scores of different kinds are never pooled", async () => {
	await survey("company");
	await survey("desk", { kind: "transactional", touchpoint: "support" });
	load("company", { 10: 30, 8: 10, 3: 10 });
	load("desk", { 10: 420, 8: 60, 3: 20 });
	const { parts } = await ask();
	assert.deepEqual(
		parts.map((p) => [p.kind, p.touchpoint?.code ?? null, p.figure.nps, p.figure.responses]),
		[
			["relationship", null, 40, 50],
			["transactional", "support", 80, 500],
		],
	);
	for (const part of parts) assert.equal(await behind(part.figure.answers_path), part.figure.responses);
	assert.equal((await ask("kind=transactional")).parts.length, 1);
	assert.equal((await figure("touchpoint=support")).nps, 80);
	assert.equal((await figure("survey=company")).nps, 40);
	const page = heed.mustRun("report");
	assert.match(page, / 40\.0 /);
	assert.match(page, / 80\.0 /);
	assert.doesNotMatch(page, /76/);
	assert.equal(JSON.parse(heed.mustRun("report", "--json")).nps, 40);
});

test("brands are never pooled either", async () => {
	const other = await post("/api/v1/brands", { name: "Другой бренд" });
	await survey("other", { brand_id: other.id, brand: undefined });
	load("other", { 0: 10 });
	const relationship = (await ask("kind=relationship")).parts;
	assert.equal(relationship.length, 2);
	assert.equal((await figure(`brand=${other.id}`)).nps, -100);
	assert.equal((await figure(`brand=${encodeURIComponent("ДРУГОЙ БРЕНД")}`)).nps, -100);
});

test("what does not count never enters", async () => {
	await survey("counts");
	for (let i = 0; i < 5; i++) await give({ survey: "counts", score: 10 });
	await give({ survey: "counts", comment: "no score" });
	await give({ survey: "counts", score: 0, test: true });
	const out = await give({ survey: "counts", score: 0 });
	await heed.ask("PATCH", `/api/v1/responses/${out.id}`, { state: "excluded", reason: "staff" });
	const f = await figure("survey=counts");
	assert.deepEqual([f.nps, f.responses], [100, 5]);
	assert.equal(await behind(f.answers_path), 5);
});

test("below five answers there is no score, below thirty it is rough", async () => {
	await survey("few");
	for (let i = 0; i < 4; i++) await give({ survey: "few", score: 9 });
	let f = await figure("survey=few");
	assert.deepEqual([f.nps, f.interval, f.label, f.responses], [null, null, "hidden", 4]);
	await give({ survey: "few", score: 9 });
	f = await figure("survey=few");
	assert.deepEqual([f.nps, f.label, f.rough], [100, "rough", true]);
});

test("an edit changes the value and never the period", async () => {
	await survey("edits");
	const rows = [];
	for (let i = 0; i < 6; i++) rows.push(await give({ survey: "edits", score: 0, submitted_at: "2025-01-31T12:00:00Z" }));
	await heed.ask("PATCH", `/api/v1/responses/${rows[0].id}`, { score: 10 });
	const january = await figure("survey=edits&from=2025-01-01&to=2025-01-31");
	assert.deepEqual([january.responses, january.promoters, january.detractors], [6, 1, 5]);
	assert.equal(await figure("survey=edits&from=2025-02-01"), undefined);
});

test("days are those of the workspace's zone", async () => {
	await survey("zone");
	const change = await heed.ask("PATCH", "/api/v1/workspace", { time_zone: "Asia/Tokyo" });
	assert.equal(change.status, 200, change.text);
	/* 00:30 on 1 March in Tokyo, still February in UTC */
	for (let i = 0; i < 5; i++) await give({ survey: "zone", score: 9, submitted_at: "2026-02-28T15:30:00Z" });
	await give({ survey: "zone", score: 0, submitted_at: "2026-02-28T14:30:00Z" });
	assert.equal((await figure("survey=zone&from=2026-03-01")).responses, 5);
	assert.equal((await figure("survey=zone&to=2026-02-28")).responses, 1);
	const { series } = (await ask("survey=zone&series=month")).parts[0];
	assert.deepEqual(series.map((p) => [p.from, p.to, p.figure.responses]), [
		["2026-02-01", "2026-02-28", 1],
		["2026-03-01", "2026-03-31", 5],
	]);
	for (const point of series) assert.equal(await behind(point.figure.answers_path), point.figure.responses);
	await heed.ask("PATCH", "/api/v1/workspace", { time_zone: "UTC" });
});

test("a series has no gaps and weeks begin on the workspace's day", async () => {
	await survey("series");
	for (const day of ["2026-01-03", "2026-01-04", "2026-01-05", "2026-01-20"])
		await give({ survey: "series", score: 9, submitted_at: `${day}T12:00:00Z` });
	await survey("trends");
	for (let i = 0; i < 60; i++) await give({ survey: "trends", score: i % 10, submitted_at: `2026-01-${String((i % 30) + 1).padStart(2, "0")}T12:00:00Z` });
	const weeks = async () => (await ask("survey=series&series=week")).parts[0].series.map((p) => [p.from, p.figure.responses]);
	await heed.ask("PATCH", "/api/v1/workspace", { week_start: 1 });
	assert.deepEqual(await weeks(), [["2025-12-29", 2], ["2026-01-05", 1], ["2026-01-12", 0], ["2026-01-19", 1]]);
	await heed.ask("PATCH", "/api/v1/workspace", { week_start: 0 });
	assert.deepEqual(await weeks(), [["2025-12-28", 1], ["2026-01-04", 2], ["2026-01-11", 0], ["2026-01-18", 1]]);
	await heed.ask("PATCH", "/api/v1/workspace", { week_start: 1 });
	const asked = (await ask("survey=series&series=week&from=2025-12-31&to=2026-01-20")).parts[0].series;
	assert.deepEqual([asked[0], asked.at(-1)].map((p) => [p.from, p.to]), [["2025-12-31", "2026-01-04"], ["2026-01-19", "2026-01-20"]]);
	for (const point of asked) assert.equal(await behind(point.figure.answers_path), point.figure.responses);
	assert.match(heed.mustRun("report", "--survey", "trends", "--from", "2026-01-02", "--to", "2026-01-20"), /by week, 2026-01-02 to 2026-01-20:/);
	const quarters = (await ask("survey=series&series=quarter")).parts[0].series;
	assert.deepEqual(quarters.map((p) => [p.from, p.to]), [["2026-01-01", "2026-03-31"]]);
	await give({ survey: "series", score: 9, submitted_at: "1990-01-01T12:00:00Z" });
	const r = await heed.get("/api/v1/insights/nps?survey=series&series=day");
	assert.equal(r.status, 422);
	assert.match(r.text, /longer step/);
});

test("a part is split by property, channel, language and survey", async () => {
	await survey("split");
	const rows = [
		[9, { plan: "pro", seats: 12 }, "pt-BR", "web"],
		[10, { plan: "pro" }, "pt", "web"],
		[3, { plan: "free", vip: true }, "de", "sms"],
		[7, {}, "", "sms"],
	];
	for (const [score, properties, language, channel] of rows)
		await give({ survey: "split", score, properties, language: language || undefined, channel });
	const groups = async (by) => (await ask(`survey=split&by=${by}`)).parts[0].groups;
	const counted = async (by) => (await groups(by)).map((g) => [g.value, g.figure.responses]);
	assert.deepEqual(await counted("property.plan"), [["pro", 2], [null, 1], ["free", 1]]);
	assert.deepEqual(await counted("property.seats"), [[null, 3], ["12", 1]]);
	assert.deepEqual(await counted("language"), [["pt", 2], [null, 1], ["de", 1]]);
	assert.deepEqual(await counted("channel"), [["sms", 2], ["web", 2]]);
	assert.deepEqual(await counted("survey"), [["split", 4]]);
	for (const group of await groups("property.plan"))
		if (group.value) assert.equal(await behind(group.figure.answers_path), group.figure.responses);
		else assert.equal(group.figure.answers_path, null);
	assert.equal((await figure("survey=split&property.plan=pro")).responses, 2);
	assert.equal((await figure("survey=split&property.plan=pro&property.seats=12")).responses, 1);
	assert.equal((await figure("survey=split&property.vip=true")).responses, 1);
	assert.equal((await figure("survey=split&channel=sms")).responses, 2);
	assert.equal((await figure("survey=split&language=pt")).responses, 2);
	assert.equal(await figure("survey=split&property.plan=PRO"), undefined);
});

test("answers of one account widen the range", async () => {
	await survey("accounts");
	for (let account = 0; account < 10; account++)
		for (let i = 0; i < 4; i++)
			await give({
				survey: "accounts",
				score: account < 6 ? 10 : 2,
				person: { external_id: `a${account}p${i}`, account: `account ${account}` },
			});
	const f = await figure("survey=accounts");
	assert.deepEqual([f.responses, f.people], [40, 40]);
	assert.deepEqual([f.deff, f.effective_n], [4, 10]);
	assert.ok(f.interval[1] - f.interval[0] > 90);
});

test("an account that gave most of the answers widens the range by itself", async () => {
	await survey("giant");
	const answers = [];
	for (let i = 0; i < 20; i++) answers.push([i < 12 ? "giant" : `alone${i}`, [10, 9, 7, 3, 10][i % 5]]);
	for (const [i, [account, score]] of answers.entries())
		await give({ survey: "giant", score, person: { external_id: `giant ${i}`, account } });
	const f = await figure("survey=giant");
	const expected = design(answers.map(([who, score]) => [who, score > 8 ? 1 : score < 7 ? -1 : 0]));
	assert.ok(expected.deff > 1.5 && Math.abs(f.deff - expected.deff) < 1e-5, `${f.deff} is not ${expected.deff}`);
});

test("wrong questions are refused by name", async () => {
	const status = async (query) => (await heed.get(`/api/v1/insights/nps?${query}`)).status;
	for (const query of ["colour=red", "kind=odd", "series=hour", "by=score", "by=property.", "from=2026-02-30", "to=soon", "from=2026-02-02&to=2026-02-01"])
		assert.equal(await status(query), 422, query);
	for (const query of ["survey=nowhere", "brand=nobody", "touchpoint=moon"]) assert.equal(await status(query), 404, query);
});
