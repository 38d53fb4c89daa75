// tests/browser/walk.test.mjs - one new user's first twenty minutes, from an empty folder to a team in Berlin: a laptop
// beside a phone. Each test goes on where the one before it ended. HEED_LOOK names a folder for pictures of each step.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { freshData, PASSWORD, serve } from "../http/harness.mjs";
import { known } from "../http/known_file.mjs";
import { closeBrowsers, until, visitor } from "./kit.mjs";

const BRAND = 'Müller & Söhne "Best" <b>';
const OWNER = "ann@example.com";
const QUESTION = "Would you send a friend to {brand}?";
const FRAGE = "Würden Sie {brand} einem Freund empfehlen?";
const LAPTOP = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Whom nobody without names may see. */
const bea = { name: "Bea Quast", email: "bea.quast@example.com", phone: "+49 30 9876543" };
const secrets = ["Bea", "Quast", "bea.quast", "9876543"];

let heed, laptop, pocket, survey;
before(async () => {
	heed = await serve(freshData(), { args: ["--print-login-link"] });
	laptop = await visitor(null, LAPTOP);
	pocket = await visitor(null, PHONE);
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

const look = process.env.HEED_LOOK;
if (look) mkdirSync(look, { recursive: true });
let pictures = 0;
async function picture(page, name) {
	if (!look) return;
	const device = page.viewportSize().width < 500 ? "phone" : "laptop";
	await page.screenshot({ path: join(look, `${String(++pictures).padStart(2, "0")}-${name}-${device}.png`), fullPage: true });
}
/** What the laptop shows, and the same address in the owner's pocket. */
async function bothPictures(name) {
	await picture(laptop, name);
	if (!look) return;
	await pocket.context().addCookies(await laptop.context().cookies());
	await pocket.goto(laptop.url());
	await pocket.waitForSelector("main h1");
	await pocket.waitForTimeout(700);
	await picture(pocket, name);
}

/** A test that says how long its step took. Nobody goes on from where the step before did not lead. */
let way = "open";
function step(name, walk) {
	test(name, async (t) => {
		assert.equal(way, "open", "a step before this one failed");
		way = "shut";
		const begun = Date.now();
		await walk(t);
		way = "open";
		t.diagnostic(`${((Date.now() - begun) / 1000).toFixed(1)} s`);
	});
}

const heading = (page, name) => page.getByRole("heading", { name }).first().waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
/** The API as who is signed in on that page asks it. */
const api = (page, path) =>
	page.evaluate(async (p) => {
		const r = await fetch(`/api/v1/${p}`);
		const text = await r.text();
		return { status: r.status, text, json: /[/+]json/.test(r.headers.get("content-type")) ? JSON.parse(text) : null };
	}, path);
const plain = (text) => text.replace(/[\u2068\u2069]/g, "");
const go = async (page, path) => {
	await page.goto(heed.url + path);
	await page.waitForSelector("main h1");
};
const scored = (score) => `.answer:first-child .score:text-is("${score}")`;

step("an empty folder: the link that the server prints leads through the set-up, brand in #FFD400, to a first live survey", async (t) => {
	const page = laptop;
	await page.goto(/Begin here, in your browser: (\S+)/.exec(heed.stdout)[1]);
	await picture(page, "begin");
	await page.locator("#workspace").fill("Fernhill");
	await page.getByLabel("Your name").fill("Ann Lee");
	await page.getByLabel("Email").fill(OWNER);
	await page.locator("#password").fill(PASSWORD);
	await page.getByRole("button").click();
	await heading(page, "What do your customers know you by?");
	await page.getByLabel(/^Name/).fill(BRAND);
	await page.getByRole("textbox", { name: "Colour", exact: true }).fill("#FFD400");
	await bothPictures("setup-brand");
	await press(page, "Save and go on");
	await heading(page, "Where are your customers?");
	await page.getByRole("checkbox", { name: "German" }).check();
	await bothPictures("setup-region");
	await press(page, "Save and go on");
	await heading(page, "How do they reach you?");
	await bothPictures("setup-address");
	await press(page, "Go on without one");
	await heading(page, "Ask for the first time");
	await press(page, "Make my first survey");
	await page.getByText("Waiting for your answer").waitFor();
	await bothPictures("setup-survey");
	const opened = page.context().waitForEvent("page");
	await page.getByRole("link", { name: "Answer it now" }).click();
	const trial = await opened;
	await trial.click('#scale button[value="10"]');
	await page.getByText("Your answer has arrived: 10 of 10.").waitFor();
	await picture(page, "setup-arrived");
	await trial.close();
	await press(page, "To the overview");
	await heading(page, "Overview");
	await page.getByText("No answers yet").waitFor();
	await bothPictures("overview-empty");
	const { brands } = (await api(page, "brands")).json;
	assert.deepEqual([brands[0].name, brands[0].colour], [BRAND, "#ffd400"]);
});

step("a question of one's own in English and German is published from the editor", async () => {
	const page = laptop;
	await page.getByRole("link", { name: "Surveys" }).first().click();
	await heading(page, "Surveys");
	await bothPictures("surveys");
	await page.getByRole("link", { name: "Customers of Fernhill", exact: true }).click();
	const field = (path) => page.locator(`[data-path="${path}"]`);
	await field("/definition/question").fill(QUESTION);
	await page.locator("#part-languages summary").click();
	await bothPictures("editor");
	if ((await field("/definition/translations/de/question").count()) === 0)
		await page.getByLabel("Add a language").selectOption("de");
	await field("/definition/translations/de/question").fill(FRAGE);
	await page.locator("#part-properties summary").click();
	await page.locator("#part-properties").getByLabel("Name").fill("city");
	await page.locator("#part-properties").getByRole("button", { name: "Add", exact: true }).click();
	await page.waitForSelector('[data-status="saved"]');
	await page.waitForFunction(() => /Freund/.test(document.querySelector(".preview-frame")?.contentDocument?.body.innerText ?? "Freund"));
	await bothPictures("editor-german");
	await press(page, "Publish");
	await page.locator("dialog").waitFor();
	assert.equal(await page.getByText("Before and after may not compare").count(), 0, "nobody but a test has answered");
	await picture(page, "publish");
	await page.locator("dialog").getByRole("button", { name: "Publish" }).click();
	await page.getByText("Published.", { exact: true }).waitFor();
	await picture(page, "published");
	const id = page.url().split("/").pop();
	survey = (await api(page, `surveys/${id}`)).json;
	assert.equal(survey.state, "live");
	assert.equal(survey.definition.translations.de.question, FRAGE);
});

let personal;
step("the share screen gives a QR code that scans, and a personal link for each of a list", async () => {
	const page = laptop;
	await page.getByRole("link", { name: "Share", exact: true }).click();
	const code = page.getByRole("img", { name: /^QR code of/ });
	await code.evaluate((image) => image.decode());
	await bothPictures("share-link");
	const { data, width, height } = PNG.sync.read(await code.screenshot());
	assert.equal(jsqr(new Uint8ClampedArray(data), width, height)?.data, survey.url);
	await page.getByRole("tab", { name: "Personal links" }).click();
	const chooser = page.waitForEvent("filechooser");
	await page.getByRole("button", { name: "List of people as CSV" }).click();
	const list = `email,name,phone,city\n${bea.email},${bea.name},${bea.phone},Munich\ncem@example.com,Cem Ay,,Berlin\n`;
	await (await chooser).setFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
	await bothPictures("share-people");
	await press(page, "Make the links");
	await page.getByText("2 links are ready.").waitFor();
	await picture(page, "share-people-made");
	const saved = page.waitForEvent("download");
	await press(page, "Download the list with links");
	const lines = readFileSync(await (await saved).path(), "utf8").trim().split("\n");
	personal = lines.slice(1).map((line) => /http\S+?\/r\/[^,]+/.exec(line)[0]);
	assert.equal(personal.length, 2);
});

step("9 on the phone by the personal link is in the overview's feed, and nobody reloads", async (t) => {
	await go(laptop, "/");
	await laptop.waitForSelector(".live-mark.live");
	await laptop.getByText("No answers yet").waitFor();
	const phone = await visitor(t, PHONE);
	await phone.goto(personal[0]);
	assert.equal(plain(await phone.locator("h1").first().textContent()), QUESTION.replace("{brand}", BRAND));
	await picture(phone, "page");
	const loads = [];
	laptop.on("framenavigated", (frame) => loads.push(frame.url()));
	const seen = laptop.waitForSelector(scored(9));
	const tapped = Date.now();
	await phone.tap('#scale button[value="9"]');
	await seen;
	t.diagnostic(`from the tap to the feed: ${Date.now() - tapped} ms`);
	assert.deepEqual(loads, []);
	await picture(phone, "page-9");
	await phone.fill("#comment", "The bread is wonderful.");
	await phone.tap("#send");
	await phone.waitForSelector("#thanks:visible");
	await picture(phone, "thanks");
	await laptop.getByText("The bread is wonderful.").waitFor();
	assert.equal(await laptop.getByText("Filtered:").count(), 0, "all of time is no filter");
	await bothPictures("overview-first");
	assert.deepEqual(phone.complaints, []);
});

step("3 by the keyboard alone in German, from Berlin", async (t) => {
	const guest = await visitor(t, { ...LAPTOP, locale: "de-DE" });
	await guest.goto(personal[1]);
	assert.equal(plain(await guest.locator("h1").first().textContent()), FRAGE.replace("{brand}", BRAND));
	await guest.keyboard.press("3");
	await guest.waitForSelector("#comment:focus");
	await guest.keyboard.type("Zu lange gewartet");
	await picture(guest, "page-german");
	await guest.keyboard.press("Tab");
	await guest.keyboard.press("Enter");
	await guest.waitForSelector("#thanks:visible");
	await picture(guest, "thanks-german");
	await laptop.getByText("Zu lange gewartet").waitFor();
	const [one] = (await api(laptop, "responses?score=3")).json.responses;
	assert.deepEqual([one.score, one.language, one.comment, one.properties.city], [3, "de", "Zu lange gewartet", "Berlin"]);
	assert.deepEqual(guest.complaints, []);
});

step("who leaves after the score is counted, and the funnel shows it", async (t) => {
	const phone = await visitor(t, PHONE);
	await phone.goto(`${survey.url}?city=Munich`);
	await until(() => phone.evaluate(() => !document.hidden && performance.now() > 1500), "a second in sight");
	await phone.tap('#scale button[value="6"]');
	await laptop.waitForSelector(scored(6));
	await phone.context().close();
	const [one] = (await api(laptop, "responses?score=6")).json.responses;
	assert.deepEqual([one.state, one.properties.city], ["partial", "Munich"]);
	const { parts } = (await api(laptop, "insights/nps")).json;
	assert.equal(parts[0].figure.responses, 3);
	await go(laptop, "/surveys");
	await laptop.getByRole("link", { name: survey.name, exact: true }).click();
	await laptop.getByRole("link", { name: "Funnel", exact: true }).click();
	await laptop.getByText("Gave a score").first().waitFor();
	await bothPictures("funnel");
	const funnel = (await api(laptop, `surveys/${survey.id}/funnel`)).json;
	assert.deepEqual([funnel.all.shown, funnel.all.scored, funnel.all.completed], [3, 3, 2]);
});

step("122 rows by the wizard, undone, and again: 35, between 20 and 48", async () => {
	const page = laptop;
	const figure = async () => {
		const { parts } = (await api(page, "insights/nps?survey=kunden-2025")).json;
		const f = parts[0]?.figure;
		return f?.responses ? [f.nps, ...f.interval].map((x) => x.toFixed(1)) : null;
	};
	await page.getByRole("link", { name: "Import" }).first().click();
	await heading(page, "Import answers");
	await bothPictures("import");
	await page.setInputFiles("input[type=file]", { name: "Kunden 2025.csv", mimeType: "text/csv", buffer: Buffer.from(known()) });
	await page.getByText("Kunden 2025.csv: 122 rows").waitFor();
	await picture(page, "import-check");
	await page.getByLabel("Survey", { exact: true }).selectOption("+");
	await page.getByLabel("Name of the new survey").fill("Kunden 2025");
	await press(page, "Import 122 rows");
	await heading(page, "120 scored, 1 comment and 1 rejected");
	await bothPictures("import-done");
	assert.deepEqual(await figure(), ["35.0", "20.1", "48.1"]);
	await press(page, "Undo this import");
	await heading(page, "Taken back");
	await picture(page, "import-undone");
	assert.equal(await figure(), null);
	await press(page, "Import it again");
	await heading(page, "120 scored, 1 comment and 1 rejected");
	assert.deepEqual(await figure(), ["35.0", "20.1", "48.1"]);
	await page.getByRole("link", { name: "See their score" }).click();
	await page.getByText("Your score is 35, likely between 20 and 48.").waitFor();
	await bothPictures("overview-imported");
});

const cookies = new Map();
/** A page of somebody who joined, in a browser of their own. */
async function colleague(t, name, options = LAPTOP) {
	const page = await visitor(t, options);
	await page.context().addCookies(cookies.get(name));
	return page;
}
async function invite(t, { email, name, role, team }) {
	const page = laptop;
	await go(page, "/settings/people");
	await page.getByLabel("Email").fill(email);
	await page.getByLabel("Role", { exact: true }).selectOption({ label: role });
	if (team) await page.getByLabel("Team", { exact: true }).selectOption({ label: team });
	await press(page, "Make a link");
	const link = await page.getByTestId("invite-link").textContent();
	await bothPictures(`invite-${role}`);
	const guest = await visitor(t, LAPTOP);
	await guest.goto(link);
	await picture(guest, `join-${role}`);
	await guest.getByLabel("Your name").fill(name);
	await guest.getByLabel("Choose a password").fill(PASSWORD);
	await guest.getByRole("button", { name: "Join" }).click();
	await guest.waitForURL(`${heed.url}/`);
	await guest.waitForSelector("main h1");
	cookies.set(email, await guest.context().cookies());
	return guest;
}

/** What the live feed tells the browser of that page while that is done, up to an event that fits. */
async function heard(page, deed, fits) {
	await page.evaluate(async () => {
		const reader = (await fetch("/api/v1/live")).body.pipeThrough(new TextDecoderStream()).getReader();
		globalThis.heard = "";
		void (async () => {
			for (let part = await reader.read(); !part.done; part = await reader.read()) globalThis.heard += part.value;
		})().catch(() => undefined);
	});
	const told = () => page.evaluate(() => globalThis.heard);
	await until(async () => /event: *here/.test(await told()), "the feed to begin");
	await deed();
	await until(async () => fits.test(await told()), `${fits} in the feed`);
	return told();
}

/** No screen that the paths lead to, and no reply of the API, may show any of the words; the owner sees each of them. */
async function nothingOf(page, words, paths, asked) {
	for (const path of paths) {
		await go(page, path);
		await page.waitForLoadState("networkidle").catch(() => undefined);
		const text = await page.evaluate(() => document.body.innerText);
		for (const word of words.filter((one) => !path.includes(one))) assert.ok(!text.includes(word), `${path} shows ${word}`);
	}
	let all = "";
	for (const path of asked) {
		const own = await api(laptop, path);
		assert.equal(own.status, 200, `${path}: ${own.text}`);
		all += own.text;
		const { text } = await api(page, path);
		for (const word of words) assert.ok(!text.includes(word), `/api/v1/${path} shows ${word}`);
	}
	for (const word of words) assert.ok(all.includes(word), `nobody is told ${word}`);
}

step("a filtered view is copied as its address and is the same in another browser", async (t) => {
	const page = laptop;
	await go(page, "/");
	await page.getByRole("button", { name: "Filter", exact: true }).click();
	await page.getByRole("button", { name: "Language", exact: true }).click();
	await bothPictures("filter");
	await laptop.getByRole("checkbox", { name: /German/ }).check();
	await page.keyboard.press("Escape");
	await page.waitForURL(/language=de/);
	const said = page.getByRole("button", { name: "Language: German", exact: true });
	await said.waitFor();
	await page.getByText("Zu lange gewartet").waitFor();
	await picture(page, "filtered");
	const other = await visitor(t, PHONE);
	await other.goto(page.url());
	await other.fill("input[name=email]", OWNER);
	await other.fill("input[name=password]", PASSWORD);
	await other.tap("button");
	await other.waitForURL(page.url());
	await other.getByRole("button", { name: "Language: German", exact: true }).waitFor();
	await other.getByText("Zu lange gewartet").waitFor();
	const feed = (one) => one.locator(".answer .comment").allTextContents();
	assert.deepEqual(await feed(other), await feed(page));
	await picture(other, "filtered");
});

const munich = async () => (await api(laptop, `responses?survey=${survey.slug}`)).json.responses.find((one) => one.person_name === bea.name);
/** Somebody comes back on their link: the answer changes while a colleague listens. */
async function again(t, link, score) {
	const phone = await visitor(t, PHONE);
	await phone.goto(link);
	await phone.locator("#change:visible").or(phone.locator("#scale:visible")).first().waitFor();
	if (await phone.locator("#change").isVisible()) await phone.tap("#change");
	await phone.tap(`#scale button[value="${score}"]`);
	await phone.waitForSelector("#comment:visible");
	const { responses } = await until(async () => {
		const { json } = await api(laptop, `responses?survey=${survey.slug}&score=${score}`);
		return json.responses.length > 0 && json;
	}, "the new score");
	return responses[0];
}

step("a viewer who was invited by a link sees figures, and no name, email or phone by page, address, search, feed, export or API", async (t) => {
	const guest = await invite(t, { email: "vera@example.com", name: "Vera", role: "Viewer" });
	await guest.getByText(/Your score is|answers so far/).first().waitFor();
	await picture(guest, "viewer");
	const one = await munich();
	assert.deepEqual([one.person_name, one.properties.city], [bea.name, "Munich"]);
	await nothingOf(
		guest,
		secrets,
		["/", "/answers", `/answers/${one.id}`, "/?q=Quast", "/answers?q=Quast", "/surveys", `/surveys/${survey.id}/share`, `/surveys/${survey.id}/funnel`, "/settings", "/settings/people"],
		["responses", "responses?q=Quast", "responses/export", "responses/export?format=jsonl", `responses/${one.id}`, `people/${one.person_id}`, "members", "audit", "insights/nps", "surveys", `surveys/${survey.id}`, "imports", "responses/facets"],
	);
	const feed = await heard(guest, () => again(t, personal[0], 8), /event: *answer/);
	for (const word of secrets) assert.ok(!feed.includes(word), `the feed tells ${word}`);
	assert.deepEqual((await api(guest, "insights/nps?survey=kunden-2025")).json.parts[0].figure.nps, 35);
});

step("a member of the team Berlin cannot reach the answer from Munich by any of them", async (t) => {
	const page = laptop;
	await go(page, "/settings/teams");
	await bothPictures("teams");
	await press(page, "Add a team");
	await page.getByLabel("Name of the team").fill("Berlin");
	await press(page, "Limit by a property, such as the city");
	await page.locator(".fact-field", { hasText: "Property of the answer" }).locator("input:not([type=hidden])").fill("city");
	await page.locator(".fact-field", { hasText: "Values: choose" }).locator("input:not([type=hidden])").fill("Ber");
	await page.getByRole("option", { name: "Berlin 1", exact: true }).click();
	await page.getByText(/^Sees 1 of/).waitFor();
	await picture(page, "team-new");
	await page.locator("form").getByRole("button", { name: "Add a team" }).click();
	await page.getByText("city: Berlin").waitFor();
	await bothPictures("team");
	const guest = await invite(t, { email: "bernd@example.com", name: "Bernd", role: "Agent", team: "Berlin" });
	await guest.getByText("Zu lange gewartet").waitFor();
	await guest.getByText("team Berlin").waitFor();
	await picture(guest, "agent");
	const one = await munich();
	const words = [...secrets, "The bread is wonderful"];
	await nothingOf(
		guest,
		words,
		["/", "/answers", `/answers/${one.id}`, "/?q=wonderful", "/answers?q=wonderful", "/answers?property.city=Munich", "/surveys"],
		["responses", "responses?q=bread", "responses?property.city=Munich", "responses/export", "responses/export?format=jsonl", `responses/${one.id}`, `people/${one.person_id}`, "responses/facets"],
	);
	assert.equal((await api(guest, `responses/${one.id}`)).status, 404);
	assert.equal((await api(guest, `people/${one.person_id}`)).status, 404);
	const { parts } = (await api(guest, "insights/nps")).json;
	assert.deepEqual(parts.map((part) => part.figure.responses), [1]);
	const both = async () => {
		await again(t, personal[0], 10);
		await again(t, personal[1], 4);
	};
	const feed = await heard(guest, both, /"score": *4/);
	assert.ok(!feed.includes(one.id) && !/"score": *10/.test(feed), feed);
	await go(guest, `/answers/${one.id}`);
	await picture(guest, "agent-munich");
});

step("kill -9, start again: everything is there, for everybody who was signed in", async (t) => {
	const port = new URL(heed.url).port;
	const all = async () => (await api(laptop, "responses?limit=200")).json.responses.map((one) => [one.id, one.score, one.comment, one.person_name]);
	const before_ = await all();
	assert.equal(before_.length, 125);
	await go(laptop, "/?survey=kunden-2025&period=all");
	await laptop.getByText("Your score is 35, likely between 20 and 48.").waitFor();
	await heed.halt("SIGKILL");
	await laptop.waitForSelector(".live-mark.connecting");
	await picture(laptop, "server-away");
	const begun = Date.now();
	heed = await serve(heed, { listen: `127.0.0.1:${port}`, args: ["--print-login-link"] });
	t.diagnostic(`ready again after ${Date.now() - begun} ms`);
	await laptop.waitForSelector(".live-mark.live");
	assert.deepEqual(await all(), before_);
	await laptop.reload();
	await laptop.getByText("Your score is 35, likely between 20 and 48.").waitFor();
	const viewer = await colleague(t, "vera@example.com", PHONE);
	await go(viewer, "/?survey=kunden-2025&period=all");
	await viewer.getByText("Your score is 35, likely between 20 and 48.").waitFor();
	await picture(viewer, "viewer-after");
	const phone = await visitor(t, PHONE);
	await phone.goto(survey.url);
	await phone.tap('#scale button[value="10"]');
	await until(async () => (await all()).length === 126, "an answer after the start");
	assert.doesNotMatch(heed.stdout, /Begin here/);
});
