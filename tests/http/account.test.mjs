// Signing in and out, keys, roles and the workspace, over HTTP against the real program.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, EMAIL, freePort, PASSWORD, serve, start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null, { args: ["--print-login-link"] });
});
after(() => heed?.stop());

/** What the dashboard sends with a change. */
const ours = (cookie) => ({ cookie, headers: { "X-Heed": "1", Origin: heed.url } });
const form = (fields) => new URLSearchParams(fields).toString();
const formHeaders = { "Content-Type": "application/x-www-form-urlencoded" };

function signInForm(fields, headers = {}) {
	return heed.post("/login", form(fields), { key: null, headers: { ...formHeaders, ...headers } });
}

function loginLink(email = EMAIL) {
	const url = heed.mustRun("user", "link", email, "--print");
	return new URL(url).pathname;
}

test("a right password gives a session that says who one is", async () => {
	const r = await heed.post("/api/v1/session", { email: " Owner@EXAMPLE.com ", password: PASSWORD }, { key: null });
	assert.equal(r.status, 201);
	assert.equal(r.json.user.email, EMAIL);
	assert.equal(r.json.role, "owner");
	const [cookie] = r.headers["set-cookie"];
	assert.match(cookie, /^heed=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
	const me = await heed.get("/api/v1/me", { cookie: cookie.split(";")[0] });
	assert.equal(me.status, 200);
	assert.equal(me.json.workspace.name, "Acme");
});

test("a wrong password and an unknown address get the same answer", async () => {
	const wrong = await heed.post("/api/v1/session", { email: EMAIL, password: "incorrect" }, { key: null });
	const unknown = await heed.post("/api/v1/session", { email: "no@example.com", password: PASSWORD }, { key: null });
	assert.equal(wrong.status, 401);
	assert.equal(unknown.status, 401);
	assert.equal(wrong.json.detail, unknown.json.detail);
	assert.equal(wrong.headers["set-cookie"], undefined);
});

test("a body with a field too many is refused by its path", async () => {
	const r = await heed.post("/api/v1/session", { email: EMAIL, password: PASSWORD, remember: true }, { key: null });
	assert.equal(r.status, 422);
	assert.match(r.text, /\/remember/);
});

test("signing out ends the session at once and takes the cookie away", async () => {
	const cookie = await heed.signIn();
	const r = await heed.ask("DELETE", "/api/v1/session", undefined, ours(cookie));
	assert.equal(r.status, 204);
	assert.match(r.headers["set-cookie"][0], /^heed=; .*Max-Age=0/);
	assert.equal((await heed.get("/api/v1/me", { cookie })).status, 401);
});

test("a session outlives a restart of the server, and a change by cookie needs our own page", async () => {
	const cookie = await heed.signIn();
	const key = { name: "x", scope: "read" };
	const refusals = [
		{ cookie },
		{ cookie, headers: { "X-Heed": "1" } },
		{ cookie, headers: { Origin: heed.url } },
		{ cookie, headers: { "X-Heed": "1", Origin: "https://evil.example" } },
		{ cookie, headers: { "X-Heed": "1", Origin: "null" } },
		{ cookie, headers: { "X-Heed": "1", "Sec-Fetch-Site": "cross-site" } },
	];
	for (const options of refusals)
		assert.equal((await heed.post("/api/v1/keys", key, options)).status, 403, JSON.stringify(options.headers));
	assert.equal((await heed.post("/api/v1/keys", key, ours(cookie))).status, 201);
	const { key: admin } = heed;
	await heed.halt();
	heed = await serve(heed, { args: ["--print-login-link"] });
	heed.key = admin;
	assert.equal((await heed.get("/api/v1/me", { cookie })).status, 200);
});

test("the sign-in page works without script and keeps what was typed", async () => {
	const page = await heed.get("/login?next=%2Fsurveys%3Fa%3D1", { key: null });
	assert.equal(page.status, 200);
	assert.match(page.text, /name="next" value="\/surveys\?a=1"/);
	assert.doesNotMatch(page.text, /<script/);
	assert.match(page.headers["content-security-policy"], /^default-src 'none'/);
	const wrong = await signInForm({ email: 'a"b@example.com', password: "incorrect", next: "/x" });
	assert.equal(wrong.status, 401);
	assert.match(wrong.text, /role="alert">The email address or the password is wrong/);
	assert.match(wrong.text, /value="a&quot;b@example.com"/);
	const right = await signInForm({ email: EMAIL, password: PASSWORD, next: "/surveys?a=1" });
	assert.equal(right.status, 303);
	assert.equal(right.headers.location, "/surveys?a=1");
	const cookie = right.headers["set-cookie"][0].split(";")[0];
	const again = await heed.get("/login?next=/surveys", { cookie });
	assert.equal(again.status, 303);
	assert.equal(again.headers.location, "/surveys");
});

test("next takes a path of ours and nothing else", async () => {
	for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "evil", "/a\tb"]) {
		const r = await signInForm({ email: EMAIL, password: PASSWORD, next });
		assert.equal(r.status, 303);
		assert.equal(r.headers.location, "/", next);
	}
});

test("another site's page cannot sign somebody in", async () => {
	const fields = { email: EMAIL, password: PASSWORD };
	assert.equal((await signInForm(fields, { Origin: "https://evil.example" })).status, 403);
	assert.equal((await signInForm(fields, { "Sec-Fetch-Site": "cross-site" })).status, 403);
	assert.equal((await signInForm(fields, { Origin: heed.url })).status, 303);
});

test("a login link survives being looked at, works once, and is printed for the owner", async () => {
	const printed = /once: (\S+)/.exec(heed.stdout)[1];
	for (const path of [new URL(printed).pathname, loginLink()]) {
		for (let i = 0; i < 3; i++) {
			const look = await heed.get(path, { key: null });
			assert.equal(look.status, 200);
			assert.equal(look.headers["referrer-policy"], "no-referrer");
			assert.equal(look.headers["cache-control"], "no-store");
			assert.equal(look.headers["x-robots-tag"], "noindex");
			assert.equal(look.headers["set-cookie"], undefined);
		}
		const used = await heed.post(path, "", { key: null, headers: formHeaders });
		assert.equal(used.status, 303);
		const cookie = used.headers["set-cookie"][0].split(";")[0];
		assert.equal((await heed.get("/api/v1/me", { cookie })).json.user.email, EMAIL);
		assert.equal((await heed.post(path, "", { key: null, headers: formHeaders })).status, 410);
		assert.equal((await heed.get(path, { key: null })).status, 410);
	}
	assert.equal((await heed.get(`/login/${"A".repeat(43)}`, { key: null })).status, 410);
	assert.equal((await heed.get("/login/short", { key: null })).status, 410);
});

test("two who use one login link at once: one gets in", async () => {
	const path = loginLink();
	const use = () => heed.post(path, "", { key: null, headers: formHeaders });
	const all = await Promise.all(Array.from({ length: 8 }, use));
	const statuses = all.map((r) => r.status).sort();
	assert.deepEqual(statuses, [303, 410, 410, 410, 410, 410, 410, 410]);
});

test("no login link and no password reaches the log", async () => {
	const path = loginLink();
	await heed.get(path, { key: null });
	await heed.post(path, "", { key: null, headers: formHeaders });
	assert.ok(!heed.stderr.includes(path.split("/").pop()));
	assert.ok(!heed.stderr.includes(PASSWORD));
});

test("a key is shown once, works by its scope, and ends at once", async () => {
	const made = await heed.post("/api/v1/keys", { name: "Shop", scope: "read" });
	assert.equal(made.status, 201);
	assert.match(made.json.key, /^hk_[\w-]{38}$/);
	const { key, id } = made.json;
	assert.equal((await heed.get("/api/v1/workspace", { key })).status, 200);
	assert.equal((await heed.get("/api/v1/keys", { key })).status, 403);
	assert.equal((await heed.post("/api/v1/keys", { name: "More", scope: "admin" }, { key })).status, 403);
	const list = await heed.get("/api/v1/keys");
	assert.ok(list.json.keys.some((k) => k.id === id && k.name === "Shop"));
	assert.ok(!list.text.includes(key));
	assert.equal((await heed.ask("DELETE", `/api/v1/keys/${id}`)).status, 204);
	assert.equal((await heed.get("/api/v1/workspace", { key })).status, 401);
	assert.equal((await heed.ask("DELETE", "/api/v1/keys/1")).status, 404);
	assert.equal((await heed.ask("DELETE", "/api/v1/keys/x")).status, 404);
});

test("a track key reads nothing", async () => {
	const key = heed.mustRun("key", "create", "--scope", "track");
	for (const path of ["/api/v1/me", "/api/v1/workspace", "/api/v1/members", "/api/v1/keys", "/api/v1/audit"])
		assert.equal((await heed.get(path, { key })).status, 403, path);
});

test("keys that are wrong in any way are refused alike", async () => {
	const good = heed.key;
	const other = good.slice(0, -1) + (good.endsWith("A") ? "E" : "A");
	for (const key of [other, good.slice(0, -1), `${good}A`, "hk_", "x"]) {
		const r = await heed.get("/api/v1/me", { key });
		assert.equal(r.status, 401, key);
	}
	const basic = await heed.get("/api/v1/me", { key: null, headers: { Authorization: "Basic YTpi" } });
	assert.equal(basic.status, 401);
});

test("the command line's keys work beside the server, and its revocation too", async () => {
	const key = heed.mustRun("key", "create", "--scope", "admin", "--name", "beside");
	assert.equal((await heed.get("/api/v1/me", { key })).status, 200);
	const id = (await heed.get("/api/v1/me", { key })).json.key.id;
	heed.mustRun("key", "revoke", id);
	assert.equal((await heed.get("/api/v1/me", { key })).status, 401);
});

test("each role may what its row says", async () => {
	const may = { owner: 200, admin: 200, analyst: 403, agent: 403, viewer: 403 };
	for (const [role, status] of Object.entries(may)) {
		const email = `${role}@example.com`;
		if (email !== EMAIL)
			heed.mustRun("user", "add", email, "--role", role, "--password-stdin", { input: `${PASSWORD}\n` });
		const cookie = await heed.signIn(email);
		assert.equal((await heed.get("/api/v1/me", { cookie })).json.role, role);
		assert.equal((await heed.get("/api/v1/members", { cookie })).status, role === "viewer" ? 403 : 200);
		assert.equal((await heed.get("/api/v1/keys", { cookie })).status, status, role);
		const patch = await heed.ask("PATCH", "/api/v1/workspace", { week_start: 1 }, ours(cookie));
		assert.equal(patch.status, status, role);
	}
});

test("a new role counts from the next request on, and disabling ends sessions", async () => {
	heed.mustRun("user", "add", "eve@example.com", "--role", "viewer", "--password-stdin", { input: `${PASSWORD}\n` });
	const cookie = await heed.signIn("eve@example.com");
	assert.equal((await heed.get("/api/v1/keys", { cookie })).status, 403);
	heed.mustRun("user", "role", "eve@example.com", "--role", "admin");
	assert.equal((await heed.get("/api/v1/keys", { cookie })).status, 200);
	heed.mustRun("user", "disable", "eve@example.com");
	assert.equal((await heed.get("/api/v1/keys", { cookie })).status, 401);
	const again = await heed.post("/api/v1/session", { email: "eve@example.com", password: PASSWORD }, { key: null });
	assert.equal(again.status, 401);
});

test("settings of the workspace are changed one by one and checked by their path", async () => {
	const patch = (body) => heed.ask("PATCH", "/api/v1/workspace", body);
	const r = await patch({ time_zone: "Asia/Tokyo", settings: { edit_days: 7 } });
	assert.equal(r.status, 200);
	assert.equal(r.json.time_zone, "Asia/Tokyo");
	assert.deepEqual(r.json.settings, { edit_days: 7, count_only_after_tap: false, frame_ancestors: [], languages: [] });
	await patch({ settings: { frame_ancestors: ["https://www.example.com"] } });
	const now = (await heed.get("/api/v1/workspace")).json;
	assert.deepEqual(now.settings, {
		edit_days: 7,
		count_only_after_tap: false,
		frame_ancestors: ["https://www.example.com"],
		languages: [],
	});
	assert.equal(now.name, "Acme");
	for (const [body, path] of [
		[{ time_zone: "Mars/Base" }, "/time_zone"],
		[{ time_zone: "../../etc/passwd" }, "/time_zone"],
		[{ week_start: 7 }, "/week_start"],
		[{ settings: { edit_days: "7" } }, "/settings/edit_days"],
		[{ settings: { frame_ancestors: ["*"] } }, "/settings/frame_ancestors/0"],
		[{ name: "" }, "/name"],
		[{ colour: "red" }, "/colour"],
	]) {
		const refused = await patch(body);
		assert.equal(refused.status, 422, JSON.stringify(body));
		assert.ok(refused.text.includes(path), refused.text);
	}
});

test("one user goes from one workspace to another, and only to their own", async () => {
	heed.mustRun("init", "--workspace", "Second", "--email", EMAIL);
	heed.mustRun("init", "--workspace", "Foreign", "--email", "else@example.com");
	const ids = (name) => heed.mustRun("key", "create", "--workspace", name, "--scope", "admin");
	const second = (await heed.get("/api/v1/workspace", { key: ids("Second") })).json.id;
	const foreign = (await heed.get("/api/v1/workspace", { key: ids("Foreign") })).json.id;
	const cookie = await heed.signIn();
	const first = (await heed.get("/api/v1/me", { cookie })).json;
	assert.equal(first.workspace.name, "Acme");
	assert.equal(first.workspaces.length, 2);
	const go = (workspace) => heed.ask("PATCH", "/api/v1/session", { workspace }, ours(cookie));
	assert.equal((await go(foreign)).status, 404);
	assert.equal((await go("123")).status, 404);
	assert.equal((await go(second)).status, 204);
	assert.equal((await heed.get("/api/v1/me", { cookie })).json.workspace.name, "Second");
});

test("a browser at a mistyped address is shown a page in its language, and a program the problem", async () => {
	const look = (path, headers) => heed.get(path, { key: null, headers });
	const page = await look("/trends", { Accept: "text/html,*/*;q=0.8", "Accept-Language": "de" });
	assert.deepEqual([page.status, page.headers["content-type"]], [404, "text/html; charset=utf-8"]);
	assert.match(page.text, /<h1>Diese Seite gibt es nicht<\/h1>.*href="\/"/s);
	assert.equal((await look("/trends", { Accept: "*/*" })).json.type, "urn:heed:problem:not-found");
	assert.equal((await look("/api/v1/nothing", { Accept: "text/html" })).headers["content-type"], "application/problem+json");
});

test("the audit log names who did what, and no secret", async () => {
	const made = await heed.post("/api/v1/keys", { name: "Audited", scope: "write" });
	const log = await heed.get("/api/v1/audit");
	assert.equal(log.status, 200);
	const entry = log.json.entries.find((e) => e.subject === "Audited");
	assert.equal(entry.action, "key.create");
	assert.equal(entry.actor, "key command line");
	assert.ok(log.json.entries.some((e) => e.action === "session.create" && e.actor === EMAIL));
	assert.ok(!log.text.includes(made.json.key));
});

test("guessing is throttled by address, and nobody else is locked out by it", async (t) => {
	const guarded = await start(t, { env: { HEED_TRUSTED_PROXIES: "127.0.0.1" } });
	const from = (address, password) =>
		guarded.post("/api/v1/session", { email: EMAIL, password }, { key: null, headers: { "X-Forwarded-For": address } });
	let throttled = null;
	for (let i = 0; i < 200 && !throttled; i++) {
		const r = await from("203.0.113.7", `wrong ${i}`);
		if (r.status === 429) throttled = r;
		else assert.equal(r.status, 401);
	}
	assert.ok(throttled, "200 guesses in a row were let through");
	assert.ok(Number(throttled.headers["retry-after"]) >= 1);
	assert.equal((await from("203.0.113.7", PASSWORD)).status, 429);
	assert.equal((await from("198.51.100.9", PASSWORD)).status, 201);
});

test("behind https the cookie is bound to this host and to https, and other hosts are turned away", async (t) => {
	const port = await freePort();
	const env = { HEED_PUBLIC_URL: "https://nps.example.com/" };
	const secure = await start(t, { listen: `127.0.0.1:${port}`, env });
	assert.equal(secure.url, "https://nps.example.com");
	const local = (method, path, options) => ask(`http://127.0.0.1:${port}`, method, path, options);
	const host = { Host: "nps.example.com" };
	const body = JSON.stringify({ email: EMAIL, password: PASSWORD });
	const json = { ...host, "Content-Type": "application/json" };
	const r = await local("POST", "/api/v1/session", { headers: { ...json, Origin: "https://nps.example.com" }, body });
	assert.equal(r.status, 201);
	const [cookie] = r.headers["set-cookie"];
	assert.match(cookie, /^__Host-heed=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
	const session = cookie.split(";")[0];
	assert.equal((await local("GET", "/api/v1/me", { headers: { ...host, Cookie: session } })).status, 200);
	const plain = session.replace("__Host-heed", "heed");
	assert.equal((await local("GET", "/api/v1/me", { headers: { ...host, Cookie: plain } })).status, 401);
	assert.equal((await local("POST", "/api/v1/session", { headers: { ...json, Origin: "http://nps.example.com" }, body })).status, 403);
	assert.equal((await local("GET", "/login", { headers: { Host: "evil.example" } })).status, 421);
});
