// tests/browser/scenes.mjs - every page and state that a respondent can meet, for axe-core and for the contact sheet.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { crc32, deflateSync } from "node:zlib";
import { alter, makeLink, makeSurvey } from "./kit.mjs";

export const questions = [
	{
		key: "what",
		kind: "choice",
		text: "Which of these mattered most?",
		choices: [
			{ key: "price", text: "Price" },
			{ key: "people", text: "The people I dealt with" },
			{ key: "quality", text: "Quality of the product, also after a long time of daily use" },
		],
	},
	{ key: "ease", kind: "rating", text: "How easy was it to place your order?", required: true },
];

const asForm = { key: null, headers: { "Content-Type": "application/x-www-form-urlencoded" } };
const tap = "js=1&proof=tap";

/** A PNG of one colour: a brand's logo as the page may have to show it. */
function makeLogo(width, height, [red, green, blue]) {
	const part = (name, bytes) => {
		const named = Buffer.concat([Buffer.from(name), bytes]);
		const out = Buffer.alloc(named.length + 8);
		out.writeUInt32BE(bytes.length, 0);
		named.copy(out, 4);
		out.writeUInt32BE(crc32(named), named.length + 4);
		return out;
	};
	const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]);
	const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))]);
	const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
	const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([magic, part("IHDR", head), part("IDAT", rows), part("IEND", Buffer.alloc(0))]);
}

async function brandOf(heed, name, colour, logo) {
	const r = await heed.post("/api/v1/brands", { name, colour });
	if (r.status !== 201) throw new Error(`brand: ${r.status} ${r.text}`);
	if (!logo) return name;
	const put = await heed.ask("PUT", `/api/v1/brands/${r.json.id}/logo`, logo, { headers: { "Content-Type": "image/png" } });
	if (put.status >= 300) throw new Error(`logo: ${put.status} ${put.text}`);
	return name;
}

async function answered(heed, path, body) {
	const r = await heed.post(path, `${tap}&${body}`, asForm);
	if (r.status !== 303) throw new Error(`answer: ${r.status} ${r.text}`);
	return r.headers.location;
}

/** [{ name, path, act(page) }] */
export async function scenes(heed) {
	const sun = await brandOf(heed, "Sunny Side Bakery", "#ffd400");
	const night = await brandOf(heed, "Nocturne", "#1a1423");
	const drawn = await brandOf(heed, "Drawn", "#0f766e", makeLogo(160, 40, [15, 118, 110]));
	const plain = await makeSurvey(heed);
	const logo = await makeSurvey(heed, {}, { brand: drawn });
	const yellow = await makeSurvey(heed, {}, { brand: sun });
	const dark = await makeSurvey(heed, { questions }, { brand: night });
	const link = makeLink(heed, plain, "--email", "ann@example.com");
	const move = (survey, to) => heed.post(`/api/v1/surveys/${survey.id}/${to}`);
	const [closed, paused, final, gone] = [
		await makeSurvey(heed),
		await makeSurvey(heed, {}, { brand: sun }),
		await makeSurvey(heed),
		await makeSurvey(heed),
	];
	await move(closed, "close");
	await move(paused, "pause");
	const old = await answered(heed, final.path, "score=9&comment=Kind+people.%0AQuick+delivery.&done=1");
	alter(heed, `UPDATE response SET created_at = created_at - 2678400000000 WHERE survey_id = ${final.id}`);
	const expired = makeLink(heed, gone);
	alter(heed, `UPDATE invitation SET expires_at = 1 WHERE survey_id = ${gone.id}`);
	const revoked = makeLink(heed, gone);
	alter(heed, `UPDATE invitation SET state = 3 WHERE survey_id = ${gone.id} AND expires_at > 1`);
	const leads = await makeSurvey(heed, { thanks_button: { all: { text: "To the bakery’s own shop", url: "https://example.com/" } } }, { brand: sun });
	const [full, early, tried] = [await makeSurvey(heed), await makeSurvey(heed), await makeSurvey(heed, {}, { state: "draft" })];
	await heed.post("/api/v1/responses", { survey: full.slug, score: 9 });
	for (const [survey, limit] of [[full, { max_answers: 1 }], [early, { opens_at: "2099-01-01T00:00:00Z" }]]) {
		await heed.ask("PUT", `/api/v1/surveys/${survey.id}/draft`, { revision: 0, definition: {}, ...limit });
		await move(survey, "publish");
	}
	const trial = (await heed.get(`/api/v1/surveys/${tried.id}/test-link`)).json;
	const score = (n) => async (page) => {
		await page.click(`#scale button[value="${n}"]`);
		await page.waitForURL(/\/a\//);
	};
	return [
		{ name: "ask", path: plain.path },
		{ name: "ask-yellow", path: yellow.path },
		{ name: "ask-logo", path: logo.path },
		{ name: "prefilled", path: `${link}?score=9` },
		{ name: "promoter", path: plain.path, act: score(9) },
		{ name: "detractor-questions", path: dark.path, act: score(3) },
		{
			name: "ask-once-more",
			path: dark.path,
			act: async (page) => {
				await score(7)(page);
				await page.click("#send");
				await page.waitForSelector("#once:visible");
			},
		},
		{
			name: "unsent",
			path: yellow.path,
			act: async (page) => {
				await page.route("**/s/*", (route) => route.abort());
				await page.click('#scale button[value="10"]');
				await page.fill("#comment", "The croissants, and that somebody always smiles.");
				await page.waitForFunction(() => document.getElementById("status").textContent !== "");
			},
		},
		{ name: "thanks", path: await answered(heed, plain.path, "score=10&comment=All+of+it&done=1") },
		{ name: "final", path: old },
		{ name: "thanks-button", path: await answered(heed, leads.path, "score=10&comment=All+of+it&done=1") },
		{ name: "test", path: new URL(trial.url).pathname },
		{ name: "full", path: full.path },
		{ name: "early", path: early.path },
		{ name: "closed", path: closed.path },
		{ name: "paused", path: paused.path },
		{ name: "expired", path: expired },
		{ name: "revoked", path: revoked },
		{ name: "unknown", path: "/s/nowhere" },
		{ name: "tampered", path: `${link.slice(0, -1)}` },
		...["de", "fr", "es", "it", "pt", "nl", "ja", "ar"].flatMap((code) => [
			{ name: `ask-${code}`, path: `${plain.path}?lang=${code}` },
			{
				name: `once-${code}`,
				path: `${plain.path}?lang=${code}`,
				act: async (page) => {
					await score(code === "ar" ? 8 : 6)(page);
					await page.click("#send");
				},
			},
			{ name: `tampered-${code}`, path: `/r/x?lang=${code}` },
			{ name: `test-${code}`, path: `${new URL(trial.url).pathname}?lang=${code}` },
		]),
		...["de", "ar"].flatMap((code) => [
			{ name: `full-${code}`, path: `${full.path}?lang=${code}` },
			{ name: `early-${code}`, path: `${early.path}?lang=${code}` },
		]),
	];
}
