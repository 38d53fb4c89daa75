// SPDX-License-Identifier: AGPL-3.0-or-later
// ./run as its user meets it, on a copy of the program: first and second start, a taken port, Ctrl-C, odd paths.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const home = mkdtempSync(join(tmpdir(), "heed läuft hier "));
after(() => rmSync(home, { recursive: true, force: true }));

async function freePort() {
	const server = createServer();
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address();
	await new Promise((done) => server.close(done));
	return port;
}

// Runs ./run and collects what it says; `until` resolves when it said that, `ended` with its exit code.
function run(...args) {
	return runWith({}, ...args);
}

function runWith(env, ...args) {
	const child = spawn("./run", args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
	after(() => child.kill("SIGKILL"));
	const it = { child, said: "" };
	const waiting = [];
	for (const stream of [child.stdout, child.stderr])
		stream.on("data", (bytes) => {
			it.said += bytes;
			for (const w of waiting) if (w.what.test(it.said)) w.done(it.said);
		});
	it.ended = new Promise((done) => child.on("exit", (code, signal) => done(signal ?? code)));
	it.until = (what) =>
		new Promise((done, failed) => {
			if (what.test(it.said)) done(it.said);
			waiting.push({ what, done });
			it.ended.then((code) => failed(new Error(`./run ended with ${code}: ${it.said}`)));
		});
	return it;
}

test("starts with a demo, prints a login link that works, stops on Ctrl-C, starts again on the same data", async () => {
	const data = join(home, "data");
	const port = await freePort();
	const first = run("--data", data, "--port", String(port));
	const said = await first.until(/\/login\/\S+/);
	const link = said.match(/http:\/\/localhost:\d+\/login\/\S+/)[0];
	assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
	assert.ok((await fetch(link)).status < 400);
	first.child.kill("SIGINT");
	assert.equal(await first.ended, 0);
	assert.ok(existsSync(join(data, "heed.db")));

	const second = run("--data", data, "--port", String(port));
	await second.until(/ready at/);
	second.child.kill("SIGINT");
	assert.equal(await second.ended, 0);
});

test("says in words that the port is taken, and what to do", async () => {
	const server = createServer();
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address();
	const it = run("--data", join(home, "taken"), "--port", String(port));
	assert.notEqual(await it.ended, 0);
	assert.match(it.said, new RegExp(`${port}`));
	assert.match(it.said, /taken|in use|other program/i);
	assert.match(it.said, /--port/);
	server.close();
});

test("takes the folder and the address of the environment, and an address behind the --", async () => {
	const data = join(home, "elsewhere");
	const ports = [await freePort(), await freePort()];
	const first = runWith({ HEED_DATA: data, HEED_LISTEN: `127.0.0.1:${ports[0]}` }, "--no-demo");
	await first.until(new RegExp(`ready at http://localhost:${ports[0]}`));
	assert.ok(existsSync(join(data, "heed.db")));
	first.child.kill("SIGINT");
	assert.equal(await first.ended, 0);

	const second = run("--data", data, "--", "--listen", `127.0.0.1:${ports[1]}`);
	await second.until(new RegExp(`ready at http://localhost:${ports[1]}`));
	second.child.kill("SIGINT");
	assert.equal(await second.ended, 0);

	const third = run("--", "--data", data);
	assert.equal(await third.ended, 2);
	assert.match(third.said, /before the --/);
});

test("refuses what it does not know, by name", async () => {
	const it = run("--prot", "1");
	assert.equal(await it.ended, 2);
	assert.match(it.said, /--prot/);
});
