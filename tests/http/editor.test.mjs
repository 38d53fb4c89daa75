// What the survey editor rests on: drafts beside what is published, times and limits, bin, test link, notes, previews.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, PASSWORD, start } from "./harness.mjs";

let heed, owner;
before(async () => {
	heed = await start(null);
	owner = { cookie: await heed.signIn(EMAIL, PASSWORD), headers: { "X-Heed": "1", Origin: heed.url } };
});
after(() => heed?.stop());

let count = 0;
async function make(definition = {}, more = {}) {
	const r = await heed.post("/api/v1/surveys", { name: `Survey ${++count}`, state: "live", definition, ...more });
	assert.equal(r.status, 201, r.text);
	return r.json;
}
const at = (s, rest = "") => `/api/v1/surveys/${s.id}${rest}`;
const good = async (promise) => {
	const r = await promise;
	assert.ok(r.status < 300, `${r.status} ${r.text}`);
	return r.json;
};
const draftOf = (s) => good(heed.get(at(s, "/draft")));
const save = (s, body, options) => heed.ask("PUT", at(s, "/draft"), body, options);
async function publish(s, draft) {
	const { revision } = await draftOf(s);
	await good(save(s, { revision, ...draft }));
	return good(heed.post(at(s, "/publish")));
}
const show = (path, headers = {}) => heed.get(path, { key: null, headers });
const send = (path, fields) =>
	heed.post(path, new URLSearchParams(fields).toString(), {
		key: null,
		headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
	});
const path = (s) => new URL(s.url).pathname;
const heading = (html) => /<h1[^>]*>([^<]*)</.exec(html)[1];
const answersOf = async (s) => (await good(heed.get(`/api/v1/responses?survey=${s.slug}`))).responses;
const answer = (s, score, more = {}) => heed.post("/api/v1/responses", { survey: s.slug, score, ...more });
const inMs = (ms) => new Date(Date.now() + ms).toISOString();

test("a draft is saved beside what respondents see, until it is published", async () => {
	const s = await make({ question: "Old?" });
	const before_ = await draftOf(s);
	assert.equal(before_.changed, false);
	assert.equal(before_.saved_by, null);
	const saved = await good(save(s, { revision: before_.revision, definition: { question: "New?" } }));
	assert.equal(saved.changed, true);
	assert.equal(saved.definition.question, "New?");
	assert.equal(saved.published.definition.question, "Old?");
	assert.equal((await good(heed.get(at(s)))).definition.question, "Old?");
	assert.equal(heading((await show(path(s))).text), "Old?");
	const live = await good(heed.post(at(s, "/publish"), { revision: saved.revision }));
	assert.equal(live.version, 2);
	assert.equal(live.has_draft, false);
	assert.equal(heading((await show(path(s))).text), "New?");
});

test("of two who edit at once the second is told what the first saved, and nothing is lost", async () => {
	const s = await make({ question: "Old?" });
	const { revision } = await draftOf(s);
	await good(heed.ask("PATCH", "/api/v1/me", { name: "Ann Lee" }, owner));
	await good(save(s, { revision, definition: { question: "Old?", low_label: "Never" } }, owner));
	const second = await save(s, { revision, definition: { question: "Mine?" } });
	assert.equal(second.status, 409, second.text);
	assert.equal(second.json.current.definition.low_label, "Never");
	assert.deepEqual([second.json.current.saved_by, second.json.current.saved_by_name], [EMAIL, "Ann Lee"]);
	assert.equal((await draftOf(s)).definition.low_label, "Never");
	const merged = { question: "Mine?", low_label: "Never" };
	await good(save(s, { revision: second.json.current.revision, definition: merged }));
	const again = await save(s, { revision, definition: merged });
	assert.equal(again.status, 200, "what is there already is no conflict: its reply may have been lost");
	assert.equal((await heed.post(at(s, "/publish"), { revision })).status, 409);
});

test("a survey that takes answers again does so as it did: its draft stays one", async () => {
	for (const stop of ["pause", "close"]) {
		const s = await make({ question: "Old?" });
		await good(save(s, { revision: 0, definition: { question: "Half a qu" }, max_answers: 1 }));
		await good(heed.post(at(s, `/${stop}`)));
		const live = await good(heed.post(at(s, "/resume")));
		assert.deepEqual([live.state, live.version, live.max_answers], ["live", 1, null]);
		assert.equal(heading((await show(path(s))).text), "Old?");
		const draft = await draftOf(s);
		assert.deepEqual([draft.revision, draft.changed, draft.definition.question], [1, true, "Half a qu"]);
	}
});

test("fifty drafts are kept to go back to, and saving what is published takes the draft away", async () => {
	const s = await make({ question: "Q0" });
	let { revision } = await draftOf(s);
	for (let i = 1; i <= 53; i++) revision = (await good(save(s, { revision, definition: { question: `Q${i}` } }))).revision;
	const { drafts } = await good(heed.get(at(s, "/drafts")));
	assert.equal(drafts.length, 50);
	assert.equal(drafts[0].definition.question, "Q53");
	assert.equal(drafts.at(-1).definition.question, "Q4");
	const back = await good(save(s, { revision, definition: { question: "Q0" } }));
	assert.equal(back.changed, false);
	assert.equal((await good(heed.post(at(s, "/publish")))).version, 1);
});

test("a definition that comes past the editor does not run over a draft", async () => {
	const s = await make({ question: "Old?" });
	const { revision } = await draftOf(s);
	const saved = await good(save(s, { revision, definition: { question: "Draft?" } }));
	const r = await heed.ask("PATCH", at(s), { definition: { question: "Other?" } });
	assert.equal(r.status, 409, r.text);
	await good(heed.ask("PATCH", at(s), { name: "Renamed" }));
	await good(save(s, { revision: saved.revision, definition: { question: "Old?" } }));
	await good(heed.ask("PATCH", at(s), { definition: { question: "Other?" } }));
	const late = await save(s, { revision: saved.revision, definition: { question: "Late?" } });
	assert.equal(late.status, 409, "the change from outside counts as one of another editor");
});

test("a draft that cannot be is refused at its field", async () => {
	const s = await make();
	const { revision } = await draftOf(s);
	const wrong = [
		[{ definition: { question: "x".repeat(10_000) } }, "/definition/question"],
		[{ definition: {}, opens_at: inMs(1000), closes_at: inMs(-1000) }, "/closes_at"],
		[{ definition: {}, opens_at: "tomorrow" }, "/opens_at"],
		[{ definition: {}, max_answers: 0 }, "/max_answers"],
		[{ definition: null }, "/definition"],
		[{ definition: {}, typo: 1 }, "/typo"],
	];
	for (const [body, where] of wrong) {
		const r = await save(s, { revision, ...body });
		assert.equal(r.status, 422, r.text);
		assert.ok(r.text.includes(`"${where}"`), `${where}: ${r.text}`);
	}
	assert.equal((await save(s, { definition: {} })).status, 422);
});

test("a survey opens and closes at its times, and says so in the respondent's language", async () => {
	const s = await make();
	const soon = await publish(s, { definition: {}, opens_at: inMs(60_000) });
	assert.equal(soon.door, "early");
	const early = await show(path(s), { "Accept-Language": "de" });
	assert.deepEqual([early.status, heading(early.text)], [409, "Diese Umfrage hat noch nicht begonnen"]);
	assert.equal((await answer(s, 9)).status, 409);
	const over = await publish(s, { definition: {}, opens_at: inMs(-60_000), closes_at: inMs(-1000) });
	assert.equal(over.door, "closed");
	assert.equal((await show(path(s), { "Accept-Language": "fr" })).status, 410);
	assert.equal((await answer(s, 9)).status, 410);
	const open = await publish(s, { definition: {}, closes_at: inMs(60_000) });
	assert.equal(open.door, "open");
	assert.equal((await answer(s, 9)).status, 201);
});

test("of many answers at once no more count than the survey was to take", async () => {
	const s = await make();
	await good(answer(s, 10));
	await publish(s, { definition: {}, max_answers: 5 });
	assert.equal((await good(heed.get(at(s)))).taken, 1, "those that are there count against the limit");
	assert.equal((await show(path(s))).status, 200);
	const all = await Promise.all([
		...Array.from({ length: 20 }, () => answer(s, 9)),
		...Array.from({ length: 20 }, () => send(path(s), { score: 9 })),
	]);
	const taken = all.filter((r) => r.status < 300).length;
	assert.equal(taken, 4);
	assert.ok(all.every((r) => r.status < 300 || r.status === 410), all.map((r) => r.status).join());
	assert.equal((await answersOf(s)).length, 5, "nothing of a late answer is stored");
	const full = await show(path(s), { "Accept-Language": "de" });
	assert.deepEqual([full.status, heading(full.text)], [410, "Diese Umfrage ist vollständig"]);
	assert.equal((await good(heed.get(at(s)))).door, "full");
	const more = await publish(s, { definition: {}, max_answers: 6 });
	assert.equal(more.door, "open");
	assert.equal((await answer(s, 9)).status, 201);
	assert.equal((await answer(s, 9)).status, 410);
});

test("who has a place may finish, and who has none yet gets none for a comment alone", async () => {
	const s = await make({ follow_up_required: false });
	await publish(s, { definition: { follow_up_required: false }, max_answers: 1 });
	const first = await good(send(path(s), { comment: "no score yet" }));
	const second = await good(send(path(s), { score: 9 }));
	assert.equal((await send(second.path, { score: 8, comment: "Late words", done: 1 })).status, 200);
	assert.equal((await send(first.path, { score: 3 })).status, 410);
	const counted = (await answersOf(s)).filter((r) => r.score !== null);
	assert.deepEqual(
		counted.map((r) => [r.score, r.comment]),
		[[8, "Late words"]],
	);
});

test("answers through the test link are marked, counted nowhere and removed with one click", async () => {
	const s = await make({ question: "Draft?" }, { state: "draft" });
	const { revision } = await draftOf(s);
	await good(
		save(s, { revision, definition: { question: "Edited?", questions: [{ key: "ease", kind: "rating", text: "Easy?" }] } }),
	);
	const link = new URL((await good(heed.get(at(s, "/test-link")))).url).pathname;
	const page = await show(link, { "Accept-Language": "de" });
	assert.equal(page.status, 200);
	assert.equal(heading(page.text), "Edited?");
	assert.match(page.text, /<p id="test">Test: /);
	assert.equal((await show(path(s))).status, 404);
	const taken = await good(send(link, { score: 9, comment: "Only a test", a_ease: 4, done: 1 }));
	assert.equal(taken.state, "test");
	assert.equal((await show(taken.path)).status, 200);
	assert.equal((await send(taken.path, { score: 2, done: 1 })).json.state, "test");
	const [stored] = await answersOf(s);
	assert.deepEqual([stored.state, stored.source, stored.channel, stored.score], ["test", "test", "test", 2]);
	assert.equal((await good(heed.get("/api/v1/insights/nps?survey=" + s.slug))).parts.length, 0);
	await good(heed.post(at(s, "/publish")));
	const real = await good(answer(s, 9, { test: true }));
	assert.deepEqual(await good(heed.get(at(s, "/test-answers"))), { count: 1, more: false });
	assert.deepEqual(await good(heed.ask("DELETE", at(s, "/test-answers"))), { removed: 1, more: false });
	assert.deepEqual(
		(await answersOf(s)).map((r) => r.id),
		[real.id],
		"what was marked by hand stays",
	);
	assert.equal((await show(`${link.slice(0, -2)}AA`)).status, 404);
	assert.equal((await show(link.replace("/t/", "/r/"))).status, 404);
});

test("a survey goes into the archive and the bin and comes back with its answers", async () => {
	const s = await make();
	await good(answer(s, 9));
	const listed = async (view) =>
		(await good(heed.get(`/api/v1/surveys${view ? `?view=${view}` : ""}`))).surveys.some((one) => one.id === s.id);
	assert.equal((await good(heed.post(at(s, "/archive")))).door, "archived");
	assert.deepEqual(
		[await listed(), await listed("active"), await listed("archive"), await listed("bin")],
		[true, false, true, false],
	);
	assert.equal((await show(path(s))).status, 410);
	assert.equal((await answer(s, 9)).status, 410);
	assert.equal((await heed.post(at(s, "/publish"))).status, 409);
	await good(heed.post(at(s, "/unarchive")));
	const total = async () => (await good(heed.get("/api/v1/insights/nps"))).parts.reduce((n, p) => n + p.answers, 0);
	const before_ = await total();
	assert.equal((await good(heed.ask("DELETE", at(s)))).door, "deleted");
	assert.deepEqual([await listed(), await listed("bin")], [false, true]);
	assert.equal((await show(path(s))).status, 410);
	assert.equal(await total(), before_ - 1);
	const everywhere = async () => [
		(await good(heed.get("/api/v1/responses"))).responses.some((r) => r.survey_id === s.id),
		(await heed.get("/api/v1/responses/export?format=csv")).text.includes(s.slug),
	];
	assert.deepEqual(await everywhere(), [false, false]);
	assert.equal((await save(s, { revision: 0, definition: { question: "x" } })).status, 409);
	const back = await good(heed.post(at(s, "/restore")));
	assert.equal(back.deleted_at, null);
	assert.equal(await total(), before_);
	assert.deepEqual(await everywhere(), [true, true]);
	assert.equal((await heed.get("/api/v1/surveys?view=all")).status, 422);
});

test("a copy says the same and is a draft of its own", async () => {
	const name = 'Müller & Söhne "Best" <b>';
	const s = await make({ question: "Q?" }, { name });
	const { revision } = await draftOf(s);
	await good(save(s, { revision, definition: { question: "In the works?" }, max_answers: 3 }));
	const r = await heed.post(at(s, "/duplicate"));
	assert.equal(r.status, 201, r.text);
	assert.equal(r.json.name, `${name} (2)`);
	assert.equal(r.json.state, "draft");
	assert.equal(r.json.max_answers, null);
	assert.equal(r.json.definition.question, "In the works?");
	assert.notEqual(r.json.slug, s.slug);
	assert.equal((await good(heed.post(at(s, "/duplicate"), { name: "Kopie" }))).name, "Kopie");
	assert.equal((await good(heed.post(at(s, "/duplicate"), { name: "Kopie" }))).slug, "kopie-2");
});

test("a button under the thanks leads to http and https only", async () => {
	const s = await make();
	const { revision } = await draftOf(s);
	const button = (url) => ({ thanks_button: { all: { text: "Go", url } } });
	for (const url of [
		"javascript:alert(1)",
		"JaVaScRiPt://example.com/%0aalert(1)",
		"data:text/html,x",
		"ftp://example.com",
		"//example.com",
		"/here",
		"https://",
		"https://a b",
		"https://me:secret@example.com/",
		'https://example.com/"onclick=',
	]) {
		const r = await save(s, { revision, definition: button(url) });
		assert.equal(r.status, 422, url);
		assert.ok(r.text.includes('"/definition/thanks_button/all/url"'), `${url}: ${r.text}`);
	}
	await publish(s, {
		definition: {
			...button("https://example.com/?a=1&b=2"),
			translations: { de: { question: "Na?", thanks_button: { all: "Los, {brand}" } } },
		},
	});
	const taken = await good(send(path(s), { score: 9, comment: "x", done: 1 }));
	const page = await show(`${taken.path}?lang=de`);
	const links = [...page.text.matchAll(/<p data-group="(\d)"( hidden)?><a class="main" href="([^"]*)"([^>]*)>([^<]*)</g)];
	assert.deepEqual(
		links.map((m) => [m[1], m[2] ?? "", m[3]]),
		["0", "1", "2"].map((g) => [g, g === "2" ? "" : " hidden", "https://example.com/?a=1&amp;b=2"]),
	);
	assert.match(links[0][4], /rel="noopener noreferrer"/);
	assert.match(links[0][5], /^Los, .Acme.$/);
});

test("a review link is for all groups or for none, unless an owner took note", async () => {
	const review = { text: "Review us", url: "https://www.trustpilot.com/review/acme" };
	const marked = { text: "Review us", url: "https://example.com/review", review: true };
	const s = await make();
	for (const gated of [{ promoters: review }, { promoters: marked, passives: marked }]) {
		const { revision } = await draftOf(s);
		const draft = await good(save(s, { revision, definition: { thanks_button: gated } }));
		assert.equal(draft.gates_reviews, true);
		const r = await heed.post(at(s, "/publish"));
		assert.equal(r.status, 422, r.text);
		assert.ok(r.text.includes('"/definition/thanks_button"'), r.text);
	}
	const made = await heed.post("/api/v1/surveys", {
		name: "x",
		state: "live",
		definition: { thanks_button: { promoters: review } },
	});
	assert.equal(made.status, 422, "nor by a survey that is made live");
	assert.equal((await heed.post(at(s, "/review-gating"))).status, 403, "a key is no owner");
	await good(heed.post(at(s, "/review-gating"), undefined, owner));
	const noted = await draftOf(s);
	assert.equal(noted.gating_confirmed_by, EMAIL);
	assert.ok(noted.gating_confirmed_at);
	await good(heed.post(at(s, "/publish")));
	await publish(s, { definition: { thanks_button: { all: review } } });
	assert.equal((await draftOf(s)).gating_confirmed_at, null, "the notice is for what was published then");
	const plain = { text: "Shop", url: "https://example.com/shop" };
	await publish(s, { definition: { thanks_button: { promoters: plain } } });
});

test("what is not translated yet is listed, and publishing is still possible", async () => {
	const s = await make();
	const definition = {
		question: "Recommend?",
		follow_up: { all: "Why?" },
		thanks_button: { all: { text: "Go", url: "https://example.com" } },
		questions: [
			{
				key: "why",
				kind: "choice",
				text: "What?",
				choices: [
					{ key: "a", text: "A" },
					{ key: "b", text: "B" },
				],
			},
		],
		translations: { de: { question: "Empfehlen?", questions: { why: { choices: { a: "AA" } } } }, pl: {} },
	};
	const { revision } = await draftOf(s);
	const { missing } = await good(save(s, { revision, definition }));
	const of = (language) => missing.filter((m) => m.language === language).map((m) => m.path.split("/").slice(3).join("/"));
	assert.deepEqual(of("de"), ["follow_up/all", "thanks_button/all", "questions/why/text", "questions/why/choices/b"]);
	assert.ok(of("pl").includes("low_label"), "what Heed has no Polish for");
	assert.equal(missing[0].text, "Why?");
	await good(heed.post(at(s, "/publish")));
});

test("a changed scale question starts a version and pins a note, once there are answers", async () => {
	const s = await make({ question: "Old?" });
	const notes = async () => (await good(heed.get(`/api/v1/trend-notes?survey=${s.slug}`))).notes.filter((n) => n.survey_id);
	await publish(s, { definition: { question: "Older?" } });
	assert.deepEqual(await notes(), []);
	await good(answer(s, 9));
	await publish(s, { definition: { question: "Older?", thanks: { all: "Thanks!" } } });
	assert.deepEqual(await notes(), [], "other words are no change of the scale");
	const { revision, version } = { ...(await draftOf(s)), version: (await good(heed.get(at(s)))).version };
	const low = { question: "Older?", thanks: { all: "Thanks!" }, low_label: "Not at all likely" };
	assert.equal((await good(save(s, { revision, definition: low }))).scale_changed, false, "these are Heed's own words");
	const draft = await good(save(s, { revision: revision + 1, definition: { ...low, low_label: "Never" } }));
	assert.equal(draft.scale_changed, true);
	assert.equal((await good(heed.post(at(s, "/publish")))).version, version + 1);
	const [note] = await notes();
	assert.deepEqual([note.kind, note.text], ["scale", "“Not at all likely” → “Never”"]);
	await good(heed.ask("DELETE", `/api/v1/trend-notes/${note.id}`));
	assert.deepEqual(await notes(), []);
	const pinned = await good(heed.post("/api/v1/trend-notes", { text: " New prices ", at: "2026-03-01T10:00:00Z" }));
	assert.deepEqual([pinned.text, pinned.at, pinned.survey_id], ["New prices", "2026-03-01T10:00:00.000Z", null]);
	assert.equal((await heed.post("/api/v1/trend-notes", { text: "  " })).status, 422);
	const within = async (query) => (await good(heed.get(`/api/v1/trend-notes?${query}`))).notes.length;
	assert.equal(await within("since=2026-03-01T10:00:00Z&until=2026-03-01T10:00:01Z"), 1);
	assert.equal(await within("until=2026-03-01T10:00:00Z"), 0);
});

test("a preview shows each step, group and language, and stores nothing", async () => {
	const s = await make({ question: "Stored?" });
	const definition = {
		question: 'Recommend {brand} & "Best" <b>?',
		follow_up: { promoters: "P?", passives: "N?", detractors: "D?" },
		translations: { de: { question: "Empfehlen?" } },
	};
	const before_ = await draftOf(s);
	const preview = async (more) => good(heed.post(at(s, "/preview"), { definition, nonce: "abc+/=", ...more }));
	const asks = await preview({ step: "ask" });
	assert.ok(asks.html.includes("&amp; &quot;Best&quot; &lt;b&gt;?"), asks.html);
	assert.ok(!asks.html.includes("<script"), "nothing runs");
	assert.ok(asks.html.includes('<style nonce="abc+/=">'));
	const german = await preview({ step: "ask", language: "de" });
	assert.equal(german.language, "de");
	assert.equal(heading(german.html), "Empfehlen?");
	for (const [group, text] of [
		["promoters", "P?"],
		["passives", "N?"],
		["detractors", "D?"],
	]) {
		const follows = await preview({ step: "follow_up", group });
		assert.match(follows.html, new RegExp(`data-group="\\d">${text.replace("?", "\\?")}<`));
	}
	assert.match((await preview({ step: "thanks" })).html, /<div id="thanks">/);
	for (const [body, where] of [
		[{ definition, step: "ask", nonce: 'x"><script>' }, "/nonce"],
		[{ definition, step: "end" }, "/step"],
		[{ definition: { question: 7 }, step: "ask" }, "/definition/question"],
	])
		assert.ok((await heed.post(at(s, "/preview"), body)).text.includes(`"${where}"`));
	assert.deepEqual(await draftOf(s), before_);
});

