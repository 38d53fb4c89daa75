// The watch over scores: one change raises one alert, which can be put off, dismissed and taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { freshData, made, mustRun, serve, start } from "./harness.mjs";

const DAY = 86_400_000;
const DAYS = 420;
const FELL = 70; // days ago
let heed;
before(async () => {
	heed = await start(null);
	await load("desk", { a_day: 12, seed: 1, touchpoint: "support", falls: true });
	await load("start", { a_day: 12, seed: 2, touchpoint: "onboarding", falls: true });
	await load("steady", { a_day: 8, seed: 3, touchpoint: "renewal" });
	await load("rare", { a_day: 2, seed: 4 });
	await again();
});
after(() => heed?.stop());

const dayOf = (back) => new Date(Date.now() - back * DAY).toISOString().slice(0, 10);

async function load(slug, { a_day, seed, touchpoint, falls }) {
	let state = seed;
	const draw = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
	for (let i = 0; i < 50; i++) draw();
	const rows = [];
	for (let back = DAYS; back >= 1; back--)
		for (let i = 0; i < a_day; i++) {
			const [promoters, detractors] = falls && back <= FELL ? [0.3, 0.4] : [0.5, 0.2];
			const at = draw();
			rows.push(`${at < promoters ? 10 : at < promoters + detractors ? 3 : 8},${dayOf(back)}T10:00:00Z`);
		}
	if (touchpoint) {
		const { touchpoints } = await made(heed.get("/api/v1/touchpoints"));
		if (!touchpoints.some((t) => t.code === touchpoint))
			await made(heed.ask("PUT", "/api/v1/touchpoints", { touchpoints: [...touchpoints.map(({ code, name }) => ({ code, name })), { code: touchpoint, name: touchpoint }] }));
	}
	await made(heed.post("/api/v1/surveys", { slug, name: slug, state: "live", ...(touchpoint && { kind: "transactional", touchpoint }) }));
	const file = join(heed.dir, `${slug}.csv`);
	writeFileSync(file, `score,date\n${rows.join("\n")}\n`);
	heed.mustRun("import", file, "--survey", slug);
}

/** A server that starts looks at once. */
async function again() {
	const { key } = heed;
	await heed.halt();
	heed = await serve(heed);
	heed.key = key;
	for (;;) {
		const all = await ask();
		if (all.watches.length === 4) return all;
		await new Promise((wake) => setTimeout(wake, 20));
	}
}

const ask = (options) => made(heed.get("/api/v1/alerts", options));
const change = (body, options) => heed.ask("PATCH", `/api/v1/alerts/${body.id}`, body.change, options);
const codes = (list) => list.map((one) => one.touchpoint?.code ?? one.kind).sort();

test("one change of two scores is one alert, with day, size and range of both", async () => {
	const { alerts } = await ask();
	assert.equal(alerts.length, 1, JSON.stringify(alerts));
	const [alert] = alerts;
	assert.equal(alert.state, "open");
	assert.deepEqual(codes(alert.parts), ["onboarding", "support"]);
	for (const part of alert.parts) {
		assert.ok(part.from <= dayOf(FELL) && dayOf(FELL) <= part.to, JSON.stringify(part));
		assert.ok(part.interval[0] < -40 && -40 < part.interval[1] && part.interval[1] < 0, JSON.stringify(part));
		assert.ok(part.seen_on > dayOf(FELL) && part.seen_on < dayOf(0));
		assert.ok(part.people_after > 0 && part.people_before > 12 * 182);
	}
});

test("each score says whether it is watched, why not, and what fall would be seen how soon", async () => {
	const { watches, least_people_per_week } = await ask();
	const of = Object.fromEntries(watches.map((w) => [w.touchpoint?.code ?? w.kind, w]));
	assert.equal(least_people_per_week, 30);
	assert.equal(of.renewal.state, "watching");
	assert.ok(Math.abs(of.renewal.people_per_week - 56) < 1);
	const weeks = Object.fromEntries(of.renewal.sees.map((s) => [s.fall, s.weeks]));
	assert.ok(weeks[15] > weeks[20] && weeks[20] > weeks[30] && weeks[30] > 0, JSON.stringify(weeks));
	assert.deepEqual([of.relationship.state, of.relationship.sees, of.relationship.sees_rises], ["too_few", [], []]);
	assert.ok(of.renewal.sees_rises.every((s) => s.people > 0 && s.weeks > 0) && of.renewal.sees_rises.length > 0);
	// After a fall the next baseline begins where it did, which was not long enough ago.
	for (const code of ["support", "onboarding"]) assert.equal(of[code].state, "learning");
});

test("a server that starts again raises nothing twice", async () => {
	const { alerts } = await ask();
	assert.deepEqual((await again()).alerts, alerts);
});

test("an alert is dismissed, taken back and put off, and the log says who did it", async () => {
	const [{ id }] = (await ask()).alerts;
	const now = async () => (await ask()).alerts[0];
	assert.equal((await made(change({ id, change: { state: "dismissed" } }))).state, "dismissed");
	assert.equal((await now()).state, "dismissed");
	await made(change({ id, change: { state: "open" } }));
	const later = dayOf(-7);
	const snoozed = await made(change({ id, change: { snoozed_until: later } }));
	assert.deepEqual([snoozed.state, snoozed.snoozed_until, snoozed.parts.length], ["snoozed", later, 2]);
	assert.deepEqual(await now(), snoozed);
	await made(change({ id, change: { snoozed_until: null } }));
	assert.deepEqual([(await now()).state, (await now()).snoozed_until], ["open", null]);
	const actions = (await made(heed.get("/api/v1/audit"))).entries.map((e) => e.action);
	for (const action of ["alert.dismiss", "alert.reopen", "alert.snooze", "alert.wake"]) assert.ok(actions.includes(action), action);
	for (const [body, path] of [
		[{ state: "gone" }, "/state"],
		[{ snoozed_until: dayOf(0) }, "/snoozed_until"],
		[{ snoozed_until: "soon" }, "/snoozed_until"],
		[{ mute: true }, "/mute"],
	]) {
		const r = await change({ id, change: body });
		assert.deepEqual([r.status, r.json.errors?.[0]?.path], [422, path], r.text);
	}
	assert.equal((await change({ id, change: {} })).status, 422);
	assert.equal((await change({ id: "17", change: { state: "open" } })).status, 404);
});

test("a team sees the alerts of the scores that are its own, whole, and no others", async () => {
	const [{ id }] = (await ask()).alerts;
	const member = async (email, scope) => {
		await made(heed.post("/api/v1/teams", { name: email, scope }));
		return heed.member(email, "analyst", email);
	};
	const desk = await member("desk@example.com", { surveys: ["desk"] });
	const seen = await ask(desk);
	assert.deepEqual(seen.alerts.map((alert) => codes(alert.parts)), [["support"]]);
	assert.deepEqual(codes(seen.watches), ["support"]);
	assert.deepEqual(codes((await made(change({ id, change: { state: "open" } }, desk))).parts), ["support"]);
	for (const [name, scope] of [["rare", { surveys: ["rare"] }], ["city", { properties: { city: ["Berlin"] } }]]) {
		const other = await member(`${name}@example.com`, scope);
		const { alerts, watches } = await ask(other);
		assert.deepEqual([alerts, codes(watches)], [[], name === "rare" ? ["relationship"] : []], name);
		assert.equal((await change({ id, change: { state: "dismissed" } }, other)).status, 404);
	}
});

test("a backup carries alerts and watches", async (t) => {
	const { alerts, watches } = await ask();
	const copy = join(heed.dir, "copy.db");
	const other = freshData();
	t.after(() => other.remove());
	heed.mustRun("backup", copy);
	mustRun(other, "restore", copy);
	const restored = await serve(other);
	t.after(() => restored.halt());
	const seen = await made(restored.get("/api/v1/alerts", { key: heed.key }));
	assert.ok(alerts.length > 0);
	assert.deepEqual([seen.alerts, seen.watches], [alerts, watches]);
});
