// Themes that comments suggest: looked for on demand, accepted, merged, renamed, dismissed, and each of that undone.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, start, until } from "./harness.mjs";

let heed;

const ends = ["Monday", "March", "noon", "week", "chance", "test", "again", "Ann"];
const list = () => made(heed.get("/api/v1/themes/suggestions"));
const change = (id, body) => heed.ask("PATCH", `/api/v1/themes/suggestions/${id}`, body);
const themes = async () => (await made(heed.get("/api/v1/themes"))).themes;
const textOf = (quote) => quote.pieces.map((piece) => piece.text).join("");
const about = (said, word) => said.suggestions.find((one) => one.seeds.includes(word));

async function look() {
	const { looked_at } = await list();
	const asked = await heed.post("/api/v1/themes/suggestions");
	assert.equal(asked.status, 202);
	return until(list, (said) => said.looked_at !== looked_at && !said.wanted && !said.waits);
}

before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { name: "all", slug: "all", state: "live" }));
	const give = (comment, who) => made(heed.post("/api/v1/responses", { survey: "all", score: 6, comment, language: "en", person: { email: who, name: "Otto Karlsson" } }));
	let last;
	for (let i = 0; i < 40; i++) {
		last = await give(`There was a parrot under the palm, it was ${ends[i % 8]} ${i}`, `p${i}@example.com`);
		if (i < 30) await give(`Otto saw the barges of the harbour, it was ${ends[i % 8]} ${i}`, `q${i}@example.com`);
		await give(`They are neighbours with an umbrella, it was ${ends[i % 8]} ${i}`, `r${i}@example.com`);
	}
	await until(() => made(heed.get(`/api/v1/responses/${last.id}`)), (r) => r.reading);
});
after(() => heed?.stop());

test("a look finds what comments without a theme talk of, with how many and quotes that tell nobody", async () => {
	const said = await look();
	assert.equal(said.comments, 110);
	assert.equal(said.left_over, 110, "none of them has a theme");
	assert.ok(said.next_at > said.looked_at);
	const [parrot, harbour] = [about(said, "parrot"), about(said, "harbour")];
	assert.equal(parrot.comments, 40);
	assert.equal(harbour.comments, 30);
	assert.equal(parrot.state, "open");
	assert.match(parrot.seeds, /^en: /);
	assert.ok(parrot.quotes.length > 0 && parrot.quotes.every((quote) => quote.pieces.some((piece) => piece.marked)));
	assert.ok(harbour.quotes.every((quote) => textOf(quote).startsWith("••• saw")), JSON.stringify(harbour.quotes));
});

test("one that is renamed keeps its name and its id at the next look", async () => {
	const parrot = about(await list(), "parrot");
	assert.equal((await made(change(parrot.id, { name: "Birds" }))).name, "Birds");
	const again = about(await look(), "parrot");
	assert.deepEqual([again.id, again.name], [parrot.id, "Birds"]);
	assert.equal((await change(parrot.id, { name: " " })).status, 422);
});

test("one that is accepted becomes a theme, which is taken back with an undo", async () => {
	const parrot = about(await list(), "parrot");
	const done = await made(change(parrot.id, { state: "accepted", name: "Parrots" }));
	assert.equal(done.state, "accepted");
	const theme = (await themes()).find((t) => t.id === done.theme_id);
	assert.deepEqual([theme.name, theme.seeds, theme.state], ["Parrots", parrot.seeds, "on"]);
	assert.equal((await change(parrot.id, { state: "dismissed" })).status, 409);
	assert.equal(about(await look(), "parrot").state, "accepted", "what is a theme is not suggested");
	const undone = await made(change(parrot.id, { state: "open" }));
	assert.deepEqual([undone.state, undone.theme_id], ["open", null]);
	assert.equal((await themes()).find((t) => t.id === done.theme_id).state, "dismissed");
});

test("one that is merged gives its words to a theme, and takes those back alone", async () => {
	const [parrot, staff] = [about(await list(), "parrot"), (await themes()).find((t) => t.code === "staff")];
	await made(heed.ask("PATCH", `/api/v1/themes/${staff.id}`, { seeds: "en: butler" }));
	assert.equal((await change(parrot.id, { state: "merged" })).status, 422, "into which?");
	const done = await made(change(parrot.id, { state: "merged", theme_id: staff.id }));
	assert.deepEqual([done.state, done.theme_id], ["merged", staff.id]);
	const seeds = async () => (await themes()).find((t) => t.id === staff.id).seeds;
	assert.equal(await seeds(), `en: butler\n${parrot.seeds}`);
	await made(heed.ask("PATCH", `/api/v1/themes/${staff.id}`, { seeds: `${await seeds()}\nde: Diener` }));
	await made(change(parrot.id, { state: "open" }));
	assert.equal(await seeds(), "en: butler\nde: Diener");
	await made(change(parrot.id, { state: "merged", theme_id: staff.id }));
	const moved = `en: butler\n    ${parrot.seeds}  \nde: Diener`;
	await made(heed.ask("PATCH", `/api/v1/themes/${staff.id}`, { seeds: moved }));
	await made(change(parrot.id, { state: "open" }));
	assert.equal(await seeds(), "en: butler\nde: Diener", "spaces around them do not keep a part of them");
	await made(change(parrot.id, { state: "merged", theme_id: staff.id }));
	await made(heed.ask("PATCH", `/api/v1/themes/${staff.id}`, { seeds: "en: butler" }));
	assert.equal((await change(parrot.id, { state: "open" })).status, 409, "its words are not there any more");
});

test("one that is dismissed does not come back, until that is undone", async () => {
	const harbour = about(await list(), "harbour");
	await made(change(harbour.id, { state: "dismissed" }));
	const said = await look();
	assert.equal(about(said, "harbour").state, "dismissed");
	assert.equal(said.suggestions.filter((one) => one.seeds.includes("harbour")).length, 1);
	await made(change(harbour.id, { state: "open" }));
	assert.equal(about(await list(), "harbour").state, "open");
});

test("what goes for good is quoted no more", async () => {
	const harbour = about(await look(), "harbour");
	const gone = harbour.quotes[0].id;
	await made(heed.post("/api/v1/responses/actions", { action: "delete", ids: [gone] }));
	assert.ok(about(await list(), "harbour").quotes.every((quote) => quote.id !== gone));
});
