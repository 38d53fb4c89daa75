// The command line as people type it: contracts, exit codes, and work beside a running server.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { ask, command, EMAIL, freePort, freshData, mustRun, PASSWORD, program, serve, start } from "../http/harness.mjs";

function fresh(t) {
	const data = freshData();
	t.after(() => data.remove());
	return data;
}
const bare = (...args) => spawnSync(program, args, { encoding: "utf8" });
const init = (data, ...more) => mustRun(data, "init", "--workspace", "Acme", "--email", "a@example.com", ...more);

test("help is there for the program and for every command", () => {
	const overview = bare("--help");
	assert.equal(overview.status, 0);
	const names = [...overview.stdout.matchAll(/^ {2}(\w+) {2,}\S/gm)].map((m) => m[1]);
	for (const name of ["serve", "init", "survey", "report", "import", "export", "user", "key", "link", "backup", "restore", "migrate", "config", "doctor", "version"])
		assert.ok(names.includes(name), name);
	for (const name of names) {
		const help = bare(name, "--help");
		assert.equal(help.status, 0, name);
		assert.match(help.stdout, new RegExp(`^Usage: heed ${name} `), name);
		assert.match(help.stdout, /\nExit codes:\n/, name);
		assert.equal(bare("help", name).stdout, help.stdout);
	}
	assert.equal(bare().status, 2);
	assert.match(bare("--version").stdout, /^heed \d+\.\d+\.\d+\n$/);
});

test("a command or option that is not there is answered with what was meant", () => {
	const noCommand = bare("sevre");
	assert.equal(noCommand.status, 2);
	assert.equal(noCommand.stderr, 'heed: there is no command "sevre"; did you mean serve?\n');
	const noOption = bare("serve", "--lisen", ":1");
	assert.equal(noOption.status, 2);
	assert.match(noOption.stderr, /did you mean --listen\?/);
});

test("init makes a workspace, and touches nothing that exists", (t) => {
	const data = fresh(t);
	init(data, "--password-stdin", { input: "correct horse\n" });
	const before = mustRun(data, "user", "list");
	const again = command(data, "init", "--workspace", "ACME", "--email", "b@example.com");
	assert.equal(again.status, 5);
	assert.match(again.stderr, /there is a workspace "ACME" already/);
	const known = command(data, "init", "--workspace", "Other", "--email", "A@EXAMPLE.com", "--password-stdin", { input: "another horse\n" });
	assert.equal(known.status, 5);
	assert.match(known.stderr, /is a user already/);
	assert.equal(mustRun(data, "user", "list"), before);
	mustRun(data, "init", "--workspace", "Second", "--email", "A@EXAMPLE.com");
	assert.match(mustRun(data, "user", "list", "--workspace", "second"), /^owner .* a@example\.com$/m);
});

test("what a command says to type next works as it stands", (t) => {
	const data = fresh(t);
	const workspace = `Müller's "Best" $HOME`;
	const typed = (line, more = "") =>
		spawnSync("sh", ["-c", `${line.replace(/^heed/, '"$0"')}${more}`, program], { encoding: "utf8", env: data.env });
	const made = mustRun(data, "init", "--workspace", workspace, "--email", "a@example.com");
	init(data);
	const link = typed(/^To sign in: (.*)$/m.exec(made)[1], " --print");
	assert.match(link.stdout, /^http:.*\/login\//, link.stderr);
	const file = join(data.dir, "answers.csv");
	writeFileSync(file, "email,score\nb@example.com,9\n");
	const said = mustRun(data, "import", file, "--survey", "new", "--workspace", workspace);
	assert.match(said, /^date {9}in no column/m);
	const undone = typed(/take it back with: (.*)$/m.exec(said)[1]);
	assert.equal(undone.status, 0, undone.stderr);
});

test("init refuses what cannot be a workspace, an owner or a password", (t) => {
	const data = fresh(t);
	const refused = (...args) => {
		const run = command(data, "init", ...args);
		assert.equal(run.status, 2, args.join(" "));
		return run.stderr;
	};
	assert.match(refused("--workspace", "A"), /--email is needed/);
	assert.match(refused("--workspace", "A", "--email", "nobody"), /no email address/);
	assert.match(refused("--workspace", "", "--email", "a@example.com"), /--workspace is needed/);
	assert.match(refused("--workspace", "A", "--email", "a@example.com", "--time-zone", "Mars"), /time-zone/);
	assert.match(refused("--workspace", "A", "--email", "a@example.com", "--password-stdin", { input: "short\n" }), /at least 8/);
	assert.match(refused("--workspace", "A", "--email", "a@example.com", "--password-stdin", { input: "" }), /no password/);
	assert.equal(command(data, "key", "list").status, 4);
});

test("without data a command says how to begin", (t) => {
	const data = fresh(t);
	const run = command(data, "key", "create", "--scope", "admin");
	assert.equal(run.status, 4);
	assert.match(run.stderr, /heed init/);
});

test("key create prints the key alone, and the data is for its owner's eyes", (t) => {
	const data = fresh(t);
	init(data);
	const run = command(data, "key", "create", "--workspace", "acme", "--scope", "admin");
	assert.equal(run.status, 0);
	assert.match(run.stdout, /^hk_[\w-]{38}\n$/);
	assert.equal(run.stderr, "");
	assert.equal(command(data, "key", "create", "--workspace", "acme", "--scope", "root").status, 2);
	assert.equal(command(data, "key", "create", "--workspace", "nobody", "--scope", "read").status, 4);
	assert.equal(statSync(data.data).mode & 0o777, 0o700);
});

test("with one workspace its name need not be said, with two it must", (t) => {
	const data = fresh(t);
	init(data);
	mustRun(data, "key", "list");
	mustRun(data, "init", "--workspace", "Second", "--email", "b@example.com");
	const run = command(data, "key", "list");
	assert.equal(run.status, 2);
	assert.match(run.stderr, /say which with --workspace/);
	mustRun(data, "key", "list", "--workspace", "second");
});

test("a survey goes from a file through its states, and comes out as it went in", (t) => {
	const data = fresh(t);
	init(data);
	const file = join(data.dir, "survey.json");
	writeFileSync(file, JSON.stringify({ name: "All customers", brand: "acme", definition: {} }));
	assert.match(mustRun(data, "survey", "create", file), /^all-customers is draft, version 1: http:\/\/localhost:8080\/s\/all-customers$/);
	assert.match(mustRun(data, "survey", "publish", "all-customers"), / is live/);
	assert.match(mustRun(data, "survey", "pause", "all-customers"), / is paused/);
	assert.match(mustRun(data, "survey", "resume", "all-customers"), / is live/);
	assert.match(mustRun(data, "survey", "pause", "all-customers"), / is paused/);
	assert.match(mustRun(data, "survey", "close", "all-customers"), / is closed/);
	const shown = mustRun(data, "survey", "show", "all-customers");
	assert.equal(JSON.parse(shown).name, "All customers");
	mustRun(data, "survey", "update", "all-customers", "-", { input: shown });
	assert.equal(mustRun(data, "survey", "show", "all-customers"), shown);
	const bad = command(data, "survey", "create", "-", { input: '{"name": "X", "kind": "other"}' });
	assert.equal(bad.status, 2);
	assert.match(bad.stderr, /\/kind/);
	assert.equal(command(data, "survey", "publish", "nothing").status, 4);
});

test("personal links carry the address of the server that runs", async (t) => {
	const heed = await start(t);
	heed.mustRun("survey", "create", "-", { input: '{"name": "S", "state": "live"}' });
	const link = heed.mustRun("link", "--survey", "s", "--email", "bob@example.com", "--expires", "10");
	assert.ok(link.startsWith(`${heed.url}/r/`), link);
	assert.equal((await heed.get(new URL(link).pathname, { key: null })).status, 200);
	assert.equal(heed.command("link", "--survey", "none").status, 2);
	assert.equal(heed.command("link", "--survey", "s", "--expires", "0").status, 2);
});

test("a login link goes to a terminal only, unless one insists", (t) => {
	const data = fresh(t);
	init(data);
	const piped = command(data, "user", "link", "a@example.com");
	assert.equal(piped.status, 3);
	assert.equal(piped.stdout, "");
	assert.match(mustRun(data, "user", "link", "a@example.com", "--print"), /\/login\/[\w-]{43}$/);
	assert.equal(command(data, "user", "link", "nobody@example.com", "--print").status, 4);
});

test("the last owner cannot be made less", (t) => {
	const data = fresh(t);
	init(data);
	const run = command(data, "user", "role", "a@example.com", "--role", "viewer");
	assert.equal(run.status, 5);
	assert.match(run.stderr, /needs an owner/);
});

test("a second server on the same data refuses and names the first", async (t) => {
	const heed = await start(t);
	const second = heed.command("serve", "--listen", "127.0.0.1:0");
	assert.equal(second.status, 6);
	assert.match(second.stderr, new RegExp(`process ${heed.pid}\\b`));
	assert.equal((await heed.get("/healthz", { key: null })).status, 200);
	assert.equal(heed.command("migrate").status, 6);
});

test("a port that is taken is said in words", async (t) => {
	const data = fresh(t);
	const other = createServer().listen(0, "127.0.0.1");
	await new Promise((ready) => other.on("listening", ready));
	t.after(() => other.close());
	const run = command(data, "serve", "--listen", `127.0.0.1:${other.address().port}`);
	assert.equal(run.status, 6);
	assert.match(run.stderr, /is taken by another program/);
});

test("SIGTERM and Ctrl-C end the server in peace", async (t) => {
	for (const signal of ["SIGTERM", "SIGINT"]) {
		const data = fresh(t);
		const heed = await serve(data);
		assert.deepEqual(await heed.halt(signal), { code: 0, signal: null });
	}
});

test("the demo is made once and left alone afterwards", async (t) => {
	const data = fresh(t);
	let heed = await serve(data, { args: ["--demo", "--print-login-link"] });
	assert.match(heed.stdout, /once: http:\/\/localhost:\d+\/login\//);
	mustRun(data, "survey", "create", "-", { input: '{"name": "Mine"}' });
	await heed.halt();
	heed = await serve(data, { args: ["--demo"] });
	assert.doesNotMatch(heed.stdout, /login/);
	await heed.halt();
	assert.match(mustRun(data, "survey", "list"), /^mine /m);
	assert.equal(mustRun(data, "survey", "list").split("\n").length, 5);
});

test("config tells where each value came from, and keeps a conninfo to itself", (t) => {
	const data = fresh(t);
	mkdirSync(data.data);
	writeFileSync(join(data.data, "heed.conf"), "# ours\nworkers = 3\n");
	const out = mustRun(data, "config", "--explain", { env: { HEED_DB_LANES: "2", HEED_DATABASE: "host=db password=secret" } });
	assert.match(out, /^workers = 3\n {4}from: .*\/heed\.conf$/m);
	assert.match(out, /^db_lanes = 2\n {4}from: environment, HEED_DB_LANES$/m);
	assert.match(out, /^data = .*\n {4}from: command line, --data$/m);
	assert.match(out, /^listen = 127\.0\.0\.1:8080\n {4}from: default$/m);
	assert.doesNotMatch(out, /secret/);
	writeFileSync(join(data.data, "heed.conf"), "worker = 3\n");
	const bad = command(data, "config");
	assert.equal(bad.status, 2);
	assert.match(bad.stderr, /heed\.conf:1: there is no setting "worker"; did you mean workers\?/);
});

test("doctor finds nothing on good data, and says what is wrong on bad", (t) => {
	const data = fresh(t);
	init(data);
	const good = command(data, "doctor", "--listen", "127.0.0.1:0");
	assert.equal(good.status, 0, good.stdout);
	assert.doesNotMatch(good.stdout, /TROUBLE/);
	const bad = command(data, "doctor", "--listen", "nowhere", "--public-url", "http://nps.example.com");
	assert.equal(bad.status, 1);
	assert.match(bad.stdout, /^TROUBLE +port/m);
	assert.match(bad.stdout, /^TROUBLE +public URL .*not https/m);
});

test("doctor walks to the public address, whoever set it", async (t) => {
	const data = fresh(t);
	init(data);
	const told = (url) => command(data, "doctor", "--listen", "127.0.0.1:0", "--public-url", url);
	const unknown = told("https://heed.invalid");
	assert.equal(unknown.status, 1);
	assert.match(unknown.stdout, /^TROUBLE +public URL .*no address is known for heed\.invalid/m);
	const silent = told(`https://127.0.0.1:${await freePort()}`);
	assert.match(silent.stdout, /^TROUBLE +public URL .*does not answer on port/m);
	const heed = await start(t);
	const plain = told(heed.url.replace("http:", "https:"));
	assert.match(plain.stdout, /^TROUBLE +public URL .*speaks no https/m);
	const cookie = await heed.signIn();
	const ours = { cookie, headers: { "X-Heed": "1", Origin: heed.url } };
	const set = await heed.ask("PATCH", "/api/v1/server", { public_url: "https://stored.invalid" }, ours);
	assert.equal(set.status, 200, set.text);
	const stored = heed.command("doctor", "--listen", "127.0.0.1:0");
	assert.match(stored.stdout, /^TROUBLE +public URL .*stored\.invalid/m);
});

test("over plain http on a public name nobody can sign in, and the server says so", async (t) => {
	const port = await freePort();
	const heed = await start(t, { listen: `127.0.0.1:${port}`, env: { HEED_PUBLIC_URL: "http://nps.example.com" } });
	assert.match(heed.stdout, /Nobody can sign in/);
	const r = await ask(`http://127.0.0.1:${port}`, "POST", "/api/v1/session", {
		headers: { Host: "nps.example.com", "Content-Type": "application/json" },
		body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
	});
	assert.equal(r.status, 403);
	assert.match(r.json.detail, /needs https/);
});
