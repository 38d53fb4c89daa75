// web/dashboard/filter/filter_editor.tsx - the steps of setting one filter: its field, for a property its name, its values.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { useFormat } from "../format.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";
import { type Choice, choicesOf, propertyNames } from "./choices.ts";
import { labelOf, nameOf } from "./filter_bar.tsx";
import { type Field, type Filter, type FilterName, single } from "./use_filter.ts";

function Rows({ rows, onChoose }: { rows: { value: string; label: string }[]; onChoose: (value: string) => void }): ReactElement {
	return (
		<ul className="filter-fields">
			{rows.map(({ value, label }) => (
				<li key={value}>
					<button type="button" onClick={() => onChoose(value)}>
						{label}
					</button>
				</li>
			))}
		</ul>
	);
}

export function FieldList(props: { fields: readonly Field[]; onChoose: (step: Field | "property") => void }): ReactElement {
	const t = useWords("filter");
	const rows = props.fields.map((value) => ({ value: value as string, label: t(`field_${value}`) }));
	return (
		<Rows
			rows={[...rows, { value: "property", label: t("field_property") }]}
			onChoose={(value) => props.onChoose(value as Field | "property")}
		/>
	);
}

/** A text that is not in the list. */
function Other(props: { label: string; onAdd: (text: string) => void }): ReactElement {
	const t = useWords("filter");
	const [text, setText] = useState("");
	const add = (event: FormEvent) => {
		event.preventDefault();
		if (text.trim() === "") return;
		props.onAdd(text.trim());
		setText("");
	};
	return (
		<form onSubmit={add}>
			<Group gap="xs" align="end" wrap="nowrap">
				<TextInput size="xs" style={{ flex: 1 }} label={props.label} value={text} onChange={(e) => setText(e.currentTarget.value)} />
				<Button size="xs" variant="light" type="submit">
					{t("take")}
				</Button>
			</Group>
		</form>
	);
}

export function PropertyName({ onChoose }: { onChoose: (name: string) => void }): ReactElement {
	const t = useWords("filter");
	const { value: names, error, reload } = useLoad(propertyNames, []);
	return (
		<Stack gap="xs">
			<Text fw={600}>{t("field_property")}</Text>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!names && error === undefined && <Loading height={120} />}
			{names && names.length > 0 && (
				<Rows rows={names.map((value) => ({ value, label: value }))} onChoose={onChoose} />
			)}
			<Other label={t("property_name")} onAdd={onChoose} />
		</Stack>
	);
}

/** There may be others than those that answers have. */
const open: readonly string[] = ["channel", "source", "language", "tag"];

export function ValueList(props: {
	name: FilterName;
	filter: Filter;
	counted: boolean;
}): ReactElement {
	const t = useWords("filter");
	const f = useFormat();
	const { name, filter } = props;
	const chosen = filter.values.get(name) ?? [];
	const { value: choices, error, reload } = useLoad((signal) => choicesOf(name, filter, props.counted, signal), [name]);
	const known = choices ?? [];
	const more = chosen.filter((value) => !known.some((one) => one.value === value)).map((value): Choice => ({ value, label: value }));
	const turn = (value: string, on: boolean) => {
		const others = single.includes(name) ? [] : chosen.filter((one) => one !== value);
		filter.set(name, on ? [...others, value] : others);
	};
	return (
		<Stack gap="xs">
			<Text fw={600}>{nameOf(t, name)}</Text>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!choices && error === undefined && <Loading height={120} />}
			{choices && known.length + more.length === 0 && <Text c="dimmed">{t("no_values")}</Text>}
			<div className="filter-values">
				{[...known, ...(choices ? more : [])].map((choice) => (
					<Checkbox
						key={choice.value}
						checked={chosen.includes(choice.value)}
						onChange={(event) => turn(choice.value, event.currentTarget.checked)}
						label={
							<>
								{labelOf(t, f, name, choice)}
								{choice.n !== undefined && <span className="quiet"> {f.number(choice.n)}</span>}
							</>
						}
					/>
				))}
			</div>
			{(open.includes(name) || name.startsWith("property.")) && <Other label={t("other_value")} onAdd={(value) => turn(value, true)} />}
		</Stack>
	);
}
