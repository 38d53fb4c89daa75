// What travels small: replies of the API, for whom they are compressed, and files that need not be asked for twice.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
	for (let i = 0; i < 8; i++) {
		const r = await heed.post("/api/v1/surveys", { slug: `survey-${i}`, name: `Survey ${i}` });
		assert.equal(r.status, 201, r.text);
	}
});
after(() => heed?.stop());

const surveys = "/api/v1/surveys";
const gzip = { "Accept-Encoding": "gzip, br" };

test("a long reply is compressed for who takes it, and is the same", async () => {
	const plain = await heed.get(surveys);
	const packed = await heed.get(surveys, { headers: gzip });
	assert.equal(plain.headers["content-encoding"], undefined);
	assert.equal(packed.headers["content-encoding"], "gzip");
	assert.ok(packed.bytes.length < plain.bytes.length / 3, `${packed.bytes.length} of ${plain.bytes.length} bytes`);
	assert.equal(gunzipSync(packed.bytes).toString(), plain.text);
	for (const { headers } of [plain, packed]) assert.equal(headers.vary, "Accept-Encoding");
});

test("a reply is left as it is where another site may have asked for it", async () => {
	const cookie = await heed.signIn();
	const asked = async (headers) => {
		const r = await heed.get(surveys, { key: null, cookie, headers: { ...gzip, ...headers } });
		assert.equal(r.status, 200, r.text);
		return r.headers["content-encoding"];
	};
	assert.equal(await asked({}), undefined);
	assert.equal(await asked({ "Sec-Fetch-Site": "cross-site" }), undefined);
	assert.equal(await asked({ "Sec-Fetch-Site": "same-site" }), undefined);
	assert.equal(await asked({ "Sec-Fetch-Site": "same-origin" }), "gzip");
	assert.equal(await asked({ "X-Heed": "1" }), "gzip");
});

test("short replies, refusals, exports and live streams are not compressed", async () => {
	for (const path of [`${surveys}/survey-1`, `${surveys}/none`, "/api/v1/responses/export", "/api/v1/live"]) {
		const r = await heed.get(path, { headers: gzip });
		assert.equal(r.headers["content-encoding"], undefined, path);
	}
});

test("what is named by its contents is kept for good, anything else is asked for again", async () => {
	const cookie = await heed.signIn();
	const page = await heed.get("/", { key: null, cookie });
	const [file] = /\/dashboard\/[\w.]+-[A-Z2-7]{8}\.js/.exec(page.text) ?? [];
	assert.ok(file, "the page names no such file");
	assert.equal((await heed.get(file)).headers["cache-control"], "public, max-age=31536000, immutable");
	assert.equal((await heed.get("/dashboard/main.js")).headers["cache-control"], "no-cache");
});
