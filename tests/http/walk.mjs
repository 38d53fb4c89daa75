// tests/http/walk.mjs - every operation of the API's description, for tests that ask all of them: two workspaces with one of everything
// in each, bodies, ids, and callers of every kind.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	before(begin);
//	after(end);
import assert from "node:assert/strict";
import { alter } from "../browser/kit.mjs";
import { EMAIL, made, start } from "./harness.mjs";

const ROLES = ["owner", "admin", "analyst", "agent", "viewer"];
const SCOPES = ["track", "read", "write", "admin"];
export const PASSWORD = "a long enough one";
export const SECRET = "Geheim-7361"; // stands in every text of the other workspace
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000100", "hex");

/** There from begin() on. */
export let heed, mine, other;
export const callers = new Map(); // name -> { options, role, scope }

export async function begin() {
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
}

export const end = () => heed?.stop();

export function addUser(email, role) {
	heed.mustRun("user", "add", email, "--role", role, "--workspace", "Acme", "--password-stdin", {
		input: `${PASSWORD}\n`,
	});
}

export const ours = (cookie) => ({ cookie, headers: { "X-Heed": "1", Origin: heed.url } });

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
export async function importFile(key, mark) {
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

export async function signIn(role) {
	return heed.signIn(emailOf(role), PASSWORD);
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

export const emailOf = (name) => (name === "owner" ? "second@example.com" : `${name}@example.com`);
let count = 0;
let spentPerson; // the last of fresh.person()

/** Something new that may be spent, in the workspace of the test. */
export const fresh = {
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
	person: async () => {
		const link = { survey: "shared", person: { email: `spent${++count}@example.com` } };
		return (spentPerson = (await made(heed.post("/api/v1/links", link))).person_id);
	},
};

const spentTag = async () => {
	const name = `Spent ${++count}`;
	await made(heed.post("/api/v1/responses/actions", { action: "tag", tag: name, ids: [mine.response.id] }));
	return (await made(heed.get("/api/v1/tags"))).tags.find((t) => t.name === name).id;
};
fresh.tag = spentTag;

export const bodies = {
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
	mergePeople: () => ({ from: spentPerson ?? mine.response.person_id }),
	changeResponse: () => ({ comment: `Comment ${++count}` }),
};

export const ids = (w) => ({
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

export function fillPath(path, values) {
	return path.replace(/\{(\w+)\}/g, (_, name) => {
		assert.ok(values[name], `the walk knows no ${name}`);
		return values[name];
	});
}

export function bodyOf(operation, name) {
	if (!operation.requestBody) return undefined;
	assert.ok(bodies[operation.operationId], `the walk knows no body of ${operation.operationId}`);
	return bodies[operation.operationId](name);
}

/** What the description promises to this caller: 401, 403, or "in". */
export function promised(operation, { role, scope }) {
	if (operation.security.length === 0) return "in";
	if (!role && !scope) return 401;
	if (operation["x-heed-names"] && ["analyst", "viewer"].includes(role)) return 403;
	return operation["x-heed-roles"].includes(role) || operation["x-heed-scopes"].includes(scope) ? "in" : 403;
}

/** What another workspace, or a place outside a team's scope, could be asked for by. */
export const queries = {
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
	who: () => `id ${SECRET}`,
	word: () => SECRET.replace(/-.*/, ""),
	scope: () => JSON.stringify({ surveys: ["shared"] }),
	part: () => `relationship/${other.brand.id}/`,
	a: () => `survey=${other.only.slug}`,
	b: () => `brand=${other.brand.id}`,
};
