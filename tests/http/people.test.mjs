// Who answers are from, as the API shows it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
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

const found = async (who) => {
	const r = await heed.get(`/api/v1/people?${new URLSearchParams({ who })}`);
	assert.equal(r.status, 200, r.text);
	return r.json.people.map((one) => one.id);
};

test("found by address, number and id, however they are written", async () => {
	const id = await whose({ email: "fay@example.com", external_id: "F 1", phone: "+49 40 765432" });
	for (const who of [" Fay@EXAMPLE.com", "F 1", "+49 40 765 432", "+4940765432"]) assert.deepEqual(await found(who), [id], who);
	for (const who of ["f 1", "nobody@example.com", "fay", "", " ", "x".repeat(2000), "%_"]) assert.deepEqual(await found(who), [], who);
	const other = await whose({ external_id: "fay@example.com" });
	assert.deepEqual(await found("fay@example.com"), [id, other]);
	assert.deepEqual((await heed.get("/api/v1/people")).json, { people: [] });
	assert.equal((await heed.get("/api/v1/people?email=fay@example.com")).status, 422);
	const { cookie } = await heed.member("analyst@example.com", "analyst");
	assert.equal((await heed.get("/api/v1/people?who=F%201", { cookie })).status, 403);
});

test("two persons become one, and two again", async () => {
	const one = await whose({ email: "gil@example.com" });
	const two = await whose({ email: "gil@work.example" });
	const merge = (into, from) => heed.post(`/api/v1/people/${into}/merge`, { from });
	assert.equal((await merge(one, two)).status, 204);
	assert.equal((await read(two)).merged_into, one);
	assert.deepEqual(await found("gil@work.example"), [one]);
	assert.equal((await merge(one, two)).status, 409);
	assert.equal((await merge(one, one)).status, 409);
	assert.equal((await merge(one, "1")).status, 404);
	assert.equal((await merge(one, undefined)).status, 422);
	assert.equal((await heed.post(`/api/v1/people/${two}/unmerge`)).status, 204);
	assert.equal((await heed.post(`/api/v1/people/${two}/unmerge`)).status, 409);
	assert.deepEqual(await found("gil@work.example"), [two]);
	const { json } = await heed.get("/api/v1/audit?action=person.");
	assert.deepEqual(json.entries.map((e) => [e.action, e.subject, e.detail]), [
		["person.unmerge", two, ""],
		["person.merge", one, two],
	]);
});

test("who is erased is gone with all that they said, and nobody else", async () => {
	const stays = await whose({ email: "hal@example.com", account: "acme" });
	const say = async (person, comment) => {
		const r = await heed.post("/api/v1/responses", { survey: "all", score: 3, comment, person });
		assert.equal(r.status, 201, r.text);
		return r.json;
	};
	const first = await say({ email: "ida@example.com", name: "Ida", account: "acme", traits: { city: "Idaville" } }, "Ida said Idaish");
	const second = await say({ email: "ida@work.example" }, "Ida again");
	assert.equal((await heed.post(`/api/v1/people/${first.person_id}/merge`, { from: second.person_id })).status, 204);
	await heed.post("/api/v1/responses/actions", { action: "delete", ids: [second.id] });
	const link = (await heed.post("/api/v1/links", { survey: "all", person: { email: "ida@example.com" }, properties: { note: "Idaish" } })).json;
	const figures = async () => (await heed.get("/api/v1/responses/count?survey=all")).json.count;
	const before = await figures();

	const withBody = await heed.post(`/api/v1/people/${second.person_id}/erase`, {});
	assert.equal(withBody.status, 413);
	assert.match(withBody.json.detail, /takes no body/);
	const gone = await heed.post(`/api/v1/people/${second.person_id}/erase`);
	assert.equal(gone.status, 200, gone.text);
	assert.deepEqual(gone.json, { answers: 2, links: 1, more: false });
	for (const id of [first.person_id, second.person_id]) {
		assert.equal((await heed.get(`/api/v1/people/${id}`)).status, 404);
		assert.equal((await heed.post(`/api/v1/people/${id}/erase`)).status, 404);
	}
	for (const { id } of [first, second]) assert.equal((await heed.get(`/api/v1/responses/${id}`)).status, 404);
	assert.equal(await figures(), before - 1);
	assert.deepEqual(await found("ida@example.com"), []);
	assert.equal((await read(stays)).account.external_id, "acme");
	const kept = (await heed.get(`/api/v1/links/${link.id}`)).json;
	assert.deepEqual([kept.state, kept.person_id, kept.properties], ["revoked", null, {}]);
	assert.ok(!(await heed.get("/api/v1/responses/export?format=jsonl")).text.includes("Ida"));
	const [{ subject, detail }] = (await heed.get("/api/v1/audit?action=person.erase")).json.entries;
	assert.deepEqual([subject, detail], [second.person_id, "2 answers"]);
	assert.notEqual(await whose({ email: "ida@example.com" }), first.person_id);
});

test("who said more than goes at once is erased by asking again", async () => {
	const person = { email: "jo@example.com" };
	const list = `email,score\n${Array.from({ length: 620 }, (_, i) => `jo@example.com,${i % 11}`).join("\n")}\n`;
	const file = join(heed.data, "jo.csv");
	writeFileSync(file, list);
	heed.mustRun("import", file, "--survey", "all", "--workspace", "Acme");
	const [id] = await found("jo@example.com");
	const erase = async () => (await heed.post(`/api/v1/people/${id}/erase`)).json;
	assert.deepEqual(await erase(), { answers: 500, links: 0, more: true });
	assert.deepEqual(await found("jo@example.com"), [id]);
	assert.deepEqual(await erase(), { answers: 120, links: 0, more: false });
	assert.deepEqual(await found("jo@example.com"), []);
	assert.notEqual(await whose(person), id);
});
