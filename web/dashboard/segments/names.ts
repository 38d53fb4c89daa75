// web/dashboard/segments/names.ts - what attributes and their values are called.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { channelOf } from "../filter/filter_bar.tsx";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";
import { attributes, nameOfKnown, type Value } from "./asked.ts";

/** Spans as the API has them, in our words. */
const tenures: Record<string, "tenure_month" | "tenure_quarter" | "tenure_year" | "tenure_two" | "tenure_longer"> = {
	"under 1 month": "tenure_month",
	"1 to 3 months": "tenure_quarter",
	"3 to 12 months": "tenure_year",
	"1 to 2 years": "tenure_two",
	"over 2 years": "tenure_longer",
};

const sizes: Record<string, "size_small" | "size_medium" | "size_large"> = {
	"under 5 people": "size_small",
	"5 to 19 people": "size_medium",
	"20 people or more": "size_large",
};

export function useAttributeName(): (by: string) => string {
	const t = useWords("segments");
	return (by) => nameOfKnown(by) ?? (attributes.some((one) => one === by) ? t(`by_${by}` as "by_channel") : by);
}

/** `surveys`: names by slug. */
export function useValueName(by: string, surveys: Map<string, string>): (value: Value) => string {
	const t = useWords("segments");
	const filterWords = useWords("filter");
	const f = useFormat();
	return ({ value, version, rest }) => {
		if (rest) return t("all_others");
		if (value === null || value === "") return t(by === "tag" ? "no_tag" : by === "account" || by === "account_size" ? "no_account" : "unknown");
		if (by === "channel") return channelOf(filterWords, value) ?? value;
		if (by === "language") return f.language(value);
		if (by === "survey") return surveys.get(value) ?? value;
		if (by === "wording") return t("wording", { survey: surveys.get(value) ?? value, version: f.number(version ?? 0) });
		const span = by === "tenure" ? tenures[value] : by === "account_size" ? sizes[value] : undefined;
		return span ? t(span) : value;
	};
}
