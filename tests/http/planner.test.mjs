// The planner over HTTP: what a wish takes at the pace of the last weeks, and what is known of today's customers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

async function ask(query = "") {
	const r = await heed.get(`/api/v1/insights/planner?${query}`);
	assert.equal(r.status, 200, r.text);
	return r.json;
}

const DAY = 86_400_000;
const ago = (days) => new Date(Date.now() - days * DAY).toISOString();

/** Rows of [days ago, score, email]. */
async function load(slug, rows) {
	for (const [path, body] of [["surveys", { slug, name: slug }], [`surveys/${slug}/publish`]])
		assert.ok((await heed.post(`/api/v1/${path}`, body)).status < 300);
	const path = join(heed.dir, `${slug}.csv`);
	const lines = rows.map(([days, score, email = ""]) => `${score},${ago(days)},${email}`);
	writeFileSync(path, `score,created_at,email\n${lines.join("\n")}\n`);
	heed.mustRun("import", path, "--survey", slug);
}

const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const score = (i) => [10, 10, 9, 8, 3][i % 5];

test("a narrower range takes more answers, and as many weeks as come in", async () => {
	// Two a day for 200 days: 14 a week.
	await load("steady", times(400, (i) => [i / 2 + 0.1, score(i)]));
	const five = await ask("survey=steady");
	assert.deepEqual([five.figure.responses, five.flow.weeks, five.plan.deff], [400, 12, 1]);
	assert.ok(Math.abs(five.flow.per_week - 14) < 0.3, `${five.flow.per_week}`);
	const { range } = five.plan;
	assert.equal(range.half, 5);
	assert.ok(Math.abs(range.weeks - range.answers / five.flow.per_week) < 1e-9);
	// As wide as it is now: about as many answers as there are now.
	const now = await ask(`survey=steady&half=${Math.round(range.now)}`);
	assert.ok(Math.abs(now.plan.range.answers / 400 - (range.now / Math.round(range.now)) ** 2) < 0.03);
	for (const [i, at] of range.curve.entries()) if (i > 0) assert.ok(at.answers >= range.curve[i - 1].answers && at.half < range.curve[i - 1].half);
});

test("a change is seen sooner the larger it is, and never where too little came before it", async () => {
	const weeks = async (change) => (await ask(`survey=steady&change=${change}`)).plan.change;
	const [small, large, tiny] = [await weeks(15), await weeks(30), await weeks(1)];
	assert.ok(large.weeks < small.weeks && large.side < small.side);
	assert.equal(tiny.weeks, null);
	// At four weeks a side less is seen than at a year's.
	assert.deepEqual(small.smallest.map((one) => one.weeks), [4, 8, 12, 26, 52]);
	for (const [i, one] of small.smallest.entries()) if (i > 0) assert.ok(one.points < small.smallest[i - 1].points);
	const twelve = small.smallest[2];
	const { side } = await weeks(Math.ceil(twelve.points));
	assert.ok(side <= twelve.answers, `${side} answers see what ${twelve.answers} do`);
});

test("the flow is of the last twelve weeks, or of less where the survey is younger, whatever days are asked for", async () => {
	await load("young", times(40, (i) => [1 + i / 2, score(i)]));
	const { flow } = await ask("survey=young");
	assert.ok(flow.weeks > 2.5 && flow.weeks < 3.2, `${flow.weeks}`);
	assert.ok(flow.per_week > 12 && flow.per_week < 16, `${flow.per_week}`);
	await load("ended", times(60, (i) => [100 + i, score(i)]));
	const ended = await ask("survey=ended");
	assert.deepEqual([ended.flow.responses, ended.plan.range.weeks, ended.plan.change.weeks, ended.plan.change.smallest], [0, null, null, []]);
	assert.ok(ended.plan.range.answers > 100);
	const one = await ask(`survey=steady&from=${ago(30).slice(0, 10)}`);
	assert.ok(one.figure.responses < 70 && Math.abs(one.flow.per_week - 14) < 0.3);
});

test("people who answer again and again count for less", async () => {
	await load("again", times(300, (i) => [i / 4 + 0.1, score(i % 20), `p${i % 20}@example.com`]));
	const { plan } = await ask("survey=again");
	const apart = (await ask("survey=steady")).plan;
	assert.ok(plan.deff > 5, `${plan.deff}`);
	assert.ok(plan.range.answers > 4 * apart.range.answers);
});

test("the plan passes through the figure, and what the accounts that answer cannot tell is out of reach", async () => {
	// 40 people who answer on and on for 400 days, each of much the same mind.
	await load("same", times(2000, (i) => [i / 5 + 0.1, i % 7 ? [10, 9, 10, 2, 8][i % 40 % 5] : 3, `s${i % 40}@example.com`]));
	const { figure, plan } = await ask("survey=same&half=1");
	assert.ok(figure.deff > 2 * plan.deff, `${figure.deff} ${plan.deff}`);
	assert.deepEqual([plan.range.answers, plan.range.weeks, plan.change.side, plan.change.weeks], [null, null, null, null]);
	const { curve, now } = plan.range;
	const [wider, narrower] = [curve.findLast((p) => p.half > now * 1.02), curve.find((p) => p.half < now * 0.98)];
	assert.ok(wider.answers < figure.responses && (!narrower || narrower.answers > figure.responses), JSON.stringify({ wider, narrower, now }));
	// What the same people said before is as little as it was: no wait shows what two such sides cannot.
	for (const one of plan.change.smallest) assert.ok(one.points > 20, JSON.stringify(one));
	const few = await ask("survey=same&half=50");
	assert.ok(few.plan.range.answers < 100);
});

test("of all customers of today more is known when most of them have answered", async () => {
	await load("known", times(90, (i) => [i / 3 + 0.1, score(i), `k${i}@example.com`]));
	const width = ({ interval: [lo, hi] }) => hi - lo;
	const all = await ask("survey=known&customers=90");
	assert.deepEqual([all.customers.count, all.customers.people], [90, 90]);
	assert.ok(width(all.customers) < 1e-9);
	const some = await ask("survey=known&customers=200");
	const many = await ask("survey=known&customers=1000000000");
	assert.ok(width(some.customers) < 0.9 * width(some.figure));
	assert.ok(Math.abs(width(many.customers) - width(many.figure)) < 1e-3);
	assert.equal((await ask("survey=known")).customers, null);
});

test("without a score there is no plan", async () => {
	await load("four", times(4, (i) => [i + 1, 9]));
	const { figure, plan } = await ask("survey=four");
	assert.deepEqual([figure.responses, plan], [4, null]);
	const none = await ask("channel=nothing");
	assert.deepEqual([none.figure.responses, none.plan], [0, null]);
});

test("wrong wishes are refused by name", async () => {
	for (const [name, value] of [["half", "0"], ["half", "51"], ["half", "5.5"], ["change", "x"], ["customers", "0"], ["customers", "-3"], ["colour", "red"]]) {
		const r = await heed.get(`/api/v1/insights/planner?${name}=${value}`);
		assert.equal(r.status, 422, `${name}: ${r.text}`);
		if (name !== "colour") assert.equal(r.json.errors[0].path, name);
	}
	assert.equal((await heed.get("/api/v1/insights/planner?part=transactional/7/moon")).status, 404);
});
