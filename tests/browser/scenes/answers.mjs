// tests/browser/scenes/answers.mjs - the answers: none, some, thousands, one of them in every state, the bin, dialogs.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { made } from "../../http/harness.mjs";
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const questions = [
	{ key: "ease", kind: "rating", text: "How easy was it?" },
	{
		key: "reason",
		kind: "choice",
		text: "What mattered most?",
		choices: [
			{ key: "price", text: "The price" },
			{ key: "speed", text: "How fast it went" },
		],
	},
];

/** Of everything an answer can be; gives their ids by what they are. */
async function fill(heed) {
	const survey = await makeSurvey(heed, { questions }, { slug: "customers", name: "All customers" });
	const person = { email: "ada@example.com", name: "Ada Lovelace", phone: "+49 30 1234567", account: "Analytical Engines" };
	const give = (body) => made(heed.post("/api/v1/responses", { survey: survey.slug, ...body }));
	const act = (body) => made(heed.post("/api/v1/responses/actions", body));
	const note = (id, text) => made(heed.post(`/api/v1/responses/${id}/notes`, { text }));
	const before = await give({ score: 6, comment: "Too slow.", person });
	const plain = await give({ score: 8 });
	const words = await give({ comment: "مرحبا، الخدمة ممتازة", language: "ar" });
	const long = await give({ score: 2, comment: "It took far too long until somebody answered. ".repeat(210), person: { name: "Bo" } });
	const formula = await give({ score: 5, comment: '=HYPERLINK("http://x","y")' });
	const rich = await give({
		score: 3,
		comment: "Delivery to İstanbul took three weeks,\nand nobody told me why.",
		language: "en",
		channel: "email",
		person,
		answers: { ease: 2, reason: "speed" },
		properties: { plan: "Pro", seats: 12, vip: true, "delivery note": "left with the neighbours on the ground floor" },
	});
	await made(heed.ask("PATCH", `/api/v1/responses/${rich.id}`, { score: 4 }));
	await act({ action: "star", ids: [rich.id] });
	for (const tag of ["Delivery", "Call back", "Istanbul"]) await act({ action: "tag", tag, ids: [rich.id] });
	await act({ action: "tag", tag: "A tag of fifty characters, which is the very most", ids: [long.id] });
	await note(rich.id, "Called on Monday, she was glad.\n@owner@example.com please send the voucher.");
	const call = await give({
		score: 2,
		language: "en",
		comment: "[10:03] Agent: Thank you for calling, how may I help?\n[10:04] Customer: The app crashes all day.\n[10:05] Agent: Oh, I see.\n[10:06] Customer: And support took ages to reply.",
	});
	const left = await give({ score: 0, comment: "test test" });
	await act({ action: "exclude", reason: "Our own staff", ids: [left.id] });
	const binned = await give({ score: 1, comment: "Buy my pills" });
	await act({ action: "delete", ids: [binned.id] });
	return { before, plain, words, long, formula, rich, call, left, binned };
}

const press = (...keys) => async (page) => {
	await page.waitForSelector(".aw-row");
	for (const key of keys) await page.keyboard.press(key);
};
const open = (page) => page.waitForSelector(".aw-body");

export async function scenes(heed) {
	const all = await fill(heed);
	const one = (name) => `/answers/${all[name].id}`;
	const responses = "**/api/v1/responses?*";
	return [
		{ name: "empty", path: "/answers", in: "empty", act: (page) => page.waitForSelector(".empty") },
		{ name: "few", path: "/answers", act: (page) => page.waitForSelector(".aw-row") },
		{ name: "much", path: "/answers", in: "demo", act: (page) => page.waitForSelector(".aw-row") },
		{ name: "much, in German", path: "/answers?period=all", in: "demo", locale: "de-DE", act: (page) => page.waitForSelector(".aw-row") },
		{ name: "nothing fits", path: "/answers?group=promoters&from=2020-01-01&to=2020-01-02", act: (page) => page.waitForSelector(".empty") },
		{ name: "one with all it knows", path: one("rich"), act: open },
		{ name: "one with all it knows, in German", path: one("rich"), locale: "de-DE", act: open },
		{ name: "one of 10,000 characters", path: one("long"), act: open },
		{ name: "one from right to left", path: one("words"), act: open },
		{ name: "one with a formula", path: one("formula"), act: open },
		{ name: "a conversation", path: one("call"), act: open },
		{ name: "a conversation, in German", path: one("call"), locale: "de-DE", act: open },
		{ name: "one that was left out", path: one("left"), act: open },
		{ name: "one in the bin", path: one("binned"), act: open },
		{ name: "one that is not there", path: "/answers/4711", act: (page) => page.waitForSelector(".empty"), expected: /404/ },
		{ name: "the bin", path: "/answers?view=bin", act: (page) => page.waitForSelector(".aw-row") },
		{ name: "the bin is empty", path: "/answers?view=bin", in: "empty", act: (page) => page.waitForSelector(".empty") },
		{ name: "selected", path: "/answers", in: "demo", act: press("j", "x", "j", "x") },
		{ name: "reason", path: "/answers", act: press("j", "e") },
		{ name: "tag", path: "/answers", act: press("j", "t") },
		{
			name: "tags of the workspace",
			path: "/answers",
			act: async (page) => {
				await page.click("text=Tags");
				await page.waitForSelector(".aw-tag-list li");
			},
		},
		{
			name: "a colleague is called",
			path: one("rich"),
			act: async (page) => {
				await open(page);
				await page.fill("textarea", "Please look, @own");
				await page.waitForSelector(".note-field [role=option]");
				await page.evaluate(() => window.scrollTo(0, 0));
			},
		},
		{
			name: "notes that call",
			path: one("long"),
			act: async (page) => {
				await page.click(".bell");
				await page.waitForSelector(".mentions li");
			},
		},
		{
			name: "nobody has called",
			path: "/answers",
			in: "empty",
			act: async (page) => {
				await page.click(".bell");
				await page.waitForSelector("text=Nobody has mentioned you yet");
			},
		},
		{ name: "failed", path: "/answers", before: failing(responses), expected: /503/, act: (page) => page.waitForSelector("[role=alert]") },
		{ name: "loading", path: "/answers", before: silent(responses) },
		{ name: "the answer failed", path: one("rich"), before: failing(`**/api/v1/responses/${all.rich.id}`), expected: /503/, act: (page) => page.waitForSelector("[role=alert]") },
		{ name: "for a viewer", path: "/answers", role: "viewer" },
	];
}
