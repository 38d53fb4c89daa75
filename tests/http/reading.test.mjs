// What Heed understands of comments: told soon after they came, by list and one by one.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { watch } from "./events.mjs";
import { made, serve, start, until } from "./harness.mjs";

const COMMENT = "support took forever, but the app is lovely";
let heed;

before(async () => {
	heed = await start(null);
	await made(heed.post("/api/v1/surveys", { name: "all", slug: "all", state: "live" }));
});
after(() => heed?.stop());

const give = (body = {}, of = heed) => made(of.post("/api/v1/responses", { survey: "all", score: 4, ...body }));
const one = (id, of = heed) => made(of.get(`/api/v1/responses/${id}`));

const read = (id) => until(() => one(id), (r) => r.reading);
const words = (r, place) => Buffer.from(r.comment).subarray(place.from, place.from + place.length).toString();

test("an answer is told with its themes and the words that they rest on", async () => {
	const { id } = await give({ comment: COMMENT, language: "en" });
	const r = await read(id);
	const { reading } = r;
	assert.deepEqual([reading.language, reading.analysed, reading.low_effort], ["en", true, null]);
	const app = reading.themes.find((t) => t.code === "app");
	assert.ok(app.polarity > 0.3, JSON.stringify(app));
	assert.deepEqual(app.places.map((p) => words(r, p)), ["app"]);
	assert.ok(reading.themes.length > 1, "the wait is a theme, too");
	assert.ok(["negative", "mixed", "positive"].includes(reading.sentiment.label));
	assert.equal(reading.sentiment.by_person, false);
	const { responses } = await made(heed.get("/api/v1/responses?limit=200"));
	assert.deepEqual(responses.find((x) => x.id === id).reading, reading);
});

test("what says nothing is told so, and what has no comment is not told", async () => {
	const { id } = await give({ comment: "nothing", language: "en" });
	const silent = await give();
	const { reading } = await read(id);
	assert.deepEqual([reading.low_effort, reading.sentiment, reading.themes], ["nothing", null, []]);
	assert.equal((await one(silent.id)).reading, null);
});

test("what should be looked at today is told, and a language that is not read is not judged", async () => {
	const burnt = await give({ comment: "The charger caught fire and burned my hand.", language: "en" });
	assert.deepEqual((await read(burnt.id)).reading.urgent, ["safety"]);
	const greek = await give({ comment: "Το κατάστημα ήταν πολύ ωραίο και καθαρό.", language: "el" });
	const { reading } = await read(greek.id);
	assert.deepEqual([reading.analysed, reading.sentiment, reading.intent], [false, null, null]);
});

test("an edited comment is read again", async () => {
	const { id } = await give({ comment: "The app is lovely.", language: "en" });
	assert.equal((await read(id)).reading.sentiment.label, "positive");
	await made(heed.ask("PATCH", `/api/v1/responses/${id}`, { comment: "The app is terrible and broken." }));
	await until(() => one(id), (r) => r.reading.sentiment.label === "negative");
});

const themes = async () => (await made(heed.get("/api/v1/themes"))).themes;
const themeOf = async (code) => (await themes()).find((t) => t.code === code);
const change = (id, body) => made(heed.ask("PATCH", `/api/v1/themes/${id}`, body));
const codes = (r) => r.reading.themes.map((t) => t.code);
const status = () => made(heed.get("/api/v1/reading/status"));

test("a theme that is off is not told, and back at once when it is on", async () => {
	const { id } = await give({ comment: "The app is lovely.", language: "en" });
	assert.deepEqual(codes(await read(id)), ["app"]);
	const app = await themeOf("app");
	assert.ok(app.recent > 0);
	assert.equal((await change(app.id, { shown: false })).state, "off");
	assert.deepEqual(codes(await one(id)), []);
	await change(app.id, { shown: true, name: "Application" });
	const named = async () => (await one(id)).reading.themes[0];
	assert.deepEqual([(await named()).name, (await named()).names], ["Application", {}]);
	await change(app.id, { name: "App" });
	assert.deepEqual((await named()).names, { en: "App", de: "App" });
});

test("themes that nobody chose follow the industry", async () => {
	const off = async () => (await themes()).filter((t) => t.state === "off").length;
	assert.equal(await off(), 0);
	const set = (industry) => heed.ask("PUT", "/api/v1/reading/settings", { industry });
	assert.deepEqual((await made(set("health"))).industry, "health");
	for (const t of (await themes()).filter((t) => t.state === "off")) assert.ok(!t.industries.includes("health"), t.code);
	assert.ok((await off()) > 3);
	assert.equal((await set("farming")).status, 422);
	await made(set(null));
	assert.equal(await off(), 0);
});

test("that nobody wants to say the industry is kept for the workspace, until somebody says it or takes that back", async () => {
	const set = (body) => heed.ask("PUT", "/api/v1/reading/settings", body);
	const kept = () => made(heed.get("/api/v1/reading/settings"));
	assert.deepEqual(await kept(), { industry: null, skipped: false });
	await made(set({ industry: null, skipped: true }));
	assert.deepEqual(await kept(), { industry: null, skipped: true });
	await made(set({ industry: null }));
	assert.deepEqual(await kept(), { industry: null, skipped: false }, "undone");
	await made(set({ industry: null, skipped: true }));
	await made(set({ industry: "retail" }));
	assert.deepEqual(await kept(), { industry: "retail", skipped: false });
	const both = await set({ industry: "retail", skipped: true });
	assert.equal(both.status, 422);
	assert.equal(both.json.errors[0].path, "/skipped");
	await made(set({ industry: null }));
});

test("an own theme is found in comments that were read before, and is joined with another and parted again", async () => {
	const { id } = await give({ comment: "Your zebra crossing is dangerous to nobody.", language: "en" });
	await read(id);
	const made_ = await made(heed.post("/api/v1/themes", { name: "Zebras", seeds: "en: zebra, zebra crossing" }));
	const told = await until(() => one(id), (r) => codes(r).includes(made_.code));
	assert.match(words(told, told.reading.themes.find((t) => t.code === made_.code).places[0]), /^zebra/);
	await until(status, (s) => s.state === "done" && s.done >= s.total);
	const app = await themeOf("app");
	await change(made_.id, { merge_into: app.id });
	assert.ok(codes(await one(id)).includes("app"));
	assert.ok(!codes(await one(id)).includes(made_.code));
	assert.equal((await heed.ask("PATCH", `/api/v1/themes/${app.id}`, { merge_into: made_.id })).status, 409);
	await change(made_.id, { unmerge: true });
	assert.ok(codes(await one(id)).includes(made_.code));
	assert.equal((await heed.ask("DELETE", `/api/v1/themes/${app.id}`)).status, 409);
	assert.equal((await heed.ask("DELETE", `/api/v1/themes/${made_.id}`)).status, 204);
	assert.ok(!codes(await one(id)).includes(made_.code));
	await change(made_.id, { restore: true });
	await until(() => one(id), (r) => codes(r).includes(made_.code));
	for (const seeds of ["zebra", "en: zebra\n[other]\nname: Other", "xx: zebra"])
		assert.equal((await heed.post("/api/v1/themes", { name: "Wrong", seeds })).status, 422, seeds);
});

test("a theme that comes with Heed takes own words beside its own, and gives them back", async () => {
	const { id } = await give({ comment: "The quokka was blue.", language: "en" });
	await read(id);
	const staff = await themeOf("staff");
	const { shipped_words } = await made(heed.get(`/api/v1/themes/${staff.id}`));
	assert.match(shipped_words, /^en: /);
	const now = await change(staff.id, { seeds: "en: quokka\nde maybe: känguru", description: " People on site. " });
	assert.deepEqual([now.seeds, now.description], ["en: quokka\nde maybe: känguru", "People on site."]);
	const told = await until(() => one(id), (r) => codes(r).includes("staff"));
	assert.equal(words(told, told.reading.themes.find((t) => t.code === "staff").places[0]), "quokka");
	for (const [seeds, why] of [
		["en: quokka\nxx: zebra", /line 2: expected name/],
		["en: a b c d e", /line 1: a seed has at most four words/],
		["name de: Leute", /name in this language/],
		["en: quokka near <nowhere>", /no such theme/],
	]) {
		const refused = await heed.ask("PATCH", `/api/v1/themes/${staff.id}`, { seeds });
		assert.equal(refused.status, 422, seeds);
		assert.equal(refused.json.errors[0].path, "/seeds");
		assert.match(refused.json.errors[0].message, why);
	}
	const back = await change(staff.id, { seeds: "", description: null });
	assert.deepEqual([back.seeds, back.description], [null, null]);
	await until(() => one(id), (r) => !codes(r).includes("staff"));
	assert.equal((await heed.ask("PATCH", `/api/v1/themes/${(await made(heed.post("/api/v1/themes", { name: "Own", seeds: "en: ownword" }))).id}`, { seeds: " " })).status, 409);
});

test("reading all again can be stopped, and says how far it is", async () => {
	await made(heed.post("/api/v1/reading/again"));
	const done = await until(status, (s) => s.state === "done");
	assert.ok(done.done > 0 && done.total > 0 && done.ended_at);
	assert.ok(done.languages.find((l) => l.language === "en").sentiment);
	assert.equal((await made(heed.post("/api/v1/reading/cancel"))).state, "done", "none was under way");
});

test("what people say counts, survives another reading, and can be undone", async () => {
	const { id } = await give({ comment: "The app is lovely.", language: "en" });
	const { reading: first } = await read(id);
	const [price, app] = [await themeOf("price"), await themeOf("app")];
	const correct = (body) => made(heed.post(`/api/v1/responses/${id}/corrections`, body));
	const all = [
		await correct({ kind: "sentiment", sentiment: "negative" }),
		await correct({ kind: "theme-removed", theme_id: app.id }),
		await correct({ kind: "theme-added", theme_id: price.id, polarity: -1 }),
	];
	const corrected = (r) => {
		assert.deepEqual(r.reading.sentiment, { label: "negative", score: null, by_person: true });
		assert.deepEqual(r.reading.themes.map((t) => [t.code, t.polarity, t.by_person]), [["price", -1, true]]);
	};
	corrected(await one(id));
	await made(heed.ask("PATCH", `/api/v1/responses/${id}`, { comment: "The app is lovely. Really." }));
	const marker = await give({ comment: "Read behind it.", language: "en" });
	await read(marker.id);
	corrected(await one(id));
	for (const { id: correction } of all) {
		const undone = await made(heed.ask("DELETE", `/api/v1/responses/${id}/corrections/${correction}`));
		assert.ok(undone.undone_at);
	}
	const { reading: last } = await one(id);
	assert.equal(last.sentiment.label, first.sentiment.label);
	assert.deepEqual(last.themes.map((t) => t.code), ["app"]);
	const polar = await correct({ kind: "theme-polarity", theme_id: app.id, polarity: -1 });
	assert.equal((await one(id)).reading.themes[0].polarity, -1);
	const { corrections } = await made(heed.get(`/api/v1/responses/${id}/corrections`));
	assert.deepEqual(corrections.map((c) => [c.id, c.undone_at === null]), [...all.map((c) => [c.id, false]), [polar.id, true]]);
	const silent = await give();
	const refused = await heed.post(`/api/v1/responses/${silent.id}/corrections`, { kind: "sentiment", sentiment: "negative" });
	assert.equal(refused.status, 409);
});

test("a server that was killed in the middle of an import's comments reads the rest", async () => {
	const rows = Array.from({ length: 3000 }, (_, i) => `${i % 11},"The app is ${i % 2 ? "lovely" : "terrible"}, number ${i}"`);
	const upload = await made(heed.ask("POST", "/api/v1/uploads?name=x.csv", `score,comment\n${rows.join("\n")}\n`));
	const { id } = await made(heed.post("/api/v1/imports", { upload_id: upload.id, new_survey: { name: "Imported" } }));
	await until(() => made(heed.get(`/api/v1/imports/${id}`)), (i) => i.state === "done");
	const { key } = heed;
	await heed.halt("SIGKILL");
	heed = await serve(heed);
	heed.key = key;
	const page = async (cursor) => made(heed.get(`/api/v1/responses?survey=imported&limit=200${cursor ? `&cursor=${cursor}` : ""}`));
	let told = 0;
	for (let cursor, first = true; first || cursor; first = false) {
		const got = await until(() => page(cursor), (p) => p.responses.every((r) => r.reading));
		for (const r of got.responses) assert.equal(r.reading.themes.filter((t) => t.code === "app").length, 1, r.comment);
		told += got.responses.length;
		cursor = got.next_cursor;
	}
	assert.equal(told, 3000);
});

test("lists are filtered by what was understood, and figures by what has not seen the score", async () => {
	await made(heed.post("/api/v1/surveys", { name: "felt", slug: "felt", state: "live" }));
	const say = (comment, score) => give({ survey: "felt", language: "en", comment, score });
	const burnt = await say("The charger caught fire and burned my hand.", 1);
	const sued = await say("I will call my lawyer about this.", 2);
	const glad = await say("I love it, thank you so much!", 10);
	const wished = await say("Please add an export to Excel.", 8);
	for (const { id } of [burnt, sued, glad, wished]) await read(id);
	const found = async (query) => (await made(heed.get(`/api/v1/responses?survey=felt&${query}`))).responses.map((r) => r.id).sort();
	const ids = (...all) => all.map((r) => r.id).sort();
	assert.deepEqual(await found("urgent=any"), ids(burnt, sued));
	assert.deepEqual(await found("urgent=safety"), ids(burnt));
	assert.deepEqual(await found("urgent=safety&urgent=legal"), ids(burnt, sued));
	assert.deepEqual(await found("mood=delighted&intent=praise"), ids(glad));
	assert.deepEqual(await found("intent=request"), ids(wished));
	assert.deepEqual(await found("shown_sentiment=positive&intent=praise"), ids(glad));
	await made(heed.post(`/api/v1/responses/${glad.id}/corrections`, { kind: "sentiment", sentiment: "negative" }));
	assert.deepEqual(await found("shown_sentiment=positive&intent=praise"), []);
	assert.deepEqual(await found("shown_sentiment=negative&intent=praise"), ids(glad));
	assert.deepEqual(await found("sentiment=positive&intent=praise"), ids(glad), "what the text alone says stays");
	const count = async (query) => (await made(heed.get(`/api/v1/responses/count?survey=felt&${query}`))).count;
	assert.equal(await count("urgent=any"), 2);
	assert.equal(await count("shown_sentiment=negative&intent=praise"), 1);
	const figure = async (query) => (await made(heed.get(`/api/v1/insights/nps?survey=felt&${query}`))).parts[0].figure;
	assert.equal((await figure("urgent=any")).responses, 2);
	assert.equal((await figure("intent=request")).responses, 1);
	const refused = await heed.get("/api/v1/insights/nps?shown_sentiment=negative");
	assert.equal(refused.status, 422);
	assert.match(refused.json.detail, /take sentiment here/);
	const file = await heed.get("/api/v1/responses/export?format=csv&survey=felt&urgent=legal");
	assert.equal(file.text.trim().split(/\r?\n/).length, 2);
	for (const wrong of ["urgent=soon", "mood=odd", "intent=none", "shown_sentiment=good"])
		assert.equal((await heed.get(`/api/v1/responses?${wrong}`)).status, 422, wrong);
});

test("of a call the customer's turns are read alone, and places are those of the whole", async () => {
	const comment = "Agent: Great that you called, I love to help!\nCustomer: The app crashes all day.\nAgent: Wonderful.";
	const { id } = await give({ comment, language: "en" });
	const r = await read(id);
	assert.equal(r.reading.sentiment.label, "negative");
	const app = r.reading.themes.find((t) => t.code === "app");
	assert.deepEqual(app.places.map((p) => words(r, p)), ["app"]);
	assert.ok(!r.reading.themes.some((t) => t.code === "support-quality"), JSON.stringify(codes(r)));
});

test("a comment that is told to be a transcript is one where nobody would see it, and stays one when themes change", async () => {
	const comment = "P1: Great that you called, I love to help! The app is lovely.\nP2: The wait at the counter is terrible.";
	const { id } = await give({ comment, language: "en", transcript: true, customer_labels: " P2: ,Caller" });
	const r = await read(id);
	assert.deepEqual([r.transcript, r.customer_labels], [true, "P2, Caller"]);
	assert.equal(r.reading.sentiment.label, "negative");
	assert.ok(!codes(r).includes("app"), JSON.stringify(codes(r)));
	assert.deepEqual(r.turns.map((turn) => [turn.label, turn.customer, words(r, turn)]), [
		["P1", false, "Great that you called, I love to help! The app is lovely."],
		["P2", true, "The wait at the counter is terrible."],
	]);
	const own = await made(heed.post("/api/v1/themes", { name: "Counter", seeds: "en: counter, lovely" }));
	const again = await until(() => one(id), (x) => codes(x).includes(own.code));
	assert.deepEqual(again.reading.themes.find((t) => t.code === own.code).places.map((p) => words(again, p)), ["counter"]);
	assert.ok(!codes(again).includes("app"), JSON.stringify(codes(again)));
	await made(heed.ask("PATCH", `/api/v1/responses/${id}`, { transcript: true, customer_labels: "P1" }));
	const other = await until(() => one(id), (x) => x.reading?.sentiment?.label === "positive");
	assert.deepEqual(other.turns.map((turn) => turn.customer), [true, false]);
});

test("a comment that is told to be one is never taken for a transcript", async () => {
	const comment = "Agent: Great that you called!\nCustomer: The app crashes all day.\nAgent: Wonderful.\nCustomer: Bye.";
	const seen = await read((await give({ comment, language: "en" })).id);
	assert.deepEqual([seen.transcript, seen.customer_labels, seen.turns.length], [null, null, 4]);
	const { id } = await give({ comment, language: "en", transcript: false });
	const r = await read(id);
	assert.deepEqual([r.transcript, r.turns], [false, []]);
	assert.notEqual(r.reading.sentiment.label, seen.reading.sentiment.label);
});

test("what was understood follows an answer in the stream, and again when somebody puts it right; viewers get none", async (t) => {
	const quiet = await start(t); // what was imported here is read at its own time, and told as "many"
	await made(quiet.post("/api/v1/surveys", { name: "all", slug: "all", state: "live" }));
	const viewer = await quiet.member("viewer@example.com", "viewer");
	const [w, v] = [await watch(quiet, {}), await watch(quiet, viewer)];
	const { id } = await give({ comment: COMMENT, language: "en" }, quiet);
	await w.until((w) => w.readings.some((r) => r.id === id));
	const told = w.readings.find((r) => r.id === id);
	assert.deepEqual(told.reading, (await one(id, quiet)).reading);
	assert.ok(w.answers.some((a) => a.id === id), "the answer came first");
	await made(quiet.post(`/api/v1/responses/${id}/corrections`, { kind: "sentiment", sentiment: "positive" }));
	await w.until((w) => w.readings.some((r) => r.id === id && r.reading.sentiment.by_person));
	const last = await give({ comment: "The last one." }, quiet);
	await v.until((v) => v.answers.some((a) => a.id === last.id));
	assert.deepEqual(v.readings, []);
	w.close();
	v.close();
});

test("what works in which language is told with its figure, and a language that is turned off is not analysed, nowhere", async () => {
	const coverage = () => made(heed.get("/api/v1/reading/coverage"));
	await made(heed.post("/api/v1/surveys", { name: "langs", slug: "langs", state: "live" }));
	const say = (comment, language) => give({ survey: "langs", comment, language, score: 3 });
	const german = await say("Der Support ist sehr unfreundlich und die App ist langsam.", "de");
	const english = await say("Support is very unfriendly and the app is slow.", "en");
	const greek = await say("Ο καιρός είναι πολύ καλός σήμερα", "el");
	for (const { id } of [german, english, greek]) await read(id);
	const of = (c, language) => c.languages.find((l) => l.language === language);
	const ability = (c, language, name) => of(c, language).abilities.find((a) => a.name === name);
	const before = await coverage();
	assert.equal(before.languages.length, 19);
	assert.ok(of(before, "de").comments > 0 && of(before, "en").comments > 0 && before.not_analysed > 0);
	assert.ok(ability(before, "en", "sentiment").figures.some((f) => f.set === "booking_hotels" && f.value > 0.8));
	assert.deepEqual(["en", "de", "nl"].map((l) => ability(before, l, "emotion").works), [true, false, false]);
	assert.deepEqual(["en", "de", "nl", "ja"].map((l) => ability(before, l, "themes").works), [true, true, true, false]);
	assert.deepEqual(ability(before, "ja", "sentiment").figures, [], "words, and nobody measured");
	assert.equal((await one(german.id)).reading.sentiment.label, "negative");
	await made(heed.ask("PUT", "/api/v1/reading/languages", { languages: ["en"] }));
	const told = await until(() => one(german.id), (r) => !r.reading.analysed);
	assert.deepEqual([told.reading.language, told.reading.sentiment, told.reading.emotions, told.reading.intent], [null, null, null, null]);
	assert.equal((await one(english.id)).reading.sentiment.label, "negative");
	const found = async (query) => (await made(heed.get(`/api/v1/responses?survey=langs&${query}`))).responses.map((r) => r.id).sort();
	assert.deepEqual(await found("sentiment=not_analysed"), [german.id, greek.id].sort());
	assert.deepEqual(await found("shown_sentiment=not_analysed"), [german.id, greek.id].sort());
	assert.deepEqual(await found("sentiment=neutral"), []);
	const { parts } = await made(heed.get("/api/v1/insights/nps?survey=langs&sentiment=not_analysed"));
	assert.equal(parts[0].figure.responses, 2);
	const after = await until(coverage, (c) => of(c, "de").comments === 0);
	assert.deepEqual([after.restricted, of(after, "en").enabled, of(after, "de").enabled], [true, true, false]);
	assert.ok(after.not_analysed > before.not_analysed);
	for (const wrong of [["xx"], [], ["en-GB"]]) assert.equal((await heed.ask("PUT", "/api/v1/reading/languages", { languages: wrong })).status, 422, wrong);
	await made(heed.ask("PUT", "/api/v1/reading/languages", { languages: null }));
	await until(() => one(german.id), (r) => r.reading.analysed);
});
