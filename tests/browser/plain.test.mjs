// tests/browser/plain.test.mjs - the hosted page with JavaScript off.
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

const plain = (t) => visitor(t, { javaScriptEnabled: false });

test("one tap stores the score, then words, then thanks", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=9");
	assert.match(page.url(), /\/a\/[\w-]+$/);
	let [answer] = await answers(heed, survey);
	assert.deepEqual([answer.score, answer.state, answer.comment], [9, "partial", null]);
	assert.equal(await page.textContent("label[for=comment] span:not([hidden])"), "What do you like most?");
	await page.fill("#comment", "Quick.\nKind.");
	await page.click("#send");
	assert.equal(await page.textContent("h1:visible"), "Thank you! It means a lot to hear that.");
	const all = await answers(heed, survey);
	assert.equal(all.length, 1);
	assert.deepEqual([all[0].score, all[0].state, all[0].comment], [9, "complete", "Quick.\nKind."]);
});

test("a second tab takes no words away that it does not know", async (t) => {
	const survey = await makeSurvey(heed, { follow_up_required: false });
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=9");
	const handle = page.url();
	const other = await page.context().newPage();
	await other.goto(handle);
	await other.fill("#comment", "Quick");
	await other.click("#send");
	await page.click("#scale button >> nth=8");
	assert.deepEqual((await answers(heed, survey)).map((one) => [one.score, one.comment]), [[8, "Quick"]]);
	// What a page came with may be taken away.
	await page.goto(`${handle}?edit=1`);
	await page.fill("#comment", "");
	await page.click("#send");
	assert.equal((await answers(heed, survey))[0].comment, null);
});

test("words that come too late are shown to be copied", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=9");
	await page.fill("#comment", "Late");
	alter(heed, `UPDATE response SET created_at = created_at - 3601000000 WHERE survey_id = ${survey.id}`);
	assert.equal((await heed.post(`/api/v1/surveys/${survey.id}/pause`)).status, 200);
	await page.click("#send");
	assert.equal(await page.textContent("h1"), "This survey is taking a break");
	assert.equal(await page.textContent("blockquote"), "Late");
});

test("a score in the link takes one tap to confirm, and none by itself", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	await page.goto(`${heed.url}${survey.path}?score=7`);
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "7");
	assert.equal((await answers(heed, survey)).length, 0);
	await page.click("#confirm");
	assert.equal((await answers(heed, survey))[0].score, 7);
	assert.equal(await page.textContent("label[for=comment] span:not([hidden])"), "What would make it a 10?");
});

test("a required comment is asked for once more and never holds anybody", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=2");
	await page.click("#send");
	assert.ok(await page.isVisible("#once"));
	assert.ok(!(await page.isVisible("#open")));
	await page.click("#send");
	assert.match(await page.textContent("h1:visible"), /^Thank you for being frank/);
	assert.equal((await answers(heed, survey))[0].score, 2);
});

test("a comment that is not required is not asked for", async (t) => {
	const survey = await makeSurvey(heed, { follow_up_required: false });
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=2");
	await page.click("#send");
	assert.match(await page.textContent("h1:visible"), /^Thank you/);
});

test("further questions are asked of their group and stored", async (t) => {
	const survey = await makeSurvey(heed, {
		questions: [
			{ key: "ease", kind: "rating", text: "How easy was it?" },
			{
				key: "why",
				kind: "choice",
				text: "What was it?",
				required: true,
				groups: ["detractors"],
				choices: [
					{ key: "price", text: "Price" },
					{ key: "time", text: "Time" },
				],
			},
			{ key: "more", kind: "rating", text: "Only for promoters?", groups: ["promoters"] },
		],
	});
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=4");
	assert.equal(await page.isVisible("text=Only for promoters?"), false);
	await page.check("[name=a_ease][value='3']", { force: true });
	await page.fill("#comment", "Slow");
	await page.click("#send");
	assert.ok(await page.isVisible("#open"), "the open question is asked for once more");
	assert.equal(await page.inputValue("#comment"), "Slow");
	await page.check("[name=a_why][value=time]");
	await page.click("#send");
	const [answer] = await answers(heed, survey);
	assert.deepEqual(answer.answers, { ease: 3, why: "time" });
	assert.equal(answer.comment, "Slow");
	assert.equal(answer.state, "complete");
});

test("changing the score keeps the words that were typed", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=9");
	await page.fill("#comment", "Fine");
	await page.click("#scale button >> nth=10");
	assert.equal(await page.inputValue("#comment"), "Fine");
	const all = await answers(heed, survey);
	assert.deepEqual([all.length, all[0].score, all[0].comment], [1, 10, "Fine"]);
});

test("refresh and Back make one answer", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	await page.goto(heed.url + survey.path);
	await page.click("#scale button >> nth=8");
	await page.reload();
	await page.goBack();
	await page.click("#scale button >> nth=8");
	await page.goBack();
	await page.click("#scale button >> nth=9");
	const all = await answers(heed, survey);
	assert.deepEqual([all.length, all[0].score], [1, 9]);
});

test("two visits are two answers", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await plain(t);
	for (const n of [3, 9]) {
		await page.goto(heed.url + survey.path);
		await page.click(`#scale button >> nth=${n}`);
	}
	assert.deepEqual((await answers(heed, survey)).map((one) => one.score).sort(), [3, 9]);
});

test("a personal link shows its answer again and changes it", async (t) => {
	const survey = await makeSurvey(heed);
	const link = makeLink(heed, survey, "--email", "ann@example.com");
	const page = await plain(t);
	await page.goto(heed.url + link);
	await page.click("#scale button >> nth=6");
	await page.fill("#comment", "Cold");
	await page.click("#send");
	await page.goto(heed.url + link);
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "6");
	assert.equal(await page.inputValue("#comment"), "Cold");
	await page.fill("#comment", "Cold but kind");
	await page.click("#send");
	const all = await answers(heed, survey);
	assert.deepEqual([all.length, all[0].score, all[0].comment], [1, 6, "Cold but kind"]);
	assert.equal(all[0].edits, 2);
});

test("parameters that the survey allows become properties", async (t) => {
	const survey = await makeSurvey(heed, { properties: ["plan", "country"] });
	const page = await plain(t);
	await page.goto(`${heed.url}${survey.path}?plan=gold%20%26%20more&secret=1&country=&channel=poster&source=hall`);
	await page.click("#scale button >> nth=10");
	const [answer] = await answers(heed, survey);
	assert.deepEqual(answer.properties, { plan: "gold & more" });
	assert.deepEqual([answer.channel, answer.source], ["poster", "hall"]);
});
