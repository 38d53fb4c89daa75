// web/dashboard/themes/definition.tsx - what shares of comments are made of, behind every one of them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from "react";
import type { Themes } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { Definition } from "../insight/definition.tsx";
import { partName } from "../overview/part.ts";
import { useWords } from "../words.ts";

type Value = Pick<Themes, "parts" | "part" | "figure" | "left_out" | "as_of" | "query_us" | "comments">;

export function ThemesDefinition({ value, filter }: { value: Value; filter: Filter }): ReactElement {
	const t = useWords("themes");
	const overview = useWords("overview");
	const part = value.parts.find((one) => one.key === value.part);
	const name = part ? partName(overview, part, new Set(value.parts.map((one) => one.brand.id)).size > 1) : "";
	const { figure, left_out, as_of, query_us, comments } = value;
	return (
		<Definition
			title={name}
			filter={filter}
			defined={{ figure, left_out, parts: [name], as_of, query_us, more: [t("def_comments", { n: comments.say_something, of: figure.responses })] }}
		/>
	);
}
