// web/dashboard/answers/notes.tsx - what colleagues write to each other about an answer; "@" calls one of them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, type ReactElement, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { changeNote, createNote, listPeopleOfResponse, type Note, type ResponseDetail } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { type Suggestion, useSuggest } from "./suggest.tsx";

export type Colleague = Awaited<ReturnType<typeof listPeopleOfResponse>>["people"][number];

/** What was begun and not sent, by answer: walking to another one loses nothing. */
const drafts = new Map<string, string>();
const longest = 4000;

const callOf = (one: Colleague) => one.name || one.email;

/** What stands behind the "@" that the cursor is in. */
function calling(text: string, cursor: number): { from: number; typed: string } | null {
	const found = /(?:^|[\s(])@([^@\n]{0,40})$/u.exec(text.slice(0, cursor));
	return found ? { from: cursor - (found[1] ?? "").length - 1, typed: found[1] ?? "" } : null;
}

/** A text with those who are called in bold. */
function Called({ text, people }: { text: string; people: Colleague[] }): ReactElement {
	const names = people.flatMap((one) => [one.name, one.email]).filter(Boolean);
	names.sort((a, b) => b.length - a.length);
	const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	if (escaped.length === 0) return <>{text}</>;
	const parts: ReactNode[] = text.split(new RegExp(`(@(?:${escaped.join("|")}))(?![\\p{L}\\p{N}_])`, "giu"));
	return <>{parts.map((part, i) => (i % 2 ? <b key={i}>{part}</b> : part))}</>;
}

function NoteField(props: {
	label: string;
	people: Colleague[];
	value: string;
	onChange: (text: string) => void;
	onSend: () => void;
	autoFocus?: boolean;
}): ReactElement {
	const t = useWords("answers");
	const field = useRef<HTMLTextAreaElement>(null);
	const [cursor, setCursor] = useState(0);
	const place = useRef<number>(null); // where the cursor goes once the text is there
	const [closed, setClosed] = useState(false);
	const call = closed ? null : calling(props.value, cursor);
	const wanted = call?.typed.toLowerCase() ?? "";
	const all: Suggestion[] = call
		? props.people
				.filter((one) => `${one.name} ${one.email}`.toLowerCase().includes(wanted) && one.name.toLowerCase() !== wanted)
				.slice(0, 6)
				.map((one) => ({ value: callOf(one), label: callOf(one), more: one.name ? one.email : undefined }))
		: [];
	const choose = (one: Suggestion) => {
		if (!call) return;
		const before = `${props.value.slice(0, call.from)}@${one.value} `;
		props.onChange(before + props.value.slice(cursor));
		setCursor(before.length);
		place.current = before.length;
	};
	useLayoutEffect(() => {
		if (place.current === null) return;
		field.current?.setSelectionRange(place.current, place.current);
		place.current = null;
	}, [props.value]);
	const suggest = useSuggest({ label: t("people"), all, onChoose: choose, onClose: () => setClosed(true), eager: true });
	const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
		if (suggest.onKey(event)) return;
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			props.onSend();
		}
	};
	const look = () => setCursor(field.current?.selectionStart ?? 0);
	return (
		<div className="note-field">
			<Textarea
				ref={field}
				label={props.label}
				placeholder={t("note_placeholder")}
				autosize
				minRows={2}
				maxRows={10}
				maxLength={longest}
				value={props.value}
				autoFocus={props.autoFocus}
				onChange={(event) => {
					setClosed(false);
					setCursor(event.currentTarget.selectionStart);
					props.onChange(event.currentTarget.value);
				}}
				onKeyDown={onKey}
				onKeyUp={look}
				onClick={look}
				onBlur={() => setClosed(true)}
				aria-haspopup="listbox"
				aria-autocomplete="list"
				aria-controls={suggest.field["aria-controls"]}
				aria-activedescendant={suggest.field["aria-activedescendant"]}
			/>
			{suggest.list}
		</div>
	);
}

function OneNote(props: { note: Note; people: Colleague[]; onChanged: () => Promise<void> }): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	const me = useMe();
	const { note } = props;
	const [text, setText] = useState<string | null>(null);
	const [error, setError] = useState<unknown>(null);
	const own = note.author_id === me.user.id;
	const change = async (body: { text?: string; deleted?: boolean }) => {
		await changeNote({ answer_note: note.id, body });
		await props.onChanged();
	};
	const save = async () => {
		try {
			if (text?.trim()) await change({ text: text.trim() });
			setText((now) => (now === text ? null : now));
			setError(null);
		} catch (failure) {
			setError(failure);
		}
	};
	const remove = async () => {
		try {
			await change({ deleted: true });
			undoable(t("note_deleted"), () => change({ deleted: false }));
		} catch (failure) {
			sayBad(sentenceOf(failure));
		}
	};
	return (
		<li className="aw-note">
			<span className="quiet">
				<b>{note.author}</b> · <time dateTime={note.created_at} title={f.time(note.created_at)}>{f.ago(note.created_at)}</time>
				{note.edited_at && ` · ${t("edited")}`}
			</span>
			{text === null ? (
				<p dir="auto">
					<Called text={note.text} people={props.people} />
				</p>
			) : (
				<form
					onSubmit={(event) => {
						event.preventDefault();
						void save();
					}}
				>
					<NoteField
						label={t("note_edit")}
						people={props.people}
						value={text}
						onChange={setText}
						onSend={() => void save()}
						autoFocus
					/>
					{error !== null && <Failure error={error} />}
					<Group gap="xs" mt="xs">
						<Button size="compact-sm" type="submit" disabled={text.trim() === ""}>
							{t("save")}
						</Button>
						<Button size="compact-sm" variant="default" onClick={() => setText(null)}>
							{t("cancel")}
						</Button>
					</Group>
				</form>
			)}
			{own && text === null && (
				<Group gap={4} className="no-print">
					<Button size="compact-xs" variant="subtle" onClick={() => setText(note.text)}>
						{t("edit")}
					</Button>
					<Button size="compact-xs" variant="subtle" color="gray" onClick={() => void remove()}>
						{t("delete")}
					</Button>
				</Group>
			)}
		</li>
	);
}

export function Notes(props: { answer: ResponseDetail; people: Colleague[]; onChanged: () => Promise<void> }): ReactElement {
	const t = useWords("answers");
	const { answer } = props;
	const [text, setText] = useState(drafts.get(answer.id) ?? "");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const write = (next: string) => {
		setText(next);
		if (next === "") drafts.delete(answer.id);
		else drafts.set(answer.id, next);
	};
	const send = async (event?: FormEvent) => {
		event?.preventDefault();
		if (text.trim() === "" || busy) return;
		setBusy(true);
		try {
			await createNote({ response: answer.id, body: { text: text.trim() } });
			// What was typed meanwhile is the next one.
			const now = drafts.get(answer.id) ?? "";
			write(now.startsWith(text) ? now.slice(text.length).trimStart() : now);
			setError(null);
			await props.onChanged();
		} catch (failure) {
			setError(failure);
		} finally {
			setBusy(false);
		}
	};
	return (
		<>
			{answer.notes.length > 0 && (
				<ul className="aw-notes-list">
					{answer.notes.map((note) => (
						<OneNote key={note.id} note={note} people={props.people} onChanged={props.onChanged} />
					))}
				</ul>
			)}
			<form onSubmit={(event) => void send(event)} className="no-print">
				<NoteField label={t("note_new")} people={props.people} value={text} onChange={write} onSend={() => void send()} />
				{error !== null && <Failure error={error} />}
				<Group mt="xs">
					<Button type="submit" size="sm" variant="light" loading={busy} disabled={text.trim() === ""}>
						{t("note_send")}
					</Button>
				</Group>
			</form>
		</>
	);
}
