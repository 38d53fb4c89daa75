// tests/browser/kit.mjs - real browsers and surveys for the tests of pages.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const page = await visitor(t)                   a page in a browser that looks like a person's
//	const page = await visitor(t, { driven: true }) one that says navigator.webdriver, as scanners' browsers do
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { onPostgres } from "../http/harness.mjs";

export const CHROMIUM = process.env.HEED_CHROMIUM ?? "/usr/bin/chromium";
const quiet = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];
const browsers = new Map();

async function browser(driven) {
	if (!browsers.has(driven)) {
		const args = driven ? quiet : [...quiet, "--disable-blink-features=AutomationControlled"];
		browsers.set(driven, chromium.launch({ executablePath: CHROMIUM, args }));
	}
	return browsers.get(driven);
}

/** Ends the browsers: `after(closeBrowsers)` in each file. */
export async function closeBrowsers() {
	for (const one of browsers.values()) await (await one).close();
	browsers.clear();
}

/** A page in a context of its own; `options` are those of playwright's newContext. */
export async function visitor(t, { driven = false, ...options } = {}) {
	const context = await (
		await browser(driven)
	).newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", reducedMotion: "reduce", ...options });
	t?.after(() => context.close());
	const page = await context.newPage();
	page.complaints = [];
	page.on("pageerror", (error) => page.complaints.push(String(error)));
	page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
	return page;
}

let surveys = 0;

/** A live survey; gives its path /s/{slug}. */
export async function makeSurvey(heed, definition = {}, more = {}) {
	const slug = more.slug ?? `survey-${++surveys}`;
	const r = await heed.post("/api/v1/surveys", { name: slug, slug, state: "live", definition, ...more });
	if (r.status !== 201) throw new Error(`survey: ${r.status} ${r.text}`);
	return { slug, id: r.json.id, path: `/s/${r.json.public_slug ?? slug}` };
}

/** A personal link's path /r/{token}. */
export function makeLink(heed, survey, ...more) {
	return new URL(heed.mustRun("link", "--survey", survey.slug, ...more)).pathname;
}

/** All answers of a survey, whatever their state. */
export async function answers(heed, survey) {
	const r = await heed.get(`/api/v1/responses?survey=${survey.slug}`);
	if (r.status !== 200) throw new Error(`responses: ${r.status} ${r.text}`);
	return r.json.responses;
}

export const counted = (all) => all.filter((one) => ["partial", "complete"].includes(one.state) && one.score !== null);

/** Waits until `probe` gives something true, and gives it. */
export async function until(probe, what = "it", timeout = 15_000) {
	for (const end = Date.now() + timeout; ; ) {
		const found = await probe();
		if (found) return found;
		if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
		await new Promise((wake) => setTimeout(wake, 50));
	}
}

/** Changes rows beside the server, to let time pass. Statements are those of both engines. */
export function alter(heed, sql) {
	const run = onPostgres
		? spawnSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", heed.env.HEED_DATABASE, "-c", sql])
		: spawnSync("sqlite3", ["-cmd", ".timeout 5000", join(heed.data, "heed.db"), sql]);
	if (run.status !== 0) throw new Error(`${run.error ?? run.stderr}`);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds, one sentence a finding. */
export async function findings(page) {
	/* By the protocol: a page's own policy lets no foreign script in. */
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("Runtime.evaluate", { expression: axe });
	await cdp.detach();
	const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
	const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), runOnly);
	return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} ${n.failureSummary}`));
}
