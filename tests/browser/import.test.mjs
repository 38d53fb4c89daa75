// The import wizard in a real browser: the known file by the screen, its undo, and what a person meets on the way.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { known } from "../http/known_file.mjs";
import { closeBrowsers, visitor } from "./kit.mjs";

let heed;
before(async () => {
	heed = await start(null);
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

async function open(t, path = "/import", options = {}) {
	const page = await visitor(t, options);
	const [name, value] = (await heed.signIn()).split("=");
	await page.context().addCookies([{ name, value, url: heed.url }]);
	await page.goto(heed.url + path);
	return page;
}

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function figure(survey) {
	const { parts } = (await heed.get(`/api/v1/insights/nps?survey=${survey}`)).json;
	const f = parts[0]?.figure;
	return f?.responses ? [f.nps, ...f.interval.map((x) => x.toFixed(1))] : null;
}

for (const width of [1280, 360])
	test(`the known file by the screen, ${width} pixels wide: 120, 1, 1, undone, again`, async (t) => {
		const page = await open(t, "/import", { viewport: { width, height: 800 } });
		const survey = `known-${width}`;
		await page.setInputFiles("input[type=file]", file("Kunden.csv", known()));
		await page.getByText("Kunden.csv: 122 rows").waitFor();
		const becomes = (column) => page.getByLabel(`${column} becomes`).inputValue();
		assert.deepEqual(await Promise.all(["E-Mail", "Bewertung", "Kommentar", "Datum"].map(becomes)), ["email", "score", "comment", "date"]);
		const begin = page.getByRole("button", { name: "Import 122 rows" });
		assert.equal(await begin.isDisabled(), true, "the survey is not said yet");
		if ((await page.getByLabel("Survey", { exact: true }).inputValue()) !== "+")
			await page.getByLabel("Survey", { exact: true }).selectOption("+");
		await page.getByLabel("Name of the new survey").fill(survey);
		await begin.click();
		await page.getByRole("heading", { name: "120 scored, 1 comment and 1 rejected" }).waitFor();
		await page.getByText("121 are new").waitFor();
		assert.deepEqual(await figure(survey), [35, "20.1", "48.1"]);
		const earlier = await page.locator(".imports li").count();
		assert.equal(await page.getByRole("heading", { name: "Earlier imports" }).count(), Math.min(earlier, 1), "no heading of nothing");

		const arrives = page.waitForEvent("download");
		await page.getByRole("link", { name: "rejected row" }).click();
		const rejected = readFileSync(await (await arrives).path(), "utf8");
		assert.match(rejected, /Bewertung: 11 is not between 0 and 10/);

		await page.getByRole("button", { name: "Undo this import" }).click();
		await page.getByRole("heading", { name: "Taken back" }).waitFor();
		assert.equal(await figure(survey), null);
		await page.getByRole("button", { name: "Import it again" }).click();
		await page.getByRole("heading", { name: "120 scored, 1 comment and 1 rejected" }).waitFor();
		assert.deepEqual(await figure(survey), [35, "20.1", "48.1"]);
		const answers = await page.getByRole("link", { name: "See these answers" }).getAttribute("href");
		assert.match(answers, /^\/answers\?import=\d+&period=all$/);
		await page.getByRole("button", { name: "Import another file" }).click();
		await page.getByText("Kunden.csv").first().waitFor();
		assert.deepEqual(page.complaints, []);
	});

test("answers without a date are said to count as of now, until a column is the date", async (t) => {
	const page = await open(t);
	const said = page.getByText("All of them will count as answered now");
	await page.setInputFiles("input[type=file]", file("when.csv", "score,visited\n9,2026-02-01\n8,2026-02-02\n"));
	await said.waitFor();
	await page.getByLabel("visited becomes").selectOption("date");
	await said.waitFor({ state: "detached" });
	assert.deepEqual(page.complaints, []);
});

test("dates, scale and repeats are asked with examples, and an answer may be changed", async (t) => {
	await heed.post("/api/v1/surveys", { name: "Asked", slug: "asked", state: "live" });
	const rows = Array.from({ length: 12 }, (_, i) => `0${1 + (i % 9)}/04/2026,${1 + (i % 5)}`).join("\n");
	const page = await open(t);
	await page.setInputFiles("input[type=file]", file("asked.csv", `date,score\n${rows}\n`));
	await page.getByText("Which scale are the ratings in “score” of?").waitFor();
	await page.getByText("Is 01/04/2026 1 April 2026 or 4 January 2026?").waitFor();
	await page.getByLabel("The month comes first").check();
	await page.getByLabel("The day comes first").check();
	await page.getByLabel("0 to 10", { exact: true }).check();
	await page.getByLabel("Survey", { exact: true }).selectOption("asked");
	await page.getByRole("button", { name: "Import 12 rows" }).click();
	await page.getByRole("heading", { name: "12 scored" }).waitFor();
	const { responses } = (await heed.get("/api/v1/responses?survey=asked")).json;
	assert.ok(responses.every((one) => /^2026-04-0\d/.test(one.submitted_at)));

	await page.getByRole("button", { name: "Import another file" }).click();
	await page.setInputFiles("input[type=file]", file("next.csv", "score\n10\n9\n"));
	await page.getByLabel("Survey", { exact: true }).selectOption("asked");
	await page.getByText("Does this file repeat answers that are there already?").waitFor();
	await page.getByLabel("No, it holds new answers only").check();
	await page.getByRole("button", { name: "Import 2 rows" }).click();
	await page.getByText("2 are new").waitFor();
	assert.deepEqual(page.complaints, []);
});

test("an import beside a live survey's answers: said at its end, marked on the overview, left out by one click, counted as figures count", async (t) => {
	await heed.post("/api/v1/surveys", { name: "Alive", slug: "alive", state: "live" });
	const give = (more) => heed.post("/api/v1/responses", { survey: "alive", channel: "web", ...more });
	for (const score of [10, 10, 10, 9, 8]) await give({ score });
	await give({ score: 0, test: true });
	const page = await open(t);
	await page.setInputFiles("input[type=file]", file("old.csv", `score,comment,channel\n${"0,long ago,web\n".repeat(6)}`));
	await page.getByLabel("Survey", { exact: true }).selectOption("alive");
	await page.getByRole("button", { name: "Import 6 rows" }).click();
	await page.getByText("in the score of Alive together with its other 5 answers").waitFor();
	await page.getByRole("link", { name: "See their score" }).click();
	await page.getByText("6 answers from").waitFor();
	await page.getByRole("button", { name: "Import: old.csv", exact: true }).waitFor();
	await page.goBack();
	await page.getByRole("link", { name: "see all of them" }).click();
	await page.getByText("11 answers from").waitFor();
	await page.getByText("Includes 6 imported answers.").waitFor();
	await page.getByRole("button", { name: "Without", exact: true }).click();
	await page.getByText("5 answers from").waitFor();
	assert.equal(new URL(page.url()).searchParams.get("import"), "none");
	await page.getByRole("button", { name: "Import: Not imported", exact: true }).waitFor();

	await page.getByRole("button", { name: "Filter", exact: true }).click();
	await page.getByRole("button", { name: "Channel", exact: true }).click();
	await page.getByLabel("Web page 5", { exact: true }).waitFor(); // the test answer is in no figure, and not in this one
	await page.goto(`${heed.url}/answers?survey=alive&import=none&period=all`);
	await page.getByRole("button", { name: "Filter", exact: true }).click();
	await page.getByRole("button", { name: "Channel", exact: true }).click();
	await page.getByLabel("Web page 6", { exact: true }).waitFor(); // the list shows it
	assert.deepEqual(page.complaints, []);
});

test("a column is corrected, and one that had its field gives it up", async (t) => {
	const page = await open(t);
	await page.setInputFiles("input[type=file]", file("columns.csv", "score,nps,comment\n9,2,good\n10,1,bad\n"));
	await page.getByLabel("nps becomes").waitFor();
	const becomes = (column) => page.getByLabel(`${column} becomes`).inputValue();
	assert.deepEqual([await becomes("score"), await becomes("nps")], ["score", "property"]);
	await page.getByLabel("nps becomes").selectOption("score");
	await page.getByText("your choice").first().waitFor();
	assert.deepEqual([await becomes("score"), await becomes("nps")], ["property", "score"]);
	await page.reload();
	await page.getByLabel("nps becomes").waitFor();
	assert.deepEqual([await becomes("score"), await becomes("nps")], ["property", "score"], "as it was chosen, also after a reload");
});

test("a second correction keeps the first, also while the file is looked at again", async (t) => {
	const page = await open(t);
	await page.setInputFiles("input[type=file]", file("two.csv", "score,shop,town\n9,A,Ulm\n10,B,Bonn\n"));
	await page.getByLabel("shop becomes").waitFor();
	let goOn;
	const held = new Promise((free) => (goOn = free));
	await page.route("**/imports/preview", async (route) => {
		await held;
		await route.continue();
	});
	await page.getByLabel("shop becomes").selectOption("account");
	await page.getByLabel("town becomes").selectOption("ignored");
	goOn();
	await page.locator("tr.left-out").waitFor();
	assert.equal(await page.getByLabel("shop becomes").inputValue(), "account");
	assert.equal(await page.getByLabel("town becomes").inputValue(), "ignored");
});

test("an import is seen to end where each look at it takes longer than the time between two", async (t) => {
	const page = await open(t);
	await page.setInputFiles("input[type=file]", file("slow.csv", "score\n9\n10\n"));
	await page.getByLabel("Survey", { exact: true }).selectOption("+");
	await page.getByLabel("Name of the new survey").fill("Slow");
	let looks = 0;
	await page.route(/\/imports\/\d+$/, async (route) => {
		const response = await route.fetch();
		const one = await response.json();
		if (looks++ === 0) return route.fulfill({ response, json: { ...one, state: "running" } });
		await new Promise((wake) => setTimeout(wake, 1500));
		await route.fulfill({ response }).catch(() => undefined); // the page may have broken it off
	});
	await page.getByRole("button", { name: "Import 2 rows" }).click();
	await page.getByRole("heading", { name: "2 scored" }).waitFor({ timeout: 20_000 });
	assert.deepEqual(page.complaints, []);
});

test("a column of calls: who the customer is is asked, corrected, and each answer shows which turns counted", async (t) => {
	const page = await open(t);
	const call = '"P1: Hello\nP2: It leaks\nP3: And smells"';
	await page.setInputFiles("input[type=file]", file("calls.csv", `score,what\n2,${call}\n3,${call}\n`));
	await page.getByLabel("what becomes").selectOption("transcript");
	await page.getByText("Who is the customer in “what”?").waitFor();
	await page.getByRole("radio", { name: "P2" }).click();
	const counted = () => page.locator(".call-counts b").allTextContents();
	await page.locator(".call-counts").first().waitFor();
	assert.deepEqual(await counted(), ["P2", "P2"]);
	const labels = page.getByLabel("How the customer’s turns begin");
	assert.equal(await labels.inputValue(), "P2");
	await labels.fill("P2, p3");
	await labels.press("Enter");
	await page.locator(".call-counts b", { hasText: "P3" }).first().waitFor();
	assert.deepEqual(await counted(), ["P2", "P3", "P2", "P3"]);
	await page.getByLabel("Survey", { exact: true }).selectOption("+");
	await page.getByLabel("Name of the new survey").fill("Calls");
	await page.getByRole("button", { name: "Import 2 rows" }).click();
	await page.getByRole("button", { name: "Undo this import" }).waitFor();
	const { responses } = (await heed.get("/api/v1/responses?survey=calls")).json;
	await page.goto(`${heed.url}/answers/${responses[0].id}`);
	await page.getByText("A call or chat of 3 turns, of which 2 count: the customer’s.").waitFor();
	assert.deepEqual(await counted(), ["P2", "P3"]);
	assert.deepEqual(page.complaints, []);
});

test("a file that is none is refused before it is sent, and one dropped is taken", async (t) => {
	const page = await open(t);
	let sent = 0;
	page.on("request", (one) => (sent += /\/uploads/.test(one.url()) ? 1 : 0));
	const choose = async (name, bytes) => page.setInputFiles("input[type=file]", { name, mimeType: "text/csv", buffer: Buffer.from(bytes) });
	await choose("answers.csv", Buffer.from("89504e470d0a1a0a", "hex"));
	await page.getByText("It is a picture").waitFor();
	await choose("answers.csv", "PK\u0003\u0004 xl/workbook.xml");
	await page.getByText("save it as “CSV UTF-8”").waitFor();
	await choose("answers.csv", "");
	await page.getByText("It is empty.").waitFor();
	assert.equal(sent, 0);
	const dropped = await page.evaluateHandle(() => {
		const data = new DataTransfer();
		data.items.add(new File(["score\n9\n"], "dropped.csv"));
		return data;
	});
	await page.dispatchEvent(".drop", "drop", { dataTransfer: dropped });
	await page.getByText("dropped.csv: 1 row").waitFor();
});

test("an import that runs is found again after one has left, and can be stopped", async (t) => {
	const rows = Array.from({ length: 250000 }, (_, i) => `${i % 11},text ${i} ${"x".repeat(20)}`).join("\n");
	const page = await open(t);
	await page.setInputFiles("input[type=file]", file("long.csv", `score,comment\n${rows}\n`));
	await page.getByLabel("Survey", { exact: true }).selectOption("+");
	await page.getByLabel("Name of the new survey").fill("Long");
	await page.getByRole("button", { name: "Import 250,000 rows" }).click();
	await page.getByRole("progressbar").waitFor();
	const address = page.url();
	await page.goto(`${heed.url}/`);
	await page.goto(address);
	await page.getByRole("button", { name: "Stop and take back" }).click();
	await page.getByRole("heading", { name: "Taken back" }).waitFor({ timeout: 60_000 });
	assert.equal(await figure("long"), null);
});
