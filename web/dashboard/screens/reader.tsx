// web/dashboard/screens/reader.tsx - comments one at a time, large, by keys: read, put right what was understood, star.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, Title } from "@mantine/core";
import { IconArrowBackUp, IconChevronLeft, IconChevronRight, IconStar, IconStarFilled, IconTags, IconX } from "@tabler/icons-react";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation, useParams, useSearch } from "wouter";
import { countResponses, getResponse, listSurveys, listThemes } from "../api.ts";
import { type Query, useAnswers } from "../answers/store.ts";
import { viewOf, views } from "../answers/views.ts";
import { useFilterWords } from "../filter/filter_bar.tsx";
import { useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { type Corrections, type Sentiment, sentiments, type Shown, useCorrections } from "../reader/correct.ts";
import { type Comment, Said } from "../reader/said.tsx";
import { useSwipe } from "../reader/swipe.ts";
import { ThemesDialog } from "../reader/themes_dialog.tsx";
import { useThemeName } from "../themes/name.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useKeys } from "../ui/keys.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { say, undoLast } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

/** The next page is asked for when so few are left ahead. */
const ahead = 20;
/** An address may name a comment far down: so many are looked through for its place. */
const searched = 2000;

interface Reading {
	comment: Comment | undefined;
	/** Of the list; -1: not among what is there yet. */
	index: number;
	list: ReturnType<typeof useAnswers>;
	total: number | undefined;
	failed: unknown;
	retry: () => void;
	show: (id: string, change: Partial<Shown>) => void;
}

/** The comments that the address asks for, and the one that it names. */
function useReading(id: string | null, query: Query, key: string): Reading {
	const list = useAnswers(query, key);
	const total = useLoad((signal) => countResponses(query, { signal }), [key]);
	const index = list.rows.findIndex((row) => row.id === id);
	const listed = list.rows[index];
	const lone = useLoad(async (signal) => (id && index === -1 ? getResponse({ response: id }, { signal }) : null), [id, index === -1]);
	const alone = lone.value?.id === id ? lone.value : null;
	const comment = listed ?? (alone ? { ...alone, person_name: alone.person?.name ?? null } : undefined);
	const short = index === -1 ? id !== null && list.rows.length < searched : index > list.rows.length - ahead;
	useEffect(() => {
		if ((short || list.rows.length === 0) && !list.complete && !list.loading && list.error === undefined) list.more();
	}, [short, list.complete, list.loading, list.error, list.rows.length]);
	const failed = lone.error ?? (list.rows.length === 0 ? list.error : undefined);
	return {
		comment,
		index,
		list,
		total: total.value?.count,
		failed: comment ? undefined : failed,
		retry: () => {
			void lone.reload();
			void list.refresh();
		},
		show: (which, change) => {
			list.patch([which], () => change);
			if (lone.value?.id === which) lone.put({ ...lone.value, ...change });
		},
	};
}

function Tools({ comment, on, onThemes, next, previous }: { comment: Comment; on: Corrections; onThemes: () => void; next: () => void; previous: () => void }): ReactElement {
	const t = useWords("reader");
	const label = comment.reading?.sentiment?.label;
	return (
		<footer className="reader-tools">
			<ActionIcon className="reader-step" variant="default" size={44} aria-label={t("previous")} onClick={previous}>
				<IconChevronLeft size={22} aria-hidden="true" />
			</ActionIcon>
			<div className="reader-deeds">
				<div className="reader-sentiments" role="group" aria-label={t("sentiment")}>
					{sentiments.map((one, i) => (
						<button key={one} type="button" className={`reader-sentiment ${one}`} aria-pressed={label === one} disabled={!comment.reading} onClick={() => on.sentiment(comment, one)}>
							<kbd aria-hidden="true">{i + 1}</kbd> {t(`is_${one}`)}
						</button>
					))}
				</div>
				<div className="reader-more">
					<Button variant="default" leftSection={<IconTags size={18} aria-hidden="true" />} disabled={!comment.reading} onClick={onThemes}>
						{t("themes")}
					</Button>
					<Button
						variant="default"
						aria-pressed={comment.starred}
						leftSection={comment.starred ? <IconStarFilled size={18} className="aw-star" aria-hidden="true" /> : <IconStar size={18} aria-hidden="true" />}
						onClick={() => on.star(comment)}
					>
						<span className="reader-word">{t(comment.starred ? "starred" : "star")}</span>
					</Button>
					<Button variant="default" leftSection={<IconArrowBackUp size={18} aria-hidden="true" />} onClick={on.undo}>
						<span className="reader-word">{t("undo")}</span>
					</Button>
				</div>
			</div>
			<ActionIcon className="reader-step" variant="default" size={44} aria-label={t("next")} onClick={next}>
				<IconChevronRight size={22} aria-hidden="true" />
			</ActionIcon>
		</footer>
	);
}

export default function ReaderScreen(): ReactElement {
	const t = useWords("reader");
	const answers = useWords("answers");
	const f = useFormat();
	const filter = useFilter();
	const address = useSearch();
	const [, go] = useLocation();
	const id = useParams<{ id?: string }>().id ?? null;
	const view = viewOf(new URLSearchParams(address).get("view"));
	const words = useFilterWords(filter);
	const name = useThemeName();
	const query = useMemo<Query>(() => ({ ...filter.query, ...views[view], has_comment: "true" }), [filter.key, view]);
	const { comment, index, list, total, failed, retry, show } = useReading(id, query, JSON.stringify(["read", filter.key, view]));
	const { value: surveys } = useLoad(async (signal) => new Map((await listSurveys({}, { signal })).surveys.map((one) => [one.id, one.name])), []);
	const { value: themes } = useLoad(async (signal) => (await listThemes({}, { signal })).themes.filter((one) => one.state === "on"), []);
	const [retags, setRetags] = useState(false);
	const page = useRef<HTMLDivElement>(null);

	const rest = address ? `?${address}` : "";
	const open = (which: string) => go(`/answers/read/${which}${rest}`, { replace: true });
	const on = useCorrections(show, open, name);
	const first = list.rows[0];
	useEffect(() => {
		if (id === null && first) open(first.id);
	}, [id, first?.id]);
	useEffect(() => {
		document.title = `${t("title")} – Heed`;
	}, []);
	useEffect(() => {
		window.scrollTo(0, 0);
	}, [id]);

	const step = (by: number) => {
		const row = index === -1 ? list.rows[0] : list.rows[index + by];
		if (row) open(row.id);
		else if (by < 0) say(t("is_first"));
		else if (list.complete) say(t("is_last", { n: list.rows.length }));
	};
	const [next, previous] = [() => step(1), () => step(-1)];
	const close = () => go(`/answers${id === null ? "" : `/${id}`}${rest}`);
	const swipe = useSwipe(next, previous);
	const feel = (label: Sentiment) => () => comment && on.sentiment(comment, label);

	useKeys(t("keys"), [
		{ keys: "j", words: t("next"), run: next },
		{ keys: "k", words: t("previous"), run: previous },
		{ keys: "ArrowRight", words: t("next"), run: next },
		{ keys: "ArrowLeft", words: t("previous"), run: previous },
		{ keys: "t", words: t("themes"), run: () => comment?.reading && setRetags(true) },
		...sentiments.map((label, i) => ({ keys: String(i + 1), words: t(`says_${label}`), run: feel(label) })),
		{ keys: "s", words: t("key_star"), run: () => comment && on.star(comment) },
		{ keys: "u", words: t("key_undo"), run: on.undo },
		{ keys: "mod+z", words: t("key_undo"), run: () => undoLast() || on.undo() },
		{ keys: "Escape", words: t("close"), run: close },
	]);

	const nothing = list.complete && list.rows.length === 0 && !comment;
	return (
		<div className="reader" ref={page} {...swipe}>
			<header className="reader-head">
				<ActionIcon variant="default" size="lg" aria-label={t("close")} onClick={close}>
					<IconX size={18} aria-hidden="true" />
				</ActionIcon>
				<div className="reader-where">
					<Title order={1} size="h5">
						{index === -1 || total === undefined ? t("title") : t("place", { at: index + 1, n: Math.max(total, list.rows.length) })}
					</Title>
					<span className="quiet">{[view === "all" ? "" : answers(`view_${view}`), words].filter(Boolean).join(" · ")}</span>
				</div>
				<Button className="reader-help" variant="subtle" size="compact-sm" onClick={() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "?" }))}>
					<kbd>?</kbd> {t("help")}
				</Button>
			</header>
			<progress className="reader-progress" value={index + 1} max={Math.max(1, total ?? 1)} aria-label={t("progress", { at: f.number(index + 1), n: f.number(total ?? 0) })} />
			<div className="reader-page" aria-live="polite">
				{failed !== undefined && <Failure error={failed} retry={async () => retry()} />}
				{nothing && (
					<Empty title={t("none")} text={t("none_more")}>
						<Button component={Link} href={`/answers${rest}`}>
							{t("to_answers")}
						</Button>
					</Empty>
				)}
				{!comment && !nothing && failed === undefined && <Loading rows={6} />}
				{comment && <Said key={comment.id} comment={comment} survey={surveys?.get(comment.survey_id) ?? ""} />}
			</div>
			{comment && <Tools comment={comment} on={on} onThemes={() => setRetags(true)} next={next} previous={previous} />}
			{retags && comment?.reading && themes && (
				<ThemesDialog themes={themes} reading={comment.reading} onSay={(theme, polarity) => on.theme(comment, theme, polarity)} onClose={() => setRetags(false)} />
			)}
		</div>
	);
}
