// Surveys, brands, the journey and personal links, over HTTP against the real program.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

const NAME = 'Müller & Söhne "Best" <b>';
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000100", "hex");

async function create(body) {
	const r = await heed.post("/api/v1/surveys", body);
	assert.equal(r.status, 201, r.text);
	return r.json;
}

test("a survey is made as a draft, read by id and by slug", async () => {
	const s = await create({ name: NAME });
	assert.equal(s.name, NAME);
	assert.equal(s.slug, "muller-sohne-best-b");
	assert.equal(s.url, `${heed.url}/s/muller-sohne-best-b`);
	assert.equal(s.state, "draft");
	assert.equal(s.kind, "relationship");
	assert.equal(s.touchpoint, null);
	assert.deepEqual(s.definition, { language: "en", follow_up_one: false, follow_up_required: true });
	assert.deepEqual((await heed.get(`/api/v1/surveys/${s.id}`)).json, s);
	assert.deepEqual((await heed.get(`/api/v1/surveys/${s.slug}`)).json, s);
	const { definition, ...row } = s;
	assert.deepEqual((await heed.get("/api/v1/surveys")).json.surveys[0], row);
});

test("a definition is refused by the path of what is wrong", async () => {
	const wrong = [
		[{ name: "x", definition: { questions: [{ key: "a", kind: "stars", text: "?" }] } }, "/definition/questions/0/kind"],
		[{ name: "x", definition: { translations: { de: { fragen: 1 } } } }, "/definition/translations/de/fragen"],
		[{ name: "x", kind: "transactional" }, "/touchpoint"],
		[{ name: "x", kind: "other" }, "/kind"],
		[{ name: "x", slug: "No Slug" }, "/slug"],
		[{ name: "x", brand: "Nobody" }, "/brand"],
		[{ name: "a\u0000b" }, "/name"],
		[{ titel: "x" }, "/titel"],
		[{}, "/name"],
	];
	for (const [body, path] of wrong) {
		const r = await heed.post("/api/v1/surveys", body);
		assert.equal(r.status, 422, r.text);
		assert.ok(r.text.includes(`"${path}"`), `${path}: ${r.text}`);
	}
});

test("states change as allowed and by nothing else", async () => {
	const s = await create({ name: "States" });
	const act = (verb) => heed.post(`/api/v1/surveys/${s.slug}/${verb}`);
	assert.equal((await act("pause")).status, 409);
	assert.equal((await act("resume")).status, 409, "nothing was published");
	assert.equal((await act("publish")).json.state, "live");
	assert.equal((await act("publish")).json.state, "live");
	assert.equal((await act("pause")).json.state, "paused");
	assert.equal((await act("publish")).json.state, "live");
	assert.equal((await act("close")).json.state, "closed");
	assert.equal((await act("pause")).json.state, "paused");
	assert.equal((await act("resume")).json.state, "live");
	assert.equal((await act("resume")).json.state, "live");
	assert.equal((await act("close")).json.state, "closed");
	assert.equal((await act("resume")).json.state, "live");
	assert.equal((await heed.post("/api/v1/surveys/nowhere/close")).status, 404);
});

test("a live survey is reworded by version and each stays readable", async () => {
	const s = await create({ name: "Versions", state: "live", definition: { question: "Old {brand}?" } });
	const r = await heed.ask("PATCH", `/api/v1/surveys/${s.id}`, { definition: { question: "New {brand}?" } });
	assert.equal(r.status, 200, r.text);
	assert.equal(r.json.version, 2);
	assert.equal(r.json.definition.question, "New {brand}?");
	const version = (n) => heed.get(`/api/v1/surveys/${s.id}/versions/${n}`);
	assert.equal((await version(1)).json.definition.question, "Old {brand}?");
	assert.equal((await version(2)).json.definition.question, "New {brand}?");
	for (const n of ["3", "0", "x", "99999999999"]) assert.equal((await version(n)).status, 404);
});

test("a transactional survey names its touchpoint, and the journey keeps it", async () => {
	await create({ name: "After support", kind: "transactional", touchpoint: "support" });
	const journey = (await heed.get("/api/v1/touchpoints")).json.touchpoints;
	assert.deepEqual(
		journey.map((step) => step.code),
		["first_contact", "purchase", "onboarding", "delivery", "feature_use", "support", "renewal", "cancellation"],
	);
	const put = (steps) => heed.ask("PUT", "/api/v1/touchpoints", { touchpoints: steps });
	assert.equal((await put([{ code: "renewal", name: "Renewal" }])).status, 409);
	const r = await put([
		{ code: "support", name: "Help desk" },
		{ code: "audit", name: "Yearly audit" },
	]);
	assert.equal(r.status, 200, r.text);
	assert.equal(r.json.touchpoints[0].name, "Help desk");
	assert.equal(r.json.touchpoints[0].id, journey[5].id);
	assert.equal((await put([{ code: "a b", name: "x" }])).status, 422);
});

test("a brand has a name, a colour and a logo of its own", async () => {
	const made = await heed.post("/api/v1/brands", { name: NAME, colour: "#A1B2C3" });
	assert.equal(made.status, 201, made.text);
	assert.equal(made.json.colour, "#a1b2c3");
	assert.equal(made.json.logo, null);
	assert.equal((await heed.post("/api/v1/brands", { name: NAME.toUpperCase() })).status, 409);
	assert.equal((await heed.post("/api/v1/brands", { name: "x", colour: "red" })).status, 422);
	const path = `/api/v1/brands/${made.json.id}`;
	const changed = await heed.ask("PATCH", path, { colour: "#000000" });
	assert.equal(changed.json.name, NAME);
	assert.equal(changed.json.colour, "#000000");
	const logo = await heed.ask("PUT", `${path}/logo`, PNG, { headers: { "Content-Type": "image/svg+xml" } });
	assert.equal(logo.status, 200, logo.text);
	const shown = await heed.get(logo.json.logo, { key: null });
	assert.equal(shown.headers["content-type"], "image/png");
	assert.deepEqual(shown.bytes, PNG);
	assert.equal((await heed.ask("PUT", `${path}/logo`, Buffer.from("<svg/>"))).status, 422);
	assert.equal((await heed.ask("PUT", `${path}/logo`, Buffer.alloc(200_001, PNG))).status, 413);
	assert.equal((await heed.ask("DELETE", `${path}/logo`)).json.logo, null);
	assert.equal((await heed.get(logo.json.logo, { key: null })).status, 404);
	assert.ok((await heed.get("/api/v1/brands")).json.brands.some((b) => b.name === NAME));
});

test("kind and brand stay as they are once there are answers", async () => {
	const s = await create({ name: "Fixed", state: "live" });
	assert.equal((await heed.post("/api/v1/responses", { survey: s.slug, score: 9 })).status, 201);
	const r = await heed.ask("PATCH", `/api/v1/surveys/${s.id}`, { kind: "transactional", touchpoint: "support" });
	assert.equal(r.status, 409);
	assert.equal((await heed.ask("PATCH", `/api/v1/surveys/${s.id}`, { name: "Renamed" })).json.name, "Renamed");
});

test("a personal link is minted for a person, read, and withdrawn", async () => {
	const s = await create({ name: "Linked", state: "live" });
	const body = { survey: s.slug, person: { email: "Ann@Example.com" }, properties: { plan: "pro" } };
	const headers = { "Idempotency-Key": "link-1" };
	const made = await heed.post("/api/v1/links", body, { headers });
	assert.equal(made.status, 201, made.text);
	assert.match(made.json.token, /^[\w-]{51}$/);
	assert.equal(made.json.url, `${heed.url}/r/${made.json.token}`);
	assert.equal(made.json.state, "open");
	const again = await heed.post("/api/v1/links", body, { headers });
	assert.equal(again.status, 200);
	assert.deepEqual(again.json, made.json);
	const person = await heed.get(`/api/v1/people/${made.json.person_id}`);
	assert.deepEqual(person.json.identities, [{ kind: "email", value: "Ann@Example.com" }]);
	const path = `/api/v1/links/${made.json.id}`;
	const gone = await heed.ask("DELETE", path);
	assert.equal(gone.json.state, "revoked");
	assert.equal((await heed.ask("DELETE", path)).status, 200);
	assert.equal((await heed.get(path)).json.revoked_at, gone.json.revoked_at);
	assert.equal((await heed.post("/api/v1/links", { survey: "nowhere" })).status, 422);
	assert.equal((await heed.post("/api/v1/links", { ...body, expires_in_days: 0 })).status, 422);
});

test("another workspace sees none of it", async () => {
	heed.mustRun("init", "--workspace", "Other", "--email", "other@example.com", "--password-stdin", {
		input: "another long one\n",
	});
	const key = heed.mustRun("key", "create", "--workspace", "Other", "--scope", "admin");
	const s = (await heed.get("/api/v1/surveys")).json.surveys[0];
	const brand = (await heed.get("/api/v1/brands")).json.brands[0];
	assert.deepEqual((await heed.get("/api/v1/surveys", { key })).json.surveys, []);
	for (const path of [`surveys/${s.id}`, `surveys/${s.slug}`, `surveys/${s.id}/versions/1`, `brands/${brand.id}`])
		assert.equal((await heed.get(`/api/v1/${path}`, { key })).status, 404, path);
	assert.equal((await heed.post(`/api/v1/surveys/${s.id}/close`, undefined, { key })).status, 404);
	const stolen = await heed.post("/api/v1/surveys", { name: "x", brand_id: brand.id }, { key });
	assert.equal(stolen.status, 422);
	const own = await heed.post("/api/v1/surveys", { name: "x", slug: s.slug }, { key });
	assert.equal(own.status, 201, own.text);
	assert.equal(own.json.slug, s.slug);
	assert.notEqual(own.json.url, s.url);
});
