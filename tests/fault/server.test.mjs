// tests/fault/server.test.mjs - the gate of the product at its front door: power cut, full disk, SIGTERM, and the
// command line beside a busy server. What was acknowledged over HTTP is stored, once.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
// ROUNDS (5; 100 for acceptance) says how often the power is cut.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { EMAIL, freshData, mustRun, onPostgres, PASSWORD, program, serve, WORKSPACE } from "../http/harness.mjs";
import { compare, Posters, stored } from "./load.mjs";

const shims = resolve(process.env.HEED_SHIMS ?? "build/gcc-release/tests/fault");
const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = (n) => new Promise((wake) => setTimeout(wake, n * 1000));
const skip = onPostgres && "a file of SQLite's is what breaks here";

/** Workspace, key and live survey "gate"; no server yet. */
function prepared(t) {
	const fresh = freshData();
	t.after(() => fresh.remove());
	mustRun(fresh, "init", "--workspace", WORKSPACE, "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const key = mustRun(fresh, "key", "create", "--workspace", WORKSPACE, "--scope", "admin");
	const survey = JSON.stringify({ name: "Gate", slug: "gate" });
	mustRun(fresh, "survey", "create", "-", "--workspace", WORKSPACE, { input: survey });
	mustRun(fresh, "survey", "publish", "gate", "--workspace", WORKSPACE);
	return { fresh, key };
}

async function serving(fresh, key, options) {
	const heed = await serve(fresh, options);
	heed.key = key;
	return heed;
}

function sqlite(file, sql) {
	const run = spawnSync("sqlite3", [file, sql], { encoding: "utf8" });
	assert.equal(run.status, 0, run.stderr);
	return run.stdout.trim();
}

/** What a machine finds when the power comes back: only what was synced. */
function cutPower(data, shadow) {
	rmSync(data, { recursive: true });
	mkdirSync(data, { mode: 0o700 });
	for (const name of readdirSync(join(shadow, "names"))) {
		const to = join(data, name.replaceAll("%", "/"));
		mkdirSync(join(to, ".."), { recursive: true });
		copyFileSync(join(shadow, "names", name), to);
	}
	rmSync(shadow, { recursive: true });
}

test(`after ${rounds} power cuts at 64 connections nothing acknowledged is lost or doubled`, { skip }, async (t) => {
	let fresh, key, acknowledged;
	let promised = 0;
	for (let round = 0; round < rounds; round++) {
		if (round % 10 === 0) {
			/* Ten cuts to one file; then a new one, for reading all of it each time takes ever longer. */
			({ fresh, key } = prepared(t));
			acknowledged = new Set();
		}
		const shadow = join(fresh.dir, "shadow");
		mkdirSync(shadow);
		const heed = await serving(fresh, key, {
			env: {
				LD_PRELOAD: join(shims, "shim_powercut.so"),
				HEED_SHIM_DIR: fresh.data,
				HEED_SHIM_SHADOW: shadow,
				HEED_SHIM_EARLY: "30",
			},
		});
		const posters = new Posters(heed);
		await posters.until(51);
		/* At another moment each time, spread by the golden section. */
		await seconds(((round * 0.618) % 1) * 0.6);
		await heed.halt("SIGKILL");
		await posters.stop();
		assert.ok(posters.acknowledged.size > 50, `round ${round}: only ${posters.acknowledged.size} acknowledged`);
		for (const name of posters.acknowledged) acknowledged.add(name);
		promised += posters.acknowledged.size;
		cutPower(fresh.data, shadow);
		assert.equal(sqlite(join(fresh.data, "heed.db"), "PRAGMA integrity_check"), "ok", `round ${round}`);
		const result = compare(acknowledged, stored({ mustRun: (...args) => mustRun(fresh, ...args) }));
		assert.deepEqual(result, { lost: 0, doubled: 0 }, `round ${round}`);
	}
	t.diagnostic(`${promised} acknowledged in ${rounds} rounds`);
});

test("a full disk under 64 posters is a 503 that passes, and reads go on", { skip }, async (t) => {
	const { fresh, key } = prepared(t);
	const flag = join(fresh.dir, "full");
	const heed = await serving(fresh, key, {
		env: { LD_PRELOAD: join(shims, "shim_full.so"), HEED_SHIM_DIR: fresh.data, HEED_SHIM_FLAG: flag },
	});
	t.after(() => heed.halt());
	const posters = new Posters(heed);
	await posters.until(51);
	writeFileSync(flag, "");
	let unready = false;
	const least = Date.now() + 3000;
	while (!unready || Date.now() < least) {
		const [page, ready] = [await heed.get("/s/gate", { key: null }), await heed.get("/readyz", { key: null })];
		assert.equal(page.status, 200, "pages are read while the disk is full");
		unready ||= ready.status === 503;
		await seconds(0.1);
	}
	assert.ok(posters.statuses.get(503) > 0, "posters are told 503");
	rmSync(flag);
	const went = Date.now();
	while ((await heed.get("/readyz", { key: null })).status !== 200) {
		assert.ok(Date.now() - went < 60_000, "ready again by itself");
		await seconds(0.05);
	}
	t.diagnostic(`ready again after ${Date.now() - went} ms`);
	await posters.until(posters.acknowledged.size + 51); // answers are taken before and after
	await posters.stop();
	assert.deepEqual([...posters.statuses.keys()].filter((s) => ![200, 201, 503].includes(s)), []);
	assert.equal(posters.broken, 0, "no restart");
	assert.deepEqual(compare(posters.acknowledged, stored(heed)), { lost: 0, doubled: 0 });
});

test("SIGTERM with 64 posts, a half-sent upload and a stalled export in flight ends with 0 and loses nothing", async (t) => {
	const { fresh, key } = prepared(t);
	const heed = await serving(fresh, key, { args: ["--demo"] });
	const url = new URL(heed.url);
	const posters = new Posters(heed);
	await posters.until(51);
	const upload = connect(Number(url.port), "127.0.0.1");
	upload.on("error", () => {});
	upload.write(`PUT /api/v1/brands/1/logo HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${key}\r\nContent-Length: 100000\r\n\r\nhalf`);
	const head = { Host: url.host, Authorization: `Bearer ${key}` };
	const stalled = request({ host: "127.0.0.1", port: url.port, path: "/api/v1/responses/export?format=csv", headers: head });
	stalled.on("response", (reply) => reply.pause());
	stalled.on("error", () => {});
	stalled.end();
	await seconds(0.3);
	const began = Date.now();
	const end = await heed.halt("SIGTERM");
	const took = Date.now() - began;
	await posters.stop();
	upload.destroy();
	stalled.destroy();
	assert.deepEqual(end, { code: 0, signal: null });
	assert.ok(took < 60_000, `${took} ms`);
	const result = compare(posters.acknowledged, stored({ mustRun: (...args) => mustRun(fresh, ...args) }));
	assert.deepEqual(result, { lost: 0, doubled: 0 });
	t.diagnostic(`ended in ${took} ms, ${posters.acknowledged.size} acknowledged`);
});

test("import, keys and backup beside a server that takes 500 answers a second", async (t) => {
	const { fresh, key } = prepared(t);
	const heed = await serving(fresh, key);
	t.after(() => heed.halt());
	const file = join(fresh.dir, "old.csv");
	const rows = ["score,comment,email,date"];
	for (let i = 0; i < 100_000; i++)
		rows.push(`${i % 11},Comment ${i},old${i % 30_000}@example.com,2025-${String((i % 12) + 1).padStart(2, "0")}-15`);
	writeFileSync(file, rows.join("\n"));
	const posters = new Posters(heed, { rate: 500 });
	await seconds(1);
	let wal = 0;
	const watch = setInterval(() => {
		try {
			wal = Math.max(wal, statSync(join(fresh.data, "heed.db-wal")).size);
		} catch {}
	}, 50);
	const run = (...args) =>
		new Promise((done) => {
			const child = spawn(program, [...args, "--data", fresh.data], { env: fresh.env });
			let out = "";
			child.stdout.on("data", (part) => (out += part));
			child.stderr.on("data", (part) => (out += part));
			child.on("exit", (code) => done({ code, out: out.trim() }));
		});
	const began = Date.now();
	const [imported, made, backed] = await Promise.all([
		run("import", file, "--workspace", WORKSPACE, "--survey", "old"),
		seconds(0.5).then(() => run("key", "create", "--workspace", WORKSPACE, "--scope", "read")),
		seconds(1).then(() => run("backup", join(fresh.dir, "b.db"))),
	]);
	const took = Date.now() - began;
	assert.equal(imported.code, 0, imported.out);
	assert.equal(backed.code, 0, backed.out);
	assert.equal(made.code, 0, made.out);
	assert.equal((await heed.get("/api/v1/surveys", { key: made.out })).status, 200, "the key works at once");
	const figures = await heed.get("/api/v1/insights/nps?survey=old");
	assert.equal(figures.json.parts[0].figure.responses, 100_000, "the report shows the import without a restart");
	await seconds(0.5);
	await posters.stop();
	clearInterval(watch);
	assert.deepEqual([...posters.statuses.keys()].filter((s) => s >= 300), [], "no refusal, no 5xx");
	assert.equal(posters.broken, 0);
	if (!onPostgres) assert.ok(wal < 128 << 20, `the log grew to ${wal} bytes`);
	t.diagnostic(
		`import of 100,000 rows in ${took} ms; log at most ${(wal / 1048576).toFixed(0)} MiB; acknowledgements p50 ${posters.percentile(0.5).toFixed(1)} ms, p99 ${posters.percentile(0.99).toFixed(1)} ms`,
	);
	assert.deepEqual(compare(posters.acknowledged, stored(heed)), { lost: 0, doubled: 0 });

	/* The backup is a whole state of some moment: it restores, and its report equals plain SQL on it. */
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "restore", join(fresh.dir, "b.db"));
	const [count, sum] = sqlite(
		join(fresh.dir, "b.db"),
		"SELECT count(*), sum((r.score >= 9) - (r.score <= 6)) FROM response r JOIN survey s ON s.workspace_id = r.workspace_id AND s.id = r.survey_id WHERE s.slug = 'gate' AND r.state IN (1, 2) AND r.score IS NOT NULL",
	)
		.split("|")
		.map(Number);
	const report = JSON.parse(mustRun(other, "report", "--workspace", WORKSPACE, "--survey", "gate", "--json"));
	assert.equal(report.responses, count);
	assert.ok(Math.abs(report.nps - (100 * sum) / count) < 0.06);
});
