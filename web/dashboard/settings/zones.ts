// web/dashboard/settings/zones.ts - what can be chosen: time zones, days of the week, languages of surveys.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** All that the browser knows, and the one that is set even when it does not. */
export function zones(set: string): string[] {
	const known = Intl.supportedValuesOf("timeZone");
	return [...new Set(["UTC", ...known, set])].sort();
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** 0 is Sunday, as in the API. */
export function weekdays(locale: string): { value: string; label: string }[] {
	const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
	return [1, 6, 0].map((day) => ({ value: String(day), label: format.format(new Date(Date.UTC(2026, 1, 1 + day))) }));
}

/** Those whose wordings are built in. */
export const surveyLanguages = ["en", "de", "fr", "es", "it", "nl", "pt", "ja", "ar"];

export function languageName(locale: string, code: string): string {
	return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
}
