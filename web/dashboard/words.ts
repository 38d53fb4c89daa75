// web/dashboard/words.ts - texts by key, in the user's language: words/AREA.LANGUAGE.json, in ICU MessageFormat.
//
//	const t = useWords("overview");      t("answers", { n: 3 })      t.rich("made_by", { b: (text) => <b>{text}</b> })
//
// A language's words are fetched when an area is first shown in it; until then the component suspends.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { IntlMessageFormat } from "intl-messageformat";
import { createElement, Fragment, type ReactNode, use } from "react";
import { fetched } from "./fetched.ts";
import { type Areas, firstAreas } from "./generated/areas.ts";
import { type Language, localeOf, useLanguage } from "./language.tsx";

/** Plain texts, and what the build has parsed. */
type Catalogue = Record<string, string | MessageFormatElement[]>;
type MessageFormatElement = Exclude<ConstructorParameters<typeof IntlMessageFormat>[0], string>[number];
type Value = string | number | Date | null | undefined;

export interface Words<Area extends keyof Areas> {
	(key: Areas[Area], values?: Record<string, Value>): string;
	/** Tags of the message, <b>so</b>, become elements. */
	rich(key: Areas[Area], values: Record<string, Value | ReactNode | ((parts: ReactNode[]) => ReactNode)>): ReactNode;
}

const known = new Map<string, Promise<Words<keyof Areas>>>();

function speaker(catalogue: Catalogue, locale: string): Words<keyof Areas> {
	const formats = new Map<string, IntlMessageFormat>();
	const format = (key: string) => {
		let found = formats.get(key);
		if (!found) formats.set(key, (found = new IntlMessageFormat(catalogue[key] as MessageFormatElement[], locale)));
		return found;
	};
	const say = (key: string, values?: Record<string, Value>) => {
		const text = catalogue[key];
		return typeof text === "string" ? text : text ? String(format(key).format(values)) : key;
	};
	return Object.assign(say, {
		rich: (key: string, values: Record<string, unknown>) => {
			if (typeof catalogue[key] === "string") return catalogue[key];
			const parts = format(key).format(values as Record<string, never>) as ReactNode;
			return createElement(Fragment, null, ...(Array.isArray(parts) ? parts : [parts]));
		},
	});
}

async function fetchWords(area: string, language: Language): Promise<Words<keyof Areas>> {
	const name = firstAreas.includes(area) ? "first" : area;
	const file = (await fetched(() => import(`./generated/words/${name}.${language}.js`))) as { default: Record<string, Catalogue> };
	return speaker(file.default[area] ?? {}, localeOf(language));
}

/** Begins to fetch an area's words, for what will be shown soon. */
export function needWords(area: keyof Areas, language: Language): Promise<Words<keyof Areas>> {
	const name = `${area}.${language}`;
	let found = known.get(name);
	if (!found) {
		const words = fetchWords(area, language);
		/* As React marks what it waited for: words that are there suspend nobody, and those that are not to be had are not asked for
		   again and again. */
		words.then(
			(value) => Object.assign(words, { status: "fulfilled", value }),
			(reason) => Object.assign(words, { status: "rejected", reason }),
		);
		known.set(name, (found = words));
	}
	return found;
}

export function useWords<Area extends keyof Areas>(area: Area): Words<Area> {
	const { language } = useLanguage();
	// Always, whether they are there or not: React runs a component that was suspended again and takes the hooks before
	// and behind `use` for what they were.
	return use(needWords(area, language)) as Words<Area>;
}
