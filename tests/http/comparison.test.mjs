// One period beside another: the days, the change, and whether it is more than chance, against a second implementation.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { design } from "./definition.mjs";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

async function post(path, body) {
	const r = await heed.post(`/api/v1/${path}`, body);
	assert.ok(r.status < 300, r.text);
	return r.json;
}

async function ask(query) {
	const r = await heed.get(`/api/v1/insights/nps?${query}`);
	assert.equal(r.status, 200, r.text);
	return r.json;
}

const normal = 1.959963984540054;

/** The 97.5 % quantile of Student's t, by adding up its density. */
function studentT(degrees) {
	const logGamma = (x) => {
		let sum = 0;
		for (; x < 30; x++) sum -= Math.log(x);
		return sum + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
	};
	const scale = Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2)) / Math.sqrt(degrees * Math.PI);
	const density = (t) => scale * (1 + (t * t) / degrees) ** (-(degrees + 1) / 2);
	const area = (to) => {
		const steps = 20000;
		let sum = density(0) + density(to);
		for (let i = 1; i < steps; i++) sum += density((to * i) / steps) * (i % 2 ? 4 : 2);
		return (sum * to) / steps / 3;
	};
	let [low, high] = [1.9, 13];
	for (let i = 0; i < 50; i++) {
		const middle = (low + high) / 2;
		if (area(middle) < 0.475) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** From [cluster, score] pairs; written from the definition, answer by answer. */
function period(answers) {
	const x = (score) => (score >= 9 ? 1 : score <= 6 ? -1 : 0);
	const shape = design(answers.map(([who, s]) => [who, x(s)]));
	const { n, deff } = shape;
	const [p, d] = [1, -1].map((v) => (answers.filter(([, s]) => x(s) === v).length / deff + 0.75) / (n / deff + 3));
	return { ...shape, centre: p - d, se: Math.sqrt((p + d - (p - d) ** 2) / (n / deff + 3)) };
}

function change(now, before_) {
	const [a, b] = [period(now), period(before_)];
	const both = [...a.residuals.keys()].filter((who) => b.residuals.has(who));
	const paired = both.length > 0 && both.length >= 0.1 * Math.min(a.k, b.k);
	const [v, w] = [a.se ** 2, b.se ** 2];
	const welch = (v + w) ** 2 / (v ** 2 / a.degrees + w ** 2 / b.degrees);
	let quantile = normal;
	let r = 0;
	if (paired) {
		const cross = both.reduce((sum, who) => sum + a.residuals.get(who) * b.residuals.get(who), 0);
		r = cross / Math.sqrt(a.squares * b.squares);
		quantile = studentT(Math.min(welch, design([...now, ...before_]).degrees));
	} else if (a.k < a.n || b.k < b.n) {
		quantile = studentT(welch);
	}
	const half = quantile * Math.sqrt(a.se ** 2 + b.se ** 2 - 2 * r * a.se * b.se);
	const centre = a.centre - b.centre;
	return { change: 100 * (a.mean - b.mean), interval: [100 * (centre - half), 100 * (centre + half)], paired, both: both.length };
}

/** Some answers of each period; a person of null is one of its own. */
async function world(slug, now, before_) {
	await post("surveys", { slug, name: slug, state: "live" });
	for (const [day, list] of [["2026-05-10", now], ["2026-04-10", before_]])
		for (const [person, score] of list)
			await post("responses", {
				survey: slug,
				score,
				submitted_at: `${day}T12:00:00Z`,
				...(person && { person: { external_id: `${slug} ${person}` } }),
			});
	let alone = 0;
	const named = (list) => list.map(([person, score]) => [person ?? `alone ${alone++}`, score]);
	const seen = (await ask(`survey=${slug}&from=2026-05-01&to=2026-05-31&compare=previous`)).parts[0].comparison;
	return { seen, expected: change(named(now), named(before_)) };
}

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

function same({ seen, expected }) {
	near(seen.change, expected.change);
	near(seen.interval[0], expected.interval[0]);
	near(seen.interval[1], expected.interval[1]);
	assert.equal(seen.paired, expected.paired);
	assert.equal(seen.beyond_chance, expected.interval[0] > 0 || expected.interval[1] < 0);
}

const scores = (n, shift) => Array.from({ length: n }, (_, i) => [10, 9, 8, 7, 3, 10, 6, 9, 2, 10][(i * 7 + shift) % 10]);

test("a change of people who answered once is the published formula", async () => {
	const w = await world("once", scores(40, 0).map((s) => [null, s]), scores(30, 3).map((s) => [null, Math.max(0, s - 2)]));
	same(w);
	assert.deepEqual([w.seen.paired, w.seen.people_in_both, w.seen.rough], [false, 0, false]);
});

test("answers of one person within a period are clustered", async () => {
	const list = (shift, mark) => scores(12, shift).flatMap((s, i) => [[`${mark}${i}`, s], [`${mark}${i}`, s], [`${mark}${i}`, s > 5 ? 9 : 2]]);
	const w = await world("often", list(0, "a"), list(4, "b"));
	same(w);
	assert.equal(w.seen.paired, false);
});

test("people who answered in both periods are paired", async () => {
	const before_ = scores(25, 1).map((s, i) => [`p${i}`, s]);
	const w = await world("twice", before_.map(([who, s], i) => [who, i % 4 ? s : 10]).slice(0, 18), before_);
	same(w);
	assert.deepEqual([w.seen.paired, w.seen.people_in_both], [true, 18]);
});

test("nothing is said of a change where either period is too small", async () => {
	const { seen } = await world("few", scores(20, 0).map((s) => [null, s]), [[null, 9], [null, 1]]).catch((error) => {
		throw error;
	});
	assert.deepEqual([seen.change, seen.interval, seen.beyond_chance, seen.rough], [null, null, false, true]);
	assert.equal(seen.figure.responses, 2);
});

test("the period before is as long, and whole months go with whole months", async () => {
	await post("surveys", { slug: "days", name: "days", state: "live" });
	for (let i = 0; i < 5; i++) await post("responses", { survey: "days", score: 9, submitted_at: "2024-02-29T12:00:00Z" });
	const days = async (from, to, compare) => {
		const { comparison } = (await ask(`survey=days&from=${from}&to=${to}&compare=${compare}`)).parts[0];
		return `${comparison.from} ${comparison.to}`;
	};
	assert.equal(await days("2024-02-01", "2024-02-29", "previous"), "2024-01-01 2024-01-31");
	assert.equal(await days("2024-01-01", "2024-03-31", "previous"), "2023-10-01 2023-12-31");
	assert.equal(await days("2024-01-01", "2024-12-31", "previous"), "2023-01-01 2023-12-31");
	assert.equal(await days("2024-02-20", "2024-02-29", "previous"), "2024-02-10 2024-02-19");
	assert.equal(await days("2024-02-29", "2024-02-29", "previous"), "2024-02-28 2024-02-28");
	assert.equal(await days("2024-02-01", "2024-02-29", "year"), "2023-02-01 2023-02-28");
	assert.equal(await days("2024-02-20", "2024-02-29", "year"), "2023-02-20 2023-02-28");
	assert.equal(await days("2024-02-10", "2024-03-09", "year"), "2023-02-10 2023-03-09");
	for (const query of ["compare=previous", "to=2024-02-29&compare=year", "from=2024-02-01&compare=month", "from=2022-01-01&to=2024-03-01&compare=year"])
		assert.equal((await heed.get(`/api/v1/insights/nps?${query}`)).status, 422, query);
});

test("a comparison leads to its own answers, and follows the filter", async () => {
	const { parts } = await ask("survey=twice&from=2026-05-01&to=2026-05-31&compare=previous");
	const list = await heed.get(`${parts[0].comparison.figure.answers_path}&limit=200`);
	assert.equal(list.json.responses.length, parts[0].comparison.figure.responses);
	const some = await ask("survey=twice&from=2026-05-01&to=2026-05-31&compare=previous&has_comment=true");
	assert.equal(some.parts.length, 0);
});

test("a figure says what it leaves out", async () => {
	await post("surveys", { slug: "left", name: "left", state: "live" });
	const give = (body) => post("responses", { survey: "left", channel: "web", ...body });
	for (let i = 0; i < 6; i++) await give({ score: 9 });
	const state = async (id, body) => {
		const r = await heed.ask("PATCH", `/api/v1/responses/${id}`, body);
		assert.equal(r.status, 200, r.text);
	};
	await give({ score: 1, test: true });
	await give({ comment: "no score" });
	await state((await give({ score: 1 })).id, { state: "excluded", reason: "spam" });
	await state((await give({ score: 1, channel: "sms" })).id, { state: "excluded", reason: "spam" });
	const all = await ask("survey=left");
	const none = { excluded: 0, unconfirmed: 0, test: 0, dismissed: 0, deleted: 0, without_score: 0 };
	assert.deepEqual(all.parts[0].left_out, { ...none, excluded: 2, test: 1, without_score: 1 });
	assert.deepEqual(all.left_out, all.parts[0].left_out);
	assert.equal(all.parts[0].figure.responses, 6);
	assert.deepEqual((await ask("survey=left&channel=sms")).left_out, { ...none, excluded: 1 });
	assert.deepEqual((await ask("survey=left&to=2020-01-01")).left_out, none);
	for (const [what, n] of [["excluded", 2], ["test", 1]])
		assert.equal((await heed.get(`/api/v1/responses?survey=left&state=${what}`)).json.responses.length, n);
});

test("the report tells the change in a sentence", () => {
	const page = heed.mustRun("report", "--survey", "twice", "--from", "2026-05-01", "--to", "2026-05-31", "--compare", "previous");
	assert.match(page, /From 2026-04-01 to 2026-04-30: -?\d+\.\d of 25 answers\. It (rose|fell) by/);
	assert.match(page, /chance\./);
	const left = heed.mustRun("report", "--survey", "left");
	assert.match(left, /Not counted: 1 without a score, 2 excluded by hand, 1 of tests\./);
	const json = JSON.parse(heed.mustRun("report", "--survey", "twice", "--from", "2026-05-01", "--compare", "year", "--json"));
	assert.equal(json.parts[0].comparison.from, "2025-05-01");
	assert.equal(json.parts[0].left_out.excluded, 0);
	assert.equal(heed.command("report", "--compare", "previous").status, 2);
});
