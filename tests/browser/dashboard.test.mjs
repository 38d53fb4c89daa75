// tests/browser/dashboard.test.mjs - the dashboard in a real browser: empty, with few and many answers, and when things fail.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { EMAIL, PASSWORD, serve, start } from "../http/harness.mjs";
import { closeBrowsers, COLOUR_RULES, findings, makeSurvey, settled, visitor } from "./kit.mjs";

let heed;
before(async () => (heed = await start()));
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function signedIn(t, options, server = heed, email = EMAIL) {
	const page = await visitor(t, options);
	await page.goto(server.url);
	assert.match(page.url(), /\/login\?next=/);
	await page.fill("input[name=email]", email);
	await page.fill("input[name=password]", PASSWORD);
	await page.click("button");
	await page.waitForSelector("h1:has-text('Overview')");
	return page;
}

async function choosePeriod(page, name) {
	await page.click(".filter-row button");
	await page.getByRole("button", { name, exact: true }).click();
}

/* At each width every rule once, and in the other colours those that colours decide. */
const looks = [
	{ width: 320, colorScheme: "light" },
	{ width: 320, colorScheme: "dark", rules: COLOUR_RULES },
	{ width: 1440, colorScheme: "dark" },
	{ width: 1440, colorScheme: "light", rules: COLOUR_RULES },
];

async function inEveryLook(page, state) {
	for (const { width, colorScheme, rules } of looks) {
		const where = `${state}, ${width} px, ${colorScheme}`;
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme });
		await page.evaluate(settled);
		assert.deepEqual(await findings(page, rules), [], where);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		assert.ok(wide <= width, `${where}: ${wide} px wide`);
	}
}

/** promoters, passives, detractors to one survey, by import: "score" and nothing else. */
function answer(survey, promoters, passives, detractors) {
	const rows = ["score", ...Array(promoters).fill(10), ...Array(passives).fill(8), ...Array(detractors).fill(3)];
	const file = join(heed.dir, `${survey.slug}.csv`);
	writeFileSync(file, rows.join("\n"));
	heed.mustRun("import", file, "--workspace", "Acme", "--survey", survey.slug);
}

test("a new owner makes the standard survey, and its first answer is the next thing seen", async (t) => {
	const page = await signedIn(t);
	await page.waitForSelector("text=No answers yet");
	await inEveryLook(page, "empty");
	await page.click("text=Create it and get the link");
	const link = await page.textContent("code:has-text('/s/')");
	await page.waitForSelector("a[href*='/t/']:has-text('See how it looks')");
	await inEveryLook(page, "survey without answers");
	const visitorPage = await visitor(t);
	await visitorPage.goto(link);
	await visitorPage.click('#scale button[value="9"]');
	await visitorPage.waitForURL(/\/a\//);
	await page.reload();
	await page.waitForSelector("text=a score is shown from five answers on");
	assert.equal(await page.locator(".answer .score").first().textContent(), "9");
	await inEveryLook(page, "one answer");
	assert.deepEqual(page.complaints, []);
});

test("who sees no answers is not told to read them, and an empty part is not called nothing at all", async (t) => {
	assert.equal((await heed.post("/api/v1/teams", { name: "Berlin", scope: { properties: { city: ["Berlin"] } } })).status, 201);
	const input = `${PASSWORD}\n`;
	for (const role of ["viewer", "agent"]) heed.mustRun("user", "add", `${role}@example.com`, "--role", role, "--password-stdin", { input });
	heed.mustRun("user", "team", "agent@example.com", "--team", "Berlin");
	const viewer = await signedIn(t, {}, heed, "viewer@example.com");
	await viewer.waitForSelector("text=1 answer so far");
	assert.equal(await viewer.getByText("Read them below").count(), 0);
	const agent = await signedIn(t, {}, heed, "agent@example.com");
	await agent.waitForSelector("text=Nothing in your part (team Berlin) yet", { timeout: 20_000 });
});

test("scores of two kinds stand side by side, each with its own n, never pooled", async (t) => {
	const other = await start(t);
	const kept = heed;
	heed = other;
	t.after(() => (heed = kept));
	const relation = await makeSurvey(other, {}, { slug: "relation" });
	const ticket = await makeSurvey(other, {}, { slug: "ticket", kind: "transactional", touchpoint: "support" });
	answer(relation, 30, 10, 10);
	answer(ticket, 420, 60, 20);
	const page = await signedIn(t, {}, other);
	await page.waitForSelector(".hero-number");
	assert.equal(await page.textContent(".hero-number"), "40");
	assert.deepEqual(await page.locator(".tile-number").allTextContents(), ["40", "80"]);
	const tiles = await page.locator(".tile .quiet").allTextContents();
	assert.match(tiles[0], /n = 50/);
	assert.match(tiles[1], /n = 500/);
	assert.doesNotMatch(await page.textContent("main"), /\b7[67]\b/, "a score of both kinds together");
	await page.click(".tile:has-text('Support')");
	assert.equal(await page.textContent(".hero-number"), "80");
	assert.match(page.url(), /part=transactional/);
	await page.reload();
	await page.waitForSelector(".hero-number");
	assert.equal(await page.textContent(".hero-number"), "80", "the choice is part of the address");
	await inEveryLook(page, "two kinds");
});

test("says what is wrong when the server is away, and goes on by itself when it is back", async (t) => {
	const own = await start(t);
	const survey = await makeSurvey(own);
	assert.equal((await own.post("/api/v1/responses", { survey: survey.slug, score: 9 })).status, 201);
	const page = await signedIn(t, {}, own);
	await page.waitForSelector("text=1 answer so far");
	await own.halt();
	await choosePeriod(page, "Last 90 days");
	await page.waitForSelector("text=The server cannot be reached");
	const again = await serve(own, { listen: new URL(own.url).host.replace("localhost", "127.0.0.1") });
	t.after(() => again.halt());
	await page.waitForSelector("[role=alert]", { state: "detached", timeout: 60_000 });
	await page.goto(`${again.url}/surveys`);
	await page.waitForSelector(".survey-row");
	await page.context().setOffline(true);
	await page.getByText("Archive", { exact: true }).click();
	await page.waitForSelector("text=The server cannot be reached");
	await page.context().setOffline(false);
	await page.waitForSelector("[role=alert]", { state: "detached", timeout: 20_000 });
});

test("what a page lacks when the network goes comes when it is back, and takes nothing from the screen meanwhile", async (t) => {
	const survey = await makeSurvey(heed);
	for (let i = 0; i < 8; i++) assert.equal((await heed.post("/api/v1/responses", { survey: survey.slug, score: 9 })).status, 201);
	const page = await signedIn(t);
	await page.goto(heed.url);
	const missing = "What is missing here comes by itself";
	const asked = page.getByRole("button", { name: "What is this?" }).first();
	await asked.waitFor();
	await page.context().setOffline(true);
	await asked.click();
	await page.getByText(missing).waitFor();
	await page.waitForSelector("h1:has-text('Overview')");
	await page.context().setOffline(false);
	await page.getByRole("dialog").waitFor();
	await page.getByText(missing).waitFor({ state: "detached" });
	await page.keyboard.press("Escape");
	await page.context().setOffline(true);
	await page.locator("nav a[href='/import']").first().click();
	await page.getByText(missing).waitFor();
	await inEveryLook(page, "the network is away");
	await page.context().setOffline(false);
	await page.waitForSelector("h1:has-text('Import')");
	assert.equal(await page.getByRole("alert").count(), 0);
});

test("a screen that this version of the page has and the server no longer is one press away", async (t) => {
	const page = await signedIn(t);
	await page.goto(heed.url);
	await page.waitForSelector("h1:has-text('Overview')");
	await page.route("**/dashboard/*.js", (route) => route.fulfill({ status: 404, body: "" }));
	await page.locator("nav a[href='/import']").first().click();
	const again = page.getByRole("alert").getByRole("button", { name: "Try again" });
	await again.waitFor();
	await page.unroute("**/dashboard/*.js");
	await again.click();
	await page.waitForSelector("h1:has-text('Import')");
});

test("a session that was ended elsewhere is begun again on top of what one does, which then goes on", async (t) => {
	const page = await signedIn(t);
	await page.goto(`${heed.url}/?period=90d`);
	await page.waitForSelector("h1:has-text('Overview')");
	await page.click(".filter-row button");
	const days = await page.getByRole("button", { name: "Last 30 days", exact: true }).elementHandle();
	heed.mustRun("user", "password", EMAIL, "--workspace", "Acme", "--password-stdin", { input: `${PASSWORD}\n` });
	await days.evaluate((one) => one.click()); // not by the mouse: a request that was on its way may have opened the dialog above it
	const dialog = page.getByRole("dialog", { name: "Please sign in again" });
	await dialog.waitFor();
	await inEveryLook(page, "signed out");
	await dialog.locator("input[type=password]").fill("wrong horse");
	await page.keyboard.press("Enter");
	await dialog.getByText("password is wrong").waitFor();
	await dialog.locator("input[type=password]").fill(PASSWORD);
	await page.keyboard.press("Enter");
	await dialog.waitFor({ state: "detached" });
	await page.waitForURL(/period=30d/);
	assert.equal(await page.locator("[role=alert]").count(), 0, "nobody was told of a failure");
});

/** Answers of a period that ended `days` ago, a hundred of each number given. */
async function answersOf(server, survey, days, scores, more = {}) {
	const submitted_at = new Date(Date.now() - days * 86_400_000).toISOString();
	for (const score of scores) {
		const r = await server.post("/api/v1/responses", { survey: survey.slug, score, submitted_at, ...more });
		assert.equal(r.status, 201, r.text);
	}
}

test("the score says how it moved against the period before, whether by chance, and how many are left out", async (t) => {
	const own = await start(t);
	const survey = await makeSurvey(own);
	await answersOf(own, survey, 120, Array(40).fill(10));
	await answersOf(own, survey, 5, [...Array(40).fill(0), ...Array(10).fill(10)]);
	const { responses } = (await own.get("/api/v1/responses?limit=1")).json;
	const out = await own.ask("PATCH", `/api/v1/responses/${responses[0].id}`, { state: "excluded", reason: "a colleague" });
	assert.equal(out.status, 200, out.text);
	const page = await signedIn(t, {}, own);
	await page.goto(`${own.url}/?period=90d`);
	await page.getByText(/It fell by 1\d\d compared with .*\(40 answers\), and that is more than chance\./).waitFor();
	await page.getByRole("link", { name: "Not counted: 1 excluded" }).waitFor();
	assert.equal(await page.getByText(/Wald|Student|Net Promoter/).locator("visible=true").count(), 0, "methods are named on the screen");
	await page.getByText("How we know").click();
	await page.getByText(/adjusted Wald with Student/).waitFor();
});

test("a copied address is the same view in another browser", async (t) => {
	const own = await start(t);
	const survey = await makeSurvey(own);
	await answersOf(own, survey, 5, Array(6).fill(10), { comment: "Lovely in İstanbul", properties: { plan: "pro" } });
	await answersOf(own, survey, 5, Array(7).fill(0), { comment: "Slow", properties: { plan: "free" } });
	const page = await signedIn(t, {}, own);
	await page.waitForSelector("text=13 answers");
	await page.keyboard.press("f");
	await page.getByRole("button", { name: "Property …" }).click();
	await page.getByRole("button", { name: "plan", exact: true }).click();
	await page.getByLabel("pro 6").check();
	await page.keyboard.press("Escape");
	await page.waitForSelector("text=6 answers from");
	await page.keyboard.press("/");
	await page.keyboard.type("istanbul");
	await page.getByText("Comment has “istanbul”", { exact: true }).waitFor();
	await page.waitForURL(/q=istanbul/);
	const other = await signedIn(t, {}, own);
	await other.goto(page.url());
	await other.getByRole("link", { name: /^6 answers from/ }).waitFor();
	await other.getByRole("button", { name: "plan: pro", exact: true }).waitFor();
	await other.getByRole("button", { name: "Reset" }).click();
	await other.getByRole("link", { name: /^13 answers from/ }).waitFor();
	assert.equal(new URL(other.url()).search, "");
});

test("every path of the dashboard leads through the login and back, and one that no screen has says so", async (t) => {
	const page = await visitor(t);
	await page.goto(`${heed.url}/settings/no%20such/page?x=1&y=%C3%BC`);
	assert.match(page.url(), /\/login\?next=/);
	await page.fill("input[name=email]", EMAIL);
	await page.fill("input[name=password]", PASSWORD);
	await page.click("button");
	await page.waitForSelector("h1:has-text('There is no such page')");
	assert.equal(page.url(), `${heed.url}/settings/no%20such/page?x=1&y=%C3%BC`);
	await inEveryLook(page, "no such page");
	await page.click("text=To the overview");
	await page.waitForSelector("h1:has-text('Overview')");
});

test("a German browser is spoken to in German, and English is one choice away and stays", async (t) => {
	const page = await visitor(t, { locale: "de-AT" });
	const asked = [];
	page.on("request", (request) => asked.push(request.url()));
	await page.goto(heed.url);
	await page.fill("input[name=email]", EMAIL);
	await page.fill("input[name=password]", PASSWORD);
	await page.click("button");
	await page.waitForSelector("h1:has-text('Übersicht')");
	assert.equal(await page.getAttribute("html", "lang"), "de");
	assert.deepEqual(asked.filter((url) => /\.en-/.test(url)), [], "English words were fetched");
	await inEveryLook(page, "German");
	await page.click(".user");
	await page.selectOption("select", "en");
	await page.waitForSelector("h1:has-text('Overview')");
	await page.reload();
	await page.waitForSelector("h1:has-text('Overview')");
});

test("the keys are told under the question mark, go to a screen, and can be turned off", async (t) => {
	const page = await signedIn(t);
	await page.keyboard.press("?");
	const dialog = page.getByRole("dialog", { name: "Keys" });
	await dialog.getByText("Undo what was done last").waitFor();
	await inEveryLook(page, "keys");
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	await page.goto(`${heed.url}/settings/nowhere`);
	await page.waitForSelector("h1:has-text('There is no such page')");
	await page.keyboard.press("g");
	await page.keyboard.press("o");
	await page.waitForSelector("h1:has-text('Overview')");
	assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Overview", "the heading has the focus");
	await page.keyboard.press("?");
	await dialog.getByRole("switch").uncheck({ force: true });
	await page.keyboard.press("Escape");
	await page.goto(`${heed.url}/settings/nowhere`);
	await page.waitForSelector("h1:has-text('There is no such page')");
	await page.keyboard.press("g");
	await page.keyboard.press("o");
	await page.waitForTimeout(200);
	assert.match(page.url(), /nowhere/);
});

test("on paper there is what a screen says, without the frame and what one can press", async (t) => {
	const page = await signedIn(t);
	await page.waitForSelector("main h1");
	await page.emulateMedia({ media: "print" });
	assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
	assert.ok((await page.locator(".no-print").count()) >= 3);
	assert.equal(await page.locator(".no-print:visible").count(), 0);
});

test("a screen that is dark prints on white, and is dark again afterwards", async (t) => {
	const page = await signedIn(t, { colorScheme: "dark" });
	await page.waitForSelector("main h1");
	const look = () => page.evaluate(() => getComputedStyle(document.body).color);
	const dark = await look();
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	const paper = await look();
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
	assert.equal(await look(), dark);
	assert.equal(paper, "rgb(0, 0, 0)");
	assert.notEqual(dark, paper);
});

test("the last days of December are told as the first week of the year that it belongs to", async (t) => {
	const survey = await makeSurvey(heed);
	for (const day of ["2025-12-23", "2025-12-30"])
		for (let i = 0; i < 5; i++) await heed.post("/api/v1/responses", { survey: survey.slug, score: 9, submitted_at: `${day}T12:00:00Z` });
	const page = await signedIn(t);
	await page.goto(`${heed.url}/?from=2025-12-22&to=2026-01-04&by=week`);
	await page.getByText("As a table").click();
	assert.deepEqual(await page.locator(".trend-table tbody th").allTextContents(), ["W 1 2026", "W 52 2025"]);
});
