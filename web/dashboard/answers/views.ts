// web/dashboard/answers/views.ts - what a list of answers can be of, beside its filter, as ?view= in the address.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Query } from "./store.ts";

export const views = {
	all: {},
	starred: { starred: "true" },
	excluded: { state: "excluded" },
	test: { state: "test" },
	unconfirmed: { state: "unconfirmed" },
	bin: { state: "deleted" },
} as const satisfies Record<string, Query>;
export type View = keyof typeof views;

/** What the address names, else all of them. */
export const viewOf = (name: string | null): View => (name !== null && name in views ? (name as View) : "all");
