// tests/browser/scanner.test.mjs - what counts as a person: mail scanners against people, on real links in a real browser.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { start } from "../http/harness.mjs";
import { alter, answers, closeBrowsers, counted, makeLink, makeSurvey, until, visitor } from "./kit.mjs";

let heed;
before(async () => (heed = await start()));
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

const scores = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const seconds = (n) => new Promise((wake) => setTimeout(wake, n * 1000));
const asForm = (fields) => [
	new URLSearchParams(fields).toString(),
	{ key: null, headers: { "Content-Type": "application/x-www-form-urlencoded" } },
];
const hidden = (html) =>
	Object.fromEntries([...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((m) => [m[1], m[2]]));

let people = 0;
async function makeMail(more = {}) {
	const survey = await makeSurvey(heed, more);
	const path = makeLink(heed, survey, "--email", `person${++people}@example.com`);
	return { survey, path, links: scores.map((n) => `${heed.url}${path}?score=${n}`) };
}

async function tally(survey) {
	const all = await answers(heed, survey);
	return { counted: counted(all).length, all };
}

/** A person in a browser: the scanners' tests must not pass because nothing ever counts. */
async function tapNineAndClose(t, mail) {
	const page = await visitor(t);
	await page.goto(mail.links[9]);
	await page.waitForFunction(() => document.hasFocus() && document.visibilityState === "visible");
	await seconds(6);
	// A page that has little of the machine counts its five seconds later.
	const proof = () => page.$eval('input[name="proof"]', (field) => field.value);
	await until(async () => (await tally(mail.survey)).counted === 1 || (await proof()) !== "", "five seconds in sight");
	await page.close({ runBeforeUnload: true });
	return until(async () => (await tally(mail.survey)).counted === 1, "the person's answer");
}

// Most of the time they wait, each for something of its own link: a few at once, the longest first.
describe("people and scanners", { concurrency: 4 }, () => {
	test("a person who comes after the scanner is one answer, whatever the scanner left behind", async (t) => {
		const mail = await makeMail();
		for (const n of scores) {
			const page = await heed.get(`${mail.path}?score=${n}`, { key: null });
			await heed.post(mail.path, ...asForm({ ...hidden(page.text), score: n }));
		}
		assert.equal((await tally(mail.survey)).counted, 0);
		const page = await visitor(t);
		await page.goto(heed.url + mail.path);
		assert.equal(await page.getAttribute("#scale", "role"), "group");
		assert.equal(await page.locator("[aria-pressed=true]").count(), 0, "a scanner's score is shown to nobody");
		// The suspicion lasts thirty seconds beyond the last of the links.
		await seconds(31);
		await page.click('#scale button[value="10"]');
		await until(async () => (await tally(mail.survey)).counted === 1, "the person's answer");
		const { all } = await tally(mail.survey);
		assert.deepEqual([all.length, all[0].score, all[0].state_reason], [1, 10, null]);
	});

	test("someone who taps 9 in a mail and closes the page after six seconds is one answer", async (t) => {
		const mail = await makeMail();
		await tapNineAndClose(t, mail);
		const { all } = await tally(mail.survey);
		assert.deepEqual([all.length, all[0].score, all[0].state], [1, 9, "partial"]);
	});

	test("someone who taps 9 in a mail and closes the page at once is none", async (t) => {
		const mail = await makeMail();
		const page = await visitor(t);
		await page.goto(mail.links[9]);
		await page.close({ runBeforeUnload: true });
		await seconds(1);
		assert.equal((await answers(heed, mail.survey)).length, 0);
	});

	test("a touch of the page confirms the score of the link", async (t) => {
		const mail = await makeMail();
		const page = await visitor(t);
		await page.goto(mail.links[9]);
		await page.mouse.move(200, 200);
		await page.mouse.wheel(0, 100);
		await until(async () => (await tally(mail.survey)).counted === 1, "the answer");
	});

	test("a pointer that rests on the page is no proof, one that moves is", async (t) => {
		const mail = await makeMail();
		const page = await visitor(t);
		const heard = [];
		await page.exposeFunction("heard", (x) => heard.push(x));
		await page.addInitScript(() =>
			addEventListener("pointermove", (event) => event.isTrusted && window.heard(event.screenX), { capture: true }),
		);
		await page.goto(mail.links[9]);
		const proof = () => page.$eval('input[name="proof"]', (field) => field.value);
		// Where Chromium itself says that the pointer is, when a page opens.
		await page.mouse.move(0, 0);
		await until(() => heard.includes(0), "the pointer to be heard of");
		await page.mouse.move(0, 0);
		assert.equal(await proof(), "");
		await page.mouse.move(210, 200);
		await until(async () => (await proof()) !== "", "the movement");
		await until(async () => (await tally(mail.survey)).counted === 1, "the answer");
	});

	test("another score tapped at once is the only one ever stored", async (t) => {
		const mail = await makeMail();
		const page = await visitor(t);
		await page.goto(mail.links[9]);
		await page.click('#scale button[value="6"]');
		await until(async () => (await tally(mail.survey)).counted === 1, "the answer");
		const [answer] = await answers(heed, mail.survey);
		assert.deepEqual([answer.score, answer.edits], [6, 0]);
	});

	test("a scanner that fetches the eleven links is no answer", async () => {
		const mail = await makeMail();
		for (const link of mail.links) assert.equal((await heed.get(new URL(link).pathname + new URL(link).search)).status, 200);
		assert.equal((await answers(heed, mail.survey)).length, 0);
	});

	test("a scanner that runs scripts and stays is no answer", async (t) => {
		const mail = await makeMail();
		const pages = await Promise.all(scores.map(() => visitor(t, { driven: true })));
		await Promise.all(pages.map((page, n) => page.goto(mail.links[n])));
		assert.equal(await pages[0].evaluate(() => navigator.webdriver), true);
		await seconds(7);
		for (const page of pages) await page.close({ runBeforeUnload: true });
		assert.equal((await tally(mail.survey)).counted, 0);
	});

	test("a scanner that runs scripts, hides it, and stays on every link is no answer", async (t) => {
		const mail = await makeMail();
		const pages = await Promise.all(scores.map(() => visitor(t)));
		await Promise.all(pages.map((page, n) => page.goto(mail.links[n])));
		await seconds(7);
		for (const page of pages) await page.close({ runBeforeUnload: true });
		await seconds(0.5);
		const { counted: count, all } = await tally(mail.survey);
		assert.equal(count, 0);
		assert.ok(all.every((one) => one.state === "unconfirmed" && one.state_reason), JSON.stringify(all));
	});

	for (const driven of [true, false]) {
		const name = driven ? "a scanner that submits forms" : "a scanner that submits forms and hides that it is one";
		test(`${name} by script is no answer, one link after the other`, async (t) => {
			const mail = await makeMail();
			for (const link of mail.links) {
				const page = await visitor(t, { driven });
				await page.goto(link);
				await page.evaluate(() => {
					for (const button of document.querySelectorAll("#scale button")) button.click();
					HTMLFormElement.prototype.submit.call(document.forms[0]);
				});
				await page.waitForURL(/\/a\//);
			}
			await seconds(0.5);
			const { counted: count, all } = await tally(mail.survey);
			assert.equal(count, 0);
			assert.ok(all.every((one) => one.state === "unconfirmed" && one.state_reason));
		});
	}

	for (const driven of [true, false]) {
		test(`a driven browser that ${driven ? "" : "hides it and "}clicks for real on each link is no answer`, async (t) => {
			const mail = await makeMail();
			const page = await visitor(t, { driven });
			for (const [n, link] of mail.links.entries()) {
				await page.goto(link);
				await page.click(`#scale button[value="${n}"]`);
				await page.click("#send");
			}
			await until(async () => (await tally(mail.survey)).counted === 0, "the doubts");
			assert.equal((await answers(heed, mail.survey)).length, 1);
		});
	}

	test("a scanner without script that submits every form is no answer", async () => {
		const mail = await makeMail();
		for (const [n, link] of mail.links.entries()) {
			const page = await heed.get(new URL(link).pathname + new URL(link).search, { key: null });
			const r = await heed.post(mail.path, ...asForm({ ...hidden(page.text), score: n }));
			assert.equal(r.status, 303, r.text);
		}
		await seconds(0.5);
		const { counted: count, all } = await tally(mail.survey);
		assert.deepEqual([count, all.length], [0, 1]);
		assert.equal(all[0].state_reason, "two_scores");
	});

	test("a scanner on a public link is no answer, also for what it sent before it was seen", async () => {
		const survey = await makeSurvey(heed);
		for (const n of scores) {
			const page = await heed.get(`${survey.path}?score=${n}`, { key: null });
			const r = await heed.post(survey.path, ...asForm({ ...hidden(page.text), score: n }));
			assert.equal(r.status, 303, r.text);
		}
		await until(async () => (await tally(survey)).counted === 0, "the doubts");
		const { all } = await tally(survey);
		assert.equal(all.length, 11);
		assert.ok(all.every((one) => one.state_reason === "many_links"));
	});

	test("who follows the hidden link is no answer", async () => {
		const mail = await makeMail();
		const page = await heed.get(mail.path, { key: null });
		const trap = /<a class="trap" href="([^"]+)" rel="nofollow"/.exec(page.text)[1];
		assert.equal((await heed.get(trap, { key: null })).status, 204);
		await heed.post(mail.path, ...asForm({ ...hidden(page.text), score: 4 }));
		const { counted: count, all } = await tally(mail.survey);
		assert.deepEqual([count, all[0].state_reason], [0, "hidden_link"]);
	});

	test("a scanner that comes after the person changes nothing", async (t) => {
		const mail = await makeMail();
		const page = await visitor(t);
		await page.goto(mail.links[9]);
		await page.click('#scale button[value="9"]');
		await until(async () => (await tally(mail.survey)).counted === 1, "the person's answer");
		await seconds(11);
		const days = 3 * 86_400_000_000;
		alter(heed, `UPDATE response SET created_at = created_at - ${days}, updated_at = updated_at - ${days}
			WHERE survey_id = ${mail.survey.id}`);
		for (const n of scores) {
			const shown = await heed.get(`${mail.path}?score=${n}`, { key: null });
			await heed.post(mail.path, ...asForm({ ...hidden(shown.text), score: n }));
		}
		await seconds(0.5);
		const { all } = await tally(mail.survey);
		assert.deepEqual([all.length, all[0].score, all[0].state], [1, 9, "partial"]);
	});
});

test("a workspace may count only what was tapped", async (t) => {
	const set = (on) => heed.ask("PATCH", "/api/v1/workspace", { settings: { count_only_after_tap: on } });
	assert.equal((await set(true)).status, 200);
	t.after(() => set(false));
	const mail = await makeMail();
	const page = await visitor(t);
	await page.goto(mail.links[9]);
	await page.mouse.move(300, 300);
	await seconds(6);
	assert.equal((await answers(heed, mail.survey)).length, 0);
	await page.click("#confirm");
	await until(async () => (await tally(mail.survey)).counted === 1, "the answer");
});
