// SPDX-License-Identifier: AGPL-3.0-or-later
// Sentiment on labelled sets that the shipped model has not seen, each with its confusion matrix, and what own scores add.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { missing, oneLine, rows, told } from "./data.mjs";

const built = process.env.HEED_FIXTURES ?? "build/gcc-release/tests";
const trainer = join(built, "../train/train_sentiment");
// Under sanitizers these take minutes and find nothing new.
const slow = /asan|tsan|debug/.test(built) ? "measured on the release build" : false;
const ask = (program, args, input) =>
	execFileSync(join(built, "text", program), args, { input, maxBuffer: 1 << 28 }).toString().trimEnd().split("\n");

const names = ["negative", "neutral", "positive"];
const byStars = (stars) => (stars <= 2 ? -1 : stars >= 4 ? 1 : 0);
// What people write into a box that they must fill: low effort, not sentiment.
const stop = /^(no (negative|positive)|(absolutely )?nothing( really| at all)?|n ?\/?a|none|nil|no|\W*)$/i;

// Of SemEval those sentences whose categories agree.
const agreed = (row) => {
	const sides = new Set(row.categories.split("|").filter(Boolean).map((c) => c.split(":")[1]));
	const side = sides.size === 1 ? names.indexOf([...sides][0]) : -1;
	return side < 0 ? null : side - 1;
};
const sets = {
	uci: ["uci_sentences/uci.csv", "en", (r) => (r.label === "pos" ? 1 : -1)],
	booking: ["booking_hotels/booking.csv.gz", "en", (r) => (r.box === "pos" ? 1 : -1)],
	zomato: ["zomato_ratings/zomato.csv.gz", "en", (r) => (Number.isFinite(+r.rating) && r.rating !== "" ? byStars(+r.rating) : null)],
	maalej: ["appreviews_maalej/maalej.csv", "en", (r) => byStars(+r.rating)],
	dutch: ["semeval/rest16_nl_train.csv", "nl", agreed],
};
const read = (name, keep = () => true) => {
	const [file, language, side] = sets[name];
	return rows(file).map((r) => ({ text: oneLine(r.text), language, side: side(r) })).filter((r) => r.side !== null && keep(r.text));
};

function judge(texts, model) {
	const input = texts.map((t) => `${t.language}\t${t.question ?? ""}\t${t.text}\n`).join("");
	return ask("sentiment_fixture", model ? [model] : [], input).map((line) => {
		const [label, score] = line.split(" ");
		return { label: label === "mixed" ? 0 : names.indexOf(label) - 1, score: +score };
	});
}

// Accuracy of the sign and of the label where one is right, macro-F1 of three labels (mixed counts as neutral), and the matrix.
function measure(texts, judged) {
	const matrix = [0, 1, 2].map(() => [0, 0, 0]);
	let right = 0, same = 0, sided = 0;
	texts.forEach((t, i) => {
		matrix[t.side + 1][judged[i].label + 1]++;
		if (t.side !== 0) {
			sided++;
			right += judged[i].score >= 0 === t.side > 0;
			same += judged[i].label === t.side;
		}
	});
	const f1 = [0, 1, 2].map((c) => (2 * matrix[c][c]) / (matrix[c].reduce((a, b) => a + b) + matrix.reduce((a, row) => a + row[c], 0) || 1));
	return { accuracy: right / sided, label: same / sided, f1: f1.reduce((a, b) => a + b) / 3, matrix };
}

function show(t, name, m) {
	t.diagnostic(`${name}: accuracy ${m.accuracy.toFixed(3)}, of labels ${m.label.toFixed(3)}, macro-F1 ${m.f1.toFixed(3)}; said negative, neutral, positive`);
	m.matrix.forEach((row, c) => t.diagnostic(`  ${names[c]}: ${row.join(" ")}`));
}

const gone = (name) => missing(sets[name][0]);
for (const [name, keep, floors, set] of [
	["booking", (text) => !stop.test(text), { accuracy: 0.86, label: 0.82 }, "booking_hotels"],
	["booking", undefined, { accuracy: 0.7 }],
	["zomato", undefined, { accuracy: 0.93, label: 0.85, f1: 0.66 }, "zomato_ratings"],
	["maalej", undefined, { accuracy: 0.905, label: 0.84, f1: 0.575 }, "appreviews_maalej"],
	["dutch", undefined, { accuracy: 0.805, label: 0.74 }, "semeval rest16_nl"],
])
	test(`tells_good_from_bad_on_${name}${keep ? "_where_something_is_said" : ""}`, { skip: gone(name) }, (t) => {
		const texts = read(name, keep);
		const m = measure(texts, judge(texts));
		show(t, name, m);
		for (const [what, floor] of Object.entries(floors)) assert.ok(m[what] >= floor, `${what} ${m[what]} of ${name}`);
		if (set) told(texts[0].language, "sentiment", set, m.accuracy, texts.length);
	});

test("tells_good_from_bad_in_six_languages", (t) => {
	const lines = readFileSync(new URL("sentiment_sentences.txt", import.meta.url), "utf8").split("\n");
	const texts = lines.filter((l) => l && !l.startsWith("#")).map((l) => l.split("\t")).map(([language, side, text]) => ({ language, side: +side, text }));
	const judged = judge(texts);
	const wrong = texts.filter((x, i) => judged[i].score >= 0 !== x.side > 0);
	t.diagnostic(`${texts.length - wrong.length} of ${texts.length} right; wrong: ${wrong.map((x) => x.text).join("; ")}`);
	assert.equal(new Set(texts.map((x) => x.language)).size, 6);
	assert.ok(wrong.length <= texts.length * 0.08, `${wrong.length} wrong`);
	for (const language of ["de", "fr", "es", "it", "pt"]) {
		const of = (all) => all.filter((x) => x.language === language).length;
		told(language, "sentiment", "sentiment_sentences", 1 - of(wrong) / of(texts), of(texts));
	}
});

test("tells_good_from_bad_on_uci_by_a_model_without_it", { skip: gone("uci") || slow || (existsSync(trainer) ? false : "no trainer built") }, (t) => {
	const folder = mkdtempSync(join(tmpdir(), "heed-sentiment-"));
	try {
		const model = join(folder, "without-uci.heedmodel");
		execFileSync(trainer, [model, "--without-uci"]);
		const texts = read("uci");
		const m = measure(texts, judge(texts, model));
		show(t, "uci", m);
		assert.ok(m.accuracy >= 0.86, `${m.accuracy}`);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test("hears_the_question_on_booking", { skip: gone("booking") }, (t) => {
	const texts = read("booking", (text) => !stop.test(text));
	const asked = texts.map((x) => ({ ...x, question: x.side > 0 ? "What did you like?" : "What did you dislike?" }));
	const before = measure(texts, judge(texts)), after = measure(asked, judge(asked));
	show(t, "booking with its questions", after);
	assert.ok(after.accuracy > before.accuracy + 0.03);
});

// A score of .8 means that of such texts nine in ten are positive: score = p(positive) - p(negative).
test("gives_scores_that_mean_what_they_say", { skip: gone("zomato") }, (t) => {
	const texts = read("zomato");
	const bins = Array.from({ length: 5 }, () => ({ n: 0, said: 0, was: 0 }));
	judge(texts).forEach(({ score }, i) => {
		const bin = bins[Math.min(4, Math.floor((score + 1) / 0.4))];
		bin.n++;
		bin.said += score;
		bin.was += texts[i].side;
	});
	let off = 0;
	for (const b of bins) {
		t.diagnostic(`${b.n} texts: said ${(b.said / b.n).toFixed(2)}, was ${(b.was / b.n).toFixed(2)}`);
		off += Math.abs(b.said - b.was) / texts.length;
	}
	t.diagnostic(`on average ${off.toFixed(3)} off`);
	assert.ok(off < 0.12, `${off}`);
});

for (const [name, keep, aim] of [
	["zomato", undefined, 0.93],
	["booking", (text) => !stop.test(text), 0.9],
	["maalej", undefined, 0.9],
	["dutch", undefined, 0.8],
])
	test(`own_scores_help_and_do_no_harm_on_${name}`, { skip: gone(name) || slow }, (t) => {
		const input = read(name, keep).map((x) => `${x.language}\t${x.side}\t${x.text}\n`).join("");
		for (const line of ask("own_scores_fixture", ["-", "20"], input)) {
			const [n, shipped, own, worst] = line.split(" ");
			if (n === "across") {
				t.diagnostic(`${name}, all by folds: shipped ${shipped}, with own scores ${own}`);
				assert.ok(+own > +shipped);
				continue;
			}
			t.diagnostic(`${name}, ${n} own scores: shipped ${shipped}, with them ${own}, worst draw ${worst}`);
			assert.ok(+own >= +shipped - 0.001, `mean at ${n}`);
			assert.ok(+worst >= -0.013, `worst draw at ${n}`);
			if (n === "200") assert.ok(+own >= aim, `${own} at 200`);
		}
	});
