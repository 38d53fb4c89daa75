// SPDX-License-Identifier: AGPL-3.0-or-later
// Themes of sentences against the aspect categories of labelled sets. HEED_EVAL_ERRORS=10 shows so many of each kind.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { missing, oneLine, rows, told } from "./data.mjs";

const fixture = join(process.env.HEED_FIXTURES ?? "build/gcc-release/tests", "text/themes_fixture");
// "learn": each fifth by a model that learnt from the seeds of the other four.
const themesOf = (language, texts, mode = "themes") =>
	execFileSync(fixture, ["-", language, mode], { input: `${texts.join("\n")}\n`, maxBuffer: 1 << 28 })
		.toString().trimEnd().split("\n").map((line) => JSON.parse(line));

// What of the taxonomy speaks of a category of the set; themes that are in none do not count.
const restaurant = {
	food: ["food", "drinks"],
	service: ["staff", "wait", "delivery", "support_quality", "support_speed"],
	price: ["price", "value", "billing"],
	ambience: ["ambience", "noise"],
};
const hearing = { ...restaurant, location: ["location"] };
const laptop = {
	price: ["price", "value"],
	support: ["support_quality", "support_speed"],
	usability: ["ease_of_use"],
	design: ["design"],
	performance: ["speed", "reliability"],
	quality: ["quality", "reliability"],
	connectivity: ["network", "integration"],
	documentation: ["documentation"],
	features: ["missing_feature"],
	delivery: ["delivery", "returns"],
};

// "FOOD#PRICES" is about the price and about the food.
const rest16 = (label) => {
	const [entity, attribute] = label.split("#");
	const of = { FOOD: "food", DRINKS: "food", SERVICE: "service", AMBIENCE: "ambience", LOCATION: "location" }[entity];
	if (attribute === "PRICES") return ["price"];
	return of ? [of] : [];
};
const laptop16 = (label) => {
	const [entity, attribute] = label.split("#");
	const of = { PRICE: "price", USABILITY: "usability", DESIGN_FEATURES: "design", CONNECTIVITY: "connectivity", PORTABILITY: "design" }[attribute];
	if (entity === "SUPPORT" || entity === "WARRANTY") return ["support"];
	if (entity === "SHIPPING") return ["delivery"];
	if (attribute === "OPERATION_PERFORMANCE") return ["performance"];
	if (attribute === "QUALITY") return ["quality"];
	return of ? [of] : [];
};
const labelled = (r) => r.categories.split("|").filter(Boolean).map((c) => c.slice(0, c.lastIndexOf(":")));

const sets = [
	{ name: "rest14_test", file: "semeval/rest14_test.csv", language: "en", map: restaurant, of: (l) => (restaurant[l] ? [l] : []), floor: 0.885 },
	{ name: "rest14_train", file: "semeval/rest14_train.csv", language: "en", map: restaurant, of: (l) => (restaurant[l] ? [l] : []), floor: 0.835, signs: 0.79, taught: 0.835 },
	{ name: "rest16", file: "semeval/rest16_train.csv", language: "en", map: hearing, of: rest16, floor: 0.795, signs: 0.78 },
	{ name: "rest16_nl", file: "semeval/rest16_nl_train.csv", language: "nl", map: hearing, of: rest16, floor: 0.715, signs: 0.78, taught: 0.72 },
	{ name: "lap16", file: "semeval/lap16_train.csv", language: "en", map: laptop, of: laptop16, only: ["price", "support", "usability", "design", "performance", "quality", "connectivity"], floor: 0.445, signs: 0.83, taught: 0.54 },
];

// Of what the set calls good or bad and what was found: is the sign right? Categories that are neutral or both are left out.
const polarity = (mentions) => {
	const says = mentions.reduce((sum, m) => sum + Math.abs(m.polarity), 0);
	return says ? mentions.reduce((sum, m) => sum + Math.abs(m.polarity) * m.polarity, 0) / says : 0;
};
const judged = (r) => r.categories.split("|").filter((c) => /:(positive|negative)$/.test(c)).map((c) => [c.slice(0, c.lastIndexOf(":")), c.endsWith(":positive")]);

function measurePolarity({ name, file, language, map, of, signs }) {
	const all = rows(file).filter((r) => r.text.trim() !== "");
	const found = themesOf(language, all.map((r) => oneLine(r.text)));
	const count = { right: 0, wrong: 0, unsaid: 0, missed: 0 };
	const errors = [];
	all.forEach((row, i) => {
		for (const [label, good] of judged(row).flatMap(([l, g]) => of(l).map((c) => [c, g]))) {
			const mentions = found[i].filter((m) => map[label].includes(m.theme));
			const p = polarity(mentions);
			const kind = mentions.length === 0 ? "missed" : Math.abs(p) < 0.05 ? "unsaid" : p > 0 === good ? "right" : "wrong";
			count[kind]++;
			if (kind === "wrong" || kind === "unsaid") errors.push(`${kind} ${label} ${p.toFixed(2)} ${oneLine(row.text)}`);
		}
	});
	const judgedCount = count.right + count.wrong + count.unsaid;
	const accuracy = count.right / judgedCount;
	console.log(`# ${name.padEnd(13)} polarity of themes that were found ${accuracy.toFixed(3)} (right ${count.right}, wrong ${count.wrong}, nothing said ${count.unsaid}); of all, missed ones wrong, ${(count.right / (judgedCount + count.missed)).toFixed(3)}`);
	const step = Math.max(1, Math.floor(errors.length / Number(process.env.HEED_EVAL_ERRORS ?? 0)));
	if (process.env.HEED_EVAL_ERRORS) errors.filter((_, i) => i % step === 0).forEach((e) => console.log(`#   ${e}`));
	assert.ok(accuracy >= signs, `${name}: ${accuracy}, floor ${signs}`);
}

const f1 = ({ hit, extra, lost }) => (hit ? (2 * hit) / (2 * hit + extra + lost) : 0);

// What people would say of a sentence: which themes it speaks of, one a category, and which it does not.
function corrected(row, { map, of, only }) {
	const truth = new Set(labelled(row).flatMap(of));
	const categories = only ?? Object.keys(map);
	const is = categories.filter((c) => truth.has(c)).map((c) => map[c][0]);
	const isNot = categories.filter((c) => !truth.has(c)).flatMap((c) => map[c]);
	return `${is.join(",")};${isNot.filter((t) => !is.includes(t)).join(",")}\t${oneLine(row.text)}`;
}

function measure(set, mode) {
	const { name, file, language, map, of, only, floor } = set;
	const all = rows(file).filter((r) => r.text.trim() !== "");
	const given = (r, i) => (mode === "corrected" && i % 2 === 0 ? corrected(r, set) : oneLine(r.text));
	const found = themesOf(language, all.map(given), mode === "corrected" ? "learn" : mode);
	const categories = only ?? Object.keys(map);
	const counts = Object.fromEntries(categories.map((c) => [c, { hit: 0, extra: 0, lost: 0 }]));
	const errors = [];
	all.forEach((row, i) => {
		const truth = new Set(labelled(row).flatMap(of));
		const said = new Set(found[i].map((m) => m.theme));
		for (const c of categories) {
			const saying = map[c].filter((t) => said.has(t));
			const kind = truth.has(c) ? (saying.length ? "hit" : "lost") : saying.length ? "extra" : "";
			if (!kind) continue;
			counts[c][kind]++;
			if (kind !== "hit") errors.push(`${kind} ${c} [${found[i].map((m) => `${m.theme}:${Buffer.from(oneLine(row.text)).subarray(m.from, m.from + m.len)}`)}] ${oneLine(row.text)}`);
		}
	});
	const total = { hit: 0, extra: 0, lost: 0 };
	for (const c of Object.values(counts)) for (const k of Object.keys(total)) total[k] += c[k];
	const line = (label, c) =>
		console.log(`# ${name.padEnd(13)} ${mode ?? "seeds"} ${label.padEnd(13)} precision ${(c.hit / (c.hit + c.extra || 1)).toFixed(3)} recall ${(c.hit / (c.hit + c.lost || 1)).toFixed(3)} F1 ${f1(c).toFixed(3)} (right ${c.hit}, too many ${c.extra}, missed ${c.lost})`);
	for (const [label, c] of Object.entries(counts)) line(label, c);
	line("all, micro", total);
	const step = Math.max(1, Math.floor(errors.length / Number(process.env.HEED_EVAL_ERRORS ?? 0)));
	if (process.env.HEED_EVAL_ERRORS) errors.filter((_, i) => i % step === 0).forEach((e) => console.log(`#   ${e}`));
	assert.ok(f1(total) >= floor, `${name}: ${f1(total)}, floor ${floor}`);
	if (!mode && ["rest14_test", "rest16_nl"].includes(name)) told(language, "themes", name, f1(total), all.length);
}

for (const set of sets) test(`finds_the_themes_of_${set.name}`, { skip: missing(set.file) }, () => measure(set));
for (const set of sets.filter((s) => s.name.startsWith("rest14_train") || s.language !== "en"))
	test(`loses_nothing_by_learning_from_${set.name}`, { skip: missing(set.file) }, () => measure(set, "learn"));
for (const set of sets.filter((s) => s.taught))
	test(`learns_from_what_people_say_of_${set.name}`, { skip: missing(set.file) }, () => measure({ ...set, floor: set.taught }, "corrected"));
for (const set of sets.filter((s) => s.signs !== undefined))
	test(`judges_the_themes_of_${set.name}`, { skip: missing(set.file) }, () => measurePolarity(set));
