// web/dashboard/import/mapping.tsx - what each column of the file is: guessed, and to be corrected; and the file's first rows.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, ScrollArea, Text } from "@mantine/core";
import type { ReactElement } from "react";
import type { ImportColumn, ImportPreview } from "../api.ts";
import { useWords } from "../words.ts";

export const fields = [
	"score",
	"comment",
	"transcript",
	"date",
	"email",
	"name",
	"last_name",
	"phone",
	"external_id",
	"account",
	"language",
	"channel",
	"property",
	"ignored",
] as const;
export type FieldName = (typeof fields)[number];
type Mapping = Record<string, FieldName>;

/** What somebody wrote stands in one column, as a comment or as a transcript. */
const said = (field: FieldName) => field === "comment" || field === "transcript";

/**
 * Every column as it is now, or as it was `wished` to be while the file is still looked at, and one of them changed: what it
 * takes from another column, that one loses. A column that was taken for comments is left to be found again, as nobody said
 * that it is no transcript.
 */
export function remap(columns: ImportColumn[], wished: Mapping, column: number, field: FieldName): Mapping {
	const mapping: Mapping = {};
	for (const one of columns) {
		const now = wished[one.column] ?? one.field;
		const taken = (now === field && field !== "property" && field !== "ignored") || (said(field) && said(now));
		if (now === "comment" && one.reason !== "chosen" && !wished[one.column] && !taken) continue;
		mapping[one.column] = taken ? "property" : now;
	}
	mapping[column] = field;
	return mapping;
}

export function MappingTable(props: {
	preview: ImportPreview;
	busy: boolean;
	onChange: (column: number, field: FieldName) => void;
}): ReactElement {
	const t = useWords("import");
	const preset = props.preview.preset?.title ?? "";
	const options = fields.map((value) => ({ value, label: t(`field_${value}`) }));
	return (
		<table className="mapping">
			<thead>
				<tr>
					<th scope="col">{t("column")}</th>
					<th scope="col">{t("examples")}</th>
					<th scope="col">{t("becomes")}</th>
				</tr>
			</thead>
			<tbody>
				{props.preview.columns.map((one) => (
					<tr key={one.column} className={one.field === "ignored" ? "left-out" : undefined}>
						<th scope="row">{one.header}</th>
						<td className="examples">
							{one.examples.length ? (
								one.examples.map((text, i) => <span key={i}>{text}</span>)
							) : (
								<span className="quiet">{t("no_values")}</span>
							)}
						</td>
						<td>
							<NativeSelect
								aria-label={t("becomes_label", { column: one.header })}
								data={options}
								value={one.field}
								disabled={props.busy}
								onChange={(event) => props.onChange(one.column, event.currentTarget.value as FieldName)}
							/>
							<Text size="xs" className="quiet">
								{t(`reason_${one.reason}`, { preset })}
							</Text>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

export function FirstRows({ preview }: { preview: ImportPreview }): ReactElement {
	const t = useWords("import");
	const headers = preview.columns.map((one) => one.header);
	return (
		<details className="first-rows">
			<summary>{t("first_rows", { n: preview.sample.length })}</summary>
			<ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("first_rows", { n: preview.sample.length }) }}>
				<table>
					{headers.length > 0 && (
						<thead>
							<tr>
								<th scope="col">{t("line")}</th>
								{headers.map((text, i) => (
									<th scope="col" key={i}>
										{text}
									</th>
								))}
							</tr>
						</thead>
					)}
					<tbody>
						{preview.sample.map((row) => (
							<tr key={row.line}>
								<th scope="row">{row.line}</th>
								{row.cells.map((text, i) => (
									<td key={i}>{text}</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</ScrollArea>
		</details>
	);
}
