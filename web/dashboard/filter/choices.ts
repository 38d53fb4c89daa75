// web/dashboard/filter/choices.ts - what a filter can be set to, asked of the server when somebody wants to set it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Facet, type Facets, getFacets } from "../api.ts";
import type { Field, FilterName } from "./use_filter.ts";

export interface Choice {
	value: string;
	label: string;
	/** Answers, where it is known. */
	n?: number;
}

/** One look at all answers serves the bar for a moment: each chip asks for its own labels. */
const fresh = 10_000;
let last: { at: number; facets: Promise<Facets> } | null = null;

function facets(): Promise<Facets> {
	const now = Date.now();
	if (last && now - last.at < fresh) return last.facets;
	const mine = { at: now, facets: getFacets() };
	last = mine;
	mine.facets.catch(() => {
		if (last === mine) last = null;
	});
	return mine.facets;
}

const scores: Choice[] = Array.from({ length: 11 }, (_, i) => ({ value: String(10 - i), label: String(10 - i) }));

const facetOf: Record<Exclude<Field, "score">, (all: Facets) => Facet> = {
	survey: (all) => all.surveys,
	kind: (all) => all.kinds,
	brand: (all) => all.brands,
	touchpoint: (all) => all.touchpoints,
	channel: (all) => all.channels,
	language: (all) => all.languages,
	source: (all) => all.sources,
	tag: (all) => all.tags,
	group: (all) => all.groups,
};

/** Most answers first, or in the order of the journey. */
export async function choicesOf(name: FilterName): Promise<Choice[]> {
	if (name === "score") return scores;
	const all = await facets();
	const facet = name.startsWith("property.")
		? all.properties.find((one) => `property.${one.name}` === name)?.facet
		: facetOf[name as Exclude<Field, "score">](all);
	return (facet?.values ?? []).map((one) => ({ value: one.value, label: one.name, n: one.answers }));
}

/** Names of properties that answers have. */
export async function propertyNames(): Promise<string[]> {
	return (await facets()).properties.map((one) => one.name).sort();
}
