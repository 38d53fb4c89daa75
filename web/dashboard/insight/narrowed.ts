// web/dashboard/insight/narrowed.ts - what the filter of a list of answers says of an attribute, so that it lists those of one value.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Filter, FilterName } from "../filter/use_filter.ts";

export type Narrowed = Record<string, string[]>;

/** As the server narrowed it down to the answers behind a figure: of answers in en-GB, those in English are in en-GB still. Null where no filter says which they are. */
export function narrowedTo(by: string, value: string | null, { answers_path }: { answers_path: string | null }): Narrowed | null {
	if (value === null) return null; // it may be a person's name, which is not shown
	const values = new URLSearchParams(answers_path?.split("?")[1]).getAll(by);
	return values.length > 0 ? { [by]: values } : null;
}

const listed = ["channel", "language", "survey", "source", "tag"];

/** The same for what has no figure of its own. */
export function narrowedBy({ values }: Pick<Filter, "values">, by: string, value: string | null): Narrowed | null {
	if (value === null || value === "" || !(by.startsWith("property.") || listed.includes(by))) return null;
	const chosen = values.get(by as FilterName) ?? [];
	if (by === "tag" && chosen.length > 0) return null; // no filter takes both tags at once
	const within = by === "language" ? chosen.filter((one) => one === value || one.startsWith(`${value}-`)) : [];
	return { [by]: within.length > 0 ? within : [value] };
}
