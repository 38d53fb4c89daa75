// What a change of a theme's words would do, before it is made: counts and quotes of the newest comments.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { made, start } from "./harness.mjs";

let heed;

const told = [
	[2, "Nobody answered my zebra question.", "en", 3],
	[9, "The zebra is nice, says ann@example.com to everybody.", "en", 1],
	[4, "The invoice was wrong.", "en", 4],
	[8, "none", "en", 5],
	[7, "Das Zebra war alt.", "de", 2],
];

before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { name: "all", slug: "all", state: "live" }));
	let last;
	for (const [score, comment, language, times] of told)
		for (let i = 0; i < times; i++) last = await made(heed.post("/api/v1/responses", { survey: "all", score, comment, language }));
	while (!(await made(heed.get(`/api/v1/responses/${last.id}`))).reading) await wait(50);
});
after(() => heed?.stop());

const preview = (body) => heed.post("/api/v1/themes/preview", body);
const textOf = (quote) => quote.pieces.map((piece) => piece.text).join("");
const marks = (quotes) => quotes.map((quote) => quote.pieces.filter((piece) => piece.marked).map((piece) => piece.text).join("|"));
const themeOf = async (code) => (await made(heed.get("/api/v1/themes"))).themes.find((t) => t.code === code);

test("a new theme would find these comments, with its words marked and nobody told", async () => {
	const said = await made(preview({ seeds: "en: zebra, invoice\nde: zebra" }));
	assert.deepEqual([said.comments, said.all], [10, true], "what says nothing is not looked at");
	assert.deepEqual([said.before, said.after, said.gained, said.lost], [0, 10, 10, 0]);
	assert.deepEqual(marks(said.gained_quotes), ["Zebra", "invoice", "zebra", "zebra"], "the newest first, none twice");
	assert.ok(said.gained_quotes.some((quote) => textOf(quote) === "The zebra is nice, says ••• to everybody."));
	assert.deepEqual(
		said.words.map((word) => [word.line, word.word, word.comments, word.wide]),
		[
			[1, "zebra", 4, false],
			[1, "invoice", 4, false],
			[2, "zebra", 2, false],
		],
	);
	assert.equal((await made(heed.get("/api/v1/themes"))).themes.filter((t) => t.code.startsWith("own_")).length, 0, "nothing is written");
	assert.equal((await made(preview({ seeds: "any: the" }))).words[0].wide, true);
});

test("other words of an own theme gain some and lose some", async () => {
	const own = await made(heed.post("/api/v1/themes", { name: "Zebras", seeds: "en: zebra" }));
	const said = await made(preview({ theme_id: own.id, seeds: "en: zebra near question\nde: zebra" }));
	assert.deepEqual([said.before, said.after, said.gained, said.lost], [4, 5, 2, 1]);
	assert.deepEqual(marks(said.gained_quotes), ["Zebra"]);
	assert.deepEqual(marks(said.lost_quotes), ["zebra"]);
	assert.deepEqual(said.words.map((word) => word.comments), [3, 2]);
	const same = await made(preview({ theme_id: own.id }));
	assert.deepEqual([same.before, same.after, same.gained, same.lost], [4, 4, 0, 0]);
	await made(heed.ask("PATCH", `/api/v1/themes/${own.id}`, { name: "Striped" }));
});

test("one that comes with Heed takes words, or words in which it is not meant", async () => {
	const billing = await themeOf("billing");
	const more = await made(preview({ theme_id: billing.id, seeds: "# ours\nen: zebra" }));
	assert.deepEqual([more.before, more.after, more.gained], [4, 8, 4]);
	assert.deepEqual(more.words.map((word) => [word.line, word.word, word.comments]), [[2, "zebra", 4]]);
	const less = await made(preview({ theme_id: billing.id, seeds: "en not: invoice" }));
	assert.deepEqual([less.before, less.after, less.lost], [4, 0, 4]);
	assert.deepEqual(marks(less.lost_quotes), ["invoice"]);
});

test("joining says what would be told as the other theme", async () => {
	const [billing, own] = [await themeOf("billing"), (await made(heed.get("/api/v1/themes"))).themes.find((t) => t.name === "Striped")];
	const said = await made(preview({ theme_id: billing.id, join_id: own.id }));
	assert.deepEqual([said.before, said.after, said.gained, said.lost], [4, 8, 4, 0]);
});

test("what is wrong is told where it stands", async () => {
	const wrong = await preview({ seeds: "en: zebra\nen: a near" });
	assert.equal(wrong.status, 422);
	assert.deepEqual([wrong.json.errors[0].path, wrong.json.errors[0].message], ["/seeds", 'line 2: words must follow behind near or unless: "a near"']);
	assert.equal((await preview({})).status, 422);
	assert.equal((await preview({ theme_id: "12345" })).status, 404);
	assert.equal((await preview({ theme_id: (await themeOf("billing")).id, join_id: "12345" })).status, 404);
});
