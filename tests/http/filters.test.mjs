// What a filter takes is the same in lists, figures, exports and facets; a text is found however it is written.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
const rows = [
	{ score: 10, comment: "Versand nach İSTANBUL war schnell", channel: "web", language: "de", properties: { plan: "pro", city: "Berlin" } },
	{ score: 9, comment: "great", channel: "sms", language: "en-GB", properties: { plan: "pro" } },
	{ score: 8, comment: "配送が遅いです", channel: "web", language: "ja", properties: { plan: "free" } },
	{ score: 3, comment: "ＦＵＬＬ width straße", channel: "qr", language: "de-AT", properties: { plan: "team", seats: 12 } },
	{ score: 0, channel: "web", language: "pt-BR", properties: { plan: "free", city: "Berlin" } },
	{ score: 6, comment: "50% off_by one", channel: "api" },
	{ comment: "only words", channel: "web", properties: { plan: "free" } },
];
const made = [];

async function ok(promise) {
	const r = await promise;
	assert.ok(r.status < 300, r.text);
	return r.json;
}

before(async () => {
	heed = await start(null);
	for (const slug of ["one", "two", "three"]) await ok(heed.post("/api/v1/surveys", { name: slug, slug, state: "live" }));
	for (const [i, row] of rows.entries())
		made.push(await ok(heed.post("/api/v1/responses", { survey: ["one", "two", "three"][i % 3], ...row })));
});
after(() => heed?.stop());

const get = (path) => ok(heed.get(`/api/v1/${path}`));

/** Numbers of the rows that a list holds; exports and facets must agree. */
async function taken(query) {
	const { responses, next_cursor } = await get(`responses?${query}`);
	assert.equal(next_cursor, null);
	const ids = responses.map((r) => r.id);
	const lines = (await heed.get(`/api/v1/responses/export?format=jsonl&${query}`)).text.trim();
	const exported = lines ? lines.split("\n").map((line) => JSON.parse(line).id) : [];
	assert.deepEqual([...exported].sort(), [...ids].sort(), query);
	assert.equal((await get(`responses/facets?${query}`)).answers, ids.length, query);
	return ids.map((id) => made.findIndex((m) => m.id === id)).sort();
}

test("values of one name are alternatives, and names must all hold", async () => {
	for (const [query, expected] of [
		["survey=one&survey=two", [0, 1, 3, 4, 6]],
		["survey=one&survey=two&channel=web", [0, 4, 6]],
		["channel=sms&channel=qr", [1, 3]],
		["language=de&language=pt", [0, 3, 4]],
		["property.plan=free&property.plan=team", [2, 3, 4, 6]],
		["property.plan=free&property.plan=pro&property.city=Berlin", [0, 4]],
		["property.seats=12", [3]],
		["group=promoters", [0, 1]],
		["group=promoters&group=passives", [0, 1, 2]],
		["group=detractors&score=0-3", [3, 4]],
		["score=8&score=10", [0, 2]],
		["score=0-10", [0, 1, 2, 3, 4, 5]],
		["has_comment=false", [4]],
		["has_comment=true&channel=web", [0, 2, 6]],
		["counted=true&channel=web", [0, 2, 4]],
		["source=api", [0, 1, 2, 3, 4, 5, 6]],
		["source=page", []],
		["state=partial", [4, 6]],
		["state=partial&state=complete&survey=three", [2, 5]],
	])
		assert.deepEqual(await taken(query), expected, query);
});

test("a text is found however it is written", async () => {
	for (const [q, expected] of [
		["istanbul", [0]],
		["İstanbul", [0]],
		["ISTANBUL WAR", [0]],
		["遅い", [2]],
		["full WIDTH", [3]],
		["STRASSE", [3]],
		["50% off_by", [5]],
		["%", [5]],
		["_", [5]],
		[" great ", [1]],
		["greater", []],
		["Versand und mehr", []],
	])
		assert.deepEqual(await taken(`q=${encodeURIComponent(q)}`), expected, q);
	assert.deepEqual(await taken("q=e&channel=web"), [0]);
	assert.equal((await taken("q=")).length, rows.length);
	assert.equal((await heed.get(`/api/v1/responses?q=${"x".repeat(201)}`)).status, 422);
});

test("a search goes on behind its pages, newest first", async () => {
	const seen = [];
	let cursor = "";
	do {
		const page = await get(`responses?q=r&limit=1${cursor && `&cursor=${cursor}`}`);
		seen.push(...page.responses.map((r) => r.id));
		cursor = page.next_cursor;
	} while (cursor);
	const has = [0, 1, 3, 6].filter((i) => /r/i.test(rows[i].comment)).map((i) => made[i].id);
	assert.deepEqual(seen, has.reverse());
});

test("tags choose, in any case, and what is in the bin only when asked for", async () => {
	const act = (body) => ok(heed.post("/api/v1/responses/actions", body));
	await act({ action: "tag", tag: "Late", ids: [made[0].id, made[3].id] });
	await act({ action: "tag", tag: "Refund", ids: [made[3].id] });
	assert.deepEqual(await taken("tag=LATE"), [0, 3]);
	assert.deepEqual(await taken("tag=refund&tag=late&channel=qr"), [3]);
	assert.deepEqual(await taken("tag=nothing"), []);
	const { tags } = await get("responses/facets");
	assert.deepEqual(tags.values.map((v) => [v.value, v.answers]), [["Late", 2], ["Refund", 1]]);
	assert.equal((await get("insights/nps?tag=late")).parts[0].figure.responses, 2);
	await act({ action: "star", ids: [made[1].id] });
	assert.deepEqual(await taken("starred=true"), [1]);
	await act({ action: "delete", ids: [made[0].id] });
	assert.deepEqual(await taken("tag=late"), [3]);
	assert.deepEqual(await taken("state=deleted"), [0]);
	assert.deepEqual(await taken("state=deleted&state=complete&tag=late"), [0, 3]);
	assert.equal((await get("insights/nps?tag=late")).left_out.deleted, 1);
	const copy = async (query) => (await heed.get(`/api/v1/responses/export?format=jsonl&${query}`)).text.trim().split("\n");
	assert.equal((await copy("survey=one")).length, 3); // a full copy, with the bin
	await act({ action: "restore", ids: [made[0].id] });
});

test("figures take the same filters, and refuse what would make a score of a choice", async () => {
	const n = async (query) => (await get(`insights/nps?${query}`)).parts[0]?.figure.responses ?? 0;
	assert.equal(await n("channel=web&channel=sms"), 4);
	assert.equal(await n("survey=one&survey=two"), 4);
	assert.equal(await n("property.plan=free&property.plan=team"), 3);
	assert.equal(await n("q=istanbul"), 1);
	assert.equal(await n("has_comment=false"), 1);
	assert.equal(await n("source=api&language=de"), 2);
	for (const query of ["group=promoters", "score=9", "state=test", "counted=true"]) {
		const r = await heed.get(`/api/v1/insights/nps?${query}`);
		assert.equal(r.status, 422, query);
		assert.match(r.text, /says nothing/);
	}
	const { parts } = await get("insights/nps?by=channel&channel=web&channel=sms&language=de&language=en&q=a");
	for (const group of parts[0].groups) {
		const list = await ok(heed.get(group.figure.answers_path));
		assert.equal(list.responses.length, group.figure.responses, group.figure.answers_path);
	}
});

test("facets say what there is, and how much of it", async () => {
	const all = await get("responses/facets");
	const of = (facet) => Object.fromEntries(facet.values.map((v) => [v.value, v.answers]));
	assert.equal(all.complete, true);
	assert.deepEqual(of(all.surveys), { one: 3, two: 2, three: 2 });
	assert.deepEqual(of(all.channels), { web: 4, api: 1, qr: 1, sms: 1 });
	assert.deepEqual(of(all.languages), { de: 2, en: 1, ja: 1, pt: 1 });
	assert.deepEqual(of(all.groups), { promoters: 2, passives: 1, detractors: 3 });
	assert.deepEqual(of(all.kinds), { relationship: 7 });
	const properties = Object.fromEntries(all.properties.map((p) => [p.name, of(p.facet)]));
	assert.deepEqual(properties, { plan: { free: 3, pro: 2, team: 1 }, city: { Berlin: 2 }, seats: { 12: 1 } });
	const some = await get("responses/facets?channel=web&group=promoters");
	assert.deepEqual([some.answers, of(some.languages), of(some.surveys)], [1, { de: 1 }, { one: 1, two: 0, three: 0 }]);
	assert.equal((await heed.get("/api/v1/responses/facets?colour=red")).status, 422);
	assert.equal((await heed.get("/api/v1/responses/facets?survey=nowhere")).status, 404);
});

/** An import of a file into a survey that has other answers. */
async function imported(name, text, survey) {
	const { id } = await ok(heed.ask("POST", `/api/v1/uploads?name=${name}`, Buffer.from(text)));
	const { id: one } = await ok(heed.post("/api/v1/imports", { upload_id: id, survey, repeat: "new" }));
	for (;;) {
		const { state } = await get(`imports/${one}`);
		if (state === "done") return one;
		assert.match(state, /queued|running/);
		await new Promise((wake) => setTimeout(wake, 10));
	}
}

test("what came with an import is told apart from the rest, and the figures say how much of it they hold", async () => {
	await ok(heed.post("/api/v1/surveys", { name: "mixed", slug: "mixed", state: "live" }));
	for (const score of [10, 2]) await ok(heed.post("/api/v1/responses", { survey: "mixed", score }));
	const first = await imported("old.csv", "score\n9\n9\n1\n", "mixed");
	const second = await imported("older.csv", "score,comment\n8,\n,only words\n", "mixed");
	const many = async (query) => (await taken(`survey=mixed&${query}`)).length;
	for (const [query, n, imports] of [
		["", 7, 4],
		["import=any", 5, 4],
		["import=none", 2, 0],
		[`import=${first}`, 3, 3],
		[`import=${first}&import=none`, 5, 3],
		[`import=${first}&import=${second}&starred=false`, 5, 4],
		["import=77", 0, 0],
	]) {
		assert.equal(await many(query), n, query);
		const { parts } = await get(`insights/nps?survey=mixed&${query}`);
		const { answers } = await get(`responses/facets?survey=mixed&counted=true&${query}`);
		assert.deepEqual([parts[0]?.imported ?? 0, parts[0]?.figure.responses ?? 0], [imports, answers], query);
	}
	const { imports } = await get("responses/facets?survey=mixed");
	assert.deepEqual(imports.values, [
		{ value: second, name: "older.csv", answers: 2 },
		{ value: first, name: "old.csv", answers: 3 },
	]);
	for (const wrong of ["all", "", "-1", "1x"]) assert.equal((await heed.get(`/api/v1/responses?import=${wrong}`)).status, 422, wrong);
});

test("with counted=true facets count what the figures count: no test, no excluded answer, none without a score", async () => {
	await ok(heed.post("/api/v1/surveys", { name: "tried", slug: "tried", state: "live" }));
	const post = (body) => ok(heed.post("/api/v1/responses", { survey: "tried", channel: "web", ...body }));
	for (const score of [10, 10, 3]) await post({ score });
	await post({ comment: "no score" });
	await post({ score: 9, test: true });
	const gone = await post({ score: 0, channel: "sms" });
	await ok(heed.ask("PATCH", `/api/v1/responses/${gone.id}`, { state: "excluded", reason: "a joke" }));
	const { parts } = await get("insights/nps?survey=tried&by=channel");
	const of = (facet) => facet.values.map((v) => [v.value, v.answers]);
	const counted = await get("responses/facets?survey=tried&counted=true");
	assert.deepEqual(of(counted.channels), parts[0].groups.map((g) => [g.value, g.figure.responses]));
	assert.deepEqual(of(counted.groups), [["promoters", 2], ["passives", 0], ["detractors", 1]]);
	assert.deepEqual(of((await get("responses/facets?survey=tried")).channels), [["web", 5], ["sms", 1]]);
});

test("values of properties with odd texts are told apart as they are", async () => {
	const properties = { 'a"b': 'x"y', note: "line\nend", rate: 1.5, yes: true, zero: 0 };
	await ok(heed.post("/api/v1/responses", { survey: "one", score: 7, channel: "odd", properties }));
	const { properties: seen } = await get("responses/facets?channel=odd");
	const values = Object.fromEntries(seen.map((p) => [p.name, p.facet.values.map((v) => v.value)]));
	assert.deepEqual(values, { 'a"b': ['x"y'], note: ["line\nend"], rate: ["1.5"], yes: ["true"], zero: ["0"] });
	for (const p of seen) {
		const query = new URLSearchParams({ [`property.${p.name}`]: p.facet.values[0].value, channel: "odd" });
		assert.equal((await get(`responses?${query}`)).responses.length, 1, p.name);
	}
});

test("wrong filters are refused by name", async () => {
	for (const query of ["score=11", "score=5-3", "group=all", "state=gone", "has_comment=maybe", "starred=1", "kind=odd"]) {
		const r = await heed.get(`/api/v1/responses?${query}`);
		assert.equal(r.status, 422, query);
		assert.equal(r.json.errors[0].path, query.split("=")[0]);
	}
	assert.equal((await heed.get("/api/v1/responses?survey=one&survey=nowhere")).status, 404);
	assert.equal((await heed.get("/api/v1/responses/export?survey=nowhere")).status, 404);
	assert.equal((await heed.get("/api/v1/responses/export?colour=red")).status, 422);
});
