// tests/browser/scenes/share.mjs - the share screen: each way to ask, and what stands in its way.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

async function labels(page) {
	await page.getByRole("combobox", { name: "Channel" }).fill("qr");
	await page.getByLabel("Source").fill("Café Grün, Tisch 7");
	await page.keyboard.press("Escape");
}

const places = (count) => async (page) => {
	const all = Array.from({ length: count }, (_, i) => `Table ${i + 1}`);
	await page.getByLabel("Places").fill(all.join("\n"));
};

/** A file as somebody chooses it. */
const list = (text) => async (page) => {
	const chooser = page.waitForEvent("filechooser");
	await page.getByRole("button", { name: "List of people as CSV" }).click();
	await (await chooser).setFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
};

const people = (count) => Array.from({ length: count }, (_, i) => `p${i}@example.com,Person ${i}`).join("\n");

const sent = (text, seen) => async (page) => {
	await list(text)(page);
	await page.getByRole("button", { name: "Make the links" }).click();
	await page.getByText(seen).first().waitFor();
};

async function secret(page) {
	await page.getByRole("switch").click();
	const make = page.getByRole("button", { name: "Make the secret" });
	await make.or(page.getByText("On your server", { exact: true })).first().waitFor();
	if (await make.count()) await make.click();
	await page.getByText("On your server", { exact: true }).waitFor();
}

const samples = (page) => page.frameLocator("iframe").getByRole("button", { name: "9", exact: true }).waitFor();

export async function scenes(heed) {
	const live = await makeSurvey(heed, { properties: ["plan"] }, { slug: "share-live", name: "All customers" });
	const draft = await makeSurvey(heed, {}, { slug: "share-draft", name: "After support", state: "draft" });
	const path = (way, survey = live) => `/surveys/${survey.id}/share${way ? `?way=${way}` : ""}`;
	const mixed = `email,name\n${people(5)}\nnobody,Nobody\n,\n`;
	return [
		{ name: "link", path: path() },
		{ name: "link with labels", path: path(), act: labels },
		{ name: "link of a draft, in German", path: path("", draft), locale: "de-DE" },
		{ name: "sheet, empty", path: path("sheet") },
		{ name: "sheet, a hundred", path: path("sheet"), act: places(100) },
		{ name: "people, empty", path: path("people") },
		{ name: "people, chosen, in German", path: path("people"), locale: "de-DE" },
		{ name: "people, made", path: path("people"), act: sent(mixed, "5 links are ready") },
		{ name: "people, no column", path: path("people"), act: sent("contact\nann@example.com\n", "No column is called"), expected: /422/ },
		{ name: "mail, personal", path: path("mail"), act: (page) => page.getByText("Copy HTML").waitFor() },
		{
			name: "mail, public",
			path: path("mail"),
			act: async (page) => {
				await page.getByText("The same for all").click();
				await page.getByText("Copy HTML").waitFor();
			},
		},
		{ name: "mail, failed", path: path("mail"), before: failing("**/mail-block*"), expected: /503/ },
		{ name: "site, window", path: path("site"), act: samples },
		{
			name: "site, in the page",
			path: path("site"),
			act: async (page) => {
				await page.getByText("In a place of the page").click();
				await samples(page);
			},
		},
		{ name: "site, draft", path: path("site", draft) },
		{ name: "site, identity", path: path("site"), act: secret },
		{ name: "for a viewer", path: path(), role: "viewer" },
		{ name: "failed", path: path(), before: failing("**/api/v1/surveys/*"), expected: /503/ },
		{ name: "loading", path: path(), before: silent("**/api/v1/surveys/*") },
		{ name: "no such survey", path: "/surveys/1/share", expected: /404/ },
	];
}
