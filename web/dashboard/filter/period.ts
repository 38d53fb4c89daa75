// web/dashboard/filter/period.ts - spans of days by name, such as the last 12 months, in the workspace's zone.
// SPDX-License-Identifier: AGPL-3.0-or-later

export const periods = ["30d", "90d", "12m", "quarter", "last_quarter", "all"] as const;
export type Period = (typeof periods)[number];

export interface Span {
	from?: string;
	to?: string;
}

/** Writes an instant as the day that it is in a zone: "2026-11-26". */
export const dayFormat = (zone: string) => new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: zone });

export const isPeriod = (name: string | undefined): name is Period => periods.some((one) => one === name);
export const isDay = (text: string | undefined): text is string => !!text && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** `days` after a day, in the calendar. */
export function plusDays(day: string, days: number): string {
	const date = new Date(`${day}T12:00:00Z`);
	date.setUTCDate(date.getUTCDate() + days);
	return date.toISOString().slice(0, 10);
}

function quarterStart(day: string, quarters = 0): string {
	const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + quarters * 3;
	return new Date(Date.UTC(Number(day.slice(0, 4)), month, 1, 12)).toISOString().slice(0, 10);
}

/** First and last day, both included; `all` is open at both ends. */
export function spanOf(period: Period, today: string): Span {
	switch (period) {
		case "30d":
			return { from: plusDays(today, -29), to: today };
		case "90d":
			return { from: plusDays(today, -89), to: today };
		case "12m":
			return { from: plusDays(today, -364), to: today };
		case "quarter":
			return { from: quarterStart(today), to: today };
		case "last_quarter":
			return { from: quarterStart(today, -1), to: plusDays(quarterStart(today), -1) };
		case "all":
			return {};
	}
}
