// web/dashboard/screens.tsx - every screen: where it is, what it is called, whose it is, and where its code is.
//
// `words` names its area of words, fetched with it, and its name in the navigation: frame's nav_{words}. The first path
// that fits wins. docs/dashboard.md tells how to add one.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { IconBulb, IconFileImport, IconGauge, IconListDetails, IconMessages, IconSettings } from "@tabler/icons-react";
import { type ComponentType, lazy } from "react";
import type { Role } from "./api.ts";
import { fetched } from "./fetched.ts";
import type { Areas } from "./generated/areas.ts";
import type { Language } from "./language.tsx";
import Overview from "./screens/overview.tsx";
import { needWords } from "./words.ts";

type Icon = typeof IconGauge;

interface Row {
	path: string; // as wouter has it: /answers/:id
	words: keyof Areas;
	/** Without it the screen is reached from others alone. `key` follows g: "g o". `to` where path has parameters. */
	nav?: { icon: Icon; key: string; to?: string };
	/** Who may see it; without it everyone who is signed in. The server refuses the rest in any case. */
	roles?: Role[];
	/** Every further area of words that it or its parts use (tests/tools/words.test.mjs looks). */
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
		load: () => Promise.resolve({ default: Overview }), // most begin here: it comes with the frame
	},
	{
		path: "/insight",
		words: "insight",
		more: ["found", "overview", "filter"],
		nav: { icon: IconBulb, key: "n" },
		load: () => import("./screens/found.tsx"),
	},
	{
		path: "/insight/trends",
		words: "insight",
		more: ["trends", "overview", "filter"],
		load: () => import("./screens/trends.tsx"),
	},
	{
		path: "/insight/segments",
		words: "insight",
		more: ["segments", "overview", "filter"],
		load: () => import("./screens/segments.tsx"),
	},
	{
		path: "/insight/compare",
		words: "insight",
		more: ["compare", "overview", "filter"],
		load: () => import("./screens/compare.tsx"),
	},
	{ path: "/insight/themes", words: "insight", more: ["checks", "themes", "taxonomy", "overview", "filter"], load: () => import("./screens/themes.tsx") },
	{
		path: "/insight/words",
		words: "insight",
		more: ["keywords", "compare", "themes", "overview", "filter"],
		roles: [...build, "agent"],
		load: () => import("./screens/keywords.tsx"),
	},
	{
		path: "/insight/themes/edit",
		words: "taxonomy",
		roles: build,
		load: () => import("./screens/theme_editor.tsx"),
	},
	{
		path: "/insight/checks/:id",
		words: "checks",
		more: ["themes"],
		roles: [...build, "agent"],
		bare: true,
		load: () => import("./screens/check.tsx"),
	},
	{
		path: "/insight/themes/:id",
		words: "insight",
		more: ["checks", "themes", "taxonomy", "segments", "overview", "filter"],
		roles: [...build, "agent"],
		load: () => import("./screens/theme.tsx"),
	},
	{ path: "/insight/journey", words: "insight", more: ["overview", "filter", "journey"], load: () => import("./screens/journey.tsx") },
	{ path: "/insight/portfolio", words: "insight", more: ["overview", "filter", "portfolio"], load: () => import("./screens/portfolio.tsx") },
	{ path: "/insight/why", words: "insight", more: ["overview", "filter", "why"], load: () => import("./screens/why.tsx") },
	{
		path: "/insight/quality",
		words: "insight",
		more: ["quality", "segments", "overview", "filter"],
		roles: build,
		load: () => import("./screens/quality.tsx"),
	},
	{
		path: "/insight/planner",
		words: "insight",
		more: ["planner", "overview", "filter"],
		roles: build,
		load: () => import("./screens/planner.tsx"),
	},
	{ path: "/insight/board", words: "insight", more: ["board", "overview", "filter", "why"], load: () => import("./screens/board.tsx") },
	{ path: "/insight/shared", words: "insight", more: ["shared", "filter", "overview", "why", "share"], roles: build, load: () => import("./screens/shared.tsx") },
	{ path: "/surveys/:id/funnel", words: "funnel", more: ["filter", "insight", "overview", "surveys"], load: () => import("./screens/funnel.tsx") },
	{
		path: "/answers/read/:id?",
		words: "reader",
		more: ["answers", "filter", "overview"],
		roles: [...build, "agent"],
		bare: true,
		stays: true,
		load: () => import("./screens/reader.tsx"),
	},
	{
		path: "/answers/:id?",
		words: "answers",
		more: ["filter", "overview"],
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
		more: ["surveys"],
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
	{ path: "/settings/reading", words: "settings", more: ["learnt"], roles: build, load: () => import("./screens/settings_reading.tsx") },
	{ path: "/settings/languages", words: "settings", more: ["filter"], roles: build, load: () => import("./screens/settings_languages.tsx") },
	{ path: "/settings/people", words: "settings", roles: manage, load: () => import("./screens/settings_people.tsx") },
	{ path: "/settings/teams", words: "settings", roles: manage, load: () => import("./screens/settings_teams.tsx") },
	{ path: "/settings/keys", words: "settings", roles: manage, load: () => import("./screens/settings_keys.tsx") },
	{ path: "/settings/audit", words: "settings", more: ["audit"], roles: manage, load: () => import("./screens/settings_audit.tsx") },
	{ path: "/setup", words: "settings", roles: manage, bare: true, load: () => import("./screens/setup.tsx") },
	{ path: "/surveys/:id/share", words: "share", more: ["surveys"], load: () => import("./screens/share.tsx") },
];

export interface Screen extends Row {
	Component: ComponentType;
}

/** "/answers/:id?" as a pattern of paths. */
const patternOf = (path: string): RegExp =>
	new RegExp(`^${path.replace(/\/:\w+\?/g, "(?:/[^/]+)?").replace(/:\w+/g, "[^/]+").replaceAll("*", ".*")}/?$`);

export const areasOf = (screen: Row): (keyof Areas)[] => [screen.words, ...(screen.more ?? [])];

/** Fetches the code and the words of what is at a path, before anything is drawn. */
export function needScreen(path: string, language: Language): void {
	const screen = screens.find((one) => patternOf(one.path).test(path));
	if (!screen) return;
	void screen.load().catch(() => undefined); // who shows it hears of it
	for (const area of areasOf(screen)) void needWords(area, language).catch(() => undefined);
}

let styles: Promise<void> | null = null;

/** The styles of all but the overview, which comes without them. */
function needStyles(): Promise<void> {
	styles ??= new Promise((done) => {
		const href = document.getElementById("app")?.dataset.styles;
		if (!href) return done();
		const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: () => done() });
		link.onerror = () => {
			styles = null; // the screen is shown as it is, and the next one tries again
			link.remove();
			done();
		};
		document.head.append(link);
	});
	return styles;
}

export const screens: Screen[] = rows.map((row) => {
	const load = row.path === "/" ? row.load : () => Promise.all([fetched(row.load), needStyles()]).then(([screen]) => screen);
	return { ...row, load, Component: lazy(load) };
});
