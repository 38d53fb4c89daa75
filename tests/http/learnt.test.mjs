// How well comments are read, and learning at once: told, wanted, and there after a kill.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, serve, start, until } from "./harness.mjs";

const EACH = 30;
const things = ["desk", "lamp", "table", "sofa", "bed", "shelf", "door"];
let heed, none;

before(async () => {
	heed = await start(null);
	none = await made(heed.get("/api/v1/reading/learnt"));
	await made(heed.post("/api/v1/surveys", { name: "all", slug: "all", state: "live" }));
	await Promise.all(
		Array.from({ length: 2 * EACH }, (_, i) =>
			give({ score: i % 2 ? 10 : 1, comment: `It was the ${i % 2 ? "blue" : "green"} ${things[i % 7]} number ${i}.` }),
		),
	);
});
after(() => heed?.stop());

const give = (body) => made(heed.post("/api/v1/responses", { survey: "all", language: "en", ...body }));
const one = (id) => made(heed.get(`/api/v1/responses/${id}`));
const learnt = () => made(heed.get("/api/v1/reading/learnt"));

const read = (id) => until(() => one(id), (r) => r.reading);

/** Everything that was given is read, and was learnt from. */
async function learn() {
	await read((await give({ comment: "Read behind all others." })).id);
	const before = (await learnt()).looked_at;
	await made(heed.post("/api/v1/reading/learn"));
	return until(learnt, (l) => l.state === "rests" && l.looked_at !== before);
}

test("a workspace without answers is told what it takes", () => {
	assert.deepEqual([none.state, none.version, none.sentiment, none.history], ["rests", null, null, []]);
	assert.ok(none.least.each_side > 0 && none.least.labels > 0);
	assert.deepEqual(none.shipped.map((m) => m.name), ["language", "sentiment", "emotion", "themes"]);
	for (const m of none.shipped.slice(1)) assert.ok(m.bytes > 10000, m.name);
	assert.equal(none.people.sentiment.beyond_chance, null);
});

test("learning at once reads better what was held back, and what comes", async () => {
	const old = await give({ comment: "It was the blue desk again, the blue one." });
	assert.notEqual((await read(old.id)).reading.sentiment.label, "positive");
	const l = await learn();
	assert.equal(l.version.scores_used, true);
	assert.deepEqual([l.there_is.detractors, l.there_is.promoters], [EACH, EACH]);
	const { shipped, learnt: own } = l.sentiment;
	assert.ok(own.right.hits > shipped.right.hits, JSON.stringify(l.sentiment));
	assert.ok(own.right.lo < own.right.share && own.right.share <= own.right.hi && own.right.of === 2 * EACH);
	assert.equal(Object.values(own.groups.promoters).reduce((a, b) => a + b), EACH);
	assert.equal(l.history.length, 1);
	await until(() => one(old.id), (r) => r.reading.sentiment.label === "positive");
	const fresh = await give({ comment: "It was the blue desk again, the blue one." });
	assert.equal((await read(fresh.id)).reading.sentiment.label, "positive");
});

test("the same again makes no other version", async () => {
	const { number } = (await learn()).version;
	const again = await learn();
	assert.ok(again.version.number <= number + 1, "the marker of each look is a comment");
});

test("what was learnt is there after a kill, and a learning that was cut short is begun again", async () => {
	const { number } = (await learnt()).version;
	await read((await give({ score: 1, comment: "It was the green chair." })).id); // what nobody has read teaches nothing
	await made(heed.post("/api/v1/reading/learn"));
	const { key } = heed;
	await heed.halt("SIGKILL");
	heed = await serve(heed);
	heed.key = key;
	const fresh = await give({ comment: "It was the blue desk again, the blue one." });
	assert.equal((await read(fresh.id)).reading.sentiment.label, "positive");
	const l = await until(learnt, (x) => x.state === "rests" && x.version.number > number);
	assert.equal(l.failed, null);
});

test("people who differ are told how far they agree", async () => {
	const { responses } = await made(heed.get("/api/v1/responses?limit=200"));
	const all = responses.filter((r) => r.comment?.includes("number"));
	const correct = (id, sentiment, as) => made(heed.post(`/api/v1/responses/${id}/corrections`, { kind: "sentiment", sentiment }, as));
	const second = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	for (const [i, r] of all.slice(0, 24).entries()) {
		await correct(r.id, i % 2 ? "negative" : "positive");
		await correct(r.id, i % 2 && i % 6 !== 1 ? "negative" : "positive", second);
	}
	const { people } = await learnt();
	assert.deepEqual([people.sentiment.people, people.sentiment.items, people.sentiment.method], [2, 24, "kappa"]);
	const { value, lo, hi } = people.sentiment.beyond_chance;
	assert.ok(Math.abs(value - 2 / 3) < 1e-9 && lo < value && hi > value, JSON.stringify(people.sentiment));
});
