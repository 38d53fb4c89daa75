// 500 answers about the relationship and 50 about a delivery: no reply, page or report ever puts them into one figure. Every route
// that tells figures is on the list below, or the test fails.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";
import { day, fillTwoKinds } from "./two_kinds.mjs";

let heed;
let shared;

before(async () => {
	heed = await start();
	await fillTwoKinds(heed);
	shared = (await heed.post("/api/v1/shared-views", { name: "All", what: "board", last_days: 365 })).json;
});
after(() => heed?.stop());

/* Apart there are never more than 500 of anything; together there would be more, and this score. */
const pooledNps = (100 * (307 - 134)) / 550;
/* A time, what answers are worth, and how many a wish would take. */
const noCount = new Set(["query_us", "effective_n", "deff", "plan"]);

/** Paths in a reply at which a number of both together stands. */
function poolings(value, path = "") {
	if (typeof value === "number") return (value > 500 && value <= 550) || Math.abs(value - pooledNps) < 0.01 ? [`${path} = ${value}`] : [];
	if (value === null || typeof value !== "object") return [];
	return Object.entries(value).flatMap(([name, part]) => (noCount.has(name) ? [] : poolings(part, `${path}.${name}`)));
}

const figures = {
	"/api/v1/insights/nps": ["", "?series=month", "?by=channel", `?compare=previous&from=${day(180)}`],
	"/api/v1/insights/trend": ["", "?step=month"],
	"/api/v1/insights/segments": ["", "?by=channel", "?by=property.plan", "?by=channel&and=property.plan", "?by=channel&vote=person", "?part=PARCEL"],
	"/api/v1/insights/segments/answers": ["?by=channel&value=web"],
	"/api/v1/insights/compare": [""],
	"/api/v1/insights/why": ["", "?part=PARCEL"],
	"/api/v1/insights/quality": ["", "?by=property.plan"],
	"/api/v1/insights/planner": ["", "?part=PARCEL"],
	"/api/v1/insights/journey": ["", `?compare=previous&from=${day(180)}`],
	"/api/v1/insights/portfolio": ["", `?compare=previous&from=${day(180)}`],
	"/api/v1/insights/findings": [""],
	"/api/v1/insights/drivers": [""],
	"/api/v1/insights/themes": ["", "?part=PARCEL"],
	"/api/v1/insights/themes/{theme}": [""],
	"/api/v1/insights/said": ["", "?part=PARCEL"],
	"/api/v1/insights/emerging": [""],
	"/api/v1/insights/keywords": [""],
	"/api/v1/insights/quotes": [""],
	"/api/v1/goals": [""],
	"/api/v1/alerts": [""],
};

/** Where figures are, as the document has it. */
function told() {
	const files = readdirSync("web/api").filter((name) => name.endsWith(".json"));
	const paths = files.flatMap((name) => Object.entries(JSON.parse(readFileSync(join("web/api", name), "utf8")).paths ?? {}));
	return paths.filter(([path, of]) => of.get && /^\/api\/v1\/(insights\/|goals$|alerts$)/.test(path)).map(([path]) => path);
}

test("every route that tells figures is looked at here", () => {
	assert.deepEqual(told().filter((path) => !figures[path]), []);
});

test("no reply has both kinds in one number", async () => {
	const { parts } = (await heed.get("/api/v1/insights/segments")).json;
	const parcel = parts.find((part) => part.kind === "transactional").key;
	const { themes } = (await heed.get("/api/v1/themes")).json;
	let asked = 0;
	for (const [path, queries] of Object.entries(figures))
		for (const query of queries) {
			const at = `${path.replace("{theme}", themes[0].id)}${query.replace("PARCEL", encodeURIComponent(parcel))}`;
			const r = await heed.get(at);
			assert.equal(r.status, 200, `${at}: ${r.text}`);
			assert.deepEqual(poolings(r.json), [], at);
			asked++;
		}
	assert.ok(asked >= Object.keys(figures).length);
});

test("the test would see it: a total that is asked for by name is both, and says how it is weighted", async () => {
	const both = { nps: pooledNps, rows: [{ responses: 500 }, { responses: 50 }], total: 550 };
	assert.deepEqual(poolings(both).length, 2);
});

const words = (text) => text.replace(/<(style|script)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, " ");
/* As people read them: 550, 31.5 and 31. */
const seen = /(?<![\d.,:-])(550|307|134|31\.5|31,5)(?![\d:-])/;

test("neither a report nor a shared page has them together", async () => {
	for (const more of [[], ["--by", "channel"], ["--from", day(180), "--compare", "previous"], ["--plan"]]) {
		const text = heed.mustRun("report", "--workspace", "Acme", ...more);
		assert.doesNotMatch(text, seen, `heed report ${more}`);
		if (!more.includes("--from")) assert.match(text, /500 answers[\s\S]*\b50 answers/);
	}
	for (const search of ["", "?wall"]) {
		const page = await heed.get(new URL(shared.url).pathname + search, { key: null });
		assert.equal(page.status, 200);
		assert.doesNotMatch(words(page.text), seen, `a shared page ${search}`);
		assert.match(words(page.text), /500/);
	}
});
