// web/dashboard/import/transcripts.tsx - of a column of calls or chats: who the customer is in them, and which turns would count.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import type { ImportPreview } from "../api.ts";
import { useFormat } from "../format.ts";
import { Turns } from "../ui/turns.tsx";
import { useWords } from "../words.ts";

type Told = NonNullable<ImportPreview["transcripts"]>;

/** What was typed counts when it is left, or with Enter. */
function Labels(props: { value: string; busy: boolean; more: string; onChange: (labels: string) => void }): ReactElement {
	const t = useWords("import");
	const [typed, setTyped] = useState(props.value);
	useEffect(() => setTyped(props.value), [props.value]);
	const say = () => typed.trim() !== props.value && props.onChange(typed.trim());
	return (
		<TextInput
			label={t("customer_labels")}
			description={props.more}
			value={typed}
			maxLength={1000}
			disabled={props.busy}
			onChange={(event) => setTyped(event.currentTarget.value)}
			onBlur={say}
			onKeyDown={(event) => event.key === "Enter" && say()}
		/>
	);
}

function Example({ example }: { example: Told["examples"][number] }): ReactElement {
	const t = useWords("import");
	const turns = example.turns.map((turn) => ({ label: turn.label, customer: turn.customer, words: turn.text }));
	return (
		<div>
			<Text size="sm" className="quiet" mb={4}>
				{t("transcript_line", { line: example.line })}
			</Text>
			<Turns turns={turns} counts={t("turn_counts")} not={t("turn_counts_not")} />
			{!turns.some((turn) => turn.customer) && (
				<Text size="sm" mt={4}>
					{t("turns_none")}
				</Text>
			)}
		</div>
	);
}

export function Transcripts(props: { told: Told; header: string; busy: boolean; onLabels: (labels: string) => void }): ReactElement {
	const t = useWords("import");
	const f = useFormat();
	const { told } = props;
	const speakers = f.list(told.speakers.map((one) => t("speaker_turns", { label: one.label, n: one.turns })));
	return (
		<section aria-labelledby="whose-turns">
			<Title order={2} size="h4" mb="xs" id="whose-turns">
				{t("transcripts_title")}
			</Title>
			<Stack gap="md">
				<Text>{t("transcripts_more", { column: props.header })}</Text>
				{told.speakers.length > 0 ? (
					<>
						<Stack gap={4} maw={560}>
							<Labels
								value={told.customer_labels}
								busy={props.busy}
								more={t("customer_labels_more")}
								onChange={props.onLabels}
							/>
							<Text size="sm" className="quiet">
								{t("speakers_found", { n: told.cells, speakers })}
							</Text>
						</Stack>
						{told.examples.map((example) => (
							<Example key={example.line} example={example} />
						))}
					</>
				) : (
					<Text>{t("no_turns")}</Text>
				)}
			</Stack>
		</section>
	);
}
