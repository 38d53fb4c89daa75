// web/dashboard/format.ts - numbers, dates and spans of time by the user's habits. Days and weeks are
// the workspace's, times of day the user's.
//
//	const f = useFormat();    f.number(1234)   f.day("2026-11-26")   f.time(instant)   f.ago(instant)   f.week("2026-11-23")
//
// An instant is an ISO text with its Z; a day is "2026-11-26", which means that day wherever the workspace is.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useMemo } from "react";
import { dayFormat } from "./filter/period.ts";
import { localeOf, useLanguage } from "./language.tsx";
import { useMe } from "./me.ts";

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
	["year", 31_557_600],
	["month", 2_629_800],
	["day", 86_400],
	["hour", 3_600],
	["minute", 60],
];

export interface Format {
	locale: string;
	zone: string;
	/** 0 is Sunday, as in the API. */
	weekStart: number;
	number(n: number): string;
	/** A score or its change, as a whole number unless `digits` are asked for; with a sign where it is a change. */
	score(n: number, digits?: number): string;
	change(n: number, digits?: number): string;
	/** A score and the range it lies in: with a tenth where whole numbers would say the same three times. */
	scored(nps: number, interval: readonly number[]): { nps: string; low: string; high: string };
	/** A change, and the range it lies in, in the same way: `by` without a sign. "0.0" and "0" are no change. */
	changed(change: number, interval: readonly number[] | null): { change: string; by: string; low: string; high: string; way: -1 | 0 | 1 };
	/** The same without its sign, for a sentence that says the way in words: "fell by 6 (2 to 10)". An end on the other side of 0 keeps its minus. */
	moved(change: number, interval: readonly number[]): { by: string; low: string; high: string; way: -1 | 0 | 1 };
	percent(share: number): string;
	bytes(n: number): string;
	day(day: string): string;
	/** With the month's name: "1 April 2026" where a figure could be the day or the month. */
	namedDay(day: string): string;
	/** "Nov 26", and with the year where it is not this one. */
	shortDay(day: string): string;
	month(day: string): string;
	quarter(day: string): string;
	/** "Week 48", by the workspace's first day of the week: ISO weeks where that is Monday. */
	week(day: string): string;
	/** The same with the year that the week is of: the last days of December may be in week 1 of the next. */
	weekAndYear(day: string): string;
	/** Date and time of day. */
	time(instant: string): string;
	/** "3 hours ago"; `now` lets a list share one. */
	ago(instant: string, now?: number): string;
	/** The day that it is in the workspace at an instant. */
	dayOf(instant: string | number): string;
	list(parts: string[]): string;
	/** "a or b" */
	either(parts: string[]): string;
	/** What a language is called: "pt-BR" is "Brazilian Portuguese". */
	language(tag: string): string;
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const days = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 86_400_000);

/** Days since the week began, when it begins on `start`. */
function intoWeek(date: Date, start: number): number {
	return (date.getUTCDay() - start + 7) % 7;
}

/** The week that a day is in: the first of a year is the one that holds January 4th, as ISO 8601 has it for Mondays. */
function weekOf(day: string, start: number): { week: number; year: number } {
	const date = noon(day);
	const first = new Date(date);
	first.setUTCDate(date.getUTCDate() - intoWeek(date, start));
	const middle = new Date(first);
	middle.setUTCDate(first.getUTCDate() + 3);
	const year = middle.getUTCFullYear();
	const january4 = noon(`${year}-01-04`);
	january4.setUTCDate(4 - intoWeek(january4, start));
	return { week: Math.round(days(january4, first) / 7) + 1, year };
}

/** How many digits behind the point a figure deserves that is as wide as this: narrower than three points, a tenth says more. */
export const digitsOf = (width: number): number => (Math.abs(width) < 3 ? 1 : 0);

function makeFormat(locale: string, zone: string, weekStart: number, mine = zone): Format {
	const once = <T>(make: () => T) => {
		let made: T | undefined;
		return () => (made ??= make());
	};
	const dateFormat = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(locale, options));
	const number = once(() => new Intl.NumberFormat(locale));
	const points = (digits: number, signDisplay: "auto" | "exceptZero") =>
		once(() => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay }));
	const plain = [points(0, "auto"), points(1, "auto")];
	const signed = [points(0, "exceptZero"), points(1, "exceptZero")];
	/* Rounded first, so that nothing is "-0"; a minus as wide as a plus. */
	const write = (how: typeof plain, n: number, digits: number) => {
		const unit = 10 ** digits;
		return (how[digits] ?? how[0])?.().format(Math.round(n * unit) / unit || 0).replace("-", "\u2212") ?? "";
	};
	const score = (n: number, digits = 0) => write(plain, n, digits);
	const percent = once(() => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }));
	const day = dateFormat({ dateStyle: "medium", timeZone: "UTC" });
	const namedDay = dateFormat({ dateStyle: "long", timeZone: "UTC" });
	const shortDay = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });
	const month = dateFormat({ month: "short", year: "2-digit", timeZone: "UTC" });
	const time = dateFormat({ dateStyle: "medium", timeStyle: "short", timeZone: mine });
	const inZone = once(() => dayFormat(zone));
	const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
	const lists = once(() => new Intl.ListFormat(locale, { type: "conjunction" }));
	const choices = once(() => new Intl.ListFormat(locale, { type: "disjunction" }));
	const names = once(() => new Intl.DisplayNames(locale, { type: "language" }));
	const dayOf = (instant: string | number) => inZone().format(new Date(instant));
	const week = (text: string) => `${locale.startsWith("de") ? "KW" : "W"} ${weekOf(text, weekStart).week}`;
	return {
		locale,
		zone,
		weekStart,
		number: (n) => number().format(n),
		score,
		change: (n, digits = 0) => write(signed, n, digits),
		scored: (nps, [low = nps, high = nps]) => {
			const digits = digitsOf(high - low);
			return { nps: score(nps, digits), low: score(low, digits), high: score(high, digits) };
		},
		changed: (change, interval) => {
			const [low = change, high = change] = interval ?? [];
			const digits = interval ? digitsOf(high - low) : 0;
			const said = write(signed, change, digits);
			const way = said === write(signed, 0, digits) ? 0 : change > 0 ? 1 : -1;
			return { change: said, by: score(Math.abs(change), digits), low: write(signed, low, digits), high: write(signed, high, digits), way };
		},
		moved: (change, [low = change, high = change]) => {
			const digits = digitsOf(high - low);
			const [near, far] = change < 0 ? [-high, -low] : [low, high];
			const by = score(Math.abs(change), digits);
			return { by, low: score(near, digits), high: score(far, digits), way: by === score(0, digits) ? 0 : change > 0 ? 1 : -1 };
		},
		percent: (share) => percent().format(share),
		bytes: (n) => {
			const [unit, size] = n < 1e6 ? (["kilobyte", 1e3] as const) : (["megabyte", 1e6] as const);
			return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(n / size);
		},
		day: (text) => day().format(noon(text)),
		namedDay: (text) => namedDay().format(noon(text)),
		shortDay: (text) => (text.slice(0, 4) === dayOf(Date.now()).slice(0, 4) ? shortDay() : day()).format(noon(text)),
		month: (text) => month().format(noon(text)),
		quarter: (text) => `Q${Math.floor(noon(text).getUTCMonth() / 3) + 1} ${text.slice(0, 4)}`,
		week,
		weekAndYear: (text) => `${week(text)} ${weekOf(text, weekStart).year}`,
		time: (instant) => time().format(new Date(instant)),
		ago: (instant, now = Date.now()) => {
			const seconds = (Date.parse(instant) - now) / 1000;
			const [unit, length] = spans.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
			return relative().format(unit === "second" ? 0 : Math.trunc(seconds / length), unit);
		},
		dayOf,
		list: (parts) => lists().format(parts),
		either: (parts) => choices().format(parts),
		language: (tag) => {
			try {
				return names().of(tag) ?? tag;
			} catch {
				return tag; // no language tag at all
			}
		},
	};
}

export function useFormat(): Format {
	const { language } = useLanguage();
	const { workspace, profile } = useMe();
	const { time_zone: zone, week_start: weekStart } = workspace;
	const mine = profile.time_zone ?? zone;
	return useMemo(() => makeFormat(localeOf(language), zone, weekStart, mine), [language, zone, weekStart, mine]);
}
