// web/dashboard/filter/aside.tsx - a filter that a screen cannot ask by stays in the address, is not asked, and is said.
//
//	const whole = useFilter();
//	const filter = putAside(whole, "theme");      what the screen asks by; whole.on(...) leads back with all of it
//	<Aside filter={whole} name="theme" />
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { namesOf } from "./choices.ts";
import { labelOf, nameOf } from "./filter_bar.tsx";
import type { Field, Filter } from "./use_filter.ts";

export function putAside(filter: Filter, name: Field): Filter {
	if (!filter.values.has(name)) return filter;
	const values = new Map([...filter.values].filter(([one]) => one !== name));
	return {
		...filter,
		values,
		query: { ...filter.query, [name]: undefined },
		figures: { ...filter.figures, [name]: undefined },
		key: JSON.stringify([...values, filter.span, filter.q]),
	};
}

export function Aside({ filter, name }: { filter: Filter; name: Field }): ReactElement | null {
	const t = useWords("filter");
	const f = useFormat();
	const values = filter.values.get(name);
	const { value: choices } = useLoad(async () => (values ? namesOf(name) : []), [name, values !== undefined]);
	if (!values || !choices) return null;
	const labels = values.map((value) => labelOf(t, f, name, choices.find((one) => one.value === value) ?? { value, label: value }));
	return (
		<Text size="sm" c="dimmed" role="note">
			{t("aside", { what: `${nameOf(t, name)}: ${f.either(labels)}` })}
		</Text>
	);
}
