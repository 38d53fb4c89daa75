// Every place where an id of another workspace could be put: paths, bodies, queries, cursors and Idempotency-Keys.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, made } from "./harness.mjs";
import { operations, resolve } from "./validate.mjs";
import { begin, bodies, bodyOf, callers, end, fillPath, heed, ids, mine, other, promised, queries, SECRET } from "./walk.mjs";

before(begin);
after(end);

/** All that the other workspace has, as its own key sees it. */
async function otherWorld() {
	const paths = [
		"workspace",
		"members",
		"keys",
		"brands",
		"touchpoints",
		"teams",
		"tags",
		"themes",
		"themes/suggestions",
		"reading/settings",
		"surveys",
		"surveys/shared",
		"surveys/shared/draft",
		"trend-notes",
		"shared-views",
		"goals",
		"saved-views",
		"insights/nps",
		"insights/planner",
		"insights/quality",
		"insights/segments",
		"audit",
	];
	for (const [kind, plural] of [
		["link", "links"],
		["person", "people"],
		["response", "responses"],
		["import", "imports"],
	])
		paths.push(`${plural}/${ids(other)[kind]}`);
	const all = {};
	for (const path of [...paths, "responses"]) {
		// When, and how fast, is another each time.
		const { as_of, query_us, ...told } = await made(heed.get(`/api/v1/${path}`, { key: other.key }));
		all[path] = told;
	}
	return all;
}

function ofOther(text) {
	const { urgent: _, ...theirs } = ids(other); // a kind is no id
	const known = [...Object.values(theirs), other.workspace.id].filter((id) => id.length > 3);
	return text.includes(SECRET) || known.some((id) => text.includes(`"${id}"`));
}

const strongest = ["owner", "admin", "admin key", "write key"];

test("ids of another workspace in a path lead nowhere", async () => {
	const before_ = await otherWorld();
	for (const op of operations().filter((o) => /\{(?!version|urgent)/.test(o.path)))
		for (const name of strongest.filter((n) => promised(op.operation, callers.get(n)) === "in")) {
			const slugs = op.path.includes("{survey}") ? [other.survey.id, other.only.slug] : [null];
			for (const survey of slugs) {
				const path = fillPath(op.path, { ...ids(other), ...(survey && { survey }) });
				const r = await heed.ask(op.method.toUpperCase(), path, bodyOf(op.operation), callers.get(name).options);
				assert.equal(r.status, 404, `${name} ${op.operation.operationId} ${path}: ${r.text}`);
			}
		}
	assert.deepEqual(await otherWorld(), before_);
	for (const [workspace, brand] of [
		[mine, other],
		[other, mine],
	])
		assert.equal((await heed.get(`/logo/${workspace.workspace.id}/${brand.brand.id}`, { key: null })).status, 404);
});

/** Members of bodies that take an id, or a name that the other workspace has too. */
const foreign = {
	"changeMember.team_id": () => [422, { team_id: other.team.id }],
	"createInvite.team_id": () => [422, { email: "foreign@example.com", role: "viewer", team_id: other.team.id }],
	"createSession.workspace": () => [403, { email: EMAIL, password: "correct horse", workspace: other.workspace.id }],
	"changeSession.workspace": () => [404, { workspace: other.workspace.id }],
	"createSurvey.brand_id": () => [422, { name: "x", brand_id: other.brand.id }],
	"createSurvey.brand": () => [422, { name: "x", brand: other.brand.name }],
	"createSurvey.touchpoint": () => [
		422,
		{ name: "x", kind: "transactional", touchpoint: other.journey.touchpoints[0].code },
	],
	"changeSurvey.brand_id": () => [422, { brand_id: other.brand.id }],
	"changeSurvey.brand": () => [422, { brand: other.brand.name }],
	"changeSurvey.touchpoint": () => [422, { kind: "transactional", touchpoint: other.journey.touchpoints[0].code }],
	"setGoal.brand_id": () => [422, { kind: "relationship", brand_id: other.brand.id, score: 1, by_day: "2027-01-01" }],
	"setGoal.touchpoint": () => [
		422,
		{ kind: "transactional", brand_id: mine.brand.id, touchpoint: other.journey.touchpoints[0].code, score: 1, by_day: "2027-01-01" },
	],
	"correctReading.theme_id": () => [404, { kind: "theme-added", theme_id: other.theme.id, polarity: 1 }],
	"changeTheme.merge_into": () => [404, { merge_into: other.theme.id }],
	"changeThemeSuggestion.theme_id": () => [404, { state: "merged", theme_id: other.theme.id }],
	"previewTheme.theme_id": () => [404, { theme_id: other.theme.id, seeds: "en: themed" }],
	"previewTheme.join_id": () => [404, { theme_id: mine.theme.id, join_id: other.theme.id }],
	"createTrendNote.survey_id": () => [422, { text: "x", survey_id: other.survey.id }],
	"previewImport.upload_id": () => [422, { upload_id: other.upload.id }],
	"previewImport.survey": () => [422, { upload_id: mine.upload.id, survey: other.only.slug }],
	"createImport.upload_id": () => [422, { upload_id: other.upload.id, new_survey: { name: "x" } }],
	"createImport.survey": () => [422, { upload_id: mine.upload.id, survey: other.only.slug }],
	"createLink.survey": () => [422, { survey: other.only.slug }],
	"createLink.person": () => [201, { survey: "shared", person: { email: "bob@example.com" } }],
	"createResponse.survey": () => [422, { survey: other.only.slug, score: 1 }],
	"createResponse.person": () => [201, { survey: "shared", score: 1, person: { external_id: `id ${SECRET}` } }],
};
test("work on answers of another workspace finds none of them", async () => {
	const before_ = await otherWorld();
	for (const name of strongest.filter((n) => n !== "read key")) {
		const act = (body) => heed.post("/api/v1/responses/actions", { action: "star", ...body }, callers.get(name).options);
		assert.equal((await act({ ids: [other.response.id] })).status, 404);
		const mixed = await made(act({ ids: [mine.response.id, other.response.id] }));
		assert.equal(mixed.missing, 1);
		assert.equal((await act({ filter: `survey=${other.only.slug}` })).status, 404);
		const behind = await made(act({ filter: "", cursor: other.cursor }));
		assert.ok(!behind.changed.includes(other.response.id));
	}
	assert.deepEqual(await otherWorld(), before_);
});

const named = new Set(["workspace", "brand", "brand_id", "touchpoint", "survey", "person", "merge_into"]);

test("ids of another workspace in a body are no ids here", async () => {
	const before_ = await otherWorld();
	for (const op of operations()) {
		const { at } = resolve(["paths", op.path, op.method, "requestBody", "content", "application/json", "schema"]);
		for (const member of Object.keys(at?.properties ?? {}).filter((m) => named.has(m) || m.endsWith("_id"))) {
			const place = `${op.operation.operationId}.${member}`;
			assert.ok(foreign[place], `the walk tries nothing as ${place}`);
			const [status, body] = foreign[place]();
			const name = op.operation.security.length ? "owner" : "nobody";
			const path = fillPath(op.path, ids(mine));
			const r = await heed.ask(op.method.toUpperCase(), path, body, callers.get(name).options);
			assert.equal(r.status, status, `${place}: ${r.text}`);
			if (r.status < 300) assert.ok(!ofOther(r.text.replaceAll(`id ${SECRET}`, "")), `${place}: ${r.text}`);
		}
	}
	assert.deepEqual(await otherWorld(), before_);
});

const harmless = new Set(
	"kind from to limit state group score has_comment counted starred series by compare format for_spreadsheet channel language view since until".split(" "),
);
for (const name of "level size download c s tool link field with_properties lang".split(" ")) harmless.add(name); // how a code to share looks
for (const name of "actor action subject".split(" ")) harmless.add(name); // of the own audit log

for (const name of ["sentiment", "shown_sentiment", "urgent", "mood", "intent", "says"]) harmless.add(name); // how comments sound
harmless.add("after"); // a place in the own log
harmless.add("target"); // of criticism, for points at stake
harmless.add("step"); // what a point of a trend counts
for (const name of "of total weight".split(" ")) harmless.add(name); // rows of the own portfolio, and their weights
for (const name of "and vote value version".split(" ")) harmless.add(name); // how figures are split
for (const name of "half change customers".split(" ")) harmless.add(name); // what is wished of them

test("ids and cursors of another workspace in a query show nothing of it", async () => {
	for (const op of operations().filter((o) => o.method === "get"))
		for (const i of (op.operation.parameters ?? []).keys()) {
			const { at } = resolve(["paths", op.path, op.method, "parameters", i]);
			if (at.in !== "query" || harmless.has(at.name)) continue;
			assert.ok(queries[at.name], `the walk tries nothing as ${at.name}`);
			const name = at.name === "properties" ? "property.mark" : at.name;
			const query = new URLSearchParams({ [name]: queries[at.name]() });
			for (const who of ["owner", "read key"].filter((n) => promised(op.operation, callers.get(n)) === "in")) {
				const r = await heed.get(`${fillPath(op.path, ids(mine))}?${query}`, callers.get(who).options);
				const told = `${who} ${op.operation.operationId}?${query}: ${r.text}`;
				assert.equal(r.status, ["cursor", "properties", "tag", "theme", "source", "import", "q", "word", "scope", "who"].includes(at.name) ? 200 : 404, told);
				if (r.status === 200) assert.ok(!ofOther(r.text.replaceAll(encodeURIComponent(SECRET), "")), told);
			}
		}
	const byName = await heed.get(`/api/v1/insights/nps?${new URLSearchParams({ brand: other.brand.name })}`);
	assert.equal(byName.status, 404);
});

test("an Idempotency-Key of another workspace is a new one here", async () => {
	const r = await heed.post(
		"/api/v1/responses",
		{ survey: "shared", score: 3 },
		{ headers: { "Idempotency-Key": "same-as-other" } },
	);
	assert.equal(r.status, 201);
	const key = { key: other.key, headers: { "Idempotency-Key": "same-as-other" } };
	const theirs = await heed.post("/api/v1/responses", { survey: "shared", score: 3 }, key);
	assert.equal(theirs.status, 201);
	assert.notEqual(theirs.json.survey_id, r.json.survey_id);
});

test("lists hold what is of the own workspace alone", async () => {
	for (const op of operations().filter(
		(o) => o.method === "get" && !o.path.includes("{") && o.operation.security.length,
	))
		for (const name of ["owner", "admin key"].filter((n) => promised(op.operation, callers.get(n)) === "in")) {
			const r = await heed.get(op.path, callers.get(name).options);
			assert.equal(r.status, 200);
			assert.ok(op.path === "/metrics" || !ofOther(r.text.replaceAll(`id ${SECRET}`, "")), `${op.path}: ${r.text}`);
		}
});
