// tests/browser/scenes/settings_reading.mjs - how well comments are read: without answers, with too few, learnt, labelled, at work.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { made } from "../../http/harness.mjs";
import { failing, silent } from "../house.mjs";
import { makeSurvey, until } from "../kit.mjs";

const things = ["desk", "lamp", "table", "sofa", "bed", "shelf", "door"];
const path = "/settings/reading";

/** Two people who corrected the same comments, and do not always agree. */
async function fill(heed) {
	await makeSurvey(heed, {}, { slug: "rooms", name: "Rooms" });
	const give = (i) => ({ survey: "rooms", language: "en", score: i % 2 ? 10 : 1, comment: `It was the ${i % 2 ? "blue" : "green"} ${things[i % 7]} number ${i}.` });
	const all = await Promise.all(Array.from({ length: 80 }, (_, i) => made(heed.post("/api/v1/responses", give(i)))));
	await until(async () => (await made(heed.get(`/api/v1/responses/${all.at(-1).id}`))).reading, "the last comment is read");
	const { themes } = await made(heed.get("/api/v1/themes"));
	const theme = (code) => themes.find((one) => one.code === code).id;
	const second = { cookie: await heed.signIn(), headers: { "X-Heed": "1", Origin: heed.url } };
	for (const [i, { id }] of all.slice(0, 26).entries()) {
		const correct = (body, as) => made(heed.post(`/api/v1/responses/${id}/corrections`, body, as));
		await correct({ kind: "sentiment", sentiment: i % 2 ? "positive" : "negative" });
		await correct({ kind: "sentiment", sentiment: i % 2 || i % 8 === 0 ? "positive" : "negative" }, second);
		await correct(i % 2 ? { kind: "theme-added", theme_id: theme("quality"), polarity: 1 } : { kind: "theme-removed", theme_id: theme("quality") });
		if (i < 7) await correct({ kind: "theme-added", theme_id: theme("price"), polarity: 0 });
	}
	await made(heed.post("/api/v1/reading/learn"));
	await until(async () => (await made(heed.get("/api/v1/reading/learnt"))).version?.labels > 26, "it has learnt");
}

/** The page as it is told something else. */
const told = (change) => (page) =>
	page.route("**/api/v1/reading/learnt", async (route) => {
		const reply = await route.fetch();
		await route.fulfill({ response: reply, json: change(await reply.json()) });
	});

const share = (hits, of) => ({ hits, of, share: hits / of, lo: Math.max(0, hits / of - 0.09), hi: Math.min(1, hits / of + 0.07) });

/** Themes and sentiment that were checked at random, and learnings of many nights. */
function checked(value) {
	const by = (found, right) => ({ put_right: share(18, 24), checked: { precision: share(right, 60), recall: share(found, 70), right: share(88, 100), beyond_chance: { value: 0.71, lo: 0.55, hi: 0.87, same: 0.88 } } });
	const history = Array.from({ length: 12 }, (_, i) => ({
		version: i + 1,
		learnt_at: `2026-0${1 + Math.floor(i / 2)}-1${i % 2 ? 1 : 5}T02:00:00.000Z`,
		right: share(800 + 9 * i, 1000),
		detractors_right: share(80, 100),
		promoters_right: share(90, 100),
	}));
	const themes = value.themes.map((one, i) => ({ ...one, put_right: 24, checked: 100, learnt_used: i % 2 === 0, figures: { shipped: by(50, 52), learnt: by(62, 56) } }));
	const checked_sentiment = { people: 3, items: 240, unread: 4, least: 30, beyond_chance: { value: 0.64, lo: 0.55, hi: 0.73, same: 0.78 } };
	return { ...value, history, themes, checked_sentiment, version: value.version && { ...value.version, comments: 1_204_331, sampled: 20_000 } };
}

export async function scenes(heed) {
	await fill(heed);
	const works = { state: "runs", step: "reads", done: 7_450, total: 20_000 };
	return [
		{ name: "nothing", path, in: "empty" },
		{ name: "nothing, in German", path, in: "empty", locale: "de-DE" },
		{ name: "learnt", path },
		{ name: "learnt, in German", path, locale: "de-DE" },
		{ name: "an analyst", path, role: "analyst" },
		{ name: "two years of answers", path, in: "demo" },
		{ name: "a million, checked", path, before: told(checked) },
		{ name: "a million, checked, in German", path, before: told(checked), locale: "de-DE" },
		{ name: "at work", path, before: told((value) => ({ ...value, ...works })) },
		{ name: "could not", path, before: told((value) => ({ ...value, failed: "the disk is full" })) },
		{ name: "failed", path, before: failing("**/api/v1/reading/learnt"), expected: /503/ },
		{ name: "loading", path, before: silent("**/api/v1/reading/learnt") },
	];
}
