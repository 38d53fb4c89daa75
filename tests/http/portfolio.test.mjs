// Many scores in one table: who sees which rows, and what a total is made of.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, made, start } from "./harness.mjs";

let heed, first, second;
before(async () => {
	heed = await start(null);
	[first, second] = [await brand("First"), await brand("Second")];
	await survey("one", { brand_id: first.id });
	await survey("two", { brand_id: second.id });
	await answers("one", Array(30).fill(9).concat(Array(10).fill(2)), "2026-08-10");
	await answers("one", Array(20).fill(9), "2026-05-10");
	await answers("two", Array(5).fill(2).concat(Array(5).fill(9)), "2026-08-10");
});
after(() => heed?.stop());

const brand = (name, options) => made(heed.post("/api/v1/brands", { name }, options));
const survey = (slug, more = {}, options) => made(heed.post("/api/v1/surveys", { name: slug, slug, state: "live", ...more }, options));
async function answers(slug, scores, day, options) {
	for (const score of scores) await made(heed.post("/api/v1/responses", { survey: slug, score, submitted_at: `${day}T12:00:00Z` }, options));
}

const quarter = "from=2026-07-01&to=2026-09-30";
const portfolio = (query = quarter, options = {}) => made(heed.get(`/api/v1/insights/portfolio?${query}`, options));
const refused = async (query, status, told, options = {}) => {
	const r = await heed.get(`/api/v1/insights/portfolio?${query}`, options);
	assert.equal(r.status, status, r.text);
	assert.match(r.text, told);
};

test("brands stand apart, each with its change, and without a total that nobody asked for", async () => {
	const { rows, total } = await portfolio(`${quarter}&compare=previous`);
	assert.deepEqual(rows.map((row) => [row.brand.name, row.now.nps, row.now.responses, row.unit]), [
		["First", 50, 40, null],
		["Second", 0, 10, null],
	]);
	assert.equal(rows[0].change, -50);
	assert.equal(rows[1].change, null);
	assert.equal(rows[1].now.rough, true);
	assert.equal(total, null);
	const { json } = await heed.get(rows[1].now.answers_path);
	assert.equal(json.responses.length, 10);
});

test("a total is weighted as it was said: by answers, or as given", async () => {
	const byAnswers = (await portfolio(`${quarter}&total=answers`)).total;
	assert.deepEqual([byAnswers.weights, byAnswers.nps, byAnswers.responses], ["answers", 40, 50]);
	const { rows } = await portfolio();
	const equal = (await portfolio(`${quarter}&total=given`)).total;
	assert.equal(equal.nps, 25);
	const weighted = await portfolio(`${quarter}&total=given&weight=3*${rows[1].key}`);
	assert.equal(weighted.total.nps, 12.5);
	assert.deepEqual(weighted.rows.map((row) => row.weight), [1, 3]);
	assert.ok(weighted.total.interval[0] < 12.5 && weighted.total.interval[1] > 12.5);
	assert.equal(weighted.total.change, null);
});

test("scores of different kinds are never put together, and nonsense is refused in words", async () => {
	await made(heed.ask("PUT", "/api/v1/touchpoints", { touchpoints: [{ code: "shop", name: "Shop" }] }));
	await survey("shop", { kind: "transactional", touchpoint: "shop", brand_id: first.id });
	await answers("shop", Array(6).fill(9), "2026-08-10");
	assert.equal((await portfolio()).rows.length, 3);
	await refused(`${quarter}&total=answers`, 422, /kind=relationship/);
	assert.equal((await portfolio(`${quarter}&total=answers&kind=relationship`)).total.nps, 40);
	await refused(`${quarter}&total=most`, 422, /answers .*or given/);
	await refused(`${quarter}&of=people`, 422, /brands, teams or workspaces/);
	await refused(`${quarter}&weight=2*x`, 422, /total=given/);
	for (const weight of ["2", "*x", "-1*x", "nan*x", "1e10*x"])
		await refused(`${quarter}&total=given&weight=${weight}`, 422, /a number from 0 on/);
	await refused(`${quarter}&kind=relationship&total=given&weight=2*nothing`, 422, /key of no row/);
	await refused("compare=previous", 422, /first day/);
});

async function member(email, role, more = {}) {
	heed.mustRun("user", "add", email, "--role", role, "--workspace", "Acme", "--password-stdin", { input: `${PASSWORD}\n` });
	if (more.team_id) {
		const { members } = await made(heed.get("/api/v1/members"));
		await made(heed.ask("PATCH", `/api/v1/members/${members.find((one) => one.email === email).id}`, more));
	}
	return { key: null, cookie: await heed.signIn(email, PASSWORD) };
}

test("teams are told apart for those who manage, each as the team sees it", async () => {
	const team = await made(heed.post("/api/v1/teams", { name: "North", scope: { brands: [second.id] } }));
	await made(heed.post("/api/v1/teams", { name: "All of it", scope: {} }));
	const owner = { key: null, cookie: await heed.signIn() };
	const query = `${quarter}&of=teams&kind=relationship`;
	const { rows } = await portfolio(query, owner);
	assert.deepEqual(rows.map((row) => [row.unit.name, row.brand.name, row.now.responses, row.now.answers_path]), [
		["All of it", "First", 40, null],
		["All of it", "Second", 10, null],
		["North", "Second", 10, null],
	]);
	await refused(`${query}&total=answers`, 422, /may share answers/, owner);
	const analyst = await member("analyst@example.com", "analyst", { team_id: team.id });
	await refused(query, 403, /owners and admins/, analyst);
	assert.deepEqual((await portfolio(quarter, analyst)).rows.map((row) => row.brand.name), ["Second"]);
	assert.equal((await portfolio(query)).rows.length, 3); // the admin's key
});

test("workspaces are those that one is in, as one sees each, by its own days", async () => {
	const input = `${PASSWORD}\n`;
	heed.mustRun("init", "--workspace", "Elsewhere", "--email", "elsewhere@example.com", "--password-stdin", { input });
	heed.mustRun("init", "--workspace", "Foreign", "--email", "foreign@example.com", "--password-stdin", { input });
	const there = { key: heed.mustRun("key", "create", "--workspace", "Elsewhere", "--scope", "admin") };
	const foreign = { key: heed.mustRun("key", "create", "--workspace", "Foreign", "--scope", "admin") };
	for (const options of [there, foreign]) {
		await survey("there", {}, options);
		await answers("there", Array(6).fill(9), "2026-08-10", options);
		// Already October in Tokyo.
		await made(heed.post("/api/v1/responses", { survey: "there", score: 1, submitted_at: "2026-09-30T20:00:00Z" }, options));
	}
	await made(heed.ask("PATCH", "/api/v1/workspace", { time_zone: "Asia/Tokyo" }, there));
	const both = await member("both@example.com", "viewer");
	heed.mustRun("user", "add", "both@example.com", "--role", "analyst", "--workspace", "Elsewhere");
	const query = `${quarter}&of=workspaces&kind=relationship`;
	const { rows, total } = await portfolio(query, both);
	assert.deepEqual(rows.map((row) => [row.unit.name, row.brand.name, row.now.responses]), [
		["Acme", "First", 40],
		["Acme", "Second", 10],
		["Elsewhere", "Elsewhere", 6],
	]);
	assert.equal(total, null);
	assert.deepEqual(rows.map((row) => row.now.answers_path), [null, null, null]); // figures alone here, and another's list there
	assert.equal((await portfolio(`${query}&total=answers`, both)).total.responses, 56);
	await refused(query, 403, /one workspace/);
	await refused(`${query}&brand=First`, 422, /one workspace's own/, both);
	// A workspace that wants a second step shows nothing to who has none.
	await made(heed.ask("PATCH", "/api/v1/workspace", { two_step_for_all: true }, there));
	assert.deepEqual([...new Set((await portfolio(query, both)).rows.map((row) => row.unit.name))], ["Acme"]);
});

test("what may not be asked in a workspace leaves it out, whatever one is where one signed in", async () => {
	const input = `${PASSWORD}\n`;
	heed.mustRun("init", "--workspace", "Guest", "--email", "guest@example.com", "--password-stdin", { input });
	const there = { key: heed.mustRun("key", "create", "--workspace", "Guest", "--scope", "admin") };
	await survey("guest", {}, there);
	for (const options of [there, {}])
		await made(heed.post("/api/v1/responses", { survey: options.key ? "guest" : "one", score: 1, comment: "a lawsuit", submitted_at: "2026-08-10T12:00:00Z", properties: { email: "nora@x.example" } }, options));
	const owner = await member("two-roles@example.com", "owner");
	heed.mustRun("user", "add", "two-roles@example.com", "--role", "viewer", "--workspace", "Guest");
	const seen = async (more) => [...new Set((await portfolio(`${quarter}&of=workspaces${more}`, owner)).rows.map((row) => row.unit.name))];
	assert.deepEqual(await seen(""), ["Acme", "Guest"]);
	assert.deepEqual(await seen("&q=lawsuit"), ["Acme"]);
	assert.deepEqual(await seen("&property.email=nora@x.example"), ["Acme"]);
	assert.deepEqual(await seen("&property.plan=nora@x.example"), []);
	heed.mustRun("user", "role", "two-roles@example.com", "--role", "analyst", "--workspace", "Guest");
	assert.deepEqual(await seen("&q=lawsuit"), ["Acme", "Guest"]);
	assert.deepEqual(await seen("&property.email=nora@x.example"), ["Acme"]);
	heed.mustRun("user", "names", "two-roles@example.com", "--names", "seen", "--workspace", "Guest");
	assert.deepEqual(await seen("&property.email=nora@x.example"), ["Acme", "Guest"]);
});
