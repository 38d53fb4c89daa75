// tests/browser/scenes/funnel.mjs - the funnel of a survey from nobody to many, with personal links and without displays.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes } from "node:crypto";
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

/** The number of a page, as the server makes it. */
function pageNumber() {
	const bytes = Buffer.concat([Buffer.alloc(8), randomBytes(12)]);
	bytes.writeBigUInt64BE(BigInt(Date.now()));
	return bytes.subarray(2).toString("base64url");
}

function post(heed, path, fields) {
	return heed.ask("POST", path, new URLSearchParams({ n: pageNumber(), ...fields }).toString(), {
		key: null,
		headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
	});
}

async function fill(heed, path) {
	for (const [channel, times] of [["email", 60], ["qr", 24], ["in-app", 140]]) {
		for (let i = 0; i < times; i++) {
			if (i % 3) await post(heed, `${path}/shown`, { c: channel });
			else
				await post(heed, path, {
					js: "1",
					proof: "tap",
					p_channel: channel,
					score: String((i * 7) % 11),
					...(i % 2 && { comment: "Fine", a_ease: "4" }),
					...(i % 4 === 0 && { done: "1" }),
				});
		}
	}
	await post(heed, path, { js: "1", proof: "tap", p_channel: "in-app", dismissed: "1" });
}

export async function scenes(heed) {
	const questions = [
		{ key: "ease", kind: "rating", text: "How easy was it to reach somebody who could help you?" },
		{ key: "why", kind: "rating", text: "How much time did it cost you?", groups: ["detractors"] },
	];
	const much = await makeSurvey(heed, { questions }, { slug: "much", name: "After a call with our support" });
	await fill(heed, `/s/${much.slug}`);
	for (let i = 0; i < 12; i++) {
		const { json } = await heed.post("/api/v1/links", { survey: "much", channel: "sms" });
		if (i < 4) await post(heed, new URL(json.url).pathname, { js: "1", proof: "tap", score: "9" });
	}
	for (let i = 0; i < 3; i++) await heed.post("/api/v1/responses", { survey: "much", score: 8 });
	const imported = await makeSurvey(heed, {}, { slug: "imported", name: "From elsewhere" });
	for (let i = 0; i < 6; i++) await heed.post("/api/v1/responses", { survey: "imported", score: 8 });
	const empty = await makeSurvey(heed, {}, { slug: "nobody", name: "New" });
	const at = (survey) => `/surveys/${survey.id}/funnel`;
	const asked = "**/api/v1/surveys/*/funnel*";
	return [
		{ name: "much", path: at(much) },
		{ name: "much, in German", path: at(much), locale: "de-DE" },
		{ name: "what it is", path: at(much), act: (page) => page.getByRole("button", { name: "What is this?" }).click() },
		{ name: "a viewer", path: at(much), role: "viewer" },
		{ name: "displays unknown", path: at(imported) },
		{ name: "nobody yet", path: at(empty) },
		{ name: "failed", path: at(much), before: failing(asked), expected: /503/ },
		{ name: "loading", path: at(much), before: silent(asked) },
	];
}
