// Files as other tools write them: each is known by its header, and its answers arrive as they were given. The files in
// exports/ are made up; only the shape of their headers is that of the tools.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

const folder = new URL("./exports/", import.meta.url).pathname;

async function answersOf(name, ...args) {
	const run = heed.command("import", join(folder, `${name}.csv`), "--survey", name.replace("_", "-"), ...args);
	assert.equal(run.status, 0, run.stderr);
	const list = await heed.get(`/api/v1/responses?survey=${name.replace("_", "-")}&limit=100`);
	const all = await Promise.all(list.json.responses.map(async (r) => (await heed.get(`/api/v1/responses/${r.id}`)).json));
	all.sort((a, b) => a.submitted_at.localeCompare(b.submitted_at));
	return { all, out: run.stdout, err: run.stderr };
}

/** What a person is known by. */
const known = (a, kind) => a.person.identities.find((i) => i.kind === kind)?.value;
const short = (all) => all.map((a) => [a.submitted_at.slice(0, 19), a.score, a.comment]);

test("Delighted", async () => {
	const { all, out } = await answersOf("delighted");
	assert.match(out, /An export of Delighted/);
	assert.deepEqual(short(all), [
		["2026-02-03T08:15:00", 10, 'Quick, and kind "as always"'],
		["2026-02-04T23:30:00", 9, null],
		["2026-02-05T09:00:00", 7, "Fine so far"],
		["2026-02-06T10:45:00", 3, "Two lines:\nthe invoice was wrong"],
		["2026-02-06T11:00:00", 0, '=HYPERLINK("http://x")'],
	]);
	assert.equal(known(all[0], "email"), "ada@example.com");
	assert.equal(all[0].person.name, "Ada Blau");
	assert.equal(all[0].channel, "Email");
	assert.equal(known(all[2], "phone"), "+4930222222");
	assert.deepEqual([all[0].properties.Plan, all[0].properties.Country, all[0].properties.Tags], ["Pro", "DE", "vip"]);
	const again = heed.command("import", join(folder, "delighted.csv"), "--survey", "delighted");
	assert.match(again.stdout, /0 new, 5 known before/);
	const edited = join(heed.dir, "edited.csv");
	writeFileSync(edited, readFileSync(join(folder, "delighted.csv"), "utf8").replace("Fine so far", "Fine so far!"));
	assert.match(heed.command("import", edited, "--survey", "delighted").stdout, /0 new, 5 known before/, "by its id");
});

test("SurveyMonkey, with its second row and its questions of several columns", async () => {
	const { all, out } = await answersOf("surveymonkey");
	assert.match(out, /An export of SurveyMonkey/);
	assert.deepEqual(short(all), [
		["2026-02-13T09:12:40", 10, "They call back"],
		["2026-02-14T00:03:05", 8, null],
		["2026-02-14T13:01:00", 0, "Slow, slow"],
		["2026-02-15T13:01:00", 9, null],
	]);
	assert.deepEqual([all[0].person.name, known(all[0], "email"), all[1].person.name], ["Ada Blau", "ada@example.com", "Bo"]);
	assert.equal(all[0].properties["Which of these did you use?: Phone"], "Phone");
	assert.equal(all[0].properties["Which of these did you use?: Shop"], "Shop");
	assert.ok(!JSON.stringify(all).includes("192.0.2."), "addresses of the network are left out");
});

test("Typeform, whose times are of UTC wherever the workspace is", async () => {
	const me = (await heed.get("/api/v1/workspace")).json;
	await heed.ask("PATCH", "/api/v1/workspace", { time_zone: "Asia/Tokyo" });
	const { all, out } = await answersOf("typeform");
	await heed.ask("PATCH", "/api/v1/workspace", { time_zone: me.time_zone });
	assert.match(out, /An export of Typeform/);
	assert.deepEqual(short(all), [
		["2026-03-01T23:10:00", 10, "So easy"],
		["2026-03-02T08:01:30", 6, null],
		["2026-03-02T09:01:30", 2, "Too dear"],
	]);
	assert.equal(all[0].properties.plan, "pro");
	assert.ok(!("Network ID" in all[0].properties));
});

test("Qualtrics, with its three rows, its own time zone, and without its previews", async () => {
	const { all, out, err } = await answersOf("qualtrics");
	assert.match(out, /An export of Qualtrics/);
	assert.match(err, /its status is "Survey Preview"/);
	assert.deepEqual(short(all), [
		["2026-01-10T15:02:00", 9, "Nothing"],
		["2026-01-10T16:02:00", 4, "Antworten Sie schneller"],
		["2026-07-10T16:00:20", 7, null],
	]);
	assert.deepEqual([all[0].person.name, known(all[0], "external_id")], ["Ada Blau", "K-1"]);
	assert.deepEqual([all[0].language, all[0].channel, all[0].properties.Plan], ["EN", "email", "pro"]);
	assert.ok(!JSON.stringify(all).includes("192.0.2."));
	assert.ok(!JSON.stringify(all).includes("52.5"));
});

test("Google Forms, in German", async () => {
	const { all, out } = await answersOf("google_forms");
	assert.match(out, /An export of Google Forms/);
	assert.deepEqual(short(all), [
		["2026-05-01T07:08:07", 9, "Alles gut"],
		["2026-05-01T22:30:00", 5, null],
		["2026-05-02T21:30:00", 10, "Schnell"],
	]);
	assert.equal(known(all[0], "email"), "ada@example.com");
	assert.equal(all[1].properties["In welcher Stadt wohnen Sie?"], "Bonn");
});

test("a file of nobody's is no export, and --preset says otherwise", () => {
	const path = join(heed.dir, "plain.csv");
	writeFileSync(path, "score,comment,date\n9,good,2026-01-02\n");
	assert.doesNotMatch(heed.mustRun("import", path, "--dry-run"), /An export of/);
	assert.match(heed.mustRun("import", path, "--dry-run", "--preset", "delighted"), /An export of Delighted/);
	const other = heed.mustRun("import", join(folder, "delighted.csv"), "--dry-run", "--preset", "none");
	assert.doesNotMatch(other, /An export of/);
	assert.match(heed.command("import", path, "--dry-run", "--preset", "x").stderr, /a preset is auto, none, delighted/);
	assert.match(heed.mustRun("report", join(folder, "surveymonkey.csv")), /4/);
});
