// From any figure to the very answers behind it, to what it is, and to another figure beside it: in a real browser.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, enterAgain, openHouse } from "./house.mjs";
import { closeBrowsers, until } from "./kit.mjs";

let house;
before(async () => {
	house = await openHouse();
});
after(async () => {
	await closeBrowsers();
	await house?.close();
});

async function open(t, path, more = {}) {
	const page = await enter(house, { path, in: "demo", ...more });
	t.after(() => page.context().close());
	return page;
}

const number = (text) => Number(text.replaceAll(/[^0-9]/g, ""));
const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

/** How many answers the list's address takes. */
async function listed(page) {
	await page.waitForURL(/\/answers\?/);
	const names = ["kind", "brand", "touchpoint", "score", "group", "counted", "from", "to"];
	const all = Object.entries(query(page)).filter(([name]) => names.includes(name));
	return page.evaluate(async (asked) => {
		const facets = await (await fetch(`/api/v1/responses/facets?${asked}`, { headers: { "X-Heed": "1" } })).json();
		return facets.answers;
	}, `${new URLSearchParams(all)}`);
}

test("each bar, each group and each point leads to its own answers", async (t) => {
	const page = await open(t, "/?from=2026-01-15&to=2026-10-20");
	const bar = page.getByRole("link", { name: /answers with a 9$/ });
	const nines = number((await bar.getAttribute("aria-label")).split(" ")[0]);
	await bar.click();
	assert.equal(await listed(page), nines);
	assert.equal(query(page).score, "9");
	await page.goBack();
	const group = page.locator(".legend a").first();
	const detractors = number(await group.textContent());
	await group.click();
	assert.equal(await listed(page), detractors);
	assert.equal(query(page).group, "detractors");
	await page.goBack();
	await page.getByText("As a table").click();
	const last = page.locator("details .points a, .trend-table a").last();
	const first = number(await last.textContent());
	await last.click();
	assert.equal(await listed(page), first, "the first month begins where the period does");
	assert.equal(query(page).from, "2026-01-15");
	await page.goBack();
	await page.locator("svg.chart.opens").click();
	await page.waitForURL(/\/answers\?/);
	assert.deepEqual(page.complaints, []);
});

test("a tile is chosen with one click, and its n leads to its answers", async (t) => {
	const page = await open(t, "/?period=all");
	const tile = page.locator(".tile").last();
	const n = number(await tile.locator("a").textContent());
	await tile.getByRole("button").click();
	await page.waitForURL(/part=/);
	assert.equal(await tile.getByRole("button").getAttribute("aria-pressed"), "true");
	await tile.locator("a").click();
	assert.equal(await listed(page), n);
});

test("what the score is stands behind it, and opens with keys", async (t) => {
	const page = await open(t, "/");
	await page.getByRole("button", { name: "What is this?" }).focus();
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog");
	await dialog.getByText("Each answer, with its last value").waitFor();
	await page.keyboard.press("Escape");
	await until(async () => (await dialog.count()) === 0, "the dialog to close");
	assert.deepEqual(page.complaints, []);
});

test("a score is compared with its year before, and with any other days, which stay in the address", async (t) => {
	const page = await open(t, "/?from=2026-04-01&to=2026-06-30");
	await page.getByRole("link", { name: "Compare" }).click();
	await page.getByText(/^A is|^A and B/).waitFor();
	const b = page.getByRole("group", { name: "B", exact: true });
	await b.getByLabel("Days").selectOption("year");
	await page.getByRole("heading", { name: /B: 1 Apr 2025 to 30 Jun 2025/ }).waitFor();
	assert.match(new URL(page.url()).searchParams.get("b"), /from=2025-04-01&to=2025-06-30/);
	await page.getByText("two periods").waitFor();
	await b.getByLabel("Days").selectOption("own");
	await b.getByLabel("First day").fill("2025-10-01");
	await page.getByRole("alert").or(page.getByText(/^This did not work/)).first().waitFor();
	await b.getByLabel("Last day").fill("2025-12-31");
	await page.getByRole("heading", { name: /B: 1 Oct 2025 to 31 Dec 2025/ }).waitFor();
	await page.reload();
	await page.getByRole("heading", { name: /B: 1 Oct 2025 to 31 Dec 2025/ }).waitFor();
});

test("segments that share answers are not compared, and the rest is one click away", async (t) => {
	const page = await open(t, `/insight/compare?${new URLSearchParams({ a: "channel=sms", b: "" })}`);
	await page.getByText(/answers of A are in B, too/).waitFor();
	await page.getByRole("button", { name: "Compare A with all other answers" }).click();
	await page.getByRole("heading", { name: "A: Channel: SMS · B: All other answers" }).waitFor();
	const page2 = await open(t, "/insight/segments?by=channel");
	const row = page2.locator(".segment-table tbody tr", { hasText: "SMS" });
	const fromRest = number(/\d+/.exec(await row.locator(".from-rest").textContent())[0]);
	const said = await page.getByText(/^A is/).textContent();
	assert.equal(number(/\d+/.exec(said)[0]), fromRest, `${said}`);
});

/** Whatever asks for figures is told once that they are being loaded. */
async function loadingFirst(page) {
	const told = new Set();
	await page.route(/\/api\/v1\/(insights|goals|responses\/facets|surveys\/\d+\/funnel)/, (route) => {
		const url = route.request().url();
		if (told.has(url)) return route.continue();
		told.add(url);
		return route.fulfill({
			status: 503,
			headers: { "Retry-After": "1" },
			contentType: "application/problem+json",
			body: JSON.stringify({ type: "urn:heed:problem:loading", title: "Service Unavailable", status: 503, detail: "42 % are there.", request_id: "x", progress: 42 }),
		});
	});
	return told;
}

async function waitsForLoading(path) {
	let alarmed = 0;
	let told;
	const before = async (page) => {
		told = await loadingFirst(page);
		await page.exposeFunction("alarm", () => alarmed++);
		await page.addInitScript(() => {
			const look = () => document.querySelector('[role="alert"]') && globalThis.alarm();
			new MutationObserver(look).observe(document, { childList: true, subtree: true });
		});
	};
	const page = await enterAgain(house, { path, in: "demo", before, unfinished: true });
	await page.getByText("The answers are being read into memory: 42 %").waitFor();
	assert.equal(await page.locator("progress").first().getAttribute("value"), "42", path);
	await page.waitForFunction(() => !document.querySelector(".frame-loading") && !document.querySelector(".loading"));
	assert.ok(told.size > 0, path);
	assert.equal(alarmed, 0, `${path}: an error stood there`);
	await page.close();
}

test("while the answers are read into memory every screen says how far it is and goes on by itself", async () => {
	const names = ["segments", "trends", "why", "quality", "planner", "journey", "portfolio", "compare", "themes", "board"];
	const paths = ["/", "/insight", ...names.map((one) => `/insight/${one}`)];
	// A few at a time: each waits for a second.
	while (paths.length) await Promise.all(paths.splice(0, 4).map(waitsForLoading));
});
