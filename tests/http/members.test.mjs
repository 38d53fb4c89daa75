// Who works in a workspace: invitations and the page they lead to, what may be changed by whom, removal and its undo, the
// audit log, the progress of the set-up.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alter } from "../browser/kit.mjs";
import { EMAIL, PASSWORD, start } from "./harness.mjs";

let heed, owner, admin;
before(async () => {
	heed = await start(null);
	heed.mustRun("user", "add", "admin@example.com", "--role", "admin", "--password-stdin", { input: `${PASSWORD}\n` });
	owner = await heed.signIn();
	admin = await heed.signIn("admin@example.com");
});
after(() => heed?.stop());

const ours = (cookie) => ({ cookie, headers: { "X-Heed": "1", Origin: heed.url } });
const ask = (cookie, method, path, body) => heed.ask(method, `/api/v1/${path}`, body, ours(cookie));
const form = (path, fields, options = {}) =>
	heed.post(path, new URLSearchParams(fields).toString(), {
		key: null,
		...options,
		headers: { "Content-Type": "application/x-www-form-urlencoded", ...options.headers },
	});
const cookieOf = (r) => r.headers["set-cookie"].map((c) => c.split(";")[0]).find((c) => c.startsWith("heed="));

let people = 0;
const address = () => `person${++people}@example.com`;
async function member(role = "viewer") {
	const email = address();
	heed.mustRun("user", "add", email, "--role", role, "--workspace", "Acme", "--password-stdin", { input: `${PASSWORD}\n` });
	return { email, id: await idOf(email) };
}
async function idOf(email) {
	return (await one(email)).id;
}
async function one(email) {
	return (await heed.get("/api/v1/members")).json.members.find((m) => m.email === email);
}
async function invite(body, cookie = owner) {
	const r = await ask(cookie, "POST", "invites", { role: "viewer", ...body });
	assert.equal(r.status, 201, r.text);
	return { ...r.json, path: new URL(r.json.url).pathname };
}

test("an invitation lets one person in, once, with the role and names that it says", async () => {
	const email = address();
	const made = await invite({ email, role: "analyst", names: "seen" });
	const look = await heed.get(made.path, { key: null, headers: { "Accept-Language": "de" } });
	assert.equal(look.status, 200);
	assert.match(look.text, /Sie sind eingeladen zu <strong>Acme<\/strong> mit der Rolle Analyst/);
	assert.doesNotMatch(look.text, /<script/);
	for (const [name, value] of [
		["referrer-policy", "no-referrer"],
		["cache-control", "no-store"],
		["x-robots-tag", "noindex"],
	])
		assert.equal(look.headers[name], value);
	const short = await form(made.path, { name: "Zoë <b>", password: "short" });
	assert.equal(short.status, 422);
	assert.match(short.text, /at least 8 characters/);
	assert.match(short.text, /value="Zoë &lt;b&gt;"/);
	const joined = await form(made.path, { name: "Zoë <b>", password: "a long enough one" });
	assert.equal(joined.status, 303);
	const me = (await heed.get("/api/v1/me", { cookie: cookieOf(joined) })).json;
	assert.deepEqual([me.user.email, me.user.name, me.role, me.sees_names], [email, "Zoë <b>", "analyst", true]);
	assert.equal((await one(email)).names, "seen");
	assert.equal((await form(made.path, { name: "Eve", password: "a long enough one" })).status, 410);
	assert.equal((await heed.get(made.path, { key: null })).status, 410);
	assert.ok(!heed.stderr.includes(made.path.split("/").pop()), "the log holds no link");
});

test("two who follow one invitation at once: one gets in", async () => {
	const made = await invite({ email: address() });
	const all = await Promise.all(
		[0, 1].map((i) => form(made.path, { name: `N${i}`, password: "a long enough one" })),
	);
	assert.deepEqual(all.map((r) => r.status).sort(), [303, 410]);
});

test("an invitation that is withdrawn, too old, replaced or invented is over", async () => {
	const first = await invite({ email: address() });
	assert.equal((await ask(owner, "DELETE", `invites/${first.id}`)).status, 204);
	const old = await invite({ email: address() });
	alter(heed, `UPDATE invite SET expires_at = 1 WHERE id = ${old.id}`);
	const replaced = await invite({ email: address() });
	const newer = await invite({ email: replaced.email.toUpperCase() });
	for (const path of [first.path, old.path, replaced.path, `/join/${"A".repeat(38)}`, "/join/x"]) {
		const r = await form(path, { name: "Eve", password: "a long enough one" });
		assert.equal(r.status, 410, path);
		assert.match(r.text, /no longer good/);
	}
	assert.equal((await heed.get(newer.path, { key: null })).status, 200);
	const open = (await ask(owner, "GET", "invites")).json.invites;
	assert.equal(open.find((i) => i.id === old.id).over, true);
	assert.ok(!open.some((i) => i.id === first.id || i.id === replaced.id));
	assert.ok(!JSON.stringify(open).includes(newer.path.split("/").pop()), "the link is shown once");
});

test("somebody who has an account joins with the own sign-in", async () => {
	heed.mustRun("init", "--workspace", "Second", "--email", "second@example.com", "--password-stdin", {
		input: `${PASSWORD}\n`,
	});
	const made = await invite({ email: "second@example.com", role: "agent" });
	const stranger = await heed.get(made.path, { key: null });
	assert.match(stranger.text, new RegExp(`href="/login\\?next=${made.path}"`));
	assert.doesNotMatch(stranger.text, /name="password"/);
	const unsigned = await form(made.path, { name: "Eve", password: "a long enough one" });
	assert.equal(unsigned.status, 401, "a password set here would take the account over");
	const other = await heed.get(made.path, { cookie: admin });
	assert.match(other.text, /for somebody else/);
	assert.equal((await form(made.path, {}, { cookie: admin })).status, 409);
	const cookie = await heed.signIn("second@example.com");
	assert.equal((await form(made.path, {}, { cookie, headers: { Origin: "https://evil.example" } })).status, 403);
	assert.equal((await form(made.path, {}, { cookie, headers: { Origin: heed.url } })).status, 303);
	const me = (await heed.get("/api/v1/me", { cookie })).json;
	assert.equal(me.workspace.name, "Acme");
	assert.equal(me.role, "agent");
	assert.deepEqual(me.workspaces.map((w) => w.name).sort(), ["Acme", "Second"]);
});

test("an invitation to a team lets nobody in once the team is gone", async () => {
	const team = (await heed.post("/api/v1/teams", { name: "Passing", scope: {} })).json;
	const made = await invite({ email: address(), role: "agent", team_id: team.id });
	const kept = await invite({ email: address(), role: "agent", team_id: team.id });
	assert.equal((await form(made.path, { name: "In", password: "a long enough one" })).status, 303);
	assert.equal((await one(made.email)).team_id, team.id);
	assert.equal((await ask(owner, "PATCH", `members/${await idOf(made.email)}`, { team_id: null })).status, 204);
	assert.equal((await heed.ask("DELETE", `/api/v1/teams/${team.id}`)).status, 204);
	assert.equal((await form(kept.path, { name: "Late", password: "a long enough one" })).status, 410);
	assert.equal(await one(kept.email), undefined);
	const gone = await ask(owner, "POST", "invites", { email: address(), role: "agent", team_id: team.id });
	assert.equal(gone.status, 422);
});

test("an invitation lets nobody in once its maker could not make it any more", async () => {
	const enter = (made) => form(made.path, { name: "Alt", password: "a long enough one" });
	const maker = async () => {
		const one = await member("owner");
		return { ...one, cookie: await heed.signIn(one.email) };
	};
	const [removed, lowered, disabled, good] = [await maker(), await maker(), await maker(), await maker()];
	const links = new Map();
	for (const one of [removed, lowered, disabled, good])
		links.set(one, [await invite({ email: address(), role: "owner" }, one.cookie), await invite({ email: address(), role: "agent" }, one.cookie)]);
	const left = await invite({ email: address(), role: "viewer" }, lowered.cookie);
	assert.equal((await ask(owner, "DELETE", `members/${removed.id}`)).status, 204);
	assert.equal((await ask(owner, "PATCH", `members/${lowered.id}`, { role: "admin" })).status, 204);
	heed.mustRun("user", "disable", disabled.email, "--workspace", "Acme");
	for (const made of [...links.get(removed), links.get(lowered)[0], ...links.get(disabled)]) {
		assert.equal((await heed.get(made.path, { key: null })).status, 410);
		assert.equal((await enter(made)).status, 410);
		assert.equal((await ask(owner, "GET", "invites")).json.invites.find((i) => i.id === made.id).over, true);
	}
	assert.equal((await enter(links.get(lowered)[1])).status, 303, "an admin may still invite an agent");
	assert.equal((await ask(owner, "PATCH", `members/${lowered.id}`, { role: "analyst" })).status, 204);
	assert.equal((await enter(left)).status, 410);
	for (const made of links.get(good)) assert.equal((await enter(made)).status, 303);
	const byKey = (await heed.post("/api/v1/invites", { email: address(), role: "agent" })).json;
	assert.equal((await enter({ path: new URL(byKey.url).pathname })).status, 303);
	for (const one of (await heed.get("/api/v1/members")).json.members.filter((m) => m.role === "owner" && m.email !== EMAIL))
		assert.equal((await ask(owner, "DELETE", `members/${one.id}`)).status, 204);
});

test("an invitation made with an API key lets nobody in once that key was revoked", async () => {
	const keys = [];
	for (const name of ["hiring", "hiring"]) keys.push((await heed.post("/api/v1/keys", { name, scope: "admin" })).json);
	const made = [];
	for (const { key } of keys) {
		const r = await heed.post("/api/v1/invites", { email: address(), role: "agent" }, { key });
		made.push({ id: r.json.id, path: new URL(r.json.url).pathname });
	}
	assert.equal((await heed.ask("DELETE", `/api/v1/keys/${keys[0].id}`)).status, 204);
	const open = (await ask(owner, "GET", "invites")).json.invites;
	assert.deepEqual(made.map((one) => open.find((i) => i.id === one.id).over), [true, false]);
	assert.equal((await form(made[0].path, { name: "Alt", password: "a long enough one" })).status, 410);
	assert.equal((await form(made[1].path, { name: "Alt", password: "a long enough one" })).status, 303);
});

test("an invitation outlives a change of its maker's address", async () => {
	const one = await member("owner");
	const made = await invite({ email: address(), role: "agent" }, await heed.signIn(one.email));
	alter(heed, `UPDATE app_user SET email = 'renamed@example.com', email_folded = 'renamed@example.com' WHERE id = ${one.id}`);
	assert.equal((await form(made.path, { name: "Alt", password: "a long enough one" })).status, 303);
	assert.equal((await ask(owner, "DELETE", `members/${one.id}`)).status, 204);
});

test("the last owner is the last who can sign in", async () => {
	const second = await member("owner");
	const id = await idOf(EMAIL);
	heed.mustRun("user", "disable", second.email, "--workspace", "Acme");
	assert.equal((await ask(owner, "PATCH", `members/${id}`, { role: "admin" })).status, 409);
	assert.equal((await ask(owner, "DELETE", `members/${id}`)).status, 409);
	const refused = heed.command("user", "disable", EMAIL, "--workspace", "Acme");
	assert.notEqual(refused.status, 0);
	assert.match(refused.stderr, /only owner of "Acme" who can sign in.*heed user role/);
	assert.equal((await heed.get("/api/v1/me", { cookie: owner })).status, 200);
	assert.equal((await ask(owner, "DELETE", `members/${second.id}`)).status, 204, "one who is disabled may go");
});

test("who was in a team that is gone does not come back into nothing", async () => {
	const team = (await heed.post("/api/v1/teams", { name: "Gone", scope: {} })).json;
	const [agent, boss] = [await member("agent"), await member("admin")];
	for (const one of [agent, boss]) {
		assert.equal((await ask(owner, "PATCH", `members/${one.id}`, { team_id: team.id })).status, 204);
		assert.equal((await ask(owner, "DELETE", `members/${one.id}`)).status, 204);
	}
	assert.equal((await heed.ask("DELETE", `/api/v1/teams/${team.id}`)).status, 204);
	const r = await ask(owner, "POST", `members/${agent.id}/restore`);
	assert.equal(r.status, 409);
	assert.match(r.text, /team that they were in is gone/);
	assert.equal(await one(agent.email), undefined);
	assert.equal((await ask(owner, "POST", `members/${boss.id}/restore`)).status, 204, "an admin sees all, whatever the team");
});

test("admins do all but touch owners, and nobody raises themselves", async () => {
	const ids = { owner: await idOf(EMAIL), admin: await idOf("admin@example.com"), other: (await member()).id };
	const second = await member("owner");
	const tries = [
		[admin, "PATCH", ids.owner, { role: "viewer" }, 403],
		[admin, "DELETE", ids.owner, undefined, 403],
		[admin, "PATCH", ids.other, { role: "owner" }, 403],
		[admin, "PATCH", ids.admin, { role: "owner" }, 403],
		[admin, "PATCH", ids.admin, { names: "seen" }, 403],
		[admin, "PATCH", ids.admin, { team_id: null }, 403],
		[admin, "PATCH", ids.other, { role: "admin", names: "seen" }, 204],
		[admin, "PATCH", ids.other, { role: "agent", names: "hidden" }, 204],
		[admin, "PATCH", ids.other, { role: "king" }, 422],
		[admin, "PATCH", ids.other, { team_id: "x" }, 422],
		[admin, "PATCH", "1", { role: "agent" }, 404],
		[owner, "PATCH", second.id, { role: "viewer" }, 204],
		[owner, "PATCH", ids.owner, { role: "admin" }, 409],
		[owner, "DELETE", ids.owner, undefined, 409],
	];
	for (const [cookie, method, id, body, status] of tries) {
		const r = await ask(cookie, method, `members/${id}`, body);
		assert.equal(r.status, status, `${method} ${id} ${JSON.stringify(body)}: ${r.text}`);
	}
	const invited = await ask(admin, "POST", "invites", { email: address(), role: "owner" });
	assert.equal(invited.status, 403);
	const known = await ask(admin, "POST", "invites", { email: EMAIL.toUpperCase(), role: "viewer" });
	assert.equal(known.status, 409);
	const key = await heed.ask("PATCH", `/api/v1/members/${ids.owner}`, { role: "viewer" });
	assert.equal(key.status, 403, "a key counts as an admin");
	const before_ = (await one("admin@example.com")).role;
	assert.equal(before_, "admin");
});

test("an admin who was made less meanwhile changes nobody", async () => {
	const falling = await member("admin");
	const target = await member();
	const cookie = await heed.signIn(falling.email);
	assert.equal((await ask(cookie, "PATCH", `members/${falling.id}`, { role: "viewer" })).status, 204, "down is free");
	assert.equal((await ask(cookie, "PATCH", `members/${target.id}`, { role: "admin" })).status, 403);
});

test("who is removed is out at once, and comes back as before", async () => {
	const { email, id } = await member("analyst");
	await ask(owner, "PATCH", `members/${id}`, { names: "seen" });
	const cookie = await heed.signIn(email);
	assert.equal((await ask(admin, "DELETE", `members/${id}`)).status, 204);
	assert.equal((await heed.get("/api/v1/me", { cookie })).status, 401);
	assert.equal(await one(email), undefined);
	assert.equal((await heed.post("/api/v1/session", { email, password: PASSWORD }, { key: null })).status, 403);
	assert.equal((await ask(admin, "POST", `members/${id}/restore`)).status, 204);
	const back = await one(email);
	assert.deepEqual([back.role, back.names], ["analyst", "seen"]);
	assert.equal((await heed.get("/api/v1/me", { cookie })).status, 401, "the session stays ended");
	await heed.signIn(email);
	assert.equal((await ask(admin, "POST", `members/${id}/restore`)).status, 404);
});

test("a removed owner is taken back by an owner alone, and after a day by an invitation", async () => {
	const gone = await member("owner");
	assert.equal((await ask(owner, "DELETE", `members/${gone.id}`)).status, 204);
	assert.equal((await ask(admin, "POST", `members/${gone.id}/restore`)).status, 403);
	assert.equal((await ask(owner, "POST", `members/${gone.id}/restore`)).status, 204);
	assert.equal((await ask(owner, "DELETE", `members/${gone.id}`)).status, 204);
	alter(heed, `UPDATE former_member SET removed_at = 1 WHERE user_id = ${gone.id}`);
	assert.equal((await ask(owner, "POST", `members/${gone.id}/restore`)).status, 404);
});

test("when somebody was here last is for those who manage", async () => {
	const { email } = await member("agent");
	const cookie = await heed.signIn(email);
	const mine = (await ask(cookie, "GET", "members")).json.members.find((m) => m.email === email);
	assert.deepEqual([mine.seen_at, mine.two_step], [null, null]);
	const theirs = (await ask(admin, "GET", "members")).json.members.find((m) => m.email === email);
	assert.ok(Date.now() - Date.parse(theirs.seen_at) < 60_000);
	assert.equal(theirs.two_step, false);
});

test("the audit log is filtered, read in pages and exported", async () => {
	const { email, id } = await member();
	for (const role of ["agent", "viewer", "agent"]) await ask(owner, "PATCH", `members/${id}`, { role });
	const list = async (query) => (await heed.get(`/api/v1/audit?${new URLSearchParams(query)}`)).json;
	const roles = await list({ action: "member.role", subject: email, actor: EMAIL });
	assert.deepEqual(
		roles.entries.map((e) => e.detail),
		["agent", "viewer", "agent"],
	);
	assert.equal(roles.next_cursor, null);
	assert.equal((await list({ actor: "nobody" })).entries.length, 0);
	assert.ok((await list({ action: "member" })).entries.every((e) => e.action.startsWith("member")));
	const today = new Date().toISOString().slice(0, 10);
	assert.ok((await list({ from: "2020-01-01", to: "2099-01-01" })).entries.length > 3);
	assert.equal((await list({ to: "2020-01-01" })).entries.length, 0);
	assert.equal((await list({ from: "2099-01-01" })).entries.length, 0);
	assert.equal((await heed.get(`/api/v1/audit?from=${today}x`)).status, 422);
	assert.equal((await heed.get("/api/v1/audit?who=x")).status, 422);
	const whole = [];
	for (let cursor = null, pages = 0; ; pages++) {
		const page = await list({ limit: 3, ...(cursor && { cursor }) });
		whole.push(...page.entries.map((e) => e.id));
		assert.ok(pages < 100 && page.entries.length <= 3);
		if (!(cursor = page.next_cursor)) break;
	}
	assert.equal(new Set(whole).size, whole.length);
	assert.deepEqual(whole.slice(0, 50), (await list({ limit: 50 })).entries.map((e) => e.id));
	await ask(owner, "PATCH", "me", { name: "=HYPERLINK(1)" });
	heed.mustRun("key", "create", "--name", "=cmd|x", "--scope", "read", "--workspace", "Acme");
	const csv = await heed.get("/api/v1/audit/export?action=key");
	assert.equal(csv.status, 200);
	assert.match(csv.headers["content-disposition"], /audit-log\.csv/);
	const lines = csv.text.replace("\ufeff", "").trimEnd().split("\n");
	assert.equal(lines[0], "at,actor,action,subject,detail");
	assert.ok(lines.slice(1).every((line) => line.split(",")[2].startsWith("key.")));
	assert.ok(csv.text.includes("'=cmd|x"), "no spreadsheet runs it");
	assert.equal((await list({ action: "audit.export" })).entries.length, 1);
	const survey = { name: "Asked", slug: "asked", state: "live" };
	assert.equal((await heed.post("/api/v1/surveys", survey)).status, 201);
	assert.equal((await heed.get("/api/v1/responses/export?survey=asked", ours(owner))).status, 200);
	const [exported] = (await list({ action: "response.export" })).entries;
	assert.deepEqual([exported.actor, exported.subject, exported.detail], [EMAIL, "asked", "CSV"]);
});

test("the audit log names members by their address, and brands by their names", async () => {
	const { email, id } = await member();
	assert.equal((await ask(owner, "PATCH", `members/${id}`, { names: "hidden" })).status, 204);
	const brand = (await heed.post("/api/v1/brands", { name: "Fernhill" })).json;
	assert.equal((await heed.ask("PATCH", `/api/v1/brands/${brand.id}`, { name: "Fernhill Foods" })).status, 200);
	const subjects = async (action) => (await heed.get(`/api/v1/audit?action=${action}`)).json.entries.map((e) => e.subject);
	assert.ok((await subjects("member.names")).includes(email));
	assert.deepEqual((await subjects("brand.")).slice(0, 2), ["Fernhill Foods", "Fernhill"]);
});

test("the set-up remembers how far it came", async () => {
	const first = (await ask(owner, "GET", "setup")).json;
	assert.equal(first.open, true);
	assert.equal(first.steps.brand, "open");
	const after_ = (await ask(owner, "PATCH", "setup", { step: "brand", state: "done" })).json;
	assert.equal(after_.steps.brand, "done");
	assert.equal((await ask(owner, "PATCH", "setup", { step: "region", state: "skipped" })).json.open, true);
	assert.equal((await ask(owner, "PATCH", "setup", { step: "all", state: "skipped" })).json.open, false);
	assert.equal((await ask(owner, "PATCH", "setup", { step: "all", state: "open" })).json.open, true);
	assert.equal((await ask(owner, "PATCH", "setup", { step: "wine", state: "done" })).status, 422);
	assert.equal((await ask(owner, "PATCH", "setup", { step: "brand", state: "drunk" })).status, 422);
});
