// The widget in other people's pages: another origin, a strict policy, a single-page app, a keyboard.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { start } from "../http/harness.mjs";
import { answers, closeBrowsers, findings, makeSurvey, until, visitor } from "./kit.mjs";

let heed, shop, origin;
const pages = new Map(); // path -> html, served by the shop

before(async () => {
	heed = await start(null);
	shop = createServer((rq, reply) => {
		const html = pages.get(new URL(rq.url, "http://shop").pathname) ?? pages.get("*");
		reply.writeHead(html ? 200 : 404, {
			"Content-Type": "text/html; charset=utf-8",
			"Content-Security-Policy": `default-src 'none'; script-src ${heed.url} 'nonce-own'; connect-src ${heed.url}; style-src 'nonce-own'; require-trusted-types-for 'script'; img-src data:`,
		});
		reply.end(html ?? "");
	}).listen(0, "127.0.0.1");
	await new Promise((ready) => shop.on("listening", ready));
	origin = `http://127.0.0.1:${shop.address().port}`;
});
after(async () => {
	await closeBrowsers();
	shop?.close();
	await heed?.stop();
});

const script = (survey, attributes = "") =>
	`<script src="${heed.url}/w.js" data-survey="${survey.slug}" ${attributes} async></script>`;
const html = (inside, lang = "en") =>
	`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">
<style nonce="own">[data-heed-survey]{min-height:18rem}main{max-width:40rem}</style></head>
<body><main><h1>A shop</h1><p>Words.</p>${inside}<p>More words.</p><button id="own">Buy</button></main></body></html>`;

let count = 0;
/** A visitor on a page of the shop; `told` is what the browser complains of. */
async function visit(t, body, { lang, path = `/page-${++count}`, ...options } = {}) {
	pages.set(path, html(body, lang));
	const page = await visitor(t, options);
	page.told = [];
	page.warnings = [];
	page.on("console", (message) => {
		if (message.type() === "error") page.told.push(`${message.text()} ${message.location().url}`);
		if (message.type() === "warning") page.warnings.push(message.text());
	});
	await page.goto(origin + path);
	return page;
}
const one = (survey) => until(async () => (await answers(heed, survey))[0], "an answer");
const dialog = (page) => page.getByRole("dialog");

test("under a strict policy it is styled, answers cross-origin, and the policy has nothing to complain of", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0" data-source="Kasse"'));
	await dialog(page).waitFor();
	assert.equal(await dialog(page).evaluate((node) => getComputedStyle(node).position), "fixed");
	await page.getByRole("button", { name: "9", exact: true }).click();
	const saved = await one(survey);
	assert.deepEqual([saved.score, saved.channel, saved.source, saved.state], [9, "in-app", "Kasse", "partial"]);
	await page.getByRole("textbox").fill("Schön & gut");
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("heading", { name: "Thank you" }).waitFor();
	const done = await until(async () => (await one(survey)).completed_at && one(survey), "the end");
	assert.deepEqual([done.comment, done.state, done.person_id], ["Schön & gut", "complete", null]);
	assert.equal((await answers(heed, survey)).length, 1);
	assert.deepEqual(
		page.told.filter((text) => !/404.*\/shown$/.test(text)),
		[],
	);
});

test("a dismissal is an answer of its own, and remembered for as many days as said", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0" data-days="7"'));
	await dialog(page).waitFor();
	await page.getByRole("button", { name: "Close" }).click();
	await dialog(page).waitFor({ state: "detached" });
	const dismissed = await one(survey);
	assert.deepEqual([dismissed.state, dismissed.score, dismissed.channel], ["dismissed", null, "in-app"]);
	await page.reload();
	await page.waitForFunction(() => globalThis.heed);
	await page.waitForTimeout(500);
	assert.equal(await dialog(page).count(), 0);
	await page.evaluate((key) => localStorage.setItem(key, String(Date.now() - 7.01 * 864e5)), `heed:${survey.slug}`);
	await page.reload();
	await dialog(page).waitFor();
	assert.equal((await answers(heed, survey)).length, 1);
});

test("who has answered is not asked again", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	await page.getByRole("button", { name: "3", exact: true }).click();
	await one(survey);
	await page.reload();
	await page.waitForFunction(() => globalThis.heed);
	await page.waitForTimeout(500);
	assert.equal(await dialog(page).count(), 0);
});

test("words that were typed and not sent come with the answer when the page is left", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	await page.getByRole("button", { name: "6", exact: true }).click();
	await one(survey);
	await page.getByRole("textbox").fill("half a thought");
	await page.goto(`${heed.url}/healthz`);
	const left = await until(async () => (await one(survey)).comment && one(survey), "the words");
	assert.deepEqual([left.comment, left.completed_at !== null], ["half a thought", true]);
});

test("on a single-page app there is one window, by path, through any number of changes", async (t) => {
	const survey = await makeSurvey(heed);
	pages.set("*", html(script(survey, 'data-delay="0" data-path="/app/done*"')));
	const page = await visit(t, script(survey, 'data-delay="0" data-path="/app/done*"'), { path: "/app/start" });
	await page.waitForFunction(() => globalThis.heed);
	await page.evaluate(() => {
		for (let i = 0; i < 5; i++) history.pushState({}, "", `/app/step/${i}`);
	});
	await page.waitForTimeout(300);
	assert.equal(await dialog(page).count(), 0);
	// A framework that puts the script in again with each page, and one that throws the old body away.
	await page.evaluate((src) => {
		for (let i = 0; i < 3; i++) {
			const again = document.createElement("script");
			again.src = `${src}/w.js`;
			again.dataset.survey = document.querySelector("[data-survey]").dataset.survey;
			again.dataset.delay = "0";
			again.dataset.path = "/app/done*";
			document.body.append(again);
		}
	}, heed.url).catch((error) => assert.match(String(error), /TrustedScriptURL/)); // the policy forbids it to the page
	await page.evaluate(() => history.pushState({}, "", "/app/done/7"));
	await dialog(page).waitFor();
	await page.evaluate(() => {
		const body = document.createElement("body");
		body.append("another page");
		document.body.replaceWith(body);
		history.pushState({}, "", "/app/done/8");
	});
	await dialog(page).waitFor();
	await page.evaluate(() => history.back());
	await page.waitForTimeout(300);
	assert.equal(await dialog(page).count(), 1);
	await page.getByRole("button", { name: "10 – Extremely likely" }).click();
	assert.equal((await one(survey)).score, 10);
	assert.equal((await answers(heed, survey)).length, 1);
});

test("two surveys on one page never stand there at once", async (t) => {
	const [a, b] = [await makeSurvey(heed), await makeSurvey(heed)];
	const page = await visit(t, script(a, 'data-delay="0"') + script(b, 'data-delay="0"'));
	await dialog(page).waitFor();
	await page.waitForTimeout(500);
	assert.equal(await dialog(page).count(), 1);
});

test("neither form moves the page: the sum of layout shifts is 0", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, `<div data-heed-survey="${survey.slug}"></div>${script(survey, 'data-delay="0"')}`);
	await page.evaluate(() => {
		globalThis.shift = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) globalThis.shift += entry.value;
		}).observe({ type: "layout-shift", buffered: true });
	});
	await dialog(page).waitFor();
	await page.locator("[data-heed-survey]").getByRole("button", { name: "8", exact: true }).waitFor();
	// Without a tap, whose shifts the browser would forgive.
	await page.evaluate(() => document.querySelector("[data-heed-survey] > div").shadowRoot.querySelectorAll(".scale button")[8].click());
	await page.locator("[data-heed-survey]").getByRole("textbox").waitFor();
	await page.waitForTimeout(700);
	assert.equal(await page.evaluate(() => globalThis.shift), 0);
});

test("in its place it answers too, a score that no person tapped is kept apart", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, `<div data-heed-survey="${survey.slug}" data-channel="help"></div>${script(survey, 'data-trigger="manual"')}`);
	const place = page.locator("[data-heed-survey]");
	await place.getByRole("button", { name: "7", exact: true }).waitFor();
	await page.evaluate(() => document.querySelector("[data-heed-survey] > div").shadowRoot.querySelectorAll(".scale button")[7].click());
	assert.deepEqual([(await one(survey)).state, (await one(survey)).channel], ["unconfirmed", "help"]);
	await place.getByRole("textbox").fill("a person");
	await place.getByRole("button", { name: "Send" }).click();
	await until(async () => (await one(survey)).state === "complete", "a person");
	assert.equal(await dialog(page).count(), 0);
});

test("a place that a router takes out and puts back, or empties, has its one survey as it was", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, `<div data-heed-survey="${survey.slug}"></div>${script(survey, 'data-trigger="manual"')}`);
	const place = page.locator("[data-heed-survey]");
	await place.getByRole("button", { name: "7", exact: true }).click();
	await place.getByRole("textbox").fill("before the change");
	for (const kept of [true, false]) {
		await page.evaluate(async (whole) => {
			const node = document.querySelector("[data-heed-survey]");
			const parent = node.parentNode;
			node.remove();
			if (!whole) node.replaceChildren();
			await new Promise((drawn) => setTimeout(drawn, 50));
			parent.append(node);
		}, kept);
		await place.getByRole("textbox").waitFor();
		await page.waitForTimeout(300);
		assert.equal(await place.evaluate((node) => node.children.length), 1);
		assert.equal(await place.getByRole("textbox").inputValue(), "before the change");
	}
	await place.getByRole("button", { name: "Send" }).click();
	await place.getByRole("heading", { name: "Thank you" }).waitFor();
	assert.equal((await answers(heed, survey)).length, 1);
	// An element that is used again for another survey shows that one.
	const other = await makeSurvey(heed);
	await page.evaluate((slug) => {
		const node = document.querySelector("[data-heed-survey]");
		node.dataset.heedSurvey = slug;
		node.parentNode.append(node);
	}, other.slug);
	await place.getByRole("button", { name: "7", exact: true }).click();
	assert.equal((await one(other)).score, 7);
	assert.equal(await place.evaluate((node) => node.children.length), 1);
});

test("a driven browser's taps are kept apart", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'), { driven: true });
	await page.getByRole("button", { name: "9", exact: true }).click();
	assert.equal((await one(survey)).state, "unconfirmed");
});

test("the keyboard does it all, and focus comes back to where it was", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-trigger="manual"'));
	await page.waitForFunction(() => globalThis.heed);
	await page.locator("#own").focus();
	await page.evaluate(() => globalThis.heed.show());
	await dialog(page).waitFor();
	await page.keyboard.press("Escape");
	await dialog(page).waitFor({ state: "detached" });
	assert.equal(await page.evaluate(() => document.activeElement.id), "own");
	assert.equal((await one(survey)).state, "dismissed");
	await page.evaluate(() => globalThis.heed.show());
	await dialog(page).waitFor();
	await page.keyboard.press("Tab"); // from close to 0
	for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Enter");
	await page.keyboard.type("by keyboard"); // the focus is in the text
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Thank you" }).waitFor();
	const all = await until(async () => {
		const list = await answers(heed, survey);
		return list.some((each) => each.comment) && list;
	}, "the answer");
	assert.deepEqual(all.map((each) => each.score).sort(), [4, null]);
});

test("it waits for a scroll when it is told to", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, `${"<p>Words.</p>".repeat(200)}${script(survey, 'data-trigger="scroll" data-scroll="50"')}`);
	await page.waitForFunction(() => globalThis.heed);
	await page.evaluate(() => scrollTo(0, 200));
	await page.waitForTimeout(300);
	assert.equal(await dialog(page).count(), 0);
	await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
	await dialog(page).waitFor();
});

test("a signed person answers as that person, a forged one as nobody, and the console says so", async (t) => {
	const survey = await makeSurvey(heed);
	const { secret } = (await heed.post("/api/v1/identity-secret", {})).json;
	const expires = Math.floor(Date.now() / 1000) + 3600;
	const signature = createHmac("sha256", secret).update(`u-42\n${expires}`).digest("hex");
	const as = (person) => `data-delay="0" data-person="${person}" data-expires="${expires}" data-signature="${signature}"`;
	const signed = await visit(t, script(survey, as("u-42")));
	await signed.getByRole("button", { name: "9", exact: true }).click();
	const { person_id } = await one(survey);
	assert.equal((await heed.get(`/api/v1/people/${person_id}`)).json.identities[0].value, "u-42");
	const forged = await visit(t, script(survey, as("u-43")));
	await forged.getByRole("button", { name: "2", exact: true }).click();
	await until(async () => (await answers(heed, survey)).length === 2, "the second");
	const nobody = (await answers(heed, survey)).find((each) => each.score === 2);
	assert.equal(nobody.person_id, null);
	await until(() => forged.warnings.some((text) => /identity does not hold: signature/.test(text)), "the warning");
	// An app that signs people in later says who it is without a reload.
	const later = await visit(t, script(survey, 'data-trigger="manual"'));
	await later.waitForFunction(() => globalThis.heed);
	await later.evaluate((claim) => {
		globalThis.heed.identify(claim);
		globalThis.heed.show();
	}, { person: "u-42", expires, signature });
	await later.getByRole("button", { name: "5", exact: true }).click();
	await until(async () => (await answers(heed, survey)).some((each) => each.score === 5 && each.person_id === person_id), "the person");
});

test("what is required is asked for once more; questions and properties come along", async (t) => {
	const definition = {
		follow_up_required: true,
		thanks_button: { detractors: { text: "Call us", url: "https://example.com/call" } },
		properties: ["plan"],
		questions: [
			{ key: "ease", kind: "rating", text: "How easy was it?" },
			{ key: "why", kind: "choice", text: "What was it?", required: true, groups: ["detractors"], choices: [{ key: "price", text: "Price" }, { key: "bug", text: "A fault" }] },
		],
	};
	const survey = await makeSurvey(heed, definition);
	const page = await visit(t, script(survey, 'data-delay="0" data-p-plan="team" data-p-secret="x"'));
	await page.getByRole("button", { name: "2", exact: true }).click();
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("alert").filter({ hasText: "few words" }).waitFor();
	await page.getByRole("textbox").fill("late");
	await page.getByLabel("Price").check({ force: true });
	await page.getByRole("group", { name: "How easy" }).getByLabel("4").check({ force: true });
	// Back to the scale and forth again keeps what was given.
	await page.getByRole("button", { name: /Change my answer/ }).click();
	await page.getByRole("button", { name: "3", exact: true }).click();
	assert.equal(await page.getByRole("textbox").inputValue(), "late");
	assert.ok(await page.getByLabel("Price").isChecked());
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("heading", { name: "Thank you" }).waitFor();
	assert.equal(await page.getByRole("link", { name: "Call us" }).getAttribute("href"), "https://example.com/call");
	const all = await until(async () => (await one(survey)).comment && one(survey), "the answer");
	assert.deepEqual([all.score, all.comment, all.answers, all.properties], [3, "late", { ease: 4, why: "price" }, { plan: "team" }]);
});

test("a property of several words comes along", async (t) => {
	const survey = await makeSurvey(heed, { properties: ["order-id", "2nd", "plan"] });
	const page = await visit(t, script(survey, 'data-delay="0" data-p-order-id="7" data-p-2nd="b" data-p-plan="team"'));
	await page.getByRole("button", { name: "9", exact: true }).click();
	assert.deepEqual((await one(survey)).properties, { "order-id": "7", "2nd": "b", plan: "team" });
});

test("a comment of 10,000 characters of any script is taken whole", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	await page.getByRole("button", { name: "9", exact: true }).click();
	assert.equal(await page.getByRole("textbox").getAttribute("maxlength"), "10000");
	await page.getByRole("textbox").fill("長".repeat(10_000));
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("heading", { name: "Thank you" }).waitFor();
	assert.equal((await one(survey)).comment.length, 10_000);
});

test("in its place it is seen when half of it was in sight for a second, not when it is scrolled past", async (t) => {
	const survey = await makeSurvey(heed);
	const far = "<p>Words.</p>".repeat(100);
	const page = await visit(t, `${far}<div data-heed-survey="${survey.slug}"></div>${far}${script(survey, 'data-trigger="manual"')}`);
	const shown = [];
	page.on("request", (request) => request.url().endsWith("/shown") && shown.push(request.url()));
	await page.locator("[data-heed-survey] button").first().waitFor();
	const scroll = async (by, ms) => {
		await page.evaluate((much) => {
			const { top } = document.querySelector("[data-heed-survey]").getBoundingClientRect();
			scrollTo(0, scrollY + top - innerHeight + much);
		}, by);
		await page.waitForTimeout(ms);
	};
	await scroll(60, 1300); // its first lines
	await scroll(400, 500); // past it
	await scroll(3000, 1300);
	assert.equal(shown.length, 0);
	await scroll(400, 0);
	await until(() => shown.length === 1, "the display");
	await scroll(3000, 200);
	await scroll(400, 1300);
	assert.equal(shown.length, 1);
});

test("a dead network is asked again, and the answer arrives once", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	await dialog(page).waitFor();
	await page.context().setOffline(true);
	await page.getByRole("button", { name: "9", exact: true }).click();
	await page.getByText("Not sent yet").waitFor();
	await page.context().setOffline(false);
	assert.equal((await one(survey)).score, 9);
	await page.getByText("Not sent yet").waitFor({ state: "detached" }).catch(() => {});
	assert.equal((await answers(heed, survey)).length, 1);
});

const isForgotten = (page, survey) => page.evaluate((key) => localStorage.getItem(key) === null, `heed:${survey.slug}`);
const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("heed:draft:")).length);

test("who comes too late is told so, not thanked, and may be asked again", async (t) => {
	const survey = await makeSurvey(heed);
	const { revision } = (await heed.get(`/api/v1/surveys/${survey.id}/draft`)).json;
	await heed.ask("PUT", `/api/v1/surveys/${survey.id}/draft`, { revision, definition: {}, max_answers: 1 });
	assert.equal((await heed.post(`/api/v1/surveys/${survey.id}/publish`)).status, 200);
	const [first, late] = [await visit(t, script(survey, 'data-delay="0"')), await visit(t, script(survey, 'data-delay="0"'))];
	await dialog(late).waitFor();
	await first.getByRole("button", { name: "9", exact: true }).click();
	await one(survey);
	await late.getByRole("button", { name: "2", exact: true }).click();
	await late.getByRole("heading", { name: "This survey is complete" }).waitFor();
	await late.getByRole("status").filter({ hasText: "all the answers it was looking for" }).waitFor();
	assert.equal(await late.getByRole("textbox").count(), 0);
	await late.getByRole("button", { name: "Close" }).click();
	await dialog(late).waitFor({ state: "detached" });
	assert.deepEqual([await isForgotten(late, survey), await drafts(late)], [true, 0]);
	assert.deepEqual((await answers(heed, survey)).map((each) => each.score), [9]);
});

test("who comes while the survey takes a break is told so, in the language of the page", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'), { lang: "de" });
	await dialog(page).waitFor();
	assert.equal((await heed.post(`/api/v1/surveys/${survey.id}/pause`)).status, 200);
	await page.getByRole("button", { name: "2", exact: true }).click();
	await page.getByRole("heading", { name: "Diese Umfrage macht gerade Pause" }).waitFor();
	await page.getByRole("status").filter({ hasText: "später" }).waitFor();
	assert.deepEqual([await isForgotten(page, survey), await drafts(page)], [true, 0]);
});

test("whatever the refusal, nobody is thanked for an answer that was not taken", async (t) => {
	const survey = await makeSurvey(heed);
	for (const status of [400, 404, 409, 410]) {
		const page = await visit(t, script(survey, 'data-delay="0"'), { lang: "de" });
		await page.getByRole("button", { name: "9", exact: true }).click();
		await until(async () => (await drafts(page)) === 0, "the score to be taken");
		await page.route(/\/[as]\//, (route) => route.fulfill({ status, body: "{}", headers: { "Access-Control-Allow-Origin": "*" } }));
		await page.getByRole("textbox").fill("zu spät");
		await page.getByRole("button", { name: "Senden" }).click();
		await page.getByRole("heading", { name: "Diese Umfrage ist beendet" }).waitFor();
		assert.ok(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.id === "q"), "the focus is on the notice");
	}
	assert.deepEqual((await answers(heed, survey)).filter((each) => each.comment), []);
});

test("offline, Send says that it waits, and goes out by itself when the network is back", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	await dialog(page).waitFor();
	await page.clock.install();
	await page.context().setOffline(true);
	await page.getByRole("button", { name: "9", exact: true }).click();
	await page.getByRole("textbox").fill("from a tunnel");
	for (let i = 0; i < 12; i++) {
		await page.clock.runFor(40_000); // longer than any pause between two tries
		await page.waitForTimeout(20);
	}
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByText("Not sent yet").waitFor();
	assert.equal(await page.getByRole("heading", { name: "Thank you" }).count(), 0);
	await page.context().setOffline(false); // the clock stands still: no pause ends by itself
	await page.getByRole("heading", { name: "Thank you" }).waitFor();
	const saved = await one(survey);
	assert.deepEqual([saved.score, saved.comment, saved.state], [9, "from a tunnel", "complete"]);
	assert.equal((await answers(heed, survey)).length, 1);
});

test("an answer of an offline page waits on the device and goes out with the next page", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	await dialog(page).waitFor();
	await page.context().setOffline(true);
	await page.getByRole("button", { name: "3", exact: true }).click();
	await page.getByText("Not sent yet").waitFor();
	await page.getByRole("textbox").fill("no signal");
	await page.close();
	const next = await page.context().newPage();
	await page.context().setOffline(false);
	await next.goto(`${origin}/page-${count}`);
	const saved = await one(survey);
	assert.deepEqual([saved.score, saved.comment], [3, "no signal"]);
	await until(async () => (await drafts(next)) === 0, "the draft to be gone");
	await next.waitForTimeout(500);
	assert.equal(await dialog(next).count(), 0);
});

test("words typed while a send is on its way go out when the page is left or hidden", async (t) => {
	const survey = await makeSurvey(heed);
	for (const leave of ["pagehide", "visibilitychange"]) {
		const page = await visit(t, script(survey, 'data-delay="0"'));
		let stuck = 0;
		await page.route(`${heed.url}/s/*?answer`, (route) => (stuck++ === 0 ? undefined : route.continue()));
		await page.getByRole("button", { name: "6", exact: true }).click();
		await until(() => stuck === 1, "the score to be on its way");
		await page.getByRole("textbox").fill(leave);
		await page.evaluate((type) => {
			if (type === "pagehide") return dispatchEvent(new Event(type));
			Object.defineProperty(document, "visibilityState", { value: "hidden" });
			return document.dispatchEvent(new Event(type));
		}, leave);
		const left = await until(async () => (await answers(heed, survey)).find((each) => each.comment === leave), leave);
		assert.equal(left.score, 6);
	}
});

test("a reply that is cut off is no end: what comes after it is sent", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'));
	const cut = { status: 200, body: '{"path":', headers: { "Access-Control-Allow-Origin": "*" } };
	await page.route(`${heed.url}/s/*?answer`, (route) => route.fulfill(cut), { times: 1 });
	await page.getByRole("button", { name: "8", exact: true }).click();
	await page.getByRole("textbox").fill("after all");
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("heading", { name: "Thank you" }).waitFor();
	await until(async () => (await answers(heed, survey))[0]?.comment === "after all", "the words");
});

test("Arabic stands in the other corner and reads from the right", async (t) => {
	const survey = await makeSurvey(heed);
	const page = await visit(t, script(survey, 'data-delay="0"'), { lang: "ar" });
	await dialog(page).waitFor();
	const box = await dialog(page).boundingBox();
	assert.ok(box.x < 100, `${box.x}`);
	assert.equal(await dialog(page).getAttribute("dir"), "rtl");
});

test("axe finds nothing in any state, light and dark, on a phone and a laptop", async (t) => {
	const survey = await makeSurvey(heed, {}, { brand_id: (await heed.post("/api/v1/brands", { name: "Gelb", colour: "#FFD400" })).json.id });
	for (const colorScheme of ["light", "dark"])
		for (const width of [360, 1440]) {
			const page = await visit(t, `<div data-heed-survey="${survey.slug}"></div>${script(survey, 'data-delay="0"')}`, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
			await dialog(page).waitFor();
			await page.locator("[data-heed-survey]").getByRole("button").first().waitFor();
			const told = `${colorScheme} ${width}`;
			assert.deepEqual(await findings(page), [], `${told} asks`);
			await dialog(page).getByRole("button", { name: "9", exact: true }).click();
			assert.deepEqual(await findings(page), [], `${told} follows up`);
			await dialog(page).getByRole("button", { name: "Send" }).click();
			await dialog(page).getByRole("button", { name: "Send" }).click();
			await page.getByRole("heading", { name: "Thank you" }).waitFor();
			assert.deepEqual(await findings(page), [], `${told} thanks`);
		}
});

test("what is chosen has an edge that the rest has not, whatever the brand's colour", async (t) => {
	const questions = [{ key: "ease", kind: "rating", text: "How easy was it?" }];
	for (const [colour, colorScheme] of [["#FFFFFF", "light"], ["#1D1B19", "dark"]]) {
		const survey = await makeSurvey(heed, { questions }, { brand_id: (await heed.post("/api/v1/brands", { name: colour, colour })).json.id });
		const page = await visit(t, script(survey, 'data-delay="0"'), { colorScheme });
		const edge = (node) => `${getComputedStyle(node).borderColor} ${getComputedStyle(node).boxShadow}`;
		await page.getByRole("button", { name: "9", exact: true }).click();
		await page.getByLabel("4", { exact: true }).check({ force: true });
		const [chosen, other] = [page.locator("input[value='4'] + span"), page.locator("input[value='2'] + span")];
		assert.notEqual(await chosen.evaluate(edge), await other.evaluate(edge), colour);
		await page.getByRole("button", { name: /Change my answer/ }).click();
		const score = (n) => page.getByRole("button", { name: n, exact: true }).evaluate(edge);
		assert.notEqual(await score("9"), await score("5"), colour);
	}
});

test("the sample page shows it and stores nothing", async (t) => {
	const survey = await makeSurvey(heed);
	for (const mode of ["popup", "inline"]) {
		const page = await visitor(t);
		await page.goto(`${heed.url}/w/${survey.slug}?mode=${mode}`);
		await page.getByRole("button", { name: "9", exact: true }).click();
		await page.getByRole("textbox").fill("only a try");
		await page.getByRole("button", { name: "Send" }).click();
		await page.getByRole("heading", { name: "Thank you" }).waitFor();
		assert.deepEqual(page.complaints, []);
	}
	assert.deepEqual(await answers(heed, survey), []);
});
