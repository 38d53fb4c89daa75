// The stream of changes: each once, whatever breaks meanwhile.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { watch } from "./events.mjs";
import { onPostgres, program, serve, start, until } from "./harness.mjs";

async function survey(heed, slug = "shop", key = heed.key) {
	const r = await heed.post("/api/v1/surveys", { name: slug, slug, state: "live" }, { key });
	assert.equal(r.status, 201, r.text);
	return r.json;
}

async function answer(heed, more = {}, key = heed.key) {
	const r = await heed.post("/api/v1/responses", { survey: "shop", score: 9, ...more }, { key });
	assert.equal(r.status, 201, r.text);
	return r.json.id;
}

async function metric(heed, name) {
	const { text } = await heed.get("/metrics");
	return Number(new RegExp(`^heed_${name} (\\S+)$`, "m").exec(text)[1]);
}

test("a stream says where it stands, then tells of new, changed and removed answers", async (t) => {
	const heed = await start(t);
	const { id: shop } = await survey(heed);
	await answer(heed, { comment: "before" });
	const w = await watch(heed);
	assert.equal(w.headers["content-type"], "text/event-stream");
	assert.equal(w.headers["cache-control"], "no-store");
	assert.deepEqual(w.events.map((e) => e.event), ["here"]);
	const id = await answer(heed, { score: 3, comment: "line one\nline two\r\n\n: no comment of the stream" });
	await w.until(() => w.answers.length === 1);
	const [first] = w.answers;
	assert.deepEqual([first.id, first.what, first.score, first.group], [id, "new", 3, "detractors"]);
	assert.equal(first.survey_id, shop);
	/* What was understood of the comment comes a moment later, and the stream does not tell it. */
	const { reading, ...listed } = (await heed.get(`/api/v1/responses?limit=1`)).json.responses[0];
	assert.notEqual(reading, undefined);
	assert.deepEqual(first.answer, listed);
	const changed = await heed.ask("PATCH", `/api/v1/responses/${id}`, { score: 10 });
	assert.equal(changed.status, 200);
	await w.until(() => w.answers.length === 2);
	assert.deepEqual([w.answers[1].id, w.answers[1].what, w.answers[1].score], [id, "changed", 10]);

	const file = join(heed.dir, "answers.csv");
	writeFileSync(file, "score,comment\n7,imported\n");
	heed.mustRun("import", file, "--survey", "shop");
	await w.until(() => w.answers.length === 3);
	assert.deepEqual([w.answers[2].what, w.answers[2].answer.comment], ["new", "imported"]);
	w.close();
});

test("1,000 answers during 20 reconnects are seen once each, and in one order", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const ids = [];
	const seen = [];
	let w = await watch(heed);
	const posting = Promise.all(
		Array.from({ length: 8 }, async () => {
			for (let i = 0; i < 125; i++) {
				/* Of more than 250 at a look the stream would say "many". */
				await until(() => seen.length + w.events.length, (told) => ids.length - told < 100);
				ids.push(await answer(heed, { score: i % 11 }));
			}
		}),
	);
	for (let k = 1; k <= 20; k++) {
		await w.until(() => seen.length + w.answers.length >= k * 45);
		w.close();
		seen.push(...w.events);
		/* By its address and by the browser's header in turn. */
		w = await watch(heed, k % 2 ? { after: w.last } : { lastEventId: w.last, after: "0" });
	}
	await posting;
	const told = () => [...seen, ...w.events].filter((e) => e.event !== "here" && e.event !== "reading");
	await w.until(() => told().length >= 1000);
	await answer(heed, { comment: "the last" });
	await w.until(() => told().length >= 1001);
	assert.deepEqual([...new Set(told().map((e) => e.event))], ["answer"]);
	assert.ok(told().every((e) => e.data.what === "new"));
	assert.deepEqual(told().slice(0, 1000).map((e) => e.data.id).sort(), [...ids].sort());
	const order = told().map((e) => e.id.split(".").map(Number));
	for (let i = 1; i < order.length; i++)
		assert.ok(order[i][0] > order[i - 1][0] || (order[i][0] === order[i - 1][0] && order[i][1] > order[i - 1][1]));
	w.close();
});

test("nothing is missed or doubled over kill -9 of the server", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const w = await watch(heed);
	const kept = [await answer(heed), await answer(heed)];
	await w.until(() => w.answers.length === 2);
	await heed.halt("SIGKILL");
	await w.untilEnd();
	const again = await serve(heed);
	t.after(() => again.halt());
	again.key = heed.key;
	kept.push(await answer(again));
	const on = await watch(again, { after: w.last });
	await on.until(() => on.answers.length === 1);
	assert.deepEqual([...w.answers, ...on.answers].map((a) => a.id), kept);
	on.close();
});

test("a place that is not known, or lies ahead of the log, is answered with reload", async (t) => {
	const heed = await start(t);
	await survey(heed);
	await answer(heed);
	const ahead = await watch(heed, { after: "99999.1" });
	assert.equal(ahead.events[0].event, "reload");
	const id = await answer(heed);
	await ahead.until(() => ahead.answers.length === 1);
	assert.equal(ahead.answers[0].id, id);
	ahead.close();
	for (const wrong of ["x", "1.", "-1", "1.0", "1.2.3", ""]) {
		const r = await heed.get(`/api/v1/live?after=${wrong}`);
		assert.equal(r.status, 422, wrong);
	}
	assert.equal((await heed.get("/api/v1/live?nonsense=1")).status, 422);
});

test("an import of many answers is told in a few events", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const began = performance.now();
	const w = await watch(heed);
	const file = join(heed.dir, "many.csv");
	writeFileSync(file, `score,comment\n${Array.from({ length: 20000 }, (_, i) => `${i % 11},row ${i}\n`).join("")}`);
	const running = spawn(program, ["import", file, "--survey", "shop", "--data", heed.data], { env: heed.env });
	await new Promise((done) => running.on("exit", done));
	/* As long as the rush lasts, one answer more belongs to it. */
	for (let told = false; !told; ) {
		const before = w.events.length;
		const id = await answer(heed);
		await w.until(() => w.events.length > before);
		told = w.answers.some((a) => a.id === id);
	}
	const many = w.events.filter((e) => e.event === "many").length;
	/* One in two seconds, however long the import takes, and one more where the count begins. */
	const most = (performance.now() - began) / 2000 + 2;
	assert.ok(many >= 1 && many <= most, `${many} events of many, and not ${most}`);
	assert.ok(w.answers.length < 1000, `${w.answers.length} answers one by one`);
	w.close();
});

test("a viewer is told of scores, and of nobody", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const w = await watch(heed, await heed.member("viewer@example.com", "viewer"));
	await answer(heed, {
		score: 2,
		comment: "I am Ann Secret",
		person: { email: "ann@secret.example", name: "Ann Secret" },
		properties: { owner: "Secret" },
	});
	await w.until(() => w.answers.length === 1);
	assert.deepEqual([w.answers[0].score, w.answers[0].group, w.answers[0].answer], [2, "detractors", null]);
	assert.ok(!/secret/i.test(JSON.stringify(w.events)));
	w.close();
});

test("a stream hears of its own workspace alone", async (t) => {
	const heed = await start(t);
	await survey(heed);
	heed.mustRun("init", "--workspace", "Other", "--email", "o@example.com", "--password-stdin", {
		input: "a long enough one\n",
	});
	const key = heed.mustRun("key", "create", "--workspace", "Other", "--scope", "admin");
	await survey(heed, "shop", key);
	const mine = await watch(heed);
	const theirs = await watch(heed, { key });
	const id = await answer(heed);
	const other = await answer(heed, {}, key);
	await mine.until(() => mine.answers.length === 1);
	await theirs.until(() => theirs.answers.length === 1);
	const last = [await answer(heed), await answer(heed, {}, key)];
	await mine.until(() => mine.answers.length === 2);
	await theirs.until(() => theirs.answers.length === 2);
	assert.deepEqual(mine.answers.map((a) => a.id), [id, last[0]]);
	assert.deepEqual(theirs.answers.map((a) => a.id), [other, last[1]]);
	mine.close();
	theirs.close();
});

test("a team hears of answers in its scope alone, also when that changes while it listens", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const scope = (city) => ({ properties: { city: [city] } });
	const team = (await heed.post("/api/v1/teams", { name: "Berlin", scope: scope("Berlin") })).json;
	const w = await watch(heed, await heed.member("agent@example.com", "agent", "Berlin"));
	const of = (city) => answer(heed, { properties: { city } });
	const told = async () => {
		const before = w.answers.length;
		const id = await of("Berlin");
		await w.until(() => w.answers.length > before);
		return id;
	};
	await of("Munich");
	const seen = [await told()];
	const munich = await of("Munich");
	await heed.ask("PATCH", `/api/v1/responses/${munich}`, { score: 1 });
	seen.push(await told());
	assert.deepEqual(w.answers.map((a) => a.id), seen);
	const changed = await heed.ask("PATCH", `/api/v1/teams/${team.id}`, { name: "Munich", scope: scope("Munich") });
	assert.equal(changed.status, 200, changed.text);
	await of("Berlin");
	seen.push(await of("Munich"));
	await w.until(() => w.answers.length === 3);
	assert.deepEqual(w.answers.map((a) => a.id), seen);
	w.close();
});

test("a key that is revoked or a session that ends hears nothing more, and its stream ends", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const key = heed.mustRun("key", "create", "--workspace", "Acme", "--scope", "read");
	const { key: row } = (await heed.get("/api/v1/me", { key })).json;
	const cookie = await heed.signIn();
	const byKey = await watch(heed, { key });
	const bySession = await watch(heed, { cookie });
	await answer(heed);
	await byKey.until(() => byKey.answers.length === 1);
	await bySession.until(() => bySession.answers.length === 1);
	assert.equal((await heed.ask("DELETE", `/api/v1/keys/${row.id}`)).status, 204);
	const out = { cookie, headers: { "X-Heed": "1", Origin: heed.url } };
	assert.equal((await heed.ask("DELETE", "/api/v1/session", undefined, out)).status, 204);
	await answer(heed);
	await byKey.untilEnd();
	await bySession.untilEnd();
	assert.equal(byKey.answers.length + bySession.answers.length, 2);
	assert.equal((await watch(heed, { cookie })).status, 401);
});

test("one caller has 16 streams at most, and gets room back at once", async (t) => {
	const heed = await start(t);
	const all = [];
	for (let i = 0; i < 16; i++) all.push(await watch(heed));
	const refused = await watch(heed);
	assert.equal(refused.status, 429);
	assert.ok(Number(refused.headers["retry-after"]) > 0);
	const key = heed.mustRun("key", "create", "--workspace", "Acme", "--scope", "read");
	(await watch(heed, { key })).close();
	assert.ok((await metric(heed, "live_refused_total")) >= 1);
	all.pop().close();
	while ((await metric(heed, "live_streams")) > 15);
	(await watch(heed)).close();
	for (const w of all) w.close();
	while ((await metric(heed, "live_streams")) > 0);
});

test("a client that does not read holds nobody up, and finds all when it reads again", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const slow = await watch(heed, { paused: true });
	const quick = await watch(heed);
	const comment = "x".repeat(9000);
	const ids = [];
	for (let i = 0; i < 1000; i++) {
		ids.push(await answer(heed, { comment }));
		await quick.until(() => quick.answers.length > i - 100);
	}
	await quick.until(() => quick.answers.length === 1000);
	slow.reply.on("data", (part) => slow.take(part));
	await slow.until(() => slow.events.some((e) => e.event === "many") || slow.answers.length === 1000);
	/* What it could not take it is told of as many, so that it looks again. */
	await quick.until(() => quick.answers.length === 1000);
	for (let told = false; !told; ) {
		const before = slow.events.length;
		const last = await answer(heed);
		await slow.until(() => slow.events.length > before);
		told = slow.answers.some((a) => a.id === last);
	}
	assert.deepEqual(quick.answers.slice(0, 1000).map((a) => a.id), ids);
	quick.close();
	slow.close();
});

test("ends its streams in good order when it is told to stop", async (t) => {
	const heed = await start(t);
	await survey(heed);
	const all = [];
	for (let i = 0; i < 10; i++) all.push(await watch(heed));
	await answer(heed);
	const end = await heed.halt("SIGTERM");
	assert.deepEqual(end, { code: 0, signal: null });
	for (const w of all) {
		await w.untilEnd();
		assert.ok(w.reply.complete, "the stream ends, and is not cut off");
	}
});

test("a transaction that is held before its COMMIT while others pass is seen once, in its place", {
	skip: !onPostgres && "PostgreSQL alone has two writers",
}, async (t) => {
	const heed = await start(t);
	const { id: shop } = await survey(heed);
	await answer(heed);
	const template = (await heed.get("/api/v1/responses")).json.responses[0];
	const workspace = (await heed.get("/api/v1/me")).json.workspace.id;
	const w = await watch(heed);
	const psql = spawn("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", heed.env.HEED_DATABASE], {
		stdio: ["pipe", "pipe", "inherit"],
	});
	const held = "7";
	psql.stdin.write(`BEGIN;
		INSERT INTO workspace_rev (workspace_id, rev) VALUES (${workspace}, 0)
			ON CONFLICT (workspace_id) DO UPDATE SET rev = workspace_rev.rev;
		INSERT INTO response SELECT (r).* FROM (SELECT r FROM response r WHERE id = ${template.id}) x WHERE false;
		CREATE TEMP TABLE copied AS SELECT * FROM response WHERE workspace_id = ${workspace} AND id = ${template.id};
		UPDATE copied SET id = ${held};
		INSERT INTO response SELECT * FROM copied;
		UPDATE workspace_rev SET rev = rev + 1 WHERE workspace_id = ${workspace};
		INSERT INTO change SELECT workspace_id, rev, 1, 12, ${held} FROM workspace_rev WHERE workspace_id = ${workspace};
		SELECT 'held';\n`);
	await new Promise((done) => psql.stdout.once("data", done));
	/* Those of this workspace wait their turn for the next rev; others pass. */
	heed.mustRun("init", "--workspace", "Other", "--email", "o@example.com", "--password-stdin", {
		input: "a long enough one\n",
	});
	const key = heed.mustRun("key", "create", "--workspace", "Other", "--scope", "admin");
	await survey(heed, "shop", key);
	await answer(heed, {}, key);
	const waiting = answer(heed, { comment: "behind it" });
	psql.stdin.end("COMMIT;\n");
	const behind = await waiting;
	await w.until(() => w.answers.length === 2);
	const last = await answer(heed);
	await w.until(() => w.answers.length === 3);
	assert.deepEqual(w.answers.map((a) => a.id), [held, behind, last]);
	assert.equal(w.answers[0].survey_id, shop);
	w.close();
});
