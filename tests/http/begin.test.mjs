// The first start: a workspace made in the browser, its own one beside the demo, and the address that links use.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { until } from "../browser/kit.mjs";
import { ask, freePort, freshData, mustRun, PASSWORD, serve, start } from "./harness.mjs";

const form = (heed, path, fields, options = {}) =>
	heed.post(path, new URLSearchParams(fields).toString(), {
		key: null,
		...options,
		headers: { "Content-Type": "application/x-www-form-urlencoded", ...options.headers },
	});
const cookieOf = (r) => r.headers["set-cookie"].map((c) => c.split(";")[0]).find((c) => /^(__Host-)?heed=/.test(c));
const fields = { workspace: 'Müller & Söhne "Best" <b>', name: "Ann", email: "ann@example.com", password: PASSWORD };

/** Answers, people and workspaces in a backup. */
function rowsOf(file) {
	const count = (table) => `(SELECT COUNT(*) FROM ${table})`;
	const sql = `SELECT ${count("response")} || ' ' || ${count("person")} || ' ' || ${count("workspace")}`;
	return spawnSync("sqlite3", [file, sql], { encoding: "utf8" }).stdout.trim();
}

async function empty(t, ...args) {
	const fresh = freshData();
	const heed = await serve(fresh, { args: ["--print-login-link", ...args] });
	t.after(() => heed.stop());
	return heed;
}
const linkOf = (heed) => new URL(/Begin here, in your browser: (\S+)/.exec(heed.stdout)[1]).pathname;

test("an empty server prints a link on which a workspace and its owner are made, once", async (t) => {
	const heed = await empty(t);
	const path = linkOf(heed);
	const look = await heed.get(path, { key: null, headers: { "Accept-Language": "de" } });
	assert.equal(look.status, 200);
	assert.match(look.text, /Mit Heed beginnen/);
	assert.doesNotMatch(look.text, /<script/);
	const bad = await form(heed, path, { ...fields, email: "nobody" });
	assert.equal(bad.status, 422);
	assert.match(bad.text, /value="Müller &amp; Söhne &quot;Best&quot; &lt;b&gt;"/);
	const evil = await form(heed, path, fields, { headers: { Origin: "https://evil.example" } });
	assert.equal(evil.status, 403);
	const begun = await form(heed, path, fields);
	assert.equal(begun.status, 303, begun.text);
	assert.equal(begun.headers.location, "/setup");
	const cookie = cookieOf(begun);
	const me = (await heed.get("/api/v1/me", { cookie })).json;
	assert.deepEqual([me.workspace.name, me.role, me.user.email], [fields.workspace, "owner", "ann@example.com"]);
	assert.equal((await heed.get("/api/v1/brands", { cookie })).json.brands[0].name, fields.workspace);
	const again = await form(heed, path, { ...fields, workspace: "Other", email: "eve@example.com" });
	assert.equal(again.status, 410);
	assert.equal((await heed.get(path, { key: null })).status, 410);
	await heed.signIn("ann@example.com", PASSWORD);
	assert.ok(!heed.stderr.includes(path.split("/").pop()));
});

test("the pages at the door stand in one frame, with what went wrong above the form", async (t) => {
	const heed = await empty(t);
	const path = linkOf(heed);
	const asked = { key: null };
	const pages = [await heed.get(path, asked), await heed.get("/login", asked), await heed.get("/join/nothing", asked)];
	pages.push(await form(heed, path, { ...fields, email: "<nobody>" }));
	for (const { text } of pages) {
		for (const once of ["<!doctype html>", "<title>", "<main>", "</main>", "<h1>", "<style nonce="])
			assert.equal(text.split(once).length, 2, `${once} in ${text}`);
		assert.match(text.replace(/<style[^]*<\/style>/, ""), /<main>\n<header>Heed<\/header>[^]*(<form|<p)[^]*<\/main>/);
	}
	for (const { text } of [pages[2], pages[3]]) assert.match(text, /<\/h1>\n<p id="error" role="alert">[^<]+<\/p>/);
	assert.match(pages[3].text, /value="&lt;nobody&gt;"/);
});

test("what is wrong at the beginning is said in the reader's language, of the field it is about", async (t) => {
	const heed = await empty(t);
	const german = { headers: { "Accept-Language": "de" } };
	const told = async (more, options) => {
		const r = await form(heed, linkOf(heed), { ...fields, ...more }, options);
		assert.equal(r.status, 422);
		return /<p id="error" role="alert">([^<]+)</.exec(r.text)[1];
	};
	assert.equal(await told({ workspace: "  " }), "Your company or team needs a name, of at most 100 letters.");
	assert.equal(await told({ workspace: "  " }, german), "Ihre Firma oder Ihr Team braucht einen Namen mit höchstens 100 Zeichen.");
	assert.equal(await told({ name: "n".repeat(101) }, german), "Ein Name hat höchstens 100 Zeichen in einer Zeile.");
});

test("who begins in German has a journey in German, and the log says who made it", async (t) => {
	const heed = await empty(t);
	const begun = await form(heed, linkOf(heed), fields, { headers: { "Accept-Language": "de-DE,en;q=0.5" } });
	const as = { cookie: cookieOf(begun) };
	const { touchpoints } = (await heed.get("/api/v1/touchpoints", as)).json;
	assert.deepEqual(touchpoints.slice(0, 3).map(({ code, name }) => [code, name]), [["first_contact", "Erstkontakt"], ["purchase", "Kauf"], ["onboarding", "Einstieg"]]);
	const { entries } = (await heed.get("/api/v1/audit", as)).json;
	assert.ok(entries.length >= 3);
	assert.deepEqual([...new Set(entries.map((one) => one.actor))], [fields.email]);
});

test("two who begin at once: one workspace", async (t) => {
	const heed = await empty(t);
	const path = linkOf(heed);
	const all = await Promise.all(
		[0, 1].map((i) => form(heed, path, { ...fields, workspace: `W${i}`, email: `p${i}@example.com` })),
	);
	const statuses = all.map((r) => r.status).sort();
	assert.equal(statuses[0], 303);
	assert.ok([409, 410].includes(statuses[1]), statuses.join());
});

test("nobody begins without the link, nor with one of another start", async (t) => {
	const heed = await empty(t);
	assert.equal((await form(heed, "/begin", fields)).status, 403);
	assert.equal((await form(heed, `/begin/${"A".repeat(43)}`, fields)).status, 410);
	const path = linkOf(heed);
	await heed.halt();
	const next = await serve(heed, { args: ["--print-login-link"] });
	t.after(() => next.halt());
	assert.equal((await form(next, path, fields)).status, 410);
	assert.equal((await form(next, linkOf(next), fields)).status, 303);
});

test("the demo's owner begins a workspace of their own from there", async (t) => {
	const heed = await empty(t, "--demo");
	const link = new URL(/once: (\S+)/.exec(heed.stdout)[1]).pathname;
	const cookie = cookieOf(await form(heed, link, {}));
	assert.equal((await heed.get("/begin", { key: null })).status, 403);
	assert.equal((await heed.get("/begin", { cookie })).status, 200);
	const begun = await form(heed, "/begin", fields, { cookie, headers: { Origin: heed.url } });
	assert.equal(begun.status, 303, begun.text);
	const me = (await heed.get("/api/v1/me", { cookie: cookieOf(begun) })).json;
	assert.equal(me.workspace.demo, false);
	const over = await heed.get("/begin", { cookie });
	assert.equal(over.status, 410);
	assert.match(over.text, /href="\/login\?other"/);
	assert.equal((await heed.get("/login", { cookie })).status, 303);
	assert.equal((await heed.get("/login?other", { cookie })).status, 200, "the demo's owner signs in to the other workspace");
	const ours = { cookie: cookieOf(begun), headers: { "X-Heed": "1", Origin: heed.url } };
	const { surveys } = (await heed.get("/api/v1/surveys", { cookie })).json;
	const pages = surveys.filter((s) => s.state === "live").map((s) => new URL(s.url).pathname);
	assert.equal((await heed.get(pages[0], { key: null })).status, 200);
	assert.equal((await heed.get("/api/v1/server", ours)).json.demo, true);
	assert.equal((await heed.ask("DELETE", "/api/v1/demo", undefined, ours)).status, 204);
	assert.equal((await heed.get("/api/v1/me", { cookie })).status, 401, "nobody is signed in to it any more");
	assert.equal((await heed.get(pages[0], { key: null })).status, 404);
	assert.equal((await heed.get("/api/v1/server", ours)).json.demo, false);
	assert.equal((await heed.ask("DELETE", "/api/v1/demo", undefined, ours)).status, 404);
	assert.equal((await heed.get("/api/v1/brands", ours)).status, 200, "the own workspace stays");
	const left = () => heed.mustRun("backup", `${heed.dir}/left-${Math.random()}.db`).match(/\S+\.db/)[0];
	await until(() => rowsOf(left()) === "0 0 1", "the demo's rows to go", 120_000);
});

test("a demo that was removed is not made again by the next start", async (t) => {
	const fresh = freshData();
	let heed = await serve(fresh, { args: ["--demo", "--print-login-link"] });
	t.after(() => heed.stop());
	const link = new URL(/once: (\S+)/.exec(heed.stdout)[1]).pathname;
	const begun = await form(heed, "/begin", fields, { cookie: cookieOf(await form(heed, link, {})), headers: { Origin: heed.url } });
	const ours = () => ({ cookie: cookieOf(begun), headers: { "X-Heed": "1", Origin: heed.url } });
	const demo = async () => (await heed.get("/api/v1/server", ours())).json.demo;
	const again = async () => {
		await heed.halt();
		heed = await serve(fresh, { args: ["--demo"] });
	};
	await again();
	assert.equal(await demo(), true);
	assert.equal((await heed.ask("DELETE", "/api/v1/demo", undefined, ours())).status, 204);
	await again();
	assert.equal(await demo(), false);
});

test("a login link leads to the set-up until that is closed", async (t) => {
	const heed = await start(t);
	const use = async () => {
		const path = new URL(heed.mustRun("user", "link", "owner@example.com", "--print")).pathname;
		return form(heed, path, {});
	};
	const first = await use();
	assert.equal(first.headers.location, "/setup");
	const ours = { cookie: cookieOf(first), headers: { "X-Heed": "1", Origin: heed.url } };
	const closed = await heed.ask("PATCH", "/api/v1/setup", { step: "all", state: "done" }, ours);
	assert.equal(closed.status, 200);
	assert.equal((await use()).headers.location, "/");
});

test("the address that links use is taken over while the server runs, and both answer", async (t) => {
	const heed = await start(t);
	const cookie = await heed.signIn();
	const ours = { cookie, headers: { "X-Heed": "1", Origin: heed.url } };
	const before = (await heed.get("/api/v1/server", { cookie })).json;
	assert.deepEqual([before.public_url, before.source, before.reach, before.may_change], [heed.url, "default", "this_machine", true]);
	assert.equal((await heed.get("/healthz")).status, 200);
	const host = { headers: { Host: "nps.example.com" } };
	assert.equal((await ask(heed.url, "GET", "/login", host)).status, 421);
	for (const url of ["nps.example.com", "ftp://nps.example.com", "https://nps.example.com/path", "https://"])
		assert.equal((await heed.ask("PATCH", "/api/v1/server", { public_url: url }, ours)).status, 422, url);
	const plain = await heed.ask("PATCH", "/api/v1/server", { public_url: "http://nps.example.com" }, ours);
	assert.equal(plain.json.reach, "not_https");
	const set = await heed.ask("PATCH", "/api/v1/server", { public_url: "HTTPS://NPS.example.com/" }, ours);
	assert.equal(set.status, 200, set.text);
	assert.deepEqual([set.json.public_url, set.json.source, set.json.reach], ["https://nps.example.com", "stored", "everybody"]);
	const survey = await heed.post("/api/v1/surveys", { name: "Asked", slug: "asked", state: "live" });
	assert.match(survey.json.url ?? survey.text, /https:\/\/nps\.example\.com\/s\//);
	assert.match((await heed.post("/api/v1/links", { survey: "asked" })).json.url, /^https:\/\/nps\.example\.com\/r\//);
	assert.match(heed.mustRun("link", "--survey", "asked"), /^https:\/\/nps\.example\.com\/r\//m);
	assert.equal((await heed.get("/api/v1/me", { cookie })).status, 200, "who set it stays signed in");
	const there = { Host: "nps.example.com", Origin: "https://nps.example.com", "Content-Type": "application/json" };
	const signed = await ask(heed.url, "POST", "/api/v1/session", {
		headers: { ...there, "X-Heed": "1" },
		body: JSON.stringify({ email: "owner@example.com", password: PASSWORD }),
	});
	assert.equal(signed.status, 201, signed.text);
	const safe = signed.headers["set-cookie"].find((c) => c.startsWith("__Host-heed="));
	assert.match(safe, /; Secure/);
	const change = await ask(heed.url, "PATCH", "/api/v1/me", {
		headers: { ...there, "X-Heed": "1", Cookie: safe.split(";")[0] },
		body: JSON.stringify({ name: "Ann" }),
	});
	assert.equal(change.status, 204, change.text);
	const mixed = await ask(heed.url, "PATCH", "/api/v1/me", {
		headers: { ...there, Origin: "https://evil.example", "X-Heed": "1", Cookie: safe.split(";")[0] },
		body: JSON.stringify({ name: "Eve" }),
	});
	assert.equal(mixed.status, 403);
	const key = heed.key;
	await heed.halt();
	const again = await serve(heed);
	t.after(() => again.halt());
	again.key = key;
	assert.match(again.stdout, /Links use https:\/\/nps\.example\.com/);
	assert.match((await again.post("/api/v1/links", { survey: "asked" })).json.url, /^https:\/\/nps\.example\.com\/r\//);
});

test("this machine's own address can be stored, and one signs in there as before", async (t) => {
	let heed = await start(t);
	const key = heed.key;
	const here = heed.url.replace("127.0.0.1", "localhost");
	const signIn = async (url) => {
		const headers = { "Content-Type": "application/json", "X-Heed": "1", Host: new URL(url).host, Origin: url };
		return ask(heed.url, "POST", "/api/v1/session", { headers, body: JSON.stringify({ email: "owner@example.com", password: PASSWORD }) });
	};
	const ours = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	const set = await heed.ask("PATCH", "/api/v1/server", { public_url: here }, ours);
	assert.deepEqual([set.json.public_url, set.json.source, set.json.reach], [here, "stored", "this_machine"]);
	for (const url of [here, heed.url]) assert.equal((await signIn(url)).status, 201, url);
	await heed.halt();
	heed = await serve(heed);
	t.after(() => heed.halt());
	heed.key = key;
	for (const url of [heed.url.replace("127.0.0.1", "localhost"), heed.url]) assert.equal((await signIn(url)).status, 201, url);
	const again = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	for (const url of ["https://nonsense", "https://nps.local", "https://10.0.0.4"])
		assert.equal((await heed.ask("PATCH", "/api/v1/server", { public_url: url }, again)).json.reach, "own_network", url);
});

test("an address set outside of Heed's screens is not changed in them, and only the first workspace's owners change one", async (t) => {
	const fresh = freshData();
	mustRun(fresh, "init", "--workspace", "First", "--email", "first@example.com", "--password-stdin", { input: `${PASSWORD}\n` });
	mustRun(fresh, "init", "--workspace", "Second", "--email", "second@example.com", "--password-stdin", { input: `${PASSWORD}\n` });
	let heed = await serve(fresh);
	t.after(() => heed.stop());
	const patch = async (email) => {
		const cookie = await heed.signIn(email);
		const r = await heed.ask("PATCH", "/api/v1/server", { public_url: "https://nps.example.com" }, { cookie, headers: { "X-Heed": "1", Origin: heed.url } });
		return { r, server: (await heed.get("/api/v1/server", { cookie })).json };
	};
	const second = await patch("second@example.com");
	assert.equal(second.r.status, 403);
	assert.equal(second.server.may_change, false);
	assert.equal((await patch("first@example.com")).r.status, 200);
	await heed.halt();
	const port = await freePort();
	const url = `http://localhost:${port}`;
	heed = await serve(fresh, { env: { HEED_PUBLIC_URL: url }, listen: `127.0.0.1:${port}` });
	const { r, server } = await patch("first@example.com");
	assert.equal(r.status, 409);
	assert.match(r.json.detail, /HEED_PUBLIC_URL/);
	assert.deepEqual([server.may_change, server.public_url], [false, url]);
});
