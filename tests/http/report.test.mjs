// heed report against an implementation of its own, and as a person sees it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { design } from "./definition.mjs";
import { program } from "./harness.mjs";

const dir = mkdtempSync(join(tmpdir(), "heed-report-"));
after(() => rmSync(dir, { recursive: true, force: true }));

function report(rows, ...args) {
	const path = join(dir, "file.csv");
	writeFileSync(path, rows.join("\n"));
	const run = spawnSync(program, ["report", path, ...args], { encoding: "utf8", cwd: dir });
	assert.equal(run.status, 0, run.stderr);
	return run.stdout;
}

const figure = (rows, ...args) => JSON.parse(report(rows, "--json", ...args));

/* ---- the definition, written a second time, straight from its words */

/** Lentz's continued fraction of the incomplete beta function. */
function betaFraction(x, a, b) {
	let c = 1;
	let d = 1 / (1 - ((a + b) * x) / (a + 1));
	let h = d;
	for (let m = 1; m < 500; m++) {
		let k = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / (1 + k * d);
		c = 1 + k / c;
		h *= d * c;
		k = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / (1 + k * d);
		c = 1 + k / c;
		h *= d * c;
		if (Math.abs(d * c - 1) < 1e-15) break;
	}
	return h;
}

/** Lanczos. */
function logGamma(z) {
	const g = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
	const x = z - 1;
	let sum = 0.99999999999980993;
	g.forEach((value, i) => (sum += value / (x + i + 1)));
	const t = x + 7.5;
	return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

function incompleteBeta(x, a, b) {
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
	return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Student's t at 97.5 %, by halving. */
function studentT(degrees) {
	let low = 0;
	let high = 1000;
	for (let i = 0; i < 200; i++) {
		const t = (low + high) / 2;
		const below = 1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
		if (below < 0.975) low = t;
		else high = t;
	}
	return low;
}

/** answers: [cluster or null, score] */
function definition(answers) {
	const x = answers.map(([, score]) => (score >= 9 ? 1 : score <= 6 ? -1 : 0));
	const { n, k, mean, deff, degrees } = design(answers.map(([cluster], i) => [cluster ?? `alone ${i}`, x[i]]));
	const p = x.filter((v) => v === 1).length / deff;
	const d = x.filter((v) => v === -1).length / deff;
	const m = n / deff + 3;
	const [pa, da] = [(p + 0.75) / m, (d + 0.75) / m];
	const half = (k < n ? studentT(degrees) : 1.959963984540054) * Math.sqrt((pa + da - (pa - da) ** 2) / m);
	return { nps: 100 * mean, lo: Math.max(-100, 100 * (pa - da - half)), hi: Math.min(100, 100 * (pa - da + half)), k };
}

/** Seeded. */
function random(seed) {
	let s = seed;
	return () => {
		s = (s + 0x6d2b79f5) | 0;
		let t = Math.imul(s ^ (s >>> 15), 1 | s);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

test("the helper of this test knows Student's t from the tables", () => {
	for (const [degrees, t] of [[1, 12.7062], [2, 4.3027], [5, 2.5706], [19, 2.093], [99, 1.9842]])
		assert.ok(Math.abs(studentT(degrees) - t) < 1e-4, `${degrees}: ${studentT(degrees)}`);
});

test("an implementation of its own gives the same figures", () => {
	for (let seed = 1; seed <= 25; seed++) {
		const r = random(seed);
		const n = 5 + Math.floor(r() * 300);
		const people = 2 + Math.floor(r() * n);
		const named = r();
		const answers = [];
		for (let i = 0; i < n; i++) {
			const person = Math.floor(r() * people);
			const score = r() < 0.5 ? (person * 7) % 11 : Math.floor(r() * 11);
			answers.push([r() < named ? `p${person}@example.com` : null, score]);
		}
		const expected = definition(answers);
		const got = figure(["score,email", ...answers.map(([who, score]) => `${score},${who ?? ""}`)], "--scale", "0-10");
		assert.equal(got.responses, n);
		assert.equal(got.people, expected.k);
		for (const [value, wanted] of [[got.nps, expected.nps], [got.interval[0], expected.lo], [got.interval[1], expected.hi]])
			assert.ok(Math.abs(value - wanted) <= 0.05 + 1e-9, `seed ${seed}: ${value} and ${wanted}`);
	}
});

test("accounts hold together before people do", () => {
	const rows = ["score,email,account"];
	for (let i = 0; i < 40; i++) rows.push(`${i % 8 < 5 ? 10 : 2},p${i}@example.com,A${i % 8}`);
	const expected = definition(rows.slice(1).map((row) => [row.split(",")[2], Number(row.split(",")[0])]));
	const got = figure(rows);
	assert.deepEqual([got.people, got.responses], [40, 40]);
	assert.ok(Math.abs(got.interval[0] - expected.lo) <= 0.051 && Math.abs(got.interval[1] - expected.hi) <= 0.051);
});

test("the page fits 80 columns, has no colour in a pipe, and ends in a plain sentence", () => {
	const rows = ["score,date"];
	for (let i = 0; i < 400; i++) rows.push(`${[10, 9, 8, 10, 3][i % 5]},2025-${String(1 + (i % 12)).padStart(2, "0")}-10`);
	rows.push("11,2025-01-01");
	const page = report(rows);
	for (const line of page.split("\n")) assert.ok([...line].length <= 80, line);
	assert.doesNotMatch(page, /\u001b/);
	assert.match(page, /^  40\.0 {3}likely between 3\d\.\d and 4\d\.\d$/m);
	assert.match(page, /^  10  █{44} +160 {2} 40 %$/m);
	assert.match(page, /^  by month, 2025-01-01 to 2025-12-31: between -?\d+ and \d+$/m);
	assert.match(page, /Of 100 customers who answered, 60 would recommend you and 20 would not;\n.*likely between 3\d and 4\d\./);
	assert.match(page, /11 is not between 0 and 10/);
	assert.doesNotMatch(page, /Wald|interval|confidence|deviation|significan/i);
});

test("few answers get words instead of a score", () => {
	assert.match(report(["score", "9", "10", "3", "8"]), /4 answers so far: a score is shown from 5 answers on/);
	assert.equal(figure(["score", "9", "10", "3", "8"]).nps, null);
	assert.match(report(["score", "9", "10", "3", "8", "10"]), /a rough first look/);
	assert.match(report(["score,comment", ",nice"], "--map", "score=score"), /No answers with a score yet/);
});

test("nothing in a file speaks to the terminal", () => {
	const page = report(["score,comment", "\u001b[31m9\u001b]0;x\u0007,a", "9,b", "9,c", "9,d", "9,e", "8,f"]);
	assert.doesNotMatch(page, /[\u0000-\u0009\u000b-\u001f]/);
});
