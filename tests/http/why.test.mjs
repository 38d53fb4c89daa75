// Why a score moved: the exact split against one worked out by hand and by a second implementation, what is chosen and told,
// and what is not asked of others.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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

async function why(query, status = 200) {
	const r = await heed.get(`/api/v1/insights/why?${query}`);
	assert.equal(r.status, status, r.text);
	return r.json;
}

const quarters = { before: "2026-05-10", now: "2026-08-10" };
const days = "from=2026-07-01&to=2026-09-30";

/** [period, channel, score, times, properties, person] */
async function world(slug, answers, more = {}) {
	const brand = await post("brands", { name: slug });
	await post("surveys", { slug, name: slug, state: "live", brand_id: brand.id, ...more });
	for (const [period, channel, score, times, properties, person] of answers)
		for (let i = 0; i < times; i++)
			await post("responses", {
				survey: slug,
				channel,
				score,
				submitted_at: `${quarters[period]}T12:00:00Z`,
				properties,
				...(person && { person: { external_id: `${slug} ${person} ${i}` } }),
			});
	return { brand, query: `${days}&brand=${brand.id}` };
}

const x = (score) => (score >= 9 ? 1 : score <= 6 ? -1 : 0);

/** Kitagawa's two terms by channel, from the answers as they were sent. */
function split(answers) {
	const cells = {};
	const all = { before: { n: 0, s: 0 }, now: { n: 0, s: 0 } };
	for (const [period, channel, score, times] of answers)
		for (const cell of [((cells[channel] ??= { before: { n: 0, s: 0 }, now: { n: 0, s: 0 } })[period]), all[period]]) {
			cell.n += times;
			cell.s += times * x(score);
		}
	const score = ({ n, s }) => s / n;
	const middle = (score(all.before) + score(all.now)) / 2;
	const out = {};
	for (const [channel, cell] of Object.entries(cells)) {
		const [w0, w1] = [cell.before.n / all.before.n, cell.now.n / all.now.n];
		const r0 = cell.before.n ? score(cell.before) : score(cell.now);
		const r1 = cell.now.n ? score(cell.now) : score(cell.before);
		out[channel] = { mix: 100 * (w1 - w0) * ((r0 + r1) / 2 - middle), rate: (100 * (r1 - r0) * (w0 + w1)) / 2 };
	}
	return { change: 100 * (score(all.now) - score(all.before)), out };
}

const near = (a, b, what) => assert.ok(Math.abs(a - b) < 1e-9, `${what}: ${a} is not ${b}`);

const uneven = [
	["before", "web", 10, 30],
	["before", "web", 3, 10],
	["before", "sms", 9, 24],
	["before", "sms", 7, 6],
	["now", "web", 10, 33],
	["now", "web", 3, 11],
	["now", "sms", 9, 10],
	["now", "sms", 2, 30],
];

test("splits a change exactly into who answered and what they said, as a second implementation does", async () => {
	const { query } = await world("exact", uneven);
	const { split: got, parts } = await why(`${query}&by=channel`);
	const wanted = split(uneven);
	near(got.change.points, wanted.change, "change");
	near(parts[0].change, wanted.change, "the part's change");
	assert.equal(got.segments.length, 2);
	for (const s of got.segments) {
		near(s.mix.points, wanted.out[s.value].mix, `mix of ${s.value}`);
		near(s.rate.points, wanted.out[s.value].rate, `rate of ${s.value}`);
		near(s.points, s.mix.points + s.rate.points, "points");
		assert.ok(s.rate.interval[0] <= s.rate.points && s.rate.points <= s.rate.interval[1]);
	}
	const sum = got.mix.points + got.rate.points + got.new.points + got.gone.points;
	near(sum, got.change.points, "all terms together");
});

test("chooses what tells most, names the segment that moved apart, and links to its answers alone", async () => {
	const { query } = await world(
		"lead",
		uneven.map(([period, channel, score, times], i) => [period, channel, score, times, { half: i % 4 < 2 ? "a" : "b" }]),
	);
	const reply = await why(query);
	assert.deepEqual([reply.attributes[0].name, reply.split.by], ["channel", "channel"]);
	assert.ok(reply.attributes.some((one) => one.name === "property.half"));
	const lead = reply.split.segments[reply.split.lead];
	assert.equal(lead.value, "sms");
	assert.ok(lead.stands_out);
	const answers = await heed.get(lead.now.answers_path);
	assert.deepEqual([...new Set(answers.json.responses.map((one) => one.channel))], ["sms"]);
	assert.equal(answers.json.responses.length, 40);
	assert.ok(answers.json.responses.every((one) => one.submitted_at.startsWith("2026-08-10")));
	const then = await heed.get(lead.before.answers_path);
	assert.equal(then.json.responses.length, 30);
	assert.ok(then.json.responses.every((one) => one.submitted_at.startsWith("2026-05-10")));
});

test("a channel that came stands apart as new, one that went as gone, and the mix is marked", async () => {
	const answers = [
		["before", "web", 10, 40],
		["before", "kiosk", 9, 20],
		["now", "web", 10, 40],
		["now", "sms", 2, 20],
	];
	const { query } = await world("comes", answers);
	const { split: got, channel_moved, channel_marked, together } = await why(`${query}&by=channel`);
	const kinds = Object.fromEntries(got.segments.map((s) => [s.value, s.kind]));
	assert.deepEqual(kinds, { web: "stayed", sms: "new", kiosk: "gone" });
	near(got.new.points, split(answers).out.sms.mix, "new");
	near(got.gone.points, split(answers).out.kiosk.mix, "gone");
	near(channel_moved, 100 / 3, "moved");
	assert.equal(channel_marked, true);
	near(together.mix[0].points, got.change.points, "all of it is the channel's");
});

test("channel and wording are told apart beside whatever is asked for", async () => {
	const { query } = await world(
		"strata",
		uneven.map(([period, channel, score, times]) => [period, channel, score, times, { plan: times % 2 ? "pro" : "free" }]),
	);
	const { together, split: got } = await why(`${query}&by=property.plan`);
	assert.deepEqual(together.mix.map((one) => one.by), ["property.plan", "channel"]); // of one wording there is no mix
	const sum = together.rate.points + together.mix.reduce((all, one) => all + one.points, 0);
	near(sum, got.change.points, "sum");
	const both = await why(`${query}&by=property.plan&by=language`);
	assert.deepEqual(both.together.mix.map((one) => one.by), ["property.plan", "channel"]);
});

test("the same answers give the same ranges, and few of them none", async () => {
	const { query } = await world("again", uneven);
	const [a, b] = [await why(query), await why(query)];
	assert.deepEqual(a.split, b.split);
	const few = await world("few", uneven.map(([period, channel, score]) => [period, channel, score, 5]));
	const reply = await why(few.query);
	assert.equal(reply.split, null);
	assert.equal(reply.together, null);
	assert.equal(reply.parts[0].now.responses, 20);
	const none = await why(`${days}&brand=${few.brand.id}&channel=nowhere`);
	assert.deepEqual([none.part, none.parts, none.split], [null, [], null]);
});

test("scores of another kind are never put in, and each is told of by its key", async () => {
	await heed.ask("PUT", "/api/v1/touchpoints", { touchpoints: [{ code: "shop", name: "Shop" }] });
	const { brand, query } = await world("plain", uneven);
	await post("surveys", { slug: "at-shop", name: "s", state: "live", brand_id: brand.id, kind: "transactional", touchpoint: "shop" });
	for (const day of Object.values(quarters))
		for (let i = 0; i < 35; i++) await post("responses", { survey: "at-shop", channel: "web", score: 0, submitted_at: `${day}T12:00:00Z` });
	const reply = await why(`${query}&by=channel`);
	assert.deepEqual(reply.parts.map((one) => one.key), [`relationship/${brand.id}/`, `transactional/${brand.id}/shop`]);
	assert.equal(reply.part, reply.parts[0].key);
	near(reply.split.change.points, split(uneven).change, "change");
	assert.deepEqual(reply.split.change.interval, reply.parts[0].interval);
	assert.equal(reply.split.segments.reduce((sum, s) => sum + s.now.responses, 0), 84);
	const other = await why(`${query}&part=transactional/${brand.id}/shop`);
	assert.equal(other.split.change.points, 0);
	assert.equal(other.split.lead, null);
	await why(`${query}&part=relationship/1/`, 404);
});

test("refuses what makes no sense, in a sentence that says what would", async () => {
	const refusal = async (query, status, told) => assert.match((await heed.get(`/api/v1/insights/why?${query}`)).text, told, query);
	const usual = await why("to=2026-09-30");
	assert.deepEqual([usual.from, usual.to, usual.before_from, usual.before_to], ["2026-07-03", "2026-09-30", "2026-04-04", "2026-07-02"]);
	await refusal(`${days}&by=score`, 422, /channel, wording, survey, language, tenure or property.NAME/);
	await refusal(`${days}&by=channel&by=channel`, 422, /twice/);
	await refusal(`${days}&by=channel&by=survey&by=tenure&by=language&by=wording`, 422, /4 times/);
	await refusal(`${days}&group=promoters`, 422, /group/);
	await refusal(`${days}&series=month`, 422, /compare, part and by/);
	const many = [];
	for (let i = 0; i < 60; i++) many.push([i % 2 ? "now" : "before", "web", 9, 1, { code: `c${i}` }]);
	const { query } = await world("many", many);
	const r = await heed.get(`/api/v1/insights/why?${query}&by=property.code`);
	assert.equal(r.status, 422);
	assert.match(r.text, /more than 50 values/);
	assert.deepEqual((await why(query)).attributes, []); // nor is it proposed
});
