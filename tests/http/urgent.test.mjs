// Urgent comments: a notice a kind, with its words, put off, turned off, dealt with and taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

let heed, burnt, sued;

async function give(comment, more = {}) {
	const { id } = await made(heed.post("/api/v1/responses", { survey: "all", score: 2, language: "en", comment, ...more }));
	for (;;) {
		const one = await made(heed.get(`/api/v1/responses/${id}`));
		if (one.reading) return one;
		await new Promise((wake) => setTimeout(wake, 10));
	}
}
const notices = async (options) => (await made(heed.get("/api/v1/urgent", options))).notices;
const notice = async (kind, options) => (await notices(options)).find((n) => n.kind === kind);
const change = (kind, body, options) => heed.ask("PATCH", `/api/v1/urgent/${kind}`, body, options);
const done = (kind, body, options) => heed.post(`/api/v1/urgent/${kind}/done`, body, options);
const words = ({ pieces }) => pieces.filter((p) => p.marked).map((p) => p.text);
const whole = ({ pieces }) => pieces.map((p) => p.text).join("");

before(async () => {
	heed = await start(null);
	for (const slug of ["all", "other"]) await made(heed.post("/api/v1/surveys", { name: slug, slug, state: "live" }));
	burnt = await give("The charger caught fire and burned my hand. Mail me: ann@example.com");
	sued = await give("You will hear from my lawyer.");
});
after(() => heed?.stop());

test("each kind is a notice with its newest answers and the words that it rests on", async () => {
	const all = await notices();
	assert.deepEqual(all.map((n) => n.kind), ["safety", "legal", "abuse", "data-leak", "press", "self-harm"]);
	const safety = all[0];
	assert.deepEqual([safety.state, safety.answers, safety.ids], ["open", 1, [burnt.id]]);
	assert.ok(words(safety.newest[0]).some((w) => w.includes("fire")), JSON.stringify(words(safety.newest[0])));
	assert.deepEqual([all[2].state, all[2].answers, all[2].newest], ["none", 0, []]);
});

test("an answer that is edited, taken out of the figures or older than a month is in none", async () => {
	const fine = await give("The stairs are dangerous.");
	const old = await give("The stairs are dangerous, too.", { submitted_at: "2020-01-01T10:00:00Z" });
	const test_ = await give("The stairs are dangerous, as a test.", { test: true });
	let { ids } = await notice("safety");
	assert.deepEqual(ids, [fine.id, burnt.id]);
	assert.ok(!ids.includes(old.id) && !ids.includes(test_.id));
	await made(heed.ask("PATCH", `/api/v1/responses/${fine.id}`, { comment: "The stairs are lovely." }));
	while ((await notice("safety")).answers !== 1) await new Promise((wake) => setTimeout(wake, 10));
});

test("what somebody dealt with is gone from its notice alone, and comes back when it is taken back", async () => {
	const both = await give("Your charger caught fire, and my lawyer will sue you.");
	assert.deepEqual((await notice("legal")).ids, [both.id, sued.id]);
	assert.equal((await done("legal", { responses: [both.id] })).status, 204);
	assert.deepEqual((await notice("legal")).ids, [sued.id]);
	assert.ok((await notice("safety")).ids.includes(both.id));
	assert.equal((await done("legal", { responses: [both.id], done: false })).status, 204);
	assert.deepEqual((await notice("legal")).ids, [both.id, sued.id]);
	await made(done("safety", { responses: [both.id, burnt.id] }));
	assert.equal((await notice("safety")).state, "none");
	await made(done("safety", { responses: [both.id, burnt.id], done: false }));
});

test("a kind can be put off to a day and turned off, and both are in the audit log", async () => {
	assert.equal((await change("legal", { snoozed_until: "2020-01-01" })).status, 422);
	await made(change("legal", { snoozed_until: "2099-01-01" }));
	let legal = await notice("legal");
	assert.deepEqual([legal.state, legal.snoozed_until, legal.answers > 0], ["snoozed", "2099-01-01", true]);
	await made(change("legal", { snoozed_until: null }));
	assert.equal((await notice("legal")).state, "open");
	await made(change("legal", { on: false }));
	assert.deepEqual([(await notice("legal")).state, (await notice("legal")).on], ["off", false]);
	await made(change("legal", { on: true }));
	assert.equal((await notice("legal")).state, "open");
	assert.equal((await change("fun", { on: true })).status, 404);
	assert.equal((await change("legal", {})).status, 422);
	const { entries } = await made(heed.get("/api/v1/audit"));
	for (const deed of ["notice.snooze", "notice.wake", "notice.off", "notice.on", "notice.done", "notice.undone"])
		assert.ok(entries.some((e) => e.action === deed), deed);
});

test("a team sees its own answers alone, and who sees comments masked sees these so", async () => {
	const team = await made(heed.post("/api/v1/teams", { name: "Others", scope: { surveys: ["other"] } }));
	const other = await give("They threatened to kill me.", { survey: "other" });
	const agent = await heed.member("agent@example.com", "agent", team.name);
	assert.deepEqual([...new Set((await notices(agent)).flatMap((n) => n.ids))], [other.id]);
	assert.equal((await done("safety", { responses: [burnt.id] }, agent)).status, 404);
	await made(heed.ask("PATCH", "/api/v1/workspace", { personal_data: "on_display" }));
	const analyst = await heed.member("analyst@example.com", "analyst");
	const shown = (await notice("safety", analyst)).newest.find((one) => one.id === burnt.id);
	assert.equal(whole(shown), "The charger caught fire and burned my hand. Mail me: [email]");
	assert.ok(words(shown).some((w) => w.includes("fire")));
	assert.equal((await heed.get("/api/v1/urgent", await heed.member("viewer@example.com", "viewer"))).status, 403);
});
