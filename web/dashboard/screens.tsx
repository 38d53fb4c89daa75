// web/dashboard/screens.tsx - every screen: where it is, what it is called, whose it is, and where its code is.
//
// `words` names its area of words, fetched with it, and its name in the navigation: frame's nav_{words}. The first path
// that fits wins. docs/dashboard.md tells how to add one.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { IconFileImport, IconGauge, IconListDetails, IconMessages, IconSettings } from "@tabler/icons-react";
import { type ComponentType, lazy } from "react";
import type { Role } from "./api.ts";
import type { Areas } from "./generated/areas.ts";
import type { Language } from "./language.tsx";
import { needWords } from "./words.ts";

type Icon = typeof IconGauge;

interface Row {
	path: string; // as wouter has it: /answers/:id
	words: keyof Areas;
	/** Without it the screen is reached from others alone. `key` follows g: "g o". `to` where path has parameters. */
	nav?: { icon: Icon; key: string; to?: string };
	/** Who may see it; without it everyone who is signed in. The server refuses the rest in any case. */
	roles?: Role[];
	/** Further areas of words that it begins with. */
	more?: (keyof Areas)[];
	/** Without header and navigation. */
	bare?: boolean;
	/** Stays as it is when one goes from one of its own paths to another, such as from a list to a row of it. */
	stays?: boolean;
	load: () => Promise<{ default: ComponentType }>;
}

const manage: Role[] = ["owner", "admin"];
const build: Role[] = [...manage, "analyst"];

const rows: Row[] = [
	{
		path: "/",
		words: "overview",
		more: ["filter"],
		nav: { icon: IconGauge, key: "o" },
		load: () => import("./screens/overview.tsx"),
	},
	{ path: "/surveys/:id/funnel", words: "funnel", more: ["surveys"], load: () => import("./screens/funnel.tsx") },
	{
		path: "/answers/:id?",
		words: "answers",
		nav: { icon: IconMessages, key: "a", to: "/answers" },
		roles: ["owner", "admin", "analyst", "agent"],
		stays: true,
		load: () => import("./screens/answers.tsx"),
	},
	{
		path: "/surveys",
		words: "surveys",
		nav: { icon: IconListDetails, key: "s" },
		roles: ["owner", "admin", "analyst", "agent"],
		load: () => import("./screens/surveys.tsx"),
	},
	{
		path: "/surveys/:id",
		words: "editor",
		roles: ["owner", "admin", "analyst"],
		load: () => import("./screens/survey_editor.tsx"),
	},
	{
		path: "/import",
		words: "import",
		nav: { icon: IconFileImport, key: "i" },
		roles: ["owner", "admin", "analyst"],
		load: () => import("./screens/import.tsx"),
	},
	{
		path: "/settings",
		words: "settings",
		nav: { icon: IconSettings, key: "," },
		load: () => import("./screens/settings.tsx"),
	},
	{ path: "/settings/profile", words: "settings", load: () => import("./screens/settings_profile.tsx") },
	{ path: "/settings/workspace", words: "settings", roles: manage, load: () => import("./screens/settings_workspace.tsx") },
	{ path: "/settings/brands", words: "settings", roles: build, load: () => import("./screens/settings_brands.tsx") },
	{ path: "/settings/journey", words: "settings", roles: build, load: () => import("./screens/settings_journey.tsx") },
	{ path: "/settings/people", words: "settings", roles: manage, load: () => import("./screens/settings_people.tsx") },
	{ path: "/settings/teams", words: "settings", roles: manage, load: () => import("./screens/settings_teams.tsx") },
	{ path: "/settings/keys", words: "settings", roles: manage, load: () => import("./screens/settings_keys.tsx") },
	{ path: "/settings/audit", words: "settings", roles: manage, load: () => import("./screens/settings_audit.tsx") },
	{ path: "/setup", words: "settings", roles: manage, bare: true, load: () => import("./screens/setup.tsx") },
	{ path: "/surveys/:id/share", words: "share", more: ["surveys"], load: () => import("./screens/share.tsx") },
];

export interface Screen extends Row {
	Component: ComponentType;
}

/** "/answers/:id?" as a pattern of paths. */
const patternOf = (path: string): RegExp =>
	new RegExp(`^${path.replace(/\/:\w+\?/g, "(?:/[^/]+)?").replace(/:\w+/g, "[^/]+").replaceAll("*", ".*")}/?$`);

/** Fetches the code and the words of what is at a path, before anything is drawn. */
export function needScreen(path: string, language: Language): void {
	const screen = screens.find((one) => patternOf(one.path).test(path));
	if (!screen) return;
	void screen.load().catch(() => undefined); // who shows it hears of it
	for (const area of [screen.words, ...(screen.more ?? [])]) void needWords(area, language).catch(() => undefined);
}

export const screens: Screen[] = rows.map((row) => ({ ...row, Component: lazy(row.load) }));
