// The description of the API against the rows that are served. Replies are held against it by the harness.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { program, start } from "./harness.mjs";
import { routes } from "./routes.mjs";
import { checkReply, document, operations, resolve, validator } from "./validate.mjs";

const described = new Map(operations().map((o) => [o.operation.operationId, o]));
const served = routes().filter((row) => /^\/(api\/v|healthz|readyz|metrics)/.test(row.path));

test("every route has its operation, and every operation its route", () => {
	const rows = served.map((row) => `${row.method} ${row.path} ${row.operation}`);
	const ops = operations().map((o) => `${o.method.toUpperCase()} ${o.path} ${o.operation.operationId}`);
	assert.deepEqual(ops.sort(), rows.sort());
});

test("roles, scopes and credentials are those of the row", () => {
	for (const row of served) {
		const { operation } = described.get(row.operation);
		assert.deepEqual(operation["x-heed-roles"], row.roles, row.operation);
		assert.deepEqual(operation["x-heed-scopes"], row.scopes, row.operation);
		assert.equal(operation["x-heed-names"] ?? false, row.names, row.operation);
		const security = [];
		if (row.local) security.push({});
		if (row.scopes.length) security.push({ key: [] });
		if (row.roles.length) security.push(row.method === "GET" ? { session: [] } : { session: [], page: [] });
		assert.deepEqual(operation.security, security, row.operation);
		if (!row.open) assert.ok(operation.responses[401] && operation.responses[403], row.operation);
	}
});

test("what takes a body says so, and names its path's parameters", () => {
	for (const row of served) {
		const { method, path, operation } = described.get(row.operation);
		assert.equal("requestBody" in operation, row.body_max > 0, row.operation);
		const named = (operation.parameters ?? [])
			.map((_, i) => resolve(["paths", path, method, "parameters", i]).at)
			.filter((p) => p.in === "path")
			.map((p) => p.name);
		assert.deepEqual(
			named,
			[...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]),
			row.operation,
		);
	}
});

/** Every $ref and every schema there is, with its place. */
function walk(value, place, visit) {
	if (value === null || typeof value !== "object") return;
	visit(value, place);
	for (const [name, part] of Object.entries(value)) walk(part, [...place, name], visit);
}

test("every reference leads somewhere, every component is used, every schema is one", () => {
	const used = new Set();
	walk(document, [], (value, place) => {
		if (typeof value.$ref === "string") {
			const target = value.$ref.slice(2).split("/");
			assert.ok(resolve(target).at, `${place.join("/")}: ${value.$ref}`);
			used.add(target.slice(0, 3).join("/"));
		}
		if (place.at(-1) === "schema" || (place[1] === "schemas" && place.length === 3)) validator(...place);
	});
	for (const kind of ["schemas", "parameters", "responses"])
		for (const name of Object.keys(document.components[kind]))
			assert.ok(used.has(`components/${kind}/${name}`), `${kind}/${name} is used nowhere`);
});

test("requests take no member that is not described", () => {
	for (const { operation, method, path } of operations()) {
		const schema = operation.requestBody?.content["application/json"]?.schema;
		if (!schema) continue;
		const valid = validator("paths", path, method, "requestBody", "content", "application/json", "schema");
		assert.equal(valid({ nobody_named_this: 1 }), false, operation.operationId);
	}
});

test("the program serves the document, of its own version, and refuses what it does not name", async (t) => {
	const heed = await start(t);
	const r = await heed.get("/api/v1/openapi.json", { key: null });
	assert.equal(r.status, 200);
	assert.deepEqual(r.json, document);
	const again = await heed.get("/api/v1/openapi.json", { key: null, headers: { "If-None-Match": r.headers.etag } });
	assert.equal(again.status, 304);
	const version = execFileSync(program, ["version"], { encoding: "utf8" });
	assert.ok(version.split(/\s/).includes(document.info.version), version);
	const browser = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	for (const row of served.filter(
		(s) => described.get(s.operation).operation.requestBody?.content["application/json"],
	)) {
		const path = row.path.replace(/\{\w+\}/g, "1");
		const reply = await heed.ask(row.method, path, { nobody_named_this: 1 }, row.scopes.length ? {} : browser);
		assert.equal(reply.status, path === row.path ? 422 : reply.status, `${row.operation}: ${reply.text}`);
		assert.ok([404, 422].includes(reply.status), `${row.operation}: ${reply.text}`);
	}
});

test("what the demo holds is as described", async (t) => {
	const heed = await start(t, { args: ["--demo"] });
	const key = heed.mustRun("key", "create", "--workspace", "Fernhill (demo)", "--scope", "admin");
	const surveys = await heed.get("/api/v1/surveys", { key });
	const answers = await heed.get("/api/v1/responses?limit=200", { key });
	assert.ok(surveys.json.surveys.length > 2 && answers.json.responses.length === 200);
	for (const s of surveys.json.surveys) await heed.get(`/api/v1/surveys/${s.id}`, { key });
	for (const r of answers.json.responses.slice(0, 20)) await heed.get(`/api/v1/responses/${r.id}`, { key });
	const paths = [
		"me",
		"keys",
		"workspace",
		"members",
		"audit",
		"brands",
		"touchpoints",
		"insights/nps?series=week&by=survey",
	];
	for (const path of paths) assert.equal((await heed.get(`/api/v1/${path}`, { key })).status, 200, path);
});

test("a reply that is not as described is told with operation and place", () => {
	const rq = { method: "GET", path: "/api/v1/brands" };
	const reply = (value) => ({
		status: 200,
		headers: { "content-type": "application/json" },
		text: JSON.stringify(value),
	});
	const brand = { id: "1", name: "x", colour: "#000000", logo: null, created_at: "2026-01-01T00:00:00.000Z" };
	brand.updated_at = brand.created_at;
	checkReply(rq, reply({ brands: [brand] }));
	assert.throws(
		() => checkReply(rq, reply({ brands: [{ ...brand, id: 1 }] })),
		/GET \/api\/v1\/brands answers 200.*\/brands\/0\/id/,
	);
	assert.throws(() => checkReply(rq, reply({ brands: [{ ...brand, secret: 1 }] })), /secret/);
	assert.throws(() => checkReply(rq, { ...reply({ brands: [] }), status: 206 }), /status/);
	assert.throws(() => checkReply({ ...rq, path: "/api/v1/nothing" }, reply({})), /not described/);
});
