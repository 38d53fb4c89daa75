// What comments speak of: shares by group with what they are of, praise and criticism, the score of those who say it, what goes
// with the score, months, quotes with what speaks of it marked; and filters by theme and sentiment.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { made, start } from "./harness.mjs";

let heed, brand;

const themes = (query = "") => made(heed.get(`/api/v1/insights/themes?${query}`));

/** Until the machine has read what was written. */
async function read(query) {
	for (;;) {
		const said = await themes(query);
		if (said.comments.not_read === 0) return said;
		await wait(100);
	}
}

const told = [
	[2, "The support took three days to reply.", 24],
	[9, "The app is easy to use and I love it.", 24],
	[10, "Great support, they replied within minutes.", 6],
	[8, "none", 5],
	[8, "It crashed twice on Monday.", 10],
];

before(async () => {
	heed = await start(null);
	brand = await made(heed.post("/api/v1/brands", { name: "told" }));
	await made(heed.post("/api/v1/surveys", { name: "told", slug: "told", state: "live", brand_id: brand.id }));
	let n = 0;
	for (const [score, comment, times] of told)
		for (let i = 0; i < times; i++)
			await made(
				heed.post("/api/v1/responses", {
					survey: "told",
					score,
					comment: score === 2 && i === 0 ? "Slow support, write me at ann@example.com please." : comment,
					channel: n++ % 2 ? "web" : "mail",
					language: "en",
				}),
			);
	for (let i = 0; i < 4; i++) await made(heed.post("/api/v1/responses", { survey: "told", score: 7 }));
	await read(`brand=${brand.id}`);
});
after(() => heed?.stop());

const rowOf = (said, match) => said.themes.find((row) => match.test(row.code));

test("each group's share of the comments that say something, with its range and its sides", async () => {
	const said = await themes(`brand=${brand.id}`);
	assert.equal(said.part, `relationship/${brand.id}/`);
	assert.equal(said.grade, "estimated");
	assert.equal(said.answers, 73);
	assert.deepEqual(said.comments, { written: 69, say_something: 64, say_nothing: 5, not_analysed: 0, not_read: 0 });
	const { detractors, passives, promoters } = said.groups;
	assert.deepEqual([detractors.say_something, passives.say_something, promoters.say_something], [24, 10, 30]);
	for (const group of Object.values(said.groups))
		assert.equal(group.negative + group.neutral + group.positive + group.mixed, group.say_something);
	const support = rowOf(said, /^support/);
	assert.deepEqual([support.name, support.names.de], [support.names.en, { support_speed: "Tempo des Supports", support_quality: "Qualität des Supports" }[support.code]]);
	assert.equal(support.all.of, 64);
	assert.equal(support.all.comments, support.groups.detractors.comments + support.groups.passives.comments + support.groups.promoters.comments);
	assert.equal(support.groups.detractors.of, 24);
	assert.ok(support.groups.detractors.share > 0.9, JSON.stringify(support.groups));
	const [low, high] = support.groups.detractors.interval;
	assert.ok(low > 0.7 && low < support.groups.detractors.share && high <= 1);
	assert.ok(support.groups.detractors.criticised >= 20, JSON.stringify(support.groups.detractors));
	assert.equal(said.months.reduce((sum, month) => sum + month.say_something, 0), 64);
	for (const row of said.themes) assert.equal(row.months.reduce((sum, n) => sum + n, 0), row.all.comments, row.code);
	for (let i = 1; i < said.themes.length; i++) assert.ok(said.themes[i - 1].all.comments >= said.themes[i].all.comments);
});

test("who criticises support scores lower than the others who say something, and it goes with the score", async () => {
	const said = await themes(`brand=${brand.id}`);
	const support = rowOf(said, /^support/);
	assert.equal(support.figure.responses, support.all.comments);
	assert.ok(support.from_rest.change < -20 && support.from_rest.beyond_chance, JSON.stringify(support.from_rest));
	assert.ok(said.drivers.shown);
	assert.equal(said.drivers.comments, 64);
	assert.ok(support.criticism.stands && support.criticism.effect < 0, JSON.stringify(support.criticism));
	// Of one month there is no better quarter to compare with.
	assert.equal(support.at_stake, null);
	const list = await made(heed.get(`/api/v1/responses?${support.figure.answers_path.split("?")[1]}`));
	assert.equal(list.responses.length, support.all.comments);
});

test("a theme's quotes leave out who says it and mark what speaks of it; who says it is told by channel", async () => {
	const { id } = rowOf(await themes(), /^support/);
	const one = await made(heed.get(`/api/v1/insights/themes/${id}?says=criticised&group=detractors`));
	assert.equal(one.theme.id, id);
	assert.ok(one.quotes.length > 0);
	for (const quote of one.quotes) {
		assert.ok(quote.criticised && quote.score <= 6);
		assert.ok(quote.pieces.some((piece) => piece.marked && /support|took|days|ages|reply/i.test(piece.text)), JSON.stringify(quote));
		assert.ok(!JSON.stringify(quote).includes("ann@example.com"));
	}
	const masked = one.quotes.find((quote) => quote.pieces.some((piece) => piece.text.includes("•••")));
	assert.equal(masked.pieces.map((piece) => piece.text).join(""), "Slow support, write me at ••• please.");
	const praise = await made(heed.get(`/api/v1/insights/themes/${id}?says=praised`));
	assert.ok(praise.quotes.every((quote) => quote.praised && quote.score >= 9));
	assert.equal(one.who.reduce((sum, value) => sum + value.of, 0), 64);
	assert.equal(one.who.reduce((sum, value) => sum + value.comments, 0), one.theme.all.comments);
	assert.equal((await heed.get("/api/v1/insights/themes/12345")).status, 404);
	assert.equal((await heed.get(`/api/v1/insights/themes/${id}?says=loudly`)).status, 422);
	assert.equal((await heed.get(`/api/v1/insights/themes?group=detractors`)).status, 422);
});

test("filters by theme and by sentiment choose the same answers in figures and in the list", async () => {
	for (const filter of ["theme=support_speed", "sentiment=negative", "sentiment=nothing", "sentiment=positive&sentiment=mixed", "theme=nowhere"]) {
		const figures = await made(heed.get(`/api/v1/insights/nps?${filter}`));
		const list = await made(heed.get(`/api/v1/responses?${filter}&counted=true&limit=200`));
		assert.equal(figures.parts.reduce((sum, part) => sum + part.figure.responses, 0), list.responses.length, filter);
		assert.equal(list.responses.length > 0, filter !== "theme=nowhere", filter);
	}
	const { segments } = await made(heed.get("/api/v1/insights/segments?by=sentiment"));
	const nothing = segments.find((segment) => segment.value === "nothing");
	assert.equal(nothing.figure.responses, 5);
	assert.equal((await heed.get("/api/v1/responses?sentiment=angry")).status, 422);
});

test("without comments there are no themes, and who sees figures only sees no quotes", async () => {
	const none = await themes("channel=nowhere");
	assert.deepEqual([none.part === null, none.themes, none.comments.written], [false, [], 0]);
	const viewer = await heed.member("viewer@example.com", "viewer");
	const seen = await made(heed.get("/api/v1/insights/themes", viewer));
	const { id } = rowOf(seen, /^support/);
	assert.equal(seen.themes[0].figure.answers_path, null);
	assert.equal((await heed.get(`/api/v1/insights/themes/${id}`, viewer)).status, 403);
});

test("a theme that was joined with another counts as that one, with its quotes", async () => {
	const before_ = await themes();
	const [into, from] = [rowOf(before_, /^support_speed$/), rowOf(before_, /^app$/)];
	await made(heed.ask("PATCH", `/api/v1/themes/${from.id}`, { merge_into: into.id }));
	const said = await themes();
	assert.equal(rowOf(said, new RegExp(`^${from.code}$`)), undefined);
	const joined = rowOf(said, new RegExp(`^${into.code}$`));
	const list = await made(heed.get(`/api/v1/responses?theme=${into.code}&counted=true&limit=200`));
	assert.equal(list.responses.length, joined.all.comments);
	assert.ok(joined.all.comments >= Math.max(into.all.comments, from.all.comments));
	assert.ok(joined.all.comments > into.all.comments, `${into.code} ${from.code}: ${joined.all.comments}`);
	const one = await made(heed.get(`/api/v1/insights/themes/${into.id}`));
	assert.ok(one.quotes.length > 0);
	await made(heed.ask("PATCH", `/api/v1/themes/${from.id}`, { unmerge: true }));
	assert.equal(rowOf(await themes(), new RegExp(`^${from.code}$`)).all.comments, from.all.comments);
});

test("a theme among answers that were chosen by another has no link, and one theme is asked for alone", async () => {
	const all = await themes(`brand=${brand.id}`);
	const support = rowOf(all, /^support/);
	const { code } = rowOf(all, /^ease/);
	const both = await themes(`brand=${brand.id}&theme=${code}`);
	const ease = both.themes.find((row) => row.code === code);
	assert.ok(ease.figure.answers_path.includes(`theme=${code}`));
	for (const row of both.themes.filter((row) => row !== ease)) assert.equal(row.figure.answers_path, null, row.code);
	assert.equal((await heed.get(`/api/v1/insights/themes/${support.id}?brand=${brand.id}&theme=${code}`)).status, 422);
});

test("who says the same again and again is one voice: shares have wider ranges then", async () => {
	const shares = [];
	for (const people of [40, 8]) {
		const of = await made(heed.post("/api/v1/brands", { name: `voices ${people}` }));
		const slug = `voices-${people}`;
		await made(heed.post("/api/v1/surveys", { name: slug, slug, state: "live", brand_id: of.id }));
		for (let i = 0; i < 40; i++) {
			const one = i % people;
			const comment = one % 4 === 0 ? "The support took three days to reply." : "The app is easy to use and I love it.";
			await made(heed.post("/api/v1/responses", { survey: slug, score: one % 4 === 0 ? 2 : 9, comment, channel: "web", person: { external_id: `${slug} ${one}` } }));
		}
		const { id } = rowOf(await read(`brand=${of.id}`), /^support_speed$/);
		const one = await made(heed.get(`/api/v1/insights/themes/${id}?brand=${of.id}&by=channel`));
		shares.push([one.theme.all, one.who[0]]);
	}
	const [each, few] = shares;
	const width = ({ interval: [lo, hi] }) => hi - lo;
	for (const [all, channel] of shares) assert.deepEqual([all.comments, all.of, all.interval], [10, 40, channel.interval]);
	assert.deepEqual(each[0].interval.map((x) => x.toFixed(3)), ["0.142", "0.402"]); // Wilson
	assert.ok(width(few[0]) > 1.7 * width(each[0]), JSON.stringify(shares));
});

test("where only comments that say nothing are asked for, no theme is told", async () => {
	for (const only of ["has_comment=false", "sentiment=nothing", "sentiment=not_analysed"]) {
		const { comments, themes: told } = await themes(`brand=${brand.id}&${only}`);
		assert.deepEqual([comments.say_something, told], [0, []], only);
	}
	const mixed = await themes(`brand=${brand.id}&sentiment=negative&sentiment=nothing`);
	const sum = mixed.themes.reduce((most, row) => Math.max(most, row.all.comments), 0);
	assert.ok(mixed.comments.say_something > 0 && sum <= mixed.comments.say_something, `${sum} of ${mixed.comments.say_something}`);
});
