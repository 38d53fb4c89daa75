// web/dashboard/compare/side.ts - what is set against what: each side's own days and value, as they stand in the address.
//
//	/insight/compare?period=12m&a=channel%3Demail&b=channel%3Dsms      without b: all other answers
// SPDX-License-Identifier: AGPL-3.0-or-later
import { isDay, type Span } from "../filter/period.ts";
import { type FilterName, isFilterName } from "../filter/use_filter.ts";

export interface Side {
	/** Days of its own; none: those of the page. */
	span: Span;
	/** One value of one attribute, if any. */
	only: { name: FilterName; value: string } | null;
}

export function sideOf(text: string): Side {
	const all = new URLSearchParams(text);
	const day = (name: string) => (isDay(all.get(name) ?? undefined) ? (all.get(name) as string) : undefined);
	const only = [...all].find(([name]) => isFilterName(name));
	return { span: { from: day("from"), to: day("to") }, only: only ? { name: only[0] as FilterName, value: only[1] } : null };
}

export function textOf({ span, only }: Side): string {
	const all = new URLSearchParams();
	if (span.from) all.set("from", span.from);
	if (span.to) all.set("to", span.to);
	if (only && only.value !== "") all.set(only.name, only.value);
	return `${all}`;
}

const DAY = 86_400_000;
const date = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (at: Date) => at.toISOString().slice(0, 10);
const months = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();
const monthDay = (month: number, day: number) => new Date(Date.UTC(Math.floor(month / 12), month % 12, day));

/** As the API's compare=previous|year has it: whole months stay whole months. `today` ends what has no last day. */
export function shifted({ from, to }: Span, by: "previous" | "year", today: string): Span | null {
	if (!from) return null;
	const first = date(from);
	const next = new Date(date(to && to < today ? to : (to ?? today)).getTime() + DAY);
	if (next <= first) return null;
	if (first.getUTCDate() === 1 && next.getUTCDate() === 1) {
		const back = by === "year" ? 12 : months(next) - months(first);
		return { from: text(monthDay(months(first) - back, 1)), to: text(new Date(monthDay(months(next) - back, 1).getTime() - DAY)) };
	}
	if (by === "year") {
		const before = (at: Date) => {
			const then = monthDay(months(at) - 12, at.getUTCDate());
			return then.getUTCDate() === at.getUTCDate() ? then : new Date(then.getTime() - DAY);
		};
		return { from: text(before(first)), to: text(before(new Date(next.getTime() - DAY))) };
	}
	return { from: text(new Date(2 * first.getTime() - next.getTime())), to: text(new Date(first.getTime() - DAY)) };
}
