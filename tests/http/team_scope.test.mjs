// Every operation, asked by members of teams whose scope leaves out what is asked for.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made } from "./harness.mjs";
import { operations, resolve } from "./validate.mjs";
import { addUser, begin, bodyOf, callers, end, fillPath, heed, ids, mine, ours, PASSWORD, queries } from "./walk.mjs";

const MUNICH = "Monaco-4711"; // stands in every text of what the Berlin teams must not see
const NAMES = ["Nora Namenlos", "nora@names.example", "+49 89 55501234", "nora-external"];
let munich;
const berlin = new Map(); // name -> { role, bySurvey, options }

before(async () => {
	await begin();
	const post = (path, body) => made(heed.post(`/api/v1/${path}`, body));
	for (const slug of ["berlin", "munich"])
		await post("surveys", { name: slug === "munich" ? MUNICH : "Berlin", slug, state: "live" });
	const person = { name: NAMES[0], email: NAMES[1], phone: NAMES[2], external_id: NAMES[3], traits: { city: MUNICH } };
	const answer = { score: 2, comment: `Comment ${MUNICH}`, channel: MUNICH, properties: { city: MUNICH, mail: NAMES[1] } };
	const response = await post("responses", { ...answer, survey: "munich", person });
	for (let i = 0; i < 6; i++) await post("responses", { ...answer, survey: "munich" });
	await post("responses/actions", { action: "tag", tag: "seen", ids: [response.id] });
	const note = await post(`responses/${response.id}/notes`, { text: `Note ${MUNICH}` });
	const link = await post("links", { survey: "munich", person: { email: NAMES[1] }, properties: { city: MUNICH } });
	for (let i = 0; i < 7; i++)
		await post("responses", { survey: "berlin", score: 10, comment: "Berliner", properties: { city: "Berlin" } });
	const survey = (await made(heed.get("/api/v1/surveys/munich"))).id;
	const mark = await post("trend-notes", { survey_id: survey, text: `Mark ${MUNICH}` });
	munich = { response: response.id, person: response.person_id, link: link.id, answer_note: note.id, note: mark.id, survey, version: "1" };
	await post("teams", { name: "By city", scope: { properties: { city: ["Berlin", "Potsdam"] } } });
	await post("teams", { name: "By survey", scope: { surveys: ["berlin"] } });
	for (const role of ["analyst", "agent", "viewer"])
		for (const team of ["By city", "By survey"]) {
			const email = `${role}.${team.replace(" ", ".")}@example.com`;
			addUser(email, role);
			heed.mustRun("user", "team", email, "--team", team, "--workspace", "Acme");
			heed.mustRun("user", "names", email, "--names", "seen", "--workspace", "Acme");
			berlin.set(`${role} ${team}`, {
				role,
				names: role !== "viewer",
				bySurvey: team === "By survey",
				options: ours(await heed.signIn(email, PASSWORD)),
			});
		}
});
after(end);

const mayAsk = (operation, { role, names }) =>
	operation["x-heed-roles"].includes(role) && (names || !operation["x-heed-names"]);

/** Of surveys, not of answers: a scope of properties leaves none of them out. */
const ofSurveys = new Set(["listSurveys", "listTrendNotes"]);

/** Of the other team, in whatever a reply says; not what was asked for itself. */
function ofMunich(text, asked = "") {
	const plain = text.replaceAll(asked || "\0", "").replaceAll(encodeURIComponent(asked) || "\0", "");
	return [MUNICH, munich.response, munich.person, munich.link].find((known) => plain.includes(known));
}

test("ids outside a team's scope in a path lead nowhere", async () => {
	const whole = async () => {
		const all = {};
		for (const [kind, plural] of [["response", "responses"], ["person", "people"], ["link", "links"], ["survey", "surveys"]])
			all[kind] = await made(heed.get(`/api/v1/${plural}/${munich[kind]}`));
		return all;
	};
	const before_ = await whole();
	for (const op of operations().filter((o) => /\{(response|person|link|survey|answer_note|note|alert)\}/.test(o.path)))
		for (const [name, caller] of berlin) {
			if (!mayAsk(op.operation, caller) || (/\{(survey|note)\}/.test(op.path) && !caller.bySurvey)) continue;
			for (const survey of op.path.includes("{survey}") ? [munich.survey, "munich"] : [null]) {
				const path = fillPath(op.path, { ...ids(mine), ...munich, ...(survey && { survey }) });
				const r = await heed.ask(op.method.toUpperCase(), path, bodyOf(op.operation), caller.options);
				assert.equal(r.status, 404, `${name} ${op.operation.operationId} ${path}: ${r.text}`);
			}
		}
	assert.deepEqual(await whole(), before_);
});

test("what reaches beyond any team's scope is for those who see the whole workspace", async () => {
	const path = `/api/v1/imports/${ids(mine).import}`;
	const before_ = (await made(heed.get(path))).state;
	for (const op of operations().filter((o) => /\{(import|upload|tag|team|member|invite|key)\}/.test(o.path)))
		for (const [name, caller] of berlin) {
			const r = await heed.ask(op.method.toUpperCase(), fillPath(op.path, ids(mine)), bodyOf(op.operation), caller.options);
			assert.equal(r.status, 403, `${name} ${op.operation.operationId}: ${r.text}`);
		}
	assert.equal((await made(heed.get(path))).state, before_);
	const admin = { ...callers.get("admin").options };
	heed.mustRun("user", "team", "admin@example.com", "--team", "By city", "--workspace", "Acme");
	assert.ok((await made(heed.get("/api/v1/imports", admin))).imports.length > 0, "an admin in a team sees all");
	heed.mustRun("user", "team", "admin@example.com", "--team", "none", "--workspace", "Acme");
});

test("work of a team on answers stays inside its scope", async () => {
	const read = () => made(heed.get(`/api/v1/responses/${munich.response}`));
	const before_ = await read();
	for (const [name, { role, bySurvey, options }] of berlin) {
		if (role === "viewer") continue;
		const act = (body) => heed.post("/api/v1/responses/actions", { action: "tag", tag: name, ...body }, options);
		assert.equal((await act({ ids: [munich.response] })).status, 404, name);
		if (bySurvey) assert.equal((await act({ filter: "survey=munich" })).status, 404, name);
		const all = await made(act({ filter: "" }));
		assert.ok(all.changed.length >= 7 && !all.changed.includes(munich.response), name);
		assert.equal((await made(act({ ids: [munich.response, all.changed[0]] }))).missing, 1, name);
		const { tags } = await made(heed.get("/api/v1/tags", options));
		assert.ok(tags.every((t) => t.answers === null), name);
		if (role === "analyst")
			assert.equal((await heed.ask("PATCH", `/api/v1/tags/${tags[0].id}`, { name: "x" }, options)).status, 403, name);
		assert.equal(ofMunich((await heed.get("/api/v1/mentions", options)).text), undefined, name);
	}
	assert.deepEqual(await read(), before_);
	const { people } = await made(heed.get(`/api/v1/responses/${munich.response}/people`));
	assert.ok(!people.some((p) => p.email.includes(".By.")), "a note cannot call who may not see the answer");
});

/** What is told of the whole workspace or not at all. */
const ofTheWhole = new Set(["getLearnt"]);

test("what all teams share is changed by those who see the whole workspace", async () => {
	const read = async () => {
		const all = {};
		for (const path of ["brands", "touchpoints", "goals", "urgent", "reading/settings"]) all[path] = await made(heed.get(`/api/v1/${path}`));
		return all;
	};
	const before_ = await read();
	const shared = ["changeBrand", "setBrandLogo", "removeBrandLogo", "setTouchpoints", "setGoal", "changeUrgent", "readAgain", "cancelReading", "setReadingSettings"];
	const ops = operations().filter((o) => shared.includes(o.operation.operationId));
	assert.equal(ops.length, shared.length);
	for (const op of ops)
		for (const [name, caller] of berlin) {
			if (caller.role !== "analyst") continue;
			const r = await heed.ask(op.method.toUpperCase(), fillPath(op.path, ids(mine)), bodyOf(op.operation), caller.options);
			assert.equal(r.status, 403, `${name} ${op.operation.operationId}: ${r.text}`);
			assert.match(r.text, /only those who see all answers/);
		}
	assert.deepEqual({ ...(await read()), urgent: null }, { ...before_, urgent: null });
	assert.deepEqual((await read()).urgent.notices.map((n) => n.on), before_.urgent.notices.map((n) => n.on));
});

test("how many answers the workspace has is not told to a team", async () => {
	assert.ok((await made(heed.get("/api/v1/reading/coverage"))).comments > 0);
	for (const [name, { role, options }] of berlin) {
		if (role === "viewer") continue;
		const { done, total, rate } = await made(heed.get("/api/v1/reading/status", options));
		assert.deepEqual([done, total, rate], [null, null, null], name);
		if (role !== "analyst") continue;
		const { comments, not_analysed, languages } = await made(heed.get("/api/v1/reading/coverage", options));
		assert.deepEqual([comments, not_analysed], [null, null], name);
		assert.ok(languages.length > 0 && languages.every((one) => one.comments === null), name);
	}
});

test("lists, figures and exports of a team show nothing outside its scope", async () => {
	for (const op of operations().filter((o) => o.method === "get" && !o.path.includes("{")))
		for (const [name, caller] of berlin) {
			if (!mayAsk(op.operation, caller)) continue;
			const r = await heed.get(op.path, caller.options);
			assert.equal(r.status, ofTheWhole.has(op.operation.operationId) ? 403 : 200, `${name} ${op.path}: ${r.text}`);
			if (ofSurveys.has(op.operation.operationId) && !caller.bySurvey) continue;
			assert.equal(ofMunich(r.text), undefined, `${name} ${op.path}: ${r.text}`);
		}
	for (const [name, caller] of berlin) {
		const { parts } = (await heed.get("/api/v1/insights/nps?series=week&by=property.city", caller.options)).json;
		assert.deepEqual([parts.length, parts[0].figure.responses, parts[0].figure.nps], [1, 7, 100], name);
		assert.deepEqual(parts[0].groups.map((g) => g.value), ["Berlin"], name);
		if (caller.role === "viewer") continue;
		const all = (await heed.get("/api/v1/responses?limit=200", caller.options)).json.responses;
		assert.equal(all.length, 7, name);
	}
});

test("no query gets a team out of its scope", async () => {
	const page = await made(heed.get("/api/v1/responses?survey=munich&limit=1"));
	const outside = { ...queries, survey: () => "munich", cursor: () => page.next_cursor, properties: () => MUNICH };
	outside.import = () => "none";
	outside.channel = outside.q = () => MUNICH;
	for (const op of operations().filter((o) => o.method === "get" && !o.path.includes("{")))
		for (const i of (op.operation.parameters ?? []).keys()) {
			const { at } = resolve(["paths", op.path, op.method, "parameters", i]);
			if (at.in !== "query" || !outside[at.name]) continue;
			const asked = outside[at.name]();
			const query = new URLSearchParams({ [at.name === "properties" ? "property.city" : at.name]: asked });
			for (const [name, caller] of berlin) {
				if (!mayAsk(op.operation, caller) || (ofSurveys.has(op.operation.operationId) && !caller.bySurvey)) continue;
				const r = await heed.get(`${op.path}?${query}`, caller.options);
				const told = `${name} ${op.path}?${query}: ${r.status} ${r.text}`;
				if (at.name === "survey" && caller.bySurvey) assert.equal(r.status, 404, told);
				assert.ok(r.status < 500, told);
				assert.equal(ofMunich(r.text, asked), undefined, told);
			}
		}
});

test("an address that an admin saved shows a team its own part", async () => {
	const all = await made(heed.get("/api/v1/insights/nps?by=property.city"));
	const paths = all.parts.flatMap((p) => [p.figure, ...p.groups.map((g) => g.figure)]).map((f) => f.answers_path);
	for (const path of paths.filter(Boolean))
		for (const [name, caller] of berlin) {
			const r = await heed.get(path, caller.options);
			assert.equal(r.status, caller.role === "viewer" ? 403 : 200, `${name} ${path}`);
			assert.equal(ofMunich(r.text, MUNICH), undefined, `${name} ${path}: ${r.text}`);
		}
});

test("nobody makes what would lie outside the own team's scope", async () => {
	const before_ = (await made(heed.get("/api/v1/insights/nps?survey=munich"))).parts[0].figure.responses;
	for (const [name, { role, bySurvey, options }] of berlin) {
		if (role === "viewer") continue;
		const post = (path, body) => heed.post(`/api/v1/${path}`, body, options);
		const survey = bySurvey ? "munich" : "berlin";
		for (const r of [
			await post("responses", { survey, score: 9 }),
			await post("responses", { survey, score: 9, properties: { city: MUNICH } }),
			await post("responses", { survey, score: 9, person: { external_id: NAMES[3] } }),
			await post("links", { survey, properties: { city: MUNICH } }),
			await post("links", { survey, person: { email: NAMES[1] } }),
		]) {
			assert.ok([403, 422].includes(r.status), `${name}: ${r.status} ${r.text}`);
			assert.equal(ofMunich(r.text), undefined, name);
		}
		if (role === "analyst" && bySurvey)
			for (const path of ["surveys", "surveys/berlin/duplicate"])
				assert.equal((await post(path, { name: "Not Berlin" })).status, 403, path);
		const good = await post("responses", { survey: "berlin", score: 10, properties: { city: "Berlin" } });
		assert.equal(good.status, 201, good.text);
	}
	assert.equal((await made(heed.get("/api/v1/insights/nps?survey=munich"))).parts[0].figure.responses, before_);
	assert.ok(!(await heed.get("/api/v1/surveys")).text.includes("Not Berlin"));
});

test("nobody meets a person through an answer or a link made for them", async () => {
	const city = { city: "Berlin" };
	for (const [name, { role, options }] of berlin) {
		if (role === "viewer") continue;
		const post = (path, body, more = options) => heed.post(`/api/v1/${path}`, { survey: "berlin", properties: city, ...body }, more);
		const list = (email) => heed.post("/api/v1/surveys/berlin/links", `email,city\n${email},Berlin\n`, { ...options, headers: { ...options.headers, "Content-Type": "text/csv" } });
		for (const person of [{ email: NAMES[1] }, { external_id: NAMES[3] }, { phone: NAMES[2] }]) {
			assert.equal((await post("responses", { score: 9, person })).status, 403, name);
			assert.equal((await post("links", { person })).status, 403, name);
		}
		assert.match((await list(NAMES[1])).text, /lies outside/, name);
		assert.equal((await heed.get(`/api/v1/people/${munich.person}`, options)).status, 404, name);
		// Whoever is new is the team's, and stays so; so is who has a link of the team's.
		const email = `new.${name.replaceAll(" ", ".")}@names.example`;
		for (let i = 0; i < 2; i++) {
			const r = await post("responses", { score: 9, person: { email } });
			assert.equal(r.status, 201, r.text);
			assert.equal((await heed.get(`/api/v1/people/${r.json.person_id}`, options)).status, 200, name);
		}
		assert.equal((await post("links", { person: { email } })).status, 201, name);
		for (let i = 0; i < 2; i++) assert.equal((await post("links", { person: { email: `linked.${email}` } })).status, 201, name);
		assert.equal((await post("responses", { score: 9, person: { email: `linked.${email}` } })).status, 201, name);
	}
	assert.equal(JSON.stringify(await made(heed.get(`/api/v1/people/${munich.person}`))).includes("Berlin"), false);
});

test("who may not see names finds none, wherever the person answered", async () => {
	for (const name of ["analyst", "viewer"])
		for (const op of operations().filter((o) => o.method === "get" && o.operation["x-heed-roles"].includes(name))) {
			const path = fillPath(op.path, { ...ids(mine), ...munich });
			const queried = op.operation.operationId === "getNps" ? ["?by=property.mail", "?property.x=a%40b.example", ""] : [""];
			for (const query of queried) {
				const r = await heed.get(path + query, callers.get(name).options);
				const expected = op.operation["x-heed-names"] || query ? 403 : 200;
				assert.equal(r.status, expected, `${name} ${path}${query}: ${r.text}`);
				for (const text of NAMES) assert.ok(!r.text.includes(text), `${name} ${path}${query}: ${r.text}`);
			}
		}
	const seen = await heed.get(`/api/v1/responses/${munich.response}`, callers.get("agent").options);
	for (const text of NAMES) assert.ok(seen.text.includes(text));
});

test("who may not see names can ask for nobody by what is known of them", async () => {
	const analyst = callers.get("analyst").options;
	const person = { email: NAMES[1] };
	const said = JSON.stringify(await made(heed.get("/api/v1/people/" + munich.person)));
	for (const r of [
		await heed.post("/api/v1/links", { survey: "munich", person }, analyst),
		await heed.post("/api/v1/responses", { survey: "munich", score: 9, person }, analyst),
		await heed.post("/api/v1/responses", { survey: "munich", score: 9, person: { traits: { plan: "x" } } }, analyst),
		await heed.post("/api/v1/surveys/munich/links", `email\n${NAMES[1]}\n`, { ...analyst, headers: { ...analyst.headers, "Content-Type": "text/csv" } }),
	]) {
		assert.equal(r.status, 403, r.text);
		assert.ok(!r.text.includes(munich.person), r.text);
	}
	assert.equal(JSON.stringify(await made(heed.get("/api/v1/people/" + munich.person))), said);
	for (const path of ["responses?limit=200", `responses/${munich.response}`, `links/${munich.link}`])
		assert.ok(!(await heed.get(`/api/v1/${path}`, analyst)).text.includes(munich.person), path);
	assert.ok((await heed.get(`/api/v1/links/${munich.link}`, callers.get("agent").options)).text.includes(munich.person));
	assert.equal((await heed.post("/api/v1/responses", { survey: "munich", score: 9 }, analyst)).status, 201);
	assert.equal((await heed.post("/api/v1/links", { survey: "munich" }, analyst)).status, 201);
});
