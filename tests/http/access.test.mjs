// Who may do what: every operation of the API's description, asked by every role, every scope, nobody, and those whose
// credentials ended; and every place where an id of another workspace could be put.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, made, start } from "./harness.mjs";
import { alter } from "../browser/kit.mjs";
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
	addUser("spare@example.com", "viewer");
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
	const note = await post("trend-notes", { text: `Note ${mark}`, survey_id: survey.id });
	await post("responses/actions", { action: "tag", tag: `Tag ${mark}`, ids: [response.id] });
	const { tags } = await made(heed.get("/api/v1/tags", { key }));
	const answerNote = await post(`responses/${response.id}/notes`, { text: `Note ${mark}` });
	const view = await post("shared-views", { name: `View ${mark}`, what: "board", filter: `survey=${slug}`, by: "property.mark" });
	await made(heed.ask("PUT", "/api/v1/goals", { kind: "relationship", brand_id: brand.id, score: 50, by_day: "2027-01-01" }, { key }));
	const savedView = await post("saved-views", { name: `View ${mark}`, path: `/?property.mark=${encodeURIComponent(mark)}`, shared: true });
	const theme = await post("themes", { name: `Theme ${mark}`, seeds: `en: ${mark.toLowerCase()}` });
	const correction = await correct(key, response.id);
	const check = await drawCheck(key, slug);
	const team = await post("teams", { name: `Team ${mark}`, scope: { surveys: [slug], properties: { mark: [mark] } } });
	const made_key = await post("keys", { name: `key ${mark}`, scope: "read" });
	const invite = await post("invites", { email: `invited-${email}`, role: "viewer" });
	const { members } = await made(heed.get("/api/v1/members", { key }));
	const member = members.find((m) => m.email === "spare@example.com") ?? members.at(-1);
	const page = await made(heed.get("/api/v1/responses?limit=2", { key }));
	const { workspace } = await made(heed.get("/api/v1/me", { key }));
	const { upload, import: imported } = await importFile(key, mark);
	const alert = raiseAlert(workspace, brand);
	const suggestion = suggest(workspace, mark);
	return { alert, theme, suggestion, correction, check, view, invite, member, upload, import: imported, key, brand: logo, journey, survey, only, response, link, tag: tags[0], answerNote, note, savedView, team, made_key, workspace, cursor: page.next_cursor };
}

/** Once the comment was read. */
async function correct(key, response) {
	for (;;) {
		const { reading } = await made(heed.get(`/api/v1/responses/${response}`, { key }));
		if (reading) break;
		await new Promise((wake) => setTimeout(wake, 10));
	}
	return made(heed.post(`/api/v1/responses/${response}/corrections`, { kind: "sentiment", sentiment: "mixed" }, { key }));
}

/** A sample of the promoters' comments, once all of them were read. */
async function drawCheck(key, slug) {
	while ((await made(heed.get("/api/v1/insights/themes", { key }))).comments.not_read > 0) await new Promise((wake) => setTimeout(wake, 10));
	return made(heed.post(`/api/v1/checks?survey=${slug}`, { group: "promoters" }, { key }));
}

/** Of the survey's own score, as the watch writes one. */
function raiseAlert(workspace, brand) {
	const id = `${900_000 + ++count}`;
	alter(heed, `INSERT INTO alert (workspace_id, id, raised_at, state, snoozed_to) VALUES (${workspace.id}, ${id}, 1, 1, 0)`);
	alter(heed, `INSERT INTO alert_part VALUES (${workspace.id}, ${id}, 1, ${brand.id}, 0, 20500, 20480, 20470, 20490, 30, 10, -20, -30, -10, 900, 300)`);
	return { id };
}

/** As a look writes one, and somebody named it: a look under way leaves it. */
function suggest(workspace, mark) {
	const id = `${900_000 + ++count}`;
	alter(heed, `INSERT INTO theme_suggestion VALUES (${workspace.id}, ${id}, 1, 'Suggestion ${mark}', 1, 'en: suggestion ${mark}', 'en', 9, NULL, NULL, 1, 1)`);
	return { id };
}

/** A file that was sent, and one that is imported with a row refused. */
async function importFile(key, mark) {
	const send = (text) => made(heed.ask("POST", `/api/v1/uploads?name=${mark}.csv`, text, { key }));
	const upload = await send(`score,comment\n9,Comment ${mark} ${++count}\n`);
	const { id: upload_id } = await send(`score,comment\n9,Imported ${mark} ${++count}\n11,Refused ${mark}\n`);
	const body = { upload_id, new_survey: { name: `Imported ${mark} ${++count}` } };
	const { id } = await made(heed.post("/api/v1/imports", body, { key }));
	for (;;) {
		const one = await made(heed.get(`/api/v1/imports/${id}`, { key }));
		if (one.state === "done") return { upload, import: one };
		await new Promise((wake) => setTimeout(wake, 10));
	}
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
let count = 0;

/** Something new that may be spent, in the workspace of the test. */
const fresh = {
	session: async (name) => {
		const { sessions } = await made(heed.get("/api/v1/me/sessions", ours(await signIn(name))));
		return sessions.find((s) => s.current).id;
	},
	member: async () => {
		const email = `spent${++count}@example.com`;
		heed.mustRun("user", "add", email, "--role", "viewer", "--workspace", "Acme");
		return (await made(heed.get("/api/v1/members"))).members.find((m) => m.email === email).id;
	},
	invite: async () =>
		(await made(heed.post("/api/v1/invites", { email: `spent${++count}@example.com`, role: "viewer" }))).id,
	key: async () => (await made(heed.post("/api/v1/keys", { name: "spent", scope: "read" }))).id,
	link: async () => (await made(heed.post("/api/v1/links", { survey: "shared" }))).id,
	upload: async () => (await importFile(heed.key, "Spent")).upload.id,
	team: async () => (await made(heed.post("/api/v1/teams", { name: `Spent ${++count}`, scope: {} }))).id,
	survey: async () => (await made(heed.post("/api/v1/surveys", { name: "Spent" }))).id,
	view: async () => (await made(heed.post("/api/v1/shared-views", { name: "Spent", what: "board" }))).id,
	theme: async () => (await made(heed.post("/api/v1/themes", { name: `Spent ${++count}`, seeds: "en: spent" }))).id,
	correction: async () => (await correct(heed.key, mine.response.id)).id,
	note: async () => (await made(heed.post("/api/v1/trend-notes", { text: "Spent" }))).id,
};

const spentTag = async () => {
	const name = `Spent ${++count}`;
	await made(heed.post("/api/v1/responses/actions", { action: "tag", tag: name, ids: [mine.response.id] }));
	return (await made(heed.get("/api/v1/tags"))).tags.find((t) => t.name === name).id;
};
fresh.tag = spentTag;

const bodies = {
	changeServer: () => ({ public_url: null }),
	changeMember: () => ({ role: "viewer" }),
	createInvite: () => ({ email: `new${++count}@example.com`, role: "viewer" }),
	changeSetup: () => ({ step: "brand", state: "skipped" }),
	changeMe: () => ({ language: null }),
	changePassword: () => ({ old: PASSWORD, new: PASSWORD }),
	confirmTwoStep: () => ({ code: "000000" }),
	endTwoStep: () => ({ code: "000000" }),
	newRecoveryCodes: () => ({ code: "000000" }),
	createSession: () => ({ email: EMAIL, password: "wrong" }),
	changeSession: () => ({ workspace: mine.workspace.id }),
	createKey: () => ({ name: "made", scope: "read" }),
	changeWorkspace: () => ({ week_start: 1 }),
	beginMasking: () => ({ confirm: "Acme" }),
	setReadingLanguages: () => ({ languages: null }),
	changeUrgent: () => ({ on: true }),
	doneUrgent: () => ({ responses: [mine.response.id] }),
	createBrand: () => ({ name: `Brand ${++count}` }),
	changeBrand: () => ({ colour: "#123456" }),
	setBrandLogo: () => PNG,
	setTouchpoints: () => ({ touchpoints: mine.journey.touchpoints.map(({ code, name }) => ({ code, name })) }),
	createSurvey: () => ({ name: `Survey ${++count}` }),
	changeSurvey: () => ({ name: `Survey ${++count}` }),
	publishSurvey: () => ({}),
	saveSurveyDraft: () => ({ revision: 0, definition: { question: `Question ${++count}?` } }),
	duplicateSurvey: () => ({ name: `Copy ${++count}` }),
	previewSurvey: () => ({ definition: {}, step: "thanks", group: "passives" }),
	setThemeEffort: () => ({ effort: "small" }),
	createTrendNote: () => ({ text: `Note ${++count}` }),
	setGoal: () => ({ kind: "relationship", brand_id: mine.brand.id, score: ++count % 100, by_day: "2027-01-01" }),
	createSavedView: (name) => ({ name: `Saved ${++count}`, path: "/answers?group=detractors", shared: /owner|admin|analyst|key/.test(name) }),
	changeSavedView: () => ({ name: `Saved ${++count}` }),
	createSharedView: () => ({ name: `View ${++count}`, what: "board" }),
	changeSharedView: () => ({ name: `View ${++count}` }),
	createLink: () => ({ survey: "shared" }),
	makeIdentitySecret: () => ({}),
	makeSheet: () => ({ codes: [{ title: "Table 1", source: "table-1" }] }),
	createLinks: () => `email\nlist${++count}@example.com\n`,
	createResponse: () => ({ survey: "shared", score: 10 }),
	createUpload: () => `score\n${++count % 11}\n`,
	previewImport: () => ({ upload_id: mine.upload.id }),
	createImport: () => ({ upload_id: mine.upload.id, new_survey: { name: `Imported ${++count}` } }),
	createTeam: () => ({ name: `Team ${++count}`, scope: { brands: [mine.brand.id] } }),
	changeTeam: () => ({ name: `Team ${++count}` }),
	actOnResponses: () => ({ action: "star", ids: [mine.response.id] }),
	createNote: () => ({ text: `Note ${++count}` }),
	changeNote: () => ({ text: `Note ${++count}` }),
	changeTag: () => ({ name: `Tag ${++count}` }),
	createTheme: () => ({ name: `Theme ${++count}`, seeds: "en: themed" }),
	changeTheme: () => ({ name: `Theme ${++count}` }),
	drawCheck: () => ({ group: "promoters" }),
	changeCheck: () => ({ wanted: 100 }),
	sayCheckComment: () => ({ themes: [] }),
	changeThemeSuggestion: () => ({ name: `Suggestion ${++count}` }),
	previewTheme: () => ({ seeds: "en: themed" }),
	setReadingSettings: () => ({ industry: null }),
	correctReading: () => ({ kind: "sentiment", sentiment: "positive" }),
	changeAlert: () => ({ state: "open" }),
	changeResponse: () => ({ comment: `Comment ${++count}` }),
};

const ids = (w) => ({
	session: w.session?.id ?? "1",
	key: w.made_key.id,
	brand: w.brand.id,
	survey: w.survey.id,
	version: "1",
	link: w.link.id,
	team: w.team.id,
	member: w.member.id,
	invite: w.invite.id,
	tag: w.tag.id,
	answer_note: w.answerNote.id,
	alert: w.alert.id,
	urgent: "legal",
	theme: w.theme.id,
	suggestion: w.suggestion.id,
	correction: w.correction.id,
	check: w.check.id,
	note: w.note.id,
	view: w.view.id,
	saved_view: w.savedView.id,
	upload: w.upload.id,
	import: w.import.id,
	person: w.response.person_id,
	response: w.response.id,
});

function fillPath(path, values) {
	return path.replace(/\{(\w+)\}/g, (_, name) => {
		assert.ok(values[name], `the walk knows no ${name}`);
		return values[name];
	});
}

function bodyOf(operation, name) {
	if (!operation.requestBody) return undefined;
	assert.ok(bodies[operation.operationId], `the walk knows no body of ${operation.operationId}`);
	return bodies[operation.operationId](name);
}

/** What the description promises to this caller: 401, 403, or "in". */
function promised(operation, { role, scope }) {
	if (operation.security.length === 0) return "in";
	if (!role && !scope) return 401;
	if (operation["x-heed-names"] && ["analyst", "viewer"].includes(role)) return 403;
	return operation["x-heed-roles"].includes(role) || operation["x-heed-scopes"].includes(scope) ? "in" : 403;
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
	if (/^(publish|pause|close)Survey$/.test(operation.operationId)) {
		values.survey = mine.only.id;
		await made(heed.post(`/api/v1/surveys/${mine.only.id}/publish`));
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

/** All that the other workspace has, as its own key sees it. */
async function otherWorld() {
	const paths = [
		"workspace",
		"members",
		"keys",
		"brands",
		"touchpoints",
		"teams",
		"tags",
		"themes",
		"themes/suggestions",
		"reading/settings",
		"surveys",
		"surveys/shared",
		"surveys/shared/draft",
		"trend-notes",
		"shared-views",
		"goals",
		"saved-views",
		"insights/nps",
		"insights/planner",
		"insights/quality",
		"insights/segments",
		"audit",
	];
	for (const [kind, plural] of [
		["link", "links"],
		["person", "people"],
		["response", "responses"],
		["import", "imports"],
	])
		paths.push(`${plural}/${ids(other)[kind]}`);
	const all = {};
	for (const path of [...paths, "responses"]) {
		// When, and how fast, is another each time.
		const { as_of, query_us, ...told } = await made(heed.get(`/api/v1/${path}`, { key: other.key }));
		all[path] = told;
	}
	return all;
}

function ofOther(text) {
	const { urgent: _, ...theirs } = ids(other); // a kind is no id
	const known = [...Object.values(theirs), other.workspace.id].filter((id) => id.length > 3);
	return text.includes(SECRET) || known.some((id) => text.includes(`"${id}"`));
}

const strongest = ["owner", "admin", "admin key", "write key"];

test("ids of another workspace in a path lead nowhere", async () => {
	const before_ = await otherWorld();
	for (const op of operations().filter((o) => /\{(?!version|urgent)/.test(o.path)))
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
	"changeMember.team_id": () => [422, { team_id: other.team.id }],
	"createInvite.team_id": () => [422, { email: "foreign@example.com", role: "viewer", team_id: other.team.id }],
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
	"setGoal.brand_id": () => [422, { kind: "relationship", brand_id: other.brand.id, score: 1, by_day: "2027-01-01" }],
	"setGoal.touchpoint": () => [
		422,
		{ kind: "transactional", brand_id: mine.brand.id, touchpoint: other.journey.touchpoints[0].code, score: 1, by_day: "2027-01-01" },
	],
	"correctReading.theme_id": () => [404, { kind: "theme-added", theme_id: other.theme.id, polarity: 1 }],
	"changeTheme.merge_into": () => [404, { merge_into: other.theme.id }],
	"changeThemeSuggestion.theme_id": () => [404, { state: "merged", theme_id: other.theme.id }],
	"previewTheme.theme_id": () => [404, { theme_id: other.theme.id, seeds: "en: themed" }],
	"previewTheme.join_id": () => [404, { theme_id: mine.theme.id, join_id: other.theme.id }],
	"createTrendNote.survey_id": () => [422, { text: "x", survey_id: other.survey.id }],
	"previewImport.upload_id": () => [422, { upload_id: other.upload.id }],
	"previewImport.survey": () => [422, { upload_id: mine.upload.id, survey: other.only.slug }],
	"createImport.upload_id": () => [422, { upload_id: other.upload.id, new_survey: { name: "x" } }],
	"createImport.survey": () => [422, { upload_id: mine.upload.id, survey: other.only.slug }],
	"createLink.survey": () => [422, { survey: other.only.slug }],
	"createLink.person": () => [201, { survey: "shared", person: { email: "bob@example.com" } }],
	"createResponse.survey": () => [422, { survey: other.only.slug, score: 1 }],
	"createResponse.person": () => [201, { survey: "shared", score: 1, person: { external_id: `id ${SECRET}` } }],
};
test("work on answers of another workspace finds none of them", async () => {
	const before_ = await otherWorld();
	for (const name of strongest.filter((n) => n !== "read key")) {
		const act = (body) => heed.post("/api/v1/responses/actions", { action: "star", ...body }, callers.get(name).options);
		assert.equal((await act({ ids: [other.response.id] })).status, 404);
		const mixed = await made(act({ ids: [mine.response.id, other.response.id] }));
		assert.equal(mixed.missing, 1);
		assert.equal((await act({ filter: `survey=${other.only.slug}` })).status, 404);
		const behind = await made(act({ filter: "", cursor: other.cursor }));
		assert.ok(!behind.changed.includes(other.response.id));
	}
	assert.deepEqual(await otherWorld(), before_);
});

const named = new Set(["workspace", "brand", "brand_id", "touchpoint", "survey", "person", "merge_into"]);

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
	tag: () => SECRET,
	theme: () => other.theme.code,
	source: () => SECRET,
	import: () => other.import.id,
	q: () => SECRET,
	word: () => SECRET.replace(/-.*/, ""),
	scope: () => JSON.stringify({ surveys: ["shared"] }),
	part: () => `relationship/${other.brand.id}/`,
	a: () => `survey=${other.only.slug}`,
	b: () => `brand=${other.brand.id}`,
};
const harmless = new Set(
	"kind from to limit state group score has_comment counted starred series by compare format for_spreadsheet channel language view since until".split(" "),
);
for (const name of "level size download c s tool link field with_properties lang".split(" ")) harmless.add(name); // how a code to share looks
for (const name of "actor action subject".split(" ")) harmless.add(name); // of the own audit log

for (const name of ["sentiment", "shown_sentiment", "urgent", "mood", "intent", "says"]) harmless.add(name); // how comments sound
harmless.add("after"); // a place in the own log
harmless.add("target"); // of criticism, for points at stake
harmless.add("step"); // what a point of a trend counts
for (const name of "of total weight".split(" ")) harmless.add(name); // rows of the own portfolio, and their weights
for (const name of "and vote value version".split(" ")) harmless.add(name); // how figures are split
for (const name of "half change customers".split(" ")) harmless.add(name); // what is wished of them

test("ids and cursors of another workspace in a query show nothing of it", async () => {
	for (const op of operations().filter((o) => o.method === "get"))
		for (const i of (op.operation.parameters ?? []).keys()) {
			const { at } = resolve(["paths", op.path, op.method, "parameters", i]);
			if (at.in !== "query" || harmless.has(at.name)) continue;
			assert.ok(queries[at.name], `the walk tries nothing as ${at.name}`);
			const name = at.name === "properties" ? "property.mark" : at.name;
			const query = new URLSearchParams({ [name]: queries[at.name]() });
			for (const who of ["owner", "read key"].filter((n) => promised(op.operation, callers.get(n)) === "in")) {
				const r = await heed.get(`${fillPath(op.path, ids(mine))}?${query}`, callers.get(who).options);
				const told = `${who} ${op.operation.operationId}?${query}: ${r.text}`;
				assert.equal(r.status, ["cursor", "properties", "tag", "theme", "source", "import", "q", "word", "scope"].includes(at.name) ? 200 : 404, told);
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

// Teams: members whose scope leaves out what is asked for.

const MUNICH = "Monaco-4711"; // stands in every text of what the Berlin teams must not see
const NAMES = ["Nora Namenlos", "nora@names.example", "+49 89 55501234", "nora-external"];
let munich;
const berlin = new Map(); // name -> { role, bySurvey, options }

async function makeTeams() {
	if (munich) return;
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
}

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
	await makeTeams();
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
	await makeTeams();
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
	await makeTeams();
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

test("lists, figures and exports of a team show nothing outside its scope", async () => {
	await makeTeams();
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
	await makeTeams();
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
	await makeTeams();
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
	await makeTeams();
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

test("who may not see names finds none, wherever the person answered", async () => {
	await makeTeams();
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
