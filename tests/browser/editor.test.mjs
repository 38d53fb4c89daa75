// tests/browser/editor.test.mjs - surveys made and changed in the dashboard, by mouse and by keyboard, by one and by two.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, PASSWORD, start } from "../http/harness.mjs";
import { answers, closeBrowsers, focused, makeSurvey, pageIn, pressed, until, visitor } from "./kit.mjs";

let heed;
before(async () => {
	heed = await start();
	heed.mustRun("user", "add", "berta@example.com", "--role", "analyst", "--password-stdin", { input: `${PASSWORD}\n` });
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function signedIn(t, path, { email = EMAIL, ...options } = {}) {
	const page = await visitor(t, options);
	await signInto(page, email);
	await page.goto(heed.url + path);
	return page;
}
async function signInto(page, email = EMAIL) {
	const [name, value] = (await heed.signIn(email, PASSWORD)).split("=");
	await page.context().addCookies([{ name, value, url: heed.url }]);
}
const field = (page, path) => page.locator(`[data-path="${path}"]`);
const question = (page) => field(page, "/definition/question");
const saved = (page) => page.waitForSelector('[data-status="saved"]');
const status = (page, name) => page.waitForSelector(`[data-status="${name}"]`);
const draftOf = async (survey) => (await heed.get(`/api/v1/surveys/${survey.id}/draft`)).json;
const part = async (page, name) => {
	const details = page.locator(`#part-${name}`);
	if (!(await details.evaluate((element) => element.open))) await details.locator("summary").click();
	return details;
};
const button = (page, name) => page.getByRole("button", { name, exact: true });
async function publish(page) {
	await button(page, "Publish").click();
	const dialog = page.locator("dialog");
	await dialog.waitFor();
	return dialog;
}
const shown = (page) => page.frameLocator(".preview-frame").locator("h1:visible").first();

test("a survey is made and published by the keyboard alone", async (t) => {
	const page = await signedIn(t, "/surveys");
	const press = async (key, times = 1) => {
		for (let i = 0; i < times; i++) await page.keyboard.press(key);
	};
	/** Tab until what has the focus fits. */
	const tabTo = async (fits, what) => {
		for (const end = Date.now() + 60_000; Date.now() < end; ) {
			await page.keyboard.press("Tab");
			if (await page.evaluate(fits)) return;
		}
		assert.fail(`no Tab leads to ${what}`);
	};
	await page.waitForSelector(".empty");
	await tabTo(() => document.activeElement.textContent === "New survey" && document.activeElement.tagName === "BUTTON", "the new survey");
	await press("Enter");
	await page.keyboard.type("Spring 2027");
	await press("Enter");
	await saved(page);
	await tabTo(() => document.activeElement.dataset.path === "/definition/question", "the question");
	await page.keyboard.type("Would you recommend {brand}?");
	await saved(page);
	await tabTo(() => document.activeElement.closest("#part-questions summary"), "further questions");
	await press("Enter");
	await tabTo(() => document.activeElement.textContent === "Add a rating", "a rating");
	await press("Enter");
	await tabTo(() => document.activeElement.textContent === "Add a choice" && document.activeElement.closest("#part-questions > div > div > div:last-child"), "a choice");
	await press("Enter");
	await until(async () => (await page.locator("[data-question]").count()) === 2, "two questions");
	await page.locator("[data-question='1'] .grip").first().focus();
	await press("ArrowUp");
	await until(async () => (await draftOf({ id: page.url().split("/").pop() })).definition.questions?.[0].kind === "choice", "the order");
	assert.ok(await page.evaluate(() => document.activeElement.closest("[data-question='0']")), "the focus goes with what is moved");
	await press("Control+z");
	await until(async () => (await draftOf({ id: page.url().split("/").pop() })).definition.questions?.[0].kind === "rating", "the order before");
	await page.locator("h1").focus();
	await tabTo(() => document.activeElement.textContent === "Publish", "publishing");
	await press("Enter");
	await page.waitForSelector("dialog");
	await tabTo(() => document.activeElement.textContent === "Publish" && document.activeElement.closest("dialog"), "the dialog's button");
	await press("Enter");
	await page.waitForSelector('[data-door="open"]');
	const survey = (await heed.get(`/api/v1/surveys/${page.url().split("/").pop()}`)).json;
	assert.equal(survey.state, "live");
	assert.equal(survey.definition.question, "Would you recommend {brand}?");
	assert.deepEqual(page.complaints, []);
});

test("a new survey is made when it has a name, and its link is of that name", async (t) => {
	const page = await signedIn(t, "/surveys");
	const there = async () => (await heed.get("/api/v1/surveys")).json.surveys.length;
	const before = await there();
	const dialog = page.getByRole("dialog", { name: "New survey" });
	await button(page, "New survey").click();
	await dialog.waitFor();
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	assert.equal(await focused(page), "New survey");
	await button(page, "New survey").click();
	await page.keyboard.type("   ");
	await page.keyboard.press("Enter");
	await dialog.getByText("It needs a name.").waitFor();
	assert.equal(await there(), before, "nobody said what to make");
	await dialog.getByLabel("What is it called?").fill("After a visit");
	await button(dialog, "Make it").click();
	await page.getByRole("heading", { name: "After a visit", level: 1 }).waitFor();
	const { json } = await heed.get(`/api/v1/surveys/${page.url().split("/").pop()}`);
	assert.equal(new URL(json.url).pathname, "/s/after-a-visit");
	assert.deepEqual(page.complaints, []);
});

test("the preview shows what is typed, for each step, group, language and width", async (t) => {
	const brand = 'Müller & Söhne "Best" <b>';
	const made = await heed.post("/api/v1/brands", { name: brand });
	const survey = await makeSurvey(heed, { translations: { de: { question: "Auf Deutsch?" } } }, { brand_id: made.json.id });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).fill("Recommend {brand}?");
	await until(async () => (await shown(page).textContent()).replace(/[\u2068\u2069]/g, "") === `Recommend ${brand}?`, "the question");
	const preview = page.locator(".preview");
	await preview.getByLabel("Language").selectOption("de");
	await until(async () => (await shown(page).textContent()) === "Auf Deutsch?", "German");
	await preview.getByLabel("Language").selectOption("en");
	await field(page, "/definition/follow_up/detractors").fill("What went wrong?");
	const frame = page.frameLocator(".preview-frame");
	await until(() => frame.getByText("What went wrong?").isVisible(), "the detractors' way, as their field has the focus");
	await preview.getByLabel("Width").selectOption("desktop");
	const wide = await page.locator(".preview-frame").evaluate((element) => element.offsetWidth);
	assert.equal(wide, 1024);
	await preview.getByText("Thanks", { exact: true }).click();
	await until(() => frame.locator("#thanks h1:visible").isVisible(), "the thanks");
	assert.equal((await answers(heed, survey)).length, 0);
	assert.deepEqual(page.complaints, []);
});

test("what two change in different places is kept, and the second is shown what the first changed", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?", low_label: "No" });
	const path = `/surveys/${survey.id}`;
	const anna = await signedIn(t, path);
	const berta = await signedIn(t, path, { email: "berta@example.com" });
	await question(berta).waitFor();
	await question(anna).fill("From Anna?");
	await saved(anna);
	await field(berta, "/definition/low_label").fill("From Berta");
	const notice = berta.getByRole("alert");
	await notice.waitFor();
	assert.match(await notice.textContent(), /owner@example\.com changed this survey.*Question: “Old\?” → “From Anna\?”/s);
	await saved(berta);
	const { definition } = await draftOf(survey);
	assert.deepEqual([definition.question, definition.low_label], ["From Anna?", "From Berta"]);
	assert.equal(await question(berta).inputValue(), "From Anna?");
});

test("where both changed the same the second decides, and may take it back", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const path = `/surveys/${survey.id}`;
	const anna = await signedIn(t, path);
	const berta = await signedIn(t, path, { email: "berta@example.com" });
	await question(berta).waitFor();
	await question(anna).fill("From Anna?");
	await saved(anna);
	await question(berta).fill("From Berta?");
	await status(berta, "asks");
	assert.equal((await draftOf(survey)).definition.question, "From Anna?", "nothing is written over");
	assert.match(await berta.getByRole("alert").textContent(), /From Anna\?.*You: “From Berta\?”/s);
	await button(berta, "Take theirs").click();
	await saved(berta);
	assert.equal(await question(berta).inputValue(), "From Anna?");
	await berta.keyboard.press("Control+z");
	await until(async () => (await draftOf(survey)).definition.question === "From Berta?", "what was taken back");
});

test("undo goes back step by step, over a reload too, and redo forth", async (t) => {
	const survey = await makeSurvey(heed, { question: "First?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).fill("Second?");
	await saved(page);
	await field(page, "/definition/low_label").fill("Low");
	await saved(page);
	await page.keyboard.press("Control+z");
	await until(async () => (await draftOf(survey)).definition.low_label === undefined, "one step");
	await page.keyboard.press("Control+Shift+z");
	await until(async () => (await draftOf(survey)).definition.low_label === "Low", "forth again");
	await page.reload();
	await saved(page);
	await button(page, "Undo").click();
	await until(async () => (await field(page, "/definition/low_label").inputValue()) === "", "one step over the reload");
	await button(page, "Undo").click();
	await until(async () => (await field(page, "/definition/low_label").inputValue()) === "Low", "the step before");
	assert.deepEqual(page.complaints, []);
});

test("a pause or an end that is taken back shows what was published, and the draft stays a draft", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).fill("Half a");
	await saved(page);
	const stands = async (state) => {
		await until(async () => (await draftOf(survey)).survey.state === state, state);
		const { definition, published } = await draftOf(survey);
		assert.deepEqual([published.definition.question, definition.question], ["Old?", "Half a"], state);
	};
	// `beside` it stands what the menu offers when the page has heard of what was done before.
	const menu = async (deed, beside) => {
		const more = page.locator(".more");
		await more.getByRole("button", { name: /^More for/ }).click();
		if (beside) await more.getByRole("button", { name: beside, exact: true }).waitFor();
		await more.getByRole("button", { name: deed, exact: true }).click();
	};
	const takeBack = async (deed) => {
		const toast = page.locator(".toast").filter({ hasText: deed });
		await toast.getByRole("button", { name: "Undo" }).click();
		await toast.waitFor({ state: "detached" }); // the next one is of what is done next
	};
	await button(page, "Pause").click();
	await stands("paused");
	await takeBack("Paused");
	await stands("live");
	await menu("Close", "Pause");
	await stands("closed");
	await takeBack("closed");
	await stands("live");
	await menu("Pause");
	await stands("paused");
	await menu("Close", "Resume");
	await stands("closed");
	await takeBack("closed");
	await stands("paused");
	await menu("Resume");
	await stands("live");
	await menu("Close", "Pause");
	await stands("closed");
	await menu("Open again");
	await stands("live");
	assert.deepEqual(page.complaints, []);
});

test("what is typed while a save is under way is saved on leaving, and nobody is asked about their own words", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).waitFor();
	const keptHere = () => page.evaluate((id) => Object.keys(localStorage).find((key) => key.startsWith(`heed-draft-${id}.`)) ?? null, survey.id);
	const leave = async () => {
		await page.locator(".back").click();
		await page.waitForSelector(".survey-row");
	};
	let goOn;
	const held = new Promise((free) => (goOn = free));
	await page.route("**/draft", async (route) => {
		if (route.request().method() === "PUT") await held;
		await route.continue();
	});
	const sent = page.waitForRequest((request) => request.method() === "PUT");
	await question(page).fill("First");
	await sent;
	await question(page).fill("First, and the rest");
	await leave();
	goOn();
	await until(async () => (await draftOf(survey)).definition.question === "First, and the rest", "the rest", 20_000);
	await until(async () => (await keptHere()) === null, "the browser to forget what the server has", 20_000);
	await page.goBack();
	await saved(page);
	await question(page).fill("Typed and left at once");
	await leave();
	await until(async () => (await draftOf(survey)).definition.question === "Typed and left at once", "what was left at once", 20_000);
	await until(async () => (await keptHere()) === null, "the browser to forget that, too", 20_000);
	const { revision } = await draftOf(survey);
	await heed.ask("PUT", `/api/v1/surveys/${survey.id}/draft`, { revision, definition: { question: "A colleague's?" } });
	await page.goBack();
	await saved(page);
	assert.equal(await question(page).inputValue(), "A colleague's?");
	assert.equal(await page.getByRole("alert").count(), 0);
	assert.deepEqual(page.complaints, []);
});

test("who comes back while the last save is still under way goes on from it", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).waitFor();
	let goOn;
	const held = new Promise((free) => (goOn = free));
	await page.route("**/draft", async (route) => {
		if (route.request().method() === "PUT") await held;
		await route.continue();
	});
	const sent = page.waitForRequest((request) => request.method() === "PUT");
	await question(page).fill("First");
	await page.locator(".back").click();
	await page.waitForSelector(".survey-row");
	await sent;
	await page.goBack();
	setTimeout(goOn, 500);
	await question(page).fill("First, and more");
	await until(async () => (await draftOf(survey)).definition.question === "First, and more", "what was typed after coming back", 20_000);
	assert.equal(await page.getByRole("alert").count(), 0);
});

test("Ctrl+Z belongs to where one is: the draft, another field, a dialog, what was done last", async (t) => {
	const survey = await makeSurvey(heed, { question: "First?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	const asks = (text) => until(async () => (await draftOf(survey)).definition.question === text, text, 20_000);
	const nowhere = () => page.evaluate(() => document.activeElement.blur());
	await question(page).fill("Second?");
	await saved(page);

	const about = await part(page, "about");
	const name = about.getByRole("textbox").first();
	await name.pressSequentially("x");
	for (const keys of ["Control+z", "Control+y"]) {
		await name.press(keys);
		assert.equal(await question(page).inputValue(), "Second?", "another field keeps its own undo");
	}
	await page.reload();
	await question(page).fill("Third?");
	await saved(page);

	const dialog = await publish(page);
	await page.keyboard.press("Control+z");
	await dialog.getByRole("button", { name: "Cancel" }).click();
	assert.equal(await question(page).inputValue(), "Third?", "a dialog lets the draft alone");

	await nowhere();
	await page.keyboard.press("Control+z");
	await asks("Second?");
	await page.keyboard.press("Control+Shift+z");
	await asks("Third?");

	const state = (wanted) => until(async () => (await draftOf(survey)).survey.state === wanted, wanted, 20_000);
	await button(page, "Pause").click();
	await state("paused");
	await page.locator(".toast").getByRole("button", { name: "Undo" }).waitFor();
	await page.keyboard.press("Control+z");
	await state("live");
	await asks("Third?");
	await button(page, "Pause").click();
	await page.locator(".toast").getByRole("button", { name: "Undo" }).waitFor();
	await question(page).fill("Fourth?");
	await saved(page);
	await page.keyboard.press("Control+z");
	await asks("Third?");
	await state("paused");
	assert.deepEqual(page.complaints, []);
});

test("a question's key that another has is refused, and no translation is lost", async (t) => {
	const questions = ["q1", "q2"].map((key) => ({ key, kind: "rating", text: `${key}?` }));
	const german = Object.fromEntries(questions.map(({ key }) => [key, { text: `${key} auf Deutsch?` }]));
	const survey = await makeSurvey(heed, { questions, translations: { de: { questions: german } } });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	const key = field(page, "/definition/questions/1/key");
	await key.fill("q1");
	await key.press("Tab");
	assert.match(await page.locator("[data-question='1']").textContent(), /Is there twice/);
	await key.fill("better");
	await key.press("Tab");
	await until(async () => (await draftOf(survey)).definition.questions[1].key === "better", "the other key");
	const { definition } = await draftOf(survey);
	assert.deepEqual(definition.translations.de.questions, { q1: german.q1, better: german.q2 });
	assert.deepEqual(page.complaints, []);
});

/** Types a question without a session. Nothing is asked meanwhile: what is refused opens the dialog, which takes the focus from the field. */
async function typedWithout(page, text) {
	let go;
	const typed = new Promise((done) => (go = done));
	const hold = async (route) => {
		await typed;
		await route.fallback();
	};
	await page.route("**/api/v1/**", hold);
	await page.context().clearCookies();
	await question(page).fill(text);
	go();
	await page.unroute("**/api/v1/**", hold);
}

test("what is typed while the network is away or the session over is not lost", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).waitFor();
	await page.route("**/draft", (route) => route.abort());
	await question(page).fill("Typed without a network?");
	await status(page, "away");
	await page.unroute("**/draft");
	await page.reload();
	await until(async () => (await draftOf(survey)).definition.question === "Typed without a network?", "what the browser kept");
	await saved(page);
	await typedWithout(page, "Typed without a session?");
	const dialog = page.locator("dialog");
	await dialog.waitFor();
	await dialog.locator("input[type=password]").fill(PASSWORD);
	await dialog.getByRole("button", { name: "Sign in" }).click();
	await until(async () => (await draftOf(survey)).definition.question === "Typed without a session?", "the save after signing in");
});

test("a refusal that was on its way while one signed in again does not ask for it a second time", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).waitFor();
	let give, refused;
	const given = new Promise((done) => (give = done));
	const held = new Promise((done) => (refused = done));
	let first = true;
	await page.route("**/draft", async (route) => {
		if (!first || route.request().method() === "GET") return route.fallback();
		first = false;
		const response = await route.fetch();
		refused(response.status());
		await given;
		await route.fulfill({ response });
	});
	await typedWithout(page, "Typed without a session?");
	const dialog = page.locator("dialog");
	await dialog.waitFor(); // for the preview
	assert.equal(await held, 401);
	await dialog.locator("input[type=password]").fill(PASSWORD);
	await dialog.getByRole("button", { name: "Sign in" }).click();
	await dialog.waitFor({ state: "detached" });
	give();
	await until(async () => (await draftOf(survey)).definition.question === "Typed without a session?", "the save");
	assert.equal(await dialog.count(), 0);
});

test("mistakes are shown at their field, nothing is saved, nothing lost", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).fill("x".repeat(10_000));
	await status(page, "invalid");
	assert.match(await question(page).evaluate((element) => element.closest(".mantine-InputWrapper-root").textContent), /Too long/);
	const thanks = await part(page, "thanks");
	await thanks.getByLabel("The same for all groups").check({ force: true });
	await field(page, "/definition/thanks_button/all/text").fill("Go");
	await field(page, "/definition/thanks_button/all/url").fill("javascript:alert(1)");
	assert.match(await thanks.textContent(), /Must be a web address that begins with https/);
	assert.equal((await draftOf(survey)).changed, false);
	await page.reload();
	await status(page, "invalid");
	assert.equal((await question(page).inputValue()).length, 10_000);
	await question(page).fill("Fine?");
	await part(page, "thanks");
	await field(page, "/definition/thanks_button/all/url").fill("https://example.com/");
	await saved(page);
	assert.deepEqual((await draftOf(survey)).definition.thanks_button.all, { text: "Go", url: "https://example.com/", review: false });
});

test("publishing that is held up says why, and leads to it", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	const publishing = () => pressed(button(page, "Publish"));
	const focusOn = (id) => page.waitForFunction((to) => document.activeElement.id === to || document.activeElement.dataset.path === to, id, { timeout: 15_000 });
	const url = "/definition/thanks_button/all/url";
	const thanks = await part(page, "thanks");
	await thanks.getByLabel("The same for all groups").check({ force: true });
	await field(page, "/definition/thanks_button/all/text").fill("Go");
	await field(page, url).fill("javascript:alert(1)");
	await thanks.locator("summary").first().click();
	await publishing();
	await focusOn(url);
	await page.setViewportSize({ width: 360, height: 740 });
	await page.locator(".editor-tabs").getByText("Preview", { exact: true }).click();
	await publishing();
	await focusOn(url);
	await page.setViewportSize({ width: 1280, height: 800 });
	await field(page, url).fill("https://example.com/");
	await saved(page);
	await page.route("**/draft", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
	await question(page).fill("Mine?");
	await status(page, "away");
	await publishing();
	await page.getByText("Nothing can be published just now").waitFor({ timeout: 15_000 });
	const { revision, definition } = await draftOf(survey);
	await heed.ask("PUT", `/api/v1/surveys/${survey.id}/draft`, { revision, definition: { ...definition, question: "Theirs?" } });
	await page.unroute("**/draft");
	await status(page, "asks");
	await publishing();
	await focusOn("meanwhile");
	await pressed(button(page, "Keep mine"));
	await saved(page);
	assert.notEqual(await focused(page), "");
});

test("who writes in two tabs loses the words of neither, and is told that it was oneself", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?", low_label: "No" });
	const one = await signedIn(t, `/surveys/${survey.id}`);
	const two = await pageIn(one.context());
	await two.goto(one.url());
	await question(two).waitFor();
	await question(one).fill("x".repeat(10_000));
	await status(one, "invalid");
	await field(two, "/definition/low_label").fill("Never");
	await saved(two);
	await one.reload();
	await status(one, "invalid");
	assert.equal((await question(one).inputValue()).length, 10_000);
	await one.getByText("You changed this survey in another window").waitFor();
	await one.close();
	await two.reload();
	await status(two, "invalid");
	await question(two).fill("Fine?");
	await saved(two);
	assert.deepEqual(await two.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("heed-draft-"))), []);
});

test("a survey that was closed before it is published is not said to be open", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const { revision, definition } = await draftOf(survey);
	await heed.ask("PUT", `/api/v1/surveys/${survey.id}/draft`, { revision, definition, closes_at: "2026-01-31T12:00:00Z" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	const dialog = await publish(page);
	await dialog.getByText("Nobody will be able to answer").waitFor({ timeout: 15_000 });
	await dialog.getByRole("button", { name: "Publish" }).click();
	await page.locator(".published", { hasText: "It closed on" }).waitFor({ timeout: 15_000 });
});

test("what is done in the editor and taken back on the list shows there", async (t) => {
	const survey = await makeSurvey(heed, {}, { name: "Left behind" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	const row = page.locator(".survey-row", { hasText: "Left behind" });
	await button(page, "Pause").click();
	await page.locator('[data-door="paused"]').waitFor();
	await page.locator(".back").click();
	await row.locator('[data-door="paused"]').waitFor();
	await page.keyboard.press("Control+z");
	await row.locator('[data-door="open"]').waitFor({ timeout: 15_000 });
	await row.getByRole("link", { name: "Left behind", exact: true }).click();
	await button(page, "More for Left behind").click();
	await button(page, "Delete").click();
	await page.waitForURL("**/surveys");
	await row.waitFor({ state: "detached" });
	await button(page, "Undo").click();
	await row.waitFor({ timeout: 15_000 });
});

test("missing translations are listed before publishing, which they do not hold up", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await page.waitForSelector(".editor");
	const languages = await part(page, "languages");
	await languages.getByLabel("Add a language").selectOption("de");
	await saved(page);
	assert.equal(await languages.getByText("missing", { exact: true }).count(), 1);
	const dialog = await publish(page);
	assert.match(await dialog.textContent(), /1 text is not translated.*German: Question/s);
	await dialog.getByRole("button", { name: "Publish" }).click();
	await page.getByText("Published.", { exact: true }).waitFor();
	assert.deepEqual((await heed.get(`/api/v1/surveys/${survey.id}`)).json.definition.translations, { de: {} });
	await field(page, "/definition/translations/de/question").fill("Alt?");
	await saved(page);
	assert.equal(await languages.getByText("missing", { exact: true }).count(), 0);
});

test("a changed scale warns before publishing and pins a note on the trend", async (t) => {
	const survey = await makeSurvey(heed, { question: "Old?" });
	await heed.post("/api/v1/responses", { survey: survey.slug, score: 9 });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).fill("New?");
	await saved(page);
	const dialog = await publish(page);
	assert.match(await dialog.textContent(), /Question: “Old\?” → “New\?”.*Before and after may not compare/s);
	await dialog.getByRole("button", { name: "Publish" }).click();
	await page.getByText("Published.", { exact: true }).waitFor();
	const { notes } = (await heed.get(`/api/v1/trend-notes?survey=${survey.slug}`)).json;
	assert.deepEqual(notes.map((note) => [note.kind, note.text]), [["scale", "“Old?” → “New?”"]]);
});

test("in German what changed stands between German quotation marks", async (t) => {
	const survey = await makeSurvey(heed, { question: "Alt?" });
	const page = await signedIn(t, `/surveys/${survey.id}`, { locale: "de-DE" });
	await question(page).fill("Neu?");
	await saved(page);
	await button(page, "Veröffentlichen").click();
	assert.match(await page.locator("dialog").textContent(), /„Alt\?“ → „Neu\?“/);
});

test("in German the contrast of a brand's colour has a comma", async (t) => {
	const page = await signedIn(t, "/settings/brands", { locale: "de-DE" });
	await page.getByRole("button", { name: "Marke hinzufügen" }).click();
	await page.getByText(/Kontrast \d+,\d zu 1 \(nötig sind 4,5\)/).first().waitFor();
});

test("answers by the test link vanish with one click", async (t) => {
	const survey = await makeSurvey(heed, { question: "Draft?" }, { state: "draft" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await page.waitForSelector(".editor");
	const box = await part(page, "try_out");
	const link = await box.locator("code").textContent();
	const guest = await visitor(t);
	await guest.goto(link);
	await guest.getByText("Test: this answer is marked and counts nowhere.").waitFor();
	await guest.click("#scale button[value='9']");
	await until(async () => (await answers(heed, survey)).length === 1, "the test answer");
	await page.evaluate(() => window.dispatchEvent(new Event("focus")));
	await box.getByText("1 test answer.").waitFor();
	await box.getByRole("button", { name: "Remove them" }).click();
	await page.getByText("1 test answer is gone.").waitFor();
	assert.deepEqual(await answers(heed, survey), []);
	assert.deepEqual([...page.complaints, ...guest.complaints], []);
});

test("a survey in the bin is not said to have no answers", async (t) => {
	const survey = await makeSurvey(heed, {}, { state: "live", name: "Thrown away" });
	assert.equal((await heed.post("/api/v1/responses", { survey: survey.slug, score: 9 })).status, 201);
	assert.ok((await heed.ask("DELETE", `/api/v1/surveys/${survey.id}`)).status < 300);
	const page = await signedIn(t, "/surveys?view=bin");
	const row = page.locator(".survey-row", { hasText: "Thrown away" });
	await row.waitFor();
	await page.waitForLoadState("networkidle");
	assert.doesNotMatch(await row.textContent(), /answers/i);
});

test("what a new question takes the place of is shown, where that was Heed's own", async (t) => {
	const survey = await makeSurvey(heed, {}, { state: "live" });
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await question(page).fill("Would you come again?");
	await saved(page);
	const dialog = await publish(page);
	assert.match(await dialog.textContent(), /Question: “On a scale of 0 to 10, how likely are you to recommend [^”]+” → “Would you come again\?”/);
});

test("a limit set in the editor closes the survey after so many answers", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await signedIn(t, `/surveys/${survey.id}`);
	await page.waitForSelector(".editor");
	await part(page, "times");
	await field(page, "/max_answers").fill("1");
	await saved(page);
	const dialog = await publish(page);
	assert.match(await dialog.textContent(), /Closes after so many answers: nothing → 1/);
	await dialog.getByRole("button", { name: "Publish" }).click();
	await page.getByText("Published.", { exact: true }).waitFor();
	const guest = await visitor(t, { locale: "de-DE" });
	await guest.goto(heed.url + survey.path);
	await guest.click("#scale button[value='10']");
	await until(async () => (await answers(heed, survey)).length === 1, "the answer");
	const late = await visitor(t, { locale: "de-DE" });
	await late.goto(heed.url + survey.path);
	assert.equal(await late.locator("h1").textContent(), "Diese Umfrage ist vollständig");
});

test("opening times are those of the workspace's zone", async (t) => {
	await heed.ask("PATCH", "/api/v1/workspace", { time_zone: "Europe/Berlin" });
	const survey = await makeSurvey(heed);
	const page = await signedIn(t, `/surveys/${survey.id}`, { timezoneId: "America/New_York" });
	await page.waitForSelector(".editor");
	await part(page, "times");
	await field(page, "/opens_at").fill("2099-07-01T09:30");
	await field(page, "/closes_at").fill("2099-01-01T09:30");
	await status(page, "invalid");
	await field(page, "/closes_at").fill("2099-12-01T09:30");
	await saved(page);
	const draft = await draftOf(survey);
	assert.deepEqual([draft.opens_at, draft.closes_at], ["2099-07-01T07:30:00.000Z", "2099-12-01T08:30:00.000Z"]);
	assert.equal(await field(page, "/opens_at").inputValue(), "2099-07-01T09:30");
});

test("a review link for some groups waits for an owner's word", async (t) => {
	const review = { promoters: { text: "Review us", url: "https://g.page/acme/review" } };
	const survey = await makeSurvey(heed, {}, { state: "draft" });
	await heed.ask("PUT", `/api/v1/surveys/${survey.id}/draft`, { revision: 0, definition: { thanks_button: review } });
	const analyst = await signedIn(t, `/surveys/${survey.id}`, { email: "berta@example.com" });
	await analyst.waitForSelector(".editor");
	const first = await publish(analyst);
	assert.match(await first.textContent(), /An owner can confirm this here/);
	assert.ok(await first.getByRole("button", { name: "Publish" }).isDisabled());
	const owner = await signedIn(t, `/surveys/${survey.id}`);
	await owner.waitForSelector(".editor");
	const dialog = await publish(owner);
	await dialog.getByRole("button", { name: "I know this and take it on" }).click();
	await dialog.getByText(/Confirmed by owner@example\.com/).waitFor();
	await dialog.getByRole("button", { name: "Publish" }).click();
	await owner.waitForSelector('[data-door="open"]');
});

test("a survey is put away and taken out again from the list, with undo", async (t) => {
	const survey = await makeSurvey(heed, {}, { slug: "shelved", name: "Shelved" });
	const page = await signedIn(t, "/surveys");
	const row = page.locator(".survey-row", { hasText: "Shelved" });
	const act = async (deed) => {
		await row.getByRole("button", { name: "More for Shelved" }).click();
		await row.getByRole("button", { name: deed, exact: true }).click();
	};
	await act("Delete");
	await row.waitFor({ state: "detached" });
	await button(page, "Undo").click();
	await row.waitFor();
	await act("Archive");
	await row.waitFor({ state: "detached" });
	await page.getByText("Archive", { exact: true }).click();
	await row.waitFor();
	assert.match(page.url(), /view=archive/);
	await act("Take out of the archive");
	await row.waitFor({ state: "detached" });
	assert.equal((await heed.get(`/api/v1/surveys/${survey.id}`)).json.door, "open");
	await page.getByText("In use", { exact: true }).click();
	await act("Duplicate");
	await page.waitForSelector(".editor");
	assert.equal(await page.locator("h1").textContent(), "Copy of Shelved");
	assert.deepEqual(page.complaints, []);
});
