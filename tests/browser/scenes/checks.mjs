// tests/browser/scenes/checks.mjs - shares that people check: on the themes' page, while a sample is read, when it is read, and what fails.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { made } from "../../http/harness.mjs";
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const comments = ["Support took forever to reply.", "The app is easy to use and I love it.", "Too expensive for what it does, and billing is a mess.", "It crashed twice on Monday."];

async function given(heed, slug) {
	await makeSurvey(heed, {}, { slug, name: slug });
	for (let i = 0; i < 90; i++)
		await made(heed.post("/api/v1/responses", { survey: slug, score: i % 3 ? 3 : 9, comment: `${comments[i % comments.length]} No. ${i}`, language: "en" }));
	for (;;) {
		const { comments: told } = await made(heed.get(`/api/v1/insights/themes?survey=${slug}`));
		if (told.not_read === 0) return;
		await new Promise((wake) => setTimeout(wake, 50));
	}
}

const period = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10);

async function drawn(heed, slug, group) {
	return made(heed.post(`/api/v1/checks?survey=${slug}&from=${period}`, { group }));
}

async function readAll(heed, check) {
	for (let after = -1; ; ) {
		const page = await made(heed.get(`/api/v1/checks/${check.id}/comments?after=${after}&limit=50`));
		for (const one of page.texts) {
			const themes = page.asked.filter((theme) => one.text.toLowerCase().includes({ app: "app", price: "expensive", support_speed: "support" }[theme.code] ?? "\0"));
			await made(heed.ask("PUT", `/api/v1/checks/${check.id}/comments/${one.response_id}`, { themes: themes.map((theme) => theme.id) }));
		}
		if (!page.more) return;
		after = page.texts.at(-1).place;
	}
}

export async function scenes(heed) {
	await given(heed, "checked");
	const read = await drawn(heed, "checked", "detractors");
	await readAll(heed, read);
	const begun = await drawn(heed, "checked", "promoters");
	const query = `survey=checked&from=${period}`;
	const path = (id) => `/insight/checks/${id}?${query}`;
	const themes = `/insight/themes?${query}`;
	const card = async (page) => {
		await page.waitForSelector(".checks-groups");
		await page.locator("#checks-title").scrollIntoViewIfNeeded();
	};
	const reading = (page) => page.waitForSelector(".checks-theme");
	// The browser's owner has read none: who wrote by the key is somebody else.
	const through = async (page) => {
		await reading(page);
		for (let i = 0; i < 60 && (await page.locator(".checks-found").count()) === 0; i++) {
			await page.keyboard.press("Enter");
			await page.waitForTimeout(20);
		}
		await page.waitForSelector(".checks-table");
	};
	return [
		{ name: "themes with a check", path: themes, act: (page) => page.waitForSelector(".checks-share") },
		{ name: "checks of themes", path: themes, act: card },
		{ name: "checks of themes in German", path: themes, locale: "de-DE", act: card },
		{ name: "checks for a viewer", path: themes, role: "viewer", act: card },
		{ name: "nothing checked", path: "/insight/themes", in: "demo", act: card },
		{
			name: "a theme with a check",
			path: themes,
			act: async (page) => {
				await page.locator("a.themes-name").first().click();
				await page.waitForSelector(".themes-alone .checks-share");
			},
		},
		{ name: "checking", path: path(begun.id), act: reading },
		{
			name: "checking in German",
			path: path(begun.id),
			locale: "de-DE",
			act: async (page) => {
				await reading(page);
				await page.keyboard.press("1");
			},
		},
		{ name: "checking by an agent", path: path(begun.id), role: "agent", act: reading },
		{ name: "checked", path: path(read.id), role: "admin", act: through },
		{ name: "a check that is not there", path: path("123"), expected: /404/ },
		{ name: "checking failed", path: path(begun.id), before: failing("**/api/v1/checks/**"), expected: /503/ },
		{ name: "checking loading", path: path(begun.id), before: silent("**/api/v1/checks/**") },
	];
}
