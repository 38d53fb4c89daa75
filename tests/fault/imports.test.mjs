// tests/fault/imports.test.mjs - files and imports on a full disk: told in words, nothing half, and it goes on afterwards.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { onPostgres, serve, start } from "../http/harness.mjs";

const shims = resolve(process.env.HEED_SHIMS ?? "build/gcc-release/tests/fault");
const skip = onPostgres && "a file of SQLite's is what breaks here";

const wait = (ms) => new Promise((wake) => setTimeout(wake, ms));
const rows = (n) => `score,ticket\n${Array.from({ length: n }, (_, i) => `${i % 11},T${i}`).join("\n")}\n`;

/** A Heed whose disk is full below `part` of its data while full() says so. */
async function onDisk(t, part = "") {
	const heed = await start(null);
	const flag = join(heed.dir, "full");
	await heed.halt();
	const again = await serve(heed, {
		env: { LD_PRELOAD: join(shims, "shim_full.so"), HEED_SHIM_FLAG: flag, HEED_SHIM_DIR: join(heed.data, part) },
	});
	again.key = heed.key;
	t.after(async () => {
		rmSync(flag, { force: true });
		await again.stop();
	});
	return { heed: again, full: (yes) => (yes ? writeFileSync(flag, "") : rmSync(flag)) };
}

test("a file that finds the disk full is refused in words, and nothing of it stays", async (t) => {
	const { heed, full } = await onDisk(t, "uploads");
	const file = Buffer.from(rows(100_000));
	const send = () => heed.ask("POST", "/api/v1/uploads?name=x.csv", file);
	full(true);
	const refused = await send();
	assert.equal(refused.status, 507, refused.text);
	assert.match(refused.json.detail, /disk is full; nothing of this file was kept/);
	while (readdirSync(join(heed.data, "uploads")).length) await wait(10);
	full(false);
	assert.equal((await send()).status, 201);
});

test("an import that meets a full disk waits, says so, and ends with each row once", { skip }, async (t) => {
	const { heed, full } = await onDisk(t);
	const upload_id = (await heed.ask("POST", "/api/v1/uploads?name=x.csv", Buffer.from(rows(20_000)))).json.id;
	const { id } = (await heed.post("/api/v1/imports", { upload_id, new_survey: { name: "Full" } })).json;
	const one = async () => (await heed.get(`/api/v1/imports/${id}`)).json;
	while (!((await one()).progress?.rows > 1000)) await wait(5);
	full(true);
	while (!(await one()).progress?.waits) await wait(20);
	assert.equal((await one()).state, "running");
	full(false);
	while ((await one()).state !== "done") await wait(50);
	const { rows_added, rows_known, rows_read } = await one();
	assert.deepEqual([rows_read, rows_added, rows_known], [20_000, 20_000, 0]);
	const { parts } = (await heed.get("/api/v1/insights/nps?survey=full")).json;
	assert.equal(parts[0].figure.responses, 20_000);
});
