// web/dashboard/why/names.ts - what attributes and their values are called.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Why } from "../api.ts";
import { channelOf } from "../filter/filter_bar.tsx";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

export type Split = NonNullable<Why["split"]>;
export type Segment = Split["segments"][number];

const tenures: Record<string, "month" | "quarter" | "year" | "two_years" | "longer"> = {
	"under 1 month": "month",
	"1 to 3 months": "quarter",
	"3 to 12 months": "year",
	"1 to 2 years": "two_years",
	"over 2 years": "longer",
};

export function useAttributeName(): (by: string) => string {
	const t = useWords("why");
	return (by) => (by.startsWith("property.") ? by.slice("property.".length) : t(`attribute_${by}` as "attribute_channel"));
}

/** "team (plan)": a value alone does not tell of what it is. */
export function useSegmentOf(by: string): (segment: Pick<Segment, "value" | "version">) => string {
	const t = useWords("why");
	const nameOf = useSegmentName(by);
	const attributeName = useAttributeName();
	return (segment) => (by.startsWith("property.") ? t("value_of", { value: nameOf(segment), attribute: attributeName(by) }) : nameOf(segment));
}

export function useSegmentName(by: string): (segment: Pick<Segment, "value" | "version">) => string {
	const t = useWords("why");
	const insight = useWords("insight");
	const filterWords = useWords("filter");
	const f = useFormat();
	return ({ value, version }) => {
		if (value === null) return insight("unknown");
		if (by === "wording") return t("wording_is", { survey: value, version: version ?? 1 });
		if (by === "tenure") return t(`tenure_${tenures[value] ?? "longer"}`);
		if (by === "channel") return channelOf(filterWords, value) ?? value;
		return by === "language" ? f.language(value) : value;
	};
}
