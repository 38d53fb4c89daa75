// Who may do what: every operation of the API's description, asked by every role, every scope, nobody, and those whose
// credentials ended; and every place where an id of another workspace could be put.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, start } from "./harness.mjs";
import { appCode } from "./totp.mjs";
import { operations, resolve } from "./validate.mjs";

const ROLES = ["owner", "admin", "analyst", "agent", "viewer"];
const SCOPES = ["track", "read", "write", "admin"];
const PASSWORD = "a long enough one";
const SECRET = "Geheim-7361"; // stands in every text of the other workspace
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000100", "hex");

let heed, mine, other;
const callers = new Map(); // name -> { options, role, scope }

before(async () => {
	heed = await start(null);
	for (const role of ROLES.slice(1)) addUser(`${role}@example.com`, role);
	addUser("second@example.com", "owner");
	heed.mustRun("init", "--workspace", `Other ${SECRET}`, "--email", "other@example.com", "--password-stdin", {
		input: `${PASSWORD}\n`,
	});
	mine = await fill({ key: heed.key, mark: "Mine", slug: "shared", email: "ann@example.com" });
	const key = heed.mustRun("key", "create", "--workspace", `Other ${SECRET}`, "--scope", "admin");
	other = await fill({ key, mark: SECRET, slug: "shared", email: "bob@example.com" });
	const theirs = ours(await heed.signIn("other@example.com", PASSWORD));
	[other.session] = (await made(heed.get("/api/v1/me/sessions", theirs))).sessions;
	await makeCallers();
});
after(() => heed?.stop());

function addUser(email, role) {
	heed.mustRun("user", "add", email, "--role", role, "--workspace", "Acme", "--password-stdin", {
		input: `${PASSWORD}\n`,
	});
}

const ours = (cookie) => ({ cookie, headers: { "X-Heed": "1", Origin: heed.url } });

async function made(promise) {
	const r = await promise;
	assert.ok(r.status < 300, r.text);
	return r.json;
}

/** One of everything in the key's workspace. */
async function fill({ key, mark, slug, email }) {
	const post = (path, body, headers) => made(heed.post(`/api/v1/${path}`, body, { key, headers }));
	const brand = await post("brands", { name: `Brand ${mark}` });
	const logo = await made(heed.ask("PUT", `/api/v1/brands/${brand.id}/logo`, PNG, { key }));
	const step = { code: `step_${mark.replace(/\W/g, "").toLowerCase()}`, name: `Step ${mark}` };
	const journey = await made(heed.ask("PUT", "/api/v1/touchpoints", { touchpoints: [step] }, { key }));
	const definition = { question: `Would you recommend ${mark}?` };
	const survey = await post("surveys", { name: `Survey ${mark}`, slug, brand_id: brand.id, state: "live", definition });
	const only = await post("surveys", { name: `Only ${mark}`, slug: `only-${mark.toLowerCase()}`, state: "live" });
	const answer = {
		survey: slug,
		score: 9,
		comment: `Comment ${mark}`,
		properties: { mark },
		channel: `channel ${mark}`,
	};
	const person = { email, external_id: `id ${mark}`, name: `Person ${mark}`, account: `acc ${mark}` };
	const response = await post("responses", { ...answer, person }, { "Idempotency-Key": "same" });
	for (let i = 0; i < 6; i++) await post("responses", { ...answer, score: 10 });
	const link = await post("links", { survey: slug, person: { email } });
	const made_key = await post("keys", { name: `key ${mark}`, scope: "read" });
	const page = await made(heed.get("/api/v1/responses?limit=2", { key }));
	const { workspace } = await made(heed.get("/api/v1/me", { key }));
	return { key, brand: logo, journey, survey, only, response, link, made_key, workspace, cursor: page.next_cursor };
}

async function signIn(role) {
	return heed.signIn(emailOf(role), PASSWORD);
}

/** A code for what two-step sign-in is asked to do, in the state that it needs. */
async function twoStepCode(operationId, options) {
	if (operationId === "beginTwoStep") return undefined;
	const { secret } = await made(heed.ask("POST", "/api/v1/me/two-step", undefined, options));
	if (operationId === "confirmTwoStep") return { code: appCode(secret) };
	await made(heed.ask("PUT", "/api/v1/me/two-step", { code: appCode(secret, -1) }, options));
	return { code: appCode(secret) };
}

async function makeCallers() {
	for (const role of ROLES) callers.set(role, { role, options: ours(await signIn(role)) });
	for (const scope of SCOPES) {
		const key = heed.mustRun("key", "create", "--workspace", "Acme", "--scope", scope);
		callers.set(`${scope} key`, { scope, options: { key } });
	}
	callers.set("nobody", { options: { key: null } });
	const ended = heed.mustRun("key", "create", "--workspace", "Acme", "--scope", "admin");
	const { key } = await made(heed.get("/api/v1/me", { key: ended }));
	heed.mustRun("key", "revoke", key.id, "--workspace", "Acme");
	callers.set("a revoked key", { options: { key: ended } });
	const cookie = await signIn("owner");
	await heed.ask("DELETE", "/api/v1/session", undefined, ours(cookie));
	callers.set("an ended session", { options: ours(cookie) });
	callers.set("a forged key", { options: { key: `${heed.key.slice(0, -6)}AAAAAA` } });
	heed.mustRun("user", "disable", "admin@example.com", "--workspace", "Acme");
	callers.set("a disabled user", { options: callers.get("admin").options });
	heed.mustRun("user", "enable", "admin@example.com", "--workspace", "Acme");
	callers.set("admin", { role: "admin", options: ours(await signIn("admin")) });
}

const emailOf = (name) => (name === "owner" ? "second@example.com" : `${name}@example.com`);

/** Something new that may be spent, in the workspace of the test. */
const fresh = {
	session: async (name) => {
		const { sessions } = await made(heed.get("/api/v1/me/sessions", ours(await signIn(name))));
		return sessions.find((s) => s.current).id;
	},
	key: async () => (await made(heed.post("/api/v1/keys", { name: "spent", scope: "read" }))).id,
	link: async () => (await made(heed.post("/api/v1/links", { survey: "shared" }))).id,
};

let count = 0;
const bodies = {
	changeMe: () => ({ language: null }),
	changePassword: () => ({ old: PASSWORD, new: PASSWORD }),
	confirmTwoStep: () => ({ code: "000000" }),
	endTwoStep: () => ({ code: "000000" }),
	newRecoveryCodes: () => ({ code: "000000" }),
	createSession: () => ({ email: EMAIL, password: "wrong" }),
	changeSession: () => ({ workspace: mine.workspace.id }),
	createKey: () => ({ name: "made", scope: "read" }),
	changeWorkspace: () => ({ week_start: 1 }),
	createBrand: () => ({ name: `Brand ${++count}` }),
	changeBrand: () => ({ colour: "#123456" }),
	setBrandLogo: () => PNG,
	setTouchpoints: () => ({ touchpoints: mine.journey.touchpoints.map(({ code, name }) => ({ code, name })) }),
	createSurvey: () => ({ name: `Survey ${++count}` }),
	changeSurvey: () => ({ name: `Survey ${++count}` }),
	createLink: () => ({ survey: "shared" }),
	createLinks: () => `email\nlist${++count}@example.com\n`,
	createResponse: () => ({ survey: "shared", score: 10 }),
	changeResponse: () => ({ comment: `Comment ${++count}` }),
};

const ids = (w) => ({
	session: w.session?.id ?? "1",
	key: w.made_key.id,
	brand: w.brand.id,
	survey: w.survey.id,
	version: "1",
	link: w.link.id,
	person: w.response.person_id,
	response: w.response.id,
});

function fillPath(path, values) {
	return path.replace(/\{(\w+)\}/g, (_, name) => {
		assert.ok(values[name], `the walk knows no ${name}`);
		return values[name];
	});
}

function bodyOf(operation) {
	if (!operation.requestBody) return undefined;
	assert.ok(bodies[operation.operationId], `the walk knows no body of ${operation.operationId}`);
	return bodies[operation.operationId]();
}

/** What the description promises to this caller: 401, 403, or "in". */
function promised(operation, { role, scope }) {
	if (operation.security.length === 0) return "in";
	if (!role && !scope) return 401;
	return operation["x-heed-roles"].includes(role) || operation["x-heed-scopes"].includes(scope) ? "in" : 403;
}

const opened = new Set(["createSession"]); // takes credentials in its body, so it may say 401 itself

async function askAs(name, { method, path, operation }, headers = {}) {
	const caller = callers.get(name);
	const options = { ...caller.options, headers: { ...caller.options.headers, ...headers } };
	const values = ids(mine);
	if (promised(operation, caller) === "in" && method === "delete")
		for (const [kind, make] of Object.entries(fresh)) if (path.includes(`{${kind}}`)) values[kind] = await make(name);
	if (/^(publish|pause|close)Survey$/.test(operation.operationId)) {
		values.survey = mine.only.id;
		await made(heed.post(`/api/v1/surveys/${mine.only.id}/publish`));
	}
	const stateful = caller.role && /^(begin|confirm|end)TwoStep$|RecoveryCodes$/.test(operation.operationId);
	const body = stateful ? await twoStepCode(operation.operationId, caller.options) : bodyOf(operation);
	const r = await heed.ask(method.toUpperCase(), fillPath(path, values), body, options);
	if (stateful) heed.mustRun("user", "totp", emailOf(name), "--reset", "--workspace", "Acme");
	return r;
}

for (const op of operations().filter((o) => !o.operation["x-heed-local"])) {
	const { operation } = op;
	test(`${operation.operationId} is for those whom its description names`, async () => {
		for (const [name, caller] of callers) {
			const r = await askAs(name, op);
			const expected = promised(operation, caller);
			const told = `${name}: ${r.status} ${r.text}`;
			assert.ok(r.status < 500, told);
			assert.ok(!r.text.includes(SECRET), told);
			if (expected !== "in") assert.equal(r.status, expected, told);
			else if (!opened.has(operation.operationId)) assert.ok(r.status < 300, told);
			if (operation.operationId === "deleteSession" && caller.role)
				callers.set(name, { ...caller, options: ours(await signIn(name)) });
		}
	});
}

test("metrics are for an admin key, and for this machine", async () => {
	const far = { "X-Forwarded-For": "203.0.113.9" };
	for (const [name, caller] of callers) {
		const r = await heed.get("/metrics", { ...caller.options, headers: { ...caller.options.headers, ...far } });
		const expected = caller.scope === "admin" ? 200 : caller.role || caller.scope ? 403 : 401;
		assert.equal(r.status, expected, `${name}: ${r.text.slice(0, 200)}`);
	}
	assert.equal((await heed.get("/metrics", { key: null })).status, 200);
});

test("HEAD is for those whom GET is for", async () => {
	for (const op of operations().filter((o) => o.method === "get" && !o.operation["x-heed-local"]))
		for (const name of ["viewer", "track key", "nobody"]) {
			const expected = promised(op.operation, callers.get(name));
			const path = fillPath(op.path, ids(mine));
			const r = await heed.ask("HEAD", path, undefined, callers.get(name).options);
			assert.equal(r.status, expected === "in" ? 200 : expected, `${name} ${path}`);
		}
});

test("a change by cookie needs the page's header, whoever asks", async () => {
	for (const op of operations().filter((o) => o.method !== "get" && o.operation["x-heed-roles"].length))
		for (const headers of [{ "X-Heed": "0" }, { Origin: "https://evil.example" }]) {
			const r = await askAs("owner", op, headers);
			assert.equal(r.status, 403, `${op.operation.operationId}: ${r.text}`);
		}
});

/** All that the other workspace has, as its own key sees it. */
async function otherWorld() {
	const paths = [
		"workspace",
		"members",
		"keys",
		"brands",
		"touchpoints",
		"surveys",
		"surveys/shared",
		"insights/nps",
		"audit",
	];
	for (const [kind, plural] of [
		["link", "links"],
		["person", "people"],
		["response", "responses"],
	])
		paths.push(`${plural}/${ids(other)[kind]}`);
	const all = {};
	for (const path of [...paths, "responses"]) all[path] = await made(heed.get(`/api/v1/${path}`, { key: other.key }));
	return all;
}

function ofOther(text) {
	const known = [...Object.values(ids(other)), other.workspace.id].filter((id) => id.length > 3);
	return text.includes(SECRET) || known.some((id) => text.includes(`"${id}"`));
}

const strongest = ["owner", "admin", "admin key", "write key"];

test("ids of another workspace in a path lead nowhere", async () => {
	const before_ = await otherWorld();
	for (const op of operations().filter((o) => /\{(?!version)/.test(o.path)))
		for (const name of strongest.filter((n) => promised(op.operation, callers.get(n)) === "in")) {
			const slugs = op.path.includes("{survey}") ? [other.survey.id, other.only.slug] : [null];
			for (const survey of slugs) {
				const path = fillPath(op.path, { ...ids(other), ...(survey && { survey }) });
				const r = await heed.ask(op.method.toUpperCase(), path, bodyOf(op.operation), callers.get(name).options);
				assert.equal(r.status, 404, `${name} ${op.operation.operationId} ${path}: ${r.text}`);
			}
		}
	assert.deepEqual(await otherWorld(), before_);
	for (const [workspace, brand] of [
		[mine, other],
		[other, mine],
	])
		assert.equal((await heed.get(`/logo/${workspace.workspace.id}/${brand.brand.id}`, { key: null })).status, 404);
});

/** Members of bodies that take an id, or a name that the other workspace has too. */
const foreign = {
	"createSession.workspace": () => [403, { email: EMAIL, password: "correct horse", workspace: other.workspace.id }],
	"changeSession.workspace": () => [404, { workspace: other.workspace.id }],
	"createSurvey.brand_id": () => [422, { name: "x", brand_id: other.brand.id }],
	"createSurvey.brand": () => [422, { name: "x", brand: other.brand.name }],
	"createSurvey.touchpoint": () => [
		422,
		{ name: "x", kind: "transactional", touchpoint: other.journey.touchpoints[0].code },
	],
	"changeSurvey.brand_id": () => [422, { brand_id: other.brand.id }],
	"changeSurvey.brand": () => [422, { brand: other.brand.name }],
	"changeSurvey.touchpoint": () => [422, { kind: "transactional", touchpoint: other.journey.touchpoints[0].code }],
	"createLink.survey": () => [422, { survey: other.only.slug }],
	"createLink.person": () => [201, { survey: "shared", person: { email: "bob@example.com" } }],
	"createResponse.survey": () => [422, { survey: other.only.slug, score: 1 }],
	"createResponse.person": () => [201, { survey: "shared", score: 1, person: { external_id: `id ${SECRET}` } }],
};
const named = new Set(["workspace", "brand", "brand_id", "touchpoint", "survey", "person"]);

test("ids of another workspace in a body are no ids here", async () => {
	const before_ = await otherWorld();
	for (const op of operations()) {
		const { at } = resolve(["paths", op.path, op.method, "requestBody", "content", "application/json", "schema"]);
		for (const member of Object.keys(at?.properties ?? {}).filter((m) => named.has(m) || m.endsWith("_id"))) {
			const place = `${op.operation.operationId}.${member}`;
			assert.ok(foreign[place], `the walk tries nothing as ${place}`);
			const [status, body] = foreign[place]();
			const name = op.operation.security.length ? "owner" : "nobody";
			const path = fillPath(op.path, ids(mine));
			const r = await heed.ask(op.method.toUpperCase(), path, body, callers.get(name).options);
			assert.equal(r.status, status, `${place}: ${r.text}`);
			if (r.status < 300) assert.ok(!ofOther(r.text.replaceAll(`id ${SECRET}`, "")), `${place}: ${r.text}`);
		}
	}
	assert.deepEqual(await otherWorld(), before_);
});

const queries = {
	survey: () => other.only.slug,
	brand: () => other.brand.id,
	touchpoint: () => other.journey.touchpoints[0].code,
	cursor: () => other.cursor,
	properties: () => SECRET,
};
const harmless = new Set(
	"kind from to limit state group has_comment counted starred series by format for_spreadsheet channel language".split(" "),
);
for (const name of "level size download c s".split(" ")) harmless.add(name); // how a code to share looks

test("ids and cursors of another workspace in a query show nothing of it", async () => {
	for (const op of operations().filter((o) => o.method === "get"))
		for (const i of (op.operation.parameters ?? []).keys()) {
			const { at } = resolve(["paths", op.path, op.method, "parameters", i]);
			if (at.in !== "query" || harmless.has(at.name)) continue;
			assert.ok(queries[at.name], `the walk tries nothing as ${at.name}`);
			const name = at.name === "properties" ? "property.mark" : at.name;
			const query = new URLSearchParams({ [name]: queries[at.name]() });
			for (const who of ["owner", "read key"]) {
				const r = await heed.get(`${fillPath(op.path, ids(mine))}?${query}`, callers.get(who).options);
				const told = `${who} ${op.operation.operationId}?${query}: ${r.text}`;
				assert.equal(r.status, ["cursor", "properties"].includes(at.name) ? 200 : 404, told);
				if (r.status === 200) assert.ok(!ofOther(r.text.replaceAll(encodeURIComponent(SECRET), "")), told);
			}
		}
	const byName = await heed.get(`/api/v1/insights/nps?${new URLSearchParams({ brand: other.brand.name })}`);
	assert.equal(byName.status, 404);
});

test("an Idempotency-Key of another workspace is a new one here", async () => {
	const r = await heed.post(
		"/api/v1/responses",
		{ survey: "shared", score: 3 },
		{ headers: { "Idempotency-Key": "same-as-other" } },
	);
	assert.equal(r.status, 201);
	const key = { key: other.key, headers: { "Idempotency-Key": "same-as-other" } };
	const theirs = await heed.post("/api/v1/responses", { survey: "shared", score: 3 }, key);
	assert.equal(theirs.status, 201);
	assert.notEqual(theirs.json.survey_id, r.json.survey_id);
});

test("lists hold what is of the own workspace alone", async () => {
	for (const op of operations().filter(
		(o) => o.method === "get" && !o.path.includes("{") && o.operation.security.length,
	))
		for (const name of ["owner", "admin key"].filter((n) => promised(op.operation, callers.get(n)) === "in")) {
			const r = await heed.get(op.path, callers.get(name).options);
			assert.equal(r.status, 200);
			assert.ok(op.path === "/metrics" || !ofOther(r.text.replaceAll(`id ${SECRET}`, "")), `${op.path}: ${r.text}`);
		}
});
