// The journey: touchpoints in their order, each with its own answers and its own rates, the relationship beside them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

let heed, shop, help, whole;
before(async () => {
	heed = await start(null);
	const touchpoints = [
		{ code: "help", name: "Help" },
		{ code: "shop", name: "Shop" },
		{ code: "leave", name: "Leave" },
	];
	assert.equal((await heed.ask("PUT", "/api/v1/touchpoints", { touchpoints })).status, 200);
	shop = await survey("shop", { kind: "transactional", touchpoint: "shop" });
	help = await survey("help", { kind: "transactional", touchpoint: "help" });
	whole = await survey("whole");
	await answers("shop", [9, 9, 9, 9, 9, 2], "2026-08-10");
	await answers("shop", [2, 2, 2, 2, 2, 9], "2026-05-10");
	await answers("help", [7, 7, 7, 7, 7], "2026-08-10");
	await answers("whole", [0, 0, 0, 0, 0, 0, 0], "2026-08-10");
});
after(() => heed?.stop());

async function survey(slug, more = {}) {
	const { id, url } = await made(heed.post("/api/v1/surveys", { name: slug, slug, state: "live", ...more }));
	return { id, path: url.slice(heed.url.length) };
}

async function answers(slug, scores, day) {
	for (const score of scores) await made(heed.post("/api/v1/responses", { survey: slug, score, submitted_at: `${day}T12:00:00Z`, properties: { city: "Rome" } }));
}

const journey = async (query = "", options = {}) => made(heed.get(`/api/v1/insights/journey${query}`, options));
const quarter = "?from=2026-07-01&to=2026-09-30";

test("tells of every touchpoint in its order, never together, and of the relationship beside them", async () => {
	const { journeys, compare } = await journey(quarter);
	assert.equal(compare, null);
	assert.equal(journeys.length, 1);
	const { steps, relationship } = journeys[0];
	assert.deepEqual(steps.map((one) => [one.code, one.now.nps, one.now.responses]), [
		["help", 0, 5],
		["shop", (100 * 4) / 6, 6],
		["leave", null, 0],
	]);
	assert.equal(steps[2].key, null); // nobody asks there
	assert.deepEqual([relationship.now.nps, relationship.now.responses], [-100, 7]);
	const { json } = await heed.get(steps[1].now.answers_path);
	assert.deepEqual(json.responses.map((one) => one.survey_id), Array(6).fill(shop.id));
});

test("compares each step with its own period before", async () => {
	const { journeys, before_from, before_to } = await journey(`${quarter}&compare=previous`);
	assert.deepEqual([before_from, before_to], ["2026-04-01", "2026-06-30"]);
	const [, step] = journeys[0].steps;
	assert.ok(Math.abs(step.change - (100 * 8) / 6) < 1e-9);
	assert.equal(step.before.responses, 6);
	assert.equal(journeys[0].steps[0].change, null);
	assert.equal((await heed.get("/api/v1/insights/journey?compare=previous")).status, 422);
});

function pageNumber() {
	const bytes = Buffer.concat([Buffer.alloc(8), randomBytes(12)]);
	bytes.writeBigUInt64BE(BigInt(Date.now()));
	return bytes.subarray(2).toString("base64url");
}

async function form(path, fields) {
	const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
	const r = await heed.ask("POST", path, new URLSearchParams(fields).toString(), { key: null, headers });
	assert.ok(r.status < 400, r.text);
}

test("has a rate for those sent a link and one for those who saw it, each with its own denominator", async () => {
	const person = { js: "1", proof: "tap" };
	for (let i = 0; i < 4; i++) {
		const { url } = await made(heed.post("/api/v1/links", { survey: "help" }));
		if (i < 1) await form(url.slice(heed.url.length), { score: "9", ...person });
	}
	// From before views were counted: nobody knows who saw it then.
	await made(heed.post("/api/v1/responses", { survey: "shop", score: 9, channel: "link", submitted_at: "2026-01-10T12:00:00Z" }));
	for (let i = 0; i < 5; i++) {
		const n = pageNumber();
		await form(`${shop.path}/shown`, { n });
		if (i < 2) await form(shop.path, { n, score: "8", ...person });
	}
	const { journeys } = await journey();
	const [first, second, third] = journeys[0].steps;
	assert.deepEqual(first.sent, { asked: 4, scored: 1 });
	assert.deepEqual(second.sent, null);
	assert.deepEqual(second.shown, { asked: 5, scored: 2 }); // answers that came by API saw no page
	assert.deepEqual([third.sent, third.shown], [null, null]);
	assert.deepEqual((await journey("?to=2026-09-30")).journeys[0].steps.map((one) => [one.sent, one.shown]), Array(3).fill([null, null]));
	// Whom a filter takes of those who saw it, nobody knows; a link says its channel and its properties.
	assert.deepEqual((await journey("?channel=link")).journeys[0].steps[1].shown, null);
	assert.deepEqual((await journey("?channel=link")).journeys[0].steps[0].sent, { asked: 4, scored: 1 });
	assert.deepEqual((await journey("?channel=email")).journeys[0].steps[0].sent, null);
	assert.deepEqual((await journey("?kind=transactional")).journeys[0].steps[1].shown, { asked: 5, scored: 2 });
});

test("links are counted that were made in the days and that a filter takes", async () => {
	await made(heed.post("/api/v1/links", { survey: "help", properties: { city: "Rome" } }));
	const { url } = await made(heed.post("/api/v1/links", { survey: "help", properties: { city: "Rome" } }));
	await form(url.slice(heed.url.length), { score: "3", js: "1", proof: "tap" });
	const sent = async (query) => (await journey(query)).journeys[0].steps[0].sent;
	assert.deepEqual(await sent("?from=2026-10-01"), { asked: 6, scored: 2 });
	assert.deepEqual(await sent("?from=2026-10-01&property.city=Rome"), { asked: 2, scored: 1 });
	assert.deepEqual(await sent("?property.city=Rome&channel=link"), { asked: 2, scored: 1 });
	assert.equal(await sent("?to=2026-09-30&property.city=Rome"), null);
	assert.equal(await sent("?language=en"), null);
});

test("a team sees its own steps, and rates of what its scope says of links", async () => {
	const cookieOf = async (email, scope) => {
		const team = await made(heed.post("/api/v1/teams", { name: email, scope }));
		heed.mustRun("user", "add", email, "--role", "analyst", "--workspace", "Acme", "--password-stdin", { input: "a long enough one\n" });
		const { members } = await made(heed.get("/api/v1/members"));
		await made(heed.ask("PATCH", `/api/v1/members/${members.find((one) => one.email === email).id}`, { team_id: team.id }));
		return { key: null, cookie: await heed.signIn(email, "a long enough one") };
	};
	const ofShop = await cookieOf("shop@example.com", { surveys: ["shop"] });
	const { journeys } = await journey(quarter, ofShop);
	assert.deepEqual(journeys[0].steps.map((one) => one.now.responses), [0, 6, 0]);
	assert.equal(journeys[0].relationship.key, null);
	const ofRome = await cookieOf("rome@example.com", { properties: { city: ["Rome"] } });
	const rome = await journey("", ofRome);
	assert.deepEqual(rome.journeys[0].steps.map((one) => one.now.responses), [6, 12, 0]);
	assert.deepEqual(
		rome.journeys[0].steps.map((one) => [one.sent, one.shown]),
		[[{ asked: 2, scored: 1 }, null], [null, null], [null, null]],
	);
});
