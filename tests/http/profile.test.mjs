// A user's own things: name and language, password, sessions, two-step sign-in; and what wrong tries cost.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { EMAIL, PASSWORD, serve, start } from "./harness.mjs";
import { appCode, calm } from "./totp.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

const ours = (cookie) => ({ cookie, headers: { "X-Heed": "1", Origin: heed.url } });
const ask = (cookie, method, path, body) => heed.ask(method, `/api/v1/${path}`, body, ours(cookie));
const signIn = (body, headers = {}) => heed.post("/api/v1/session", body, { key: null, headers });
const form = (path, fields, headers = {}) =>
	heed.post(path, new URLSearchParams(fields).toString(), {
		key: null,
		headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
	});
const cookieOf = (r, name = "heed") =>
	r.headers["set-cookie"].map((c) => c.split(";")[0]).find((c) => c.startsWith(`${name}=`));

let people = 0;
/** A member of their own for each test; gives the address. */
function member(role = "viewer") {
	const email = `person${++people}@example.com`;
	heed.mustRun("user", "add", email, "--role", role, "--password-stdin", { input: `${PASSWORD}\n` });
	return email;
}

/** Turns two-step sign-in on; the code that confirmed it is spent. */
async function enrol(cookie) {
	await calm();
	const begun = await ask(cookie, "POST", "me/two-step");
	assert.equal(begun.status, 201);
	const { secret } = begun.json;
	const on = await ask(cookie, "PUT", "me/two-step", { code: appCode(secret, -1) });
	assert.equal(on.status, 200, on.text);
	return { secret, codes: on.json.recovery_codes, uri: begun.json.uri };
}

test("name, language and time zone are one's own, and checked", async () => {
	const cookie = await heed.signIn(member());
	const first = (await ask(cookie, "GET", "me")).json;
	assert.deepEqual(first.profile, {
		language: null,
		time_zone: null,
		has_password: true,
		two_step: false,
		must_set_up_two_step: false,
	});
	assert.deepEqual(
		first.workspaces.map((w) => w.name),
		["Acme"],
	);
	const change = { name: " Zoë Müller ", language: "de", time_zone: "Asia/Tokyo" };
	assert.equal((await ask(cookie, "PATCH", "me", change)).status, 204);
	let me = (await ask(cookie, "GET", "me")).json;
	assert.equal(me.user.name, "Zoë Müller");
	assert.equal(me.profile.language, "de");
	assert.equal((await ask(cookie, "PATCH", "me", { language: null })).status, 204);
	me = (await ask(cookie, "GET", "me")).json;
	assert.equal(me.profile.language, null);
	assert.equal(me.profile.time_zone, "Asia/Tokyo");
	assert.equal(me.user.name, "Zoë Müller");
	for (const [body, path] of [
		[{ time_zone: "Mars/Base" }, "/time_zone"],
		[{ language: "no language" }, "/language"],
		[{ name: "x".repeat(101) }, "/name"],
		[{ name: "a\u0007b" }, "/name"],
		[{ email: "x@example.com" }, "/email"],
	]) {
		const r = await ask(cookie, "PATCH", "me", body);
		assert.equal(r.status, 422, r.text);
		assert.equal(r.json.errors[0].path, path);
	}
});

test("a new password needs the old one, ends the other sessions and keeps this one", async () => {
	const email = member();
	const here = await heed.signIn(email);
	const there = await heed.signIn(email);
	const wrong = await ask(here, "PUT", "me/password", { old: "incorrect", new: "another long one" });
	assert.equal(wrong.status, 422);
	assert.equal(wrong.json.errors[0].path, "/old");
	const short = await ask(here, "PUT", "me/password", { old: PASSWORD, new: "short" });
	assert.equal(short.json.errors[0].path, "/new");
	assert.equal((await ask(there, "GET", "me")).status, 200);
	assert.equal((await ask(here, "PUT", "me/password", { old: PASSWORD, new: "another long one" })).status, 204);
	assert.equal((await ask(here, "GET", "me")).status, 200);
	assert.equal((await ask(there, "GET", "me")).status, 401);
	assert.equal((await signIn({ email, password: PASSWORD })).status, 401);
	assert.equal((await signIn({ email, password: "another long one" })).status, 201);
});

test("who came by a link sets a first password without an old one", async () => {
	heed.mustRun("user", "add", "linked@example.com", "--role", "viewer");
	const link = new URL(heed.mustRun("user", "link", "linked@example.com", "--print")).pathname;
	const cookie = cookieOf(await form(link, {}));
	assert.equal((await ask(cookie, "GET", "me")).json.profile.has_password, false);
	assert.equal((await ask(cookie, "PUT", "me/password", { new: "a first long one" })).status, 204);
	assert.equal((await signIn({ email: "linked@example.com", password: "a first long one" })).status, 201);
});

test("sessions are listed in plain words, ended one by one and all at once", async () => {
	const email = member();
	const agents = [
		["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox", "Windows"],
		[
			"Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1",
			"Safari",
			"iPhone",
		],
		["", "", ""],
	];
	const cookies = [];
	for (const [agent] of agents)
		cookies.push(cookieOf(await signIn({ email, password: PASSWORD }, { "User-Agent": agent })));
	const list = async () => (await ask(cookies[0], "GET", "me/sessions")).json.sessions;
	const all = await list();
	assert.equal(all.length, 3);
	assert.deepEqual(all.map((s) => `${s.browser} ${s.system}`).sort(), [" ", "Firefox Windows", "Safari iPhone"]);
	assert.deepEqual(
		all.filter((s) => s.current).map((s) => s.browser),
		["Firefox"],
	);
	const phone = all.find((s) => s.system === "iPhone");
	assert.equal((await ask(cookies[0], "DELETE", `me/sessions/${phone.id}`)).status, 204);
	assert.equal((await ask(cookies[1], "GET", "me")).status, 401);
	assert.equal((await ask(cookies[2], "GET", "me")).status, 200);
	assert.equal((await ask(cookies[0], "DELETE", `me/sessions/${phone.id}`)).status, 404);
	assert.equal((await ask(cookies[0], "DELETE", "me/sessions")).status, 204);
	assert.equal((await ask(cookies[2], "GET", "me")).status, 401);
	assert.equal((await list()).length, 1);
});

test("nobody ends a session of somebody else", async () => {
	const [mine, theirs] = [await heed.signIn(member()), await heed.signIn(member())];
	const [session] = (await ask(theirs, "GET", "me/sessions")).json.sessions;
	assert.equal((await ask(mine, "DELETE", `me/sessions/${session.id}`)).status, 404);
	assert.equal((await ask(mine, "DELETE", "me/sessions")).status, 204);
	assert.equal((await ask(theirs, "GET", "me")).status, 200);
});

test("two-step sign-in asks for a code of the app, which works once", async () => {
	const email = member();
	const cookie = await heed.signIn(email);
	const { secret, uri, codes } = await enrol(cookie);
	assert.equal(uri.split("secret=")[1].split("&")[0], secret);
	assert.equal(new Set(codes).size, 10);
	assert.deepEqual((await ask(cookie, "GET", "me/two-step")).json, { on: true, recovery_codes_left: 10 });
	const without = await signIn({ email, password: PASSWORD });
	assert.equal(without.status, 401);
	assert.equal(without.json.errors[0].path, "/code");
	assert.equal(without.headers["set-cookie"], undefined);
	const spent = await signIn({ email, password: PASSWORD, code: appCode(secret, -1) });
	assert.equal(spent.status, 401, "the code that confirmed is spent");
	const code = appCode(secret);
	assert.equal((await signIn({ email, password: PASSWORD, code })).status, 201);
	assert.equal((await signIn({ email, password: PASSWORD, code })).status, 401);
	const unknown = await signIn({ email, password: "incorrect", code: appCode(secret, 1) });
	assert.equal(unknown.json.errors, undefined, "a wrong password tells nothing of a second step");
});

test("two who use one code at once: one gets in", async () => {
	const email = member();
	const { secret } = await enrol(await heed.signIn(email));
	const code = appCode(secret);
	const all = await Promise.all([0, 1].map(() => signIn({ email, password: PASSWORD, code })));
	assert.deepEqual(all.map((r) => r.status).sort(), [201, 401]);
});

test("each recovery code signs in once, and new ones replace the old", async () => {
	const email = member();
	const cookie = await heed.signIn(email);
	const { secret, codes } = await enrol(cookie);
	const typed = codes[0].toUpperCase().replaceAll("-", " ");
	assert.equal((await signIn({ email, password: PASSWORD, code: typed })).status, 201);
	assert.equal((await signIn({ email, password: PASSWORD, code: codes[0] })).status, 401);
	assert.equal((await ask(cookie, "GET", "me/two-step")).json.recovery_codes_left, 9);
	const fresh = await ask(cookie, "POST", "me/two-step/codes", { code: appCode(secret) });
	assert.equal(fresh.status, 200, fresh.text);
	assert.equal((await signIn({ email, password: PASSWORD, code: codes[1] })).status, 401);
	assert.equal((await signIn({ email, password: PASSWORD, code: fresh.json.recovery_codes[0] })).status, 201);
});

test("one secret is set up at a time, and it goes only for a code", async () => {
	const email = member();
	const cookie = await heed.signIn(email);
	const first = (await ask(cookie, "POST", "me/two-step")).json.secret;
	const { secret } = (await ask(cookie, "POST", "me/two-step")).json;
	assert.equal((await ask(cookie, "PUT", "me/two-step", { code: appCode(first) })).status, 422);
	assert.equal((await signIn({ email, password: PASSWORD })).status, 201, "not in force before it is confirmed");
	assert.equal((await ask(cookie, "PUT", "me/two-step", { code: appCode(secret, -1) })).status, 200);
	assert.equal((await ask(cookie, "POST", "me/two-step")).status, 409);
	assert.equal((await ask(cookie, "POST", "me/two-step/end", { code: "000000" })).status, 422);
	assert.equal((await signIn({ email, password: PASSWORD })).status, 401);
	assert.equal((await ask(cookie, "POST", "me/two-step/end", { code: appCode(secret) })).status, 204);
	assert.equal((await signIn({ email, password: PASSWORD })).status, 201);
});

test("the sign-in page asks for the code in a second step, without script, in English and German", async () => {
	const email = member();
	const { secret } = await enrol(await heed.signIn(email));
	const german = { "Accept-Language": "de-AT,en;q=0.5" };
	const first = await form("/login", { email, password: PASSWORD, next: "/answers?x=1" }, german);
	assert.equal(first.status, 200);
	assert.equal(first.headers["set-cookie"], undefined);
	assert.match(first.text, /<html lang="de">/);
	assert.match(first.text, /Noch ein Schritt/);
	assert.match(first.text, /autocomplete="one-time-code"/);
	const [, step] = /name="step" value="([\w-]{43})"/.exec(first.text);
	assert.ok(!first.text.includes(PASSWORD));
	const wrong = await form("/login/code", { step, code: "12345", next: "/answers?x=1" });
	assert.equal(wrong.status, 401);
	assert.match(wrong.text, /role="alert">The code is wrong/);
	const right = await form("/login/code", { step, code: appCode(secret), next: "/answers?x=1" });
	assert.equal(right.status, 303);
	assert.equal(right.headers.location, "/answers?x=1");
	assert.equal((await heed.get("/api/v1/me", { cookie: cookieOf(right) })).json.user.email, email);
	const again = await form("/login/code", { step, code: appCode(secret, 1) });
	assert.equal(again.status, 410);
	assert.equal((await form("/login/code", { step: "x", code: "1" })).status, 410);
});

test("the secret is sealed with a key beside the data, and no backup holds it", async () => {
	const email = member();
	const { secret, codes } = await enrol(await heed.signIn(email));
	const key = join(heed.data, "heed.key");
	assert.equal(statSync(key).mode & 0o777, 0o600);
	const copy = join(heed.dir, "copy.db");
	heed.mustRun("backup", copy);
	const bytes = readFileSync(copy);
	assert.ok(!bytes.includes(secret) && !bytes.includes(readFileSync(key)));
	for (const code of codes) assert.ok(!bytes.includes(code) && !bytes.includes(code.replaceAll("-", "")));
	const admin = heed.key;
	await heed.halt();
	rmSync(key);
	heed = await serve(heed);
	heed.key = admin;
	const lost = await signIn({ email, password: PASSWORD, code: appCode(secret) });
	assert.equal(lost.status, 401);
	assert.equal((await signIn({ email, password: PASSWORD, code: codes[3] })).status, 201);
	assert.ok(existsSync(key));
	assert.notEqual(heed.command("user", "totp", email).status, 0, "it says --reset");
	heed.mustRun("user", "totp", email, "--reset");
	assert.equal((await signIn({ email, password: PASSWORD })).status, 201);
});

test("a workspace that wants two steps of everybody shows who has none the way there and nothing else", async () => {
	const email = member("analyst");
	const other = await heed.signIn(member("analyst"));
	await enrol(other);
	const cookie = await heed.signIn(email);
	assert.equal((await heed.ask("PATCH", "/api/v1/workspace", { two_step_for_all: true })).status, 200);
	assert.equal((await ask(cookie, "GET", "surveys")).status, 403);
	assert.equal((await ask(cookie, "GET", "members")).status, 403);
	assert.equal((await ask(cookie, "GET", "me")).json.profile.must_set_up_two_step, true);
	assert.equal((await ask(other, "GET", "surveys")).status, 200);
	assert.equal((await heed.get("/api/v1/surveys")).status, 200, "keys have no second step");
	await enrol(cookie);
	assert.equal((await ask(cookie, "GET", "surveys")).status, 200);
	assert.equal((await heed.ask("PATCH", "/api/v1/workspace", { two_step_for_all: false })).status, 200);
});

test("wrong passwords make that address wait, and say how long", async (t) => {
	const far = await start(t, { env: { HEED_TRUSTED_PROXIES: "127.0.0.1" } });
	const from = (address, password, cookie) =>
		far.post(
			"/api/v1/session",
			{ email: EMAIL, password },
			{ key: null, cookie, headers: { "X-Forwarded-For": address } },
		);
	const mark = cookieOf(await from("203.0.113.7", PASSWORD), "heed-device");
	const hammer = async (ask) => {
		const seen = new Set();
		for (let last; ; ) {
			last = await ask();
			seen.add(last.status);
			const wait = Number(last.headers["retry-after"] ?? 0);
			if (wait > 8) return { seen: [...seen], last };
			if (wait) await new Promise((wake) => setTimeout(wake, wait * 1000));
		}
	};
	const { seen, last } = await hammer(() => from("203.0.113.66", "incorrect"));
	assert.deepEqual(seen, [401, 429]);
	assert.match(last.json.detail, /Too many wrong tries\. Try again in \d+ seconds?\./);
	const right = await from("203.0.113.66", PASSWORD);
	assert.equal(right.status, 429, "a right password waits as well, or waiting would tell");
	assert.equal((await from("203.0.113.7", PASSWORD)).status, 201, "the owner comes in from elsewhere");
	assert.equal((await from("203.0.113.66", PASSWORD, mark)).status, 201, "and on a known browser from there, too");
	const forged = `${mark.slice(0, -4)}AAAA`;
	assert.equal((await from("203.0.113.66", PASSWORD, forged)).status, 429);
	const nobody = { email: "nobody@example.com", password: "x" };
	const unknown = await hammer(() =>
		far.post("/api/v1/session", nobody, { key: null, headers: { "X-Forwarded-For": "203.0.113.80" } }),
	);
	assert.deepEqual(unknown.seen, seen, "whether there is such a user shows in nothing");
});

test("wrong old passwords make wait as wrong passwords do: the account from the whole of a subscriber's addresses", async (t) => {
	const far = await start(t, { env: { HEED_TRUSTED_PROXIES: "127.0.0.1" } });
	const cookie = await far.signIn();
	const tries = [];
	for (let i = 1; i <= 7; i++)
		tries.push(
			await far.ask("PUT", "/api/v1/me/password", { old: "incorrect", new: "another long one" }, {
				cookie,
				headers: { "X-Heed": "1", Origin: far.url, "X-Forwarded-For": `2001:db8::${i}` },
			}),
		);
	assert.deepEqual([...new Set(tries.map((r) => r.status))], [422, 429]);
	const signsIn = await far.post("/api/v1/session", { email: EMAIL.toUpperCase(), password: PASSWORD }, { key: null, headers: { "X-Forwarded-For": "2001:db8::9" } });
	assert.equal(signsIn.status, 429, "the same tries count there");
});

test("the page says in German how long to wait", async (t) => {
	const far = await start(t);
	const tries = [];
	for (let i = 0; i < 8; i++)
		tries.push(
			await far.post("/login", "email=x%40example.com&password=y", {
				key: null,
				headers: { "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "de" },
			}),
		);
	assert.equal(tries[0].status, 401);
	assert.match(tries[0].text, /Die E-Mail-Adresse oder das Passwort stimmt nicht/);
	const late = tries.find((r) => r.status === 429);
	assert.match(late.text, /Zu viele falsche Versuche\. Versuchen Sie es in \d+ Sekunden noch einmal/);
	assert.match(late.text, /value="x@example\.com"/);
});
