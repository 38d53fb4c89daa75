// tests/browser/scenes/insight_why.mjs - why the score moved: with two years of answers, with few in either period, with none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const open = (page, name) => page.getByRole("button", { name }).first().click();
const analyst = {
	before: (page) => page.addInitScript(() => localStorage.setItem("heed.analyst_view", "on")),
	act: (page) => page.waitForSelector(".why-drivers, .empty"),
};
const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString();

/** Web answers stay as they are; a new channel brings unhappy ones. */
async function moved(heed) {
	await makeSurvey(heed, {}, { slug: "moved", name: "Moved" });
	const one = (channel, score, ago) => heed.post("/api/v1/responses", { survey: "moved", channel, score, submitted_at: day(ago) });
	for (let i = 0; i < 40; i++) await one("web", i % 4 ? 9 : 4, 45 + (i % 10));
	for (let i = 0; i < 40; i++) await one("web", i % 4 ? 9 : 4, 5 + (i % 10));
	for (let i = 0; i < 20; i++) await one("sms", i % 4 ? 3 : 9, 5 + (i % 10));
}

export async function scenes(heed) {
	await moved(heed);
	const path = "/insight/why";
	const quarter = `${path}?period=last_quarter`;
	return [
		{ name: "why, last quarter", path: quarter, in: "demo" },
		{ name: "why, last quarter, in German", path: quarter, in: "demo", locale: "de-DE" },
		{ name: "why, a year", path, in: "demo" },
		{ name: "why, by country", path: `${quarter}&by=property.country`, in: "demo" },
		{ name: "why, by tenure", path: `${quarter}&by=tenure`, in: "demo" },
		{ name: "why as a table", path: quarter, in: "demo", act: (page) => open(page, "As a table") },
		{ name: "why, with what goes with the score", path: `${path}?kind=transactional&touchpoint=support`, in: "demo", ...analyst },
		{
			name: "why, what goes with the score is of",
			path: `${path}?kind=transactional&touchpoint=support`,
			in: "demo",
			...analyst,
			act: (page) => page.getByRole("button", { name: "What is this?" }).last().click(),
		},
		{ name: "why, without further ratings", path: `${path}?period=30d`, ...analyst },
		{ name: "why, a new channel", path: `${path}?period=30d` },
		{ name: "why, a new channel, for a viewer", path: `${path}?period=30d`, role: "viewer" },
		{ name: "why, few before", path: `${path}?period=90d` },
		{ name: "why, all of time", path: `${path}?period=all`, in: "demo" },
		{ name: "why of none", path, in: "empty" },
		{ name: "why failed", path, before: failing("**/api/v1/insights/why*"), expected: /503/ },
		{ name: "why loading", path, before: silent("**/api/v1/insights/why*") },
	];
}
