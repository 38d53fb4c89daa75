// Teams: made, changed, refused; what their members see. That nothing outside is seen is team_scope.test.mjs.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { name: "All", slug: "all", state: "live" }));
	for (const city of ["Berlin", "Berlin", "Potsdam", "Munich"]) await give(city);
});
after(() => heed?.stop());

const give = (city, more) => made(heed.post("/api/v1/responses", { survey: "all", score: 9, properties: { city }, ...more }));
const make = (name, scope) => heed.post("/api/v1/teams", { name, scope });

const cities = async (options) =>
	(await made(heed.get("/api/v1/responses", options))).responses.map((r) => r.properties.city).sort();

test("a team has a name of its own and a scope that the workspace knows", async () => {
	const { id } = await made(make(" East ", { properties: { city: ["Berlin", "Potsdam"] } }));
	assert.equal((await make("EAST", {})).status, 409);
	for (const [scope, path] of [
		[{ surveys: ["nowhere"] }, "/scope/surveys/0"],
		[{ brands: ["17"] }, "/scope/brands/0"],
		[{ brands: ["Acme"] }, "/scope/brands/0"],
		[{ touchpoints: ["moon"] }, "/scope/touchpoints/0"],
		[{ surveys: [] }, "/scope/surveys"],
		[{ properties: { city: [] } }, "/scope/properties/city"],
		[{ properties: { city: "Berlin" } }, "/scope/properties/city"],
		[{ properties: { city: [1] } }, "/scope/properties/city/0"],
		[{ cities: ["Berlin"] }, "/scope/cities"],
		[null, "/scope"],
	]) {
		const r = await make("Other", scope);
		assert.deepEqual([r.status, r.json.errors?.[0]?.path ?? r.json.path], [422, path], r.text);
	}
	for (const name of ["", " ", "x".repeat(101), "a\u0007b"]) assert.equal((await make(name, {})).status, 422, name);
	const changed = await heed.ask("PATCH", `/api/v1/teams/${id}`, { name: "Eastern" });
	assert.deepEqual([changed.json.name, changed.json.scope], ["Eastern", { properties: { city: ["Berlin", "Potsdam"] } }]);
	const { teams } = await made(heed.get("/api/v1/teams"));
	assert.deepEqual(teams.map((t) => [t.name, t.members]), [["Eastern", 0]]);
	assert.equal((await heed.ask("DELETE", `/api/v1/teams/${id}`)).status, 204);
	assert.equal((await heed.ask("DELETE", `/api/v1/teams/${id}`)).status, 404);
	const actions = (await made(heed.get("/api/v1/audit"))).entries.map((e) => e.action);
	for (const action of ["team.create", "team.change", "team.delete"]) assert.ok(actions.includes(action), action);
});

test("a preview says how many answers of the last 90 days a scope takes", async () => {
	const ask = async (scope) => made(heed.get(`/api/v1/teams/preview?scope=${encodeURIComponent(JSON.stringify(scope))}`));
	await give("Berlin", { submitted_at: "2020-01-01T00:00:00Z" });
	const gone = await give("Berlin");
	await made(heed.post("/api/v1/responses/actions", { action: "delete", ids: [gone.id] })); // lies in the bin
	assert.deepEqual(await ask({ properties: { city: ["Berlin", "Potsdam"] } }), { days: 90, answers: 3, of: 4 });
	assert.deepEqual(await ask({ properties: { city: ["berlin"] } }), { days: 90, answers: 0, of: 4 });
	assert.deepEqual(await ask({}), { days: 90, answers: 4, of: 4 });
	assert.equal((await heed.get("/api/v1/teams/preview?scope=%7B")).status, 422);
});

test("a changed scope binds the next request, and leaving the team lifts it", async () => {
	const { id } = await made(make("Moving", { properties: { city: ["Munich"] } }));
	const agent = await heed.member("moving@example.com", "agent", "moving");
	assert.deepEqual(await cities(agent), ["Munich"]);
	await made(heed.ask("PATCH", `/api/v1/teams/${id}`, { scope: { properties: { city: ["Potsdam"] } } }));
	assert.deepEqual(await cities(agent), ["Potsdam"]);
	const { team } = await made(heed.get("/api/v1/me", agent));
	assert.deepEqual(team, { id, name: "Moving", limits: true });
	assert.equal((await heed.ask("DELETE", `/api/v1/teams/${id}`)).status, 409);
	heed.mustRun("user", "team", "moving@example.com", "--team", "none");
	assert.equal((await cities(agent)).length, 5);
	assert.equal((await heed.ask("DELETE", `/api/v1/teams/${id}`)).status, 204);
});

test("admins see everything, whatever their team", async () => {
	await made(make("Narrow", { properties: { city: ["Nowhere"] } }));
	const admin = await heed.member("admin@example.com", "admin", "Narrow");
	assert.equal((await cities(admin)).length, 5);
	const { team, sees_names } = await made(heed.get("/api/v1/me", admin));
	assert.deepEqual([team.name, team.limits, sees_names], ["Narrow", false, true]);
});

test("an answer belongs to its own snapshot, not to what the person is today", async () => {
	await made(make("Leipzig", { properties: { city: ["Leipzig"] } }));
	const agent = await heed.member("leipzig@example.com", "agent", "Leipzig");
	const who = (city) => ({ external_id: "mover", traits: { city } });
	const first = await made(heed.post("/api/v1/responses", { survey: "all", score: 1, person: who("Leipzig") }));
	const second = await made(heed.post("/api/v1/responses", { survey: "all", score: 2, person: who("Hamburg") }));
	assert.equal((await heed.get(`/api/v1/responses/${first.id}`, agent)).status, 200);
	assert.equal((await heed.get(`/api/v1/responses/${second.id}`, agent)).status, 404);
	assert.equal((await heed.get(`/api/v1/people/${first.person_id}`, agent)).status, 200);
});

test("names are for those who may see them", async () => {
	const person = { name: "Nora Namenlos", email: "nora@example.com", phone: "+49 30 5550100" };
	await give("Berlin", { person, properties: { city: "Berlin", mail: "nora@example.com", plan: "pro" } });
	const analyst = await heed.member("analyst@example.com", "analyst");
	const read = async () => (await heed.get("/api/v1/responses/export?format=jsonl", analyst)).text.trim().split("\n").map((l) => JSON.parse(l)).at(-1);
	const hidden = await read();
	assert.deepEqual(
		[hidden.person_name, hidden.person_email, hidden.person_phone, hidden.properties],
		[null, null, null, { city: "Berlin", plan: "pro" }],
	);
	heed.mustRun("user", "names", "analyst@example.com", "--names", "seen");
	const seen = await read();
	assert.deepEqual(Object.keys(seen), Object.keys(hidden));
	assert.deepEqual([seen.person_name, seen.person_email, seen.properties.mail], [person.name, person.email, person.email]);
	const agent = await heed.member("agent@example.com", "agent");
	assert.ok((await heed.get("/api/v1/responses", agent)).text.includes("nora@example.com"));
	heed.mustRun("user", "names", "agent@example.com", "--names", "hidden");
	assert.ok(!(await heed.get("/api/v1/responses", agent)).text.includes("nora@example.com"));
	const viewer = await heed.member("viewer@example.com", "viewer");
	heed.mustRun("user", "names", "viewer@example.com", "--names", "seen");
	assert.equal((await made(heed.get("/api/v1/me", viewer))).sees_names, false);
	const { parts } = await made(heed.get("/api/v1/insights/nps", viewer));
	assert.equal(parts[0].figure.answers_path, null);
});
