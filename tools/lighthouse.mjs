// SPDX-License-Identifier: AGPL-3.0-or-later
// What Lighthouse says about the survey page and the overview of the demo, at its own mobile throttling. Times depend on the
// machine, so ./test leaves this out; what it can tell for sure, axe-core and bytes, tests/browser tells.
//
//	node tools/lighthouse.mjs [RUNS]      the best of three runs; fetches Lighthouse into build/lighthouse
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openHouse } from "../tests/browser/house.mjs";
import { CHROMIUM, closeBrowsers } from "../tests/browser/kit.mjs";

const VERSION = "12.8.2";
const folder = resolve(process.env.HEED_LIGHTHOUSE ?? "build/lighthouse");
if (!existsSync(`${folder}/node_modules/lighthouse`)) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${folder}/package.json`, "{}\n");
	execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", `lighthouse@${VERSION}`], { cwd: folder, stdio: "inherit" });
}
const bring = (name) => import(pathToFileURL(createRequire(`${folder}/package.json`).resolve(name)).href);
const { default: run } = await bring("lighthouse");
const { launch } = await bring("chrome-launcher");
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

async function measure(url, cookie) {
	const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: flags, logLevel: "silent" });
	try {
		const { lhr } = await run(url, {
			port: chrome.port,
			logLevel: "error",
			onlyCategories: ["performance", "accessibility", "best-practices"],
			extraHeaders: cookie ? { Cookie: cookie } : undefined,
		});
		if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
		const scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round(score * 100)]));
		return { scores, audits: lhr.audits };
	} finally {
		chrome.kill();
	}
}

const told = [
	"first-contentful-paint",
	"largest-contentful-paint",
	"interactive",
	"total-blocking-time",
	"cumulative-layout-shift",
	"total-byte-weight",
];

async function report(name, url, cookie, runs) {
	let best = null;
	for (let i = 0; i < runs; i++) {
		const one = await measure(url, cookie);
		console.log(`${name}, run ${i + 1}: ${JSON.stringify(one.scores)}`);
		if (!best || one.scores.performance > best.scores.performance) best = one;
	}
	for (const id of told) console.log(`  ${id}: ${best.audits[id]?.displayValue ?? "-"}`);
	for (const audit of Object.values(best.audits))
		if (audit.score !== null && audit.score < 0.9) console.log(`  below 90: ${audit.id} ${audit.displayValue ?? ""}`);
}

const runs = Number(process.argv[2] ?? 3);
const house = await openHouse();
try {
	const r = await house.heed.post("/api/v1/surveys", { name: "Customers", slug: "lighthouse", state: "live" });
	if (r.status !== 201) throw new Error(r.text);
	await report("survey page", `${house.heed.url}/s/lighthouse`, null, runs);
	await report("overview", `${house.heed.url}/`, await house.cookie("demo", "owner"), runs);
} finally {
	await closeBrowsers();
	await house.close();
}
