// web/dashboard/editor/questions.tsx - further questions: choices and ratings, in an order that one may change by dragging or
// by the arrow keys.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, Checkbox, Group, Paper, Stack, Switch, Text as Plain, TextInput } from "@mantine/core";
import { IconGripVertical, IconPlus, IconTrash } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactElement, useEffect, useState } from "react";
import { getFunnel } from "../api.ts";
import { useFormat } from "../format.ts";
import { useLoad } from "../ui/load.ts";
import { say } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { useDesk, useError } from "./fields.tsx";
import { choicesMax, freeKey, groups, type Question, questionsMax, withMember } from "./model.ts";
import { Notice } from "./notice.tsx";

function moved<T>(list: T[], from: number, to: number): T[] {
	const next = list.filter((_, i) => i !== from);
	next.splice(to, 0, list[from] as T);
	return next;
}

/** More than two questions: what that costs, by the survey's own figures as soon as there are enough. */
export function DropWarning(): ReactElement | null {
	const t = useWords("editor");
	const f = useFormat();
	const { definition, work } = useDesk();
	const asks = (definition.questions?.length ?? 0) > 0;
	const survey = work.server.survey.id;
	const { value: funnel } = useLoad(async (signal) => (asks ? getFunnel({ survey }, { signal }) : null), [survey, asks]);
	if (!asks || !funnel) return null;
	// Where nothing was shown, nobody began on a page: by the API and by import people come whole.
	const { started, completed } = funnel.all.shown === null ? { started: 0, completed: 0 } : funnel.all;
	const more =
		started >= 200
			? t("drop_own", { started, share: f.percent((started - completed) / started) })
			: t("drop_vendors", { started });
	return (
		<Notice title={t("drop")}>
			<p>{more}</p>
		</Notice>
	);
}

function Grip(props: { label: string; onMove: (by: number) => void }): ReactElement {
	const onKeyDown = (event: KeyboardEvent) => {
		const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
		if (by === 0) return;
		event.preventDefault();
		const grip = event.currentTarget as HTMLElement;
		props.onMove(by);
		requestAnimationFrame(() => grip.focus()); // what moves in the page loses it
	};
	return (
		<ActionIcon variant="subtle" color="gray" className="grip" aria-label={props.label} onKeyDown={onKeyDown}>
			<IconGripVertical size={18} aria-hidden="true" />
		</ActionIcon>
	);
}

function Choices({ question, at, put }: { question: Question; at: string; put: (q: Question, field?: string) => void }): ReactElement {
	const t = useWords("editor");
	const errorAt = useError();
	const choices = question.choices ?? [];
	const set = (next: typeof choices, field?: string) => put({ ...question, choices: next }, field);
	return (
		<Stack gap="xs" component="fieldset" className="plain-set">
			<legend>{t("choices")}</legend>
			{choices.map((choice, i) => (
				<Group key={choice.key} gap="xs" wrap="nowrap" align="flex-start">
					<Grip
						label={t("move", { what: choice.text || t("choice_n", { n: i + 1 }) })}
						onMove={(by) => i + by >= 0 && i + by < choices.length && set(moved(choices, i, i + by))}
					/>
					<TextInput
						className="grow"
						aria-label={t("choice_n", { n: i + 1 })}
						value={choice.text}
						error={errorAt(`${at}/choices/${i}/text`)}
						data-path={`${at}/choices/${i}/text`}
						onChange={(event) => {
							const text = event.currentTarget.value;
							set(choices.map((one) => (one.key === choice.key ? { ...one, text } : one)), `${at}/${choice.key}`);
						}}
					/>
					<ActionIcon
						variant="subtle"
						color="gray"
						disabled={choices.length <= 2}
						aria-label={t("remove", { what: choice.text || t("choice_n", { n: i + 1 }) })}
						onClick={() => set(choices.filter((one) => one.key !== choice.key))}
					>
						<IconTrash size={18} aria-hidden="true" />
					</ActionIcon>
				</Group>
			))}
			{choices.length < choicesMax && (
				<Group>
					<Button
						size="compact-sm"
						variant="subtle"
						leftSection={<IconPlus size={16} aria-hidden="true" />}
						onClick={() =>
							set([...choices, { key: freeKey("c", choices.map((c) => c.key)), text: t("choice_n", { n: choices.length + 1 }) }])
						}
					>
						{t("add_choice")}
					</Button>
				</Group>
			)}
		</Stack>
	);
}

function Card(props: {
	question: Question;
	index: number;
	put: (q: Question, field?: string) => void;
	taken: string[];
	rename: (key: string) => void;
	remove: () => void;
	move: (by: number) => void;
}): ReactElement {
	const t = useWords("editor");
	const errorAt = useError();
	const { question, index, put } = props;
	const at = `/definition/questions/${index}`;
	const asked = question.groups ?? [...groups];
	const name = question.text || t("question_n", { n: index + 1 });
	return (
		<Stack gap="sm">
			<Group gap="xs" wrap="nowrap" align="flex-start">
				<Grip label={t("move", { what: name })} onMove={props.move} />
				<TextInput
					className="grow"
					label={t(question.kind === "choice" ? "choice_question" : "rating_question")}
					value={question.text}
					error={errorAt(`${at}/text`)}
					data-path={`${at}/text`}
					onChange={(event) => put({ ...question, text: event.currentTarget.value }, `${at}/text`)}
				/>
				<ActionIcon variant="subtle" color="gray" aria-label={t("remove", { what: name })} onClick={props.remove}>
					<IconTrash size={18} aria-hidden="true" />
				</ActionIcon>
			</Group>
			{question.kind === "choice" && <Choices question={question} at={at} put={put} />}
			<fieldset className="plain-set">
				<legend>{t("asked_of")}</legend>
				<Group gap="md">
					{groups.map((group) => (
						<Checkbox
							key={group}
							label={t(`group_${group}`)}
							checked={asked.includes(group)}
							disabled={asked.length === 1 && asked.includes(group)}
							onChange={(event) => {
								const next = groups.filter((one) => (one === group ? event.currentTarget.checked : asked.includes(one)));
								put(withMember(question, "groups", next.length === groups.length ? undefined : next));
							}}
						/>
					))}
				</Group>
			</fieldset>
			<Switch
				label={t("required")}
				checked={question.required}
				onChange={(event) => put({ ...question, required: event.currentTarget.checked })}
			/>
			<Key value={question.key} at={`${at}/key`} taken={props.taken} rename={props.rename} />
		</Stack>
	);
}

/**
 * Taken over when one leaves it: translations stand under the key, and half a key is none. One that another question has is
 * not: its translations would be written over.
 */
function Key(props: { value: string; at: string; taken: string[]; rename: (key: string) => void }): ReactElement {
	const t = useWords("editor");
	const errorAt = useError();
	const [text, setText] = useState(props.value);
	useEffect(() => setText(props.value), [props.value]);
	const twice = props.taken.includes(text);
	return (
		<TextInput
			size="xs"
			label={t("key")}
			description={t("key_more")}
			value={text}
			error={twice ? t("wrong_twice") : errorAt(props.at)}
			data-path={props.at}
			onChange={(event) => setText(event.currentTarget.value)}
			onKeyDown={(event) => text !== props.value && event.stopPropagation()} // the draft's undo does not know of it yet
			onBlur={() => text !== props.value && !twice && props.rename(text)}
		/>
	);
}

export function QuestionsPart(): ReactElement {
	const t = useWords("editor");
	const { definition, change } = useDesk();
	const [dragged, setDragged] = useState<number | null>(null);
	const questions = definition.questions ?? [];
	const set = (next: Question[], field?: string) =>
		change(withMember(definition, "questions", next.length ? next : undefined), field);
	const move = (from: number, to: number) => {
		if (to < 0 || to >= questions.length || from === to) return;
		set(moved(questions, from, to));
		say(t("moved", { what: questions[from]?.text ?? "", n: to + 1, of: questions.length }));
	};
	/* Translations stand under the key. */
	const rename = (index: number, key: string) => {
		const old = questions[index]?.key ?? "";
		const next = questions.map((q, i) => (i === index ? { ...q, key } : q));
		const translations = Object.entries(definition.translations ?? {}).map(([tag, texts]) => {
			const { [old]: own, ...others } = texts.questions ?? {};
			return [tag, own ? { ...texts, questions: { ...others, [key]: own } } : texts] as const;
		});
		change(
			{ ...definition, questions: next, ...(definition.translations && { translations: Object.fromEntries(translations) }) },
			`/definition/questions/${index}/key`,
		);
	};
	const remove = (index: number) => {
		const gone = questions[index]?.key ?? "";
		const translations = Object.entries(definition.translations ?? {}).map(([tag, texts]) => {
			const { [gone]: _, ...others } = texts.questions ?? {};
			return [tag, withMember(texts, "questions", others)] as const;
		});
		change({
			...withMember(definition, "questions", questions.length > 1 ? questions.filter((_, i) => i !== index) : undefined),
			...(definition.translations && { translations: Object.fromEntries(translations) }),
		});
	};
	const add = (kind: Question["kind"]) => {
		const key = freeKey("q", questions.map((q) => q.key));
		const choices = [1, 2].map((n) => ({ key: `c${n}`, text: t("choice_n", { n }) }));
		const text = t(kind === "choice" ? "new_choice" : "new_rating");
		set([...questions, { key, kind, text, required: false, ...(kind === "choice" && { choices }) }]);
	};
	return (
		<Stack gap="md">
			{questions.length === 0 && <Plain c="dimmed">{t("no_questions")}</Plain>}
			<DropWarning />
			{questions.map((question, i) => (
				<Paper
					key={question.key}
					withBorder
					p="sm"
					data-question={i}
					className={dragged === i ? "dragged" : undefined}
					draggable={dragged === i}
					onPointerDown={(event) => (event.target as Element).closest(".grip") && setDragged(i)}
					onPointerUp={() => setDragged(null)}
					onDragStart={(event) => event.dataTransfer.setData("text/plain", question.key)}
					onDragEnd={() => setDragged(null)}
					onDragOver={(event) => dragged !== null && event.preventDefault()}
					onDrop={(event) => {
						event.preventDefault();
						if (dragged !== null) move(dragged, i);
						setDragged(null);
					}}
				>
					<Card
						question={question}
						index={i}
						put={(q, field) => set(questions.map((one, k) => (k === i ? q : one)), field)}
						taken={questions.filter((_, k) => k !== i).map((one) => one.key)}
						rename={(key) => rename(i, key)}
						remove={() => remove(i)}
						move={(by) => move(i, i + by)}
					/>
				</Paper>
			))}
			{questions.length < questionsMax && (
				<Group gap="xs">
					{(["choice", "rating"] as const).map((kind) => (
						<Button
							key={kind}
							variant="default"
							leftSection={<IconPlus size={16} aria-hidden="true" />}
							onClick={() => add(kind)}
						>
							{t(`add_${kind}_question`)}
						</Button>
					))}
				</Group>
			)}
		</Stack>
	);
}
