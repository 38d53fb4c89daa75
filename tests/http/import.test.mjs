// Importing files with the real program, beside a running server.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";
import { known } from "./known_file.mjs";

let heed;
let count = 0;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

/** Text or bytes as a file of the test's own. */
function file(content, name = `file-${++count}.csv`) {
	const path = join(heed.dir, name);
	writeFileSync(path, content);
	return path;
}

function imported(path, ...args) {
	const run = heed.command("import", path, ...args);
	assert.equal(run.status, 0, run.stderr);
	const counts = /^(\d+) rows: (\d+) scored, (\d+) with a comment alone, (\d+) dismissed, (\d+) rejected$/m.exec(run.stdout);
	assert.ok(counts, run.stdout);
	const [rows, scored, comments, dismissed, rejected] = counts.slice(1).map(Number);
	const [added, known] = (/^(\d+) new, (\d+) known before$/m.exec(run.stdout) ?? [0, -1, -1]).slice(1).map(Number);
	const id = /--undo (\d+)/.exec(run.stdout)?.[1];
	return { rows, scored, comments, dismissed, rejected, added, known, id, stdout: run.stdout, stderr: run.stderr };
}

function refused(path, ...args) {
	const run = heed.command("import", path, ...args);
	assert.notEqual(run.status, 0, run.stdout);
	return run.stderr;
}

const report = (survey) => JSON.parse(heed.mustRun("report", "--json", "--survey", survey));

async function answers(survey, query = "") {
	const all = [];
	let cursor = "";
	do {
		const r = await heed.get(`/api/v1/responses?survey=${survey}&limit=200${query}${cursor && `&cursor=${cursor}`}`);
		assert.equal(r.status, 200, r.text);
		all.push(...r.json.responses);
		cursor = r.json.next_cursor;
	} while (cursor);
	return all;
}

test("the known file gives the known answer, once, also after it was taken back", async () => {
	const path = file(known());
	const first = imported(path, "--survey", "known");
	assert.deepEqual(
		[first.rows, first.scored, first.comments, first.rejected, first.added, first.known],
		[122, 120, 1, 1, 121, 0],
	);
	assert.match(first.stderr, /11 is not between 0 and 10/);
	const again = imported(path, "--survey", "known");
	assert.deepEqual([again.added, again.known], [0, 121]);
	const people = async () => new Set((await answers("known")).map((r) => r.person_id)).size;
	assert.equal(await people(), 121);
	assert.match(heed.mustRun("import", "--undo", first.id), /121 answers/);
	assert.equal(report("known").responses, 0);
	assert.equal((await answers("known")).length, 0);
	assert.equal(heed.command("import", "--undo", first.id).status, 5);
	assert.equal(imported(path, "--survey", "known").added, 121);
	const r = report("known");
	assert.equal(r.nps, 35);
	assert.deepEqual(r.interval, [20.1, 48.1]);
	assert.deepEqual([r.responses, r.promoters, r.passives, r.detractors], [120, 66, 30, 24]);
	const api = (await heed.get("/api/v1/insights/nps?survey=known")).json.parts[0].figure;
	assert.equal(api.nps, 35);
	assert.deepEqual(
		api.interval.map((x) => x.toFixed(1)),
		["20.1", "48.1"],
	);
	const alone = JSON.parse(heed.mustRun("report", path, "--json"));
	assert.deepEqual([alone.nps, alone.interval, alone.rejected, alone.comments], [35, [20.1, 48.1], 1, 1]);
	const one = (await answers("known")).find((a) => a.comment?.startsWith("gut"));
	assert.equal(one.comment, 'gut; sehr "gut"\nund mehr');
	assert.match(one.submitted_at, /^2025-\d\d-\d\dT00:00:00.000Z$/);
});

test("600 bare scores stay 600, and a longer file adds only what is new", () => {
	const scores = [...Array(400).fill(10), ...Array(100).fill(8), ...Array(100).fill(3)];
	const path = file(`score\n${scores.join("\n")}\n`);
	assert.equal(imported(path, "--survey", "bare").added, 600);
	assert.equal(imported(path, "--survey", "bare").added, 0);
	assert.deepEqual([report("bare").responses, report("bare").nps], [600, 50]);
	const longer = file(`score\n${[...scores, ...Array(10).fill(10)].join("\n")}\n`);
	assert.equal(imported(longer, "--survey", "bare").added, 10);
	assert.equal(report("bare").responses, 610);
});

test("a row is known again behind another delimiter, encoding, order and an added empty column", () => {
	const survey = ["--survey", "shapes"];
	assert.equal(imported(file("score,comment\n9,Grüße\n3,naïve\n8,\n"), ...survey).added, 3);
	assert.equal(imported(file(Buffer.from("comment;score\nGrüße;9\nnaïve;3\n;8\n", "latin1")), ...survey).added, 0);
	assert.equal(imported(file("score\tcomment\tplan\n9\tGrüße\t\n3\tnaïve\t\n8\t\t\n7\t\t\n"), ...survey).added, 1);
});

test("cells are scores, comments or refused by the table", async () => {
	const path = file(
		"score,comment\n9/10,a\n9.0,b\n 9 ,c\n11,d\n4/5,e\nn/a,f\n9.5,g\n-1,h\n,only words\n,\n0,zero\n10,ten\n",
	);
	const rejects = join(heed.dir, "rejects.csv");
	const r = imported(path, "--survey", "cells", "--rejects", rejects);
	assert.deepEqual([r.scored, r.comments, r.dismissed, r.rejected], [5, 1, 1, 5]);
	const lines = readFileSync(rejects, "utf8").trim().split("\n");
	assert.equal(lines[0], "line,reason,score,comment");
	assert.deepEqual(lines.slice(1), [
		"5,score: 11 is not between 0 and 10,11,d",
		"6,score: 4/5 is on another scale than 0 to 10,4/5,e",
		'7,"score: ""n/a"" is not a score",n/a,f',
		"8,score: 9.5 is not a whole number,9.5,g",
		"9,score: -1 is not between 0 and 10,-1,h",
	]);
	const states = (await answers("cells")).map((a) => [a.score, a.state]);
	assert.ok(states.some(([score, state]) => score === null && state === "dismissed"));
	assert.ok(states.some(([score, state]) => score === null && state === "partial"));
	assert.ok(states.some(([score]) => score === 0));
	assert.equal(report("cells").responses, 5);
});

test("another scale is refused in words, and with --scale kept as what it is", async () => {
	const five = file(`rating,comment\n${[5, 4, 5, 3, 1, 2, 5, 4].map((n, i) => `${n},c${i}`).join("\n")}\n`);
	assert.match(refused(five, "--survey", "five"), /scale of 1 to 5, not 0 to 10.*--scale/s);
	assert.equal(heed.command("report", "--survey", "five").status, 4, "the survey was not made");
	assert.match(heed.command("report", five).stderr, /scale of 1 to 5/);
	const ten = file(`score\n${Array.from({ length: 50 }, (_, i) => 1 + (i % 10)).join("\n")}\n`);
	assert.match(refused(ten, "--survey", "five"), /scale of 1 to 10, not 0 to 10/);
	assert.match(refused(file("Note (1-10)\n9\n8\n"), "--survey", "five"), /the header says so/);
	assert.equal(imported(ten, "--survey", "ten", "--scale", "0-10").scored, 50);
	const kept = imported(five, "--survey", "five", "--scale", "1-5");
	assert.deepEqual([kept.scored, kept.comments, kept.rejected], [0, 8, 0]);
	assert.match(kept.stdout, /make no score: they are kept as a property/);
	assert.deepEqual((await answers("five")).map((a) => a.properties.rating).sort(), ["1", "2", "3", "4", "4", "5", "5", "5"]);
	assert.equal(report("five").responses, 0);
});

test("dates are read by the one order that fits them all, and asked about when two do", async () => {
	const both = file("score,date\n9,03/04/2026\n8,05/06/2026\n");
	assert.match(refused(both, "--survey", "dates"), /two ways, as in "03\/04\/2026".*--date-order/s);
	assert.equal(imported(both, "--survey", "dates", "--date-order", "mdy").added, 2);
	assert.deepEqual((await answers("dates")).map((a) => a.submitted_at.slice(0, 10)).sort(), ["2026-03-04", "2026-05-06"]);
	imported(file("score,date\n9,03/04/2026\n8,25/06/2026 14:30\n,\n7,soon\n"), "--survey", "days");
	const days = await answers("days", "&counted=true");
	assert.deepEqual(days.map((a) => a.submitted_at).sort(), ["2026-04-03T00:00:00.000Z", "2026-06-25T14:30:00.000Z"]);
	assert.deepEqual(days.map((a) => a.first_scored_at).sort(), days.map((a) => a.submitted_at).sort());
});

test("a key column tells rows, whatever else changes in them", async () => {
	const survey = ["--survey", "keyed", "--key", "ticket"];
	assert.equal(imported(file("ticket,score,comment\nT1,9,a\nT2,9,a\nT1,2,b\n"), ...survey).added, 2);
	assert.equal(imported(file("ticket,score,comment\nT1,9,edited\nT3,4,c\n"), ...survey).added, 1);
	assert.match(refused(file("score\n9\n"), ...survey), /no column "ticket"\. It has: score/);
});

test("columns are mapped by hand, and the rest become properties", async () => {
	const path = file('Q1,Q2,Kd-Nr.,plan\n9,good,K-7,pro\n3,bad,K-8,\n8,,K-7,free\n');
	const r = imported(path, "--survey", "mapped", "--map", "score=Q1,comment=Q2,external_id=3");
	assert.equal(r.added, 3);
	const all = await answers("mapped");
	assert.deepEqual(all.map((a) => a.properties.plan ?? null).sort((a, b) => String(a).localeCompare(String(b))), ["free", null, "pro"]);
	assert.equal(new Set(all.map((a) => a.person_id)).size, 2);
	assert.equal(report("mapped").people, 2);
});

test("a column of calls is mapped by hand, with the labels of the customer", async () => {
	const path = file('nps,what\n2,"P1: Hello\nP2: It leaks"\n9,\n');
	assert.match(refused(path, "--survey", "calls", "--map", "transcript=what"), /Who is the customer.*--customer/s);
	assert.match(refused(path, "--survey", "calls", "--customer", "P2"), /--map transcript=COLUMN/);
	assert.match(refused(path, "--survey", "calls", "--map", "transcript=what,comment=nps"), /two columns/);
	const run = imported(path, "--survey", "calls", "--map", "transcript=what", "--customer", "P2");
	assert.match(run.stdout, /transcript +from column "what"/);
	assert.match(run.stdout, /turns of P2 count alone/);
	const said = (await answers("calls")).map((a) => [a.comment, a.transcript, a.customer_labels]);
	said.sort((a, b) => (a[0] ?? "").localeCompare(b[0] ?? ""));
	assert.deepEqual(said, [[null, null, null], ["P1: Hello\nP2: It leaks", true, "P2"]]);
	assert.equal(heed.command("report", file('nps,transcript\n2,"P1: a\nP2: b"\n')).status, 0);
});

test("an address that is none costs no answer", async () => {
	const r = imported(file("score,email,phone\n9,not an address,12\n8,ok@example.com,\n"), "--survey", "mended");
	assert.deepEqual([r.added, r.rejected], [2, 0]);
	assert.match(r.stdout, /1 addresses were none/);
	const nine = (await answers("mended")).find((a) => a.score === 9);
	assert.equal(nine.properties.email, "not an address");
});

test("a dry run says all of it and stores nothing", () => {
	const run = heed.command("import", file("score\n9\n12\n"), "--dry-run", "--survey", "never");
	assert.equal(run.status, 0, run.stderr);
	assert.match(run.stdout, /2 rows: 1 scored, 0 with a comment alone, 0 dismissed, 1 rejected\nNothing was stored/);
	assert.equal(heed.command("report", "--survey", "never").status, 4);
});

test("undo leaves the answers and people that others brought", async () => {
	const person = { email: "stays@example.com", name: "Stays" };
	imported(file("score,email\n9,first@example.com\n"), "--survey", "undo");
	const mine = imported(file("score,email\n3,stays@example.com\n4,goes@example.com\n5,first@example.com\n"), "--survey", "undo");
	assert.equal((await heed.post("/api/v1/responses", { survey: "undo", score: 10, person })).status, 201);
	const personOf = (all, score) => all.find((a) => a.score === score).person_id;
	const before = await answers("undo");
	heed.mustRun("import", "--undo", mine.id);
	const left = await answers("undo");
	const status = async (score) => (await heed.get(`/api/v1/people/${personOf(before, score)}`)).status;
	assert.deepEqual([await status(4), await status(3), await status(5)], [404, 200, 200], "only the import's own person goes");
	assert.deepEqual(left.map((a) => a.score).sort(), [10, 9]);
	const back = imported(file("score,email\n3,stays@example.com\n4,goes@example.com\n"), "--survey", "undo");
	assert.equal(back.added, 2);
	const ids = (await answers("undo")).filter((a) => a.score === 10 || a.score === 3).map((a) => a.person_id);
	assert.equal(new Set(ids).size, 1, "the person whom the API knew stayed the same");
	assert.match(heed.mustRun("import", "--list"), /undone/);
});

test("what cannot be read is refused in words", () => {
	assert.match(refused(join(heed.dir, "absent.csv"), "--survey", "x"), /cannot be opened/);
	assert.match(refused(heed.dir, "--survey", "x"), /no regular file/);
	assert.match(refused(file(""), "--survey", "x"), /empty/);
	assert.match(refused(file("a,b\nx,y\n"), "--survey", "x"), /--map score=COLUMN/);
	assert.match(refused(file("score\n9\n"), "--survey", "Not A Slug"), /no survey's slug/);
	assert.match(refused(file("score\n9\n")), /--survey SLUG/);
	assert.match(refused(file("score\n9\n"), "--survey", "x", "--scale", "1-3"), /--scale is/);
	assert.match(refused(file("PK\u0003\u0004"), "--survey", "x"), /\S/);
});

test("a damaged row costs itself alone", () => {
	const r = imported(file('score,comment\n9,ok\n8,"never closed\n7,next\n6,"a" b\n5,last\n'), "--survey", "damaged");
	assert.deepEqual([r.scored, r.rejected], [3, 2]);
});

test("a real survey gives what awk counts", (t) => {
	const path = join(process.env.HEED_DEV_DATA ?? "../shared/data/dev", "nps_pt/nps_pt.csv");
	if (!existsSync(path)) return t.skip("the data is not here");
	const cells = readFileSync(path, "utf8").split("\n").slice(1).map((line) => /^(\d+),/.exec(line)).filter(Boolean).map((m) => Number(m[1]));
	const promoters = cells.filter((n) => n >= 9).length;
	const detractors = cells.filter((n) => n <= 6).length;
	assert.equal(imported(path, "--survey", "pt").rejected, 0);
	const r = report("pt");
	assert.deepEqual([r.responses, r.promoters, r.detractors], [cells.length, promoters, detractors]);
	assert.equal(r.nps, Math.round((1000 * (promoters - detractors)) / cells.length) / 10);
});
