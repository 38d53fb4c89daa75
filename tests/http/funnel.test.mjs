// How far people come with a survey: displays once for each page, and answers by channel.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => (heed = await start()));
after(() => heed?.stop());

/** As a page makes it: six bytes of milliseconds, twelve random ones. */
function pageNumber(at = Date.now()) {
	const bytes = Buffer.concat([Buffer.alloc(8), randomBytes(12)]);
	bytes.writeBigUInt64BE(BigInt(at));
	return bytes.subarray(2).toString("base64url");
}

async function post(path, fields, { json = true } = {}) {
	const r = await heed.ask("POST", path, new URLSearchParams(fields).toString(), {
		key: null,
		headers: {
			"Content-Type": "application/x-www-form-urlencoded",
			...(json && { Accept: "application/json" }),
		},
	});
	assert.ok(r.status < 400, `${r.status} ${r.text}`);
	return r;
}

async function shown(path, fields) {
	assert.equal((await post(`${path}/shown`, fields)).status, 204);
}

const questions = [
	{ key: "ease", kind: "rating", text: "How easy was it?" },
	{ key: "why", kind: "rating", text: "How bad was it?", groups: ["detractors"] },
];

async function makeSurvey(slug, definition = {}) {
	const r = await heed.post("/api/v1/surveys", { name: slug, slug, state: "live", definition });
	assert.equal(r.status, 201, r.text);
	return { id: r.json.id, path: r.json.url.slice(heed.url.length) };
}

const person = { js: "1", proof: "tap" };
const funnel = async (id, query = "") => {
	const r = await heed.get(`/api/v1/surveys/${id}/funnel${query}`);
	assert.equal(r.status, 200, r.text);
	return r.json;
};

test("a page counts once, however often and in whatever order display and answer say so", async () => {
	const { id, path } = await makeSurvey("once");
	const n = pageNumber();
	await shown(path, { n });
	await shown(path, { n });
	await post(path, { n, score: "9", ...person });
	await shown(path, { n });
	const second = pageNumber();
	await post(path, { n: second, score: "3", ...person });
	await shown(path, { n: second });
	await Promise.all(Array.from({ length: 20 }, () => shown(path, { n: pageNumber() })));
	const { all, channels } = await funnel(id);
	assert.deepEqual([all.shown, all.started, all.scored], [22, 2, 2]);
	assert.deepEqual(channels.map((part) => part.channel), ["link"]);
	assert.ok(all.shown_since);
});

test("what is no number of a page, too old, of the future or of no survey counts nothing", async () => {
	const { id, path } = await makeSurvey("wrong");
	for (const n of ["", "x", "a".repeat(24), pageNumber(Date.now() - 3 * 86_400_000), pageNumber(Date.now() + 86_400_000)])
		await shown(path, { n });
	await shown("/s/no-such-survey", { n: pageNumber() });
	await shown("/r/forged", { n: pageNumber() });
	assert.equal((await heed.ask("GET", `${path}/shown`, undefined, { key: null })).status, 405);
	await heed.ask("GET", path, undefined, { key: null });
	const { all, channels } = await funnel(id);
	assert.equal(all.shown, null);
	assert.deepEqual(channels, []);
});

test("each step has its count by channel, and each further question those who were asked it", async () => {
	const { id, path } = await makeSurvey("steps", { questions });
	const take = (channel, fields) => post(path, { n: pageNumber(), p_channel: channel, ...person, ...fields });
	for (let i = 0; i < 5; i++) await shown(path, { n: pageNumber(), c: "qr", s: "Counter 1" });
	await take("qr", { score: "9", comment: "Fine", a_ease: "5", done: "1" });
	await take("qr", { score: "2", a_ease: "1" });
	await take("mail", { score: "3", a_why: "4", done: "1" });
	await take("mail", { comment: "No number" });
	await take("mail", { score: "8", proof: "" }); // a program, maybe
	await post(path, { n: pageNumber(), p_channel: "qr", dismissed: "1", ...person });
	await heed.post("/api/v1/responses", { survey: "steps", score: 10, channel: "api" });
	await heed.post("/api/v1/responses", { survey: "steps", score: 10, channel: "qr", test: true });
	const { all, channels } = await funnel(id);
	const of = (name) => channels.find((part) => part.channel === name);
	const steps = ({ shown, started, scored, commented, completed, dismissed, left_out }) =>
		[shown, started, scored, commented, completed, dismissed, left_out];
	assert.deepEqual(steps(of("qr")), [8, 2, 2, 1, 1, 1, 0]);
	assert.deepEqual(steps(of("mail")), [2, 2, 1, 1, 1, 0, 1]);
	assert.deepEqual(steps(of("api")), [null, 1, 1, 0, 0, 0, 0]);
	assert.deepEqual(steps(all), [10, 4, 3, 2, 2, 1, 1]);
	const asked = (part) => part.questions.map((q) => [q.key, q.asked, q.answered]);
	assert.deepEqual(asked(of("qr")), [["ease", 2, 2], ["why", 1, 0]]);
	assert.deepEqual(asked(of("mail")), [["ease", 1, 0], ["why", 1, 1]]);
	assert.deepEqual((await funnel(id, "?channel=mail")).channels, [of("mail")]);
	const told = await funnel(id);
	const { slug } = (await heed.get(`/api/v1/surveys/${id}`)).json;
	const named = await funnel(slug);
	assert.deepEqual([named.survey_id, named.figure, named.all], [told.survey_id, told.figure, told.all]);
	assert.equal((await heed.get("/api/v1/surveys/no-such-survey/funnel")).status, 404);
	assert.deepEqual([told.figure.responses, told.figure.people, told.figure.clusters, told.figure.effective_n], [4, 4, 4, 4]);
	assert.deepEqual(told.left_out, { excluded: 0, unconfirmed: 1, test: 1, dismissed: 1, deleted: 0, without_score: 1 });
	assert.deepEqual([told.part.kind, told.part.touchpoint, told.time_zone], ["relationship", null, (await heed.get("/api/v1/workspace")).json.time_zone]);
	assert.ok(told.query_us > 0 && told.as_of);
	assert.equal((await heed.get(told.figure.answers_path)).json.responses.length, 4);
	const mail = await funnel(id, "?channel=mail");
	assert.deepEqual([mail.figure.responses, mail.left_out.unconfirmed, mail.left_out.without_score, mail.left_out.test], [1, 1, 1, 0]);
	await heed.ask("DELETE", `/api/v1/surveys/${id}`);
	const binned = await funnel(id);
	assert.deepEqual([binned.part, binned.figure.responses, binned.figure.answers_path, binned.all.scored], [null, 0, null, 3]);
	assert.equal((await heed.get(`/api/v1/surveys/${id}/funnel?brand=1`)).status, 422);
});

test("a period has its own displays, answers and links", async () => {
	const { id, path } = await makeSurvey("period");
	await shown(path, { n: pageNumber() });
	await post(path, { n: pageNumber(), score: "9", ...person });
	const { time_zone } = (await heed.get("/api/v1/workspace")).json;
	const day = (ms) => new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: time_zone }).format(ms);
	const today = await funnel(id, `?from=${day(Date.now())}&to=${day(Date.now())}`);
	assert.deepEqual([today.all.shown, today.all.scored], [2, 1]);
	const before_ = await funnel(id, `?to=${day(Date.now() - 3 * 86_400_000)}`);
	assert.deepEqual([before_.all.shown, before_.all.scored], [0, 0]);
});

test("a personal link is one that was sent, and its page counts under its channel", async () => {
	const { id } = await makeSurvey("sent");
	const links = [];
	for (let i = 0; i < 4; i++) {
		const r = await heed.post("/api/v1/links", { survey: "sent", channel: "sms" });
		assert.equal(r.status, 201, r.text);
		links.push(r.json);
	}
	const [first, second] = links.map((link) => new URL(link.url).pathname);
	await shown(first, { n: pageNumber(), c: "forged" });
	await post(second, { n: pageNumber(), score: "7", ...person });
	await heed.ask("DELETE", `/api/v1/links/${links[3].id}`);
	const { all, channels } = await funnel(id);
	assert.deepEqual(channels.map((part) => part.channel), ["sms"]);
	assert.deepEqual([all.sent, all.sent_scored, all.shown, all.scored], [3, 1, 2, 1]);
});

test("of very many answers, many of one instant, each counts once", async () => {
	const { id } = await makeSurvey("many", { questions: [questions[0]] });
	const rows = Array.from({ length: 11_003 }, (_, i) => `${i % 11},2026-01-0${1 + (i % 2)}T10:00:00Z,${["qr", "mail"][i % 3 ? 1 : 0]}`);
	const file = join(heed.dir, "many.csv");
	writeFileSync(file, `score,date,channel\n${rows.join("\n")}\n`);
	heed.mustRun("import", file, "--survey", "many");
	const { all, channels } = await funnel(id);
	const of = (name) => rows.filter((row) => row.endsWith(name)).length;
	assert.deepEqual([all.started, all.scored, all.questions[0].asked, all.questions[0].answered], [11_003, 11_003, 11_003, 0]);
	assert.deepEqual(channels.map((part) => [part.channel, part.scored]), [["mail", of("mail")], ["qr", of("qr")]]);
	const second = await funnel(id, "?from=2026-01-02&to=2026-01-02");
	assert.equal(second.all.scored, rows.filter((row) => row.includes("2026-01-02")).length);
});

test("a team whose scope looks at properties sees its answers, and no displays", async () => {
	const { id, path } = await makeSurvey("scoped", { properties: ["city"] });
	for (const city of ["Berlin", "Munich", "Munich"])
		await post(path, { n: pageNumber(), score: "9", p_city: city, ...person });
	const seen = async (email, name, scope) => {
		await heed.post("/api/v1/teams", { name, scope });
		return heed.get(`/api/v1/surveys/${id}/funnel`, await heed.member(email, "viewer", name));
	};
	const berlin = await seen("berlin@example.com", "Berlin", { properties: { city: ["Berlin"] } });
	assert.deepEqual([berlin.json.all.shown, berlin.json.all.sent, berlin.json.all.scored], [null, null, 1]);
	const other = await seen("other@example.com", "Other", { surveys: ["once"] });
	assert.equal(other.status, 404);
});

test("displays go with a backup", async () => {
	const { id, path } = await makeSurvey("kept");
	await shown(path, { n: pageNumber() });
	const file = `${heed.dir}/backup.db`;
	heed.mustRun("backup", file);
	const { execFileSync } = await import("node:child_process");
	const count = execFileSync("sqlite3", [file, `SELECT SUM(displays) FROM survey_display WHERE survey_id = ${id}`], { encoding: "utf8" });
	assert.equal(count.trim(), "1");
});
