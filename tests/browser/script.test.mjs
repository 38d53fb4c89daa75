// tests/browser/script.test.mjs - the hosted page with its script: saved on a tap, kept through dead networks.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { alter, answers, closeBrowsers, makeLink, makeSurvey, until, visitor } from "./kit.mjs";

let heed;
before(async () => (heed = await start()));
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

const score = (page, n) => page.click(`#scale button[value="${n}"]`);
const first = async (survey) => (await answers(heed, survey))[0];
const stored = (survey, probe) => until(async () => (await answers(heed, survey)).find(probe), "the answer");

test("a tap stores the score and shows the follow-up in place", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	assert.equal(await page.isVisible("#more"), false);
	await score(page, 9);
	assert.ok(await page.isVisible("text=What do you like most?"));
	assert.equal(await page.isVisible("text=What could we do to improve?"), false);
	assert.equal(await page.evaluate(() => document.activeElement.id), "comment");
	await page.waitForURL(/\/a\//);
	await page.waitForFunction(() => document.getElementById("status").textContent === "Your score has been saved.");
	const answer = await first(survey);
	assert.deepEqual([answer.score, answer.state], [9, "partial"]);
	await page.fill("#comment", "Quick");
	await page.click("#send");
	await page.waitForSelector("text=Thank you! It means a lot to hear that.");
	assert.equal(await page.isVisible("#scale"), false);
	assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
	const all = await answers(heed, survey);
	assert.deepEqual([all.length, all[0].comment, all[0].state], [1, "Quick", "complete"]);
	assert.deepEqual(page.complaints, []);
});

test("who went to a score by keyboard before the script was there stays on it", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	let give;
	const given = new Promise((done) => (give = done));
	await page.route("**/p/*.js", async (route) => {
		await given;
		await route.fallback();
	});
	await page.goto(heed.url + survey.path, { waitUntil: "commit" });
	await page.locator('#scale button[value="9"]').focus();
	give();
	await page.waitForSelector('#scale[tabindex="-1"]');
	await page.keyboard.press("Enter");
	assert.equal((await stored(survey, (one) => one.score !== null)).score, 9);
});

test("where answers may not be changed, the words that follow the score are taken", async (t) => {
	const set = (edit_days) => heed.ask("PATCH", "/api/v1/workspace", { settings: { edit_days } });
	assert.equal((await set(0)).status, 200);
	t.after(() => set(30));
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.waitForURL(/\/a\//);
	await page.fill("#comment", "Quick");
	await page.click("#send");
	await page.waitForSelector("#thanks:visible");
	assert.equal((await first(survey)).comment, "Quick");
});

test("a second tab takes no words away that it does not know", async (t) => {
	const survey = await makeSurvey(heed);
	const link = makeLink(heed, survey, "--email", "two@example.com");
	const phone = await visitor(t);
	const laptop = await visitor(t);
	await phone.goto(heed.url + link);
	await laptop.goto(heed.url + link);
	await score(phone, 6);
	await phone.fill("#comment", "Written on the phone");
	await phone.click("#send");
	await phone.waitForSelector("#thanks:visible");
	await score(laptop, 7);
	assert.equal((await stored(survey, (one) => one.score === 7)).comment, "Written on the phone");
	// Words of one's own may still be taken away.
	await phone.click("#change");
	await phone.fill("#comment", "");
	await phone.click("#send");
	await stored(survey, (one) => one.comment === null);
});

for (const to of ["pause", "close"]) {
	test(`words that come after the survey's ${to} and the hour for them stay to be copied`, async (t) => {
		const survey = await makeSurvey(heed);
		const page = await visitor(t);
		await page.goto(heed.url + survey.path);
		await score(page, 9);
		await page.waitForURL(/\/a\//);
		assert.equal((await heed.post(`/api/v1/surveys/${survey.id}/${to}`)).status, 200);
		alter(heed, `UPDATE response SET created_at = created_at - 3601000000 WHERE survey_id = ${survey.id}`);
		await page.fill("#comment", "Written in the evening");
		await page.click("#send");
		await page.waitForFunction(() => document.getElementById("status").textContent.startsWith("Your words could not be saved"));
		assert.equal(await page.inputValue("#comment"), "Written in the evening");
		assert.ok(await page.isVisible("#comment"));
		assert.ok(await page.isDisabled("#send"));
		await page.reload();
		await page.waitForSelector("text=This answer can no longer be changed.");
	});
}

test("a comment of 10,000 characters arrives whole, in any script", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.waitForURL(/\/a\//);
	const words = "とても良い".repeat(2000);
	await page.locator("#comment").focus();
	await page.keyboard.insertText(words);
	assert.equal((await page.inputValue("#comment")).length, 10_000);
	await page.click("#send");
	await page.waitForSelector("#thanks:visible");
	assert.equal((await first(survey)).comment, words);
});

test("another score changes the group, the answer stays one", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await score(page, 3);
	assert.ok(await page.isVisible("text=What could we do to improve?"));
	await stored(survey, (one) => one.score === 3 && one.state === "partial");
	assert.equal((await answers(heed, survey)).length, 1);
});

test("double taps, a refresh in flight and Back make one answer", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + "/healthz");
	await page.goto(heed.url + survey.path);
	await page.dblclick('#scale button[value="8"]');
	await stored(survey, (one) => one.score === 8);
	await page.reload();
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "8");
	await page.goBack();
	await page.goForward();
	await score(page, 7);
	await stored(survey, (one) => one.score === 7);
	assert.equal((await answers(heed, survey)).length, 1);
});

test("a page that was reloaded before its reply came still makes one answer", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	// The first reply is lost after the server stored the answer.
	await page.route("**/s/*?answer", async (route) => {
		await route.fetch();
		await route.abort();
		await page.unroute("**/s/*?answer");
	});
	await page.goto(heed.url + survey.path);
	await score(page, 8);
	await stored(survey, (one) => one.score === 8);
	await page.reload();
	await page.waitForURL(/\/a\//);
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "8");
	assert.equal((await answers(heed, survey)).length, 1);
});

test("a reload that began before the reply came finds the answer", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 8);
	await page.waitForURL(/\/a\//);
	// What such a reload loads: the old address, as a reload.
	await page.evaluate((path) => history.replaceState(null, "", path), survey.path);
	await page.reload();
	await page.waitForURL(/\/a\//);
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "8");
	assert.equal((await answers(heed, survey)).length, 1);
});

test("nothing typed is lost when the network dies, and it goes out when it is back", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await page.context().setOffline(true);
	await score(page, 4);
	await page.waitForFunction(() => document.getElementById("status").textContent.startsWith("Not sent yet."));
	await page.fill("#comment", "The queue was long");
	await page.click("#send");
	assert.equal((await answers(heed, survey)).length, 0);
	await page.context().setOffline(false);
	await page.waitForSelector("#thanks:visible");
	const answer = await first(survey);
	assert.deepEqual([answer.score, answer.comment], [4, "The queue was long"]);
});

test("a dead network is asked again with pauses, not in a loop", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await page.context().setOffline(true);
	let asked = 0;
	page.on("request", (request) => (asked += request.method() === "POST" ? 1 : 0));
	await score(page, 4);
	await page.waitForTimeout(1500);
	assert.ok(asked >= 1 && asked <= 4, `${asked} requests in a second and a half`);
});

test("a reload without network brings the words back afterwards", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await page.context().setOffline(true);
	await score(page, 4);
	await page.fill("#comment", "Half a sen");
	await page.reload().catch(() => {});
	await page.context().setOffline(false);
	await page.goto("about:blank");
	await page.goBack();
	await page.waitForURL(/\/a\//);
	assert.equal(await page.inputValue("#comment"), "Half a sen");
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "4");
	assert.equal((await answers(heed, survey)).length, 1);
});

test("words that were typed and not sent survive a reload", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.waitForURL(/\/a\//);
	await page.fill("#comment", "Not yet fin");
	await page.reload();
	assert.equal(await page.inputValue("#comment"), "Not yet fin");
});

test("words that were typed and not sent are stored when the page closes", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.waitForURL(/\/a\//);
	await page.fill("#comment", "Must run");
	await page.close({ runBeforeUnload: true });
	const answer = await stored(survey, (one) => one.comment !== null);
	assert.deepEqual([answer.score, answer.comment], [9, "Must run"]);
});

test("the next customer at a shop's tablet does not see what the last one typed, and nothing is lost", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await page.context().setOffline(true);
	await score(page, 2);
	await page.fill("#comment", "Rude");
	await page.context().setOffline(false);
	await page.goto("about:blank");
	await page.goto(heed.url + survey.path);
	assert.equal(await page.isVisible("#more"), false);
	await score(page, 10);
	await stored(survey, (one) => one.score === 10 && one.comment === null);
	const rude = await stored(survey, (one) => one.score === 2);
	assert.equal(rude.comment, "Rude");
});

test("what the last customer left goes out later when sending it fails once", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	let away = true;
	await page.route("**/s/*?answer", (route) => (away ? route.abort() : route.continue()));
	await page.route("**/a/*", (route) => (away && route.request().method() === "POST" ? route.abort() : route.continue()));
	const fresh = async () => {
		await page.goto("about:blank");
		await page.goto(heed.url + survey.path);
	};
	const leave = async (n, words) => {
		await score(page, n);
		await page.fill("#comment", words);
		await page.waitForFunction(() => document.getElementById("status").textContent.startsWith("Not sent yet."));
		// A page that is killed says nothing more.
		await page.evaluate(() => (navigator.sendBeacon = () => true));
	};
	await fresh();
	await leave(2, "Rude");
	await fresh();
	await leave(3, "Slow");
	await fresh();
	await page.waitForTimeout(300);
	assert.equal((await answers(heed, survey)).length, 0);
	away = false;
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await stored(survey, (one) => one.score === 2 && one.comment === "Rude");
	await stored(survey, (one) => one.score === 3 && one.comment === "Slow");
	// One whose score had been taken already.
	await score(page, 4);
	await page.waitForURL(/\/a\//);
	away = true;
	await page.fill("#comment", "Dear");
	await page.evaluate(() => (navigator.sendBeacon = () => true));
	await fresh();
	away = false;
	await fresh();
	await stored(survey, (one) => one.score === 4 && one.comment === "Dear");
	await until(async () => (await page.evaluate(() => sessionStorage.length)) === 0, "nothing to be left");
	assert.equal((await answers(heed, survey)).length, 3);
});

test("the server being away is said kindly and healed", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	let broken = true;
	await page.route("**/s/*?answer", (route) => (broken ? route.fulfill({ status: 503, body: "{}" }) : route.continue()));
	await page.goto(heed.url + survey.path);
	await score(page, 5);
	await page.waitForFunction(() => document.getElementById("status").textContent.startsWith("Not sent yet."));
	broken = false;
	await page.waitForURL(/\/a\//);
	assert.equal((await first(survey)).score, 5);
});

test("a required comment is asked for once more and never holds anybody", async (t) => {
	const survey = await makeSurvey(heed, {
		questions: [{ key: "ease", kind: "rating", text: "Easy?", required: true }],
	});
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 6);
	await page.click("#send");
	assert.ok(await page.isVisible("#once"));
	assert.ok(await page.isVisible("#open"));
	assert.equal(await page.evaluate(() => document.activeElement.id), "comment");
	await page.click("#send");
	await page.waitForSelector("#thanks:visible");
});

test("further questions are stored as they are tapped", async (t) => {
	const survey = await makeSurvey(heed, {
		questions: [{ key: "ease", kind: "rating", text: "Easy?" }],
	});
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.click("label:has([name=a_ease][value='5'])");
	await stored(survey, (one) => one.answers.ease === 5);
});

test("an answer can be changed after the thanks", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.fill("#comment", "Good");
	await page.click("#send");
	await page.click("#change");
	await score(page, 10);
	await stored(survey, (one) => one.score === 10 && one.comment === "Good");
	await page.reload();
	assert.ok(await page.isVisible("#thanks"));
	await page.click("#change");
	assert.equal(await page.inputValue("#comment"), "Good");
	assert.equal((await answers(heed, survey)).length, 1);
});

test("everything can be done by keyboard", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	const pressed = () => page.getAttribute("[aria-pressed=true]", "value");
	await page.goto(heed.url + survey.path);
	await page.keyboard.press("1");
	await page.keyboard.press("0");
	assert.equal(await pressed(), "10");
	await page.keyboard.type("0 words, 3 of them with digits");
	assert.equal(await pressed(), "10", "digits in the comment are no score");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#thanks:visible");
	const answer = await first(survey);
	assert.deepEqual([answer.score, answer.comment], [10, "0 words, 3 of them with digits"]);
});

test("arrows walk along the scale in reading direction, Enter takes", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	for (const [language, forward] of [
		["en", "ArrowRight"],
		["ar", "ArrowLeft"],
	]) {
		await page.goto(`${heed.url}${survey.path}?lang=${language}`);
		for (let i = 0; i < 8; i++) await page.keyboard.press(forward);
		await page.keyboard.press("Enter");
		assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "7");
	}
	await stored(survey, (one) => one.language === "ar" && one.score === 7);
});

test("a lone 1 is a 1", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await page.keyboard.press("1");
	await stored(survey, (one) => one.score === 1);
});

test("a score that is tapped right after the key 1 stays", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await page.keyboard.press("1");
	await score(page, 8);
	await page.waitForTimeout(1000);
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "8");
	await stored(survey, (one) => one.score === 8);
	assert.equal((await first(survey)).score, 8);
});

test("Enter in a further question does not choose a score", async (t) => {
	const survey = await makeSurvey(heed, { questions: [{ key: "ease", kind: "rating", text: "Easy?" }] });
	const page = await visitor(t);
	await page.goto(heed.url + survey.path);
	await score(page, 9);
	await page.focus("[name=a_ease][value='2']");
	await page.keyboard.press("Space");
	await page.keyboard.press("Enter");
	await stored(survey, (one) => one.answers.ease === 2);
	assert.equal(await page.getAttribute("[aria-pressed=true]", "value"), "9");
	assert.ok(await page.isVisible("#once"));
});

test("a personal link keeps its draft for the person, and one answer on two devices", async (t) => {
	const survey = await makeSurvey(heed);
	const link = makeLink(heed, survey, "--email", "bea@example.com");
	const phone = await visitor(t);
	const laptop = await visitor(t);
	await phone.goto(heed.url + link);
	await laptop.goto(heed.url + link);
	await score(phone, 6);
	await stored(survey, (one) => one.score === 6);
	await score(laptop, 7);
	await stored(survey, (one) => one.score === 7);
	const all = await answers(heed, survey);
	assert.equal(all.length, 1);
	assert.ok(all[0].person_id);
});

test("a link closed in the middle says so", async (t) => {
	const survey = await makeSurvey(heed);
	const link = makeLink(heed, survey, "--email", "cem@example.com");
	const page = await visitor(t);
	await page.goto(heed.url + link);
	const r = await heed.post(`/api/v1/surveys/${survey.id}/close`);
	assert.equal(r.status, 200, r.text);
	await score(page, 6);
	await page.waitForSelector("text=This survey is closed");
});
