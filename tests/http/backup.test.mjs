// tests/http/backup.test.mjs - backups and restores by the command line, beside a running server and between engines.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { command, EMAIL, freshData, mustRun, onPostgres, PASSWORD, serve, start, WORKSPACE } from "./harness.mjs";

/** A workspace with a demo beside it, its server ended again: enough rows of every kind. */
async function filled(t) {
	const fresh = freshData();
	t.after(() => fresh.remove());
	mustRun(fresh, "init", "--workspace", WORKSPACE, "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const key = mustRun(fresh, "key", "create", "--workspace", WORKSPACE, "--scope", "admin");
	const heed = await serve(fresh, { args: ["--demo"] });
	const own = { key };
	const { brands } = (await heed.get("/api/v1/brands", own)).json;
	const goal = { kind: "relationship", brand_id: brands[0].id, score: 50, by_day: "2027-06-30" };
	assert.equal((await heed.ask("PUT", "/api/v1/goals", goal, own)).status, 200);
	const shared = await heed.post("/api/v1/shared-views", { name: "Board", what: "board", password: "open sesame" }, own);
	assert.equal(shared.status, 201, shared.text);
	const saved = await heed.post("/api/v1/saved-views", { name: "Lows", path: "/answers?group=detractors", shared: true }, own);
	assert.equal(saved.status, 201, saved.text);
	await heed.halt();
	return { fresh, key };
}

/** SQL on a backup file, by Debian's own sqlite3. */
function sqlite(file, sql) {
	const run = spawnSync("sqlite3", [file, sql], { encoding: "utf8", maxBuffer: 1 << 28 });
	assert.equal(run.status, 0, run.stderr);
	return run.stdout;
}

const tables = ["workspace", "response", "response_history", "person", "identity", "account", "survey", "survey_version", "change", "api_key", "app_user", "team", "membership", "link_key", "goal", "shared_view", "saved_view"];
const contents = (file) => tables.map((t) => sqlite(file, `SELECT * FROM ${t} ORDER BY 1, 2, 3`)).join("\n--\n");

test("a backup restored elsewhere and backed up again holds the same rows", async (t) => {
	const { fresh, key } = await filled(t);
	const first = join(fresh.dir, "first.db");
	const second = join(fresh.dir, "second.db");
	mustRun(fresh, "backup", first);
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "restore", first);
	mustRun(other, "backup", second);
	assert.equal(contents(second), contents(first));
	assert.match(sqlite(first, "SELECT count(*) FROM response"), /^5000/);
	for (const table of ["goal", "shared_view", "saved_view"]) assert.match(sqlite(first, `SELECT count(*) FROM ${table}`), /^1/);
	const heed = await serve(other);
	t.after(() => heed.halt());
	const me = await heed.get("/api/v1/me", { key });
	assert.equal(me.status, 200, "the key of before works on the restored data");
});

test("a backup moves to the other engine and back", { skip: !onPostgres && "needs HEED_TEST_POSTGRES" }, async (t) => {
	const { fresh } = await filled(t);
	const fromServer = join(fresh.dir, "server.db");
	const fromFile = join(fresh.dir, "file.db");
	const again = join(fresh.dir, "again.db");
	mustRun(fresh, "backup", fromServer);
	const file = { ...fresh, data: join(fresh.dir, "embedded"), env: { ...fresh.env, HEED_DATABASE: "" } };
	mustRun(file, "restore", fromServer);
	assert.ok(existsSync(join(file.data, "heed.db")));
	mustRun(file, "backup", fromFile);
	assert.equal(contents(fromFile), contents(fromServer));
	mustRun(fresh, "restore", fromFile);
	mustRun(fresh, "backup", again);
	assert.equal(contents(again), contents(fromServer));
	assert.ok(readdirSync(join(fresh.data, "backups")).some((f) => f.startsWith("before-restore-")), "what was there is kept");
});

test("backs up beside a running server, refuses to restore under it, and keeps what was there", async (t) => {
	const heed = await start(t);
	const file = join(heed.dir, "b.db");
	heed.mustRun("backup", file);
	assert.equal(statSync(file).mode & 0o777, 0o600);
	const again = heed.command("backup", file);
	assert.equal(again.status, 5);
	assert.match(again.stderr, /exists/);
	const refused = heed.command("restore", file);
	assert.notEqual(refused.status, 0);
	assert.match(refused.stderr, /in use by heed serve, process \d+/);
	await heed.halt();
	const restored = heed.mustRun("restore", file);
	assert.match(restored, /is kept in /);
});

test("refuses files that are no backup, are damaged or come from a newer Heed, and changes nothing", async (t) => {
	const { fresh } = await filled(t);
	const good = join(fresh.dir, "good.db");
	mustRun(fresh, "backup", good);
	const before = join(fresh.dir, "before.db");
	const after = join(fresh.dir, "after.db");
	mustRun(fresh, "backup", before);

	const text = join(fresh.dir, "text.db");
	writeFileSync(text, "score,comment\n9,good\n".repeat(400));
	const foreign = join(fresh.dir, "foreign.db");
	sqlite(foreign, "CREATE TABLE response (id INTEGER); INSERT INTO response VALUES (1)");
	const newer = join(fresh.dir, "newer.db");
	copyFileSync(good, newer);
	sqlite(newer, "INSERT INTO schema_version VALUES (9999, 'later', '0', 0)");
	const damaged = join(fresh.dir, "damaged.db");
	copyFileSync(good, damaged);
	const fd = openSync(damaged, "r+");
	for (let page = 20; page < statSync(damaged).size / 4096; page += 7) writeSync(fd, Buffer.alloc(64, 0xa5), 0, 64, page * 4096);
	const binary = join(fresh.dir, "binary.db");
	copyFileSync(good, binary);
	sqlite(binary, "UPDATE response SET comment = CAST(x'ff00fe' AS TEXT) WHERE comment IS NOT NULL");

	for (const [file, word] of [
		[text, /text\.db cannot be restored: it is no backup of Heed/],
		[foreign, /another program/],
		[newer, /newer Heed/],
		[damaged, /damaged/],
		[binary, /not UTF-8/],
		[join(fresh.dir, "missing.db"), /No such file/],
	]) {
		const run = command(fresh, "restore", file);
		assert.notEqual(run.status, 0, `${file} was restored`);
		assert.match(run.stderr, word);
		assert.doesNotMatch(run.stderr, /PRAGMA|backup-copy/);
	}
	mustRun(fresh, "backup", after);
	assert.equal(contents(after), contents(before));
});

test("a hostile backup brings neither tables nor triggers along", async (t) => {
	const { fresh } = await filled(t);
	const file = join(fresh.dir, "hostile.db");
	mustRun(fresh, "backup", file);
	sqlite(file, "CREATE TABLE extra (a); CREATE TRIGGER evil AFTER INSERT ON person BEGIN DELETE FROM response; END;");
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "restore", file);
	const out = join(fresh.dir, "out.db");
	mustRun(other, "backup", out);
	assert.equal(sqlite(out, "SELECT name FROM sqlite_schema WHERE name IN ('extra', 'evil')"), "");
	assert.equal(contents(out), contents(file));
});

test("a restore that was cut off is not mistaken for an empty server", { skip: onPostgres && "SQLite's files" }, async (t) => {
	const { fresh } = await filled(t);
	const file = join(fresh.dir, "b.db");
	mustRun(fresh, "backup", file);
	writeFileSync(join(fresh.data, "heed.db.restoring"), "");
	rmSync(join(fresh.data, "heed.db"));
	await assert.rejects(serve(fresh), /did not finish: run heed restore again/);
	mustRun(fresh, "restore", file);
	const heed = await serve(fresh);
	await heed.halt();
});
