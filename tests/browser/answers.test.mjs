// tests/browser/answers.test.mjs - work on answers in a real browser: by key and by mouse, one and many, and taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PASSWORD, made, start } from "../http/harness.mjs";
import { closeBrowsers, focused, makeSurvey, pressed, until, visitor } from "./kit.mjs";

let heed;
const cookies = new Map();

before(async () => {
	heed = await start();
	const input = `${PASSWORD}\n`;
	for (const [who, name] of [["ann", "Ann Smith"], ["bob", "Bob"]])
		heed.mustRun("user", "add", `${who}@example.com`, "--name", name, "--role", "agent", "--workspace", "Acme", "--password-stdin", { input });
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function enter(t, path, { who = "owner", ...options } = {}) {
	if (!cookies.has(who)) cookies.set(who, (await heed.signIn(`${who}@example.com`, PASSWORD)).split("="));
	const [name, value] = cookies.get(who);
	const page = await visitor(t, options);
	await page.context().addCookies([{ name, value, url: heed.url }]);
	await page.goto(heed.url + path);
	await page.waitForSelector("main h1");
	return page;
}

const read = (id) => made(heed.get(`/api/v1/responses/${id}`));
const row = (page, id) => page.locator(`.aw-row:has([data-answer="${id}"])`);
const undo = (page) => page.click(".toast button:has-text('Undo')");

/** A survey of its own with these answers; gives their ids, newest first as the list shows them. */
async function given(slug, answers) {
	await makeSurvey(heed, {}, { slug, name: slug });
	const ids = [];
	for (const answer of answers) ids.unshift((await made(heed.post("/api/v1/responses", { survey: slug, ...answer }))).id);
	return ids;
}

test("an answer is tagged by the keyboard alone", async (t) => {
	const [, second] = await given("keys", [{ score: 3, comment: "late" }, { score: 9 }]);
	const page = await enter(t, "/answers?survey=keys");
	await page.waitForSelector(".aw-row");
	for (const key of ["j", "j", "t"]) await page.keyboard.press(key);
	await page.keyboard.type("Delivery");
	await page.keyboard.press("Enter");
	await row(page, second).locator(".aw-tag:has-text('Delivery')").waitFor();
	assert.deepEqual((await read(second)).tags, ["Delivery"]);
	await page.keyboard.press("k");
	await page.keyboard.press("t");
	await page.keyboard.type("deli");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => document.querySelectorAll(".aw-row .aw-tag").length === 2);
	await page.keyboard.press("s");
	await page.waitForSelector(".aw-row .aw-star");
	await page.keyboard.press("Control+z");
	await page.waitForFunction(() => !document.querySelector(".aw-row .aw-star"));
	assert.deepEqual(page.complaints, []);
});

test("the focus is where it was when a dialog closes, a note is added, or a row is gone", async (t) => {
	const ids = await given("focus", [{ score: 3 }, { score: 9 }, { score: 5 }]);
	const page = await enter(t, "/answers?survey=focus");
	await pressed(page.getByRole("button", { name: "Tags", exact: true }));
	await page.waitForSelector("dialog");
	await page.keyboard.press("Escape");
	await page.waitForSelector("dialog", { state: "detached" });
	assert.equal(await focused(page), "Tags");
	await row(page, ids[1]).locator("a").first().click();
	await page.getByLabel("A note for colleagues").fill("Called them.");
	await pressed(page.getByRole("button", { name: "Add note" }));
	await page.waitForSelector(".aw-note");
	assert.equal(await focused(page), "Add note");
	await page.goto(`${heed.url}/answers?survey=focus`);
	await pressed(row(page, ids[1]).locator("input"), "Space");
	await pressed(page.locator(".aw-bulk").getByRole("button", { name: "Delete" }));
	await row(page, ids[1]).waitFor({ state: "detached" });
	await until(() => focused(page), "something to have the focus", 15_000);
	assert.deepEqual(page.complaints, []);
});

test("an answer is left out with its reason, and counted again by undo", async (t) => {
	const [id] = await given("reasons", [{ score: 0, comment: "asdf" }]);
	const page = await enter(t, "/answers?survey=reasons");
	await page.waitForSelector(".aw-row");
	await page.keyboard.press("j");
	await page.keyboard.press("e");
	await page.click("dialog button[type=submit]");
	await page.waitForSelector("dialog :text('Say why')");
	await page.fill("dialog input", "A colleague tried it");
	await page.keyboard.press("Enter");
	await row(page, id).locator(":text('Left out')").waitFor();
	const out = await read(id);
	assert.deepEqual([out.state, out.state_reason], ["excluded", "A colleague tried it"]);
	await undo(page);
	await row(page, id).locator(":text('Left out')").waitFor({ state: "detached" });
	assert.equal((await read(id)).state, "complete");
});

test("many answers are deleted at once, come back by undo, and from the bin", async (t) => {
	const ids = await given("bulk", Array.from({ length: 6 }, (_, i) => ({ score: i })));
	const page = await enter(t, "/answers?survey=bulk");
	await row(page, ids[0]).locator("input").click();
	await row(page, ids[3]).locator("input").click({ modifiers: ["Shift"] });
	await page.waitForSelector(".aw-bulk :text('4 selected')");
	await page.click(".aw-bulk button:has-text('Delete')");
	await page.waitForFunction(() => document.querySelectorAll(".aw-row").length === 2);
	await undo(page);
	await page.waitForFunction(() => document.querySelectorAll(".aw-row").length === 6);
	await row(page, ids[1]).locator("input").click();
	await page.click(".aw-bulk button:has-text('Delete')");
	await row(page, ids[1]).waitFor({ state: "detached" });
	await page.selectOption("select", "bin");
	await row(page, ids[1]).locator("a").click();
	await page.click(".aw-panel button:has-text('Restore')");
	await row(page, ids[1]).waitFor({ state: "detached" });
	assert.equal((await read(ids[1])).state, "partial");
});

test("an answer that was deleted is selected no more", async (t) => {
	const ids = await given("unselected", [{ score: 1 }, { score: 2 }, { score: 3 }]);
	const page = await enter(t, "/answers?survey=unselected");
	await row(page, ids[0]).locator("input").click();
	await page.click(".aw-bulk button:has-text('Delete')");
	await row(page, ids[0]).waitFor({ state: "detached" });
	await page.waitForSelector(".aw-bulk :text('1 selected')", { state: "detached" });
	await row(page, ids[1]).locator("input").click();
	await page.waitForSelector(".aw-bulk :text('1 selected')");
	// One of two, by the panel: the other one stays selected.
	await row(page, ids[2]).locator("input").click();
	await row(page, ids[1]).locator("a").click();
	await page.click(".aw-panel button:has-text('Delete')");
	await row(page, ids[1]).waitFor({ state: "detached" });
	await page.waitForSelector(".aw-bulk :text('1 selected')");
	assert.ok(await row(page, ids[2]).locator("input").isChecked());
});

test("in German a toast says in German that the server is away", async (t) => {
	await given("away", [{ score: 1 }]);
	const page = await enter(t, "/answers?survey=away", { locale: "de-DE" });
	await page.waitForSelector(".aw-row");
	await page.route("**/responses/actions", (route) => route.abort());
	await page.keyboard.press("j");
	await page.keyboard.press("s");
	assert.equal(await page.locator(".toast.bad span").first().textContent(), "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung.");
});

test("what is deleted for good is asked about, and is gone", async (t) => {
	const [id] = await given("gone", [{ score: 5 }]);
	await made(heed.post("/api/v1/responses/actions", { action: "delete", ids: [id] }));
	const page = await enter(t, `/answers/${id}`);
	await page.click("button:has-text('Delete for good')");
	await page.keyboard.press("Enter"); // "Cancel" has the focus
	assert.equal((await read(id)).state, "deleted");
	await page.click("button:has-text('Delete for good')");
	await page.click("dialog button:has-text('Delete for good')");
	await page.waitForSelector("text=This answer is not here");
	assert.equal((await heed.get(`/api/v1/responses/${id}`)).status, 404);
});

test("who wants to be forgotten is erased with all answers, once that was asked about", async (t) => {
	const person = { email: "forgotten@example.com" };
	const [id, first, stays] = await given("forgotten", [{ score: 7 }, { score: 5, person }, { score: 4, person }]);
	const page = await enter(t, `/answers/${id}?survey=forgotten`);
	await page.click("button:has-text('Erase this person')");
	await page.keyboard.press("Enter"); // "Cancel" has the focus
	assert.equal((await read(id)).score, 4);
	await page.click("button:has-text('Erase this person')");
	await page.click("dialog button:has-text('Erase for good')");
	await page.waitForSelector("text=Erased the person and 2 answers");
	await page.waitForFunction(() => document.querySelectorAll(".aw-row").length === 1);
	for (const gone of [id, first]) assert.equal((await heed.get(`/api/v1/responses/${gone}`)).status, 404);
	assert.equal((await read(stays)).score, 7);
	await enter(t, `/answers/${stays}`, {}).then((other) => other.waitForSelector("text=Nobody is known to have given it."));
});

test("all that a filter takes are done, with progress, and taken back", async (t) => {
	await makeSurvey(heed, {}, { slug: "thousand", name: "thousand" });
	const file = join(heed.dir, "thousand.csv");
	writeFileSync(file, ["score,comment", ...Array.from({ length: 1100 }, (_, i) => `${i % 11},Number ${i} says hello`)].join("\n"));
	heed.mustRun("import", file, "--workspace", "Acme", "--survey", "thousand");
	const page = await enter(t, "/answers?survey=thousand");
	await page.waitForSelector("text=1,100 answers");
	await page.locator(".aw-row input").first().click();
	await page.click("text=Select all 1,100");
	await page.click(".aw-bulk button:has-text('Leave out')");
	await page.route("**/actions", async (route) => {
		await new Promise((wake) => setTimeout(wake, 200)); // so that the progress is seen
		await route.continue();
	});
	await page.click("dialog button:has-text('Spam')");
	await page.waitForSelector(".aw-bulk [role=progressbar]");
	await page.hover(".aw-row");
	await page.waitForSelector(".toast :text('1,100 answers left out')");
	await page.waitForSelector(".arrivals:text-is('Something has changed: show it')", { timeout: 20_000 });
	const count = async (state) => (await made(heed.get(`/api/v1/responses/count?survey=thousand&state=${state}`))).count;
	assert.equal(await count("excluded"), 1100);
	await undo(page);
	await until(async () => (await count("excluded")) === 0, "the undo of 1,100");
});

test("thousands of rows are scrolled through with few of them drawn, and none missed", async (t) => {
	const page = await enter(t, "/answers?survey=thousand");
	await page.waitForSelector(".aw-row");
	const seen = new Set();
	for (let i = 0; seen.size < 1100 && i < 400; i++) {
		const drawn = await page.$$eval(".aw-row a", (all) => all.map((one) => one.dataset.answer));
		assert.ok(drawn.length < 80, `${drawn.length} rows are drawn`);
		for (const id of drawn) seen.add(id);
		await page.evaluate(() => {
			window.scrollBy(0, 700);
			return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
		});
	}
	assert.equal(seen.size, 1100);
});

for (const width of [1280, 360])
	test(`coming back finds the list where it was, ${width} pixels wide`, async (t) => {
		const page = await enter(t, "/answers?survey=thousand", { viewport: { width, height: 760 } });
		await page.waitForSelector(".aw-row");
		await until(async () => {
			await page.evaluate(() => window.scrollTo(0, 9000));
			return page.evaluate(() => window.scrollY === 9000);
		}, "the list to grow");
		// A row in sight: right after scrolling those of the top may still be the drawn ones.
		const inSight = await page.waitForFunction(() =>
			[...document.querySelectorAll(".aw-row a")].find((one) => {
				const { top } = one.getBoundingClientRect();
				return top > 200 && top < 500;
			})?.dataset.answer,
		);
		const id = await inSight.jsonValue();
		await page.locator(`.aw-row [data-answer="${id}"]`).click();
		await page.waitForSelector(".aw-body");
		await page.goBack();
		await page.waitForSelector(".aw-panel", { state: "detached" });
		await page.waitForFunction(() => Math.abs(window.scrollY - 9000) < 400);
		assert.ok(await page.locator(`[data-answer="${id}"]`).isVisible());
		const before_ = await page.evaluate(() => window.scrollY);
		await page.click("nav:visible a[href='/']");
		await page.waitForSelector("h1:has-text('Overview')");
		await page.goBack();
		await page.waitForSelector("h1:has-text('Answers')");
		await page.waitForFunction((y) => Math.abs(window.scrollY - y) < 5, before_);
		assert.ok(await page.locator(`[data-answer="${id}"]`).isVisible());
	});

test("a permanent link shows its answer, and keys lead to the next ones", async (t) => {
	const [newest, middle, oldest] = await given("linked", [{ score: 1, comment: "one" }, { score: 2, comment: "two" }, { score: 3, comment: "three" }]);
	const page = await enter(t, `/answers/${middle}?survey=linked`);
	const comment = page.locator(".aw-panel blockquote");
	assert.equal(await comment.textContent(), "two");
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.click("button:has-text('Copy link')");
	await page.waitForSelector("button:has-text('Copied')");
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${heed.url}/answers/${middle}`);
	await page.waitForSelector(".aw-row");
	await page.keyboard.press("j");
	await page.waitForURL(`**/answers/${oldest}?survey=linked`);
	await page.waitForSelector(".aw-panel blockquote:has-text('one')");
	await page.keyboard.press("k");
	await page.waitForURL(`**/answers/${middle}?survey=linked`);
	await page.keyboard.press("k");
	await page.waitForURL(`**/answers/${newest}?survey=linked`);
	await page.keyboard.press("Escape");
	await page.waitForURL("**/answers?survey=linked");
});

test("Escape closes the answer, whatever was chosen beside it", async (t) => {
	const [id] = await given("beside", [{ score: 9 }]);
	const page = await enter(t, "/answers?survey=beside");
	await row(page, id).locator("a").first().click();
	await page.waitForSelector(".aw-panel");
	await page.selectOption("select", "starred");
	await page.waitForURL(/view=starred/);
	await page.locator("h1").focus();
	await page.keyboard.press("Escape");
	await page.waitForSelector(".aw-panel", { state: "detached", timeout: 15_000 });
	assert.match(page.url(), /\/answers\?survey=beside&view=starred$/);
});

test("a new answer appears by itself, and is held back while one reads", async (t) => {
	await given("live", [{ score: 4 }]);
	const page = await enter(t, "/answers?survey=live");
	await page.waitForSelector("text=1 answer");
	await page.waitForSelector(".live-mark.live");
	await page.mouse.move(5, 5);
	await made(heed.post("/api/v1/responses", { survey: "live", score: 5, comment: "by itself" }));
	await page.waitForSelector(".aw-row:has-text('by itself')");
	await page.hover(".aw-row");
	await made(heed.post("/api/v1/responses", { survey: "live", score: 6, comment: "held back" }));
	await page.click(".arrivals");
	await page.waitForSelector(".aw-row:has-text('held back')");
});

test("two tabs that tag one answer keep both tags", async (t) => {
	const [id] = await given("tabs", [{ score: 4 }]);
	const pages = [await enter(t, `/answers/${id}`), await enter(t, `/answers/${id}`, { who: "ann" })];
	for (const page of pages) await page.waitForSelector(".aw-tags input");
	for (const [i, page] of pages.entries()) {
		await page.fill(".aw-tags input", `tag ${i}`);
		await page.press(".aw-tags input", "Enter");
		await page.waitForSelector(`.aw-tags li:has-text("tag ${i}")`);
	}
	assert.deepEqual((await read(id)).tags, ["tag 0", "tag 1"]);
});

test("a note calls a colleague, whose bell tells and leads to it", async (t) => {
	const [id] = await given("noted", [{ score: 2, comment: "call me" }]);
	const bob = await enter(t, `/answers/${id}`, { who: "bob" });
	await bob.waitForSelector(".aw-body");
	await bob.click("textarea");
	await bob.keyboard.type("Could you look, @ann");
	await bob.waitForSelector(".note-field [role=option]:has-text('Ann Smith')");
	await bob.keyboard.press("Enter");
	await bob.keyboard.type("please?");
	assert.equal(await bob.inputValue("textarea"), "Could you look, @Ann Smith please?");
	await bob.keyboard.press("Control+Enter");
	await bob.waitForSelector(".aw-note b:has-text('@Ann Smith')");
	const ann = await enter(t, "/", { who: "ann" });
	await ann.click("button[aria-label='Notes that mention you: 1 unread']");
	await ann.click(".mentions a:has-text('Could you look')");
	await ann.waitForSelector(".aw-note:has-text('Could you look')");
	await ann.waitForSelector("button[aria-label='Notes that mention you']");
	assert.equal(await ann.locator(".aw-note button").count(), 0, "it is Bob's to change");
	await bob.click(".aw-note button:has-text('Delete')");
	await bob.waitForSelector(".aw-note", { state: "detached" });
	await undo(bob);
	await bob.waitForSelector(".aw-note");
});

test("what is begun in a note stays while one looks at other answers, and when sending fails", async (t) => {
	const [first] = await given("drafts", [{ score: 2 }, { score: 3 }]);
	const page = await enter(t, `/answers/${first}?survey=drafts`);
	await page.waitForSelector(".aw-row");
	await page.fill("textarea", "half a thought");
	await page.click("button[aria-label='Next answer']");
	await page.waitForFunction(() => document.querySelector("textarea")?.value === "");
	await page.click("button[aria-label='Previous answer']");
	await page.waitForFunction(() => document.querySelector("textarea")?.value === "half a thought");
	await page.route("**/notes", (route) => route.abort());
	await page.click("button:has-text('Add note')");
	await page.waitForSelector("[role=alert]");
	assert.equal(await page.inputValue("textarea"), "half a thought");
});

test("what is typed while a note is on its way stays", async (t) => {
	const [id] = await given("typing", [{ score: 2 }]);
	const page = await enter(t, `/answers/${id}`);
	await page.waitForSelector(".aw-body");
	let goOn;
	const held = new Promise((wake) => (goOn = wake));
	await page.route("**/notes", async (route) => {
		await held;
		await route.continue();
	});
	await page.click("textarea");
	await page.keyboard.type("Called them.");
	await page.keyboard.press("Control+Enter");
	await page.keyboard.type(" They were glad.");
	goOn();
	await page.waitForSelector(".aw-note:has-text('Called them.')");
	assert.equal(await page.inputValue(".note-field textarea"), "They were glad.");
	await page.keyboard.press("Control+Enter");
	await page.waitForSelector(".aw-note:has-text('They were glad.')");
	assert.equal(await page.inputValue(".note-field textarea"), "");
});

test("a search marks what it found, however it is written", async (t) => {
	const [, id] = await given("search", [{ score: 9, comment: "Merhaba İstanbul, çok güzel" }, { score: 9, comment: "Berlin" }]);
	const page = await enter(t, "/answers?survey=search");
	await page.waitForSelector("text=2 answers");
	await page.keyboard.press("/");
	await page.keyboard.type("istanbul");
	await page.waitForSelector("text=1 answer");
	assert.equal(await row(page, id).locator("mark").textContent(), "İstanbul");
	await page.keyboard.press("Escape");
	await page.reload();
	assert.equal(await page.inputValue("input[type=search]"), "istanbul");
	await page.waitForSelector("mark");
});

test("a comment that looks like a formula is text on the screen", async (t) => {
	const formula = '=HYPERLINK("http://x","y")';
	const [id] = await given("formulas", [{ score: 1, comment: formula }]);
	const page = await enter(t, `/answers/${id}`);
	assert.equal(await page.locator(".aw-panel blockquote").textContent(), formula);
	assert.equal(await page.locator(".aw-panel blockquote a").count(), 0);
});
