// web/dashboard/themes/words_form.tsx - own words of a theme, a row for each language and what they do, with how many comments have each.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, NativeSelect, Text, Textarea } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useLanguage } from "../language.tsx";
import { useWords } from "../words.ts";
import type { Previewed } from "./preview.tsx";
import { type Kind, kinds, newRow, type SeedRow, wordLanguages } from "./seed_rows.ts";

/** What the preview counted of the words in one row. */
function Counts({ line, of }: { line: number; of: Previewed }): ReactElement | null {
	const t = useWords("taxonomy");
	const words = of.value?.words.filter((one) => one.line === line) ?? [];
	if (line === 0 || words.length === 0) return null;
	return (
		<>
			<Text size="sm" c="dimmed" className="word-counts">
				{words.map((one, i) => (
					<span key={i}>{t("word_count", { word: one.word, n: one.comments })}</span>
				))}
			</Text>
			{words
				.filter((one) => one.wide)
				.map((one, i) => (
					<Text key={i} size="sm" className="word-wide" role="alert">
						{t("wide", { word: one.word, n: one.comments, of: of.value?.comments ?? 0 })}
					</Text>
				))}
		</>
	);
}

interface Props {
	rows: SeedRow[];
	/** Keys of the rows that are lines of what was previewed. */
	keys: number[];
	preview: Previewed;
	shipped: boolean;
	onRows: (rows: SeedRow[]) => void;
}

export function WordsForm({ rows, keys, preview, shipped, onRows }: Props): ReactElement {
	const t = useWords("taxonomy");
	const f = useFormat();
	const { language } = useLanguage();
	const put = (key: number, part: Partial<SeedRow>) => onRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
	const languages = [...wordLanguages.map((one) => ({ value: one as string, label: f.language(one) })).sort((a, b) => a.label.localeCompare(b.label)), { value: "any", label: t("any_language") }];
	const wrongKey = preview.wrong?.line ? keys[preview.wrong.line - 1] : undefined;
	return (
		<fieldset className="word-rows">
			<legend>{t("own_words")}</legend>
			<Text size="sm" c="dimmed">
				{shipped && `${t("own_words_shipped")} `}
				{t("own_words_hint")}
			</Text>
			{preview.wrong && wrongKey === undefined && (
				<Text size="sm" className="word-wrong" role="alert">
					{preview.wrong.message}
				</Text>
			)}
			{rows.map((row) => (
				<div key={row.key} className="word-row">
					<NativeSelect aria-label={t("language")} value={row.language} data={languages} onChange={(event) => put(row.key, { language: event.currentTarget.value })} />
					<NativeSelect
						aria-label={t("kind")}
						value={row.kind}
						data={kinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
						onChange={(event) => put(row.key, { kind: event.currentTarget.value as Kind })}
					/>
					<ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("remove_words")} onClick={() => onRows(rows.filter((one) => one.key !== row.key))}>
						<IconX size={18} aria-hidden="true" />
					</ActionIcon>
					<Textarea
						className="word-text"
						aria-label={`${t("own_words")}: ${row.language === "any" ? t("any_language") : f.language(row.language)}, ${t(`kind_${row.kind}`)}`}
						value={row.words}
						autosize
						minRows={1}
						maxRows={6}
						error={wrongKey === row.key ? preview.wrong?.message : undefined}
						onChange={(event) => put(row.key, { words: event.currentTarget.value })}
					/>
					<div className="word-said">
						<Counts line={keys.indexOf(row.key) + 1} of={preview} />
					</div>
				</div>
			))}
			<Button size="sm" variant="default" onClick={() => onRows([...rows, newRow(rows.at(-1)?.language ?? language)])}>
				{t("add_words")}
			</Button>
		</fieldset>
	);
}
