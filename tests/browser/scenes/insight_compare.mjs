// tests/browser/scenes/insight_compare.mjs - two scores beside each other: periods, segments, kinds, too few, none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

const path = "/insight/compare";
const of = (sides) => `${path}?${new URLSearchParams(Object.fromEntries(Object.entries(sides).map(([side, all]) => [side, typeof all === "string" ? all : `${new URLSearchParams(all)}`])))}`;

export async function scenes(heed) {
	await makeSurvey(heed, {}, { slug: "few", name: "A few" });
	for (let i = 0; i < 7; i++) await heed.post("/api/v1/responses", { survey: "few", score: (i * 3) % 11 });
	return [
		{ name: "compared periods", path, in: "demo" },
		{ name: "compared segments", path: of({ a: { channel: "sms" }, b: { channel: "email" } }), in: "demo" },
		{ name: "a segment against the rest, in German", path: of({ a: { channel: "sms" } }), in: "demo", locale: "de-DE" },
		{ name: "compared kinds", path: of({ a: { touchpoint: "support" }, b: {} }), in: "demo" },
		{ name: "compared days of one's own", path: of({ a: { from: "2026-10-01", to: "2026-10-31", "property.plan": "team" }, b: { from: "2026-03-01", to: "2026-03-31", "property.plan": "free" } }), in: "demo" },
		{ name: "compared as a table", path, in: "demo", act: (page) => page.getByRole("button", { name: "As a table" }).click() },
		{ name: "compared sides that share answers", path: of({ a: { channel: "sms" }, b: {} }), in: "demo", expected: /422/ },
		{ name: "nothing chosen to compare", path: of({ period: "all", a: "" }), in: "demo" },
		{ name: "compared few", path },
		{ name: "compared none", path, in: "empty" },
		{ name: "comparison failed", path, before: failing("**/api/v1/insights/compare*"), expected: /503/ },
		{ name: "comparison loading", path, before: silent("**/api/v1/insights/compare*") },
	];
}
