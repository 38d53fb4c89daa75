// What people say, in short; the list of what to do first, with targets, trends and how much work it is; and unexpected delights.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { made, start } from "./harness.mjs";

let heed;

const themes = (query = "") => made(heed.get(`/api/v1/insights/themes?survey=years&${query}`));
const said = (query = "") => made(heed.get(`/api/v1/insights/said?survey=years&${query}`));
const rowOf = (rows, code) => rows.find((row) => row.code === code);
const months = ["2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"];

before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { slug: "years", name: "Years", state: "live" }));
	const rows = [];
	let n = 0;
	const say = (month, times, score, comment) => {
		for (let i = 0; i < times; i++) rows.push([score, `${comment} Number ${++n}.`, `${month}-${String(2 + (i % 26)).padStart(2, "0")}`]);
	};
	for (const [i, month] of months.entries()) {
		say(month, i < 9 ? 6 : 18, 2, "The support took ages to reply.");
		say(month, 6, 3, "Far too expensive, the price is bad.");
		say(month, 40, 10, "Everything was fine in the end.");
		say(month, 10, 8, "It does what I bought.");
		say(month, i < 9 ? 0 : 5, 10, "The delivery was quick and punctual, great delivery.");
		for (let k = 0; k < 30; k++) rows.push([9, "", `${month}-15`]);
	}
	const path = join(heed.dir, "years.csv");
	writeFileSync(path, `score,comment,submitted_at,language,channel\n${rows.map(([score, comment, day]) => `${score},"${comment}",${day},en,web`).join("\n")}\n`);
	heed.mustRun("import", path, "--survey", "years");
	while ((await themes()).comments.not_read > 0) await wait(100);
});
after(() => heed?.stop());

test("in short: what most detractors criticise and most promoters praise, by group", async () => {
	const short = await said();
	const whole = await themes();
	assert.equal(short.say_something, whole.comments.say_something);
	assert.equal(short.answers, whole.answers);
	assert.equal(short.grade, "estimated");
	assert.ok(rowOf(short.pains, "support_speed"));
	assert.ok(short.pains.length <= 5 && short.delights.length <= 5);
	for (const [list, group, side] of [
		[short.pains, "detractors", "criticised"],
		[short.delights, "promoters", "praised"],
	])
		for (const [i, one] of list.entries()) {
			for (const name of ["detractors", "passives", "promoters"]) {
				assert.equal(one[name].comments, rowOf(whole.themes, one.code).groups[name][side], `${one.code} ${name}`);
				assert.equal(one[name].of, whole.groups[name].say_something);
			}
			assert.ok(i === 0 || list[i - 1][group].comments >= one[group].comments);
			const { share, interval } = one[group];
			assert.ok(interval[0] < share && share < interval[1]);
		}
	assert.ok(rowOf(short.delights, "delivery"));
	const none = await said("channel=nowhere");
	assert.deepEqual([none.pains, none.delights, none.say_something], [[], [], 0]);
});

test("points at stake go down to a share that is asked for, and in a straight line", async () => {
	const [usual, none, half] = [await themes(), await themes("target=0"), await themes("target=0.05")];
	// Of two themes that the same comments have, one stands for both.
	const { code } = usual.themes.find((one) => /^support/.test(one.code) && one.criticism?.stands);
	const row = (all) => rowOf(all.themes, code);
	assert.ok(row(usual).criticism.stands && row(usual).criticism.effect < 0);
	const { points, share, target } = row(none).at_stake;
	assert.equal(target, 0);
	// Of all who answered, with a comment or not.
	const of = usual.comments.say_something / usual.answers;
	assert.ok(of < 0.75, `${of}`);
	assert.ok(Math.abs(points - -row(usual).criticism.effect * share * of) < 0.01, `${points}`);
	assert.ok(Math.abs(row(half).at_stake.points - (points * (share - 0.05)) / share) < 0.01);
	assert.ok(row(usual).at_stake.target > 0 && row(usual).at_stake.target < share);
	for (const wrong of ["2", "-1", "much"]) assert.equal((await heed.get(`/api/v1/insights/themes?target=${wrong}`)).status, 422, wrong);
});

test("the trend sets the last three months of criticism against the three before", async () => {
	const all = await themes();
	const { trend } = rowOf(all.themes, "support_speed");
	assert.ok(trend.beyond_chance && trend.change > 0.05 && trend.interval[0] > 0, JSON.stringify(trend));
	assert.equal(rowOf(all.themes, "price").trend.beyond_chance, false);
	const short = await themes("from=2026-01-01");
	assert.equal(rowOf(short.themes, "support_speed").trend, null);
});

test("people say how much work a theme is, by name in the log, and take it back", async () => {
	const { id } = rowOf((await themes()).themes, "support_speed");
	assert.deepEqual(await made(heed.ask("PUT", `/api/v1/themes/${id}/effort`, { effort: "large" })), { id, effort: "large" });
	assert.equal(rowOf((await themes()).themes, "support_speed").effort, "large");
	await made(heed.ask("PUT", `/api/v1/themes/${id}/effort`, { effort: "small" }));
	assert.equal(rowOf((await themes()).themes, "support_speed").effort, "small");
	const { entries } = await made(heed.get("/api/v1/audit?action=theme.effort"));
	assert.deepEqual(entries.map((entry) => entry.detail), ["small", "large"]);
	await made(heed.ask("PUT", `/api/v1/themes/${id}/effort`, { effort: null }));
	assert.equal(rowOf((await themes()).themes, "support_speed").effort, null);
	assert.equal((await heed.ask("PUT", `/api/v1/themes/${id}/effort`, { effort: "huge" })).status, 422);
	assert.equal((await heed.ask("PUT", "/api/v1/themes/12345/effort", { effort: "small" })).status, 404);
});

test("a delight is rare, the promoters' and new; what was always praised is none", async () => {
	const { unexpected } = await themes();
	assert.ok(unexpected.tried >= 1);
	assert.match(unexpected.since, /^2025-12-/);
	const delight = rowOf(unexpected.themes, "delivery");
	assert.ok(delight, JSON.stringify(unexpected));
	assert.deepEqual([delight.comments, delight.lately.people, delight.before.people, delight.others.people], [15, 15, 0, 0]);
	assert.ok(delight.all.share <= 0.05 && delight.rate <= 0.05);
	assert.ok(delight.against_before.ratio > 1 && delight.against_others.interval[0] > 1);
	assert.equal(delight.quotes.length, 3);
	for (const quote of delight.quotes) assert.ok(quote.score >= 9 && quote.pieces.some((piece) => piece.marked));
	assert.equal(unexpected.themes.length, 1, JSON.stringify(unexpected.themes.map((one) => one.code)));
	// Of a quarter nothing can be new.
	assert.deepEqual((await themes("from=2026-01-01")).unexpected, { tried: 0, since: null, themes: [] });
	const viewer = await heed.member("viewer@example.com", "viewer");
	const seen = await made(heed.get("/api/v1/insights/themes?survey=years", viewer));
	assert.deepEqual(rowOf(seen.unexpected.themes, "delivery").quotes, []);
});

test("heed report says the same beside the score, as lines and as JSON", async () => {
	const short = await said();
	const { parts } = JSON.parse(heed.mustRun("report", "--survey", "years", "--json"));
	const told = ({ code, detractors, promoters }, group) => ({ theme: code, ...(group === "detractors" ? detractors : promoters) });
	const plain = ({ name, ...one }) => one;
	assert.deepEqual(parts[0].said.pains.map(plain), short.pains.map((one) => told(one, "detractors")));
	assert.deepEqual(parts[0].said.delights.map(plain), short.delights.map((one) => told(one, "promoters")));
	assert.equal(parts[0].said.comments, short.say_something);
	const page = heed.mustRun("report", "--survey", "years");
	assert.match(page, /What the [0-9]+ comments say, as read by the machine:\n {2}Detractors criticise\n {4}\S.* about \d+ % \(\d+ to \d+\)\n/);
	assert.match(page, /Promoters praise\n {4}Delivery +about \d+ %/);
});
