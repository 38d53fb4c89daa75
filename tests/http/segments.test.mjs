// Segments over HTTP: each against the rest, ranked when enough is known, as they were then or are now.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { command, start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

async function ask(query = "") {
	const r = await heed.get(`/api/v1/insights/segments?${query}`);
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

/** Rows of [how many, score, plan, channel]. */
function load(slug, rows) {
	const path = join(heed.dir, `${slug}.csv`);
	const lines = rows.flatMap(([n, score, plan, channel = "web"]) => Array(n).fill(`${score},${plan},${channel}`));
	writeFileSync(path, `score,plan,channel\n${lines.join("\n")}\n`);
	heed.mustRun("import", path, "--survey", slug);
}

const byValue = ({ segments }) => Object.fromEntries(segments.map((s) => [s.rest ? "rest" : s.value, s]));
const close = (a, b, within = 0.01) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

test("a segment stands against all other answers, never against a whole that holds it", async () => {
	await survey("rest");
	load("rest", [
		[60, 10, "pro"],
		[20, 7, "pro"],
		[20, 3, "pro"],
		[30, 10, "free"],
		[30, 7, "free"],
		[40, 3, "free"],
		[50, 7, "team"],
	]);
	const all = await ask("by=property.plan&survey=rest");
	const { pro, free, team } = byValue(all);
	assert.deepEqual([pro.figure.nps, free.figure.nps, team.figure.nps, all.figure.responses], [40, -10, 0, 250]);
	close(pro.from_rest.change, 40 - (100 * (30 - 40)) / 150);
	close(free.from_rest.change, -10 - (100 * (60 - 20)) / 150);
	assert.deepEqual([pro.real, free.real, all.looked_at], [true, true, 3]);
	for (const s of [pro, free, team]) assert.deepEqual([s.from_rest.paired, s.from_rest.people_in_both], [false, 0]);
	const behind = await heed.get(`${free.figure.answers_path}&limit=200`);
	assert.equal(behind.json.responses.length, 100);
});

test("what is one of many and could be chance is not marked, though its own range says so", async () => {
	await survey("many");
	const rows = [];
	for (let i = 0; i < 40; i++) rows.push([20, 10, `p${i}`], [20, 3, `p${i}`]);
	rows.push([28, 10, "lucky"], [12, 3, "lucky"]);
	load("many", rows);
	const { segments, looked_at } = await ask("by=property.plan&survey=many");
	assert.equal(looked_at, 41);
	const lucky = segments.find((s) => s.value === "lucky");
	assert.ok(lucky.from_rest.beyond_chance && lucky.from_rest.change > 38);
	assert.equal(lucky.real, false);
});

test("only segments of which enough is known are ranked, and each is pulled towards the others", async () => {
	await survey("ranked");
	load("ranked", [
		[40, 10, "a"],
		[10, 3, "a"],
		[10, 10, "b"],
		[25, 8, "b"],
		[25, 10, "c"],
		[25, 3, "c"],
		[6, 10, "tiny"],
	]);
	const all = await ask("by=property.plan&survey=ranked");
	const { a, b, c, tiny } = byValue(all);
	assert.equal(tiny.ranked, null);
	assert.equal(tiny.figure.nps, 100);
	assert.equal(all.ranking.ranked, 3);
	assert.ok(a.ranked.estimate < a.figure.nps && a.ranked.estimate > b.ranked.estimate);
	assert.ok(c.ranked.estimate > c.figure.nps);
	close(a.ranked.top_third + b.ranked.top_third + c.ranked.top_third, 1, 0.001);
	assert.ok(a.ranked.top_third > 0.9);
	assert.ok(all.funnel.limits.length > 10 && all.funnel.target === all.figure.nps);
	for (const { effective_n: n, usual, far } of all.funnel.limits)
		assert.ok(n > 0 && far[0] <= usual[0] && usual[0] <= all.funnel.target && usual[1] <= far[1]);
});

test("kinds and touchpoints are looked at one at a time", async () => {
	await survey("desk", { kind: "transactional", touchpoint: "support" });
	load("desk", [[29, 0, "pro"], [1, 10, "pro"]]);
	const first = await ask("by=property.plan");
	assert.match(first.part, /^relationship\//);
	const desk = first.parts.find((p) => p.touchpoint?.code === "support");
	const its = await ask(`by=property.plan&part=${desk.key}`);
	assert.deepEqual([its.part, its.figure.responses, Math.round(its.figure.nps)], [desk.key, 30, -93]);
	assert.deepEqual(its.segments.map((s) => [s.value, s.figure.responses, s.from_rest.change]), [["pro", 30, null]]);
	assert.equal((await heed.get("/api/v1/insights/segments?part=transactional/7/moon")).status, 404);
});

test("a person's trait is as it is now, a property as it was then", async () => {
	await survey("then");
	const give = (who, score, then, now) =>
		post("/api/v1/responses", {
			survey: "then",
			score,
			properties: { tier: then },
			person: { external_id: who, traits: { tier: now } },
		});
	for (let i = 0; i < 6; i++) await give(`moved ${i}`, 10, "free", "paid");
	for (let i = 0; i < 5; i++) await give(`stayed ${i}`, 2, "free", "free");
	const then = byValue(await ask("survey=then&by=property.tier"));
	assert.deepEqual([Object.keys(then), then.free.figure.responses], [["free"], 11]);
	const today = await ask("survey=then&by=trait.tier");
	const now = byValue(today);
	assert.deepEqual([now.paid.figure.nps, now.free.figure.nps], [100, -100]);
	assert.equal(now.paid.figure.answers_path, null, "no filter says what people are today");
	assert.ok(today.traits.includes("tier"));
});

test("the answers of what no filter says are listed, as they are counted", async () => {
	const list = async (query) => {
		const r = await heed.get(`/api/v1/insights/segments/answers?${query}`);
		assert.equal(r.status, 200, r.text);
		return r.json;
	};
	const paid = await list("survey=then&by=trait.tier&value=paid");
	assert.deepEqual([paid.total, paid.responses.length], [6, 6]);
	assert.ok(paid.responses.every((r) => r.score === 10 && r.properties.tier === "free"));
	assert.equal((await list("survey=then&by=trait.tier&value=gone")).total, 0);
	const wording = await list("survey=rest&by=wording&value=rest&version=1");
	assert.deepEqual([wording.total, wording.responses.length], [250, 50]);
	const unknown = await list("survey=then&by=account");
	assert.equal(unknown.total, 11);
	assert.equal((await heed.get("/api/v1/insights/segments/answers?by=tag&value=x")).status, 422);
	assert.equal((await heed.get("/api/v1/insights/segments/answers?and=channel")).status, 422);
});

test("each person may have one vote, the newest", async () => {
	await survey("votes");
	for (const [who, score] of [...Array(8).fill(["loud", 0]), ["loud", 10], ...Array(6).fill().map((_, i) => [`q${i}`, 10])])
		await post("/api/v1/responses", { survey: "votes", score, person: { external_id: who } });
	const each = await ask("survey=votes&by=survey");
	const person = await ask("survey=votes&by=survey&vote=person");
	assert.deepEqual([each.vote, each.figure.responses, person.vote, person.figure.responses], ["answer", 15, "person", 7]);
	assert.equal(person.figure.nps, 100);
	assert.equal(person.segments[0].figure.responses, 7);
	assert.deepEqual([person.figure.answers_path, person.segments[0].figure.answers_path], [null, null]);
	assert.match(each.segments[0].figure.answers_path, /survey=votes/);
	const voted = (await heed.get("/api/v1/insights/segments/answers?survey=votes&by=survey&value=votes&vote=person")).json;
	assert.deepEqual([voted.total, voted.responses.map((r) => r.score)], [7, Array(7).fill(10)]);
});

test("two attributes make a table, whose smallest cells have no score", async () => {
	await survey("grid");
	load("grid", [
		[30, 10, "pro", "web"],
		[4, 10, "pro", "email"],
		[12, 3, "free", "email"],
	]);
	const { grid } = await ask("survey=grid&by=property.plan&and=channel");
	const at = (row, column) =>
		grid.cells.find((c) => grid.rows[c.row].value === row && grid.columns[c.column].value === column);
	assert.deepEqual([at("pro", "web").nps, at("pro", "web").responses], [100, 30]);
	assert.deepEqual([at("pro", "email").nps, at("pro", "email").interval, at("pro", "email").responses], [null, null, 4]);
	assert.equal(at("free", "email").nps, -100);
	assert.equal(at("free", "web"), undefined);
	assert.deepEqual([grid.rows_left_off, grid.columns_left_off], [0, 0]);
});

test("every attribute can be asked for, and splits all answers of the part", async () => {
	for (const by of ["channel", "language", "survey", "wording", "source", "tag", "tenure", "account", "account_size", "property.plan", "trait.tier"]) {
		const all = await ask(`survey=rest&by=${by}`);
		assert.equal(all.by, by);
		assert.equal(all.segments.reduce((sum, s) => sum + s.figure.responses, 0), 250, by);
	}
	const { segments } = await ask("survey=rest&by=wording");
	assert.deepEqual([segments[0].value, segments[0].version], ["rest", 1]);
});

test("accounts are small, medium or large by how many of their people are known", async () => {
	await survey("sized");
	const give = (account, person, score) => post("/api/v1/responses", { survey: "sized", score, person: { external_id: person, account } });
	for (let i = 0; i < 20; i++) await give("Large", `large${i}`, 10);
	for (let i = 0; i < 5; i++) await give("Medium", `medium${i}`, 3);
	for (let i = 0; i < 8; i++) await give("Small", `small${i % 4}`, 8);
	for (let i = 0; i < 2; i++) await post("/api/v1/responses", { survey: "sized", score: 9 });
	const { segments } = await ask("survey=sized&by=account_size");
	assert.deepEqual(
		segments.map((s) => [s.value, s.figure.responses]),
		[["under 5 people", 8], ["5 to 19 people", 5], ["20 people or more", 20], [null, 2]],
	);
});

test("answers with several tags are in several segments, which are not ranked", async () => {
	await survey("tags");
	load("tags", [[40, 10, "x"], [40, 2, "x"]]);
	const list = (await heed.get("/api/v1/responses?survey=tags&limit=200")).json.responses;
	const ids = (score) => list.filter((r) => r.score === score).map((r) => r.id);
	await post("/api/v1/responses/actions", { action: "tag", tag: "good", ids: ids(10) });
	await post("/api/v1/responses/actions", { action: "tag", tag: "both", ids: list.map((r) => r.id) });
	const { both, good } = byValue(await ask("survey=tags&by=tag"));
	assert.deepEqual([both.figure.responses, good.figure.responses, good.figure.nps], [80, 40, 100]);
	assert.deepEqual([good.ranked, both.ranked, both.from_rest.change], [null, null, null]);
	close(good.from_rest.change, 200);
});

test("the votes behind a tag are listed, of which no filter says which they are", async () => {
	await survey("tagged");
	for (let i = 0; i < 12; i++) await post("/api/v1/responses", { survey: "tagged", score: Math.min(i, 10), person: { external_id: `t${i % 6}` }, submitted_at: `2026-05-01T12:00:${10 + i}Z` });
	const list = (await heed.get("/api/v1/responses?survey=tagged&limit=200")).json.responses;
	await post("/api/v1/responses/actions", { action: "tag", tag: "vip", ids: list.filter((r) => r.score % 2 === 0).map((r) => r.id) });
	const { vip } = byValue(await ask("survey=tagged&by=tag&vote=person"));
	const voted = (await heed.get("/api/v1/insights/segments/answers?survey=tagged&by=tag&value=vip&vote=person")).json;
	assert.deepEqual([voted.total, voted.responses.map((r) => r.score).sort((a, b) => a - b)], [vip.figure.responses, [6, 8, 10, 10]]);
	assert.equal((await heed.get("/api/v1/insights/segments/answers?survey=tagged&by=tag&value=vip")).status, 422);
});

test("the command line says in plain words how each value differs from the rest", () => {
	const page = heed.mustRun("report", "--survey", "rest", "--by", "property.plan");
	assert.match(page, /By property\.plan: /);
	assert.match(page, /pro +40 \( +\d+ to +\d+\) +100 +47 above the rest\n/);
	assert.match(page, /free +-10 .* 37 below the rest\n/);
	assert.match(page, /team +0 .* 15 below the rest/);
	assert.match(page, /Of 3 compared, \d differ/);
	for (const line of page.split("\n")) assert.ok([...line].length <= 80, line);
	const { parts } = JSON.parse(heed.mustRun("report", "--survey", "rest", "--by", "property.plan", "--json"));
	const pro = parts[0].segments.find((s) => s.value === "pro");
	assert.deepEqual([parts[0].by, pro.nps, pro.from_rest, pro.real], ["property.plan", 40, 46.7, true]);
	assert.match(heed.mustRun("report", "--survey", "many", "--by", "property.plan"), /lucky.* above the rest; that could be chance\n/);
	const refused = command(heed, "report", "--by", "score");
	assert.equal(refused.status, 2);
	assert.match(refused.stderr, /--by: must be channel, /);
});

test("who may not see names cannot split by them, nor see a value that is one", async () => {
	const options = await heed.member("viewer@example.com", "viewer");
	await survey("names");
	for (let i = 0; i < 18; i++)
		await post("/api/v1/responses", { survey: "names", score: 9, properties: { email: `p${i}@example.com`, contact: i % 3 ? "phone" : "ann@example.com" } });
	const asks = (query) => heed.get(`/api/v1/insights/segments?survey=names&${query}`, options);
	for (const query of ["by=property.email", "by=channel&and=property.email", "by=trait.email"]) assert.equal((await asks(query)).status, 403, query);
	const seen = await asks("by=property.contact");
	assert.equal(seen.status, 200, seen.text);
	assert.deepEqual(seen.json.segments.map((s) => s.value), ["phone", null]);
	assert.doesNotMatch(seen.text, /ann@/);
	assert.match((await heed.get("/api/v1/insights/segments?survey=names&by=property.contact")).text, /ann@/);
	assert.equal((await heed.get("/api/v1/insights/segments/answers?survey=names", options)).status, 403);
	const analyst = await heed.member("analyst@example.com", "analyst");
	heed.mustRun("user", "names", "analyst@example.com", "--names", "hidden");
	const days = "from=2026-01-01";
	for (const [screen, more] of [["segments", "by=property.contact"], ["quality", "by=property.contact"], ["why", `by=property.contact&${days}`]]) {
		const { status, text } = await heed.get(`/api/v1/insights/${screen}?survey=names&${more}`, analyst);
		assert.ok(status === 200 && !/ann(@|%40)/.test(text), `${screen}: ${status} ${text}`);
	}
});

test("wrong questions are refused by name", async () => {
	for (const query of ["by=score", "by=person", "by=property.", "and=moon", "by=channel&and=channel", "vote=all", "score=9", "colour=red"]) {
		const r = await heed.get(`/api/v1/insights/segments?${query}`);
		assert.equal(r.status, 422, `${query}: ${r.text}`);
	}
});
