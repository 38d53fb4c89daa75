// Answers by API: posted, listed, read with their past, corrected.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
const definition = {
	question: "Would you recommend {brand}?",
	questions: [
		{
			key: "reason",
			kind: "choice",
			text: "What is it?",
			choices: [
				{ key: "price", text: "Price" },
				{ key: "speed", text: "Speed" },
			],
		},
		{ key: "ease", kind: "rating", text: "How easy was it?" },
	],
};

before(async () => {
	heed = await start(null);
	await survey("all");
});
after(() => heed?.stop());

async function survey(slug, more = {}) {
	const r = await heed.post("/api/v1/surveys", { name: slug, slug, state: "live", definition, ...more });
	assert.equal(r.status, 201, r.text);
	return r.json;
}

async function give(body, headers = {}) {
	const r = await heed.post("/api/v1/responses", { survey: "all", ...body }, { headers });
	assert.equal(r.status, 201, r.text);
	return r.json;
}

const patch = (id, body, options) => heed.ask("PATCH", `/api/v1/responses/${id}`, body, options);
const read = async (id) => (await heed.get(`/api/v1/responses/${id}`)).json;

test("an answer comes back as it was given", async () => {
	const r = await give({
		score: 9,
		comment: '  "İyi" <b>çok</b>\n100% \\ _  ',
		person: { email: "Ayşe@Example.com", name: 'Müller & Söhne "Best" <b>', account: "acme", traits: { plan: "pro" } },
		properties: { z: 1, a: true, m: "ß", f: 1.5, gone: null },
		answers: { reason: "price", ease: 5 },
		language: "tr",
		channel: "kiosk",
		submitted_at: "2026-01-31T23:30:00+02:00",
	});
	assert.equal(r.comment, '"İyi" <b>çok</b>\n100% \\ _');
	assert.equal(r.group, "promoters");
	assert.equal(r.state, "complete");
	assert.equal(r.submitted_at, "2026-01-31T21:30:00.000Z");
	assert.equal(r.first_scored_at, r.submitted_at);
	assert.equal(r.time_clamped, false);
	assert.equal(JSON.stringify(r.properties), '{"a":true,"f":1.5,"m":"ß","plan":"pro","z":1}');
	assert.deepEqual(r.answers, { ease: 5, reason: "price" });
	assert.equal(r.source, "api");
	assert.equal(r.channel, "kiosk");
	const whole = await read(r.id);
	assert.deepEqual(whole.history, []);
	assert.equal(whole.wording.question, definition.question);
	assert.equal(whole.person.name, 'Müller & Söhne "Best" <b>');
	assert.deepEqual(whole.person.account.external_id, "acme");
	assert.deepEqual(whole.person.traits, { plan: "pro" });
	for (const [name, value] of Object.entries(r)) assert.deepEqual(whole[name], value, name);
});

test("what is said of a comment is kept, changed and refused by its path", async () => {
	const said = await give({ score: 5, comment: "P2: lost", transcript: true, customer_labels: "P2,P2, Kunde" });
	assert.deepEqual([said.transcript, said.customer_labels], [true, "P2, Kunde"]);
	const edited = (await patch(said.id, { comment: "P2: found" })).json;
	assert.deepEqual([edited.comment, edited.transcript, edited.customer_labels], ["P2: found", true, "P2, Kunde"]);
	const none = (await patch(said.id, { transcript: false })).json;
	assert.deepEqual([none.transcript, none.customer_labels, none.edits], [false, null, 2]);
	const nobody = await give({ score: 5, comment: "P2: lost" });
	assert.deepEqual([nobody.transcript, nobody.customer_labels], [null, null]);
	for (const [wrong, path] of [
		[{ transcript: "yes" }, "/transcript"],
		[{ customer_labels: "P2" }, "/customer_labels"],
		[{ transcript: false, customer_labels: "P2" }, "/customer_labels"],
		[{ transcript: true, customer_labels: "x".repeat(49) }, "/customer_labels"],
		[{ transcript: true, customer_labels: ["P2"] }, "/customer_labels"],
	]) {
		const r = await heed.post("/api/v1/responses", { survey: "all", score: 5, ...wrong });
		assert.deepEqual([r.status, r.json.errors?.[0].path], [422, path], JSON.stringify(wrong));
	}
});

test("what is said of a comment is taken back with null, and lists tell who spoke", async () => {
	const said = await give({ score: 5, comment: "Agent: Hi\nCustomer: It leaks.\nAgent: Oh, öfter?\nCustomer: Ja." });
	const turns = said.turns;
	assert.deepEqual(turns.map((turn) => [turn.label, turn.from, turn.length, turn.customer]), [
		["Agent", 7, 2, false],
		["Customer", 20, 9, true],
		["Agent", 37, 11, false],
		["Customer", 59, 3, true],
	]);
	const change = async (body) => {
		const { transcript, customer_labels, turns } = (await patch(said.id, body)).json;
		return [transcript, customer_labels, turns.map((turn) => turn.customer)];
	};
	assert.deepEqual(await change({ transcript: true, customer_labels: "Agent" }), [true, "Agent", [true, false, true, false]]);
	assert.deepEqual(await change({ score: 6 }), [true, "Agent", [true, false, true, false]]);
	assert.deepEqual(await change({ transcript: false }), [false, null, []]);
	assert.deepEqual(await change({ transcript: null, customer_labels: null }), [null, null, [false, true, false, true]]);
	const { responses } = (await heed.get("/api/v1/responses?survey=all&has_comment=true")).json;
	assert.deepEqual(responses.find((one) => one.id === said.id).turns, turns);
	assert.deepEqual((await read(said.id)).turns, turns);
});

test("to say that a comment is a transcript is no proof of a person", async () => {
	await survey("doubtful");
	const form = { key: null, headers: { "Content-Type": "application/x-www-form-urlencoded" } };
	await heed.post("/s/doubtful", "js=1&score=9&done=1", form);
	const [{ id, state }] = (await heed.get("/api/v1/responses?survey=doubtful")).json.responses;
	assert.equal(state, "unconfirmed");
	assert.equal((await patch(id, { transcript: true })).json.state, "unconfirmed");
	assert.equal((await patch(id, { transcript: null, comment: "Agent: Hi" })).json.state, "complete");
});

test("what cannot be understood is refused by its path and stores nothing", async () => {
	const before = (await heed.get("/api/v1/responses")).json.responses.length;
	const wrong = [
		[{ score: 11 }, "/score"],
		[{ score: "9" }, "/score"],
		[{ score: 7.5 }, "/score"],
		[{ score: -1 }, "/score"],
		[{ score: 9, comment: "a\u0000b" }, "/comment"],
		[{ score: 9, comment: "x".repeat(40961) }, "/comment"],
		[{ score: 9, person: { email: "nobody" } }, "/person/email"],
		[{ score: 9, person: { mail: "a@example.com" } }, "/person/mail"],
		[{ score: 9, person: { external_id: "x".repeat(257) } }, "/person/external_id"],
		[{ score: 9, person: { traits: { a: [1] } } }, "/person/traits/a"],
		[{ score: 9, properties: { "a/b": {} } }, "/properties/a~1b"],
		[{ score: 9, answers: { reason: "colour" } }, "/answers/reason"],
		[{ score: 9, answers: { other: 1 } }, "/answers/other"],
		[{ score: 9, answers: { ease: 6 } }, "/answers/ease"],
		[{ score: 9, submitted_at: "yesterday" }, "/submitted_at"],
		[{ score: 9, survey: "nowhere" }, "/survey"],
		[{ score: 9, scoer: 1 }, "/scoer"],
	];
	for (const [body, path] of wrong) {
		const r = await heed.post("/api/v1/responses", { survey: "all", ...body });
		assert.equal(r.status, 422, `${path}: ${r.text}`);
		assert.ok(r.text.includes(`"${path}"`), `${path}: ${r.text}`);
	}
	assert.equal((await heed.post("/api/v1/responses", { survey: "all" })).status, 422);
	assert.equal((await heed.post("/api/v1/responses", "{")).status, 400);
	assert.equal((await heed.post("/api/v1/responses", '{"survey":"all","score":9,"score":1}')).status, 400);
	assert.equal((await heed.get("/api/v1/responses")).json.responses.length, before);
});

test("a key replays its answer, and refuses another body", async () => {
	const headers = { "Idempotency-Key": "k-1" };
	const first = await give({ score: 9, comment: "once" }, headers);
	const again = await heed.post("/api/v1/responses", { survey: "all", score: 9, comment: "once" }, { headers });
	assert.equal(again.status, 200);
	assert.deepEqual(again.json, first);
	const other = await heed.post("/api/v1/responses", { survey: "all", score: 8 }, { headers });
	assert.equal(other.status, 422);
});

test("64 posts with one key at once make one answer", async () => {
	const headers = { "Idempotency-Key": "k-many" };
	const body = { survey: "all", score: 10, comment: "at once" };
	const all = await Promise.all(Array.from({ length: 64 }, () => heed.post("/api/v1/responses", body, { headers })));
	assert.equal(all.filter((r) => r.status === 201).length, 1);
	assert.equal(all.filter((r) => r.status === 200).length, 63);
	assert.equal(new Set(all.map((r) => r.json.id)).size, 1);
});

test("a survey that is not open takes no answers", async () => {
	const s = await survey("shut", { state: "draft" });
	const post = () => heed.post("/api/v1/responses", { survey: "shut", score: 9 });
	assert.equal((await post()).status, 409);
	await heed.post(`/api/v1/surveys/${s.id}/publish`);
	assert.equal((await post()).status, 201);
	await heed.post(`/api/v1/surveys/${s.id}/pause`);
	assert.equal((await post()).status, 409);
	await heed.post(`/api/v1/surveys/${s.id}/close`);
	assert.equal((await post()).status, 410);
});

test("an amended answer keeps its first time and its past", async () => {
	const r = await give({ score: 2, submitted_at: "2026-01-05T10:00:00Z" });
	const now = await patch(r.id, { score: 9, comment: "now fine" });
	assert.equal(now.status, 200, now.text);
	assert.equal(now.json.state, "complete");
	assert.equal(now.json.first_scored_at, "2026-01-05T10:00:00.000Z");
	const whole = await read(r.id);
	assert.equal(whole.edits, 1);
	assert.equal(whole.history[0].score, 2);
	assert.equal(whole.history[0].state, "partial");
	assert.equal((await patch(r.id, { comment: "" })).json.comment, null);
	assert.equal((await patch(r.id, { score: 3, state: "test" })).status, 422);
	assert.equal((await patch("4711", { score: 3 })).status, 404);
});

test("an answer is excluded with a reason and included again", async () => {
	const r = await give({ score: 1 });
	assert.equal((await patch(r.id, { state: "excluded" })).status, 422);
	const out = await patch(r.id, { state: "excluded", reason: "our own staff" });
	assert.equal(out.json.state, "excluded");
	assert.equal(out.json.state_reason, "our own staff");
	assert.equal((await patch(r.id, { state: "test" })).json.state, "test");
	const back = await patch(r.id, { state: "included" });
	assert.equal(back.json.state, "partial");
	assert.equal(back.json.state_reason, null);
	assert.equal((await read(r.id)).history.length, 3);
});

test("the bin holds an answer outside of all lists and figures, and gives it back as it was", async () => {
	await survey("binned");
	for (let i = 0; i < 6; i++) await give({ survey: "binned", score: 10 });
	const r = await give({ survey: "binned", score: 0, comment: "spam?" });
	const listed = async (more = "") => (await heed.get(`/api/v1/responses?survey=binned${more}`)).json.responses;
	const nps = async () => (await heed.get("/api/v1/insights/nps?survey=binned")).json.parts[0].figure.responses;
	const counted = await nps();
	await patch(r.id, { state: "excluded", reason: "spam" });
	const gone = await patch(r.id, { state: "deleted" });
	assert.equal(gone.json.state, "deleted");
	assert.ok(gone.json.deleted_at);
	assert.equal((await listed()).length, 6);
	assert.deepEqual((await listed("&state=deleted")).map((a) => a.id), [r.id]);
	assert.equal(await nps(), counted - 1);
	for (const state of ["included", "test"]) assert.equal((await patch(r.id, { state })).status, 409);
	assert.equal((await patch(r.id, { comment: "edited in the bin" })).json.state, "deleted");
	const back = await patch(r.id, { state: "restored" });
	assert.equal(back.json.state, "excluded");
	assert.equal(back.json.state_reason, "spam");
	assert.equal(back.json.deleted_at, null);
	assert.equal(back.json.comment, "edited in the bin");
	assert.equal((await patch(r.id, { state: "restored" })).json.state, "deleted");
	await patch(r.id, { state: "restored" });
	assert.equal((await patch(r.id, { state: "included" })).json.state, "complete");
	assert.equal(await nps(), counted);
});

test("pages of the list are whole, in order, and without repeats", async () => {
	await survey("paged");
	const given = [];
	for (let i = 0; i < 23; i++) given.push((await give({ survey: "paged", score: i % 11 })).id);
	await give({ survey: "paged", score: 5, submitted_at: "2020-01-01" });
	const seen = [];
	let cursor = "";
	do {
		const r = await heed.get(`/api/v1/responses?survey=paged&limit=7${cursor && `&cursor=${cursor}`}`);
		assert.equal(r.status, 200, r.text);
		seen.push(...r.json.responses);
		cursor = r.json.next_cursor;
	} while (cursor);
	assert.equal(seen.length, 24);
	assert.equal(new Set(seen.map((r) => r.id)).size, 24);
	assert.equal(seen.at(-1).submitted_at, "2020-01-01T00:00:00.000Z");
	assert.deepEqual(seen.slice(0, 23).map((r) => r.id).sort(), given.sort());
	for (const bad of ["cursor=x", "cursor=1.x", "limit=0", "limit=201", "colour=red", "group=fans", "state=odd"])
		assert.equal((await heed.get(`/api/v1/responses?${bad}`)).status, 422, bad);
});

test("filters find what they name and nothing else", async () => {
	await survey("filtered", { kind: "transactional", touchpoint: "support" });
	const at = (day) => `2025-${day}T12:00:00Z`;
	const one = (body) => give({ survey: "filtered", ...body });
	await one({ score: 9, comment: "good", properties: { plan: "pro", n: 12 }, submitted_at: at("03-01") });
	await one({ score: 3, properties: { plan: "free", n: 12.5 }, language: "pt-BR", submitted_at: at("03-02") });
	await one({ score: 7, properties: { plan: "Pro", vip: true }, channel: "sms", submitted_at: at("03-03") });
	const hidden = await one({ comment: "only words", submitted_at: at("03-04") });
	await patch(hidden.id, { state: "excluded", reason: "no" });
	const scores = async (query) => {
		const r = await heed.get(`/api/v1/responses?survey=filtered&${query}`);
		assert.equal(r.status, 200, `${query}: ${r.text}`);
		return r.json.responses.map((row) => row.score);
	};
	assert.deepEqual(await scores(""), [null, 7, 3, 9]);
	assert.deepEqual(await scores("counted=true"), [7, 3, 9]);
	assert.deepEqual(await scores("property.plan=pro"), [9]);
	assert.deepEqual(await scores("property.n=12"), [9]);
	assert.deepEqual(await scores("property.vip=true"), [7]);
	assert.deepEqual(await scores("property.plan=%25"), []);
	assert.deepEqual(await scores("group=detractors"), [3]);
	assert.deepEqual(await scores("language=pt"), [3]);
	assert.deepEqual(await scores("channel=sms"), [7]);
	assert.deepEqual(await scores("has_comment=true"), [null, 9]);
	assert.deepEqual(await scores("has_comment=false"), [7, 3]);
	assert.deepEqual(await scores("state=excluded"), [null]);
	assert.deepEqual(await scores("from=2025-03-02&to=2025-03-02"), [3]);
	assert.deepEqual(await scores("from=2025-03-02"), [null, 7, 3]);
	assert.deepEqual(await scores("kind=transactional&touchpoint=support&group=promoters"), [9]);
	assert.deepEqual(await scores("kind=relationship"), []);
	assert.equal((await heed.get("/api/v1/responses?survey=nowhere")).status, 404);
	assert.equal((await heed.get("/api/v1/responses?from=2025-03-02&to=2025-03-01")).status, 422);
});

test("a time far ahead is clamped and marked", async () => {
	const ahead = new Date(Date.now() + 48 * 3600e3).toISOString();
	const r = await give({ score: 9, submitted_at: ahead });
	assert.equal(r.time_clamped, true);
	assert.ok(Date.parse(r.submitted_at) < Date.now() + 60e3);
});

test("scopes: write posts and reads, read only reads, track does neither", async () => {
	const key = (scope) => heed.mustRun("key", "create", "--scope", scope);
	const post = (k) => heed.post("/api/v1/responses", { survey: "all", score: 9 }, { key: k });
	const [write, readOnly, track] = ["write", "read", "track"].map(key);
	assert.equal((await post(write)).status, 201);
	assert.equal((await post(readOnly)).status, 403);
	assert.equal((await post(track)).status, 403);
	assert.equal((await post(null)).status, 401);
	assert.equal((await heed.get("/api/v1/responses", { key: readOnly })).status, 200);
	assert.equal((await heed.get("/api/v1/responses", { key: track })).status, 403);
});

test("a test answer is kept outside", async () => {
	assert.equal((await give({ score: 0, test: true })).state, "test");
});
