// SPDX-License-Identifier: AGPL-3.0-or-later
// Emotions: the shipped model on GoEmotions' test rows, of which it has seen none.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { missing, oneLine, rows, told } from "./data.mjs";

const fixture = join(process.env.HEED_FIXTURES ?? "build/gcc-release/tests", "text/senses_fixture");
const ask = (texts) =>
	execFileSync(fixture, ["emotion", "models/emotion.heedmodel"], { input: `${texts.join("\n")}\n`, maxBuffer: 1 << 26 })
		.toString()
		.split("\n")
		.slice(0, -1);

const groups = {
	anger: [2, 3, 10], disgust: [11], fear: [14, 19], joy: [0, 1, 4, 5, 8, 13, 15, 17, 18, 20, 21, 23],
	sadness: [9, 12, 16, 24, 25], surprise: [6, 7, 22, 26], neutral: [27],
};
const floors = { anger: 0.5, disgust: 0.43, fear: 0.59, joy: 0.79, sadness: 0.54, surprise: 0.57, neutral: 0.65 };

test("reaches_its_F1_on_goemotions", { skip: missing("goemotions/test.csv") }, () => {
	const data = rows("goemotions/test.csv");
	const said = ask(data.map((r) => oneLine(r.text) || "-"));
	let sum = 0;
	for (const [emotion, labels] of Object.entries(groups)) {
		let both = 0, either = 0;
		data.forEach((r, i) => {
			const is = r.labels.split(",").some((l) => labels.includes(Number(l)));
			const found = said[i].includes(`${emotion}=`);
			both += is && found;
			either += is + found;
		});
		const f1 = (2 * both) / either;
		sum += f1;
		console.log(`# ${emotion}: F1 ${f1.toFixed(3)}`);
		assert.ok(f1 >= floors[emotion], emotion);
	}
	console.log(`# macro-F1 of seven groups: ${(sum / 7).toFixed(4)}; unclear: ${(said.filter((s) => s.startsWith("mood")).length / said.length).toFixed(3)}`);
	assert.ok(sum / 7 >= 0.598);
	told("en", "emotion", "goemotions", sum / 7, data.length);
});

test("tells_the_mood_of_plain_sentences", () => {
	const wanted = {
		frustrated: ["I am so angry about this", "This is disgusting and I hate it", "I am really disappointed and sad"],
		confused: ["I don't understand, I'm so confused by this", "I'm confused about what this means"],
		worried: ["I am afraid that this is dangerous", "I'm terrified of losing my data"],
		delighted: ["I love it, thank you so much!", "Amazing, great work!"],
	};
	for (const [mood, texts] of Object.entries(wanted))
		ask(texts).forEach((line, i) => assert.ok(line.endsWith(`mood=${mood}`), `${texts[i]}: ${line}`));
});
