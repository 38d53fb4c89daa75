// The share screen at work: what is copied, downloaded and printed is what customers get.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { openHouse, enter } from "./house.mjs";
import { answers, closeBrowsers, makeSurvey } from "./kit.mjs";

let house, heed, survey;
before(async () => {
	house = await openHouse();
	heed = house.heed;
	survey = await makeSurvey(heed, {}, { slug: "shared", name: "All customers" });
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

async function open(t, way, options = {}) {
	const page = await enter(house, { path: `/surveys/${survey.id}/share${way ? `?way=${way}` : ""}`, role: options.role });
	t.after(() => page.context().close());
	return page;
}

function scan(png) {
	const { data, width, height } = PNG.sync.read(png);
	return jsqr(new Uint8ClampedArray(data), width, height)?.data;
}

async function choose(page, text, name = "customers.csv") {
	const chooser = page.waitForEvent("filechooser");
	await page.getByRole("button", { name: "List of people as CSV" }).click();
	await (await chooser).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

test("the link, the code on the screen and the code to download say the same", async (t) => {
	const page = await open(t);
	await page.getByRole("combobox", { name: "Channel" }).fill("qr");
	await page.getByLabel("Source").fill("Grüner Tisch 7");
	const expected = `${heed.url}/s/shared?c=qr&s=Gr%C3%BCner%20Tisch%207`;
	await page.getByRole("link", { name: expected }).waitFor();
	const code = page.getByRole("img", { name: `QR code of ${expected}` });
	await code.evaluate((image) => image.decode());
	assert.equal(scan(await code.screenshot()), expected);
	const saved = page.waitForEvent("download");
	await page.getByRole("link", { name: "PNG" }).click();
	assert.equal(scan(readFileSync(await (await saved).path())), expected);
	await page.getByLabel("Source").fill("ä".repeat(33));
	await page.getByText("At most 64 characters").waitFor();
	assert.deepEqual(page.complaints, []);
});

test("a pasted list of places opens as a sheet that is ready to print", async (t) => {
	const page = await open(t, "sheet");
	await page.getByLabel("Places").fill(Array.from({ length: 250 }, (_, i) => `Tisch ${i + 1}`).join("\n"));
	await page.getByText("250 codes on 21 pages").waitFor();
	const opened = page.waitForEvent("popup");
	await page.context().addInitScript(() => (globalThis.print = () => (globalThis.printed = true)));
	await page.getByRole("button", { name: "Open the sheet and print" }).click();
	const sheet = await opened;
	await sheet.waitForFunction(() => document.querySelectorAll("figure").length === 250);
	await sheet.emulateMedia({ media: "print" });
	const { pages, cut } = await sheet.evaluate(() => {
		const pages = [...document.querySelectorAll("section")];
		const cut = pages.flatMap((section) => {
			const outer = section.getBoundingClientRect();
			return [...section.querySelectorAll("svg, figcaption")].filter((node) => {
				const inner = node.getBoundingClientRect();
				return inner.bottom > outer.bottom + 0.5 || inner.right > outer.right + 0.5 || inner.width < 20;
			});
		});
		return { pages: pages.length, cut: cut.length };
	});
	assert.deepEqual([pages, cut], [21, 0]); // 204 codes come with whole pages, then the rest
	assert.equal(scan(await sheet.locator("svg").nth(249).screenshot()), `${heed.url}/s/shared?c=qr&s=Tisch%20250`);
	assert.deepEqual(page.complaints, []);
});

test("a picture instead of a list is refused as it is chosen, in the reader's language", async (t) => {
	const page = await enter(house, { path: `/surveys/${survey.id}/share?way=people`, locale: "de-DE" });
	t.after(() => page.context().close());
	const make = page.getByRole("button", { name: "Links anlegen" });
	const choose = (name, buffer) => page.setInputFiles("input[type=file]", { name, mimeType: "text/csv", buffer });
	await choose("people.csv", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
	await page.getByText("Das ist keine Tabelle als CSV.").waitFor();
	assert.ok(await make.isDisabled());
	await choose("people.csv", Buffer.from("email\nann@example.com\n"));
	await page.getByText("Das ist keine Tabelle als CSV.").waitFor({ state: "detached" });
	assert.ok(await make.isEnabled());
	assert.deepEqual(page.complaints, []);
});

test("a list of 5,000 people goes in, the same list with links comes back", async (t) => {
	const page = await open(t, "people");
	const people = Array.from({ length: 5000 }, (_, i) => `p${i}@example.com;"Person; ${i}"`);
	await choose(page, `E-Mail;Name\n${people.join("\n")}\nnobody;Nobody\n`);
	await page.getByRole("button", { name: "Make the links" }).click();
	await page.getByText("5,000 links are ready.").waitFor();
	await page.getByRole("cell", { name: /is no email address/ }).waitFor();
	assert.equal(await page.getByRole("row").nth(1).getByRole("cell").first().textContent(), "5002");
	const saved = page.waitForEvent("download");
	await page.getByRole("button", { name: "Download the list with links" }).click();
	const file = await saved;
	assert.equal(file.suggestedFilename(), "customers-links.csv");
	const lines = readFileSync(await file.path(), "utf8").trimEnd().split("\n");
	assert.equal(lines[0], "E-Mail;Name;link;problem");
	assert.equal(lines.length, 5002);
	lines.slice(1, 5001).forEach((line, i) => assert.ok(line.startsWith(`${people[i]};${heed.url}/r/`), line));
	assert.equal(new Set(lines.slice(1, 5001).map((line) => line.split(";").at(-2))).size, 5000);
	assert.deepEqual(page.complaints, []);
});

test("a list that breaks off can be sent again, and who has a link keeps it", async (t) => {
	const page = await open(t, "people");
	await choose(page, `email,name\nfirst@example.com,First\n`);
	await page.route("**/links?*", async (route) => {
		await route.fetch(); // the server has it, the browser hears nothing
		await route.abort();
	});
	await page.getByRole("button", { name: "Make the links" }).click();
	await page.getByRole("alert").waitFor();
	await page.unroute("**/links?*");
	await page.getByRole("button", { name: "Try again" }).click();
	await page.getByText("1 link is ready.").waitFor();
	const twice = await heed.post("/api/v1/surveys/shared/links?keep_days=1", "email\nfirst@example.com\n", { headers: { "Content-Type": "text/csv" } });
	const saved = page.waitForEvent("download");
	await page.getByRole("button", { name: "Download the list with links" }).click();
	const text = readFileSync(await (await saved).path(), "utf8");
	assert.ok(text.includes(/http\S+\/r\/[\w-]+/.exec(twice.text)[0]));
});

test("a column without a usual name can be named, and nothing that was chosen is lost", async (t) => {
	const page = await open(t, "people");
	await choose(page, "contact\nann@example.com\n");
	await page.getByRole("button", { name: "Make the links" }).click();
	await page.getByText("No column is called email, phone or customer id. Which one holds the addresses?").waitFor();
	assert.equal(await page.getByText(/column is called/).count(), 1);
	await page.getByLabel("Column with the email addresses").fill("contact");
	await page.getByRole("button", { name: "Make the links" }).click();
	await page.getByText("1 link is ready.").waitFor();
});

test("codes for people open as a sheet with their own links", async (t) => {
	const page = await open(t, "people");
	await choose(page, "email,name\nzoe@example.com,Zoë\n");
	await page.getByRole("button", { name: "Make the links" }).click();
	await page.getByText("Print a code for each person").click();
	await page.context().addInitScript(() => (globalThis.print = () => undefined));
	const opened = page.waitForEvent("popup");
	await page.getByRole("button", { name: "Open the sheet and print" }).click();
	const sheet = await opened;
	await sheet.getByText("Zoë").waitFor();
	const link = scan(await sheet.locator("svg").screenshot());
	assert.ok(link.startsWith(`${heed.url}/r/`), link);
});

test("the block that is copied is the block of the chosen tool", async (t) => {
	const page = await open(t, "mail");
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.getByRole("textbox", { name: "Your email tool" }).or(page.getByRole("combobox", { name: "Your email tool" })).first().click();
	await page.getByRole("option", { name: "Brevo" }).click();
	await page.getByText("{{ contact.LINK }}?score=10").first().waitFor();
	await page.getByLabel("Field with the personal link").fill("NPS_LINK");
	await page.getByText("{{ contact.NPS_LINK }}?score=10").first().waitFor();
	await page.getByRole("button", { name: "Copy HTML" }).click();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	const block = (await heed.get("/api/v1/surveys/shared/mail-block?tool=brevo&field=NPS_LINK")).json;
	assert.equal(copied, block.html);
	// The preview has its styles in spite of the page's policy.
	const colour = await page.locator(".share-mail").evaluate((node) => getComputedStyle(node.shadowRoot.querySelectorAll("td[height]")[3]).backgroundColor);
	assert.notEqual(colour, "rgba(0, 0, 0, 0)");
	assert.deepEqual(page.complaints, []);
});

test("the line for the website follows the wishes, and the preview stores nothing", async (t) => {
	const page = await open(t, "site");
	const line = page.getByRole("region", { name: "The line to paste" });
	assert.equal(await line.textContent(), `<script src="${heed.url}/w.js" data-survey="shared" async></script>`);
	await page.getByLabel("Seconds").fill("3");
	await page.getByLabel("Only on this path").fill('/a"b/*');
	assert.equal(
		await line.textContent(),
		`<script src="${heed.url}/w.js" data-survey="shared" data-delay="3" data-path="/a&quot;b/*" async></script>`,
	);
	const sample = page.frameLocator("iframe");
	await page.locator("iframe").evaluate((frame) => frame.scrollIntoView({ block: "center" }));
	await sample.getByRole("button", { name: "9", exact: true }).click();
	await sample.getByRole("textbox").waitFor();
	await page.getByText("In a place of the page").click();
	assert.equal(await line.textContent(), `<div data-heed-survey="shared"></div>\n<script src="${heed.url}/w.js" async></script>`);
	await sample.getByRole("button", { name: "9", exact: true }).waitFor();
	assert.deepEqual(await answers(heed, survey), []);
	assert.deepEqual(page.complaints, []);
});

/** Runs a snippet as somebody's server would; gives "expires signature", or nothing where its language is not there. */
function run(name, code, person, secret) {
	const env = { ...process.env, HEED_SECRET: secret };
	const how = {
		Node: [process.execPath, ["--input-type=module", "-e", `const person = ${JSON.stringify(person)};\n${code}\nconsole.log(expires, signature)`]],
		Python: ["python3", ["-c", `person = ${JSON.stringify(person)}\n${code}\nprint(expires, signature)`]],
		PHP: ["php", ["-r", `$person = ${JSON.stringify(person)};\n${code}\necho "$expires $signature";`]],
		Ruby: ["ruby", ["-e", `person = ${JSON.stringify(person)}\n${code}\nputs "#{expires} #{signature}"`]],
	}[name];
	const done = spawnSync(how[0], how[1], { env, encoding: "utf8" });
	if (done.error?.code === "ENOENT") return null;
	assert.equal(done.status, 0, done.stderr);
	return done.stdout.trim().split(" ");
}

test("the secret is made, shown and changed there, and the snippets sign as the server checks", async (t) => {
	const page = await open(t, "site");
	await page.getByRole("switch").click();
	await page.getByRole("button", { name: "Make the secret" }).click();
	await page.getByRole("button", { name: "Show", exact: true }).click();
	const { secret } = (await heed.get("/api/v1/identity-secret")).json;
	await page.getByText(secret).waitFor();
	let ran = 0;
	for (const name of ["Node", "PHP", "Python", "Ruby"]) {
		await page.getByText(name, { exact: true }).click();
		const code = await page.getByRole("region", { name, exact: true }).textContent();
		const signed = run(name, code, "u-42", secret);
		if (!signed) continue;
		ran++;
		assert.equal(signed[1], createHmac("sha256", secret).update(`u-42\n${signed[0]}`).digest("hex"), name);
	}
	assert.ok(ran >= 2, "Node and Python are there");
	await page.locator("summary", { hasText: "Make a new secret" }).click();
	await page.getByRole("button", { name: "Make a new secret" }).click();
	await page.getByText(/signed with the secret before is taken until/).waitFor();
	assert.notEqual((await heed.get("/api/v1/identity-secret")).json.secret, secret);
});

test("who may not make links or secrets is not offered them", async (t) => {
	const viewer = await open(t, "people", { role: "viewer" });
	await viewer.getByRole("tab", { name: "Link and QR code" }).waitFor();
	assert.equal(await viewer.getByRole("tab", { name: "Personal links" }).count(), 0);
	const analyst = await open(t, "site", { role: "analyst" });
	await analyst.getByText("The line to paste", { exact: true }).waitFor();
	assert.equal(await analyst.getByRole("switch").count(), 0);
});

test("the way to a survey that takes no answers is shown to who may open it", async (t) => {
	const draft = await makeSurvey(heed, {}, { slug: "unfinished", name: "Unfinished", state: "draft" });
	for (const [role, links] of [["viewer", 0], ["agent", 0], ["analyst", 1]]) {
		const page = await enter(house, { path: `/surveys/${draft.id}/share`, role });
		t.after(() => page.context().close());
		await page.getByText("This survey is not published yet").waitFor();
		assert.equal(await page.getByRole("link", { name: "Go to the survey" }).count(), links, role);
	}
});
