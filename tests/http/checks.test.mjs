// Checked shares: a random sample of a group's comments, what people say of them, and the share of each theme that follows.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { made, start } from "./harness.mjs";

let heed, brand, support;

const query = (more = "") => `brand=${brand.id}${more}`;
const checks = (more) => made(heed.get(`/api/v1/checks?${query(more)}`));
const draw = (group, more = "", options) => heed.post(`/api/v1/checks?${query(more)}`, { group }, options);
const texts = (id, more = "", options) => made(heed.get(`/api/v1/checks/${id}/comments?${more}`, options));
const say = (id, response, themes, options) => heed.ask("PUT", `/api/v1/checks/${id}/comments/${response}`, { themes }, options);
const feel = (id, response, sentiment, options) =>
	made(heed.ask("PUT", `/api/v1/checks/${id}/comments/${response}`, { themes: [], sentiment }, options));
const unsay = (id, response, options) => heed.ask("DELETE", `/api/v1/checks/${id}/comments/${response}`, undefined, options);

/** Every comment that is to be read. */
async function all(id, options) {
	const found = [];
	for (let after = -1; ; after = found.at(-1).place) {
		const page = await texts(id, `after=${after}&limit=50`, options);
		found.push(...page.texts);
		if (!page.more) return found;
	}
}

// A machine that hears "support" finds it in 60 of 160 of the detractors' comments; a person in 30 of those and in 10 of the others.
const told = [
	[2, "The support was slow, ticket", 30, true],
	[3, "It does not support my screen, model", 30, false],
	[4, "Nobody ever called me back, case", 10, true],
	[1, "Far too expensive for me, invoice", 90, false],
	[3, "none", 5, false],
	[9, "I love the app, note", 30, false],
];

before(async () => {
	heed = await start(null);
	brand = await made(heed.post("/api/v1/brands", { name: "told" }));
	await made(heed.post("/api/v1/surveys", { name: "told", slug: "told", state: "live", brand_id: brand.id }));
	const theme = await made(heed.post("/api/v1/themes", { name: "Our support", seeds: "en: support" }));
	support = theme.id;
	for (const { id } of (await made(heed.get("/api/v1/themes"))).themes.filter((one) => one.id !== support && one.code !== "price"))
		await made(heed.ask("PATCH", `/api/v1/themes/${id}`, { shown: false }));
	for (const [score, comment, times] of told)
		for (let i = 0; i < times; i++)
			await made(heed.post("/api/v1/responses", { survey: "told", score, comment: comment === "none" ? comment : `${comment} ${i}.`, language: "en" }));
	await read();
});
after(() => heed?.stop());

async function read() {
	for (;;) {
		const { comments } = await made(heed.get("/api/v1/insights/themes"));
		const { state } = await made(heed.get("/api/v1/reading/status"));
		if (comments.not_read === 0 && state !== "runs") return;
		await wait(50);
	}
}

const isIn = (text) => told.some(([, comment, , is]) => is && text.startsWith(comment));
const figure = (check, id = support) => check.themes.find((theme) => theme.id === id);

test("a sample is drawn at random of the comments that say something, and read without what the machine found", async () => {
	assert.deepEqual((await checks()).groups.detractors, { comments: 160, check: null });
	const check = await made(draw("detractors"));
	assert.deepEqual([check.comments, check.drawn, check.wanted, check.read], [160, 160, 100, 0]);
	assert.match(check.seed, /^[0-9a-f]{16}$/);
	const page = await texts(check.id, "limit=50");
	assert.deepEqual(page.asked.map((theme) => theme.name).sort(), ["Our support", "Price"]);
	assert.deepEqual(Object.keys(page.texts[0]).sort(), ["language", "place", "response_id", "sentiment", "text", "themes"]);
	const drawn = await all(check.id);
	assert.equal(drawn.length, 100);
	assert.deepEqual(drawn.map((one) => one.place), drawn.map((_, i) => i));
	assert.equal(new Set(drawn.map((one) => one.response_id)).size, 100);
	assert.ok(drawn.every((one) => one.themes === null && one.text !== "none"));
	const ids = drawn.map((one) => BigInt(one.response_id));
	assert.ok(ids.some((id, i) => i > 0 && id < ids[i - 1]), "the order is the draw's");
	const again = await made(draw("detractors"));
	assert.notDeepEqual((await all(again.id)).map((one) => one.response_id), drawn.map((one) => one.response_id));
	assert.notEqual(again.seed, check.seed);
});

/** The middles of 100 equal parts of Beta(yes + 1/2, no + 1/2), drawn to the share seen as far as all but the last are known. */
function posterior({ all, yes, no }) {
	const [steps, a, b, middle, unknown] = [40_000, yes + 0.5, no + 0.5, yes / (yes + no), Math.sqrt(1 - (yes + no) / all)];
	const sum = [0];
	for (let i = 0; i < steps; i++) {
		const t = ((i + 0.5) / steps) * (Math.PI / 2);
		sum.push(sum[i] + Math.exp((2 * a - 1) * Math.log(Math.sin(t)) + (2 * b - 1) * Math.log(Math.cos(t))));
	}
	return Array.from({ length: 100 }, (_, k) => {
		const wanted = ((k + 0.5) / 100) * sum[steps];
		const i = sum.findIndex((so_far) => so_far >= wanted);
		const t = ((i - (sum[i] - wanted) / (sum[i] - sum[i - 1])) / steps) * (Math.PI / 2);
		return middle + (Math.sin(t) ** 2 - middle) * unknown;
	});
}

/** What stats/checked_share.h says of the comments the machine found it in and of the others, by hand: sums are sorted. */
function byHand(sides) {
	const all = sides[0].all + sides[1].all;
	const share = sides.reduce((sum, one) => sum + ((one.all / all) * one.yes) / (one.yes + one.no), 0);
	const [found, others] = sides.map((one) => posterior(one).map((p) => (one.all / all) * p));
	const sums = found.flatMap((p) => others.map((q) => p + q)).sort((p, q) => p - q);
	const variance = sides.reduce((sum, { all: of, yes, no }) => {
		const p = (yes + 0.5) / (yes + no + 1);
		return sum + (of / all) * p * (1 - p);
	}, 0);
	const wanted = variance * (1.959963984540054 / 0.03) ** 2;
	const [yes, no] = sides.map((one) => ((one.all / all) * one.yes) / (one.yes + one.no));
	return {
		checked: share,
		interval: [sums[249], sums[sums.length - 250]],
		sensitivity: yes / (yes + no),
		specificity: (sides[1].all / all - no) / (1 - share),
		more: Math.max(0, Math.ceil(wanted / (1 + wanted / all) - 100)),
	};
}

// Which comments are drawn is luck, so all that is said is held against what follows from those that were. Only a draw without
// one comment that the machine found it in would have nothing to say: 1 in C(160, 60), or 10^45.
test("what people say puts the machine's share right, with its range and how many more are to be read", async () => {
	const check = await made(draw("detractors"));
	let found = figure((await checks()).groups.detractors.check);
	assert.deepEqual([found.estimated, found.read, found.checked, found.interval], [60 / 160, 0, null, null]);
	const drawn = await all(check.id);
	for (const [i, one] of drawn.entries()) {
		const said = await made(say(check.id, one.response_id, isIn(one.text) ? [support] : []));
		assert.deepEqual([said.read, said.read_by_me, said.people], [i + 1, i + 1, 1]);
		if (i === 18) assert.equal(figure(await made(heed.get(`/api/v1/checks/${check.id}`))).checked, null);
	}
	found = figure((await checks()).groups.detractors.check);
	const sides = [true, false].map((machine) => {
		const list = drawn.filter((one) => /support/i.test(one.text) === machine);
		const yes = list.filter((one) => isIn(one.text)).length;
		return { all: machine ? 60 : 100, yes, no: list.length - yes };
	});
	const expected = byHand(sides);
	for (const name of ["checked", "sensitivity", "specificity"])
		assert.ok(Math.abs(found[name] - expected[name]) < 1e-9, `${name} ${found[name]} ${expected[name]}`);
	for (const i of [0, 1])
		assert.ok(Math.abs(found.interval[i] - expected.interval[i]) < 2e-6, `${JSON.stringify([found.interval, expected.interval, sides])}`);
	assert.equal(found.more, expected.more);
	assert.deepEqual([found.read, found.found], [100, drawn.filter((one) => isIn(one.text)).length]);
	const mine = await all(check.id);
	assert.ok(mine.every((one) => one.themes.includes(support) === isIn(one.text)));
	assert.ok((await made(heed.ask("PATCH", `/api/v1/checks/${check.id}`, { wanted: 400 }))).wanted === 160);
	for (const one of (await all(check.id)).slice(100)) await made(say(check.id, one.response_id, isIn(one.text) ? [support] : []));
	found = figure((await checks()).groups.detractors.check);
	assert.ok(Math.abs(found.checked - 0.25) < 1e-9 && found.interval[1] - found.interval[0] < 1e-6, "all are known");
	assert.equal(found.more, 0);
	const price = (await checks()).groups.detractors.check.themes.find((theme) => theme.code === "price");
	assert.equal(price.found, 0);
});

test("a check stands for what it was drawn from: later answers, readings and corrections leave it alone", async () => {
	const before_ = (await checks()).groups.detractors.check;
	const { response_id } = (await all(before_.id)).find((one) => /support/i.test(one.text));
	await made(heed.post(`/api/v1/responses/${response_id}/corrections`, { kind: "theme-removed", theme_id: support }));
	await made(heed.post("/api/v1/responses", { survey: "told", score: 0, comment: "Your support is closed at noon.", language: "en" }));
	await read();
	const { detractors } = (await checks()).groups;
	assert.equal(detractors.comments, 161);
	assert.deepEqual(detractors.check, before_);
	assert.equal((await checks("&channel=api")).groups.detractors.check, null, "another filter is another whole");
	const soon = new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10);
	assert.deepEqual((await checks(`&to=${soon}`)).groups.detractors.check, before_, "the same answers under other words for the period");
	assert.equal((await checks("&from=2020-01-01&to=2020-02-01")).groups.detractors.check, null);
	await made(heed.post("/api/v1/responses", { survey: "told", score: 0, comment: "Your support was closed then.", language: "en", submitted_at: "2024-01-01T10:00:00Z" }));
	assert.equal((await checks()).groups.detractors.check, null, "of two years it has a moment");
	assert.deepEqual((await checks("&from=2025-01-01")).groups.detractors.check, before_);
});

test("two people read the same comment: who read it first counts, and each takes back their own alone", async () => {
	const check = await made(draw("promoters"));
	const agent = await heed.member("agent@example.com", "agent");
	const drawn = await all(check.id);
	assert.deepEqual([check.comments, drawn.length], [30, 30]);
	for (const one of drawn.slice(0, 25)) await made(say(check.id, one.response_id, []));
	for (const one of drawn.slice(0, 5)) await made(say(check.id, one.response_id, [support], agent));
	const read_ = async () => figure(await made(heed.get(`/api/v1/checks/${check.id}`)));
	assert.deepEqual([(await read_()).read, (await read_()).found], [25, 0]);
	const { people, agreement } = await made(heed.get(`/api/v1/checks/${check.id}`));
	// Five comments by two themes: the two people differ on one of the themes, and agree on the other.
	assert.deepEqual([people, agreement], [2, { items: 10, agreed: 0.5, beyond_chance: null, interval: null }]);
	for (const one of drawn.slice(5, 15)) await made(say(check.id, one.response_id, [], agent));
	const more = (await made(heed.get(`/api/v1/checks/${check.id}`))).agreement;
	assert.deepEqual([more.items, more.agreed], [30, 25 / 30]);
	// Krippendorff's alpha by hand: 5 of 60 judgements say yes, 5 of the 30 pairs differ.
	assert.ok(Math.abs(more.beyond_chance - (1 - (2 * 5) / ((2 * 5 * 55) / 59))) < 1e-9, `${more.beyond_chance}`);
	assert.ok(more.interval[0] <= more.beyond_chance && more.beyond_chance <= more.interval[1]);
	assert.deepEqual((await texts(check.id, "limit=1", agent)).texts[0].themes, [support]);
	await made(unsay(check.id, drawn[0].response_id));
	assert.deepEqual([(await read_()).read, (await read_()).found], [25, 1], "now the other one was the first");
	assert.equal((await texts(check.id)).texts[0].themes, null);
	await made(say(check.id, drawn[0].response_id, []));
	assert.equal((await read_()).found, 1);
	assert.equal((await draw("promoters", "", agent)).status, 403);
});

/** Cohen's kappa of pairs. */
function kappa(pairs) {
	const share = (is) => pairs.filter(is).length / pairs.length;
	const chance = labels.reduce((sum, one) => sum + share(([a]) => a === one) * share(([, b]) => b === one), 0);
	return (share(([a, b]) => a === b) - chance) / (1 - chance);
}
const labels = ["negative", "neutral", "positive", "mixed"];

test("how random comments sound to people is set beside what the machine hears, from thirty on, and nothing else is", async () => {
	const told = async () => (await made(heed.get("/api/v1/reading/learnt"))).checked_sentiment;
	const heard = new Map();
	for (const one of labels) {
		const { responses } = await made(heed.get(`/api/v1/responses?survey=told&sentiment=${one}&limit=200`));
		for (const { id } of responses) heard.set(id, one);
	}
	assert.deepEqual(await told(), { people: 0, items: 0, unread: 0, least: 30, beyond_chance: null });
	const check = await made(draw("detractors"));
	const glad = await made(draw("promoters"));
	const drawn = [...(await all(check.id)).slice(0, 20), ...(await all(glad.id)).slice(0, 10)];
	const said = drawn.map((one, i) => [i % 4 === 0 ? labels[(i / 4) % 4] : heard.get(one.response_id), heard.get(one.response_id)]);
	for (const [i, one] of drawn.entries()) await feel(i < 20 ? check.id : glad.id, one.response_id, said[i][0]);
	assert.equal((await all(check.id))[1].sentiment, said[1][0]);
	const { beyond_chance: beyond, ...counts } = await told();
	assert.deepEqual(counts, { people: 1, items: 30, unread: 0, least: 30 });
	assert.ok(Math.abs(beyond.value - kappa(said)) < 1e-9, `${beyond.value} ${kappa(said)}`);
	assert.ok(beyond.lo < beyond.value && beyond.value < beyond.hi);

	const whole = await told();
	await made(heed.post(`/api/v1/responses/${drawn[0].response_id}/corrections`, { kind: "sentiment", sentiment: "positive" }));
	assert.deepEqual(await told(), whole, "a correction is of no random comment");
	const agent = { key: null, cookie: await heed.signIn("agent@example.com"), headers: { "X-Heed": "1", Origin: heed.url } };
	await feel(check.id, drawn[0].response_id, "mixed", agent);
	const other = await made(draw("detractors"));
	const again = (await all(other.id)).find((one) => one.response_id === drawn[1].response_id);
	if (again) await feel(other.id, again.response_id, "mixed");
	assert.deepEqual(await told(), whole, "one comment counts once, by who judged it first");
	await made(say(check.id, drawn[2].response_id, []));
	assert.deepEqual([(await told()).items, (await told()).beyond_chance], [29, null], "what is not said any more is taken back");
	await made(unsay(check.id, drawn[3].response_id));
	assert.equal((await told()).items, 28);
	for (const wrong of ["good", 3, ["negative"]]) {
		const r = await heed.ask("PUT", `/api/v1/checks/${check.id}/comments/${drawn[4].response_id}`, { themes: [], sentiment: wrong });
		assert.deepEqual([r.status, r.json.errors[0].path], [422, "/sentiment"]);
	}
});

test("what cannot be is refused in words", async () => {
	const check = await made(draw("promoters"));
	const [one] = (await texts(check.id)).texts;
	assert.equal((await draw("customers")).status, 422);
	assert.equal((await draw("passives")).status, 409);
	assert.equal((await draw("promoters", "&group=promoters")).status, 422);
	assert.equal((await draw("promoters", "&channel=nowhere")).status, 409);
	assert.equal((await say(check.id, one.response_id, ["12345"])).status, 422);
	assert.equal((await say(check.id, one.response_id, [support, support])).status, 422);
	assert.equal((await say(check.id, "12345", [])).status, 404);
	assert.equal((await say("12345", one.response_id, [])).status, 404);
	assert.equal((await heed.get(`/api/v1/checks/12345`)).status, 404);
	assert.equal((await heed.get(`/api/v1/checks/${check.id}/comments?after=x`)).status, 422);
	assert.equal((await heed.ask("PATCH", `/api/v1/checks/${check.id}`, { wanted: 0 })).status, 422);
	const fewer = await made(heed.ask("PATCH", `/api/v1/checks/${check.id}`, { wanted: 10 }));
	assert.equal(fewer.wanted, 10);
	assert.equal((await all(check.id)).length, 10);
});

test("personal data in what is read is masked for whom it is masked", async () => {
	const check = await made(draw("promoters"));
	const [{ response_id }] = (await texts(check.id)).texts;
	await made(heed.ask("PATCH", `/api/v1/responses/${response_id}`, { comment: "I love the app, write to ann@example.com." }));
	await made(heed.ask("PATCH", "/api/v1/workspace", { personal_data: "on_display" }));
	const agent = { cookie: await heed.signIn("agent@example.com") };
	assert.equal((await texts(check.id, "limit=1", agent)).texts[0].text, "I love the app, write to [email].");
	assert.match((await texts(check.id, "limit=1")).texts[0].text, /ann@example\.com/);
	await made(heed.ask("PATCH", "/api/v1/workspace", { personal_data: "off" }));
});

test("an answer that is deleted for good takes its comment and what was said of it along", async () => {
	const check = await made(draw("promoters"));
	const drawn = await all(check.id);
	for (const one of drawn) await made(say(check.id, one.response_id, [support]));
	const { response_id } = drawn[3];
	for (const action of ["delete", "purge"]) await made(heed.post("/api/v1/responses/actions", { action, ids: [response_id] }));
	assert.ok(!(await all(check.id)).some((one) => one.response_id === response_id));
	assert.equal(figure(await made(heed.get(`/api/v1/checks/${check.id}`))).read, 29);
});

test("a check is found by those who have the scope of who drew it", async () => {
	await made(heed.post("/api/v1/teams", { name: "Told", scope: { surveys: ["told"] } }));
	const as = (role) => heed.member(`${role}@example.com`, role, "Told");
	const [analyst, viewer] = [await as("analyst"), await as("viewer")];
	const ours = (await checks("&from=2025-01-01")).groups.promoters.check;
	assert.ok(ours);
	assert.equal((await heed.get(`/api/v1/checks/${ours.id}`, analyst)).status, 404);
	assert.equal((await made(heed.get(`/api/v1/checks?${query("&from=2025-01-01")}`, analyst))).groups.promoters.check, null);
	const theirs = await made(draw("promoters", "&from=2025-01-01", analyst));
	assert.equal((await made(heed.get(`/api/v1/checks/${theirs.id}`, viewer))).id, theirs.id);
	assert.equal((await heed.get(`/api/v1/checks/${theirs.id}/comments`, viewer)).status, 403);
	assert.equal((await heed.get(`/api/v1/checks/${theirs.id}`)).status, 404);
	const { entries } = await made(heed.get("/api/v1/audit?action=check"));
	assert.ok(entries.some((entry) => entry.action === "check.draw" && entry.subject === theirs.id && /^promoters, 29 comments/.test(entry.detail)), JSON.stringify(entries));
});

test("a comment that is emptied or binned after it was drawn is not waited for", async () => {
	const check = await made(draw("detractors", "&from=2024-01-01"));
	const [emptied, binned] = await all(check.id);
	await made(heed.ask("PATCH", `/api/v1/responses/${emptied.response_id}`, { comment: "" }));
	await made(heed.post("/api/v1/responses/actions", { action: "delete", ids: [binned.response_id] }));
	const left = await all(check.id);
	assert.equal(left.length, check.wanted - 2);
	assert.ok(left.every((one) => typeof one.text === "string"));
	assert.equal((await made(heed.get(`/api/v1/checks/${check.id}`))).wanted, left.length);
});
