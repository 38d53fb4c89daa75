// Masked at rest, personal data is in no file of the data directory: not in the database, not in its log, not among the files that
// were imported, not beside the cubes. Backups of before hold it, and are named.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { test } from "node:test";
import { onPostgres, serve, start, until } from "./harness.mjs";

const ROWS = 3000;
/** A value of each answer's own, so that one that was left behind says which. */
const mailOf = (i) => `planted.${i}.value@example.com`;
const phoneOf = (i) => `+49 171 ${String(7_000_000 + i)}`;
const needles = [Buffer.from(".value@example.com"), Buffer.from("+49 171 7"), Buffer.from("@example.com called")];

let heed;
async function made(promise) {
	const r = await promise;
	assert.ok(r.status < 300, `${r.status} ${r.text}`);
	return r.json;
}
const get = (path) => made(heed.get(`/api/v1/${path}`));

/** Files of the data directory in which any of it stands, but for backups. */
function holding(isOurs = (path) => !path.startsWith(`backups${sep}`)) {
	const files = readdirSync(heed.data, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
	const paths = files.map((f) => join(f.parentPath ?? f.path, f.name));
	return paths
		.map((path) => ({ path: path.slice(heed.data.length + 1), bytes: readFileSync(path) }))
		.filter(({ path, bytes }) => isOurs(path) && needles.some((needle) => bytes.includes(needle)))
		.map(({ path, bytes }) => `${path}: ${[...new Set(bytes.toString("latin1").match(/[\w. ]{0,20}value@example\.com|\+49 171 7\d{0,6}/g))].slice(0, 5).join(", ")}`);
}

async function importAll() {
	// Of many lengths, so that pages split and are put together again when they change.
	const text = (i) => `${"The app is slow, and nobody calls back. ".repeat(i % 9)}Mail ${mailOf(i)} or call ${phoneOf(i)}.`;
	const rows = Array.from({ length: ROWS }, (_, i) => `${i % 11},"${text(i)}",2026-03-${String(1 + (i % 28)).padStart(2, "0")}`);
	const file = `score,comment,submitted_at\n${rows.join("\n")}\n77,"Refused. Mail ${mailOf(ROWS)}",2026-03-01\n`;
	const { id: upload_id } = await made(heed.ask("POST", "/api/v1/uploads?name=old.csv", file));
	const { id } = await made(heed.post("/api/v1/imports", { upload_id, new_survey: { name: "Old" } }));
	const one = await until(() => get(`imports/${id}`), (now) => !["queued", "running"].includes(now.state));
	assert.deepEqual([one.state, one.rows_added, one.rows_rejected], ["done", ROWS, 1]);
	return id;
}

test("masked at rest it is in no file but a backup of before, which is named", { skip: onPostgres && "PostgreSQL's files are its administrator's" }, async (t) => {
	heed = await start();
	t.after(() => heed.stop());
	const spent = await importAll();
	const { responses } = await get("responses?limit=200");
	for (const [i, { id, comment }] of responses.entries())
		await made(heed.ask("PATCH", `/api/v1/responses/${id}`, { comment: i % 2 ? `${comment} ${mailOf(10 * ROWS + i)} ${"Still nobody. ".repeat(i % 40)}` : `${mailOf(i)} called.` }));
	await until(() => get("reading/status"), (now) => now.state === "done" && now.done >= now.total);
	await get("insights/nps");
	const folder = join(heed.data, "backups");
	mkdirSync(folder, { recursive: true });
	heed.mustRun("backup", join(folder, "heed-2026-01-01T000000Z.db"));
	const before = holding(() => true);
	for (const name of ["heed.db", "uploads", "rejected-", "backups"]) assert.ok(before.some((path) => path.includes(name)), `${name} is not among ${before}`);

	await made(heed.ask("PATCH", "/api/v1/workspace", { personal_data: "at_rest" }));
	const begun = await made(heed.post("/api/v1/personal-data/mask", { confirm: "Acme" }));
	assert.deepEqual([begun.leftover, begun.backups.map((one) => one.name)], [null, ["heed-2026-01-01T000000Z.db"]]);
	const done = await until(() => get("personal-data"), (now) => now.state === "done");
	assert.deepEqual([done.masked, done.leftover], [ROWS, null]);
	assert.deepEqual(holding(), []);
	assert.deepEqual(done.backups.map((one) => one.name), ["heed-2026-01-01T000000Z.db"]);
	assert.ok(done.backups[0].made_at < done.ended_at);
	assert.equal(holding(() => true).length, 1, "the backup holds it, so that this test would see it elsewhere");

	const later = await get(`imports/${spent}`);
	assert.deepEqual([later.has_rejected_file, later.may_again], [false, false]);
	assert.equal((await heed.get(`/api/v1/imports/${spent}/rejected`)).status, 410);
	// What is read again, and what stands beside the database when it stops, has none of it either.
	await until(() => get("reading/status"), (now) => now.state === "done" && now.done >= now.total);
	await heed.halt();
	assert.deepEqual(holding(), []);
	heed = Object.assign(await serve(heed), { key: heed.key });
	heed.mustRun("backup", join(folder, "heed-2026-02-01T000000Z.db"));
	assert.deepEqual((await get("personal-data")).backups.map((one) => one.name), ["heed-2026-01-01T000000Z.db"], "one that was made after is clean");
	assert.equal(holding(() => true).length, 1);
});

test("the preview of a file is masked for whoever sees comments masked", async (t) => {
	heed = await start();
	t.after(() => heed.stop());
	const PASSWORD = "a long enough one";
	heed.mustRun("user", "add", "analyst@example.com", "--role", "analyst", "--password-stdin", { input: `${PASSWORD}\n` });
	heed.mustRun("user", "names", "analyst@example.com", "--names", "seen");
	const analyst = { cookie: await heed.signIn("analyst@example.com", PASSWORD), headers: { "X-Heed": "1", Origin: heed.url } };
	const file = `score,comment,more,email,when\n3,"Mail greta@example.com, I am cross","or call +49 30 55512877",someone@example.org,2026-03-01\n9,jo@example.com,Fine,other@example.org,2026-03-02\n`;
	const { id: upload_id } = await made(heed.ask("POST", "/api/v1/uploads?name=new.csv", file));
	const preview = async (options, more = {}) => {
		const r = await made(heed.post("/api/v1/imports/preview", { upload_id, ...more }, options));
		return { cells: r.sample.map((row) => row.cells), examples: r.columns.map((column) => column.examples), text: JSON.stringify(r) };
	};
	const whole = await preview(analyst);
	assert.match(whole.text, /greta@example\.com/);
	await made(heed.ask("PATCH", "/api/v1/workspace", { personal_data: "on_display" }));
	const masked = await preview(analyst);
	assert.deepEqual(masked.cells[0], ["3", "Mail [email], I am cross", "or call [phone]", "someone@example.org", "2026-03-01"]);
	assert.deepEqual(masked.cells[1], ["9", "[email]", "Fine", "other@example.org", "2026-03-02"]);
	assert.deepEqual(masked.examples[1], ["Mail [email], I am cross", "[email]"]);
	// Nobody gets at what was written by calling its column another name.
	for (const field of ["email", "name", "external_id", "property", "ignored"]) {
		const r = await heed.post("/api/v1/imports/preview", { upload_id, mapping: { 2: field, 4: "ignored" } }, analyst);
		assert.ok([200, 422].includes(r.status), r.text);
		assert.doesNotMatch(r.text, /greta|55512877/, field);
	}
	assert.match((await preview()).text, /greta@example\.com/, "an admin's key");
});
