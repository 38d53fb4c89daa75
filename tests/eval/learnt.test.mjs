// SPDX-License-Identifier: AGPL-3.0-or-later
// What the product says of itself ("How well does it read?") against the truth: half of a labelled set comes in as answers with
// scores and is learnt from; the other half comes without scores, and is read. The page's range of how often it is right must
// hold what is so of the half that it has not seen.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { made, start, until } from "../http/harness.mjs";
import { missing, oneLine, rows } from "./data.mjs";

const slow = /asan|tsan|debug/.test(process.env.HEED_BIN ?? "") ? "measured on the release build" : false;
const nothing = /^(no (negative|positive)|(absolutely )?nothing( really| at all)?|n ?\/?a|none|nil|no|\W*)$/i;
const stars = (n) => [0, 1, 4, 7, 9, 10][Math.round(n)];

const sets = {
	zomato: {
		file: "zomato_ratings/zomato.csv.gz",
		read: (r) => ({ text: oneLine(r.text), score: r.rating === "" || !Number.isFinite(+r.rating) ? null : stars(+r.rating) }),
	},
	booking: {
		file: "booking_hotels/booking.csv.gz",
		read: (r) => ({ text: oneLine(r.text), score: r.box === "pos" ? 10 : 2 }),
		keep: (r) => !nothing.test(r.text),
	},
};

/** The same draw each time. */
function shuffled(list) {
	let seed = 7;
	const next = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
	const out = [...list];
	for (let i = out.length - 1; i > 0; i--) {
		const j = Math.floor(next() * (i + 1));
		[out[i], out[j]] = [out[j], out[i]];
	}
	return out;
}

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

const taken = (heed, survey, list, withScore) => {
	const path = join(heed.dir, `${survey}.csv`);
	const line = (r, i) => `${i},${withScore ? r.score : ""},${quoted(r.text)},en,2026-03-0${1 + (i % 9)}`;
	writeFileSync(path, `key,score,comment,language,date\n${list.map(line).join("\n")}\n`);
	heed.mustRun("import", path, "--survey", survey, "--key", "key", "--map", "score=score,comment=comment", "--scale", "0-10");
};

/** Everything that was given in a survey, read. */
async function readings(heed, survey, count) {
	const read = async () => {
		const all = [];
		let cursor = "";
		do {
			const r = await made(heed.get(`/api/v1/responses?survey=${survey}&limit=200${cursor && `&cursor=${cursor}`}`));
			all.push(...r.responses);
			cursor = r.next_cursor;
		} while (cursor);
		return all;
	};
	return until(read, (all) => all.length >= count && all.every((r) => r.reading));
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const said = (s) => `${percent(s.share)} (${percent(s.lo)} to ${percent(s.hi)}, n ${s.of})`;

/** A server that learnt from `learnt`, and how the others are read by it. */
async function measure(t, name, learnt, rest) {
	const heed = await start(t);
	taken(heed, "learnt", learnt, true);
	await until(() => made(heed.get("/api/v1/reading/status")), (s) => s.state === "done");
	await readings(heed, "learnt", learnt.length);
	await made(heed.post("/api/v1/reading/learn"));
	const page = await until(() => made(heed.get("/api/v1/reading/learnt")), (l) => l.state === "rests" && l.version && l.sentiment);
	taken(heed, "rest", rest, false);
	const truth = new Map(rest.map((r) => [r.text, r.score]));
	const all = await readings(heed, "rest", rest.length);
	let right = 0, of = 0;
	for (const { comment, reading } of all) {
		const score = truth.get(comment);
		if (!reading.sentiment || score === undefined || (score > 6 && score < 9)) continue;
		of++;
		right += reading.sentiment.score >= 0 === score >= 9;
	}
	const { shipped } = page.sentiment;
	const own = page.version.scores_used ? page.sentiment.learnt : shipped;
	console.log(
		`# ${name.padEnd(8)} learnt from ${String(learnt.length).padStart(5)}: page says ${said(own.right)}, so it is ${percent(right / of)} of ${of}` +
			`; with what ships alone ${percent(shipped.right.share)}; F1 ${own.macro_f1.value.toFixed(3)} (${own.macro_f1.lo.toFixed(3)} to ${own.macro_f1.hi.toFixed(3)})` +
			`; ${page.version.seconds.toFixed(1)} s`,
	);
	return { page: own.right, truth: right / of, of };
}

for (const [name, set] of Object.entries(sets))
	for (const size of [200, 1000, 0])
		test(`${name}: what the page says after ${size || "half of the"} answers holds for comments it has not seen`, { skip: slow || missing(set.file) }, async (t) => {
			const all = shuffled(rows(set.file).filter(set.keep ?? (() => true)).map(set.read).filter((r) => r.score !== null && r.text));
			const texts = new Set();
			const once = all.filter((r) => !texts.has(r.text) && texts.add(r.text));
			const half = Math.floor(once.length / 2);
			const { page, truth, of } = await measure(t, name, once.slice(0, size || half), once.slice(half));
			// Both are of samples: the difference is beyond chance when it passes what both ranges leave open.
			const chance = 1.96 * Math.sqrt((page.share * (1 - page.share)) / page.of + (truth * (1 - truth)) / of);
			assert.ok(Math.abs(page.share - truth) <= 1.5 * chance + 0.005, `${page.share} against ${truth}`);
		});
