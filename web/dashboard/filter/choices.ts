// web/dashboard/filter/choices.ts - what a filter can be set to, and how many answers each choice would leave.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Facet, type Facets, getFacets, getThemes } from "../api.ts";
import type { Filter, FilterName } from "./use_filter.ts";

export interface Choice {
	value: string;
	label: string;
	/** By language, where the server has several. */
	names?: Record<string, string>;
	/** Answers, where it is known. */
	n?: number;
}

const facetOf = {
	survey: "surveys",
	kind: "kinds",
	brand: "brands",
	touchpoint: "touchpoints",
	channel: "channels",
	source: "sources",
	language: "languages",
	tag: "tags",
	group: "groups",
	state: "states",
	import: "imports",
} as const satisfies Record<string, keyof Facets>;

/** These have the same choices whatever there is. */
const fixed: Record<string, string[]> = {
	score: ["10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0"],
	has_comment: ["true", "false"],
	sentiment: ["negative", "neutral", "positive", "mixed", "nothing", "not_analysed"],
	shown_sentiment: ["negative", "neutral", "positive", "mixed", "nothing", "not_analysed"],
	urgent: ["any", "safety", "legal", "abuse", "data-leak", "press", "self-harm"],
	mood: ["frustrated", "confused", "worried", "delighted"],
	intent: ["problem", "request", "question", "praise", "churn threat", "other"],
	starred: ["true"],
	counted: ["true"],
};

const choices = (facet: Facet | undefined): Choice[] =>
	(facet?.values ?? []).map(({ value, name, answers }) => ({ value, label: name, n: answers }));

/** Whether there was one at all comes first. */
function importChoices({ imports, answers }: Facets): Choice[] {
	const all = choices(imports);
	const n = all.reduce((sum, one) => sum + (one.n ?? 0), 0);
	if (all.length === 0) return [];
	return [{ value: "none", label: "none", n: answers - n }, { value: "any", label: "any", n }, ...all];
}

/** The choices of a field among the answers that the rest of the filter takes: its own values are alternatives. `counted`:
 *  as figures count, without tests and what was excluded; else as lists show. */
export async function choicesOf(name: FilterName, filter: Filter, counted: boolean, signal?: AbortSignal): Promise<Choice[]> {
	const own = fixed[name];
	if (own) return own.map((value) => ({ value, label: value }));
	if (name === "theme") return namesOf(name);
	const query = counted ? { ...filter.figures, counted: "true" } : filter.query;
	const rest: Record<string, unknown> = { ...query };
	if (name.startsWith("property.")) {
		const { [name]: _, ...others } = query.properties ?? {};
		rest.properties = others;
	} else delete rest[name];
	const facets = await getFacets(rest as Parameters<typeof getFacets>[0], { signal });
	if (name === "import") return importChoices(facets);
	if (name in facetOf) return choices(facets[facetOf[name as keyof typeof facetOf]] as Facet);
	return choices(facets.properties.find((one) => `property.${one.name}` === name)?.facet);
}

/** One look at all answers serves the bar for a moment: each chip asks for its own labels. */
const fresh = 10_000;
let last: { at: number; facets: Promise<Facets> } | null = null;

function allFacets(): Promise<Facets> {
	const now = Date.now();
	if (last && now - last.at < fresh) return last.facets;
	const mine = { at: now, facets: getFacets() };
	last = mine;
	mine.facets.catch(() => {
		if (last === mine) last = null;
	});
	return mine.facets;
}

/** Names of the surveys, brands, touchpoints and themes that answers have. */
export async function namesOf(name: FilterName): Promise<Choice[]> {
	if (name === "theme") return (await getThemes({})).themes.map(({ code, name: label, names }) => ({ value: code, label, names }));
	return choices((await allFacets())[facetOf[name as keyof typeof facetOf]] as Facet);
}

/** Names of the properties that answers have. */
export async function propertyNames(): Promise<string[]> {
	return (await allFacets()).properties.map((one) => one.name).sort();
}
