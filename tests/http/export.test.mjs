// Exports that come back as they were, from the command line and over HTTP.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { command, EMAIL, freshData, mustRun, PASSWORD, start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
	await fill();
});
after(() => heed?.stop());

async function post(path, body) {
	const r = await heed.post(path, body);
	assert.ok(r.status < 300, `${path}: ${r.status} ${r.text}`);
	return r.json;
}

/** Of everything an answer can be. */
async function fill() {
	const questions = [{ key: "ease", kind: "rating", text: "How easy?" }];
	for (const survey of [
		{ slug: "all", name: "All, of \"us\"", definition: { questions } },
		{ slug: "desk", name: "Help desk", kind: "transactional", touchpoint: "support" },
	]) {
		await post("/api/v1/surveys", survey);
		await post(`/api/v1/surveys/${survey.slug}/publish`);
	}
	const person = { email: "Ada@Example.com", external_id: "K-1", phone: "+49 30 1234567", name: "Ada, \"L\"", account: "ACME" };
	const give = (body) => post("/api/v1/responses", { survey: "all", ...body });
	const edited = await give({ score: 0, comment: "first\nline", person, properties: { plan: "pro", seats: 12, vip: true, x: 1.5 } });
	await heed.ask("PATCH", `/api/v1/responses/${edited.id}`, { score: 9, comment: "second; 'quoted'" });
	await heed.ask("PATCH", `/api/v1/responses/${edited.id}`, { score: 10 });
	await give({ score: 0, language: "pt-BR", submitted_at: "2024-02-29T23:59:59.123456Z" });
	await give({ comment: "only words: Grüße, 日本語, 😀", person: { email: "b@example.com" } });
	await give({ score: 7, answers: { ease: 4 }, channel: "sms", person: { name: "Only Name" } });
	await give({ survey: "desk", score: 10, person });
	await give({ survey: "desk", score: 3, comment: "=HYPERLINK(\"http://evil.example\")" });
	await give({ survey: "desk", score: 3, comment: "'=1+1" });
	await give({ survey: "desk", score: 4, comment: "-5 degrees", person: { email: "c@example.com", name: "+SUM(A1)" } });
	await give({ survey: "desk", score: 8, test: true });
	const out = await give({ survey: "desk", score: 1 });
	await heed.ask("PATCH", `/api/v1/responses/${out.id}`, { state: "excluded", reason: "our own staff" });
	await give({ score: 2, comment: "P1: Hello\nP2: It leaks", transcript: true, customer_labels: "P2, Anna (Bonn, Rhein)" });
	await give({ score: 2, comment: "Agent: a\nCustomer: b\nAgent: c", transcript: false });
	const long = await give({ score: 6, comment: "ß日".repeat(5_000) });
	await work(edited.id, out.id, long.id);
	const csv = join(heed.dir, "some.csv");
	writeFileSync(csv, "score,comment,email,date\n,,d@example.com,2025-01-01\n9,imported,d@example.com,2025-01-02\n");
	heed.mustRun("import", csv, "--survey", "all");
}

/** What people do to answers: tags, stars, notes, the bin. */
async function work(one, two, three) {
	const act = (body) => post("/api/v1/responses/actions", body);
	await act({ action: "tag", tag: "Straße", ids: [one, two] });
	await act({ action: "tag", tag: "=1+1", ids: [one] });
	await act({ action: "untag", tag: "strasse", ids: [two] });
	await act({ action: "star", ids: [one, three] });
	const note = await post(`/api/v1/responses/${one}/notes`, { text: "Called, \"twice\"\n=SUM(A1)" });
	await post(`/api/v1/responses/${two}/notes`, { text: "日本語" });
	assert.ok(note.id);
	await act({ action: "delete", ids: [two, three] });
}

/** The bytes of an export imported into an empty workspace and exported from there. */
function throughAnother(t, name, bytes, format) {
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "init", "--workspace", "Other name", "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const path = join(other.dir, name);
	writeFileSync(path, bytes);
	const said = mustRun(other, "import", path);
	assert.match(said, /15 new, 0 known before/);
	assert.match(mustRun(other, "import", path), /0 new, 15 known before/);
	return { other, again: mustRun(other, "export", "--format", format) };
}

test("an export imported into an empty workspace exports the same bytes", (t) => {
	for (const format of ["csv", "jsonl"]) {
		const first = heed.mustRun("export", "--format", format);
		const { again, other } = throughAnother(t, `first.${format}`, `${first}\n`, format);
		assert.equal(again, first);
		const figures = (json) => JSON.parse(json).parts.map((p) => [p.kind, p.nps, p.responses, p.people, p.distribution]);
		assert.deepEqual(figures(mustRun(other, "report", "--json")), figures(heed.mustRun("report", "--json")));
		/* and the file alone says the same */
		assert.deepEqual(
			figures(mustRun(other, "report", join(other.dir, `first.${format}`), "--json")),
			figures(heed.mustRun("report", "--json")),
		);
	}
});

test("an export from before there were tags and a bin is known again", (t) => {
	const rows = heed.mustRun("export", "--format", "jsonl").split("\n").map((line) => JSON.parse(line));
	const names = Object.keys(rows[0]).slice(0, 30);
	assert.equal(names.at(-1), "import_key");
	const cell = (value) => (value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
	const quoted = (row) => names.map((name) => `"${cell(row[name]).replaceAll('"', '""')}"`).join(",");
	const old = rows.filter((row) => row.state !== "deleted" && !row.comment?.startsWith("'"));
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "init", "--workspace", "Old", "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const path = join(other.dir, "old.csv");
	writeFileSync(path, `${[names.join(","), ...old.map(quoted)].join("\n")}\n`);
	assert.match(mustRun(other, "import", path), new RegExp(`${old.length} new, 0 known before`));
	const again = mustRun(other, "export", "--format", "jsonl").split("\n").map((line) => JSON.parse(line));
	for (const [i, row] of again.entries())
		assert.deepEqual(names.map((name) => row[name]), names.map((name) => old[i][name]));
	assert.ok(again.every((row) => row.starred === 0 && row.tags === null));
});

test("an export for a spreadsheet runs nothing there and comes back whole", (t) => {
	const plain = heed.mustRun("export");
	const quoted = heed.mustRun("export", "--for-spreadsheet");
	assert.ok(quoted.startsWith("\ufeffid,"));
	assert.match(quoted, /"'=HYPERLINK\(""http/);
	assert.match(quoted, /,"'-5 degrees",/);
	assert.doesNotMatch(quoted, /(^|,)"?[=+@-]/m);
	assert.equal(throughAnother(t, "quoted.csv", `${quoted}\n`, "csv").again, plain);
});

test("the export over HTTP has the bytes of the command line's", async () => {
	for (const format of ["csv", "jsonl"]) {
		const r = await heed.get(`/api/v1/responses/export?format=${format}`);
		assert.equal(r.status, 200, r.text);
		assert.equal(r.text, `${heed.mustRun("export", "--format", format)}\n`);
		assert.match(r.headers["content-disposition"], new RegExp(`answers\\.${format}`));
	}
	const desk = await heed.get("/api/v1/responses/export?format=jsonl&survey=desk");
	const rows = desk.text.trim().split("\n").map((line) => JSON.parse(line));
	assert.equal(rows.length, 6);
	assert.ok(rows.every((row) => row.survey === "desk" && row.touchpoint === "support"));
	assert.equal((await heed.get("/api/v1/responses/export?format=xlsx")).status, 422);
	assert.equal((await heed.get("/api/v1/responses/export?colour=red")).status, 422);
	assert.equal((await heed.get("/api/v1/responses/export?survey=nowhere")).status, 404);
	const track = heed.mustRun("key", "create", "--scope", "track");
	assert.equal((await heed.get("/api/v1/responses/export", { key: track })).status, 403);
});

test("JSON Lines keep the types, the history and what was left out", async () => {
	const rows = heed.mustRun("export", "--format", "jsonl").split("\n").map((line) => JSON.parse(line));
	const edited = rows.find((row) => row.edits === 2);
	assert.deepEqual(edited.properties, { plan: "pro", seats: 12, vip: true, x: 1.5 });
	assert.equal(edited.score, 10);
	assert.deepEqual(edited.history.map((h) => [h.seq, h.score, h.comment]), [
		[1, 0, "first\nline"],
		[2, 9, "second; 'quoted'"],
	]);
	assert.equal(edited.person_email, "Ada@Example.com");
	assert.equal(edited.account, "ACME");
	assert.deepEqual(rows.map((row) => row.state).sort().filter((s, i, all) => s !== all[i - 1]), [
		"complete",
		"deleted",
		"dismissed",
		"partial",
		"test",
	]);
	assert.deepEqual(Object.keys(edited).slice(-2), ["transcript", "customer_labels"]);
	assert.deepEqual([edited.transcript, edited.customer_labels], [null, null]);
	const told = rows.filter((row) => row.score === 2).map((row) => [row.transcript, row.customer_labels]);
	assert.deepEqual(told, [[1, "P2, Anna (Bonn, Rhein)"], [0, null]]);
	assert.deepEqual([edited.starred, edited.deleted_at, edited.tags], [1, null, ["=1+1", "Straße"]]);
	assert.deepEqual(edited.notes.map((n) => n.text), ['Called, "twice"\n=SUM(A1)']);
	assert.deepEqual(edited.events.map((e) => [e.what, e.detail ?? null]), [
		["tagged", "Straße"],
		["tagged", "=1+1"],
		["starred", null],
		["noted", null],
	]);
	const binned = rows.find((row) => row.history?.some((h) => h.state_reason === "our own staff"));
	assert.equal(binned.state, "deleted");
	assert.match(binned.deleted_at, /^20..-..-..T.*Z$/);
	assert.equal(rows.filter((row) => row.comment?.length === 10_000).length, 1);
	assert.ok(rows.some((row) => row.score === 0));
	assert.ok(rows.some((row) => row.submitted_at === "2024-02-29T23:59:59.123456Z"));
	const ids = rows.map((row) => BigInt(row.id));
	assert.ok(ids.every((id, i) => i === 0 || ids[i - 1] < id));
});

test("an export written to a file is the same", () => {
	const path = join(heed.dir, "out.csv");
	heed.mustRun("export", "--output", path);
	assert.equal(readFileSync(path, "utf8"), `${heed.mustRun("export")}\n`);
});

test("a row whose history holds more than Heed writes is rejected, not cut", (t) => {
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "init", "--workspace", "Long", "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const whole = `${heed.mustRun("export")}\n`;
	const long = `""answers"":{""a"":""${"x".repeat(66_000)}""}`;
	const path = join(other.dir, "long.csv");
	writeFileSync(path, whole.replace('""answers"":{}', long));
	assert.ok(readFileSync(path, "utf8").includes(long));
	assert.match(mustRun(other, "import", path), / 1 rejected$/m);
});

test("a survey of another kind under the same slug is not mixed with the file's", async (t) => {
	const other = freshData();
	t.after(() => other.remove());
	mustRun(other, "init", "--workspace", "Third", "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const scores = join(other.dir, "scores.csv");
	writeFileSync(scores, "score\n9\n");
	mustRun(other, "import", scores, "--survey", "desk");
	const path = join(other.dir, "all.csv");
	writeFileSync(path, `${heed.mustRun("export")}\n`);
	const run = command(other, "import", path);
	assert.equal(run.status, 5);
	assert.match(run.stderr, /"desk" is relationship here and transactional in the file/);
	/* what went in before that is taken back by its number */
	const id = /^(\d+) .*running/m.exec(mustRun(other, "import", "--list"))[1];
	mustRun(other, "import", "--undo", id);
	assert.equal(JSON.parse(mustRun(other, "report", "--json")).responses, 1);
});
