// web/dashboard/compare/use_sides.ts - the two sides of a comparison as they stand in the address, and what they are called.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useSearchParams } from "wouter";
import { labelOf, nameOf } from "../filter/filter_bar.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { type Side, shifted, sideOf, textOf } from "./side.ts";

export interface Sides {
	a: Side;
	/** All other answers. */
	b: Side | null;
	part: string | null;
	set: (which: "a" | "b", side: Side | null) => void;
}

/** Without anything in the address the page's period stands against the one before. */
export function useSides(filter: Filter): Sides {
	const [params, setParams] = useSearchParams();
	const f = useFormat();
	const [a, b] = [params.get("a"), params.get("b")];
	const before = a === null && b === null ? shifted(filter.span, "previous", f.dayOf(Date.now())) : null;
	return {
		a: sideOf(a ?? ""),
		b: b !== null ? sideOf(b) : before ? { span: before, only: null } : null,
		part: params.get("part"),
		set: (which, side) =>
			setParams(
				(old) => {
					const next = new URLSearchParams(old);
					if (!next.has("a")) next.set("a", "");
					if (which === "a" && !next.has("b") && before) next.set("b", textOf({ span: before, only: null }));
					if (side) next.set(which, textOf(side));
					else next.delete(which);
					return next;
				},
				{ replace: true },
			),
	};
}

/** What a reply says of a side. */
export interface Told {
	from: string | null;
	to: string | null;
	part?: { brand: { name: string } } | null;
}

/** "Email, 1 Mar to 31 Mar" */
export function useSideName(filter: Filter): (side: Side | null, told: Told) => string {
	const t = useWords("compare");
	const insight = useWords("insight");
	const filterWords = useWords("filter");
	const f = useFormat();
	return (side, told) => {
		if (!side) return t("the_rest");
		const { from, to } = told;
		const days =
			from || to
				? insight("span", { open: !from ? "start" : !to ? "end" : "none", from: from ? f.day(from) : "", to: to ? f.day(to) : "" })
				: insight("all_time");
		const { only } = side;
		const label = only ? (only.name === "brand" ? (told.part?.brand.name ?? only.value) : labelOf(filterWords, f, only.name, { value: only.value, label: only.value })) : null;
		const what = only && label !== null ? t("named", { attribute: nameOf(filterWords, only.name), value: label }) : null;
		return what === null ? days : side.span.from || side.span.to ? `${what}, ${days}` : filter.span.from ? what : `${what}, ${days}`;
	};
}
