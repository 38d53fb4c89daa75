// web/dashboard/portfolio/total.tsx - one score of all lines, only when somebody asks, and weighted as the sentence says.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, Text } from "@mantine/core";
import type { ReactElement } from "react";
import type { Portfolio } from "../api.ts";
import { useFormat } from "../format.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords } from "../words.ts";

export type Weights = "none" | "answers" | "given";

export function TotalChoice({ value, onChange }: { value: Weights; onChange: (value: Weights) => void }): ReactElement {
	const t = useWords("portfolio");
	return (
		<NativeSelect
			label={t("total")}
			value={value}
			onChange={(event) => onChange(event.currentTarget.value as Weights)}
			data={(["none", "answers", "given"] as const).map((one) => ({ value: one, label: t(`total_${one}`) }))}
		/>
	);
}

/** `names` by the rows' keys. */
export function Total({ value, names }: { value: Portfolio; names: Map<string, string> }): ReactElement | null {
	const t = useWords("portfolio");
	const f = useFormat();
	const { total } = value;
	if (!total) return null;
	if (total.nps === null || !total.interval) return <Text className="portfolio-total">{t("total_hidden")}</Text>;
	const [low, high] = total.interval as [number, number];
	const weights = f.list(value.rows.map((row) => `${names.get(row.key) ?? ""} ${f.number(row.weight)}`));
	const change = total.change;
	const moved = change === null ? null : f.moved(change, total.change_interval ?? []);
	return (
		<div className="portfolio-total">
			<Text>
				{t.rich("total_is", { ...f.scored(total.nps, [low, high]), n: total.responses, b: (parts) => <strong>{parts}</strong> })}
				{", "}
				{total.weights === "answers" ? t("total_by_answers") : t("total_by_given", { weights })}{" "}
				{moved &&
					t("total_change", {
						...moved,
						way: moved.way === 0 ? "same" : moved.way > 0 ? "up" : "down",
					})}
			</Text>
			<HowWeKnow>
				<p>{t("how")}</p>
			</HowWeKnow>
		</div>
	);
}
