// Comments that are there before the server starts are learnt from first and then read once, by what they taught, with a reason; a
// later reading says its own.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EMAIL, freshData, mustRun, PASSWORD, serve, until, WORKSPACE } from "./harness.mjs";

const things = ["desk", "lamp", "table", "sofa", "bed", "shelf", "door"];
const colours = { 10: "blue", 0: "green" };
let heed;

async function made(promise) {
	const r = await promise;
	assert.ok(r.status < 300, `${r.status} ${r.text}`);
	return r.json;
}
const get = (path) => made(heed.get(`/api/v1/${path}`));
const status = () => get("reading/status");
/** As after `heed init` and `heed import`: nobody has read anything. */
async function begin(rows) {
	const fresh = freshData();
	mustRun(fresh, "init", "--workspace", WORKSPACE, "--email", EMAIL, "--password-stdin", { input: `${PASSWORD}\n` });
	const key = mustRun(fresh, "key", "create", "--workspace", WORKSPACE, "--scope", "admin");
	mustRun(fresh, "survey", "create", "-", { input: JSON.stringify({ name: "Old", slug: "old", state: "live" }) });
	const lines = Array.from({ length: rows }, (_, i) => {
		const score = i % 2 ? 10 : 0;
		return `${score},"It was the ${colours[score]} ${things[i % 7]} number ${i}.",en,2026-03-01`;
	});
	const file = join(fresh.dir, "old.csv");
	writeFileSync(file, `score,comment,language,submitted_at\n${lines.join("\n")}\n`);
	mustRun(fresh, "import", file, "--survey", "old");
	heed = Object.assign(await serve(fresh), { key });
}

test("many comments that nobody has read are read once, by what their scores taught", async (t) => {
	await begin(10_000);
	t.after(() => heed.stop());
	const seen = [];
	const first = await until(status, (now) => {
		seen.push(now);
		return now.state === "done" && now.total > 0;
	});
	assert.deepEqual([first.reason, first.learns_first, first.done, first.total], ["first", false, 10_000, 10_000]);
	assert.ok(seen.some((now) => now.learns_first && now.state === "runs" && now.done === 0), "it waited, and said so");
	for (const now of seen) assert.ok(now.state !== "runs" || now.reason === "first", JSON.stringify(now));
	const learnt = await get("reading/learnt");
	assert.deepEqual([learnt.version.scores_used, learnt.version.read_again], [true, true]);
	assert.equal(learnt.there_is.comments, 10_000);
	assert.ok(learnt.version.learnt_at <= first.began_at, "the reading began when it was learnt");
	const { responses } = await get("responses?limit=50");
	for (const { score, reading } of responses) assert.equal(reading.sentiment.label, score > 5 ? "positive" : "negative");
	// The same lesson a second time is no other version, so the night has nothing to read again.
	await made(heed.post("/api/v1/reading/learn"));
	const again = await until(() => get("reading/learnt"), (l) => l.state === "rests" && l.looked_at !== learnt.looked_at);
	assert.equal(again.version.number, learnt.version.number);
	assert.equal((await status()).began_at, first.began_at);
	await made(heed.post("/api/v1/reading/again"));
	const asked = await until(status, (now) => now.state === "done");
	assert.equal(asked.reason, "asked");
	await made(heed.post("/api/v1/themes", { name: "Colours", seeds: "en: blue, green" }));
	const words = await until(status, (now) => now.state === "done" && now.reason !== "asked");
	assert.equal(words.reason, "words");
});

test("fewer comments are read at once", async (t) => {
	await begin(1000);
	t.after(() => heed.stop());
	const seen = [];
	await until(status, (now) => {
		seen.push(now);
		return now.state === "done" && now.total > 0;
	});
	for (const now of seen) assert.equal(now.learns_first, false, "nothing is waited for");
});
