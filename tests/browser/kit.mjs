// tests/browser/kit.mjs - real browsers and surveys for the tests of pages.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const page = await visitor(t)                   a page in a browser that looks like a person's
//	const page = await visitor(t, { driven: true }) one that says navigator.webdriver, as scanners' browsers do
import { existsSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { onPostgres } from "../http/harness.mjs";

/* The same engine without a desktop's window costs a third; where it is missing, the whole browser will do. */
const installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
export const CHROMIUM = process.env.HEED_CHROMIUM ?? installed.find((file) => existsSync(file)) ?? "chromium";
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

/** A browser's profile as new; `options` are those of playwright's newContext. */
export async function profile({ driven = false, ...options } = {}) {
	const one = await browser(driven);
	const context = await one.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", reducedMotion: "reduce", ...options });
	context.setDefaultTimeout(120_000); // where much else runs the first page takes half a minute
	if (JITTER > 0 && options.javaScriptEnabled !== false) await context.route("**/*", late);
	return context;
}

/* Milliseconds that a request may be late at most: what leans on the order of replies by chance is found out. Not without
   scripts: it takes the cache away, and Back would ask anew. */
const JITTER = Number(process.env.HEED_JITTER ?? 0);

async function late(route) {
	if (Math.random() < 0.5) await new Promise((wake) => setTimeout(wake, Math.random() * JITTER));
	await route.fallback().catch(() => undefined); // the page is gone
}

/** A page in a profile of its own. */
export async function visitor(t, options) {
	const context = await profile(options);
	t?.after(() => context.close());
	return pageIn(context);
}

/** A page that keeps what it complains of. */
export async function pageIn(context) {
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

/** Waits until `probe` gives something true, and gives it. `what` is a text, or makes one when it was in vain. */
export async function until(probe, what = "it", timeout = 120_000) {
	for (const end = Date.now() + timeout; ; ) {
		const found = await probe();
		if (found) return found;
		if (Date.now() > end) throw new Error(`waited in vain for ${typeof what === "function" ? what() : what}`);
		await new Promise((wake) => setTimeout(wake, 50));
	}
}

/** Until every comment is read: pages ask again while readings come. */
export function allRead(heed, options) {
	return until(
		async () => {
			const [{ json: themes }, { json: status }] = [await heed.get("/api/v1/insights/themes", options), await heed.get("/api/v1/reading/status", options)];
			return themes.comments?.not_read === 0 && status.state !== "runs";
		},
		"the comments to be read",
		240_000,
	);
}

/** Changes rows beside the server, to let time pass. Statements are those of both engines. */
export function alter(heed, sql) {
	const run = onPostgres
		? spawnSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", heed.env.HEED_DATABASE, "-c", sql])
		: spawnSync("sqlite3", ["-cmd", ".timeout 5000", join(heed.data, "heed.db"), sql]);
	if (run.status !== 0) throw new Error(`${run.error ?? run.stderr}`);
}

/** Presses it by the keyboard, as who uses no pointer does. */
export async function pressed(locator, key = "Enter") {
	await locator.focus();
	await locator.press(key);
}

/** What has the focus: its words, or its label; "" where nothing has it. */
export const focused = (page) =>
	page.evaluate(() => {
		const one = document.activeElement;
		if (!one || one === document.body) return "";
		return one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
	});

/** In the page: drawn, and no colour on its way to another. */
export async function settled() {
	await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
	const moving = document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity);
	await Promise.allSettled(moving.map((one) => one.finished));
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/* Who draws the same boxes in other colours finds what else axe-core looks for where it was. */
export const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/* What else a width decides, where the page's elements are the same in each. */
export const LOOK_RULES = [...COLOUR_RULES, "target-size", "scrollable-region-focusable"];
const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe-core finds, one sentence a finding. `runOnly`: names of rules or tags; `within`: a selector, else the whole page. */
export async function findings(page, runOnly = everything, within) {
	if (!(await page.evaluate(() => "axe" in globalThis))) {
		/* By the protocol: a page's own policy lets no foreign script in. */
		const cdp = await page.context().newCDPSession(page);
		await cdp.send("Runtime.evaluate", { expression: axe });
		await cdp.detach();
	}
	/* Nobody reads what passed: writing down where each of it stands is most of the work on a long page. */
	const run = ([runOnly, within]) => globalThis.axe.run(within ?? document, { runOnly, resultTypes: ["violations"] });
	const result = await page.evaluate(run, [runOnly, within]);
	return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} ${n.failureSummary}`));
}
