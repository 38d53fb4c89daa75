// web/dashboard/import/check_file.tsx - the second step: what would become of the file, corrected and answered, and where it
// goes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import {
	createImport,
	deleteUpload,
	type ImportColumn,
	type ImportInput,
	type ImportPreview,
	type ImportQuestion,
	listSurveys,
	previewImport,
	Refusal,
	type Survey,
} from "../api.ts";
import { useFormat } from "../format.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";
import { type FieldName, FirstRows, MappingTable, remap } from "./mapping.tsx";
import { Question } from "./questions.tsx";
import { Transcripts } from "./transcripts.tsx";

type Wishes = Omit<ImportInput, "upload_id" | "survey" | "new_survey">;
const NEW = "+";

/** What was chosen for a file, which a reload does not lose. */
interface Choices {
	wishes: Wishes;
	survey: string | null;
	name: string;
}
const choicesKey = (upload: string) => `heed-import-${upload}`;

function choicesOf(upload: string): Choices {
	const none = { wishes: {}, survey: null, name: "" };
	try {
		return (JSON.parse(sessionStorage.getItem(choicesKey(upload)) ?? "null") as Choices | null) ?? none;
	} catch {
		return none;
	}
}

function keepChoices(upload: string, choices: Choices): void {
	try {
		sessionStorage.setItem(choicesKey(upload), JSON.stringify(choices));
	} catch {
		// They hold until the page is left.
	}
}

/** While another file is read the server asks to wait: it is soon over. */
async function previewWhenFree(body: ImportInput, signal: AbortSignal): Promise<ImportPreview> {
	for (;;) {
		try {
			return await previewImport({ body }, { signal });
		} catch (error) {
			if (!(error instanceof Refusal) || error.status !== 503) throw error;
			await new Promise((wake) => setTimeout(wake, 1000));
			if (signal.aborted) throw error;
		}
	}
}

function answerOf(wishes: Wishes, preview: ImportPreview, about: ImportQuestion["about"]): string | null {
	if (about === "scale") return wishes.scale ?? null;
	if (about === "date_order") return wishes.date_order ?? null;
	if (about === "repeat") return wishes.repeat ?? null;
	if (about === "customer") return wishes.customer_labels ?? null;
	const score = preview.columns.find((one) => one.field === "score");
	return score ? String(score.column) : null;
}

function WhereTo(props: {
	surveys: Survey[];
	survey: string;
	name: string;
	onSurvey: (slug: string) => void;
	onName: (name: string) => void;
}): ReactElement {
	const t = useWords("import");
	const rows = [
		{ value: "", label: t("survey_choose"), disabled: true },
		...props.surveys.map((one) => ({ value: one.slug, label: one.name })),
		{ value: NEW, label: t("survey_new") },
	];
	return (
		<Stack gap="sm" maw={440}>
			<NativeSelect
				label={t("survey")}
				description={t("survey_more")}
				data={rows}
				value={props.survey}
				onChange={(event) => props.onSurvey(event.currentTarget.value)}
			/>
			{props.survey === NEW && (
				<TextInput
					label={t("survey_name")}
					value={props.name}
					maxLength={120}
					onChange={(event) => props.onName(event.currentTarget.value)}
				/>
			)}
		</Stack>
	);
}

function MoreOptions(props: { preview: ImportPreview; wishes: Wishes; onChange: (more: Partial<Wishes>) => void }): ReactElement {
	const t = useWords("import");
	const keys = [
		{ value: "0", label: t("key_none") },
		...props.preview.columns.map((one) => ({ value: String(one.column), label: one.header })),
	];
	const presets = ["auto", "none", "delighted", "surveymonkey", "typeform", "qualtrics", "google_forms"] as const;
	return (
		<details className="more-options">
			<summary>{t("more_options")}</summary>
			<Stack gap="sm" maw={440} mt="sm">
				<NativeSelect
					label={t("key")}
					description={t("key_more")}
					data={keys}
					value={String(props.preview.key ?? 0)}
					onChange={(event) => props.onChange({ key: Number(event.currentTarget.value) })}
				/>
				<NativeSelect
					label={t("preset")}
					data={presets.map((value) => ({ value, label: t(`preset_${value}`) }))}
					value={props.wishes.preset ?? "auto"}
					onChange={(event) => {
						const preset = presets.find((one) => one === event.currentTarget.value) ?? "auto";
						props.onChange({ preset, mapping: undefined, key: undefined, customer_labels: undefined });
					}}
				/>
			</Stack>
		</details>
	);
}

/** What was asked once stays to be answered differently, although the server knows the answer by now. */
function useAsked(preview: ImportPreview | undefined, about: string): ImportQuestion[] {
	const [asked, setAsked] = useState<{ about: string; all: ImportQuestion[] }>({ about, all: [] });
	useEffect(() => {
		if (!preview) return;
		setAsked((old) => {
			const kept = old.all.filter((one) =>
				one.about === "repeat" ? old.about === about : one.about !== "customer" || preview.transcripts,
			);
			const fresh = preview.questions;
			const rest = kept.filter((one) => !fresh.some((two) => two.about === one.about));
			return { about, all: [...rest.filter((one) => one.about !== "date" && one.about !== "score"), ...fresh] };
		});
	}, [preview, about]);
	return asked.all;
}

export function CheckFile(props: {
	upload: string;
	name: string;
	onStarted: (id: string) => void;
	onLeave: () => void;
}): ReactElement {
	const t = useWords("import");
	const f = useFormat();
	const [begun] = useState(() => choicesOf(props.upload));
	const [wishes, setWishes] = useState(begun.wishes);
	const [survey, setSurvey] = useState(begun.survey);
	const [name, setName] = useState(begun.name);
	useEffect(() => keepChoices(props.upload, { wishes, survey, name }), [wishes, survey, name]);
	const [starting, setStarting] = useState(false);
	const [failed, setFailed] = useState<unknown>();
	const surveys = useLoad((signal) => listSurveys({}, { signal }), []);
	const chosen = survey ?? (surveys.value?.surveys.length === 0 ? NEW : "");
	const there = chosen && chosen !== NEW ? chosen : undefined;
	const body: ImportInput = { upload_id: props.upload, ...wishes, ...(there && { survey: there }) };
	const seen = useLoad((signal) => previewWhenFree(body, signal), [JSON.stringify(body)]);
	const preview = seen.value;
	const asked = useAsked(preview, chosen);

	const wish = (more: Partial<Wishes>) => setWishes((old) => ({ ...old, ...more }));
	const correct = (columns: ImportColumn[], column: number, field: FieldName, more: Partial<Wishes> = {}) =>
		setWishes((old) => ({ ...old, ...more, mapping: remap(columns, old.mapping ?? {}, column, field) }));
	const answer = (question: ImportQuestion, value: string) => {
		if (question.about === "scale") wish({ scale: value as Wishes["scale"] });
		else if (question.about === "date_order") wish({ date_order: value as Wishes["date_order"] });
		else if (question.about === "repeat") wish({ repeat: value as Wishes["repeat"] });
		else if (question.about === "customer") wish({ customer_labels: value });
		else if (preview) correct(preview.columns, Number(value), "score");
	};
	const leave = () => {
		props.onLeave();
		void deleteUpload({ upload: props.upload }).catch(() => undefined);
	};
	const start = async () => {
		setStarting(true);
		setFailed(undefined);
		try {
			const to = there || preview?.own_export ? {} : { new_survey: { name: name.trim() } };
			props.onStarted((await createImport({ body: { ...body, ...to } })).id);
		} catch (error) {
			setFailed(error);
			setStarting(false);
		}
	};

	if (!preview) {
		if (seen.error === undefined) return <Loading rows={6} />;
		if (seen.error instanceof Refusal && seen.error.errors.some((one) => one.path === "/upload_id"))
			return (
				<Empty title={t("file_gone")} text={t("file_gone_more")}>
					<Button onClick={props.onLeave}>{t("choose")}</Button>
				</Empty>
			);
		return (
			<Stack>
				<Failure error={seen.error} retry={seen.reload} />
				<Group>
					<Button variant="default" onClick={leave}>
						{t("other_file")}
					</Button>
				</Group>
			</Stack>
		);
	}
	const goesTo = preview.own_export || there || (chosen === NEW && name.trim() !== "");
	const open = preview.questions.length;
	const ready = open === 0 && goesTo && preview.rows > 0 && !seen.loading;
	return (
		<Stack gap="lg">
			<Text>
				{t("seen", { name: props.name, rows: preview.rows })}{" "}
				<span className="quiet">
					{preview.preset
						? t("seen_preset", { preset: preview.preset.title })
						: preview.own_export
							? t("seen_own")
							: t("seen_form", {
									separator: t(
										preview.separator === ";" ? "semicolons" : preview.separator === "\t" ? "tabs" : "commas",
									),
									encoding: preview.encoding === "windows-1252" ? "Windows-1252" : preview.encoding.toUpperCase().replace("-", "‑"),
								})}
				</span>
			</Text>
			{preview.rows === 0 && (
				<Alert color="red" title={t("no_rows")}>
					{t("no_rows_more")}
				</Alert>
			)}
			{preview.bad_rows > 0 && <Alert color="yellow">{t("bad_rows", { n: preview.bad_rows })}</Alert>}
			{preview.rows > 0 &&
				asked.map((question) => (
					<Question
						key={question.about}
						question={question}
						preview={preview}
						value={answerOf(wishes, preview, question.about)}
						onAnswer={(value) => answer(question, value)}
					/>
				))}
			{!preview.own_export && (
				<section>
					<Title order={2} size="h4" mb="xs">
						{t("columns_title")}
					</Title>
					<MappingTable
						preview={preview}
						busy={starting}
						onChange={(column, field) => correct(preview.columns, column, field, { customer_labels: undefined })}
					/>
					{preview.rows > 0 && !preview.columns.some((one) => one.field === "date") && (
						<Alert color="yellow" mt="sm">
							<b>{t("undated")}</b> {t("undated_more")}
						</Alert>
					)}
					{preview.properties_left > 0 && (
						<Text size="sm" className="quiet" mt="xs">
							{t("properties_left", { n: preview.properties_left })}
						</Text>
					)}
					{preview.rows > 0 && <FirstRows preview={preview} />}
					<MoreOptions preview={preview} wishes={wishes} onChange={wish} />
				</section>
			)}
			{preview.transcripts && (
				<Transcripts
					told={preview.transcripts}
					header={preview.columns[preview.transcripts.column - 1]?.header ?? ""}
					busy={starting}
					onLabels={(labels) => wish({ customer_labels: labels || undefined })}
				/>
			)}
			<Paper withBorder p="md">
				<Stack gap="md">
					{preview.own_export ? (
						<Text>{t("own_surveys")}</Text>
					) : surveys.error !== undefined ? (
						<Failure error={surveys.error} retry={surveys.reload} />
					) : (
						<WhereTo
							surveys={surveys.value?.surveys ?? []}
							survey={chosen}
							name={name}
							onSurvey={(slug) => {
								setSurvey(slug);
								wish({ repeat: undefined });
							}}
							onName={setName}
						/>
					)}
					{failed !== undefined && <Failure error={failed} retry={start} />}
					{seen.error !== undefined && <Failure error={seen.error} retry={seen.reload} />}
					<Group>
						{preview.rows > 0 && (
							<Button size="md" disabled={!ready} loading={starting} onClick={() => void start()}>
								{t("start", { n: preview.rows, rows: f.number(preview.rows) })}
							</Button>
						)}
						<Button variant="default" size="md" onClick={leave}>
							{t("other_file")}
						</Button>
					</Group>
					{!ready && preview.rows > 0 && (
						<Text size="sm" className="quiet" role="status">
							{open > 0 ? t("open_questions", { n: open }) : goesTo ? "" : t("open_survey")}
						</Text>
					)}
				</Stack>
			</Paper>
		</Stack>
	);
}
