// web/dashboard/import/one_import.tsx - the third step: an import that waits, runs, is done, failed or taken back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";
import { getFacets, getImport, getRejectedRowsPath, type Import, repeatImport, undoImport } from "../api.ts";
import { useFormat } from "../format.ts";
import { useAgain } from "../ui/again.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

export const isUnderWay = (one: Import): boolean => ["queued", "running", "undoing"].includes(one.state);

/** "120 scored, 1 comment, 1 rejected" */
export function useCounts(): (one: Import) => string {
	const t = useWords("import");
	const f = useFormat();
	return (one) =>
		f.list(
			[
				t("n_scored", { n: one.scored }),
				one.comments > 0 && t("n_comments", { n: one.comments }),
				one.dismissed > 0 && t("n_dismissed", { n: one.dismissed }),
				one.rows_rejected > 0 && t("n_rejected", { n: one.rows_rejected }),
			].filter((text) => text !== false),
		);
}

function Running({ one }: { one: Import }): ReactElement {
	const t = useWords("import");
	const f = useFormat();
	const p = one.progress;
	const total = p?.rows_total || one.rows_total;
	const share = p && total > 0 ? Math.min(p.rows / total, 1) : 0;
	const title =
		one.state === "queued" && !p
			? t("waiting")
			: p?.phase === "reading" || (!p && one.state === "running")
				? t("reading")
				: one.state === "undoing"
					? t("undoing")
					: t("taking");
	const left = p?.seconds_left ?? null;
	return (
		<Stack gap="sm">
			<Title order={2} size="h3">
				{title}
			</Title>
			<Progress value={share * 100} size="xl" animated={false} aria-label={title} />
			<Text role="status">
				{p && total > 0 && t("rows_of", { rows: p.rows, total })}
				{p?.rows_per_second ? ` · ${t("per_second", { n: p.rows_per_second })}` : ""}
				{left !== null && p && p.rows < total
					? ` · ${left < 90 ? t("seconds_left", { n: left }) : t("minutes_left", { n: Math.ceil(left / 60) })}`
					: ""}
				{p && p.rows_rejected > 0 ? ` · ${t("n_rejected", { n: p.rows_rejected })}` : ""}
				{!p && (one.state === "queued" ? t("waiting_more") : "…")}
			</Text>
			{p?.waits && <Alert color="yellow">{t("storage_waits")}</Alert>}
			<Text size="sm" className="quiet">
				{t("may_leave", { n: f.number(total) })}
			</Text>
		</Stack>
	);
}

/** Where they count from now on, and the way to see them alone: old rows stand in one score with what comes in today. */
function Among({ one }: { one: Import }): ReactElement | null {
	const t = useWords("import");
	const { value } = useLoad((signal) => getFacets({ survey: one.survey, import: ["none"], counted: "true" }, { signal }), [one.id]);
	if (one.rows_added === 0 || one.scored === 0 || !value?.answers) return null;
	return (
		<Text>
			{t.rich("among", {
				n: value.answers,
				survey: one.survey_name,
				all: (parts: ReactNode[]) => <Link href={`/?survey=${encodeURIComponent(one.survey)}&period=all`}>{parts}</Link>,
			})}
		</Text>
	);
}

function Done({ one }: { one: Import }): ReactElement {
	const t = useWords("import");
	const counts = useCounts();
	return (
		<Stack gap="sm">
			<Title order={2} size="h3">
				{counts(one)}
			</Title>
			<Text>{t("done_more", { added: one.rows_added, known: one.rows_known, survey: one.survey_name })}</Text>
			<Among one={one} />
			{one.bad_addresses > 0 && (
				<Text size="sm" className="quiet">
					{t("bad_addresses", { n: one.bad_addresses })}
				</Text>
			)}
			{one.cut > 0 && (
				<Text size="sm" className="quiet">
					{t("cut", { n: one.cut })}
				</Text>
			)}
			{one.has_rejected_file && (
				<Text>
					<a href={getRejectedRowsPath({ import: one.id })} download>
						{t("rejected_file", { n: one.rows_rejected })}
					</a>{" "}
					<span className="quiet">{t("rejected_more")}</span>
				</Text>
			)}
		</Stack>
	);
}

/** Its own answers; where it brought nothing new, those of the survey that had them before. */
const thoseOf = (one: Import): string =>
	`${one.rows_added > 0 ? `import=${one.id}` : `survey=${encodeURIComponent(one.survey)}`}&period=all`;

export function OneImport(props: { id: string; onAnother: () => void; onChanged: () => void }): ReactElement {
	const t = useWords("import");
	const load = useLoad((signal) => getImport({ import: props.id }, { signal }), [props.id]);
	const { value: one, error, reload } = load;
	const [failed, setFailed] = useState<unknown>();
	const [busy, setBusy] = useState(false);
	const running = one !== undefined && isUnderWay(one);
	useAgain(load, running ? 700 : null);
	useEffect(() => {
		if (!running) props.onChanged();
	}, [running, one?.state]);

	const change = async (what: () => Promise<unknown>) => {
		setBusy(true);
		setFailed(undefined);
		try {
			await what();
			await reload();
		} catch (problem) {
			setFailed(problem);
		} finally {
			setBusy(false);
		}
	};
	if (!one) return error === undefined ? <Loading rows={3} /> : <Failure error={error} retry={reload} />;
	const undo = () => change(() => undoImport({ import: one.id }));
	const again = () => change(() => repeatImport({ import: one.id }));
	return (
		<Paper withBorder p="lg" className="one-import">
			<Text className="quiet" mb="sm">
				{t("file_to_survey", { file: one.file_name, survey: one.survey_name })}
			</Text>
			{running && <Running one={one} />}
			{one.state === "done" && <Done one={one} />}
			{one.state === "undone" && (
				<Stack gap={4}>
					<Title order={2} size="h3">
						{t("undone")}
					</Title>
					<Text>{one.may_again ? t("undone_more") : t("undone_gone")}</Text>
				</Stack>
			)}
			{one.state === "failed" && (
				<Alert color="red" title={t("failed")} role="alert">
					{one.why}
				</Alert>
			)}
			{failed !== undefined && <Failure error={failed} />}
			{error !== undefined && <Failure error={error} retry={reload} />}
			<Group mt="md">
				{one.state === "done" && (
					<>
						<Button component={Link} href={`/?${thoseOf(one)}`}>
							{t("see_score")}
						</Button>
						<Button component={Link} variant="default" href={`/answers?${thoseOf(one)}`}>
							{t("see_answers")}
						</Button>
					</>
				)}
				{one.may_again && (
					<Button loading={busy} onClick={() => void again()}>
						{t("again")}
					</Button>
				)}
				{(one.state === "done" || one.state === "failed") && (
					<Button variant="default" loading={busy} onClick={() => void undo()}>
						{t("undo")}
					</Button>
				)}
				{(one.state === "running" || one.state === "queued") && (
					<Button variant="default" loading={busy} onClick={() => void undo()}>
						{t("stop")}
					</Button>
				)}
				<Button variant="subtle" onClick={props.onAnother}>
					{t("another")}
				</Button>
			</Group>
		</Paper>
	);
}
