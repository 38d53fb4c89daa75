// Work on answers: tags, notes with mentions, stars, and one thing done to many, with its undo.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

const PASSWORD = "a long enough one";
let heed;
const people = {}; // name -> options

before(async () => {
	heed = await start(null);
	await survey("all");
	for (const [name, role, called] of [
		["ann", "agent", "Ann"],
		["smith", "agent", "Ann Smith"],
		["vera", "viewer", "Vera"],
		["anna", "analyst", "Anna Lyst"],
	]) {
		heed.mustRun("user", "add", `${name}@example.com`, "--name", called, "--role", role, "--password-stdin", {
			input: `${PASSWORD}\n`,
		});
		const cookie = await heed.signIn(`${name}@example.com`, PASSWORD);
		people[name] = { cookie, headers: { "X-Heed": "1", Origin: heed.url } };
	}
});
after(() => heed?.stop());

const survey = (slug) => made(heed.post("/api/v1/surveys", { name: slug, slug, state: "live" }));
const give = (body = {}) => made(heed.post("/api/v1/responses", { survey: "all", score: 9, ...body }));
const read = (id, options) => made(heed.get(`/api/v1/responses/${id}`, options));
const act = (body, options) => heed.post("/api/v1/responses/actions", body, options);
const acted = (body, options) => made(act(body, options));
const list = (query) => made(heed.get(`/api/v1/responses?${query}`));
const note = (id, text, options) => heed.post(`/api/v1/responses/${id}/notes`, { text }, options);

test("tags of two people at once are both kept", async () => {
	const r = await give();
	await Promise.all([
		acted({ action: "tag", tag: "billing", ids: [r.id] }, people.ann),
		acted({ action: "tag", tag: "Berlin", ids: [r.id] }, people.smith),
	]);
	assert.deepEqual((await read(r.id)).tags, ["Berlin", "billing"]);
});

test("a tag is the same however it is written, and is shown as it was first typed", async () => {
	const r = await give();
	await acted({ action: "tag", tag: "  Straße ", ids: [r.id] });
	const again = await acted({ action: "tag", tag: "STRASSE", ids: [r.id] });
	assert.deepEqual([again.changed, again.same], [[], 1]);
	assert.deepEqual((await read(r.id)).tags, ["Straße"]);
	assert.equal(again.undo, null);
	for (const tag of ["", " ", "x".repeat(51), "two\nlines"])
		assert.equal((await act({ action: "tag", tag, ids: [r.id] })).status, 422, JSON.stringify(tag));
	assert.equal((await act({ action: "tag", tag: "ä".repeat(50), ids: [r.id] })).status, 200);
});

test("each action says what it changed and how to take it back", async () => {
	const counted = await give();
	const excluded = await give();
	await acted({ action: "exclude", reason: "staff", ids: [excluded.id] });
	const ids = [counted.id, excluded.id];
	const states = async () => Promise.all(ids.map(async (id) => (await read(id)).state));
	for (const action of ["test", "delete", "include"]) {
		const before_ = await states();
		const done = await acted({ action, ids });
		assert.ok(done.changed.length > 0, action);
		assert.notDeepEqual(await states(), before_, action);
		const undone = await acted(done.undo);
		assert.deepEqual(undone.changed, done.changed, action);
		assert.deepEqual(await states(), before_, action);
		await acted(undone.undo);
		assert.notDeepEqual(await states(), before_, `${action} again`);
		await acted(done.undo);
	}
	assert.equal((await read(excluded.id)).state_reason, "staff");
	for (const action of ["star", "tag"]) {
		const tag = action === "tag" ? { tag: "undone" } : {};
		const done = await acted({ action, ids, ...tag });
		const now = await read(counted.id);
		assert.ok(action === "star" ? now.starred : now.tags.includes("undone"));
		await acted(done.undo);
		const then = await read(counted.id);
		assert.ok(action === "star" ? !then.starred : !then.tags.includes("undone"));
	}
});

test("an undo does not touch what somebody changed since", async () => {
	const r = await give();
	const done = await acted({ action: "test", ids: [r.id] });
	await acted({ action: "exclude", reason: "a bot", ids: [r.id] });
	assert.deepEqual((await acted(done.undo)).changed, []);
	assert.equal((await read(r.id)).state, "excluded");
});

test("an answer in the bin can be restored or purged, and nothing else moves it", async () => {
	const r = await give();
	assert.deepEqual((await acted({ action: "purge", ids: [r.id] })).changed, []);
	await acted({ action: "delete", ids: [r.id] });
	for (const more of [{ action: "exclude", reason: "x" }, { action: "include" }, { action: "test" }])
		assert.deepEqual((await acted({ ...more, ids: [r.id] })).changed, []);
	const gone = await acted({ action: "purge", ids: [r.id] });
	assert.deepEqual([gone.changed, gone.undo], [[r.id], null]);
	assert.equal((await heed.get(`/api/v1/responses/${r.id}`)).status, 404);
	assert.equal((await act({ action: "purge", ids: [r.id] }, people.ann)).status, 403);
	assert.equal((await act({ action: "star", ids: [r.id] })).status, 404);
});

test("what is asked wrongly is refused with its place", async () => {
	const { id } = await give();
	const ids = [id];
	for (const [body, path] of [
		[{ action: "explode", ids }, "/action"],
		[{ action: "exclude", ids }, "/reason"],
		[{ action: "star", reason: "x", ids }, "/reason"],
		[{ action: "star", tag: "x", ids }, "/tag"],
		[{ action: "tag", ids }, "/tag"],
		[{ action: "star", ids: [] }, "/ids"],
		[{ action: "star", ids: ["x"] }, "/ids/0"],
		[{ action: "star", ids, from: "test" }, "/from"],
		[{ action: "restore", ids, from: "odd" }, "/from"],
		[{ action: "star", filter: "colour=red" }, undefined],
		[{ action: "star", filter: "state=%zz" }, "/state"],
		[{ action: "star" }, undefined],
		[{ action: "star", ids, filter: "" }, undefined],
	]) {
		const r = await act(body);
		assert.ok([400, 422].includes(r.status), `${JSON.stringify(body)}: ${r.text}`);
		assert.equal(r.json.errors?.[0]?.path, path, r.text);
	}
	assert.equal((await act({ action: "star", ids }, people.vera)).status, 403);
	const many = Array.from({ length: 501 }, (_, i) => String(i + 1));
	assert.equal((await act({ action: "star", ids: many })).status, 422);
});

test("all that a filter takes are done in steps, each once", async () => {
	await survey("many");
	for (let i = 0; i < 25; i++) await give({ survey: "many", score: i % 2 ? 10 : 2 });
	const changed = [];
	const undo = [];
	let cursor = null;
	do {
		const step = await acted({ action: "exclude", reason: "load test", filter: "survey=many&group=detractors", cursor, limit: 5 });
		assert.ok(step.changed.length <= 5);
		changed.push(...step.changed);
		if (step.undo) undo.push(step.undo);
		cursor = step.next_cursor;
	} while (cursor);
	assert.equal(changed.length, 13);
	assert.equal(new Set(changed).size, 13);
	assert.equal((await list("survey=many&state=excluded")).responses.length, 13);
	for (const body of undo) await acted(body);
	assert.equal((await list("survey=many&state=excluded")).responses.length, 0);
});

test("a list shows tags, stars and how many notes there are, and can be asked for the starred", async () => {
	await survey("shown");
	const r = await give({ survey: "shown", person: { name: "Ada", email: "ada@example.com" } });
	const other = await give({ survey: "shown", person: { email: "b@example.com" } });
	await give({ survey: "shown" });
	await acted({ action: "star", ids: [r.id] });
	for (const tag of ["b", "a"]) await acted({ action: "tag", tag, ids: [r.id] });
	await made(note(r.id, "call her"));
	const rows = new Map((await list("survey=shown")).responses.map((row) => [row.id, row]));
	const shown = rows.get(r.id);
	assert.deepEqual([shown.tags, shown.starred, shown.note_count, shown.person_name], [["a", "b"], true, 1, "Ada"]);
	assert.equal(rows.get(other.id).person_name, "b@example.com");
	assert.deepEqual((await list("survey=shown&starred=true")).responses.map((row) => row.id), [r.id]);
	const hidden = await made(heed.get("/api/v1/responses?survey=shown", people.anna));
	assert.equal(hidden.responses.length, 3);
	assert.ok(hidden.responses.every((row) => row.person_name === null));
});

test("a tag is renamed, joined and deleted for all answers", async () => {
	const [a, b] = [await give(), await give()];
	await acted({ action: "tag", tag: "shiping", ids: [a.id, b.id] });
	await acted({ action: "tag", tag: "delivery", ids: [b.id] });
	const find = async (name) => (await made(heed.get("/api/v1/tags"))).tags.find((t) => t.name === name);
	const typo = await find("shiping");
	assert.equal(typo.answers, 2);
	const rename = (id, body, options) => heed.ask("PATCH", `/api/v1/tags/${id}`, body, options);
	assert.equal((await made(rename(typo.id, { name: "Shipping" }))).tag.name, "Shipping");
	assert.equal((await rename(typo.id, { name: "DELIVERY" })).status, 409);
	assert.equal((await rename(typo.id, { name: "x" }, people.ann)).status, 403);
	const joined = await made(rename(typo.id, { name: "delivery", merge: true }));
	assert.deepEqual([joined.tag.name, joined.tag.answers, joined.more], ["delivery", 2, false]);
	assert.equal(await find("Shipping"), undefined);
	assert.deepEqual((await read(b.id)).tags, ["delivery"]);
	const gone = await made(heed.ask("DELETE", `/api/v1/tags/${joined.tag.id}`));
	assert.deepEqual([gone.tag, gone.more], [null, false]);
	assert.deepEqual((await read(a.id)).tags, []);
	assert.equal((await heed.ask("DELETE", `/api/v1/tags/${joined.tag.id}`)).status, 404);
});

test("a note is its author's to change and delete, and comes back", async () => {
	const r = await give();
	const mine = await made(note(r.id, "  first\nline ", people.ann));
	assert.deepEqual([mine.author, mine.text], ["Ann", "first\nline"]);
	const change = (body, options) => heed.ask("PATCH", `/api/v1/notes/${mine.id}`, body, options);
	assert.equal((await change({ text: "x" }, people.smith)).status, 403);
	const edited = await made(change({ text: "second" }, people.ann));
	assert.ok(edited.edited_at);
	await made(change({ deleted: true }, people.ann));
	assert.deepEqual((await read(r.id)).notes, []);
	await made(change({ deleted: false }, people.ann));
	assert.deepEqual((await read(r.id)).notes.map((n) => n.text), ["second"]);
	assert.equal((await heed.get(`/api/v1/responses/${r.id}`, people.vera)).status, 403);
	for (const text of ["", "  ", "x".repeat(4097)]) assert.equal((await note(r.id, text, people.ann)).status, 422);
	assert.deepEqual(
		(await read(r.id)).events.map((e) => [e.actor, e.what]),
		["noted", "note_changed", "note_deleted", "note_restored"].map((what) => ["ann@example.com", what]),
	);
});

test("the notes of an answer are bounded", async () => {
	const r = await give();
	for (let i = 0; i < 25; i++) await made(note(r.id, "ä".repeat(2048)));
	assert.equal((await note(r.id, "one more")).status, 409);
	const many = await give();
	const first = await made(note(many.id, "note 1", people.ann));
	for (let i = 2; i <= 100; i++) await made(note(many.id, `note ${i}`, people.ann));
	assert.equal((await note(many.id, "one more", people.ann)).status, 409);
	const edited = await made(heed.ask("PATCH", `/api/v1/notes/${first.id}`, { text: "put right" }, people.ann));
	assert.equal(edited.text, "put right", "one of a hundred may still be put right");
});

test("a note calls those whom it names, by the longest name, and tells nobody twice", async () => {
	const r = await give({ comment: "hello" });
	const mentions = (who) => made(heed.get("/api/v1/mentions", people[who]));
	const told = async () => Promise.all(["ann", "smith", "anna"].map(async (who) => (await mentions(who)).unread));
	assert.deepEqual(await told(), [0, 0, 0]);
	const one = await made(note(r.id, "@ann smith, please call (@anna@example.com) but not x@ann.example @Vera @Annabel", people.ann));
	assert.deepEqual(await told(), [0, 1, 1]);
	const [first] = (await mentions("smith")).mentions;
	assert.deepEqual([first.note.id, first.comment, first.score, first.read_at], [one.id, "hello", 9, null]);
	await made(heed.post("/api/v1/mentions/read", undefined, people.smith));
	assert.deepEqual(await told(), [0, 0, 1]);
	await made(heed.ask("PATCH", `/api/v1/notes/${one.id}`, { text: "@Ann Smith and @ANN" }, people.ann));
	assert.deepEqual(await told(), [0, 0, 0]);
	await made(note(r.id, "@Ann: your turn", people.smith));
	assert.deepEqual(await told(), [1, 0, 0]);
	await acted({ action: "delete", ids: [r.id] });
	assert.deepEqual(await told(), [0, 0, 0]);
	const members = await made(heed.get(`/api/v1/responses/${r.id}/people`, people.ann));
	assert.deepEqual(members.people.map((p) => p.name).filter((n) => n.startsWith("Ann")), ["Ann", "Ann Smith", "Anna Lyst"]);
	assert.ok(!members.people.some((p) => p.name === "Vera"));
});

test("what was done is told by who did it, and what moves a figure stands in the audit log", async () => {
	const [r, s] = [await give(), await give()];
	await acted({ action: "exclude", reason: "spam", ids: [r.id, s.id] }, people.ann);
	await acted({ action: "tag", tag: "seen", ids: [r.id] }, people.ann);
	await acted({ action: "delete", ids: [r.id] }, people.smith);
	const full = await read(r.id);
	assert.deepEqual(full.history.map((h) => [h.actor, h.state]), [["ann@example.com", "partial"], ["smith@example.com", "excluded"]]);
	assert.deepEqual(full.events.map((e) => [e.actor, e.what, e.detail]), [["ann@example.com", "tagged", "seen"]]);
	const entries = (await made(heed.get("/api/v1/audit"))).entries.filter((e) => e.action.startsWith("response."));
	assert.deepEqual(
		entries.slice(0, 2).map((e) => [e.action, e.actor, e.subject, e.detail]),
		[
			["response.delete", "smith@example.com", r.id, ""],
			["response.exclude", "ann@example.com", "2 answers", "spam"],
		],
	);
});

test("a filter's answers are counted, and an answer knows the others of its person", async () => {
	await survey("counted");
	const person = { email: "Often@example.com", name: "Often" };
	const [first, second] = [await give({ survey: "counted", person, score: 3 }), await give({ survey: "counted", person })];
	const alone = await give({ survey: "counted" });
	const binned = await give({ survey: "counted", person });
	const count = (query) => made(heed.get(`/api/v1/responses/count?${query}`));
	assert.deepEqual(await count("survey=counted"), { count: 4, capped: false });
	assert.deepEqual(await count("survey=counted&group=detractors"), { count: 1, capped: false });
	await acted({ action: "delete", ids: [binned.id] });
	const others = async (id) => (await made(heed.get(`/api/v1/responses/${id}/others`))).responses;
	assert.deepEqual((await others(first.id)).map((r) => [r.id, r.person_name]), [[second.id, "Often"]]);
	assert.deepEqual(await others(alone.id), []);
});
