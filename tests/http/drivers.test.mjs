// What goes with the score: a rating that does and one that does not, and none that could know the score.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { design } from "./definition.mjs";
import { made, start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(() => heed?.stop());

const questions = [
	{ key: "ease", kind: "rating", text: "How easy was it?" },
	{ key: "noise", kind: "rating", text: "How do you like the colour?" },
	{ key: "bad", kind: "rating", text: "How bad was it?", groups: ["detractors"] },
];

async function survey(slug, asked = questions) {
	const brand = await made(heed.post("/api/v1/brands", { name: slug }));
	await made(heed.post("/api/v1/surveys", { name: slug, slug, state: "live", brand_id: brand.id, definition: { questions: asked } }));
	return brand;
}

/** SplitMix64, so that each run draws the same. */
function draws(seed) {
	let state = BigInt(seed);
	const mask = (1n << 64n) - 1n;
	return () => {
		state = (state + 0x9e3779b97f4a7c15n) & mask;
		let z = state;
		z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
		z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
		return Number((z ^ (z >> 31n)) >> 11n) / 2 ** 53;
	};
}

const drivers = async (query) => made(heed.get(`/api/v1/insights/drivers?${query}`));

/** The score follows the ease; the colour follows nothing. */
async function answer(slug, n, seed) {
	const draw = draws(seed);
	const all = [];
	for (let i = 0; i < n; i++) {
		const ease = 1 + Math.floor(5 * draw());
		const score = draw() < ease / 5 ? 10 : 3;
		all.push({ ease, score });
		const answers = { ease, noise: 1 + Math.floor(5 * draw()), ...(score < 7 && { bad: 5 }) };
		await made(heed.post("/api/v1/responses", { survey: slug, score, answers }));
	}
	return all;
}

test("tells the rating that goes with the score by its points a step, and that the other could be chance", async () => {
	const brand = await survey("told");
	const all = await answer("told", 200, 7);
	const { ratings, used, answers, r2, part } = await drivers(`brand=${brand.id}`);
	assert.equal(part, `relationship/${brand.id}/`);
	assert.deepEqual([answers, used], [200, 200]);
	assert.deepEqual(ratings.map((one) => [one.key, one.answered, one.driver.stands]), [
		["ease", 200, true],
		["noise", 200, false],
	]);
	assert.equal(ratings[0].text, "How easy was it?");
	// The slope of the score by the ease alone, by least squares.
	const x = (score) => (score >= 9 ? 1 : score <= 6 ? -1 : 0);
	const mean = (list) => list.reduce((sum, v) => sum + v, 0) / list.length;
	const [e, s] = [mean(all.map((one) => one.ease)), mean(all.map((one) => x(one.score)))];
	const slope = mean(all.map((one) => (one.ease - e) * (x(one.score) - s))) / mean(all.map((one) => (one.ease - e) ** 2));
	assert.ok(Math.abs(ratings[0].driver.alone - 100 * slope) < 1e-6, `${ratings[0].driver.alone} is not ${100 * slope}`);
	const [low, high] = ratings[0].driver.effect_interval;
	assert.ok(low > 0 && low < ratings[0].driver.effect && ratings[0].driver.effect < high);
	const sum = ratings.reduce((total, one) => total + one.driver.dominance, 0);
	assert.ok(Math.abs(sum - r2) < 1e-9);
});

test("tells what its answers are worth, and which were left out", async () => {
	const brand = await survey("worth");
	const answers = [];
	const one = async (score, email, more = {}) => {
		await made(heed.post("/api/v1/responses", { survey: "worth", score, answers: { ease: 3 }, ...(email && { person: { email } }), ...more }));
		if (!more.test) answers.push([email ?? `nobody ${answers.length}`, score >= 9 ? 1 : score <= 6 ? -1 : 0]);
	};
	for (let i = 0; i < 30; i++) await one(i % 3 ? 10 : 2, i % 2 ? `${i % 6}@example.com` : undefined);
	await one(9, undefined, { test: true });
	const { figure, left_out, as_of, query_us, time_zone } = await drivers(`brand=${brand.id}`);
	const { n, k, deff } = design(answers);
	assert.deepEqual([figure.responses, figure.people, figure.clusters], [n, k, k]);
	assert.ok(deff > 1 && Math.abs(figure.deff - deff) < 1e-9 && Math.abs(figure.effective_n - n / deff) < 1e-9, `${figure.deff} is not ${deff}`);
	assert.deepEqual(left_out, { excluded: 0, unconfirmed: 0, test: 1, dismissed: 0, deleted: 0, without_score: 0 });
	assert.ok(query_us > 0 && as_of && time_zone);
	const path = new URL(figure.answers_path, heed.url);
	assert.equal(path.searchParams.get("counted"), "true");
	assert.equal((await made(heed.get(`${figure.answers_path}&limit=200`))).responses.length, 30);
});

test("no question is taken that was asked by the score, today or when it was answered", async () => {
	const brand = await survey("blind", [{ ...questions[0], groups: ["detractors"] }, questions[1], questions[2]]);
	await answer("blind", 60, 1);
	const { surveys } = await made(heed.get("/api/v1/surveys"));
	const { id } = surveys.find((one) => one.slug === "blind");
	const before_ = await drivers(`brand=${brand.id}`);
	assert.deepEqual(before_.ratings.map((one) => one.key), ["noise"]);
	await made(heed.ask("PUT", `/api/v1/surveys/${id}/draft`, { revision: 0, definition: { questions } }));
	await made(heed.post(`/api/v1/surveys/${id}/publish`, {}));
	const after_ = await drivers(`brand=${brand.id}`);
	assert.ok(!after_.ratings.some((one) => one.key === "ease"), "answers of a version that asked by the score");
	await made(heed.post("/api/v1/responses", { survey: "blind", score: 9, answers: { ease: 5 } }));
	assert.equal((await drivers(`brand=${brand.id}`)).ratings.find((one) => one.key === "ease").answered, 1);
});

test("says of few answers how many there are, and nothing more", async () => {
	const brand = await survey("few");
	await answer("few", 20, 3);
	const { ratings, used } = await drivers(`brand=${brand.id}`);
	assert.deepEqual(ratings.map((one) => [one.answered, one.driver]), [
		[20, null],
		[20, null],
	]);
	assert.ok(used <= 20);
	const none = await drivers(`brand=${brand.id}&channel=nowhere`);
	assert.deepEqual([none.answers, none.ratings], [0, []]);
	assert.equal((await heed.get("/api/v1/insights/drivers?part=relationship/1/")).status, 404);
	assert.equal((await heed.get("/api/v1/insights/drivers?by=channel")).status, 422);
});
