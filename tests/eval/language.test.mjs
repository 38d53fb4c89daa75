// SPDX-License-Identifier: AGPL-3.0-or-later
// Languages of comments: our reader of fastText's models beside fastText's own code, and how often we are right.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { missing, oneLine, rows, told } from "./data.mjs";

const fixture = join(process.env.HEED_FIXTURES ?? "build/gcc-release/tests", "text/language_fixture");
const model = "node_modules/fasttext.wasm.js/dist/fastText/models/lid.176.ftz";
const noModel = existsSync(model) ? false : "the package fasttext.wasm.js is not installed";
const ask = (args, texts) =>
	execFileSync(fixture, args, { input: `${texts.join("\n")}\n`, maxBuffer: 1 << 26 }).toString().trimEnd().split("\n");

// Sentences of our own, a few of each language, some of them hard.
const own = {
	en: ["The breakfast was cold", "Great location, tiny bathroom", "Nothing to add", "App keeps crashing", "Very helpful staff", "too expensive for what it is", "Easy to use"],
	de: ["Das Frühstück war kalt", "Tolle Lage, winziges Bad", "Nichts hinzuzufügen", "App stürzt ständig ab", "Sehr hilfsbereites Personal", "zu teuer für das Gebotene", "Einfache Bedienung"],
	fr: ["Le petit-déjeuner était froid", "Bien situé, salle de bain minuscule", "Rien à ajouter", "L'application plante tout le temps", "Personnel très serviable", "trop cher pour ce que c'est", "Facile à utiliser"],
	es: ["El desayuno estaba frío", "Buena ubicación, baño diminuto", "Nada que añadir", "La aplicación se cierra sola", "Personal muy amable", "demasiado caro para lo que es", "Es sencillo de manejar"],
	it: ["La colazione era fredda", "Ottima posizione, bagno minuscolo", "Niente da aggiungere", "L'app si blocca sempre", "Personale molto disponibile", "troppo caro per quello che è", "Facile da usare"],
	pt: ["O café da manhã estava frio", "Boa localização, banheiro minúsculo", "Nada a acrescentar", "O aplicativo trava sempre", "Funcionários muito prestativos", "caro demais pelo que oferece", "É muito simples de usar"],
	nl: ["Het ontbijt was koud", "Goede ligging, piepkleine badkamer", "Niets toe te voegen", "De app loopt steeds vast", "Zeer behulpzaam personeel", "te duur voor wat je krijgt", "Makkelijk in gebruik"],
};
const seven = Object.keys(own).join(",");

test("agrees_with_fastText_itself", { skip: noModel }, async () => {
	const { getLIDModel } = await import("fasttext.wasm.js");
	const theirs = await getLIDModel();
	await theirs.load();
	const texts = Object.values(own).flat();
	for (const [set, column] of [["semeval/rest16_nl_train.csv", "text"], ["nps_pt/nps_pt.csv", "text"], ["goemotions/dev.csv", "text"]])
		if (!missing(set)) texts.push(...rows(set).slice(0, 300).map((r) => oneLine(r[column])).filter(Boolean));
	texts.push("ÇA VA ? Ελληνικά и русский 中文 عربى", "a".repeat(200), "http://example.com/?q=1&r=2");
	let worst = 0, known = 0;
	ask(["labels", model], texts).forEach((line, i) => {
		if (line === "-") return; // fastText answers from the end of the line alone
		const [p, label] = theirs.model.predict(texts[i], 1, 0).get(0);
		const [ours, q] = line.split(" ");
		assert.equal(`__label__${ours}`, label, texts[i]);
		worst = Math.max(worst, Math.abs(p - Number(q)));
		known++;
	});
	console.log(`# ${known} of ${texts.length} texts, largest difference ${worst.toExponential(1)}`);
	assert.ok(known >= texts.length * 0.95 && worst < 1e-3);
});

function accuracy(language, texts, expected, withModel) {
	const found = ask([seven, expected ?? "-", ...(withModel ? [model] : [])], texts);
	return found.filter((line) => line.startsWith(`${language} `)).length / texts.length;
}

function measure(name, language, texts, least, expected) {
	const kept = texts.map(oneLine).filter((t) => /\p{L}/u.test(t));
	const reached = [true, false].map((withModel) => accuracy(language, kept, expected, withModel));
	console.log(`# ${name}, ${kept.length} texts: ${reached.map((r) => r.toFixed(3)).join(" with lid.176.ftz, without ")}`);
	assert.ok(reached[0] >= least[0] && reached[1] >= least[1], `${name}: ${reached}, floors ${least}`);
	return { reached: reached[0], texts: kept.length };
}

test("knows_short_sentences_of_seven_languages", { skip: noModel }, () => {
	for (const [language, texts] of Object.entries(own)) measure(`own, ${language}`, language, texts, [0.85, 0.7]);
});

for (const [name, set, language, least, expected] of [
	["booking_hotels", "booking_hotels/booking.csv.gz", "en", [0.99, 0.8]],
	["appreviews_maalej", "appreviews_maalej/maalej.csv", "en", [0.975, 0.975]],
	["semeval rest16_nl", "semeval/rest16_nl_train.csv", "nl", [0.965, 0.89]],
	["nps_pt", "nps_pt/nps_pt.csv", "pt", [0.85, 0.72]],
	["nps_pt where pt is expected", "nps_pt/nps_pt.csv", "pt", [0.95, 0.985], "pt"],
])
	test(`knows_the_language_of_${name.replaceAll(" ", "_")}`, { skip: noModel || missing(set) }, () => {
		const { reached, texts } = measure(name, language, rows(set).map((r) => r.text), least, expected);
		if (!expected) told(language, "language", name, reached, texts);
	});
