// web/dashboard/filter/use_filter.ts - which answers are meant, kept in the page's address: a copied address is the same view.
//
//	const filter = useFilter();
//	listResponses({ ...filter.query, limit: 50 })      all that is filtered
//	getNps({ ...filter.figures, series: "month" })     without what chooses by score: a score of promoters says nothing
//
// In the address a name that comes again is an alternative: survey=a&survey=b. The period is period=12m, or from and to.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import type { getNps, listResponses } from "../api.ts";
import { useFormat } from "../format.ts";
import { isDay, isPeriod, type Period, type Span, spanOf } from "./period.ts";

type ListQuery = Omit<NonNullable<Parameters<typeof listResponses>[0]>, "limit" | "cursor">;
type FigureQuery = Omit<NonNullable<Parameters<typeof getNps>[0]>, "series" | "by">;

/** What can be filtered beside the period, the search and property.NAME. */
export const fields = [
	"survey",
	"kind",
	"brand",
	"touchpoint",
	"channel",
	"source",
	"import",
	"language",
	"tag",
	"theme",
	"sentiment",
	"shown_sentiment",
	"urgent",
	"mood",
	"intent",
	"group",
	"score",
	"has_comment",
	"starred",
	"state",
	"counted",
] as const;
export type Field = (typeof fields)[number];
/** A field, or "property.NAME". */
export type FilterName = Field | `property.${string}`;

/** These choose among answers by what they say, or by what may have seen the score: they are for lists. */
const ofLists: readonly string[] = ["group", "score", "state", "counted", "shown_sentiment"];
/** Of these one value holds. */
export const single: readonly string[] = ["kind", "has_comment", "starred", "counted"];
const besides = ["period", "from", "to", "q"];

export const isFilterName = (name: string): name is FilterName =>
	fields.some((one) => one === name) || /^property\../.test(name);

export interface Filter {
	/** By name, in the order of the address. */
	values: Map<FilterName, string[]>;
	/** The name of the period; null when from and to stand for themselves. */
	/** What comments are searched for. */
	q: string;
	period: Period | null;
	/** The period when none was chosen. */
	usual: Period;
	span: Span;
	query: ListQuery;
	figures: FigureQuery;
	/** The same for the same filter: what a load depends on. */
	key: string;
	/** Is anything of `figures` left out, so that they count more than the list shows? */
	narrowsList: boolean;
	/** Is anything filtered that a reset would take away? */
	active: boolean;
	/** No values: the filter goes. */
	set: (name: FilterName, values: string[]) => void;
	search: (text: string) => void;
	setPeriod: (period: Period | Span, how?: { replace?: boolean }) => void;
	/** Back to the usual period, nothing else. */
	reset: () => void;
	/** All answers of all times. */
	clear: () => void;
	/** The address of another screen with the same filter: filter.on("/answers"). */
	on: (path: string, more?: Record<string, string | string[]>) => string;
}

function queryOf(values: Map<FilterName, string[]>, span: Span, q: string, isOurs: (name: string) => boolean): object {
	const properties: Record<string, string | string[]> = {};
	const query: Record<string, unknown> = { from: span.from, to: span.to, q: q.trim() || undefined };
	for (const [name, all] of values) {
		if (!isOurs(name)) continue;
		const value = all.length === 1 || single.includes(name) ? (all.at(-1) as string) : all;
		if (name.startsWith("property.")) properties[name] = value;
		else query[name] = value;
	}
	if (Object.keys(properties).length > 0) query.properties = properties;
	return query;
}

/** `fallback` is the period when the address names none. */
export function useFilter(fallback: Period = "12m"): Filter {
	const search = useSearch();
	const [path, go] = useLocation();
	const f = useFormat();
	const today = f.dayOf(Date.now());
	return useMemo(() => {
		const all = new URLSearchParams(search);
		const values = new Map<FilterName, string[]>();
		for (const name of new Set(all.keys())) if (isFilterName(name)) values.set(name, all.getAll(name));
		const from = all.get("from") ?? undefined;
		const to = all.get("to") ?? undefined;
		const own = isDay(from) || isDay(to);
		const named = all.get("period") ?? undefined;
		const period = own ? null : isPeriod(named) ? named : fallback;
		const span = period ? spanOf(period, today) : { from: isDay(from) ? from : undefined, to: isDay(to) ? to : undefined };
		const q = all.get("q") ?? "";
		const move = (change: (next: URLSearchParams) => void, replace = false) => {
			const next = new URLSearchParams(search);
			change(next);
			go(next.size ? `${path}?${next}` : path, { replace });
		};
		const drop = (next: URLSearchParams) => {
			for (const name of [...next.keys()]) if (isFilterName(name)) next.delete(name);
			for (const name of besides) next.delete(name);
		};
		return {
			key: JSON.stringify([...values, span, q]),
			values,
			q,
			narrowsList: [...values.keys()].some((name) => ofLists.includes(name)),
			period,
			usual: fallback,
			span,
			query: queryOf(values, span, q, () => true) as ListQuery,
			figures: queryOf(values, span, q, (name) => !ofLists.includes(name)) as FigureQuery,
			active: values.size > 0 || q !== "" || period !== fallback,
			set: (name, chosen) =>
				move((next) => {
					next.delete(name);
					for (const value of chosen) next.append(name, value);
				}),
			search: (text) =>
				move((next) => {
					next.delete("q");
					if (text !== "") next.set("q", text);
				}, true),
			setPeriod: (chosen, how) =>
				move((next) => {
					for (const name of ["period", "from", "to"]) next.delete(name);
					if (typeof chosen === "string") next.set("period", chosen);
					else for (const [name, day] of Object.entries(chosen)) if (day) next.set(name, day);
				}, how?.replace),
			reset: () => move(drop),
			clear: () =>
				move((next) => {
					drop(next);
					next.set("period", "all");
				}),
			on: (where, more = {}) => {
				const next = new URLSearchParams();
				for (const [name, value] of all)
					if (isFilterName(name) || besides.includes(name)) next.append(name, value);
				for (const [name, values] of Object.entries(more)) {
					next.delete(name);
					for (const value of [values].flat()) next.append(name, value);
				}
				return next.size ? `${where}?${next}` : where;
			},
		};
	}, [search, path, go, today, fallback]);
}
