// Who answers through the widget: only whom the customer's own server signed, and nobody else.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed, secret;
const DAY = 86400;
const now = () => Math.floor(Date.now() / 1000);
const sign = (key, person, expires) => createHmac("sha256", key).update(`${person}\n${expires}`).digest("hex");

before(async () => {
	heed = await start(null);
	const r = await heed.post("/api/v1/surveys", { name: "All", slug: "all", state: "live" });
	assert.equal(r.status, 201, r.text);
});
after(() => heed?.stop());

const options = {
	key: null,
	headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json", Origin: "https://shop.example" },
};

async function widget() {
	const r = await heed.get("/s/all/widget", { key: null });
	assert.equal(r.status, 200, r.text);
	return JSON.parse(r.text);
}

/** Answers as the widget does; gives the reply and the stored answer with its person. */
async function answer(claim, path = "/s/all") {
	const { n, v } = await widget();
	const fields = { n, v, js: 1, proof: "tap", p_channel: "in-app", score: 9, ...claim };
	const r = await heed.post(path, new URLSearchParams(fields).toString(), options);
	assert.equal(r.status, 200, r.text);
	const reply = JSON.parse(r.text);
	const [stored] = (await heed.get("/api/v1/responses?survey=all")).json.responses;
	assert.equal(stored.channel, "in-app");
	const person = stored.person_id && (await heed.get(`/api/v1/people/${stored.person_id}`)).json;
	return { reply, stored, external: person?.identities?.find((one) => one.kind === "external_id")?.value ?? null, headers: r.headers };
}

test("there is no secret until one is made; then all its characters are the key", async () => {
	assert.deepEqual((await heed.get("/api/v1/identity-secret")).json, { secret: null, created_at: null, previous_until: null });
	const expires = now() + DAY;
	const unsigned = await answer({ person: "u-1", expires, signature: sign("", "u-1", expires) });
	assert.equal(unsigned.reply.identity, "none");
	assert.equal(unsigned.stored.person_id, null);
	const made = await heed.post("/api/v1/identity-secret", {});
	assert.equal(made.status, 201);
	secret = made.json.secret;
	assert.match(secret, /^hi_[\w-]{43}$/);
	assert.equal((await heed.get("/api/v1/identity-secret")).json.secret, secret);
});

test("a signed person answers as that person", async () => {
	const expires = now() + DAY;
	for (const person of ["u-1", "Müller & Söhne/7"]) {
		const { reply, external } = await answer({ person, expires, signature: sign(secret, person, expires) });
		assert.equal(reply.identity, null);
		assert.equal(external, person);
	}
});

test("a signature that does not hold leaves the answer without a person, and says why", async () => {
	const [soon, past, far] = [now() + DAY, now() - 1, now() + 40 * DAY];
	const good = sign(secret, "u-1", soon);
	for (const [claim, why] of [
		[{ person: "u-2", expires: soon, signature: good }, "signature"],
		[{ person: "u-1", expires: soon + 1, signature: good }, "signature"],
		[{ person: "u-1", signature: good }, "signature"],
		[{ person: "u-1", expires: soon }, "signature"],
		[{ person: "u-1", expires: soon, signature: `${good}00` }, "signature"],
		[{ person: "u-1", expires: soon, signature: good.slice(2) }, "signature"],
		[{ person: "u-1", expires: soon, signature: "zz".repeat(32) }, "signature"],
		[{ person: "u-1", expires: soon, signature: sign("hi_wrong", "u-1", soon) }, "signature"],
		[{ person: "u-1", expires: "never", signature: sign(secret, "u-1", "never") }, "signature"],
		[{ person: "u-1", expires: past, signature: sign(secret, "u-1", past) }, "expired"],
		[{ person: "u-1", expires: far, signature: sign(secret, "u-1", far) }, "too_far"],
		[{ person: "u".repeat(257), expires: soon, signature: sign(secret, "u".repeat(257), soon) }, "signature"],
		[{ person: "u-1\n9", expires: soon, signature: sign(secret, "u-1\n9", soon) }, "signature"],
	]) {
		const { reply, stored } = await answer(claim);
		assert.equal(reply.identity, why, JSON.stringify(claim));
		assert.equal(stored.person_id, null, JSON.stringify(claim));
		assert.equal(stored.score, 9);
	}
});

test("without a claim nothing is said of one", async () => {
	const { reply, stored } = await answer({});
	assert.ok(!("identity" in reply));
	assert.equal(stored.person_id, null);
});

test("an answer that has its person cannot be given another by its handle", async () => {
	const expires = now() + DAY;
	const first = await answer({ person: "u-1", expires, signature: sign(secret, "u-1", expires) });
	const body = new URLSearchParams({ js: 1, proof: "tap", score: 2, person: "u-2", expires, signature: sign(secret, "u-2", expires) });
	const r = await heed.post(first.reply.path, body.toString(), options);
	assert.equal(r.status, 200);
	const after_ = (await heed.get(`/api/v1/responses/${first.stored.id}`)).json;
	assert.equal(after_.person_id, first.stored.person_id);
	assert.equal(after_.score, 2);
});

test("after a change of the secret the one before it is taken for a day, or not at all", async () => {
	const expires = now() + DAY;
	const old = { person: "u-1", expires, signature: sign(secret, "u-1", expires) };
	const changed = (await heed.post("/api/v1/identity-secret", {})).json;
	assert.notEqual(changed.secret, secret);
	assert.ok(Date.parse(changed.previous_until) > Date.now());
	assert.equal((await answer(old)).external, "u-1");
	const again = (await heed.post("/api/v1/identity-secret", { at_once: true })).json;
	assert.equal(again.previous_until, null);
	assert.equal((await answer(old)).reply.identity, "signature");
	const between = { person: "u-1", expires, signature: sign(changed.secret, "u-1", expires) };
	assert.equal((await answer(between)).reply.identity, "signature");
	assert.equal((await answer({ person: "u-3", expires, signature: sign(again.secret, "u-3", expires) })).external, "u-3");
	const { entries } = (await heed.get("/api/v1/audit")).json;
	assert.equal(entries.filter((one) => one.action === "identity_secret.make").length, 3);
	assert.ok(!JSON.stringify(entries).includes("hi_"));
});

test("the secret is in a backup, so that what customers have set up keeps working", async (t) => {
	const { secret: now_ } = (await heed.get("/api/v1/identity-secret")).json;
	const file = `${heed.dir}/backup.db`;
	heed.mustRun("backup", file);
	const { spawnSync } = await import("node:child_process");
	const row = spawnSync("sqlite3", [file, "SELECT COUNT(*) FROM identity_secret"], { encoding: "utf8" });
	assert.equal(row.stdout.trim(), "1");
	assert.ok(now_);
	t.diagnostic("restoring is the catalog's: tests/http/backup.test.mjs");
});

test("pages of every origin may read what the widget reads, and nothing else", async () => {
	const open = async (path, more = {}) => (await heed.get(path, { key: null, headers: { Origin: "https://shop.example" }, ...more })).headers;
	for (const path of ["/w.js", "/s/all/widget", "/s/nothing/widget"])
		assert.equal((await open(path))["access-control-allow-origin"], "*", path);
	assert.equal((await open("/w.js"))["cross-origin-resource-policy"], "cross-origin");
	for (const path of ["/s/all", "/api/v1/surveys", "/api/v1/me", "/"])
		assert.ok(!("access-control-allow-origin" in (await open(path))), path);
	const { headers } = await answer({});
	assert.equal(headers["access-control-allow-origin"], "*");
	assert.ok(!("access-control-allow-credentials" in headers));
	const refused = await heed.post("/s/nothing", "score=9", options);
	assert.equal(refused.headers["access-control-allow-origin"], "*");
});

test("a page of another origin reads why it was refused before anything looked at its answer", async () => {
	const told = async (path, status, more = {}, body = "score=9") => {
		const r = await heed.post(path, body, { ...options, headers: { ...options.headers, ...more } });
		assert.deepEqual([r.status, r.headers["access-control-allow-origin"], r.text], [status, "*", "{}"], path);
	};
	const { reply } = await answer({});
	for (const path of ["/s/all", reply.path]) {
		await told(path, 413, {}, `score=9&comment=${"x".repeat(140_000)}`);
		await told(path, 421, { Host: "elsewhere.example" });
	}
	const known = await heed.get("/s/all/widget", { key: null, headers: { Host: "elsewhere.example" } });
	assert.deepEqual([known.status, known.headers["access-control-allow-origin"]], [421, "*"]);
	const foreign = await heed.post("/api/v1/surveys", "{}", { key: null, headers: { Host: "elsewhere.example" } });
	assert.ok(!("access-control-allow-origin" in foreign.headers));
});

test("a survey that takes no answers gives the widget nothing to show", async () => {
	await heed.post("/api/v1/surveys", { name: "Draft", slug: "draft" });
	await heed.post("/api/v1/surveys", { name: "Over", slug: "over", state: "live" });
	await heed.post("/api/v1/surveys/over/close");
	for (const [slug, status] of [["draft", 404], ["over", 410], ["nothing", 404]])
		assert.equal((await heed.get(`/s/${slug}/widget`, { key: null })).status, status, slug);
});

test("who was asked before a survey paused, filled up or ended is told which of these it is", async () => {
	await heed.post("/api/v1/surveys", { name: "Changing", slug: "changing", state: "live" });
	const give = async (lang) => {
		const { n } = JSON.parse((await heed.get("/s/all/widget", { key: null })).text);
		const r = await heed.post("/s/changing", new URLSearchParams({ n, js: 1, proof: "tap", score: 9, lang }).toString(), options);
		return [r.status, r.json];
	};
	await heed.post("/api/v1/surveys/changing/pause");
	assert.deepEqual(await give("en"), [409, { title: "This survey is taking a break", text: "Please try again a little later. Thank you for your patience." }]);
	assert.equal((await give("de"))[1].title, "Diese Umfrage macht gerade Pause");
	await heed.post("/api/v1/surveys/changing/resume");
	const { revision } = (await heed.get("/api/v1/surveys/changing/draft")).json;
	await heed.ask("PUT", "/api/v1/surveys/changing/draft", { revision, definition: {}, max_answers: 1 });
	assert.equal((await heed.post("/api/v1/surveys/changing/publish")).status, 200);
	assert.equal((await give("en"))[0], 200);
	assert.deepEqual(await give("fr"), [410, { title: "Cette enquête est complète", text: "Elle a reçu toutes les réponses attendues. Merci de votre intérêt." }]);
	await heed.post("/api/v1/surveys/changing/close");
	assert.equal((await give("en"))[1].title, "This survey is closed");
});

test("the widget speaks the nine languages and has fewer than 8 kB compressed", async () => {
	const closes = new Set();
	for (const lang of ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "ar"]) {
		const survey = JSON.parse((await heed.get(`/s/all/widget?lang=${lang}`, { key: null })).text);
		assert.equal(survey.lang, lang);
		assert.equal(survey.dir, lang === "ar" ? "rtl" : "ltr");
		closes.add(`${survey.close} ${survey.send}`);
	}
	assert.equal(closes.size, 9);
	const r = await heed.get("/w.js", { key: null, headers: { "Accept-Encoding": "gzip" } });
	assert.equal(r.headers["content-encoding"], "gzip");
	assert.ok(r.bytes.length < 8000, `${r.bytes.length} bytes`);
	assert.match((await heed.get("/w.js", { key: null })).text, /^\/\* Heed's widget\. SPDX-License-Identifier: MIT/);
});
