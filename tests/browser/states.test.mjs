// tests/browser/states.test.mjs - what the hosted pages say in nine languages, with which status, and how heavy they are.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { alter, answers, closeBrowsers, makeLink, makeSurvey, visitor } from "./kit.mjs";

let heed;
before(async () => (heed = await start()));
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

const show = (path, headers = {}) => heed.get(path, { key: null, headers });
const send = (path, fields) =>
	heed.post(path, new URLSearchParams(fields).toString(), {
		key: null,
		headers: { "Content-Type": "application/x-www-form-urlencoded" },
	});
const heading = (html) => /<h1[^>]*>([^<]*)</.exec(html)[1];
const move = async (survey, to) => {
	const r = await heed.post(`/api/v1/surveys/${survey.id}/${to}`);
	assert.equal(r.status, 200, r.text);
};

const languages = {
	en: ["On a scale of 0 to 10, how likely are you to recommend", "This survey is closed", "Send"],
	de: ["Wie wahrscheinlich ist es auf einer Skala von 0 bis 10", "Diese Umfrage ist beendet", "Senden"],
	fr: ["Sur une échelle de 0 à 10, quelle est la probabilité", "Cette enquête est terminée", "Envoyer"],
	es: ["En una escala del 0 al 10, ¿qué probabilidad hay", "Esta encuesta está cerrada", "Enviar"],
	it: ["Su una scala da 0 a 10, con quale probabilità", "Questo sondaggio è chiuso", "Invia"],
	pt: ["Numa escala de 0 a 10, qual é a probabilidade", "Este questionário está encerrado", "Enviar"],
	nl: ["Hoe waarschijnlijk is het, op een schaal van 0 tot 10", "Deze enquête is gesloten", "Versturen"],
	ja: ["0から10でお答えください", "このアンケートは終了しました", "送信"],
	ar: ["على مقياس من 0 إلى 10", "هذا الاستبيان مغلق", "إرسال"],
};

test("each of the nine languages is picked by the browser and by the link", async () => {
	const survey = await makeSurvey(heed);
	for (const [code, [question, , button]] of Object.entries(languages)) {
		for (const page of [
			await show(survey.path, { "Accept-Language": `${code};q=0.9, pl;q=0.1` }),
			await show(`${survey.path}?lang=${code}`, { "Accept-Language": "pl" }),
		]) {
			assert.equal(page.status, 200);
			assert.match(page.text, new RegExp(`<html lang="${code}" dir="${code === "ar" ? "rtl" : "ltr"}">`));
			assert.ok(page.text.includes(question), `${code}: ${heading(page.text)}`);
			assert.ok(page.text.includes(`>${button}</button>`), code);
		}
	}
});

test("a page that cannot be answered says so in the respondent's language, with its status", async () => {
	const closed = await makeSurvey(heed);
	await move(closed, "close");
	for (const [code, [, sentence]] of Object.entries(languages)) {
		const page = await show(`${closed.path}?lang=${code}`);
		assert.equal(page.status, 410);
		assert.equal(heading(page.text), sentence);
		assert.ok(page.text.includes("<bdi>"), "the brand is shown");
	}
	const paused = await makeSurvey(heed);
	const personal = makeLink(heed, paused);
	await move(paused, "pause");
	for (const path of [paused.path, personal]) {
		const page = await show(path);
		assert.deepEqual([page.status, heading(page.text)], [409, "This survey is taking a break"]);
	}
	const draft = await makeSurvey(heed, {}, { state: "draft" });
	for (const path of [draft.path, "/s/nowhere", "/s/No%20Where"]) {
		const page = await show(path);
		assert.deepEqual([page.status, heading(page.text)], [404, "We cannot find this survey"]);
	}
});

test("a forged, a shortened and a changed link are told from one that was withdrawn or is over", async () => {
	const survey = await makeSurvey(heed);
	const link = makeLink(heed, survey, "--email", "dan@example.com");
	const middle = link.length - 12;
	const other = link[middle] === "A" ? "B" : "A";
	for (const path of [
		link.slice(0, -1),
		link.slice(0, middle) + other + link.slice(middle + 1),
		"/r/nonsense",
		`/a/${link.slice(3)}`,
	]) {
		const page = await show(path, { "Accept-Language": "de" });
		assert.deepEqual([page.status, heading(page.text)], [404, "Dieser Link ist unvollständig"], path);
		assert.equal((await send(path, { score: 9 })).status, 404);
	}
	const all = await heed.get("/api/v1/links");
	const id = (all.json?.links ?? []).find((one) => one.survey_id === survey.id)?.id;
	if (id) assert.ok((await heed.post(`/api/v1/links/${id}/revoke`)).status < 300);
	else alter(heed, `UPDATE invitation SET state = 3, revoked_at = 1 WHERE survey_id = ${survey.id}`);
	let page = await show(link);
	assert.deepEqual([page.status, heading(page.text)], [410, "This link is no longer valid"]);
	const late = makeLink(heed, survey);
	alter(heed, `UPDATE invitation SET expires_at = 1 WHERE survey_id = ${survey.id} AND state = 1`);
	page = await show(late);
	assert.deepEqual([page.status, heading(page.text)], [410, "This link has expired"]);
	assert.equal((await send(late, { score: 9 })).status, 410);
	assert.equal((await answers(heed, survey)).length, 0);
});

test("an answer can be changed for thirty days and is then shown as it is", async () => {
	const survey = await makeSurvey(heed);
	const link = makeLink(heed, survey);
	const tap = { js: 1, proof: "tap" };
	const first = await send(link, { ...tap, score: 8 });
	const handle = first.headers.location;
	await send(handle, { ...tap, comment: "Nice & quick", done: 1 });
	const month = 30 * 86_400_000_000;
	const age = (by) => alter(heed, `UPDATE response SET created_at = created_at - ${by} WHERE survey_id = ${survey.id}`);
	age(month - 60_000_000);
	assert.equal((await send(link, { ...tap, score: 9 })).status, 303);
	age(61_000_000);
	for (const path of [link, handle]) {
		const page = await show(path);
		assert.equal(page.status, 200);
		assert.equal(heading(page.text), "Your score: 9");
		assert.ok(page.text.includes("Nice &amp; quick"));
		assert.ok(!page.text.includes("<form"));
		const refused = await send(path, { ...tap, score: 1 });
		assert.equal(refused.status, 303, "the page itself says that it is too late");
	}
	const [answer] = await answers(heed, survey);
	assert.deepEqual([answer.score, answer.comment], [9, "Nice & quick"]);
});

test("an answer that was begun may be finished after the survey closed", async () => {
	const survey = await makeSurvey(heed);
	const handle = (await send(survey.path, { score: 3 })).headers.location;
	await move(survey, "close");
	assert.equal((await show(handle)).status, 200);
	assert.equal((await send(handle, { comment: "Late", done: 1 })).status, 303);
	assert.equal((await answers(heed, survey))[0].comment, "Late");
	assert.equal((await send(survey.path, { score: 3 })).status, 410);
});

const older = (survey, by) => alter(heed, `UPDATE response SET created_at = created_at - ${by} WHERE survey_id = ${survey.id}`);
const HOUR = 3_600_000_000;

test("where answers may not be changed, one that was begun may be finished", async (t) => {
	const set = (edit_days) => heed.ask("PATCH", "/api/v1/workspace", { settings: { edit_days } });
	assert.equal((await set(0)).status, 200);
	t.after(() => set(30));
	const survey = await makeSurvey(heed);
	const handle = (await send(survey.path, { score: 9 })).headers.location;
	assert.ok((await show(handle)).text.includes("<form"));
	assert.equal((await send(handle, { comment: "Kind", done: 1 })).status, 303);
	assert.equal((await answers(heed, survey))[0].comment, "Kind");
	older(survey, HOUR + 1_000_000);
	assert.ok(!(await show(handle)).text.includes("<form"));
	const late = await send(handle, { comment: "And quick", done: 1 });
	assert.equal(late.status, 409);
	assert.ok(late.text.includes("This answer can no longer be changed.") && late.text.includes("Your words could not be saved"));
	assert.ok(late.text.includes("<blockquote dir=\"auto\">And quick</blockquote>"));
	assert.equal((await answers(heed, survey))[0].comment, "Kind");
});

test("an answer whose survey rests or is over is shown as it is after an hour, and late words are shown", async () => {
	for (const [to, status] of [["pause", 409], ["close", 410]]) {
		const survey = await makeSurvey(heed);
		const handle = (await send(survey.path, { score: 9 })).headers.location;
		await move(survey, to);
		assert.ok((await show(handle)).text.includes("<form"), to);
		older(survey, HOUR + 1_000_000);
		const page = await show(handle);
		assert.deepEqual([page.status, heading(page.text)], [200, "Your score: 9"]);
		assert.ok(!page.text.includes("<form"), to);
		const late = await send(handle, { comment: "Too <late>", done: 1 });
		assert.equal(late.status, status);
		assert.ok(late.text.includes("Your words could not be saved") && late.text.includes("Too &lt;late&gt;"), to);
		const none = await send(handle, { score: 3 });
		assert.ok(!none.text.includes("Your words"), to);
	}
	const full = await makeSurvey(heed);
	const at = `/api/v1/surveys/${full.id}`;
	const { revision } = (await heed.get(`${at}/draft`)).json;
	assert.equal((await heed.ask("PUT", `${at}/draft`, { revision, definition: {}, max_answers: 1 })).status, 200);
	assert.equal((await heed.post(`${at}/publish`)).status, 200);
	const handle = (await send(full.path, { score: 9 })).headers.location;
	older(full, HOUR + 1_000_000);
	assert.equal((await show(full.path)).status, 410);
	assert.ok((await show(handle)).text.includes("<form"), "who has a place may use it");
});

test("the invitation's language and the person's win over the browser", async () => {
	const survey = await makeSurvey(heed);
	const r = await heed.post("/api/v1/responses", {
		survey: survey.slug,
		score: 5,
		person: { email: "eva@example.com", traits: { language: "nl" } },
	});
	assert.equal(r.status, 201, r.text);
	const page = await show(makeLink(heed, survey, "--email", "eva@example.com"), { "Accept-Language": "fr" });
	assert.match(page.text, /<html lang="nl"/);
});

test("what is wrong in a form is refused and stores nothing", async () => {
	const survey = await makeSurvey(heed);
	for (const fields of [{ score: 11 }, { score: "9.5" }, { score: "-1" }, { comment: "x".repeat(41_000) }])
		assert.ok((await send(survey.path, fields)).status >= 400, JSON.stringify(fields).slice(0, 40));
	const nothing = await send(survey.path, { comment: "" });
	assert.deepEqual([nothing.status, nothing.headers.location], [303, survey.path]);
	assert.equal((await answers(heed, survey)).length, 0);
});

test("too many requests of one address are told so kindly", async (t) => {
	// This machine's own requests are not limited; a stranger comes through a proxy.
	const other = await start(t, { env: { HEED_TRUSTED_PROXIES: "127.0.0.1" } });
	const survey = await makeSurvey(other);
	const headers = { "Accept-Language": "es", "X-Forwarded-For": "203.0.113.9" };
	const ask = () => other.get(survey.path, { key: null, headers });
	let last;
	for (let i = 0; i < 100 && !last; i++)
		last = (await Promise.all(Array.from({ length: 40 }, ask))).find((one) => one.status !== 200);
	assert.equal(last.status, 429);
	assert.equal(heading(last.text), "Un momento, por favor");
	assert.ok(Number(last.headers["retry-after"]) > 0);
});

test("a page says who may keep, frame and run it", async (t) => {
	const other = await start(t);
	const survey = await makeSurvey(other);
	const set = await other.ask("PATCH", "/api/v1/workspace", {
		settings: { frame_ancestors: ["https://shop.example.com"] },
	});
	assert.equal(set.status, 200, set.text);
	const page = await other.get(survey.path, { key: null });
	const policy = page.headers["content-security-policy"];
	assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'nonce-[\w-]{22}'; /);
	assert.match(policy, /frame-ancestors 'self' https:\/\/shop\.example\.com$/);
	assert.equal(page.headers["x-frame-options"], undefined);
	assert.equal(page.headers["cache-control"], "private, no-cache");
	assert.equal(page.headers["referrer-policy"], "no-referrer");
	const personal = await other.get(makeLink(other, survey), { key: null });
	assert.equal(personal.headers["cache-control"], "no-store");
	assert.equal(personal.headers["x-robots-tag"], "noindex");
	const script = /<script src="(\/p\/[\w.]+)" defer>/.exec(page.text)[1];
	const js = await other.get(script, { key: null });
	assert.deepEqual([js.status, js.headers["cache-control"]], [200, "public, max-age=31536000, immutable"]);
	assert.equal((await other.get("/p/000000000000.js", { key: null })).status, 404);
});

test("a page weighs less than 15 kB with everything, in every language", async (t) => {
	const other = await start(t);
	const choices = [1, 2, 3, 4].map((n) => ({ key: `c${n}`, text: `One of the choices, number ${n}` }));
	const survey = await makeSurvey(other);
	const long = await makeSurvey(other, {
		questions: [1, 2, 3].map((n) => ({ key: `q${n}`, kind: "choice", text: `And question ${n}?`, choices })),
	});
	const bytesOf = async (path, headers) => {
		const r = await other.get(path, { key: null, headers });
		const head = Object.entries(r.headers).reduce((sum, [k, v]) => sum + k.length + String(v).length + 4, 19);
		return { html: r.bytes.length + head, text: r.text };
	};
	for (const code of Object.keys(languages)) {
		for (const path of [survey.path, long.path]) {
			const plain = await bytesOf(`${path}?lang=${code}`);
			const script = /<script src="([^"]+)"/.exec(plain.text)[1];
			const packed = { "Accept-Encoding": "gzip" };
			const page = (await bytesOf(`${path}?lang=${code}`, packed)).html;
			const js = (await bytesOf(script, packed)).html;
			assert.ok(page + js < 15_000, `${code}: ${page} + ${js}`);
			assert.ok(plain.html + (await bytesOf(script)).html < 20_000, `${code} without compression`);
			if (code === "en" || code === "ja") t.diagnostic(`${code} ${path}: page ${page} B, script ${js} B, with heads`);
		}
	}
});

test("a browser loads the page and its script and nothing else", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	const asked = [];
	page.on("request", (request) => asked.push(new URL(request.url()).pathname));
	await page.goto(heed.url + survey.path, { waitUntil: "networkidle" });
	assert.equal(asked.length, 2, asked.join(" "));
	assert.deepEqual(page.complaints, []);
});
