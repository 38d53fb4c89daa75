// web/dashboard/segments/asks.tsx - the row of choices: which score, split by what, as of when, whose votes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, SegmentedControl } from "@mantine/core";
import type { ReactElement } from "react";
import { type Facets, getFacets, type Segments } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { type Part, partName } from "../overview/part.ts";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { type Asked, attributes, nameOfKnown, votes } from "./asked.ts";
import { useAttributeName } from "./names.ts";

/** Properties of answers, and traits that are no property: those are behind the toggle of then and now. */
export function useChoices(filter: Filter, traits: string[], chosen: string[]) {
	const t = useWords("segments");
	const name = useAttributeName();
	const { value } = useLoad<Facets>((signal) => getFacets(filter.figures as object, { signal }), [filter.key]);
	const properties = (value?.properties ?? []).map((p) => p.name);
	const known = [...properties.map((p) => `property.${p}`), ...traits.filter((one) => !properties.includes(one)).map((one) => `trait.${one}`)];
	const missing = chosen.filter((by) => nameOfKnown(by) !== null && !known.some((one) => nameOfKnown(one) === nameOfKnown(by)));
	const item = (by: string) => ({ value: by, label: name(by) });
	return {
		properties,
		groups: [
			{ group: t("of_answers"), items: attributes.map(item) },
			{ group: t("of_customers"), items: [...new Set([...known, ...missing])].map(item) },
		].filter((group) => group.items.length > 0),
		/** As the list has it: a trait that is a property, too, stands there once. */
		listed: (by: string) => known.find((one) => nameOfKnown(one) !== null && nameOfKnown(one) === nameOfKnown(by)) ?? by,
	};
}

interface Props {
	asked: Asked;
	filter: Filter;
	/** NULL while it is loaded for the first time. */
	value: Segments | undefined;
}

export function Asks({ asked, filter, value }: Props): ReactElement {
	const t = useWords("segments");
	const overview = useWords("overview");
	const traits = value?.traits ?? [];
	const { groups, listed, properties } = useChoices(filter, traits, [asked.by, asked.and].filter((by) => by !== ""));
	const known = nameOfKnown(asked.by);
	const both = known !== null && properties.includes(known) && traits.includes(known);
	const parts = value?.parts ?? [];
	const manyBrands = new Set(parts.map((p) => p.brand.id)).size > 1;
	const part = parts.find((p) => p.key === value?.part);
	return (
		<div className="segments-asks no-print">
			{parts.length > 1 && (
				<NativeSelect
					label={t("which_score")}
					value={part?.key ?? ""}
					onChange={(event) => asked.set("part", event.currentTarget.value)}
					data={parts.map((p) => ({ value: p.key, label: partName(overview, p as unknown as Part, manyBrands) }))}
				/>
			)}
			<NativeSelect
				label={t("split_by")}
				value={listed(asked.by)}
				onChange={(event) => asked.set("by", event.currentTarget.value)}
				data={groups}
			/>
			{both && (
				<div className="segments-when">
					<span id="segments-when">{t("as_of")}</span>
					<SegmentedControl
						aria-labelledby="segments-when"
						data={[
							{ value: `property.${known}`, label: t("then") },
							{ value: `trait.${known}`, label: t("now") },
						]}
						value={asked.by}
						onChange={(by) => asked.set("by", by)}
					/>
				</div>
			)}
			<NativeSelect
				label={t("and_by")}
				value={asked.and === "" ? "" : listed(asked.and)}
				onChange={(event) => asked.set("and", event.currentTarget.value)}
				data={[{ value: "", label: t("nothing_more") }, ...groups]}
			/>
			<NativeSelect
				label={t("whose_vote")}
				value={asked.vote}
				onChange={(event) => asked.set("vote", event.currentTarget.value)}
				data={votes.map((vote) => ({ value: vote, label: t(`vote_${vote}`) }))}
			/>
		</div>
	);
}
