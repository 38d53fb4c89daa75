// Who answers are from, as the API shows it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
	await heed.post("/api/v1/surveys", { name: "All", slug: "all", state: "live" });
});
after(() => heed?.stop());

async function whose(person) {
	const r = await heed.post("/api/v1/responses", { survey: "all", score: 9, person });
	assert.equal(r.status, 201, r.text);
	return r.json.person_id;
}
const read = async (id) => (await heed.get(`/api/v1/people/${id}`)).json;

test("one person by address and external id, learning as answers come", async () => {
	const id = await whose({ email: "ann@example.com", traits: { plan: "free", seats: 3 } });
	assert.equal(await whose({ email: "ANN@example.com", external_id: "c-1", name: "Ann", traits: { plan: "pro" } }), id);
	assert.equal(await whose({ external_id: "c-1", phone: "+49 30 123456", account: "acme" }), id);
	const ann = await read(id);
	assert.equal(ann.name, "Ann");
	assert.deepEqual(ann.traits, { plan: "pro", seats: 3 });
	assert.deepEqual(ann.identities, [
		{ kind: "email", value: "ann@example.com" },
		{ kind: "external_id", value: "c-1" },
		{ kind: "phone", value: "+49 30 123456" },
	]);
	assert.equal(ann.account.external_id, "acme");
	assert.equal(ann.merged_into, null);
});

test("external id and address of two persons join neither", async () => {
	const bob = await whose({ email: "bob@example.com" });
	const c9 = await whose({ external_id: "c-9" });
	assert.equal(await whose({ external_id: "c-9", email: "bob@example.com" }), c9);
	assert.equal(await whose({ email: "bob@example.com" }), bob);
	assert.equal((await read(c9)).identities.length, 1);
});

test("64 answers at once from somebody new are one person", async () => {
	const all = await Promise.all(Array.from({ length: 64 }, () => whose({ email: "rush@example.com", external_id: "r-1" })));
	assert.equal(new Set(all).size, 1);
});

test("an answer without anybody is from nobody", async () => {
	assert.equal(await whose(undefined), null);
	assert.equal(await whose({}), null);
	assert.equal(await whose({ email: "  " }), null);
});

test("strangers, viewers and other workspaces see nobody", async () => {
	const given = await heed.post("/api/v1/responses", { survey: "all", score: 9, person: { email: "eve@example.com" } });
	const id = given.json.person_id;
	const mail = "viewer@example.com";
	const { cookie } = await heed.member(mail, "viewer");
	assert.equal((await heed.get(`/api/v1/people/${id}`, { cookie })).status, 403);
	assert.equal((await heed.get(`/api/v1/responses/${given.json.id}`, { cookie })).status, 403);
	heed.mustRun("user", "role", mail, "--role", "analyst");
	const answer = await heed.get(`/api/v1/responses/${given.json.id}`, { cookie });
	assert.equal(answer.status, 200);
	assert.equal(answer.json.person, null);
	heed.mustRun("init", "--workspace", "Other", "--email", "other@example.com", "--password-stdin", {
		input: "another long one\n",
	});
	const key = heed.mustRun("key", "create", "--workspace", "Other", "--scope", "admin");
	assert.equal((await heed.get(`/api/v1/people/${id}`, { key })).status, 404);
	assert.equal((await heed.get(`/api/v1/people/${id}`, { key: null })).status, 401);
	assert.equal((await heed.get("/api/v1/people/x")).status, 404);
});
