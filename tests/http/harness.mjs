// tests/http/harness.mjs - a real Heed for a test: its own data directory, a free port, a workspace and a key.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const heed = await start(t);                      ends with the test, or: await heed.stop()
//	const r = await heed.get("/api/v1/me");           { status, headers, text, json } with the admin key
//	const out = heed.command("key", "list");          { status, stdout, stderr }, on the same data
//
// HEED_BIN names the program (build/heed). With HEED_TEST_POSTGRES, the conninfo of a server where databases may be
// made, each Heed gets a database of its own there.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { checkReply } from "./validate.mjs";

export const program = resolve(process.env.HEED_BIN ?? "build/heed");
const server = process.env.HEED_TEST_POSTGRES ?? "";
export const onPostgres = server !== "";

export const WORKSPACE = "Acme";
export const EMAIL = "owner@example.com";
export const PASSWORD = "correct horse";

/** The environment of a Heed under test: nothing of the developer's own settings. */
function environment(more = {}) {
	const env = { ...process.env };
	for (const name of Object.keys(env)) if (name.startsWith("HEED_")) delete env[name];
	return { ...env, ...more };
}

function psql(sql) {
	const run = spawnSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", server, "-c", sql], { encoding: "utf8" });
	if (run.status !== 0) throw new Error(`psql: ${run.error ?? run.stderr}`);
}

function conninfo(name) {
	if (!/^postgres(ql)?:\/\//.test(server)) return `${server} dbname=${name}`;
	const url = new URL(server);
	url.pathname = `/${name}`;
	return url.href;
}

/** A folder, and a database where PostgreSQL is asked for. remove() takes both away. */
export function freshData(engine = onPostgres ? "postgres" : "sqlite") {
	const dir = mkdtempSync(join(tmpdir(), "heed-test-"));
	const data = join(dir, "data");
	if (engine === "sqlite")
		return { data, dir, env: environment(), remove: () => rmSync(dir, { recursive: true, force: true }) };
	const name = `heed_test_${randomBytes(6).toString("hex")}`;
	psql(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
	return {
		data,
		dir,
		env: environment({ HEED_DATABASE: conninfo(name) }),
		remove: () => {
			rmSync(dir, { recursive: true, force: true });
			psql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		},
	};
}

/** Runs `heed NAME ...` on the data to its end. The last argument may be { input, env, cwd, timeout }. */
export function command(fresh, ...args) {
	const options = typeof args.at(-1) === "object" ? args.pop() : {};
	const run = spawnSync(program, [...args, "--data", fresh.data], {
		encoding: "utf8",
		maxBuffer: 1 << 30,
		timeout: options.timeout ?? 120_000,
		input: options.input ?? "",
		cwd: options.cwd,
		env: { ...fresh.env, ...options.env },
	});
	if (run.error) throw run.error;
	return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** The same, and a failure fails the test. Gives what it printed, without the line end. */
export function mustRun(fresh, ...args) {
	const run = command(fresh, ...args);
	if (run.status !== 0) throw new Error(`heed ${args.join(" ")}: exit ${run.status}: ${run.stderr}`);
	return run.stdout.replace(/\n$/, "");
}

/** One request over its own connection unless `agent` says otherwise. Header values may be arrays. */
export function ask(base, method, path, { headers = {}, body, agent } = {}) {
	const url = new URL(base);
	return new Promise((done, failed) => {
		const rq = request(
			{
				host: url.hostname === "localhost" ? "127.0.0.1" : url.hostname,
				port: url.port,
				method,
				path,
				agent: agent ?? false,
				headers: { Host: url.host, ...headers },
			},
			(reply) => {
				const parts = [];
				let over = false;
				/* Of a stream without an end, the first event. */
				const endless = /^text\/event-stream/.test(reply.headers["content-type"] ?? "");
				const end = () => {
					if (over) return;
					over = true;
					const bytes = Buffer.concat(parts);
					const isJson = /[/+]json/.test(reply.headers["content-type"] ?? "");
					const packed = isJson && reply.headers["content-encoding"] === "gzip";
					const text = (packed ? gunzipSync(bytes) : bytes).toString("utf8");
					let json;
					if (isJson && text) json = JSON.parse(text);
					done({ status: reply.statusCode, headers: reply.headers, bytes, text, json });
				};
				reply.on("data", (part) => {
					parts.push(part);
					if (!endless || !part.includes("\n\n")) return;
					end();
					reply.destroy();
				});
				reply.on("error", (error) => over || failed(error));
				reply.on("end", end);
			},
		);
		rq.on("error", failed);
		rq.end(body);
	});
}

/** What a call that has to work replies. */
export async function made(promise) {
	const r = await promise;
	assert.ok(r.status < 300, `${r.status} ${r.text}`);
	return r.json;
}

/** Asks until what it says is so; two minutes in vain are an error that tells what it said last. */
export async function until(ask, isSo) {
	for (const end = Date.now() + 120_000; ; ) {
		const said = await ask();
		if (isSo(said)) return said;
		if (Date.now() > end) throw new Error(`waited in vain; the last was ${JSON.stringify(said)}`);
		await new Promise((wake) => setTimeout(wake, 20));
	}
}

/** A port that nobody listens on just now, for servers whose public URL does not tell it. */
export function freePort() {
	return new Promise((found) => {
		const probe = createServer().listen(0, "127.0.0.1", () => {
			const { port } = probe.address();
			probe.close(() => found(port));
		});
	});
}

class Heed {
	constructor(fresh, child) {
		Object.assign(this, fresh);
		this.child = child;
		this.stdout = "";
		this.stderr = "";
		this.key = null;
		child.stdout.on("data", (part) => (this.stdout += part));
		child.stderr.on("data", (part) => (this.stderr += part));
		this.ended = new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
	}

	get pid() {
		return this.child.pid;
	}

	/** Waits for "Heed is ready at URL". */
	async ready() {
		const deadline = Date.now() + 60_000;
		let over = null;
		this.ended.then((end) => (over = end));
		for (;;) {
			const found = /^Heed is ready at (\S+)$/m.exec(this.stdout);
			if (found) {
				this.url = found[1];
				return this;
			}
			if (over || Date.now() > deadline)
				throw new Error(`heed serve did not start (${JSON.stringify(over)}): ${this.stdout}${this.stderr}`);
			await new Promise((wake) => setTimeout(wake, 5));
		}
	}

	/**
	 * Any request; `body` that is an object goes as JSON, the admin key unless { key: null } or a cookie is given. The
	 * reply is held against the API's description.
	 */
	async ask(method, path, body, { key = this.key, cookie, headers = {} } = {}) {
		const all = { ...headers };
		if (cookie) all.Cookie = cookie;
		else if (key) all.Authorization = `Bearer ${key}`;
		let sent = body;
		if (body !== undefined && typeof body !== "string" && !Buffer.isBuffer(body)) {
			sent = JSON.stringify(body);
			all["Content-Type"] ??= "application/json";
		}
		if (sent !== undefined) all["Content-Length"] = Buffer.byteLength(sent);
		const reply = await ask(this.url, method, path, { headers: all, body: sent });
		checkReply({ method, path, body: sent }, reply);
		return reply;
	}
	get(path, options) {
		return this.ask("GET", path, undefined, options);
	}
	post(path, body, options) {
		return this.ask("POST", path, body, options);
	}

	/** Signs in by password; gives the cookie's "name=value". */
	async signIn(email = EMAIL, password = PASSWORD) {
		const r = await this.post("/api/v1/session", { email, password }, { key: null });
		if (r.status !== 201) throw new Error(`sign-in: ${r.status} ${r.text}`);
		return r.headers["set-cookie"][0].split(";")[0];
	}

	/** Somebody of that role, who sees what the team does if one is named, and signed in: the options of their calls. */
	async member(email, role, team) {
		const here = ["--workspace", WORKSPACE];
		this.mustRun("user", "add", email, "--role", role, ...here, "--password-stdin", { input: `${PASSWORD}\n` });
		if (team) this.mustRun("user", "team", email, "--team", team, ...here);
		return { key: null, cookie: await this.signIn(email), headers: { "X-Heed": "1", Origin: this.url } };
	}

	command(...args) {
		return command(this, ...args);
	}
	mustRun(...args) {
		return mustRun(this, ...args);
	}

	/** Ends the server by its own process id; the result is { code, signal }. Keeps the data. */
	async halt(signal = "SIGTERM") {
		if (this.child.exitCode === null && this.child.signalCode === null) process.kill(this.pid, signal);
		return this.ended;
	}
	async stop(signal) {
		const end = await this.halt(signal);
		this.remove();
		return end;
	}
}

/** `heed serve` on data that is there, on a free port; options: { args, env, listen }. */
export async function serve(fresh, { args = [], env = {}, listen = "127.0.0.1:0" } = {}) {
	const child = spawn(program, ["serve", "--data", fresh.data, "--listen", listen, ...args], {
		env: { ...fresh.env, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const heed = new Heed(fresh, child);
	try {
		return await heed.ready();
	} catch (error) {
		await heed.halt("SIGKILL");
		throw error;
	}
}

/** A workspace "Acme" with an owner and an admin key, and the server. With `t` it ends when the test does. */
export async function start(t, options = {}) {
	const fresh = freshData(options.engine);
	let heed;
	try {
		mustRun(fresh, "init", "--workspace", WORKSPACE, "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
		const key = mustRun(fresh, "key", "create", "--workspace", WORKSPACE, "--scope", "admin");
		heed = await serve(fresh, options);
		heed.key = key;
	} catch (error) {
		fresh.remove();
		throw error;
	}
	t?.after(() => heed.stop());
	return heed;
}
