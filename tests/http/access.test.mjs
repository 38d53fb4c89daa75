// Who may do what: every operation of the API's description, asked by every role, every scope, nobody, and those whose
// credentials ended. That they see nothing of others is other_workspace.test.mjs and team_scope.test.mjs.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made } from "./harness.mjs";
import { appCode, calm } from "./totp.mjs";
import { operations } from "./validate.mjs";
import {
	begin, bodies, bodyOf, callers, emailOf, end, fillPath, fresh, heed,
	ids, importFile, mine, ours, promised, SECRET, signIn,
} from "./walk.mjs";

before(begin);
after(end);

/** A code for what two-step sign-in is asked to do, in the state that it needs. */
async function twoStepCode(operationId, options) {
	if (operationId === "beginTwoStep") return undefined;
	const { secret } = await made(heed.ask("POST", "/api/v1/me/two-step", undefined, options));
	await calm(5); // or the code of before could be one of two steps ago when it arrives
	if (operationId === "confirmTwoStep") return { code: appCode(secret) };
	await made(heed.ask("PUT", "/api/v1/me/two-step", { code: appCode(secret, -1) }, options));
	return { code: appCode(secret) };
}

/** Needs the workspace to keep comments masked: what it then does tests/http/personal_data.test.mjs. */
const conflicting = new Set(["beginMasking"]);
const elsewhere = new Set(["removeDemo"]); // there is none here: 404 for whom it is
const opened = new Set(["createSession"]); // takes credentials in its body, so it may say 401 itself

/** What is done to a survey that the other tests then could not use. */
const shelving = new Set(["archiveSurvey", "unarchiveSurvey", "restoreSurvey", "saveSurveyDraft"]);
async function undone(id) {
	await made(heed.post(`/api/v1/imports/${id}/undo`));
	while ((await made(heed.get(`/api/v1/imports/${id}`))).state !== "undone") await new Promise((wake) => setTimeout(wake, 10));
}

async function askAs(name, { method, path, operation }, headers = {}) {
	const caller = callers.get(name);
	const options = { ...caller.options, headers: { ...caller.options.headers, ...headers } };
	const values = ids(mine);
	if (promised(operation, caller) === "in" && method === "delete")
		for (const [kind, make] of Object.entries(fresh)) if (path.includes(`{${kind}}`)) values[kind] = await make(name);
	if (operation.operationId === "restoreMember" && promised(operation, caller) === "in") {
		values.member = await fresh.member();
		assert.equal((await heed.ask("DELETE", `/api/v1/members/${values.member}`)).status, 204);
	}
	if (/^(publish|pause|resume|close)Survey$/.test(operation.operationId)) {
		values.survey = mine.only.id;
		await made(heed.post(`/api/v1/surveys/${mine.only.id}/publish`));
	}
	// A person goes but once, and is merged but once.
	if (/^(erasePerson|(un)?mergePeople)$/.test(operation.operationId) && promised(operation, caller) === "in") {
		const person = await fresh.person();
		if (operation.operationId !== "mergePeople") values.person = person;
		if (operation.operationId === "unmergePeople") await made(heed.post(`/api/v1/people/${mine.response.person_id}/merge`, { from: person }));
	}
	if (shelving.has(operation.operationId) && promised(operation, caller) === "in") values.survey = await fresh.survey();
	// A view that one has saved is changed and deleted by who saved it.
	if (path.includes("{saved_view}") && promised(operation, caller) === "in")
		values.saved_view = (await made(heed.post("/api/v1/saved-views", bodies.createSavedView(name), caller.options))).id;
	// A note is its author's alone.
	if (operation.operationId === "changeNote" && promised(operation, caller) === "in")
		values.answer_note = (await made(heed.post(`/api/v1/responses/${mine.response.id}/notes`, { text: "own" }, caller.options))).id;
	const stateful = caller.role && /^(begin|confirm|end)TwoStep$|RecoveryCodes$/.test(operation.operationId);
	const body = stateful ? await twoStepCode(operation.operationId, caller.options) : bodyOf(operation, name);
	if (/^(undo|repeat)Import$/.test(operation.operationId)) {
		values.import = (await importFile(heed.key, "Spent")).import.id;
		if (operation.operationId === "repeatImport") await undone(values.import);
	}
	const query = operation.operationId === "createUpload" ? "?name=x.csv" : "";
	const r = await heed.ask(method.toUpperCase(), fillPath(path, values) + query, body, options);
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
			else if (elsewhere.has(operation.operationId)) assert.equal(r.status, 404, told);
			else if (conflicting.has(operation.operationId)) assert.equal(r.status, 409, told);
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
	const own = await heed.get("/metrics", { key: null });
	assert.equal(own.status, 200);
	for (const name of ["lane_units_total", "live_streams", "cube_bytes", "cube_loads_total", "cube_lag_seconds"])
		assert.match(own.text, new RegExp(`^heed_${name} [0-9.]+$`, "m"));
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
