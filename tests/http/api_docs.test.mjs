// tests/http/api_docs.test.mjs - the documentation of the API: complete, served without network, and its examples work.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { curlOf, exampleOf, operationsOf } from "../../tools/docs.mjs";
import { start } from "./harness.mjs";
import { document, validator } from "./validate.mjs";

let heed;
before(async () => (heed = await start()));
after(() => heed?.stop());

const all = operationsOf(document);
const find = (id) => all.find((op) => op.operation.operationId === id);

/** Runs an example as a reader would, and gives the status beside the body. */
function run(op, variables = {}) {
	const script = curlOf(document, op).replace("curl -s", "curl -s -w '\\n%{http_code}'");
	const env = { ...process.env, ...variables, HEED_URL: heed.url, HEED_KEY: heed.key };
	return new Promise((done) => {
		const shell = spawn("sh", ["-c", script], { env });
		let out = "";
		shell.stdout.on("data", (part) => (out += part));
		shell.on("close", () => {
			const at = out.lastIndexOf("\n");
			done({ status: Number(out.slice(at + 1)), text: out.slice(0, at), script });
		});
	});
}

test("the page and its files are served to anybody, under a policy that lets nothing else in", async () => {
	const page = await heed.get("/api/docs", { key: null });
	assert.equal(page.status, 200);
	assert.match(page.headers["content-security-policy"], /^default-src 'none'; script-src 'self'; style-src 'self';/);
	for (const [, path] of page.text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g))
		assert.equal((await heed.get(path, { key: null })).status, 200, path);
	assert.equal((await heed.get("/api/docs/index.html", { key: null })).status, 404);
	for (const { operation } of all) assert.ok(page.text.includes(`<article id="${operation.operationId}"`), operation.operationId);
	for (const name of Object.keys(document.components.schemas)) assert.ok(page.text.includes(`id="schema-${name}"`), name);
	const places = new Set([...page.text.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]));
	for (const [, place] of page.text.matchAll(/href="#([^"]+)"/g)) assert.ok(places.has(place), `#${place} leads nowhere`);
});

test("the body of every example is one that its operation takes", () => {
	for (const op of all) {
		const example = exampleOf(document, op);
		if (!example || example.body === null) continue;
		const valid = validator("paths", op.path, op.method, "requestBody", "content", "application/json", "schema");
		assert.ok(valid(example.body), `${op.operation.operationId}: ${JSON.stringify(example.body)} ${JSON.stringify(valid.errors)}`);
	}
});

test("examples that ask for what is there work as they stand", async () => {
	const survey = await run(find("createSurvey"));
	assert.equal(survey.status, 201, survey.text);
	const answer = await run(find("createResponse"));
	assert.equal(answer.status, 201, answer.text);
	assert.equal(JSON.parse(answer.text).comment, "Quick and friendly.");
	for (const id of ["createBrand", "createLink", "createKey", "createTrendNote", "changeWorkspace", "setTouchpoints", "createTeam"]) {
		const made = await run(find(id));
		assert.ok(made.status >= 200 && made.status < 300, `${made.script}\n${made.status} ${made.text}`);
	}
	const changed = await run(find("changeResponse"), { RESPONSE: JSON.parse(answer.text).id });
	assert.equal(changed.status, 200, changed.text);
	const streams = ["watchResponses", "ready"];
	const lists = all.filter(
		(op) => op.method === "get" && !op.path.includes("{") && curlOf(document, op) && !streams.includes(op.operation.operationId),
	);
	assert.ok(lists.length > 15);
	for (const op of lists) {
		const r = await run(op);
		assert.equal(r.status, 200, `${r.script}\n${r.status} ${r.text.slice(0, 300)}`);
	}
});
