// web/dashboard/filter/choices.ts - what a filter can be set to, asked of the server when somebody wants to set it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { getNps, listBrands, listResponses, listSurveys, listTouchpoints, Refusal } from "../api.ts";
import type { FilterName } from "./use_filter.ts";

export interface Choice {
	value: string;
	label: string;
	/** Answers, where it is known. */
	n?: number;
}

/** Values of all answers together with how many have each. */
async function counted(by: string): Promise<Choice[]> {
	const { parts } = await getNps({ by });
	const found = new Map<string, number>();
	for (const part of parts)
		for (const { value, rest, figure } of part.groups)
			if (value !== null && !rest) found.set(value, (found.get(value) ?? 0) + figure.responses);
	return [...found].map(([value, n]) => ({ value, label: value, n })).sort((a, b) => b.n - a.n);
}

/** Names for what the API names by slug, id or code. */
export async function choicesOf(name: FilterName): Promise<Choice[]> {
	switch (name) {
		case "survey":
			return (await listSurveys()).surveys.map((one) => ({ value: one.slug, label: one.name }));
		case "brand":
			return (await listBrands()).brands.map((one) => ({ value: one.id, label: one.name }));
		case "touchpoint":
			return (await listTouchpoints()).touchpoints.map((one) => ({ value: one.code, label: one.name }));
		case "kind":
			return ["relationship", "transactional"].map((value) => ({ value, label: value }));
		case "group":
			return ["promoters", "passives", "detractors"].map((value) => ({ value, label: value }));
		default:
			return counted(name);
	}
}

/** Names of properties that recent answers have; none for who may not see answers, and types the name. */
export async function propertyNames(): Promise<string[]> {
	const { responses } = await listResponses({ limit: 200 }).catch((error: unknown) => {
		if (error instanceof Refusal && error.status === 403) return { responses: [] };
		throw error;
	});
	return [...new Set(responses.flatMap((one) => Object.keys(one.properties)))].sort();
}
