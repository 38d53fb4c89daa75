// The import wizard's side of the server: a file is sent, looked at, imported in the background, taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve, start } from "./harness.mjs";
import { known } from "./known_file.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

async function made(promise, status) {
	const r = await promise;
	assert.equal(r.status, status, r.text);
	return r.json;
}

const upload = (content, name = "answers.csv", on = heed) =>
	made(on.ask("POST", `/api/v1/uploads?name=${encodeURIComponent(name)}`, Buffer.from(content)), 201);
const refusal = async (content, name = "answers.csv") => {
	const r = await heed.ask("POST", `/api/v1/uploads?name=${encodeURIComponent(name)}`, Buffer.from(content));
	assert.equal(r.status, 422, r.text);
	return r.json.detail;
};
const preview = (body, on = heed) => made(on.post("/api/v1/imports/preview", body), 200);
const get = (id, on = heed) => made(on.get(`/api/v1/imports/${id}`), 200);

/** Until it has one of the states. */
async function until(id, states, on = heed) {
	for (;;) {
		const one = await get(id, on);
		if (states.includes(one.state)) return one;
		await new Promise((wake) => setTimeout(wake, 10));
	}
}

async function imported(body, on = heed) {
	const { id } = await made(on.post("/api/v1/imports", body), 201);
	return until(id, ["done", "failed"], on);
}

async function answers(survey, on = heed) {
	const all = [];
	let cursor = "";
	do {
		const r = await made(on.get(`/api/v1/responses?survey=${survey}&limit=200${cursor && `&cursor=${cursor}`}`), 200);
		all.push(...r.responses);
		cursor = r.next_cursor;
	} while (cursor);
	return all;
}

test("the known file: sent, looked at, imported, undone, again", async () => {
	const { id: upload_id, size } = await upload(known(), "Kunden März.csv");
	assert.equal(size, Buffer.byteLength(known()));
	const seen = await preview({ upload_id });
	assert.deepEqual([seen.rows, seen.separator, seen.encoding, seen.preset, seen.questions], [122, ";", "utf-8", null, []]);
	assert.deepEqual(seen.columns.map((c) => [c.column, c.field, c.reason]), [
		[1, "email", "header"],
		[2, "score", "header"],
		[3, "comment", "header"],
		[4, "date", "header"],
	]);
	assert.equal(seen.sample.length, 20);
	assert.deepEqual([seen.lowest, seen.highest], [0, 10]);
	const one = await imported({ upload_id, new_survey: { name: "Known" } });
	assert.deepEqual(
		[one.state, one.rows_read, one.scored, one.comments, one.rows_rejected, one.rows_added, one.rows_known],
		["done", 122, 120, 1, 1, 121, 0],
	);
	assert.equal(one.file_name, "Kunden März.csv");
	const figure = async () => (await made(heed.get("/api/v1/insights/nps?survey=known"), 200)).parts[0]?.figure;
	const { nps, interval } = await figure();
	assert.deepEqual([nps, ...interval.map((x) => x.toFixed(1))], [35, "20.1", "48.1"]);

	const rejected = await heed.get(`/api/v1/imports/${one.id}/rejected`);
	assert.equal(rejected.status, 200);
	assert.match(rejected.headers["content-disposition"], /attachment/);
	const lines = rejected.text.replace("\ufeff", "").trim().split("\n");
	assert.equal(lines[0], "line,reason,E-Mail,Bewertung,Kommentar,Datum");
	assert.match(lines[1], /^\d+,Bewertung: 11 is not between 0 and 10,Kunde121@Firma\.example,11,,/);

	await made(heed.post(`/api/v1/imports/${one.id}/undo`), 202);
	const undone = await until(one.id, ["undone"]);
	assert.ok(undone.may_again);
	assert.equal((await answers("known")).length, 0);
	await made(heed.post(`/api/v1/imports/${one.id}/undo`), 202);
	await made(heed.post(`/api/v1/imports/${one.id}/again`), 202);
	const again = await until(one.id, ["done"]);
	assert.deepEqual([again.scored, again.comments, again.rows_rejected, again.rows_added], [120, 1, 1, 121]);
	const second = await figure();
	assert.deepEqual([second.nps, ...second.interval.map((x) => x.toFixed(1))], [35, "20.1", "48.1"]);
	assert.equal((await heed.post(`/api/v1/imports/${one.id}/again`)).status, 409);
	const audit = (await made(heed.get("/api/v1/audit"), 200)).entries.map((e) => [e.action, e.subject]);
	for (const action of ["import.create", "import.undo", "import.again"])
		assert.ok(audit.some(([a, s]) => a === action && s === one.id), action);
	const list = await made(heed.get("/api/v1/imports"), 200);
	assert.equal(list.imports[0].id, one.id);
});

test("UTF-16 is read as Excel saves it, and damaged rows are refused instead of keeping what they no longer say", async () => {
	const unicode = Buffer.from("\ufeffscore\tcomment\n9\tschön\n2\tпло\ud83dхо\n8\tgut\n", "utf16le");
	const { id: upload_id } = await upload(unicode, "unicode.txt");
	const only = await preview({ upload_id });
	assert.deepEqual([only.encoding, only.separator, only.rows, only.bad_rows], ["utf-16", "\t", 3, 1]);
	assert.deepEqual(only.columns[1].header, "comment");
	const nul = await upload(`score,comment\n${"9,fine and dandy\n".repeat(9)}2,ba\0d\n`, "nul.csv");
	const damaged = await preview({ upload_id: nul.id });
	assert.deepEqual([damaged.encoding, damaged.rows, damaged.bad_rows], ["utf-8", 10, 1]);
});

test("what is no table is told so, with what to do, and is not kept", async () => {
	const before_ = readdirSync(join(heed.data, "uploads")).length;
	assert.match(await refusal(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")), /picture \(PNG\).*CSV/);
	assert.match(await refusal("PK\u0003\u0004..[Content_Types].xml..xl/workbook.xml"), /Excel workbook.*save it as "CSV UTF-8"/);
	assert.match(await refusal("PK\u0003\u0004..mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), /LibreOffice.*CSV/);
	assert.match(await refusal("PK\u0003\u0004..answers.csv.."), /ZIP archive: unpack it/);
	assert.match(await refusal("%PDF-1.7\n"), /PDF/);
	assert.match(await refusal("<!DOCTYPE html><title>Sign in</title>"), /web page/);
	assert.match(await refusal(""), /empty/);
	assert.equal((await heed.ask("POST", "/api/v1/uploads?name=../x.csv", "score\n9\n")).status, 422);
	assert.equal((await heed.ask("POST", "/api/v1/uploads", "score\n9\n")).status, 422);
	const { id: upload_id } = await upload("score,comment\n", "header.csv");
	const only = await preview({ upload_id });
	assert.deepEqual([only.rows, only.questions.length], [0, 0]);
	await made(heed.ask("DELETE", `/api/v1/uploads/${upload_id}`), 204);
	assert.equal((await heed.ask("DELETE", `/api/v1/uploads/${upload_id}`)).status, 404);
	assert.equal(readdirSync(join(heed.data, "uploads")).length, before_);
});

test("files are private", async () => {
	const { id } = await upload("score\n9\n");
	const folder = join(heed.data, "uploads");
	assert.equal(statSync(folder).mode & 0o777, 0o700);
	for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
	await heed.ask("DELETE", `/api/v1/uploads/${id}`);
});

test("a scale that is not surely 0 to 10 is asked about", async () => {
	const rows = [5, 4, 5, 3, 1, 2, 5, 4].map((n, i) => `${n},c${i}`).join("\n");
	const { id: upload_id } = await upload(`rating,comment\n${rows}\n`);
	const [question] = (await preview({ upload_id })).questions;
	assert.equal(question.about, "scale");
	assert.match(question.sentence, /scale of 1 to 5/);
	assert.deepEqual(question.choices.map((c) => c.value), ["0-10", "1-10", "1-5"]);
	const survey = { new_survey: { name: "Five" } };
	const refused = await heed.post("/api/v1/imports", { upload_id, ...survey });
	assert.equal(refused.status, 422);
	assert.equal(refused.json.errors[0].path, "/scale");
	assert.deepEqual((await preview({ upload_id, scale: "1-5" })).questions, []);
	const one = await imported({ upload_id, ...survey, scale: "1-5" });
	assert.deepEqual([one.state, one.scored, one.rows_added], ["done", 0, 8]);
	assert.deepEqual((await answers("five")).map((a) => a.properties.rating).sort(), ["1", "2", "3", "4", "4", "5", "5", "5"]);
});

test("dates that can be read in two ways are asked about, with an example of the file", async () => {
	const { id: upload_id } = await upload("score,date\n9,03/04/2026\n8,05/06/2026\n");
	const [question] = (await preview({ upload_id })).questions;
	assert.deepEqual(question.choices, [
		{ value: "dmy", means: "2026-04-03" },
		{ value: "mdy", means: "2026-03-04" },
	]);
	assert.deepEqual([question.about, question.example], ["date_order", "03/04/2026"]);
	const refused = await heed.post("/api/v1/imports", { upload_id, new_survey: { name: "Dates" } });
	assert.equal(refused.json.errors[0].path, "/date_order");
	await imported({ upload_id, new_survey: { name: "Dates" }, date_order: "mdy" });
	assert.deepEqual((await answers("dates")).map((a) => a.submitted_at.slice(0, 10)).sort(), ["2026-03-04", "2026-05-06"]);
});

const cell = (text) => `"${text.replaceAll('"', '""')}"`;

test("a column of calls is seen by its cells, and says who speaks and which turns would count", async () => {
	const rows = [
		["2", "Agent: Hello\nKunde: Die App stürzt ab\nAgent: Oh\nKunde: Ja"],
		["9", "Agent: Hi\nCaller: All is well\nAgent: Fine"],
		["3", "Agent: Hi\nCaller: Two turns are enough here"],
		["4", ""],
		["1", "Agent: Hi\nMaria: Broken\nAgent: Oh"],
		["1", "Agent: Hi\nKunde: Kaputt\nAgent: Oh"],
		["0", "Agent: Hi\nKunde: Kaputt\nAgent: Oh"],
	];
	const { id: upload_id } = await upload(`nps,message\n${rows.map(([n, text]) => `${n},${cell(text)}`).join("\n")}\n`);
	const seen = await preview({ upload_id });
	assert.deepEqual(seen.columns.map((c) => [c.field, c.reason]), [["score", "header"], ["comment", "header"]]);
	assert.equal(seen.transcripts, null, "4 of 6 are too few to say it for all");
	const asked = await preview({ upload_id, mapping: { 2: "transcript" } });
	assert.deepEqual(asked.questions, []);
	const { speakers, examples, ...told } = asked.transcripts;
	assert.deepEqual(told, { column: 2, customer_labels: "Kunde, Caller", guessed: true, cells: 6, with_turns: 6 });
	assert.deepEqual(speakers[0], { label: "Agent", turns: 11 });
	assert.deepEqual(speakers.slice(1).map((s) => s.label).sort(), ["Caller", "Kunde"]);
	assert.deepEqual(examples.map((one) => one.line), [2, 6]);
	assert.deepEqual(examples[0].turns.map((turn) => [turn.label, turn.text, turn.customer]), [
		["Agent", "Hello", false],
		["Kunde", "Die App stürzt ab", true],
		["Agent", "Oh", false],
		["Kunde", "Ja", true],
	]);
	const corrected = await preview({ upload_id, mapping: { 2: "transcript" }, customer_labels: "Caller" });
	assert.ok(corrected.transcripts.examples[0].turns.every((turn) => !turn.customer));
	const wrong = await heed.post("/api/v1/imports/preview", { upload_id, customer_labels: "Caller" });
	assert.equal(wrong.json.errors[0].path, "/customer_labels");
	await imported({ upload_id, mapping: { 2: "transcript" }, new_survey: { name: "Calls" } });
	const all = await answers("calls");
	assert.deepEqual(all.map((a) => a.transcript).sort(), [null, ...Array(6).fill(true)].sort());
	assert.ok(all.every((a) => a.customer_labels === null));
	const maria = all.find((a) => a.comment?.includes("Maria"));
	const { turns } = await made(heed.get(`/api/v1/responses/${maria.id}`), 200);
	assert.deepEqual(turns.map((turn) => turn.customer), [false, true, false]);
});

test("where nobody in a column of calls is known as the customer, it is asked; plain calls are taken for what they are", async () => {
	const text = cell("P1: Hello\nP2: It leaks");
	const { id: upload_id } = await upload(`nps,Transcript\n2,${text}\n3,${text}\n`);
	const [question] = (await preview({ upload_id })).questions;
	assert.equal(question.about, "customer");
	assert.deepEqual(question.choices.map((c) => c.value), ["P1", "P2"]);
	const refused = await heed.post("/api/v1/imports", { upload_id, new_survey: { name: "Asked" } });
	assert.equal(refused.json.errors[0].path, "/customer_labels");
	const said = await preview({ upload_id, customer_labels: "p2" });
	assert.deepEqual([said.questions, said.transcripts.guessed], [[], false]);
	assert.deepEqual(said.transcripts.examples[0].turns.map((turn) => turn.customer), [false, true]);
	await imported({ upload_id, customer_labels: "p2", new_survey: { name: "Asked" } });
	assert.deepEqual((await answers("asked")).map((a) => [a.transcript, a.customer_labels]), Array(2).fill([true, "p2"]));

	const plain = cell("Agent: Hello\nCustomer: It leaks\nAgent: Oh\nCustomer: Yes");
	const chats = await upload(`nps,comment\n2,${plain}\n3,${plain}\n`);
	const seen = await preview({ upload_id: chats.id });
	assert.deepEqual([seen.columns[1].field, seen.columns[1].reason], ["transcript", "cells"]);
	await imported({ upload_id: chats.id, mapping: { 2: "comment" }, new_survey: { name: "No calls" } });
	assert.deepEqual((await answers("no-calls")).map((a) => a.transcript), [false, false]);
	const both = await heed.post("/api/v1/imports/preview", { upload_id, mapping: { 1: "comment", 2: "transcript" } });
	assert.equal(both.status, 422);
});

test("a column of scores that nobody can tell is asked for, and every column may be corrected", async () => {
	const { id: upload_id } = await upload("a,b,c,d\n9,8,x,secret\n7,10,y,secret\n");
	const seen = await preview({ upload_id });
	assert.equal(seen.questions[0].about, "score");
	assert.deepEqual(seen.questions[0].choices.map((c) => [c.value, c.means]), [["1", "a"], ["2", "b"]]);
	const mapping = { 2: "score", 3: "comment", 4: "ignored" };
	const mapped = await preview({ upload_id, mapping });
	assert.deepEqual(mapped.columns.map((c) => [c.field, c.reason]), [
		["property", "rest"],
		["score", "chosen"],
		["comment", "chosen"],
		["ignored", "chosen"],
	]);
	await imported({ upload_id, new_survey: { name: "Mapped" }, mapping });
	const all = await answers("mapped");
	assert.deepEqual(all.map((a) => [a.score, a.comment, a.properties]).sort(), [
		[10, "y", { a: "7" }],
		[8, "x", { a: "9" }],
	]);
	const twice = await heed.post("/api/v1/imports/preview", { upload_id, mapping: { 1: "score", 2: "score" } });
	assert.equal(twice.status, 422);
	assert.equal((await heed.post("/api/v1/imports/preview", { upload_id, mapping: { 9: "score" } })).status, 422);
	assert.equal((await heed.post("/api/v1/imports/preview", { upload_id, mapping: { 1: "scores" } })).status, 422);
	assert.equal((await heed.post("/api/v1/imports/preview", { upload_id: "77" })).json.errors[0].path, "/upload_id");
	assert.equal((await heed.post("/api/v1/imports", { upload_id, mapping })).json.errors[0].path, "/survey");
});

test("whether a file repeats an earlier one is asked, and both answers are kept to", async () => {
	const bare = "score\n9\n9\n3\n";
	await imported({ upload_id: (await upload(bare)).id, new_survey: { name: "Bare" } });
	const { id: upload_id } = await upload("score\n9\n9\n3\n10\n", "next.csv");
	const seen = await preview({ upload_id, survey: "bare" });
	assert.deepEqual(seen.questions.map((q) => [q.about, q.example]), [["repeat", "answers.csv"]]);
	assert.equal((await heed.post("/api/v1/imports", { upload_id, survey: "bare" })).json.errors[0].path, "/repeat");
	const repeated = await imported({ upload_id, survey: "bare", repeat: "known" });
	assert.deepEqual([repeated.rows_added, repeated.rows_known], [1, 3]);
	const fresh = await imported({ upload_id, survey: "bare", repeat: "new" });
	assert.deepEqual([fresh.rows_added, fresh.rows_known], [4, 0]);
	assert.equal((await answers("bare")).length, 8);
	const keyed = await upload("ticket,score\nT1,9\nT2,9\n");
	assert.deepEqual((await preview({ upload_id: keyed.id, survey: "bare", key: 1 })).questions, []);
	await imported({ upload_id: keyed.id, survey: "bare", key: 1 });
	const second = await imported({ upload_id: keyed.id, survey: "bare", key: 1 });
	assert.deepEqual([second.rows_added, second.rows_known], [0, 2]);
});

test("an export of another tool is recognised, and an export of Heed brings its surveys", async () => {
	const monkey = readFileSync(new URL("./exports/surveymonkey.csv", import.meta.url));
	const seen = await preview({ upload_id: (await upload(monkey)).id });
	assert.deepEqual(seen.preset, { name: "surveymonkey", title: "SurveyMonkey" });
	assert.deepEqual([seen.key, seen.header_rows, seen.rows], [1, 2, 4]);
	assert.deepEqual(seen.columns.filter((c) => c.field !== "property").map((c) => [c.field, c.reason]), [
		["date", "preset"],
		["ignored", "preset"],
		["email", "preset"],
		["name", "preset"],
		["last_name", "preset"],
		["score", "header"],
		["comment", "header"],
	]);
	await made(heed.post("/api/v1/surveys", { name: "Own", slug: "own", state: "live" }), 201);
	await made(heed.post("/api/v1/responses", { survey: "own", score: 9, comment: '=HYPERLINK("http://x","y")' }), 201);
	for (const format of ["csv", "jsonl"]) {
		const own = (await heed.get(`/api/v1/responses/export?survey=own&format=${format}`)).text;
		const other = await start(null);
		try {
			const { id: upload_id } = await upload(own, `own.${format}`, other);
			assert.equal((await preview({ upload_id }, other)).own_export, true);
			assert.equal((await imported({ upload_id }, other)).rows_added, 1);
			const [answer] = await answers("own", other);
			assert.equal(answer.comment, '=HYPERLINK("http://x","y")');
			assert.equal((await imported({ upload_id }, other)).rows_known, 1);
		} finally {
			await other.stop();
		}
	}
});

test("a formula is a comment, and a quoted one in the file of rejected rows comes back as it was", async () => {
	const comment = '=HYPERLINK("http://x","y")';
	const cell = `"${comment.replaceAll('"', '""')}"`;
	const { id: upload_id } = await upload(`score,comment\n9,${cell}\n12,${cell}\n8,${"x".repeat(10000)}\n`);
	const one = await imported({ upload_id, new_survey: { name: "Formula" } });
	assert.deepEqual([one.scored, one.rows_rejected], [2, 1]);
	const file = (await heed.get(`/api/v1/imports/${one.id}/rejected`)).text;
	assert.ok(file.includes(`"'=HYPERLINK(""http://x"",""y"")"`), file);
	const fixed = await imported({
		upload_id: (await upload(file.replace(",12,", ",10,"), "rejected-rows.csv")).id,
		survey: "formula",
		repeat: "known",
	});
	assert.equal(fixed.scored, 1);
	const all = await answers("formula");
	assert.deepEqual(all.filter((a) => a.comment === comment).map((a) => a.score).sort(), [10, 9]);
	assert.equal(all.find((a) => a.score === 8).comment.length, 10000);
});

test("a file that is larger than the setting allows is refused in words", async (t) => {
	const small = await start(t, { env: { HEED_UPLOAD_MAX: "1" } });
	const r = await small.ask("POST", "/api/v1/uploads?name=x.csv", Buffer.alloc((1 << 20) + 1000, "9\n"));
	assert.equal(r.status, 413);
	assert.match(r.json.detail, /larger than the 1 MiB that this server takes/);
	assert.equal((await made(small.get("/api/v1/imports"), 200)).upload_max, 1 << 20);
	await upload(Buffer.alloc(1 << 20, "9\n"), "x.csv", small);
});

const rows = (n) => `score,comment,ticket\n${Array.from({ length: n }, (_, i) => `${i % 11},text of ${i} ${"x".repeat(60)},T${i}`).join("\n")}\n`;

for (const signal of ["SIGKILL", "SIGTERM"])
	test(`an import survives ${signal} and is finished by the next server, each row once`, async (t) => {
		const first = await start(null);
		t.after(() => first.remove());
		const count = 30000;
		const { id: upload_id } = await upload(rows(count), "large.csv", first);
		const { id } = await made(first.post("/api/v1/imports", { upload_id, new_survey: { name: "Large" } }), 201);
		const queued = await made(first.post("/api/v1/imports", { upload_id, survey: "large", repeat: "known" }), 201);
		for (;;) {
			const one = await get(id, first);
			assert.notEqual(one.state, "done", "it was too fast to be interrupted");
			if (one.progress?.rows > 2000) break;
			await new Promise((wake) => setTimeout(wake, 5));
		}
		await first.halt(signal);
		const second = await serve(first);
		t.after(() => second.halt());
		second.key = first.key;
		const one = await until(id, ["done", "failed"], second);
		assert.deepEqual([one.state, one.rows_read, one.rows_added, one.rows_known], ["done", count, count, 0]);
		assert.ok(one.finished_at);
		const after_ = await until(queued.id, ["done", "failed"], second);
		assert.deepEqual([after_.state, after_.rows_added, after_.rows_known], ["done", 0, count]);
		const figure = (await made(second.get("/api/v1/insights/nps?survey=large"), 200)).parts[0].figure;
		assert.equal(figure.responses, count);
		await made(second.post(`/api/v1/imports/${id}/undo`), 202);
		for (let now; (now = await get(id, second)).progress?.phase !== "undoing" && now.state !== "undone"; ) await new Promise(setImmediate);
		await second.halt("SIGKILL");
		const third = await serve(first);
		t.after(() => third.halt());
		third.key = first.key;
		await until(id, ["undone"], third);
		assert.equal((await answers("large", third)).length, 0);
		assert.deepEqual(readdirSync(join(first.data, "uploads")).filter((n) => n.endsWith(".part")), []);
	});

test("an import that is under way is stopped and taken back; one that waits is never begun", async (t) => {
	const own = await start(t);
	const count = 100_000;
	const { id: upload_id } = await upload(rows(count), "large.csv", own);
	const one = await made(own.post("/api/v1/imports", { upload_id, new_survey: { name: "Stopped" } }), 201);
	const two = await made(own.post("/api/v1/imports", { upload_id, survey: "stopped", repeat: "known" }), 201);
	while (!((await get(one.id, own)).progress?.rows > 500)) await new Promise((wake) => setTimeout(wake, 5));
	assert.equal((await get(two.id, own)).state, "queued", "one at a time");
	assert.equal((await own.ask("DELETE", `/api/v1/uploads/${upload_id}`)).status, 409);
	await made(own.post(`/api/v1/imports/${two.id}/undo`), 202);
	await made(own.post(`/api/v1/imports/${one.id}/undo`), 202);
	const taken = await until(one.id, ["undone"], own);
	assert.ok(taken.rows_added < count, `it went on to the end: ${taken.rows_added}`);
	await until(two.id, ["undone"], own);
	assert.equal((await answers("stopped", own)).length, 0);
});

test("an import whose file is gone fails with what to do", async (t) => {
	const first = await start(null);
	t.after(() => first.remove());
	const { id: upload_id } = await upload(rows(30000), "large.csv", first);
	await made(first.post("/api/v1/imports", { upload_id, new_survey: { name: "Gone" } }), 201);
	const { id } = await made(first.post("/api/v1/imports", { upload_id, survey: "gone", repeat: "known" }), 201);
	await first.halt("SIGKILL");
	const folder = join(first.data, "uploads");
	for (const name of readdirSync(folder)) rmSync(join(folder, name));
	const second = await serve(first);
	t.after(() => second.halt());
	second.key = first.key;
	const one = await until(id, ["failed"], second);
	assert.match(one.why, /not here any more.*Send it again/);
});

test("who sends answers meanwhile is not held up by files that arrive", async () => {
	await made(heed.post("/api/v1/surveys", { name: "Busy", slug: "busy", state: "live" }), 201);
	const files = Promise.all([1, 2, 3].map((n) => upload(rows(100000), `large${n}.csv`)));
	let over = false;
	const done = files.then(() => (over = true));
	let sent = 0;
	while (!over || sent < 64) {
		await Promise.all(
			Array.from({ length: 64 }, async () => made(heed.post("/api/v1/responses", { survey: "busy", score: 9 }), 201)),
		);
		sent += 64;
	}
	await done;
	assert.equal((await made(heed.get("/api/v1/insights/nps?survey=busy"), 200)).parts[0].figure.responses, sent);
});
