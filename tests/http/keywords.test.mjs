// The words that set two sides apart: promoters and detractors, two periods, a segment and the rest; people counted once, each
// within the language; and who says a word, in their own words.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { design } from "./definition.mjs";
import { made, start } from "./harness.mjs";

let heed;
/** What was imported. */
const rows = [];

const asked = (query) => heed.get(`/api/v1/insights/keywords?${new URLSearchParams(query)}`);
const keywords = (query = {}) => made(asked({ survey: "said", ...query }));
const side = (filters) => `${new URLSearchParams(filters)}`;
const texts = (list) => list.map((one) => one.text);

before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { slug: "said", name: "said", state: "live" }));
	const say = (n, score, comment, more = {}) => {
		for (let i = 0; i < n; i++) rows.push({ score, comment: typeof comment === "string" ? comment : comment(i), channel: "web", day: "2026-03-10", language: "en", person: "", ...more });
	};
	say(60, 2, (i) => `Slow support, it took ${i + 2} days. The app is fine.`);
	say(60, 10, (i) => `The app is easy to use, ${i + 2} stars.`);
	say(40, 10, "Die Bedienung ist einfach.", { language: "de" });
	say(10, 7, "The app is so so.");
	// One person who says it thirty times is one.
	say(30, 2, (i) => `Your banner annoys me, ${i + 2} times.`, { person: "loud@example.com" });
	say(40, 2, (i) => `Broken invoice, number ${i + 2} by now.`, { channel: "mail", day: "2026-04-10" });
	say(1, 2, "Slow support, write me at ann@example.com.", { day: "2026-04-11" });
	const path = join(heed.dir, "said.csv");
	writeFileSync(path, `score,comment,channel,submitted_at,language,email\n${rows.map((r) => `${r.score},"${r.comment}",${r.channel},${r.day},${r.language},${r.person}`).join("\n")}\n`);
	heed.mustRun("import", path, "--survey", "said");
	while ((await made(heed.get("/api/v1/insights/themes?survey=said"))).comments.not_read > 0) await wait(100);
});
after(() => heed?.stop());

test("promoters stand against detractors, by people and within their language", async () => {
	const said = await keywords();
	assert.deepEqual([said.groups, said.sample, said.a.rest, said.b.rest], [true, 10000, false, false]);
	assert.deepEqual([said.a.comments, said.a.read, said.a.people], [100, 100, 100]);
	assert.deepEqual([said.b.comments, said.b.read, said.b.people], [131, 131, 102]);
	assert.equal(said.parts[0].responses, 241);
	assert.match(said.b.since, /^2026-03-10/);
	const [slow] = said.words.b.filter((one) => /slow support/.test(one.text));
	assert.deepEqual([slow.language, slow.a.people, slow.a.of, slow.b.people, slow.b.of], ["en", 0, 60, 61, 102]);
	assert.ok(slow.odds_ratio > 3 && slow.odds_interval[0] > 1 && slow.odds_interval[1] > slow.odds_ratio);
	assert.ok(slow.b.interval[0] < slow.b.share && slow.b.share < slow.b.interval[1]);
	assert.ok(slow.rate <= 0.05);
	assert.ok(texts(said.words.a).some((text) => /easy/.test(text)), JSON.stringify(texts(said.words.a)));
	for (const one of [...said.words.a, ...said.words.b]) {
		assert.ok(!/banner|annoys|bedienung/.test(one.text), one.text);
		assert.ok(one.odds_interval[0] > 1, one.text);
	}
	assert.ok(said.tried >= said.beyond_chance && said.beyond_chance >= said.words.a.length + said.words.b.length);
	assert.equal(said.word, null);
});

test("two periods, and a segment and the rest, of one group or all", async () => {
	const months = await keywords({ a: side({ from: "2026-04-01", to: "2026-04-30" }), b: side({ from: "2026-03-01", to: "2026-03-31" }), group: "detractors" });
	assert.deepEqual([months.groups, months.a.comments, months.b.comments, months.a.from], [false, 41, 90, "2026-04-01"]);
	assert.ok(texts(months.words.a).some((text) => /broken invoice/.test(text)));
	const mail = await keywords({ a: side({ channel: "mail" }) });
	assert.deepEqual([mail.b.rest, mail.a.comments, mail.b.comments], [true, 40, 201]);
	assert.ok(texts(mail.words.a).some((text) => /broken invoice/.test(text)));
	const both = await asked({ survey: "said", a: side({ channel: "mail" }), b: side({ from: "2026-04-01" }) });
	assert.equal(both.status, 422);
	assert.match(both.json.errors[0].message, /^40 of the comments are in a, too/);
	assert.equal((await asked({ survey: "said", group: "detractors" })).status, 422);
	assert.equal((await asked({ survey: "said", a: side({ channl: "mail" }) })).status, 422);
});

test("each side tells the answers that it is of, with whose they are, and what was left out", async () => {
	const { brand_id } = await made(heed.get("/api/v1/surveys/said"));
	await made(heed.post("/api/v1/responses", { survey: "said", score: 1, comment: "A test.", test: true }));
	const group = (score) => (score >= 9 ? 1 : score <= 6 ? -1 : 0);
	const all = rows.map((row, i) => [row.person || `nobody ${i}`, group(row.score), row.channel]);
	const isOf = (figure, answers) => {
		const { n, k, deff } = design(answers);
		assert.deepEqual([figure.responses, figure.people, figure.clusters], [n, k, k]);
		assert.ok(Math.abs(figure.deff - deff) < 1e-9 && Math.abs(figure.effective_n - n / deff) < 1e-6, `${figure.deff} is not ${deff}`);
	};
	const groups = await keywords();
	for (const one of [groups.a, groups.b]) {
		isOf(one.figure, all);
		assert.equal(one.part.key, `relationship/${brand_id}/`);
		assert.equal(one.left_out.test, 1);
	}
	const mail = await keywords({ a: side({ channel: "mail" }), group: "detractors" });
	isOf(mail.a.figure, all.filter(([, , channel]) => channel === "mail"));
	isOf(mail.b.figure, all.filter(([, , channel]) => channel !== "mail"));
	assert.deepEqual([mail.a.left_out.test, mail.b.left_out.test, mail.b.figure.answers_path], [0, 1, null]);
	const list = await made(heed.get(`${mail.a.figure.answers_path}&limit=200`));
	assert.equal(list.responses.length, 40);
});

test("a word is told with who says it, marked and without addresses, and leads to the answer", async () => {
	const { word, a, b } = await keywords({ word: "Slow Supports" });
	assert.deepEqual([word.a.people, word.a.of, word.b.people, word.b.of], [0, a.people, 61, b.people]);
	assert.equal(word.quotes.a.length, 0);
	assert.equal(word.quotes.b.length, 12);
	const [newest] = word.quotes.b;
	assert.deepEqual(newest.pieces, [
		{ text: "Slow support", marked: true },
		{ text: ", write me at •••.", marked: false },
	]);
	assert.match((await made(heed.get(`/api/v1/responses/${newest.id}`))).comment, /^Slow support, write/);
	const once = (await keywords({ word: "banner" })).word;
	assert.deepEqual([once.b.people, once.quotes.b.length], [1, 12]);
	assert.equal((await keywords({ word: "zebra" })).word.b.people, 0);
	for (const word of ["", "one two three four"]) assert.equal((await asked({ survey: "said", word })).status, 422, word);
});

test("who sees figures only reads no words, and without comments there are none", async () => {
	const viewer = await heed.member("viewer@example.com", "viewer");
	assert.equal((await heed.get("/api/v1/insights/keywords", viewer)).status, 403);
	const none = await keywords({ channel: "nowhere" });
	assert.deepEqual([none.a.comments, none.words, none.tried, none.a.since], [0, { a: [], b: [] }, 0, null]);
});
