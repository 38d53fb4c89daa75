// tests/browser/scenes/settings.mjs - the settings and the set-up, from nothing to much, and refused.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { failing, silent } from "../house.mjs";
import { makeSurvey } from "../kit.mjs";

async function fill(heed) {
	for (const [name, role] of [["anna.schmidt", "admin"], ["a-very-long-address-of-somebody-who-works-here", "analyst"]])
		heed.mustRun("user", "add", `${name}@example.com`, "--role", role, "--workspace", "Acme");
	await makeSurvey(heed, {}, { slug: "customers", name: "All customers" });
	await heed.post("/api/v1/teams", { name: "Berlin", scope: { surveys: ["customers"], properties: { city: ["Berlin", "Potsdam"] } } });
	await heed.post("/api/v1/invites", { email: "new.colleague@example.com", role: "agent" });
	await heed.post("/api/v1/brands", { name: 'Müller & Söhne "Best" <b>', colour: "#ffd400" });
	for (const city of ["Berlin", "Potsdam", "Munich"]) await heed.post("/api/v1/responses", { survey: "customers", score: 9, properties: { city } });
	await heed.post("/api/v1/keys", { name: "Shop", scope: "write" });
	for (let i = 0; i < 60; i++) await heed.ask("PATCH", "/api/v1/workspace", { week_start: i % 2 });
}

export async function scenes(heed) {
	await fill(heed);
	const click = (name) => async (page) => {
		await page.getByRole("button", { name, exact: true }).first().click();
		await page.waitForTimeout(300);
	};
	return [
		{ name: "index", path: "/settings" },
		{ name: "index of a viewer", path: "/settings", role: "viewer" },
		{ name: "profile", path: "/settings/profile" },
		{ name: "profile, in German", path: "/settings/profile", locale: "de-DE" },
		{
			name: "profile, setting up two steps",
			path: "/settings/profile",
			act: async (page) => {
				await click("Set it up")(page);
				await page.waitForSelector(".qr");
			},
		},
		{ name: "workspace", path: "/settings/workspace" },
		{ name: "workspace, in German", path: "/settings/workspace", locale: "de-DE" },
		{ name: "workspace, failed", path: "/settings/workspace", before: failing("**/api/v1/workspace"), expected: /503/ },
		{ name: "workspace, loading", path: "/settings/workspace", before: silent("**/api/v1/workspace") },
		{
			name: "workspace, address refused",
			path: "/settings/workspace",
			act: async (page) => {
				await page.getByLabel("Address", { exact: true }).fill("https://nps.example.com/path");
				await page.locator(".part", { hasText: "Public address" }).getByRole("button").click();
				await page.getByText("An address is https:// or http:// and a name").waitFor();
			},
			expected: /422/,
		},
		{ name: "brands", path: "/settings/brands" },
		{ name: "brands, one more", path: "/settings/brands", act: click("Add a brand") },
		{ name: "journey", path: "/settings/journey" },
		{ name: "languages", path: "/settings/languages" },
		{ name: "languages, none read yet", path: "/settings/languages", in: "empty" },
		{ name: "languages, in German", path: "/settings/languages", locale: "de-DE" },
		{ name: "languages, turning one off", path: "/settings/languages", act: async (page) => page.getByRole("switch", { name: "Read comments in English" }).uncheck({ force: true }) },
		{ name: "languages, failed", path: "/settings/languages", before: failing("**/api/v1/reading/coverage"), expected: /503/ },
		{ name: "people, alone", path: "/settings/people", in: "empty" },
		{ name: "people", path: "/settings/people" },
		{ name: "people, in German", path: "/settings/people", locale: "de-DE" },
		{
			name: "people, invited",
			path: "/settings/people",
			act: async (page) => {
				await page.getByLabel("Email").fill(`guest${Math.random().toString(36).slice(2)}@example.com`);
				await click("Make a link")(page);
				await page.getByTestId("invite-link").waitFor();
			},
		},
		{ name: "people, failed", path: "/settings/people", before: failing("**/api/v1/members"), expected: /503/ },
		{ name: "teams, none", path: "/settings/teams", in: "empty" },
		{ name: "teams, a new one in German", path: "/settings/teams", in: "empty", locale: "de-DE", act: click("Team hinzufügen") },
		{ name: "teams", path: "/settings/teams" },
		{ name: "teams, changing one", path: "/settings/teams", act: click("Change Berlin") },
		{
			name: "teams, choosing values",
			path: "/settings/teams",
			act: async (page) => {
				await page.getByRole("button", { name: "Change Berlin" }).click();
				await page.locator(".fact-field", { hasText: "Values: choose" }).locator("input:not([type=hidden])").click();
				await page.getByRole("option").first().waitFor();
			},
		},
		{ name: "keys, none", path: "/settings/keys", in: "empty" },
		{ name: "keys", path: "/settings/keys" },
		{ name: "keys, revoking", path: "/settings/keys", act: click("Revoke Shop") },
		{ name: "audit", path: "/settings/audit" },
		{ name: "audit, nothing", path: "/settings/audit?actor=nobody" },
		{ name: "audit, loading", path: "/settings/audit", before: silent("**/api/v1/audit*") },
		{ name: "set-up, you", path: "/setup", in: "empty" },
		{ name: "set-up, brand", path: "/setup", act: click("Step 2 of 5: Brand") },
		{ name: "set-up, region", path: "/setup", act: click("Step 3 of 5: Region") },
		{ name: "set-up, address", path: "/setup", act: click("Step 4 of 5: Address") },
		{ name: "set-up, first survey", path: "/setup", in: "empty", act: click("Step 5 of 5: Survey") },
		{ name: "set-up, waiting for the answer", path: "/setup", act: click("Step 5 of 5: Survey") },
		{ name: "set-up, in German", path: "/setup", in: "empty", locale: "de-DE" },
		{ name: "demo's notice", path: "/settings", in: "demo" },
	];
}
