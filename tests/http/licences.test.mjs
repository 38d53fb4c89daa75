// tests/http/licences.test.mjs - the notices of what Heed holds, for anybody.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => (heed = await start()));
after(() => heed?.stop());

test("anybody may read the licences, to which the documentation of the API leads", async () => {
	const page = await heed.get("/api/docs", { key: null });
	assert.match(page.text, /href="\/licences"/);
	const { status, headers, text } = await heed.get("/licences", { key: null });
	assert.equal(status, 200);
	assert.equal(headers["content-type"], "text/plain; charset=utf-8");
	assert.match(text, /^Heed is free software under the GNU Affero General Public License/);
	for (const name of ["react-dom", "vader-sentiment", "GoEmotions", "lid.176.ftz"]) assert.ok(text.includes(name), name);
});
