// Personal data in comments: masked in whatever a reply carries, for whoever is not to see it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { watch } from "./events.mjs";
import { made, onPostgres, start } from "./harness.mjs";
import { operations } from "./validate.mjs";

/** What nobody below an admin may see, however it is written in a reply. */
const PLANTED = {
	email: "greta.planted@example.com",
	phone: "+49 30 55512877",
	card: "4111 1111 1111 1111",
	iban: "DE89 3704 0044 0532 0130 00",
	account: "0099887766",
};
const COMMENT = `Support never called back. Mail ${PLANTED.email} or call ${PLANTED.phone}, card ${PLANTED.card}, ${PLANTED.iban}, account ${PLANTED.account}. The app is slow.`;
const NAMED = "Support never called back. Mail [email] or call [phone], card [card number], [IBAN], account [account number]. The app is slow.";
const squeezed = (text) => text.replace(/[\s\u00a0-]|%20/g, "").toLowerCase();
const planted = Object.values(PLANTED).map(squeezed);

let heed, given, survey, view;
const callers = new Map();

const mode = (personal_data) => made(heed.ask("PATCH", "/api/v1/workspace", { personal_data }));
const as = (name) => callers.get(name);
const ask = (name, path) => heed.get(`/api/v1/${path}`, as(name));

async function member(role) {
	callers.set(role, await heed.member(`${role}@example.com`, role));
}

async function importFile() {
	const send = (text) => made(heed.ask("POST", "/api/v1/uploads?name=old.csv", text));
	const { id: upload_id } = await send(`score,comment\n3,"Imported. ${COMMENT}"\n11,"${COMMENT}"\n`);
	const { id } = await made(heed.post("/api/v1/imports", { upload_id, new_survey: { name: "Imported" } }));
	for (;;) {
		const one = await made(heed.get(`/api/v1/imports/${id}`));
		if (one.state === "done") return one;
		await new Promise((wake) => setTimeout(wake, 10));
	}
}

async function read(id) {
	for (;;) {
		const one = await made(heed.get(`/api/v1/responses/${id}`));
		if (one.reading) return one;
		await new Promise((wake) => setTimeout(wake, 10));
	}
}

let spent;
before(async () => {
	heed = await start(null);
	survey = await made(heed.post("/api/v1/surveys", { name: "all", slug: "all", state: "live" }));
	const person = { email: "someone@example.org", name: "Some One" };
	given = await made(heed.post("/api/v1/responses", { survey: "all", score: 2, comment: `Before. ${COMMENT}`, person }));
	await made(heed.post("/api/v1/responses", { survey: "all", score: 3, comment: `Another. ${COMMENT}`, person }));
	await made(heed.ask("PATCH", `/api/v1/responses/${given.id}`, { comment: COMMENT }));
	for (let i = 0; i < 8; i++) await made(heed.post("/api/v1/responses", { survey: "all", score: i + 2, comment: `${i} ${COMMENT}` }));
	for (const role of ["admin", "analyst", "agent", "viewer"]) await member(role);
	for (const scope of ["track", "read", "write"]) callers.set(`${scope} key`, { key: heed.mustRun("key", "create", "--scope", scope) });
	callers.set("admin key", { key: heed.key });
	callers.set("owner", { key: null, cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } });
	spent = { import: (await importFile()).id };
	await read(given.id);
	await made(heed.post(`/api/v1/responses/${given.id}/notes`, { text: "@agent@example.com look" }));
	view = await made(heed.post("/api/v1/shared-views", { name: "Board", what: "board", quotes: [given.id], last_days: 365 }));
	const { themes } = await made(heed.get("/api/v1/themes"));
	const check = await made(heed.post("/api/v1/checks?survey=all", { group: "detractors" }));
	Object.assign(spent, {
		check: check.id,
		theme: themes.find((t) => t.code === "app").id,
		view: view.id,
		response: given.id,
		survey: survey.id,
		person: given.person_id,
		brand: survey.brand_id,
		version: "1",
	});
});
after(() => heed?.stop());

/** Each reading route that can be asked with what there is, with the parameters that bring comments along. */
function routes() {
	const more = { exportResponses: ["?format=csv", "?format=jsonl"], listSegmentAnswers: ["?by=channel&value=api"] };
	return operations()
		.filter((o) => o.method === "get" && !o.operation["x-heed-local"] && o.operation.operationId !== "watchResponses")
		.filter((o) => [...o.path.matchAll(/\{(\w+)\}/g)].every(([, name]) => spent[name]))
		.flatMap(({ path, operation }) => {
			const filled = path.replace(/\{(\w+)\}/g, (_, name) => spent[name]);
			return (more[operation.operationId] ?? [""]).map((query) => ({ id: operation.operationId, path: filled + query }));
		});
}

function leaks(text) {
	const plain = squeezed(text);
	return planted.filter((p) => plain.includes(p));
}

test("whoever is no admin gets it masked by every route that reads", async () => {
	await mode("on_display");
	const carried = new Set();
	for (const name of ["analyst", "agent", "viewer", "read key", "write key", "track key"])
		for (const { id, path } of routes()) {
			const r = await heed.get(path, as(name));
			assert.ok(r.status < 500, `${name} ${path}: ${r.text}`);
			assert.deepEqual(leaks(r.text), [], `${name} ${path}`);
			if (/\[email\]|•••/.test(r.text)) carried.add(id);
		}
	for (const id of ["listResponses", "getResponse", "listOtherResponses", "exportResponses", "listSegmentAnswers", "getQuotes", "getTheme", "listCheckComments"])
		assert.ok(carried.has(id), `${id} told no comment: ${[...carried]}`);
});

test("a written answer comes back masked to who wrote it, and a stream tells it masked", async () => {
	const w = await watch(heed, { ...as("agent") });
	const r = await heed.post("/api/v1/responses", { survey: "all", score: 1, comment: `Streamed. ${COMMENT}` }, as("write key"));
	assert.equal(r.status, 201);
	assert.equal(r.json.comment, `Streamed. ${NAMED}`);
	await w.until((w) => w.answers.some((a) => a.id === r.json.id));
	const told = w.answers.find((a) => a.id === r.json.id);
	assert.equal(told.answer.comment, `Streamed. ${NAMED}`);
	w.close();
	const changed = await heed.ask("PATCH", `/api/v1/responses/${r.json.id}`, { score: 0 }, as("agent"));
	assert.equal(changed.json.comment, `Streamed. ${NAMED}`);
	assert.equal((await made(heed.get(`/api/v1/responses/${r.json.id}`))).comment, `Streamed. ${COMMENT}`);
});

test("who calls back sees it as it was written: owners, admins and keys of scope admin", async () => {
	for (const name of ["owner", "admin", "admin key"]) {
		const { json } = await ask(name, `responses/${given.id}`);
		assert.equal(json.comment, COMMENT, name);
		assert.equal(json.history[0].comment, `Before. ${COMMENT}`, name);
	}
	const { json } = await ask("agent", `responses/${given.id}`);
	assert.equal(json.comment, NAMED);
	assert.equal(json.history[0].comment, `Before. ${NAMED}`);
});

test("places of themes are those of what is shown", async () => {
	const wordsOf = ({ comment, reading }) =>
		reading.themes.flatMap((t) => t.places.map((p) => Buffer.from(comment).subarray(p.from, p.from + p.length).toString()));
	const [owner, agent] = [(await ask("owner", `responses/${given.id}`)).json, (await ask("agent", `responses/${given.id}`)).json];
	assert.ok(wordsOf(owner).includes("app"));
	assert.deepEqual(wordsOf(agent), wordsOf(owner));
});

test("nothing that is masked is found by looking for it", async () => {
	for (const q of ["greta", "55512877", "0532 0130", "4111"]) {
		const found = async (name) => (await ask(name, `responses?q=${encodeURIComponent(q)}`)).json.responses.length;
		const counted = async (name) => (await ask(name, `responses/count?q=${encodeURIComponent(q)}`)).json.count;
		const figures = async (name) => (await ask(name, `insights/nps?q=${encodeURIComponent(q)}&survey=all`)).json;
		assert.ok((await found("owner")) > 0, q);
		assert.equal(await found("agent"), 0, q);
		assert.ok((await counted("owner")) > 0, q);
		assert.equal(await counted("agent"), 0, q);
		assert.ok((await figures("owner")).parts.every((p) => p.figure.responses > 0), q);
		assert.ok((await figures("agent")).parts.every((p) => !p.figure.responses), q);
		const surveys = async (name) => (await ask(name, `responses/facets?q=${encodeURIComponent(q)}`)).json.surveys.values;
		assert.ok((await surveys("owner")).some((s) => s.answers > 0), q);
		assert.ok((await surveys("agent")).every((s) => s.answers === 0), q);
		const side = encodeURIComponent(`survey=all&q=${encodeURIComponent(q)}`);
		const compared = async (name) => (await ask(name, `insights/compare?a=${side}&b=${encodeURIComponent("survey=all&language=en")}`)).json.a?.figure.responses ?? 0;
		assert.ok((await compared("owner")) > 0, q);
		assert.equal(await compared("agent"), 0, q);
		const file = await ask("analyst", `responses/export?format=csv&q=${encodeURIComponent(q)}`);
		assert.equal(file.text.trim().split(/\r?\n/).length, 1, q);
	}
	assert.ok((await ask("agent", "responses?q=never+called")).json.responses.length > 0);
});

test("a page for strangers shows none of it, whatever the setting", async () => {
	for (const personal_data of ["off", "on_display"]) {
		await mode(personal_data);
		const r = await heed.ask("GET", new URL(view.url).pathname, undefined, { key: null });
		assert.equal(r.status, 200);
		assert.match(r.text, /never called back/);
		assert.deepEqual(leaks(r.text), [], personal_data);
	}
});

test("what masks speaks the workspace's language, and off is as it was", async () => {
	await mode("on_display");
	await made(heed.ask("PATCH", "/api/v1/workspace", { settings: { languages: ["de", "en"] } }));
	assert.match((await ask("agent", `responses/${given.id}`)).json.comment, /\[E-Mail\] or call \[Telefon\], card \[Kartennummer\]/);
	await mode("off");
	assert.equal((await ask("agent", `responses/${given.id}`)).json.comment, COMMENT);
	assert.equal((await heed.ask("PATCH", "/api/v1/workspace", { personal_data: "some" })).status, 422);
	assert.equal((await heed.ask("PATCH", "/api/v1/workspace", { personal_data: "off" }, as("analyst"))).status, 403);
});

/** All files of the data directory, as bytes. */
function kept() {
	const files = readdirSync(heed.data, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
	return files.map((f) => ({ name: f.name, bytes: readFileSync(join(f.parentPath ?? f.path, f.name)) }));
}
const masking = () => made(heed.get("/api/v1/personal-data"));
const begin = (confirm, options) => heed.post("/api/v1/personal-data/mask", { confirm }, options);

test("at rest, what comes is masked before it is written", async () => {
	await mode("at_rest");
	await made(heed.ask("PATCH", "/api/v1/workspace", { settings: { languages: ["en"] } }));
	const mail = "never.written@example.com";
	const comment = `Write to ${mail}, it is slow.`;
	const first = await made(heed.post("/api/v1/responses", { survey: "all", score: 5, comment }, { headers: { "Idempotency-Key": "a" } }));
	assert.equal(first.comment, "Write to [email], it is slow.");
	const again = await made(heed.post("/api/v1/responses", { survey: "all", score: 5, comment }, { headers: { "Idempotency-Key": "a" } }));
	assert.equal(again.id, first.id);
	const changed = await made(heed.ask("PATCH", `/api/v1/responses/${first.id}`, { comment: `${comment} Call 0170 1234567.` }));
	assert.equal(changed.comment, "Write to [email], it is slow. Call [phone].");
	const same = await made(heed.ask("PATCH", `/api/v1/responses/${first.id}`, { comment: `${comment} Call 0170 1234567.` }));
	assert.equal(same.edits, changed.edits, "the same text is no change");
	const form = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded", Origin: "https://shop.example" };
	const { n, v } = JSON.parse((await heed.get("/s/all/widget", { key: null })).text);
	const fields = { n, v, js: 1, proof: "tap", p_channel: "in-app", score: 7, comment: `A page. ${comment}` };
	const page = await heed.post("/s/all", new URLSearchParams(fields).toString(), { key: null, headers: form });
	assert.equal(page.status, 200, page.text);
	const { responses } = await made(heed.get("/api/v1/responses?q=A+page"));
	assert.deepEqual(responses.map((r) => r.comment), ["A page. Write to [email], it is slow."]);
	if (!onPostgres) for (const { name, bytes } of kept()) assert.ok(!bytes.includes(mail), name);
	await importFile();
	const imported = await made(heed.get("/api/v1/responses?q=imported.&limit=200"));
	assert.ok(imported.responses.some((r) => r.comment === `Imported. ${NAMED}`));
});

test("what is there is masked when somebody says so and types the name, history too, and it says how far it is", async () => {
	assert.equal((await masking()).state, "none");
	assert.equal((await begin("Other")).status, 422);
	assert.equal((await begin("Acme", as("analyst"))).status, 403);
	await mode("on_display");
	assert.equal((await begin("Acme")).status, 409);
	await mode("at_rest");
	assert.equal((await ask("owner", `responses/${given.id}`)).json.comment, COMMENT, "nothing is masked unasked");
	const begun = await made(begin("Acme"));
	assert.ok(begun.total > 0);
	let now = begun;
	while (now.state === "runs" || now.state === "cleans") {
		await new Promise((wake) => setTimeout(wake, 20));
		now = await masking();
	}
	assert.deepEqual([now.state, now.done], ["done", now.total]);
	assert.ok(now.masked >= 10 && now.masked < now.done, JSON.stringify(now));
	const { json } = await ask("owner", `responses/${given.id}`);
	assert.equal(json.comment, NAMED);
	assert.equal(json.history[0].comment, `Before. ${NAMED}`);
	const file = await heed.get("/api/v1/responses/export?format=jsonl");
	assert.deepEqual(leaks(file.text), []);
	assert.equal((await made(heed.get("/api/v1/responses?q=greta"))).responses.length, 0);
	const { entries } = await made(heed.get("/api/v1/audit"));
	assert.ok(entries.some((e) => e.action === "personal_data.mask"));
	assert.equal((await made(heed.post("/api/v1/personal-data/cancel"))).state, "done", "none is under way");
});
