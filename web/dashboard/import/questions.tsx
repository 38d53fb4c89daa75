// web/dashboard/import/questions.tsx - what nobody but the owner of the file can tell, as plain choices with examples from it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Paper, Radio, Stack, Text } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import type { ImportPreview, ImportQuestion } from "../api.ts";
import { useFormat } from "../format.ts";
import { useWords } from "../words.ts";

function Choices(props: {
	title: string;
	more?: ReactNode;
	rows: { value: string; label: string; more?: string }[];
	value: string | null;
	onChange: (value: string) => void;
}): ReactElement {
	return (
		<Paper className="question" withBorder p="md">
			<Radio.Group label={props.title} description={props.more} value={props.value} onChange={props.onChange}>
				<Stack gap="xs" mt="sm">
					{props.rows.map((row) => (
						<Radio key={row.value} value={row.value} label={row.label} description={row.more} />
					))}
				</Stack>
			</Radio.Group>
		</Paper>
	);
}

export function Question(props: {
	question: ImportQuestion;
	preview: ImportPreview;
	value: string | null;
	onAnswer: (value: string) => void;
}): ReactElement | null {
	const t = useWords("import");
	const f = useFormat();
	const { question, preview, value, onAnswer } = props;
	const score = preview.columns.find((one) => one.field === "score");
	const date = preview.columns.find((one) => one.field === "date");
	const talks = preview.columns.find((one) => one.field === "transcript");
	switch (question.about) {
		case "scale":
			return (
				<Choices
					title={t("ask_scale", { column: score?.header ?? "" })}
					more={t("ask_scale_more", { low: preview.lowest ?? 0, high: preview.highest ?? 0 })}
					value={value}
					onChange={onAnswer}
					rows={[
						{ value: "0-10", label: t("scale_0_10"), more: t("scale_0_10_more") },
						{ value: "1-10", label: t("scale_1_10"), more: t("scale_other_more") },
						{ value: "1-5", label: t("scale_1_5"), more: t("scale_other_more") },
					]}
				/>
			);
		case "date_order": {
			const [first, second] = question.choices.map((one) => f.namedDay(one.means ?? ""));
			return (
				<Choices
					title={t("ask_dates", { example: question.example ?? "", first: first ?? "", second: second ?? "" })}
					more={t("ask_dates_more", { column: date?.header ?? "" })}
					value={value}
					onChange={onAnswer}
					rows={question.choices.map((one) => ({
						value: one.value,
						label: t(one.value === "dmy" ? "dates_dmy" : "dates_mdy"),
						more: t("dates_example", { example: question.example ?? "", day: f.namedDay(one.means ?? "") }),
					}))}
				/>
			);
		}
		case "repeat":
			return (
				<Choices
					title={t("ask_repeat")}
					more={t("ask_repeat_more", { name: question.example ?? "" })}
					value={value}
					onChange={onAnswer}
					rows={[
						{ value: "known", label: t("repeat_known"), more: t("repeat_known_more") },
						{ value: "new", label: t("repeat_new"), more: t("repeat_new_more") },
					]}
				/>
			);
		case "customer":
			return (
				<Choices
					title={t("ask_customer", { column: talks?.header ?? "" })}
					more={t("ask_customer_more")}
					value={value}
					onChange={onAnswer}
					rows={question.choices.map((one) => ({ value: one.value, label: one.value }))}
				/>
			);
		case "score":
			if (!question.choices.length)
				return (
					<Alert color="red" title={t("no_score")}>
						{t("no_score_more")}
					</Alert>
				);
			return (
				<Choices
					title={t("ask_score")}
					value={value}
					onChange={onAnswer}
					rows={question.choices.map((one) => {
						const column = preview.columns[Number(one.value) - 1];
						const examples = f.list(column?.examples ?? []);
						return { value: one.value, label: one.means ?? one.value, more: t("such_as", { examples }) };
					})}
				/>
			);
		case "date":
			return (
				<Alert color="yellow" title={t("no_dates", { column: date?.header ?? "" })}>
					<Text size="sm">{t("no_dates_more")}</Text>
				</Alert>
			);
	}
}
