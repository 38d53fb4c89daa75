// tests/browser/why.test.mjs - "Why did the score fall last quarter?": from the overview to one sentence and its answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openHouse } from "./house.mjs";
import { closeBrowsers } from "./kit.mjs";
import { source } from "./source.mjs";

let house;
before(async () => (house = await openHouse()));
after(async () => {
	await closeBrowsers();
	await house?.close();
});

test("three clicks from the overview lead to one sentence with the segment, its interval and its answers", async () => {
	const page = await enter(house, { path: "/", in: "demo" });
	await page.waitForSelector(".hero-number");
	let clicks = 0;
	const click = async (what) => {
		await what.click();
		clicks++;
	};
	await click(page.getByRole("button", { name: "Last 12 months" }).first());
	await click(page.getByRole("button", { name: "Last quarter", exact: true }));
	await click(page.getByRole("link", { name: "Why?" }));
	await page.waitForSelector(".why-sentence");
	assert.equal(clicks, 3);
	assert.match(page.url(), /\/insight\/why\?.*period=last_quarter/);
	const said = (await page.locator(".why-sentence p").first().textContent()).replace(/[\u2068\u2069]/g, "");
	assert.match(said, /^The score fell by \d+ \(\d+ to \d+\)\. (Most|All|More than all) of it goes with team \(plan\): its score fell by \d+ \(\d+ to \d+; n = \d+\)(; others made up for some of it)?\. See its answers/);
	await page.getByText("It moved more than the others, by more than chance.").waitFor();
	assert.doesNotMatch(said, /because/i);
	const n = Number(/n = (\d+)/.exec(said)[1]);
	const segment = await page.locator(".why-name").textContent();
	await page.getByRole("link", { name: "See its answers" }).click();
	await page.waitForURL(/\/answers\?/);
	const list = new URL(page.url()).searchParams;
	assert.equal(list.get("period"), "last_quarter");
	const counted = await page.evaluate(async (query) => {
		const { search } = location;
		const params = new URLSearchParams(search);
		params.delete("period");
		for (const [name, value] of Object.entries(query)) params.set(name, value);
		const { answers } = await (await fetch(`/api/v1/responses/facets?${params}`)).json();
		return answers;
	}, await spanOf(page));
	assert.equal(counted, n, `${segment}: ${page.url()}`);
	await page.locator(".aw-comment", { hasText: "Team" }).first().waitFor(); // they say what it is
	assert.deepEqual(page.complaints, []);
	await page.context().close();
});

/** The days of the last quarter in the demo's zone. */
async function spanOf(page) {
	const me = await page.evaluate(async () => (await fetch("/api/v1/me")).json());
	const today = new Intl.DateTimeFormat("en-CA", { timeZone: me.workspace.time_zone }).format(new Date());
	const [year, month] = today.split("-").map(Number);
	const first = Math.floor((month - 1) / 3) * 3;
	const day = (date) => date.toISOString().slice(0, 10);
	return { from: day(new Date(Date.UTC(year, first - 3, 1))), to: day(new Date(Date.UTC(year, first, 0))) };
}

test("the page opens to who has no analyst's view, and stands in the row of screens while it is open", async () => {
	const page = await enter(house, { path: "/insight/why?period=last_quarter", in: "demo" });
	await page.waitForSelector(".waterfall");
	const way = page.getByRole("navigation", { name: "Screens of insight" }).getByRole("link", { name: "Why" });
	assert.equal(await way.getAttribute("aria-current"), "page");
	assert.equal(await page.getByRole("switch", { name: "Analyst view" }).isChecked(), false);
	// Steps end where the score is now.
	await page.getByRole("button", { name: "As a table" }).first().click();
	const points = await page.locator(".framed table").first().locator("tbody tr td:nth-child(2)").allTextContents();
	const sum = points.reduce((all, text) => all + Number(text.replace("−", "-")), 0);
	const [, from, to] = /From (-?\d+) to (-?\d+)/.exec((await page.locator(".framed h2").first().textContent()).replaceAll("−", "-"));
	assert.ok(Math.abs(sum - (to - from)) < 1.5, `${sum} is not ${to - from}`);
	await page.context().close();
});

test("a segment that moved by far more than the score did is not said to be all of it", async () => {
	const { leadShare } = await source("why/lead_share.ts");
	assert.equal(leadShare(-9, -2), "over");
	assert.deepEqual([1.05, 1, 0.96].map((part) => leadShare(-2 * part, -2)), ["all", "all", "all"]);
	assert.deepEqual([leadShare(5, 10), leadShare(4, 10)], ["most", "part"]);
});
