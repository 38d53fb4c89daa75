// People who use Heed, in real browsers: the first start by keyboard alone, an invited viewer, two-step sign-in, sessions.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EMAIL, freshData, PASSWORD, serve, start } from "../http/harness.mjs";
import { appCode, calm } from "../http/totp.mjs";
import { failing } from "./house.mjs";
import { closeBrowsers, findings, focused, makeSurvey, pressed, until, visitor } from "./kit.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function signIn(page, path = "/", { email = EMAIL, password = PASSWORD } = {}) {
	await page.goto(`${heed.url}/login?next=${encodeURIComponent(path)}`);
	await page.fill("#email", email);
	await page.fill("#password", password);
	await page.press("#password", "Enter");
}

/** Goes on with Tab until what has the focus is called that. */
async function tabTo(page, name) {
	for (const end = Date.now() + 60_000; Date.now() < end; ) {
		const label = await page.evaluate(() => {
			const one = document.activeElement;
			if (!one?.matches("a, button, input, select, textarea")) return "";
			return [one?.getAttribute("aria-label"), one?.textContent, ...[...(one?.labels ?? [])].map((l) => l.textContent)].join("|");
		});
		if (label.includes(name)) return;
		await page.keyboard.press("Tab");
	}
	assert.fail(`Tab does not lead to ${name}`);
}

test("the first start by keyboard alone: workspace, brand in #FFD400, first survey, an answer seen arriving", async (t) => {
	const fresh = await serve(freshData(), { args: ["--print-login-link"] });
	t.after(() => fresh.stop());
	const page = await visitor(t);
	const { keyboard } = page;
	await page.goto(/Begin here, in your browser: (\S+)/.exec(fresh.stdout)[1]);
	for (const text of ["Fernhill Foods", "Ann Lee", "ann@example.com", PASSWORD]) {
		await keyboard.type(text);
		await keyboard.press("Tab");
	}
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "What do your customers know you by?" }).waitFor();
	await tabTo(page, "Colour");
	await keyboard.press("Control+A");
	await keyboard.type("#FFD400");
	assert.deepEqual(await findings(page), []);
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "Where are your customers?" }).waitFor();
	await tabTo(page, "Save and go on");
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "How do they reach you?" }).waitFor();
	await tabTo(page, "Go on without one");
	await keyboard.press("Enter");
	await page.getByRole("heading", { name: "Ask for the first time" }).waitFor();
	await tabTo(page, "Make my first survey");
	await keyboard.press("Enter");
	await page.getByText("Waiting for your answer").waitFor();
	await tabTo(page, "Answer it now");
	const opened = page.context().waitForEvent("page");
	await keyboard.press("Enter");
	const survey = await opened;
	await survey.locator('#scale button[value="9"]').focus();
	assert.deepEqual(await findings(survey), []);
	await survey.keyboard.press("Enter");
	await page.getByText("Your answer has arrived: 9 of 10.").waitFor();
	await tabTo(page, "To the overview");
	await keyboard.press("Enter");
	await page.waitForURL(`${fresh.url}/`);
	await page.getByText("Only this machine can answer surveys").waitFor();
	assert.equal(await page.getByText("Your set-up is not finished").count(), 0);
	const brands = await page.evaluate(() => fetch("/api/v1/brands").then((r) => r.json()));
	assert.equal(brands.brands[0].colour, "#ffd400");
	const nps = await page.evaluate(() => fetch("/api/v1/insights/nps").then((r) => r.json()));
	assert.equal(JSON.stringify(nps).includes('"answers":1'), false, "the test answer counts nowhere");
});

test("a step of the set-up that cannot be noted says why, and one may try again", async (t) => {
	const page = await visitor(t);
	await signIn(page, "/setup");
	await page.getByRole("button", { name: "Step 3 of 5: Region" }).click();
	await page.getByRole("heading", { name: "Where are your customers?" }).waitFor();
	await failing("**/api/v1/setup")(page);
	const refused = page.locator(".toast.bad", { hasText: "The server is busy" });
	for (const name of ["Skip this", "Save and go on", "I do not need the set-up"]) {
		await page.getByRole("button", { name }).click();
		await refused.waitFor({ timeout: 20_000 });
		await refused.getByRole("button", { name: "Close" }).click();
	}
	await page.unroute("**/api/v1/setup");
	await page.getByRole("button", { name: "Skip this" }).click();
	await page.getByRole("heading", { name: "How do they reach you?" }).waitFor();
});

test("Back leads through the steps of the set-up, and a reload stays at one", async (t) => {
	const page = await visitor(t);
	await signIn(page, "/setup");
	const begun = await page.locator(".setup h1:visible").textContent();
	assert.notEqual(begun, "Where are your customers?");
	await page.getByRole("button", { name: "Step 3 of 5: Region" }).click();
	await page.getByRole("heading", { name: "Where are your customers?" }).waitFor();
	await page.getByRole("button", { name: "Skip this" }).click();
	await page.getByRole("heading", { name: "How do they reach you?" }).waitFor();
	await page.goBack();
	await page.getByRole("heading", { name: "Where are your customers?" }).waitFor();
	assert.equal(await focused(page), "Where are your customers?");
	await page.reload();
	await page.getByRole("heading", { name: "Where are your customers?" }).waitFor();
	await page.goBack();
	await page.getByRole("heading", { name: begun }).waitFor();
});

test("the set-up saves no address that nobody typed", async (t) => {
	const page = await visitor(t);
	await signIn(page, "/setup?step=address");
	const use = page.getByRole("button", { name: "Use this address" });
	await use.click();
	await page.getByText("Type an address, or go on without one.").waitFor();
	assert.equal(await page.locator(".toast").count(), 0, "nothing was saved");
});

test("one chooses in which of the customers' languages new surveys are written", async (t) => {
	t.after(() => heed.ask("PATCH", "/api/v1/workspace", { settings: { languages: [] } }));
	const page = await visitor(t);
	await signIn(page, "/settings/workspace");
	const first = page.getByLabel("New surveys are written in");
	await page.getByRole("checkbox", { name: "English" }).check();
	assert.equal(await first.count(), 0, "of one there is nothing to choose");
	await page.getByRole("checkbox", { name: "German" }).check();
	await first.selectOption("German");
	await page.getByRole("button", { name: "Save" }).first().click();
	await page.getByText("Saved.").waitFor();
	assert.deepEqual((await heed.get("/api/v1/workspace")).json.settings.languages, ["de", "en"]);
	await page.reload();
	await until(async () => (await first.inputValue()) === "de", "German to be the first");
});

test("a step of the set-up keeps what was typed while one looks at another", async (t) => {
	const page = await visitor(t);
	await signIn(page, "/setup");
	await page.getByRole("button", { name: "Step 2 of 5: Brand" }).click();
	const name = page.getByRole("textbox", { name: "Name" });
	await name.fill("Half typed");
	await page.getByRole("button", { name: "Step 3 of 5: Region" }).click();
	await page.getByRole("heading", { name: "Where are your customers?" }).waitFor();
	assert.equal(await name.isVisible(), false);
	await page.getByRole("button", { name: "Step 2 of 5: Brand" }).click();
	assert.equal(await name.inputValue(), "Half typed");
});

test("the browser's language comes back when the profile leaves it to the browser", async (t) => {
	const page = await visitor(t, { locale: "de-DE" });
	await signIn(page, "/settings/profile");
	await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
	await page.getByRole("button", { name: "Speichern" }).click();
	await page.waitForSelector("html[lang=en]");
	await page.getByRole("combobox", { name: "Language" }).selectOption("");
	await page.getByRole("button", { name: "Save" }).first().click();
	await page.waitForSelector("html[lang=de]", { timeout: 20_000 });
	await page.reload();
	await page.getByRole("combobox", { name: "Sprache" }).waitFor();
});

test("in German the audit log has no code and no English word of Heed's own", async (t) => {
	const answer = (await heed.post("/api/v1/responses", { survey: (await makeSurvey(heed)).slug, score: 3 })).json;
	for (const [action, reason] of [["exclude", "one"], ["include"], ["delete"], ["restore"]]) {
		const done = await heed.post("/api/v1/responses/actions", { action, ids: [answer.id], ...(reason && { reason }) });
		assert.equal(done.status, 200, done.text);
	}
	const scope = { properties: { city: ["Berlin"] } };
	assert.equal((await heed.post("/api/v1/teams", { name: "by link", scope })).status, 201);
	const page = await visitor(t, { locale: "de-DE" });
	await signIn(page, "/settings/audit");
	const row = (text) => page.getByRole("row").filter({ hasText: text });
	await row("Antworten von allen Werten ausgeschlossen").filter({ hasText: "one" }).waitFor();
	for (const deed of ["Antworten wieder gezählt", "Antworten in den Papierkorb gelegt", "Antworten aus dem Papierkorb geholt"]) await row(deed).waitFor();
	await row("by link").filter({ hasText: "city: Berlin" }).waitFor();
	await row("Angemeldet").filter({ hasText: "mit Passwort" }).first().waitFor();
	const cells = await page.getByRole("cell").allTextContents();
	assert.deepEqual(cells.filter((text) => /command line|by password|did_|[{}]/.test(text)), []);
});

test("in German what the server refuses is told in German, its own sentence a press away, and what is gone leads back", async (t) => {
	const page = await visitor(t, { locale: "de-DE" });
	await signIn(page, "/settings/profile");
	await page.getByLabel("Bisheriges Passwort").fill("not this one");
	await page.getByLabel("Neues Passwort").fill("another good one");
	await page.getByRole("button", { name: "Passwort setzen" }).click();
	await page.getByText("Das ist nicht Ihr bisheriges Passwort.").waitFor();
	assert.equal(await page.locator(".part button[aria-label='Passwort anzeigen']").count(), 2, "what the eyes do");
	await page.goto(`${heed.url}/settings/people`);
	await page.getByLabel("E-Mail-Adresse").fill(EMAIL);
	await page.getByRole("button", { name: "Link erzeugen" }).click();
	await page.getByText("Jemand mit dieser Adresse ist schon hier.").waitFor();
	await failing("**/api/v1/members*")(page);
	await page.goto(`${heed.url}/settings/people`);
	const alert = page.getByRole("alert");
	await alert.getByText("Der Server ist beschäftigt.").waitFor();
	await page.goto(`${heed.url}/surveys/1`);
	await alert.getByText("Was hier gemeint war, wurde entfernt").waitFor();
	await alert.getByText("Was der Server sagt").click();
	await alert.getByText("there is no survey 1").waitFor();
	await alert.getByRole("link", { name: "Zu den Umfragen" }).click();
	await page.waitForURL(`${heed.url}/surveys`);
});

test("a new survey is written in the first of the workspace's languages", async (t) => {
	const settings = { languages: ["fr", "de"] };
	assert.equal((await heed.ask("PATCH", "/api/v1/workspace", { settings })).status, 200);
	t.after(() => heed.ask("PATCH", "/api/v1/workspace", { settings: { languages: [] } }));
	const page = await visitor(t);
	await signIn(page, "/surveys");
	await page.getByRole("button", { name: "New survey" }).click();
	await page.getByLabel("What is it called?").fill("All customers");
	await page.getByRole("button", { name: "Make it" }).click();
	await page.waitForURL(/surveys\/\d+/);
	const { json } = await heed.get(`/api/v1/surveys/${/\d+$/.exec(new URL(page.url()).pathname)[0]}`);
	assert.equal((json.draft?.definition ?? json.definition).language, "fr");
});

test("an invited viewer sees figures, and no name, email or phone anywhere", async (t) => {
	const survey = await makeSurvey(heed, {}, { slug: "known", name: "Known people" });
	const person = { name: "Wilhelmina Quast", email: "wilhelmina@example.com", phone: "+49 30 9876543" };
	for (const score of [9, 10, 3, 8, 7])
		assert.equal((await heed.post("/api/v1/responses", { survey: survey.slug, score, comment: "Fine.", person })).status, 201);
	const owner = await visitor(t);
	await signIn(owner, "/settings/people");
	await owner.getByLabel("Email").fill("guest@example.com");
	await owner.getByRole("button", { name: "Make a link" }).click();
	const link = await owner.getByTestId("invite-link").textContent();
	const guest = await visitor(t);
	await guest.goto(link);
	await guest.getByLabel("Your name").fill("Guest");
	await guest.getByLabel("Choose a password").fill(PASSWORD);
	await guest.getByRole("button", { name: "Join" }).click();
	await guest.waitForURL(`${heed.url}/`);
	await guest.waitForSelector("main h1");
	const secrets = ["Wilhelmina", "Quast", "wilhelmina@example.com", "9876543"];
	const [one] = (await heed.get(`/api/v1/responses?survey=${survey.slug}`)).json.responses;
	const paths = ["/", "/answers", `/answers/${one.id}`, "/surveys", "/settings", "/?q=Wilhelmina", "/settings/people"];
	for (const path of paths) {
		await guest.goto(heed.url + path);
		await guest.waitForSelector("main h1");
		await guest.waitForLoadState("networkidle").catch(() => undefined);
		const text = await guest.evaluate(() => document.body.innerText);
		const unasked = secrets.filter((secret) => !path.includes(secret)); // the filter shows what was typed into it
		for (const secret of unasked) assert.ok(!text.includes(secret), `${path} shows ${secret}`);
	}
	const asked = ["responses", "responses?q=Wilhelmina", "responses/export", `responses/${one.id}`, `people/${one.person_id}`, "members", "audit", "insights/nps", "surveys"];
	for (const path of asked) {
		const text = await guest.evaluate((p) => fetch(`/api/v1/${p}`).then((r) => r.text()), path);
		for (const secret of secrets) assert.ok(!text.includes(secret), `/api/v1/${path} shows ${secret}`);
	}
	await owner.reload();
	await owner.getByText("guest@example.com").first().waitFor();
});

test("two-step sign-in is set up in the profile and asked for on the sign-in page", async (t) => {
	heed.mustRun("user", "add", "two@example.com", "--role", "analyst", "--password-stdin", { input: `${PASSWORD}\n` });
	const page = await visitor(t);
	await signIn(page, "/settings/profile", { email: "two@example.com" });
	await page.getByRole("button", { name: "Set it up" }).click();
	await page.getByText("Cannot scan? Type this instead.").click();
	const secret = (await page.locator(".secret").textContent()).replaceAll(" ", "");
	await calm();
	await page.getByLabel("The six digits that the app shows").fill("000000");
	await page.getByRole("button", { name: "Turn it on" }).click();
	await page.getByText("This is not the code that the app shows now").waitFor();
	await page.getByLabel("The six digits that the app shows").fill(appCode(secret, -1));
	await page.getByRole("button", { name: "Turn it on" }).click();
	await page.getByText("Your recovery codes").waitFor();
	const code = await page.locator(".codes li").first().textContent();
	await page.getByRole("button", { name: "I have kept them" }).click();
	await page.getByText("10 recovery codes are left").waitFor();
	const other = await visitor(t, { javaScriptEnabled: false });
	await signIn(other, "/settings/profile", { email: "two@example.com" });
	await other.getByRole("heading", { name: "One more step" }).waitFor();
	await other.fill("#code", "123456");
	await other.press("#code", "Enter");
	await other.getByRole("alert").waitFor();
	await other.fill("#code", appCode(secret));
	await other.press("#code", "Enter");
	await other.waitForURL(`${heed.url}/settings/profile`);
	const third = await visitor(t);
	await signIn(third, "/settings/profile", { email: "two@example.com" });
	await third.fill("#code", code);
	await third.press("#code", "Enter");
	await third.getByText("9 recovery codes are left").waitFor();
});

test("a button that is busy keeps the focus, and what takes the place of one has it next", async (t) => {
	const page = await visitor(t);
	const button = (name) => page.getByRole("button", { name, exact: true }).first();
	const next = (words) => until(async () => (await focused(page)).includes(words), `the focus to be on ${words}`, 15_000);
	await signIn(page, "/settings/profile");
	await pressed(button("Save"));
	await page.getByText("Saved.").waitFor();
	assert.equal(await focused(page), "Save");
	await pressed(button("Set it up"));
	await next("The six digits");
	await page.keyboard.type("000000");
	await pressed(button("Turn it on"));
	await page.getByText("This is not the code that the app shows now").waitFor();
	assert.equal(await focused(page), "Turn it on");
	await page.goto(`${heed.url}/settings/teams`);
	await pressed(button("Add a team"));
	await next("Name of the team");
	await pressed(button("Cancel"));
	const [team] = (await heed.get("/api/v1/teams")).json.teams;
	await next(team?.name ?? "No teams yet");
});

test("signing out everywhere ends another browser's session at once", async (t) => {
	const [here, there] = [await visitor(t), await visitor(t)];
	await signIn(here, "/settings/profile");
	await signIn(there, "/settings/keys");
	await there.getByRole("heading", { name: "API keys" }).waitFor();
	await here.reload();
	await here.getByRole("button", { name: "Sign out everywhere else" }).click();
	await here.getByText("You are signed out everywhere else.").waitFor();
	const status = await there.evaluate(() => fetch("/api/v1/me").then((r) => r.status));
	assert.equal(status, 401);
	await there.getByLabel("What is it for?").fill("Half typed");
	await there.getByRole("button", { name: "Make a key" }).click();
	await there.getByRole("heading", { name: "Please sign in again" }).waitFor();
	assert.equal(await there.getByLabel("What is it for?").inputValue(), "Half typed");
	assert.equal(await here.evaluate(() => fetch("/api/v1/me").then((r) => r.status)), 200);
});

test("a removed member comes back by undo", async (t) => {
	heed.mustRun("user", "add", "gone@example.com", "--role", "agent", "--name", "Gone Soon");
	const page = await visitor(t);
	await signIn(page, "/settings/people");
	await page.getByRole("button", { name: "Remove Gone Soon" }).click();
	await page.getByText("Gone Soon is removed and signed out.").waitFor();
	const is = async () => (await heed.get("/api/v1/members")).json.members.some((m) => m.email === "gone@example.com");
	assert.equal(await is(), false);
	await page.getByRole("button", { name: "Undo" }).click();
	await until(is, "the member to be back");
	await page.getByRole("button", { name: "Remove Gone Soon" }).waitFor();
});

test("the journey is put into another order by keyboard, and back by undo", async (t) => {
	const page = await visitor(t);
	await signIn(page, "/settings/journey");
	const names = async () => (await heed.get("/api/v1/touchpoints")).json.touchpoints.map((one) => one.name);
	const before_ = await names();
	await page.getByLabel("Name of step 2").focus();
	await page.keyboard.press("Alt+ArrowUp");
	await page.getByText(`${before_[1]} is now 1 of ${before_.length}.`).waitFor();
	assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Name of step 1");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByText("Saved.").waitFor();
	assert.deepEqual((await names()).slice(0, 2), [before_[1], before_[0]]);
	await page.getByRole("button", { name: "Undo" }).click();
	await until(async () => (await names())[0] === before_[0], "the old order");
});
