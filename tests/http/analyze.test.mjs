// heed analyze as a person and a program use it: columns, lines of JSON, learning, themes of one's own, the summary.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { program } from "./harness.mjs";

const dir = mkdtempSync(join(tmpdir(), "heed-analyze-"));
after(() => rmSync(dir, { recursive: true, force: true }));

const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
function write(name, rows) {
	const path = join(dir, name);
	writeFileSync(path, rows.map((row) => (Array.isArray(row) ? row.map((c) => cell(String(c))).join(",") : row)).join("\n"));
	return path;
}
function run(path, ...args) {
	return spawnSync(program, ["analyze", path, ...args], { encoding: "utf8", cwd: dir, maxBuffer: 1 << 28 });
}
function must(path, ...args) {
	const ran = run(path, ...args);
	assert.equal(ran.status, 0, ran.stderr);
	return ran.stdout;
}
const lines = (path, ...args) => must(path, ...args, "--json-lines").trimEnd().split("\n").map((line) => JSON.parse(line));
const bytes = (text, from, len) => Buffer.from(text).subarray(from, from + len).toString();

test("says of each row its language, sentiment, themes with their spans, and keywords", () => {
	const texts = [
		"Onboarding was confusing, but the assistant is brilliant",
		"Der Support ist freundlich, aber viel zu langsam",
		"Great value, I love the app 😀",
		"n/a",
		"Ο καιρός είναι πολύ καλός σήμερα",
		"The waiter was rude and I will call my lawyer",
	];
	const said = lines(write("some.csv", [["comment"], ...texts.map((t) => [t])]));
	assert.equal(said.length, texts.length);
	assert.deepEqual(said.map((one) => one.line), [2, 3, 4, 5, 6, 7]);
	assert.deepEqual([said[0].language, said[1].language, said[4].language], ["en", "de", null]);
	assert.equal(said[0].sentiment.label, "mixed");
	assert.equal(said[2].sentiment.label, "positive");
	assert.ok(said[2].sentiment.score > 0.5 && said[2].sentiment.score <= 1);
	assert.equal(said[5].sentiment.label, "negative");
	assert.deepEqual([said[3].low_effort, said[3].sentiment, said[3].themes.length], [true, null, 0]);
	assert.deepEqual([said[4].analysed, said[4].sentiment], [false, null], "a language that is not read is not neutral");
	assert.deepEqual(said[5].urgent.map((u) => u.kind), ["legal"]);
	const polarity = Object.fromEntries(said[0].themes.map((t) => [t.theme, t.polarity]));
	assert.equal(polarity.onboarding, "negative");
	said.forEach((one, i) => {
		for (const part of [...one.themes, ...one.keywords, ...one.urgent]) {
			assert.ok(part.len > 0);
			assert.equal(bytes(texts[i], part.from, part.len), part.text);
		}
	});
});

test("takes the question's side where the words take none, and keeps it from the blind judgement's weights", () => {
	const path = write("asked.csv", [
		["q", "text"],
		["What could we do better?", "the parking"],
		["What did you like most?", "the parking"],
	]);
	const [worse, better] = lines(path, "--text", "text", "--question", "q");
	assert.ok(worse.sentiment.score < better.sentiment.score);
	assert.ok(worse.blind.score < better.blind.score, "the question is no score");
});

test("learns from the file's own scores, without letting them into the blind judgement", () => {
	const rows = [["rating", "review"]];
	// A word that no lexicon knows: here it is what unhappy customers say.
	for (let i = 0; i < 200; i++) rows.push([i % 2 ? 1 : 5, i % 2 ? `blorf on day ${i}` : `zindy on day ${i}`]);
	const path = write("own.csv", rows);
	const before = lines(path, "--text", "review", "--score", "rating");
	const after = lines(path, "--text", "review", "--score", "rating", "--learn");
	const mean = (all, rest, judge) => all.filter((_, i) => i % 2 === rest).reduce((sum, one) => sum + one[judge].score, 0) / 100;
	assert.ok(Math.abs(mean(before, 0, "sentiment") - mean(before, 1, "sentiment")) < 0.3);
	assert.ok(mean(after, 0, "sentiment") - mean(after, 1, "sentiment") > 0.6, "learnt");
	assert.deepEqual(after.map((one) => one.blind), before.map((one) => one.blind));
});

test("finds the columns by itself, whatever they are called", () => {
	const rows = [["id", "stars", "what people wrote"]];
	for (let i = 0; i < 30; i++) rows.push([1000 + i, (i % 5) + 1, i % 5 < 2 ? `The delivery came late again, day ${i}` : `Lovely staff and good prices, day ${i}`]);
	const whole = JSON.parse(must(write("named.csv", rows), "--json", "--score", "stars"));
	assert.equal(whole.comments, 30);
	assert.equal(whole.scores, 30);
	const low = Object.fromEntries(whole.groups.low.themes.map((t) => [t.theme, t]));
	assert.equal(low.delivery.comments, 12);
	assert.equal(low.delivery.share, 1);
	assert.ok(low.delivery.lo > 0.7 && low.delivery.hi === 1 && low.delivery.grade === "estimated");
	assert.ok(low.delivery.criticism >= 10);
	assert.ok(whole.groups.high.themes.some((t) => t.theme === "staff" && t.praise > 5));
});

test("reads themes of one's own, and says in which line they are wrong", () => {
	const path = write("drinks.csv", [["text"], ["the oat flat white is great"]]);
	const themes = write("themes.txt", ["[coffee]", "name: Coffee", "industries: all", "en: flat white, espresso"]);
	const [one] = lines(path, "--taxonomy", themes);
	assert.deepEqual(one.themes.map((t) => [t.theme, t.name, t.text]), [["coffee", "Coffee", "flat white"]]);
	const wrong = write("wrong.txt", ["[coffee]", "name: Coffee", "sedes: x"]);
	const ran = run(path, "--taxonomy", wrong);
	assert.notEqual(ran.status, 0);
	assert.match(ran.stderr, /wrong\.txt.*line 3/);
	assert.match(run(path, "--taxonomy", join(dir, "none.txt")).stderr, /no file/);
});

test("says what to do when a column is not there, nothing is text, or there is nothing to learn from", () => {
	const path = write("few.csv", [["score", "comment"], [9, "good"]]);
	assert.match(run(path, "--text", "coment").stderr, /coment/);
	assert.match(run(write("numbers.csv", [["a", "b"], [1, 2], [3, 4]])).stderr, /--text.*a, b/);
	assert.match(run(write("plain.csv", [["comment"], ["good food"]]), "--learn").stderr, /--learn needs scores/);
	assert.match(run(path, "--lang", "xx").stderr, /--lang/);
	assert.match(run(join(dir, "missing.csv")).stderr, /missing\.csv/);
	assert.equal(must(write("empty.csv", [["comment"], [""]])).includes("holds no texts"), true);
});

test("of calls the customer's turns count alone, told or found, and never where there are said to be none", () => {
	const call = "P1: The app is wonderful, I love it\nP2: The waiter was rude";
	const plain = "Agent: The app is wonderful, I love it\nCustomer: The waiter was rude\nAgent: Sorry\nCustomer: Bye";
	const path = write("calls.csv", [["comment"], [call], [plain]]);
	const parts = (...args) => lines(path, ...args).map((one) => [one.transcript, one.themes.some((t) => t.theme === "app")]);
	assert.deepEqual(parts(), [[null, true], [{ turns: 4, customer_turns: 2 }, false]]);
	assert.deepEqual(parts("--no-transcript"), [[null, true], [null, true]]);
	assert.deepEqual(parts("--transcript", "--customer", "P2, Customer"), [
		[{ turns: 2, customer_turns: 1 }, false],
		[{ turns: 4, customer_turns: 2 }, false],
	]);
	const unknown = write("unknown.csv", [["comment"], [call], [call]]);
	assert.match(run(unknown, "--transcript").stderr, /who is the customer\?.*P1, P2/);
	assert.match(run(unknown, "--customer", "P2").stderr, /--customer goes with --transcript/);
	assert.match(run(unknown, "--transcript", "--no-transcript").stderr, /contradict/);
});

test("one comment is told as one, and themes are announced only where there are any", () => {
	const page = must(write("few.csv", [["nps", "comment"], [2, "xyzzy"], [9, "The staff are very friendly and helpful"]]));
	assert.match(page, /Detractors: 1 comment speaks of no theme\n/);
	assert.match(page, /Promoters: what 1 comment speaks of\n +Staff/);
});

test("sums up for people: shares that name their whole, quotes, what goes with the score, what no theme covers", () => {
	const rows = [["nps", "comment"]];
	const said = ["Support is far too slow, ticket", "The app is easy to use, team", "Just an ordinary week, number"];
	for (let i = 0; i < 360; i++) rows.push([[2, 10, 8][(i % 10 === 9 ? i + 1 : i) % 3], `${said[i % 3]} ${i}`]);
	for (let i = 0; i < 40; i++) rows.push([5, `My grandmother collects purple umbrellas number ${i}`]);
	const page = must(write("whole.csv", rows), "--discover", "2");
	assert.match(page, /400 comments, 400 rows with a score of 0 to 10/);
	assert.match(page, /Detractors: what 160 comments speak of/);
	assert.match(page, /about \d+ %/);
	assert.match(page, /Speed of support +criticised -\d+ points/);
	assert.doesNotMatch(page, /App +praised/, "what the same comments say is told once");
	assert.match(page, /What no theme covers\n[^]*40 comments:.*umbrellas/);
	assert.match(page, /"Support is far too slow, ticket \d+" \(line \d+\)/);
	assert.doesNotMatch(page, /\x1b/);
});

test("knows exports of other tools by their headers, and takes no row of those for a comment", () => {
	const of = (name) => {
		const path = fileURLToPath(new URL(`exports/${name}.csv`, import.meta.url));
		const { comments, scores } = JSON.parse(must(path, "--json"));
		return { comments, scores, lines: lines(path).map((one) => [one.line, one.score]) };
	};
	assert.deepEqual(of("qualtrics"), { comments: 2, scores: 3, lines: [[4, 9], [5, 4], [6, undefined], [7, 7]] }, "nor a preview");
	assert.deepEqual(of("surveymonkey"), { comments: 2, scores: 4, lines: [[3, 10], [4, 8], [5, 0], [6, 9]] });
	const broken = write("broken.csv", ['"Bad" row', "comment", "The waiter was rude"]);
	assert.deepEqual(lines(broken).map((one) => [one.line, "unreadable" in one]), [[1, true], [3, false]], "a file whose first row is none is read all the same");
});

test("every row has its line, also one that is damaged, too large, or no row at all", () => {
	const large = `"too large\n${'a line, ""of"" it\n'.repeat(20000)}"`;
	const path = join(dir, "damaged.csv");
	const head = ["score,comment", "9,Großartige Küche", "8,schönes Zimmer", "7,sehr nett", "7,größer"];
	writeFileSync(path, Buffer.concat([
		Buffer.from(`${head.join("\n")}\n3,The caf`),
		Buffer.from([0xe9]),
		Buffer.from(` was dirty\n4,${large}\n2,The wai\0ter was rude\n"9"x,broken\n9,Great food\n5,"never closed\n10,Lovely staff\n`),
	]));
	const ran = run(path, "--json-lines");
	assert.equal(ran.status, 0, ran.stderr);
	const said = ran.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
	assert.deepEqual(said.map((one) => one.line), [2, 3, 4, 5, 6, 7, 20009, 20010, 20011, 20012, 20013]);
	const why = Object.fromEntries(said.filter((one) => one.unreadable).map((one) => [one.line, one.unreadable]));
	assert.deepEqual(Object.keys(why), ["7", "20010", "20012"]);
	assert.match(why[7], /^a cell is longer than 256 KiB/);
	assert.match(why[20012], /^a quote is never closed/);
	assert.equal("language" in said[5], false, "nothing is said of what cannot be read");
	assert.deepEqual([said[4].score, said[4].sentiment.label], [3, "negative"]);
	assert.match(ran.stderr, /3 rows are left out, 3 of them because they cannot be read \(the first in line 7/);
	assert.match(ran.stderr, /2 rows hold bytes that are no text, read as U\+FFFD \(the first in line 6\)/);
	assert.equal(JSON.parse(must(path, "--json")).unreadable, 3);
});

test("a preview that another tool marks as such is told apart from what cannot be read", () => {
	const path = fileURLToPath(new URL("exports/qualtrics.csv", import.meta.url));
	assert.match(lines(path).find((one) => one.line === 6).left_out, /preview/);
});

test("a first row of plain words is a comment where it looks like those below, or when somebody says so", () => {
	const of = (name, rows, ...args) => {
		const ran = run(write(name, rows), "--json-lines", ...args);
		assert.equal(ran.status, 0, ran.stderr);
		return [ran.stdout.trimEnd().split("\n").map((line) => JSON.parse(line).line), ran.stderr];
	};
	const plain = ["Great food here", "Bad service", "Nice place"];
	for (const args of [[], ["--text", "1"]]) {
		const [at, note] = of("plain.txt", plain, ...args);
		assert.deepEqual(at, [1, 2, 3]);
		assert.match(note, /first row is taken for a comment/);
	}
	assert.deepEqual(of("again.txt", ["Good", "Bad", "Good"])[0], [1, 2, 3]);
	assert.deepEqual(of("two.csv", [["Berlin", "The food was cold."], ["Rome", "Lovely staff"]])[0], [1, 2]);
	const [named, doubt] = of("doubt.txt", ["Stimmen", "Das Essen war kalt", "Nettes Personal"]);
	assert.deepEqual(named, [2, 3]);
	assert.match(doubt, /--no-header/);
	assert.deepEqual(of("doubt.txt", ["Bad service", "The food was cold", "Nice staff here"], "--no-header")[0], [1, 2, 3]);
	assert.match(of("hint.txt", ["I would recommend it", ...plain])[1], /--no-header/, "it may be one of those");
	for (const header of ["comment", "What did you like about us?", "guest_said"])
		assert.deepEqual(of("headed.txt", [header, ...plain]), [[2, 3, 4], ""], header);
	assert.deepEqual(of("numbered.csv", [["How many they were", "What they said then"], [3, "Great food here"], [4, "Bad service"]])[0], [2, 3]);
	assert.deepEqual(of("called.txt", ["Great food here", "Bad service today then"], "--text", "great food here")[0], [2]);
});

test("UTF-16 is read", () => {
	const path = join(dir, "unicode.txt");
	writeFileSync(path, Buffer.from("\ufeffscore\tcomment\r\n9\tGroßartig 😀\r\n1\tThe waiter was rude\r\n", "utf16le"));
	assert.deepEqual(lines(path).map((one) => [one.line, one.score, one.sentiment.label]), [[2, 9, "positive"], [3, 1, "negative"]]);
});

test("says what it cannot do instead of passing it over", () => {
	const path = write("english.csv", [["score", "comment"], [9, "The food was wonderful and the staff friendly"], [2, "The waiter was rude and the room dirty"]]);
	assert.match(run(path, "--lang", "xx").stderr, /no language that Heed reads; those are en, de/);
	assert.match(run(path, "--json", "--json-lines").stderr, /ask for one/);
	for (const scale of ["1-10", "0-5"]) assert.match(run(path, "--scale", scale).stderr, /--scale is 0-10 or 1-5/);
	const greek = write("greek.csv", [["comment"], ["Ο καιρός είναι πολύ καλός σήμερα"], ["Το φαγητό ήταν πολύ κρύο"]]);
	assert.match(run(greek).stderr, /2 of 2 comments are in no language that is read/);
	const few = run(path, "--learn");
	assert.equal(few.status, 0);
	assert.match(few.stderr, /nothing was learnt: .* 1 with a low score and 1 with a high one, and it takes 20 of each/);
	assert.doesNotMatch(few.stdout, /learnt/i);
});

test("the page tells of passives, too, lowers letters as Unicode does, and says when what goes with the score may be nothing", () => {
	const rows = [["nps", "comment"]];
	for (let i = 0; i < 60; i++) rows.push([2, `O cardÁpio é ruim e a comida estava fria ${i}`], [8, `O quarto era normal ${i}`], [10, `A equipe é ótima ${i}`]);
	const page = must(write("passives.csv", rows));
	assert.match(page, /Detractors: what 60[^]*Passives: 60 comments speak of no theme[^]*Promoters: what 60/);
	assert.match(page, /Says more than others:.*cardápio/);
	// Nearly all who are rude about the room are so about support, too: what the room adds is little and unsure.
	const both = [["nps", "comment"]];
	const add = (text, many, low) => {
		for (let i = 0; i < many; i++) both.push([i < low ? 2 : 10, `${text} ${both.length}`]);
	};
	add("Support is far too slow and the room was dirty, day", 60, 54);
	add("Support is far too slow, day", 30, 27);
	add("The room was dirty, day", 10, 2);
	add("Just an ordinary week, number", 120, 20);
	const unsure = must(write("unsure.csv", both));
	assert.match(unsure, /Speed of support +criticised -\d+ points \(-\d+ to -\d+\)/);
	assert.match(unsure, /Room and bed +criticised [+-]\d+ points \(-\d+ to \+\d+: may be none\)/);
});
