// web/dashboard/answers/detail.tsx - one answer with all it knows: what was said, by whom, what colleagues did and wrote.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, CopyButton, Group } from "@mantine/core";
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconLink, IconStar, IconStarFilled, IconX } from "@tabler/icons-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { getResponse, listPeopleOfResponse, Refusal, type ResponseDetail } from "../api.ts";
import { useFormat } from "../format.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";
import type { Deed } from "./actions.ts";
import { ErasePerson } from "./erase.tsx";
import { Further, Origin, Others, Person, Properties, wordingOf } from "./facts.tsx";
import { Marked } from "./mark.tsx";
import { Notes } from "./notes.tsx";
import { Score, StateBadge } from "./row.tsx";
import { Tags } from "./tags.tsx";
import { Talk, TalkLine } from "./talk.tsx";
import { Tell } from "./tell.tsx";
import { Timeline } from "./timeline.tsx";
import { Themed, Understood } from "./understood.tsx";

export interface DetailProps {
	id: string;
	/** Grows with each change made elsewhere: the answer is asked for again. */
	changes: number;
	surveys: Map<string, string>;
	search: string;
	narrow: boolean;
	onBack: () => void;
	onPrevious?: () => void;
	onNext?: () => void;
	onDeed: (deed: Deed) => void;
	onExclude: () => void;
	onPurge?: () => void;
	/** Whoever gave it may be erased here, and was. */
	onErased?: () => void;
	hrefOf: (id: string) => string;
	/** A note was written or changed. */
	onNoted: () => void;
}

function Bar(props: DetailProps & { answer?: ResponseDetail }): ReactElement {
	const t = useWords("answers");
	const { answer } = props;
	const Back = props.narrow ? IconArrowLeft : IconX;
	return (
		<div className="aw-bar no-print">
			<ActionIcon variant="default" size="lg" aria-label={t(props.narrow ? "back" : "close_panel")} onClick={props.onBack}>
				<Back size={18} aria-hidden="true" />
			</ActionIcon>
			<ActionIcon variant="default" size="lg" aria-label={t("previous")} disabled={!props.onPrevious} onClick={props.onPrevious}>
				<IconChevronUp size={18} aria-hidden="true" />
			</ActionIcon>
			<ActionIcon variant="default" size="lg" aria-label={t("next")} disabled={!props.onNext} onClick={props.onNext}>
				<IconChevronDown size={18} aria-hidden="true" />
			</ActionIcon>
			<span className="aw-gap" />
			{answer && (
				<>
					<CopyButton value={new URL(`/answers/${answer.id}`, location.origin).href}>
						{({ copied, copy }) => (
							<Button variant="default" className="aw-copy" leftSection={<IconLink size={16} aria-hidden="true" />} onClick={copy}>
								<span className="aw-copy-words">{t(copied ? "link_copied" : "link_copy")}</span>
							</Button>
						)}
					</CopyButton>
					<ActionIcon
						variant="default"
						size="lg"
						aria-pressed={answer.starred}
						aria-label={t(answer.starred ? "unstar" : "star")}
						onClick={() => props.onDeed({ action: answer.starred ? "unstar" : "star" })}
					>
						{answer.starred ? (
							<IconStarFilled size={18} className="aw-star" aria-hidden="true" />
						) : (
							<IconStar size={18} aria-hidden="true" />
						)}
					</ActionIcon>
				</>
			)}
		</div>
	);
}

function Deeds(props: DetailProps & { answer: ResponseDetail }): ReactElement {
	const t = useWords("answers");
	const { answer, onDeed } = props;
	if (answer.state === "deleted")
		return (
			<Group gap="xs" className="no-print">
				<Button onClick={() => onDeed({ action: "restore" })}>{t("restore")}</Button>
				{props.onPurge && (
					<Button variant="default" onClick={props.onPurge}>
						{t("purge")}
					</Button>
				)}
			</Group>
		);
	const counted = answer.state === "partial" || answer.state === "complete";
	return (
		<Group gap="xs" className="no-print">
			{!counted && answer.state !== "dismissed" && (
				<Button variant="light" onClick={() => onDeed({ action: "include" })}>
					{t("include")}
				</Button>
			)}
			{answer.state !== "excluded" && (
				<Button variant="default" onClick={props.onExclude}>
					{t("exclude")}
				</Button>
			)}
			{answer.state !== "test" && (
				<Button variant="default" onClick={() => onDeed({ action: "test" })}>
					{t("test")}
				</Button>
			)}
			<Button variant="default" onClick={() => onDeed({ action: "delete" })}>
				{t("delete")}
			</Button>
		</Group>
	);
}

function Standing({ answer }: { answer: ResponseDetail }): ReactElement | null {
	const t = useWords("answers");
	const f = useFormat();
	if (answer.state === "partial" || answer.state === "complete") return null;
	const binned = answer.deleted_at ? f.day(f.dayOf(Date.parse(answer.deleted_at) + 30 * 86_400_000)) : "";
	return (
		<p className="aw-standing">
			<StateBadge state={answer.state} />{" "}
			{answer.state === "excluded"
				? t("standing_excluded", { reason: answer.state_reason ?? "" })
				: t(`standing_${answer.state}`, { day: binned })}
		</p>
	);
}

/** Longer ones are cut until they are asked for whole. */
const longComment = 1000;

interface CommentProps {
	text: string;
	answer: ResponseDetail;
	search: string;
	onTold: () => Promise<void>;
}

function Comment({ text, answer, search, onTold }: CommentProps): ReactElement {
	const t = useWords("answers");
	const [whole, setWhole] = useState(text.length <= longComment);
	const { reading } = answer;
	const words = (from: number, to: number) =>
		search || !reading ? <Marked text={text.slice(from, to)} search={search} /> : <Themed text={text} reading={reading} from={from} to={to} />;
	return (
		<div className="aw-comment-whole">
			<TalkLine answer={answer} />
			<blockquote lang={answer.language || undefined} dir="auto" className={whole ? undefined : "cut"}>
				{answer.turns.length > 0 ? <Talk answer={answer} words={words} /> : words(0, text.length)}
			</blockquote>
			{!whole && (
				<Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
					{t("show_whole")}
				</Button>
			)}
			<Tell answer={answer} onTold={onTold} />
		</div>
	);
}

function Body(props: DetailProps & { answer: ResponseDetail; reload: () => Promise<void> }): ReactElement {
	const t = useWords("answers");
	const { answer, onDeed } = props;
	const { value } = useLoad((signal) => listPeopleOfResponse({ response: answer.id }, { signal }), [answer.id]);
	const people = value?.people ?? [];
	const names = new Map(people.map((one) => [one.email, one.name || one.email]));
	const changed = async () => {
		await props.reload();
		props.onNoted();
	};
	return (
		<div className="aw-body">
			<div className="aw-said">
				<Score score={answer.score} large />
				{answer.comment ? (
					<Comment key={answer.id} text={answer.comment} answer={answer} search={props.search} onTold={changed} />
				) : (
					<p className="quiet">{t("no_comment")}</p>
				)}
			</div>
			<Understood answer={answer} />
			<Standing answer={answer} />
			<Further answer={answer} />
			<Deeds {...props} />
			<section aria-labelledby="aw-tags">
				<h3 id="aw-tags">{t("tags")}</h3>
				<Tags
					tags={answer.tags}
					onAdd={(tag) => onDeed({ action: "tag", tag })}
					onTake={(tag) => onDeed({ action: "untag", tag })}
				/>
			</section>
			<section aria-labelledby="aw-notes">
				<h3 id="aw-notes">{t("notes")}</h3>
				<Notes key={answer.id} answer={answer} people={people} onChanged={changed} />
			</section>
			<section aria-labelledby="aw-person">
				<h3 id="aw-person">{t("person")}</h3>
				<Person answer={answer} />
				<Others answer={answer} hrefOf={props.hrefOf} />
				{answer.person_id && props.onErased && <ErasePerson key={answer.person_id} person={answer.person_id} onErased={props.onErased} />}
			</section>
			<section aria-labelledby="aw-origin">
				<h3 id="aw-origin">{t("origin")}</h3>
				<Origin answer={answer} survey={props.surveys.get(answer.survey_id) ?? ""} />
				<Properties answer={answer} />
			</section>
			<section aria-labelledby="aw-history">
				<h3 id="aw-history">{t("history")}</h3>
				<Timeline answer={answer} people={names} wording={wordingOf(answer)} />
			</section>
		</div>
	);
}

export function Detail(props: DetailProps): ReactElement {
	const t = useWords("answers");
	const { id, changes } = props;
	const { value, error, reload } = useLoad((signal) => getResponse({ response: id }, { signal }), [id, changes]);
	const heading = useRef<HTMLHeadingElement>(null);
	const answer = value?.id === id ? value : undefined;
	useEffect(() => {
		if (props.narrow) heading.current?.focus({ preventScroll: true });
	}, [id, props.narrow]);
	return (
		<section className="aw-panel" aria-label={t("answer")}>
			<h2 ref={heading} tabIndex={-1} className="visually-hidden">
				{t("answer")}
			</h2>
			<Bar {...props} answer={answer} />
			{error instanceof Refusal && error.status === 404 ? (
				<Empty title={t("gone")} text={t("gone_more")}>
					<Button variant="light" onClick={props.onBack}>
						{t("to_list")}
					</Button>
				</Empty>
			) : (
				error !== undefined && <Failure error={error} retry={reload} />
			)}
			{answer ? <Body {...props} answer={answer} reload={reload} /> : error === undefined && <Loading rows={5} />}
		</section>
	);
}
