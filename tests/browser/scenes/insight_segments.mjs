// tests/browser/scenes/insight_segments.mjs - segments: of two years, of two hundred values, of two attributes, of few, of none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const open = (page, name) => page.getByRole("button", { name, exact: true }).first().click();

/** Always the same numbers that look like chance. */
function dice(seed) {
	let state = seed;
	return (n) => {
		state = (state * 1103515245 + 12345) % 2147483648;
		return Math.floor((state / 2147483648) * n);
	};
}

/** Two hundred cities in five regions, of very different size; two differ from the others. */
function cities() {
	const roll = dice(7);
	const rows = ["score,city,region,submitted_at"];
	for (let city = 0; city < 200; city++) {
		const unlike = { 3: 9, 11: 2 }[city];
		const n = unlike ? 90 : 4 + roll(4) * roll(5) * roll(6);
		const name = city === 5 ? "Llanfairpwllgwyngyllgogerychwyrndrobwll" : `City ${city}`;
		for (let i = 0; i < n; i++) {
			const score = roll(10) < (unlike ?? 5) ? 9 + roll(2) : roll(9);
			rows.push(`${score},${name},${["North", "South", "East", "West", ""][city % 5]},2026-0${1 + roll(9)}-1${roll(10)}`);
		}
	}
	return `${rows.join("\n")}\n`;
}

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few", name: "A few", kind: "transactional", touchpoint: "support" });
	for (let i = 0; i < 7; i++)
		await heed.post("/api/v1/responses", { survey: "few", score: (i * 3) % 11, comment: i % 2 ? "Fine" : undefined });
	await makeSurvey(heed, {}, { slug: "cities", name: "Every city" });
	const file = join(heed.dir, "cities.csv");
	writeFileSync(file, cities());
	heed.mustRun("import", file, "--survey", "cities", "--workspace", "Acme");
	for (let i = 0; i < 6; i++)
		await heed.post("/api/v1/responses", {
			survey: "cities",
			score: 9,
			properties: { city: "City 1" },
			person: { external_id: `moved ${i}`, traits: { city: "City 2" } },
		});
	const path = "/insight/segments";
	const many = `${path}?period=all&by=property.city`;
	return [
		{ name: "segments", path, in: "demo" },
		{ name: "segments, in German", path: `${path}?by=property.plan`, in: "demo", locale: "de-DE" },
		{ name: "segments as a table", path, in: "demo", act: (page) => open(page, "As a table") },
		{ name: "what a figure is, one vote a person", path: `${path}?vote=person`, in: "demo", act: (page) => open(page, "What is this?") },
		{ name: "how segments are compared", path, in: "demo", act: (page) => page.getByText("How we know").click() },
		{ name: "segments of two attributes", path: `${path}?by=property.plan&and=channel`, in: "demo" },
		{
			name: "two hundred segments, by keyboard",
			path: many,
			act: async (page) => {
				await page.getByRole("button", { name: /^Show all/ }).click();
				await page.getByRole("listbox").focus();
				for (const key of ["End", "ArrowLeft"]) await page.keyboard.press(key);
			},
		},
		{ name: "two hundred segments as they are now", path: `${path}?period=all&by=trait.city` },
		{
			name: "answers of how long people were customers",
			path: `${path}?by=tenure`,
			in: "demo",
			act: async (page) => {
				await page.locator(".scored-open").first().click();
				await page.locator("dialog .answer").first().waitFor();
			},
		},
		{ name: "two hundred segments by region", path: `${many}&and=property.region` },
		{ name: "one segment", path: `${path}?period=all&by=channel&channel=import` },
		{ name: "segments of few", path: `${path}?period=all&touchpoint=support` },
		{ name: "segments of few, for a viewer", path: `${path}?period=all&touchpoint=support`, role: "viewer" },
		{ name: "segments of none", path, in: "empty" },
		{ name: "segments failed", path, before: failing("**/api/v1/insights/segments*"), expected: /503/ },
		{ name: "segments loading", path, before: silent("**/api/v1/insights/segments*") },
	];
}
