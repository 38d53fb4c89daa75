// web/dashboard/screens/survey_editor.tsx - one survey: what it asks and says beside the page that respondents will see.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, SegmentedControl, Stack } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconChevronDown } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactElement, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useParams } from "wouter";
import { getSurveyDraft, listWordings, pauseSurvey, resumeSurvey } from "../api.ts";
import { AboutPart } from "../editor/about.tsx";
import { type Desk, DeskProvider } from "../editor/fields.tsx";
import { LanguagesPart } from "../editor/languages.tsx";
import { MeanwhileNotice } from "../editor/meanwhile.tsx";
import { type Look, lookOf, Preview } from "../editor/preview.tsx";
import { PublishDialog } from "../editor/publish.tsx";
import { Published } from "../editor/published.tsx";
import { FollowUpPart, QuestionPart } from "../editor/question.tsx";
import { QuestionsPart } from "../editor/questions.tsx";
import { ThanksPart } from "../editor/thanks.tsx";
import { PropertiesPart, TimesPart } from "../editor/times.tsx";
import { TryOutPart } from "../editor/try_out.tsx";
import { firstDraft, useDraft, type Work } from "../editor/use_draft.ts";
import { useFormat } from "../format.ts";
import { surveysChanged, useSurveysChanged } from "../surveys/changed.ts";
import { DoorBadge, SurveyMenu } from "../surveys/survey_menu.tsx";
import { SurveyWays } from "../surveys/survey_ways.tsx";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useKeys } from "../ui/keys.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { sayBad, undoable, undoLast } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

function SavedMark({ work }: { work: Work }): ReactElement {
	const t = useWords("editor");
	const f = useFormat();
	const invalid = Object.keys(work.wrong).length > 0;
	const status = invalid && work.status !== "asks" ? "invalid" : work.status;
	const why = work.refused.find((one) => one.path === "")?.message ?? "";
	return (
		<span className="editor-saved" role="status" data-status={status} data-bad={/invalid|away|asks/.test(status) || undefined}>
			{t(`status_${status}`, { when: f.ago(work.server.saved_at), why })}
		</span>
	);
}

/** Somebody is to be led to what is wrong in a part, each time that `n` is another. */
interface Lead {
	part: string;
	n: number;
}

/** A part of the form that opens and closes; `mark` tells of what waits in it. */
function Part(props: { name: string; title: string; mark?: ReactNode; open?: boolean; lead: Lead; children: ReactNode }): ReactElement {
	const [open, setOpen] = useState(props.open ?? false);
	const details = useRef<HTMLDetailsElement>(null);
	const led = useRef(0);
	const { lead } = props;
	useEffect(() => {
		if (lead.part !== props.name || led.current === lead.n) return;
		if (!open) return setOpen(true);
		led.current = lead.n;
		const at = details.current?.querySelector<HTMLElement>("[data-path][aria-invalid=true]") ?? details.current?.querySelector("summary");
		at?.focus();
	}, [lead, open]);
	return (
		<details
			ref={details}
			className="editor-part"
			id={`part-${props.name}`}
			open={open}
			onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}
		>
			<summary>
				<h2>{props.title}</h2>
				{props.mark}
				<IconChevronDown size={20} aria-hidden="true" />
			</summary>
			{open && <div>{props.children}</div>}
		</details>
	);
}

/** What stands in which part. */
const places: Record<string, RegExp> = {
	question: /definition\/(question|low_label|high_label)$/,
	follow_up: /definition\/follow_up/,
	questions: /definition\/questions\//,
	thanks: /definition\/thanks/,
	languages: /definition\/translations/,
	times: /_at$|max_answers/,
	properties: /definition\/properties/,
};

const wrongPaths = (work: Work) => [...Object.keys(work.wrong), ...work.refused.map((one) => one.path)].filter((path) => path !== "");

/** The first part in which something is wrong. */
function wrongPart(work: Work): string | undefined {
	const paths = wrongPaths(work);
	return Object.keys(places).find((name) => paths.some((path) => places[name]?.test(path)));
}

function Parts({ work, reload, lead }: { work: Work; reload: () => Promise<void>; lead: Lead }): ReactElement {
	const t = useWords("editor");
	const { definition } = work.doc;
	const missing = work.server.missing.length;
	const paths = wrongPaths(work);
	const wrong = (name: string) =>
		paths.some((path) => places[name]?.test(path)) ? (
			<span className="mark">{t("look_here")}</span>
		) : undefined;
	const isNew = work.server.survey.state === "draft";
	return (
		<Stack gap="sm" className="editor-form">
			<MeanwhileNotice />
			<Part name="about" lead={lead} title={t("part_about")} open={isNew}>
				<AboutPart onChanged={reload} />
			</Part>
			<Part name="question" lead={lead} title={t("part_question")} open mark={wrong("question")}>
				<QuestionPart />
			</Part>
			<Part name="follow_up" lead={lead} title={t("part_follow_up")} open mark={wrong("follow_up")}>
				<FollowUpPart />
			</Part>
			<Part
				name="questions"
				lead={lead}
				title={t("part_questions")}
				open={!!definition.questions?.length}
				mark={wrong("questions")}
			>
				<QuestionsPart />
			</Part>
			<Part name="thanks" lead={lead} title={t("part_thanks")} mark={wrong("thanks")}>
				<ThanksPart onConfirmed={reload} />
			</Part>
			<Part
				name="languages"
				lead={lead}
				title={t("part_languages")}
				mark={
					wrong("languages") ??
					(missing > 0 ? (
						<span className="mark">{t("missing_n", { n: missing })}</span>
					) : undefined)
				}
			>
				<LanguagesPart />
			</Part>
			<Part name="times" lead={lead} title={t("part_times")} mark={wrong("times")}>
				<TimesPart />
			</Part>
			<Part name="properties" lead={lead} title={t("part_properties")}>
				<PropertiesPart />
			</Part>
			<Part name="try_out" lead={lead} title={t("part_try_out")}>
				<TryOutPart />
			</Part>
		</Stack>
	);
}

type Words = Map<string, unknown>;

function wordsOf(wordings: Words, language: string, path: string[]): string {
	let at: unknown = wordings.get(language.split("-")[0] ?? "") ?? wordings.get("en");
	for (const name of path) at = at && typeof at === "object" ? (at as Record<string, unknown>)[name] : undefined;
	return typeof at === "string" ? at : "";
}

function Editor({ work, wordings, reload }: { work: Work; wordings: Words; reload: () => Promise<void> }): ReactElement {
	const t = useWords("editor");
	const [tab, setTab] = useState("form");
	const [publishing, setPublishing] = useState(false);
	const [published, setPublished] = useState(false);
	const [heldUp, setHeldUp] = useState(0);
	const [lead, setLead] = useState<Lead>({ part: "", n: 0 });
	const [look, setLook] = useState<Look>({ step: "ask", group: "promoters", language: "" });
	const onLook = useCallback((change: Partial<Look>) => setLook((old) => ({ ...old, ...change })), []);
	const { survey } = work.server;
	const { definition } = work.doc;
	const desk: Desk = {
		work,
		doc: work.doc,
		definition,
		change: (next, field = "") => work.edit({ ...work.doc, definition: next }, field),
		builtIn: (language, path) => wordsOf(wordings, language, path).replaceAll("{brand}", survey.brand),
		brand: survey.brand,
	};
	/* What was done last: a deed with its message, or a change of the draft. */
	const goBack = () => {
		if (undoLast(work.fieldAt)) return;
		if (work.canUndo) work.undo();
		else undoLast();
	};
	useKeys(t("keys"), [
		{ keys: "mod+z", words: t("undo"), run: goBack },
		{ keys: "mod+y", words: t("redo"), run: work.redo },
		{ keys: "mod+shift+z", words: t("redo"), run: work.redo },
		{ keys: "mod+s", words: t("save_now"), run: () => void work.flush() },
	]);
	/* In a field of the draft, too: the browser's own undo knows one field and forgets it when the server's words come back. */
	const onKeyDown = (event: KeyboardEvent) => {
		if (!(event.target as HTMLElement).dataset.path || !(event.ctrlKey || event.metaKey) || event.altKey) return;
		const key = event.key.toLowerCase();
		if (key === "y" || (key === "z" && event.shiftKey)) work.redo();
		else if (key === "z") goBack();
		else return;
		event.preventDefault();
	};
	const wantsToPublish = async () => {
		if (await work.flush()) setPublishing(true);
		else setHeldUp((n) => n + 1);
	};
	/* Behind what the attempt changed: the status tells why nothing can be published. */
	useEffect(() => {
		if (heldUp === 0) return;
		const part = wrongPart(work);
		const at = work.status === "asks" ? "meanwhile" : part;
		if (at === undefined) return sayBad(t("publish_away", { why: work.refused[0]?.message ?? "" }).trim());
		setTab("form"); // on a phone the preview may stand in its place
		setLead({ part: at, n: heldUp });
	}, [heldUp]);
	useEffect(() => {
		if (lead.part === "meanwhile") document.getElementById("meanwhile")?.focus();
	}, [lead]);
	const pause = async () => {
		try {
			await pauseSurvey({ survey: survey.id });
			surveysChanged();
			undoable(t("paused"), async () => {
				await resumeSurvey({ survey: survey.id });
				surveysChanged();
			});
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	const actions = (
		<>
			<SavedMark work={work} />
			<ActionIcon variant="default" size="lg" aria-label={t("undo")} disabled={!work.canUndo} onClick={work.undo}>
				<IconArrowBackUp size={20} aria-hidden="true" />
			</ActionIcon>
			<ActionIcon variant="default" size="lg" aria-label={t("redo")} disabled={!work.canRedo} onClick={work.redo}>
				<IconArrowForwardUp size={20} aria-hidden="true" />
			</ActionIcon>
			{survey.state === "live" && (
				<Button variant="default" className="not-on-phones" onClick={() => void pause()}>
					{t("pause")}
				</Button>
			)}
			<Button onClick={() => void wantsToPublish()} disabled={survey.state === "live" && work.status === "saved" && !work.server.changed}>
				{t(survey.state === "draft" || survey.state === "live" ? "publish" : "resume")}
			</Button>
			<SurveyMenu survey={survey} inEditor />
		</>
	);
	return (
		<DeskProvider value={desk}>
			<div onKeyDown={onKeyDown}>
				<Page title={survey.name} wide actions={actions}>
					<SurveyWays id={survey.id} at="edit">
						<DoorBadge survey={survey} />
						{work.server.changed && survey.state !== "draft" && <span className="quiet">{t("not_published")}</span>}
					</SurveyWays>
					{published && survey.state === "live" && <Published survey={survey} onClose={() => setPublished(false)} />}
					<div className="editor-tabs">
						<SegmentedControl
							fullWidth
							value={tab}
							onChange={setTab}
							data={[
								{ value: "form", label: t("tab_form") },
								{ value: "preview", label: t("preview") },
							]}
						/>
					</div>
					<div
						className="editor"
						data-tab={tab}
						onFocus={(event) => {
							const path = event.target.dataset.path;
							if (path) onLook(lookOf(path));
						}}
					>
						<Parts work={work} reload={reload} lead={lead} />
						<Preview look={look} onLook={onLook} />
					</div>
					{publishing && (
						<PublishDialog
							onClose={() => setPublishing(false)}
							onLook={reload}
							onPublished={async () => {
								setPublishing(false);
								await reload();
								setPublished(true);
							}}
						/>
					)}
				</Page>
			</div>
		</DeskProvider>
	);
}

function OneSurvey({ id }: { id: string }): ReactElement {
	const t = useWords("editor");
	const { work, replace } = useDraft(id);
	const first = useLoad((signal) => firstDraft(id, signal), [id]);
	const words = useLoad((signal) => listWordings({}, { signal }), []);
	const { value } = first;
	useEffect(() => {
		if (value) replace(value);
	}, [value, replace]);
	const reload = useCallback(async () => replace(await getSurveyDraft({ survey: id })), [id, replace]);
	useSurveysChanged(useCallback(() => reload().catch((error: unknown) => sayBad(sentenceOf(error))), [reload]));
	const wordings = useMemo(
		() => new Map((words.value?.wordings ?? []).map((one) => [one.language, one] as const)),
		[words.value],
	);
	if (work) return <Editor work={work} wordings={wordings} reload={reload} />;
	return (
		<Page title={t("title")}>
			{first.error !== undefined ? <Failure error={first.error} retry={first.reload} /> : <Loading rows={5} />}
		</Page>
	);
}

export default function SurveyEditor(): ReactElement {
	const { id = "" } = useParams<{ id: string }>();
	return <OneSurvey key={id} id={id} />;
}
