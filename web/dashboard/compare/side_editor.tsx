// web/dashboard/compare/side_editor.tsx - one side of a comparison: its days, and one value of one attribute.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { type Choice, choicesOf, propertyNames } from "../filter/choices.ts";
import { labelOf, nameOf } from "../filter/filter_bar.tsx";
import type { Filter, FilterName } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { type Side, shifted } from "./side.ts";

const fields = ["channel", "survey", "brand", "touchpoint", "language", "source", "tag"] as const;
type Days = "page" | "previous" | "year" | "own";

function Period({ side, filter, onSide }: { side: Side; filter: Filter; onSide: (side: Side) => void }): ReactElement {
	const t = useWords("compare");
	const filterWords = useWords("filter");
	const f = useFormat();
	const today = f.dayOf(Date.now());
	const [own, setOwn] = useState(false);
	const spans = { previous: shifted(filter.span, "previous", today), year: shifted(filter.span, "year", today) };
	const same = (a: { from?: string; to?: string } | null) => a !== null && a.from === side.span.from && a.to === side.span.to;
	const days: Days = own ? "own" : !side.span.from && !side.span.to ? "page" : same(spans.previous) ? "previous" : same(spans.year) ? "year" : "own";
	const choose = (one: Days) => {
		setOwn(one === "own");
		if (one === "page") onSide({ ...side, span: {} });
		else if (one === "own") onSide({ ...side, span: side.span.from || side.span.to ? side.span : filter.span });
		else onSide({ ...side, span: spans[one] ?? {} });
	};
	return (
		<>
			<NativeSelect
				label={t("days")}
				value={days}
				onChange={(event) => choose(event.currentTarget.value as Days)}
				data={(["page", "previous", "year", "own"] as const)
					.filter((one) => one === "page" || one === "own" || spans[one] !== null)
					.map((one) => ({ value: one, label: t(`days_${one}`) }))}
			/>
			{days === "own" && (
				<div className="compare-days">
					{(["from", "to"] as const).map((end) => (
						<TextInput
							key={end}
							type="date"
							label={filterWords(end)}
							value={side.span[end] ?? ""}
							onChange={(event) => onSide({ ...side, span: { ...side.span, [end]: event.currentTarget.value || undefined } })}
						/>
					))}
				</div>
			)}
		</>
	);
}

function Only({ side, filter, onSide }: { side: Side; filter: Filter; onSide: (side: Side) => void }): ReactElement {
	const t = useWords("compare");
	const filterWords = useWords("filter");
	const f = useFormat();
	const [wished, setWished] = useState<FilterName | null>(null);
	const { value: properties } = useLoad(() => propertyNames(), []);
	const name = side.only?.name ?? wished;
	const { value: choices } = useLoad<Choice[]>(async (signal) => (name ? choicesOf(name, filter, true, signal) : []), [name, filter.key]);
	const names = [...new Set<FilterName>([...fields, ...(properties ?? []).map((p): FilterName => `property.${p}`), ...(name ? [name] : [])])];
	const value = side.only?.value ?? "";
	const known = (choices ?? []).some((one) => one.value === value);
	return (
		<>
			<NativeSelect
				label={t("only")}
				value={name ?? ""}
				onChange={(event) => {
					setWished((event.currentTarget.value || null) as FilterName | null);
					if (side.only) onSide({ ...side, only: null });
				}}
				data={[{ value: "", label: t("only_all") }, ...names.map((one) => ({ value: one, label: nameOf(filterWords, one) }))]}
			/>
			{name && (
				<NativeSelect
					label={nameOf(filterWords, name)}
					value={value}
					onChange={(event) => onSide({ ...side, only: event.currentTarget.value ? { name, value: event.currentTarget.value } : null })}
					data={[
						{ value: "", label: t("choose") },
						...(known || value === "" ? [] : [{ value, label: value }]),
						...(choices ?? []).map((one) => ({ value: one.value, label: labelOf(filterWords, f, name, one) })),
					]}
				/>
			)}
		</>
	);
}

interface Props {
	/** "A" */
	name: string;
	/** None: all other answers. */
	side: Side | null;
	filter: Filter;
	onSide: (side: Side | null) => void;
	mayBeRest: boolean;
}

export function SideEditor({ name, side, filter, onSide, mayBeRest }: Props): ReactElement {
	const t = useWords("compare");
	return (
		<fieldset className="compare-side no-print">
			<legend>{name}</legend>
			{mayBeRest && (
				<NativeSelect
					label={t("with")}
					value={side ? "some" : "rest"}
					onChange={(event) => onSide(event.currentTarget.value === "rest" ? null : { span: {}, only: null })}
					data={[
						{ value: "some", label: t("with_some") },
						{ value: "rest", label: t("with_rest") },
					]}
				/>
			)}
			{side && <Period side={side} filter={filter} onSide={onSide} />}
			{side && <Only side={side} filter={filter} onSide={onSide} />}
		</fieldset>
	);
}
