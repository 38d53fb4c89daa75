// Links that show figures to strangers: what they show and what not, passwords, revoking, the maker's scope; goals and
// masked quotes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

let heed, brand;
before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { name: "All", slug: "all", state: "live" }));
	({ id: brand } = (await made(heed.get("/api/v1/brands"))).brands[0]);
	// Berlin 8, Potsdam 6, Munich 2 people: Munich is hidden, and so is Potsdam beside it.
	for (const [city, n] of [["Berlin", 8], ["Potsdam", 6], ["Munich", 2]])
		for (let i = 0; i < n; i++) await give(city, { score: city === "Munich" ? 0 : 10, channel: city === "Berlin" ? "web" : "email" });
});
after(() => heed?.stop());

const give = (city, more) => made(heed.post("/api/v1/responses", { survey: "all", score: 9, properties: { city }, ...more }));
const make = (more, options) => heed.post("/api/v1/shared-views", { name: "For the board", what: "board", last_days: 365, ...more }, options);
const change = (id, body, options) => heed.ask("PATCH", `/api/v1/shared-views/${id}`, body, options);
/** As somebody with the link and nothing else. */
const open = (url, options = {}) => heed.ask("GET", new URL(url).pathname + (options.search ?? ""), undefined, { key: null, ...options });
const send = (url, password) =>
	heed.ask("POST", new URL(url).pathname, `password=${encodeURIComponent(password)}`, {
		key: null,
		headers: { "Content-Type": "application/x-www-form-urlencoded" },
	});
const shown = (html) => html.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, "");

test("a link shows figures to whoever has it, and is kept nowhere", async () => {
	const view = await made(make({ by: "channel" }));
	assert.match(view.url, /^http:\/\/[^/]+\/v\/[\w-]{38}$/);
	const r = await open(view.url);
	assert.equal(r.status, 200);
	assert.match(r.text, /For the board/);
	assert.match(r.text, /16 answers from 16 people/);
	assert.match(r.text, /<p class="nps rough">75<\/p>/);
	assert.equal(r.headers["cache-control"], "no-store");
	assert.equal(r.headers["referrer-policy"], "no-referrer");
	assert.match(r.headers["x-robots-tag"], /noindex/);
	assert.match(r.headers["content-security-policy"], /default-src 'none'.*frame-ancestors 'none'/);
	assert.ok(!shown(r.text).includes("<script"), "needs none");
	const { views } = await made(heed.get("/api/v1/shared-views"));
	const listed = views.find((v) => v.id === view.id);
	assert.equal(listed.url, undefined);
	assert.equal(listed.state, "open");
	const stored = await heed.get(`/api/v1/shared-views/${view.id}`);
	assert.ok(!stored.text.includes(new URL(view.url).pathname.slice(3)), "the secret is kept as a hash");
	for (let i = 0; i < 100; i++) {
		const one = await made(heed.get(`/api/v1/shared-views/${view.id}`));
		if (one.views === 1) return assert.ok(one.seen_at);
		await new Promise((wake) => setTimeout(wake, 20));
	}
	assert.fail("the look was not counted");
});

test("a group of fewer than five people is not shown, nor what would tell it by subtraction", async () => {
	const { url } = await made(make({ by: "property.city" }));
	const rows = [...(await open(url)).text.matchAll(/<th scope="row">(\w+)<\/th>(.*?)<\/tr>/g)].filter(([, name]) => /Berlin|Potsdam|Munich/.test(name));
	assert.deepEqual(
		rows.map(([, name, rest]) => [name, rest.includes("not shown")]),
		[["Berlin", false], ["Potsdam", true], ["Munich", true]],
	);
	const few = await made(make({ filter: "property.city=Munich", by: "channel" }));
	const { text } = await open(few.url);
	assert.match(text, /Fewer than five people answered/);
	assert.doesNotMatch(text, /class="nps|<table/);
	// Ten answers of one person are one person.
	for (let i = 0; i < 10; i++) await give("Rome", { score: 3, person: { email: "one@example.com" } });
	const one = await made(make({ filter: "property.city=Rome" }));
	assert.match((await open(one.url)).text, /Fewer than five people answered/);
});

test("a board says what moved its score, in steps of groups that are hidden in neither period", async () => {
	await made(heed.post("/api/v1/surveys", { name: "Moved", slug: "moved", state: "live" }));
	const at = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
	// East had three people before and Isle has two now; West is hidden beside either.
	const people = { North: [[20, 10], [20, 2]], South: [[10, 8], [12, 8]], East: [[3, 10], [9, 0]], West: [[6, 9], [6, 9]], Isle: [[8, 9], [2, 0]] };
	for (const [region, periods] of Object.entries(people))
		for (const [now, [n, score]] of periods.entries())
			for (let i = 0; i < n; i++) await give("", { survey: "moved", score, properties: { region }, submitted_at: at(now ? 5 : 40) });
	const { url } = await made(make({ filter: "survey=moved", last_days: 30, by: "property.region" }));
	const { text } = await open(url);
	const moved = /<table class="moved">(.*?)<\/table>/s.exec(text)[1];
	const rows = [...moved.matchAll(/<th scope="row">([^<]+)<\/th>.*?<td>([^<]+)<\/td><\/tr>/g)].map(([, name, value]) => [name, Number(value.replace("−", "-"))]);
	const nps = (period) => {
		const groups = Object.values(people).map((one) => one[period]);
		const all = groups.reduce((sum, [n]) => sum + n, 0);
		return { all, score: (100 * groups.reduce((sum, [n, score]) => sum + (score > 8 ? n : score < 7 ? -n : 0), 0)) / all };
	};
	const [then, now] = [nps(0), nps(1)];
	// Kitagawa's two terms of North: its share and its score moved.
	const [share0, share1] = [20 / then.all, 20 / now.all];
	const north = (-100 - 100) * ((share0 + share1) / 2) + (share1 - share0) * (0 - (then.score + now.score) / 2);
	assert.deepEqual(rows[0], ["Before", Math.round(then.score)]);
	assert.deepEqual(rows[1], ["North", Math.round(north)]);
	assert.deepEqual(rows.slice(2, 4).map(([name]) => name).sort(), ["South", "all others"]);
	assert.equal(rows[3][0], "all others");
	assert.deepEqual(rows.at(-1), ["Now", Math.round(now.score)]);
	const sum = rows.slice(1, -1).reduce((all, [, value]) => all + value, 0);
	assert.ok(Math.abs(sum - (now.score - then.score)) < 2, `${sum}`);
	assert.match(text, /Most of the change goes with <strong>North<\/strong>: −\d+ points\./);
	const fixed = await made(make({ filter: "survey=moved", last_days: null, by: "property.region" }));
	assert.doesNotMatch((await open(fixed.url)).text, /class="moved"/, "all of time has nothing before it");
});

test("whoever opens a link that was revoked or has run out is told so, until it is taken back", async () => {
	const { id, url } = await made(make());
	const revoked = await made(heed.ask("DELETE", `/api/v1/shared-views/${id}`));
	assert.equal(revoked.state, "revoked");
	for (const search of ["", "?wall", "?wall&again"]) {
		const r = await open(url, { search });
		assert.deepEqual([r.status, /This link was withdrawn/.test(r.text), /answers/.test(shown(r.text))], [410, true, false], search);
	}
	assert.match((await open(url, { headers: { "Accept-Language": "de" } })).text, /zurückgezogen/);
	assert.equal((await made(change(id, { revoked: false }))).state, "open");
	assert.equal((await open(url)).status, 200);
	for (const path of ["/v/x", `${new URL(url).pathname.slice(0, -2)}AA`, `/v/${"A".repeat(38)}`])
		assert.equal((await heed.ask("GET", path, undefined, { key: null })).status, 404, path);
	const actions = (await made(heed.get("/api/v1/audit"))).entries.map((e) => e.action);
	for (const action of ["create", "revoke", "restore"]) assert.ok(actions.includes(`shared_view.${action}`), action);
});

test("a password is asked for, costs time when it is wrong, and is remembered for that link alone", async () => {
	const { id, url, has_password } = await made(make({ password: "open sesame" }));
	assert.equal(has_password, true);
	const locked = await open(url);
	assert.match(locked.text, /type="password"/);
	assert.doesNotMatch(shown(locked.text), /16 answers|For the board|Acme/);
	assert.equal((await send(url, "open barley")).status, 403);
	const right = await send(url, "open sesame");
	assert.equal(right.status, 303);
	assert.equal(right.headers.location, new URL(url).pathname);
	const [cookie] = [right.headers["set-cookie"]].flat()[0].split(";");
	assert.match([right.headers["set-cookie"]].flat()[0], /HttpOnly; SameSite=Lax/);
	assert.match((await open(url, { cookie })).text, /For the board/);
	const other = await made(make({ password: "open sesame" }));
	assert.match((await open(other.url, { cookie })).text, /type="password"/);
	await made(change(id, { password: "another one" }));
	assert.match((await open(url, { cookie })).text, /type="password"/, "a new password asks everybody again");
	const tries = [];
	for (let i = 0; i < 8; i++) tries.push((await send(other.url, `wrong ${i}`)).status);
	assert.deepEqual([tries[0], tries.at(-1)], [403, 429]);
	await made(change(id, { password: null }));
	assert.match((await open(url)).text, /For the board/);
	for (const password of ["short", 12345678]) assert.equal((await make({ password })).status, 422);
});

test("what a link shows lies inside its maker's scope, and ends with it", async () => {
	await made(heed.post("/api/v1/teams", { name: "Berlin", scope: { properties: { city: ["Berlin"] } } }));
	const analyst = await heed.member("ana@example.com", "analyst", "Berlin");
	const second = await heed.member("bob@example.com", "analyst", "Berlin");
	const { id, url } = await made(make({}, analyst));
	assert.match((await open(url)).text, /8 answers from 8 people/);
	assert.equal((await heed.get(`/api/v1/shared-views/${id}`, second)).status, 404, "another's");
	assert.equal((await change(id, { revoked: true }, second)).status, 404);
	assert.deepEqual((await made(heed.get("/api/v1/shared-views", second))).views, []);
	const wider = await made(heed.get("/api/v1/teams"));
	await made(heed.ask("PATCH", `/api/v1/teams/${wider.teams[0].id}`, { scope: { properties: { city: ["Potsdam"] } } }));
	const ended = await open(url);
	assert.deepEqual([ended.status, /no longer works/.test(ended.text)], [410, true]);
	await made(heed.ask("PATCH", `/api/v1/teams/${wider.teams[0].id}`, { scope: { properties: { city: ["Berlin"] } } }));
	assert.equal((await open(url)).status, 200);
	heed.mustRun("user", "disable", "ana@example.com");
	assert.equal((await open(url)).status, 410);
	assert.equal((await made(heed.get(`/api/v1/shared-views/${id}`))).state, "ended");
	const key = heed.mustRun("key", "create", "--scope", "write");
	const byKey = await made(make({}, { key }));
	assert.equal((await open(byKey.url)).status, 200);
	heed.mustRun("key", "revoke", (await made(heed.get("/api/v1/me", { key }))).key.id);
	assert.equal((await open(byKey.url)).status, 410);
});

test("no comment is shown but those that were chosen, and those without what tells who wrote them", async () => {
	const person = { name: "Erika Mustermann", email: "erika@example.org", external_id: "E1" };
	const comment = "Erika here (erika@example.org, 0170 1234567): great. See https://erika.example/x";
	const chosen = await give("Berlin", { score: 10, comment, person });
	await give("Berlin", { score: 0, comment: "Never to be seen" });
	const without = await give("Berlin", {});
	const { promoters, detractors } = await made(heed.get("/api/v1/insights/quotes"));
	assert.deepEqual(promoters.map((q) => q.text), ["••• here (•••, •••): great. See •••"]);
	assert.deepEqual(detractors.map((q) => q.text), ["Never to be seen"]);
	const plain = await made(make());
	assert.doesNotMatch((await open(plain.url)).text, /great|Never/);
	const { url } = await made(make({ quotes: [chosen.id] }));
	const { text } = await open(url);
	assert.match(text, /••• here \(•••, •••\): great\. See •••/);
	assert.doesNotMatch(text, /Erika|erika|0170|Never/);
	await made(heed.ask("PATCH", `/api/v1/responses/${chosen.id}`, { state: "excluded", reason: "asked to" }));
	assert.doesNotMatch((await open(url)).text, /great/, "taken back, it is gone from the page");
	for (const quotes of [[without.id], ["999"]]) {
		const r = await make({ quotes });
		assert.deepEqual([r.status, r.json.errors?.[0]?.path ?? r.json.path], [422, "/quotes"], r.text);
	}
});

test("a link asks nothing that strangers may not ask, and says what was wrong", async () => {
	for (const [body, status] of [
		[{ filter: "q=late" }, 403],
		[{ filter: "property.email=a%40b.example" }, 403],
		[{ by: "property.email" }, 403],
		[{ filter: "group=promoters" }, 422],
		[{ filter: "starred=true" }, 422],
		[{ filter: "plan=pro" }, 422],
		[{ filter: "survey=none" }, 404],
		[{ filter: "from=2026-01-01" }, 422],
		[{ by: "person" }, 422],
		[{ name: " " }, 422],
		[{ what: "all" }, 422],
		[{ expires_in_days: 0 }, 422],
		[{ expires_in_days: 731 }, 422],
	]) {
		const r = await make(body);
		assert.equal(r.status, status, `${JSON.stringify(body)}: ${r.text}`);
	}
});

test("a wallboard renews itself, and shows last answers only where that was chosen", async () => {
	const plain = await made(make({ what: "wallboard" }));
	const wall = (await open(plain.url)).text;
	assert.match(wall, /http-equiv="refresh"/);
	assert.match(wall, /<script nonce=/);
	assert.doesNotMatch(shown(wall), /Last answers/);
	const chatty = await made(make({ what: "wallboard", shows_answers: true }));
	assert.match((await open(chatty.url)).text, /Last answers/);
	const board = await made(make());
	assert.match((await open(board.url, { search: "?wall" })).text, /http-equiv="refresh"/);
});

test("a goal belongs to one kind, brand and touchpoint, and is shown where they are", async () => {
	const goal = { kind: "relationship", brand_id: brand, score: 55, by_day: "2027-06-30" };
	const put = (body) => heed.ask("PUT", "/api/v1/goals", body);
	const { goal: set } = await made(put(goal));
	assert.deepEqual([set.score, set.by_day, set.touchpoint], [55, "2027-06-30", null]);
	await made(put({ ...goal, score: 60 }));
	const { goals } = await made(heed.get("/api/v1/goals"));
	assert.deepEqual(goals.map((g) => g.score), [60]);
	const { url } = await made(make());
	assert.match((await open(url)).text, /Goal: 60 by 30 Jun 2027/);
	for (const [more, path] of [[{ score: 101 }, "/score"], [{ by_day: "30.6.2027" }, "/by_day"], [{ by_day: null }, "/by_day"], [{ brand_id: "77" }, "/brand_id"], [{ touchpoint: "moon" }, "/touchpoint"], [{ kind: "all" }, "/kind"]]) {
		const r = await put({ ...goal, ...more });
		assert.deepEqual([r.status, r.json.errors?.[0]?.path ?? r.json.path], [422, path], r.text);
	}
	assert.equal((await made(put({ ...goal, score: null, by_day: null }))).goal, null);
	assert.deepEqual((await made(heed.get("/api/v1/goals"))).goals, []);
});
