// web/dashboard/themes/theme_form.tsx - one theme in the editor: its name, words, what it is joined with, and what a change would find.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, NativeSelect, Switch, Text, Textarea, TextInput, Title } from "@mantine/core";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { changeTheme, createTheme, deleteTheme, getThemeWords, type Theme } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { useSave } from "../settings/save.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { say, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { useThemeName } from "./name.ts";
import { Preview, usePreview } from "./preview.tsx";
import { linesOf, newRow, rowsOf } from "./seed_rows.ts";
import { WordsForm } from "./words_form.tsx";

const isOwn = (theme: Pick<Theme, "code">) => theme.code.startsWith("own_");

type Change = Parameters<typeof changeTheme>[0]["body"];

interface Shared {
	themes: Theme[];
	/** Something was done; `reads`: comments are read again. */
	onDone: (reads: boolean) => Promise<void>;
}

/** A change of one theme that is offered to be taken back. */
function useAct({ onDone }: Shared) {
	return async (theme: Theme, body: Change, said: string, back: Change, reads = false) => {
		await changeTheme({ theme: theme.id, body });
		const shown = onDone(reads);
		undoable(said, async () => {
			await shown; // else what is taken back was never there for the form, which keeps what was typed
			await changeTheme({ theme: theme.id, body: back });
			await onDone(reads);
		});
		await shown;
	};
}

function ShippedWords({ theme }: { theme: Theme }): ReactElement | null {
	const t = useWords("taxonomy");
	const { value } = useLoad((signal) => getThemeWords({ theme: theme.id }, { signal }), [theme.id]);
	if (!value?.shipped_words) return null;
	return (
		<details className="shipped-words">
			<summary>{t("came_with")}</summary>
			<ul>
				{value.shipped_words.split("\n").map((line, i) => (
					<li key={i}>{line}</li>
				))}
			</ul>
		</details>
	);
}

/** One that was joined or deleted: the way back. */
export function OutForm({ theme, ...shared }: { theme: Theme } & Shared): ReactElement {
	const t = useWords("taxonomy");
	const name = useThemeName();
	const save = useSave();
	const act = useAct(shared);
	const into = shared.themes.find((one) => one.id === theme.merged_into);
	const back = () =>
		save.run(() =>
			into
				? act(theme, { unmerge: true }, t("parted", { name: name(theme) }), { merge_into: into.id })
				: changeTheme({ theme: theme.id, body: { restore: true } }).then(async () => {
						say(t("restored", { name: name(theme) }));
						await shared.onDone(true);
					}),
		);
	return (
		<div className="theme-form">
			<Title order={2} size="h3">
				{name(theme)}
			</Title>
			<Text mt="xs">{into ? t("is_joined", { into: name(into) }) : t("is_deleted")}</Text>
			{save.error !== undefined && <Failure error={save.error} />}
			<Button mt="md" loading={save.busy} onClick={() => void back()}>
				{t(into ? "part" : "restore")}
			</Button>
		</div>
	);
}

interface Fields {
	title: string;
	description: string;
	seeds: string;
}

/** As the server has them. */
const fieldsOf = (theme: Theme | null, title: string): Fields => ({ title, description: theme?.description ?? "", seeds: linesOf(rowsOf(theme?.seeds ?? null)).seeds });

/** `theme` null: a new one. */
export function ThemeForm({ theme, onMade, onDirty, ...shared }: { theme: Theme | null; onMade: (id: string) => void; onDirty: (dirty: boolean) => void } & Shared): ReactElement {
	const t = useWords("taxonomy");
	const name = useThemeName();
	const { language } = useLanguage();
	const called = theme ? name(theme) : "";
	const kept = fieldsOf(theme, called);
	const firstRows = () => (theme?.seeds ? rowsOf(theme.seeds) : theme && !isOwn(theme) ? [] : [newRow(language)]);
	const [title, setTitle] = useState(kept.title);
	const [description, setDescription] = useState(kept.description);
	const [rows, setRows] = useState(firstRows);
	const [join, setJoin] = useState("");
	const save = useSave(["/name", "/description"]);
	const act = useAct(shared);
	const { seeds, keys } = linesOf(rows);
	const target = shared.themes.find((one) => one.id === join);
	// Joining is told of the theme that it would go into.
	const preview = usePreview(target ? target.id : (theme?.id ?? null), target ? (target.seeds ?? "") : seeds, target && theme ? theme.id : null, theme?.seeds);
	const others = { name: title.trim() !== kept.title, description: description.trim() !== kept.description, seeds: seeds !== kept.seeds };
	const dirty = others.name || others.description || others.seeds;
	useEffect(() => onDirty(dirty), [dirty]);
	useEffect(() => () => onDirty(false), []);

	const mine: Fields = { title: title.trim(), description: description.trim(), seeds };
	const [seen, setSeen] = useState(kept);
	const sent = useRef<Fields>(null); // the server may have written it in its own way
	const moved = (field: keyof Fields) => kept[field] !== seen[field];
	if (moved("title") || moved("description") || moved("seeds")) {
		// Saved, taken back, or changed by somebody else: what is being edited stays, the rest follows.
		const follows = (field: keyof Fields) => moved(field) && (mine[field] === seen[field] || mine[field] === sent.current?.[field]);
		setSeen(kept);
		if (follows("title")) setTitle(kept.title);
		if (follows("description")) setDescription(kept.description);
		if (follows("seeds")) setRows(firstRows());
	}

	const body = (): Change => ({ ...(others.name && { name: title.trim() }), ...(others.description && { description: description.trim() }), ...(others.seeds && { seeds }) });
	const put = async () => {
		if (!theme) {
			const made = await createTheme({ body: { name: title.trim(), seeds, description: description.trim() || null } });
			undoable(t("created", { name: made.name }), async () => {
				await deleteTheme({ theme: made.id });
				await shared.onDone(true);
			});
			await shared.onDone(true);
			onMade(made.id);
			return;
		}
		const back: Change = { ...(others.name && { name: theme.renamed ? theme.name : (theme.names.en ?? theme.name) }), ...(others.description && { description: theme.description }), ...(others.seeds && { seeds: theme.seeds ?? "" }) };
		sent.current = mine;
		await act(theme, body(), t(others.seeds ? "saved_reads" : "saved", { name: title.trim() }), back, others.seeds).catch((refused: unknown) => {
			sent.current = null;
			throw refused;
		});
	};
	const remove = async () => {
		if (!theme) return;
		await deleteTheme({ theme: theme.id });
		undoable(t("deleted_now", { name: called }), async () => {
			await changeTheme({ theme: theme.id, body: { restore: true } });
			await shared.onDone(true);
		});
		await shared.onDone(true);
	};
	const joinNow = async () => {
		if (!theme || !target) return;
		await act(theme, { merge_into: target.id }, t("joined_with", { name: called, into: name(target) }), { unmerge: true });
	};
	const turn = (shown: boolean) => theme && void save.run(() => act(theme, { shown }, t(shown ? "turned_on" : "turned_off", { name: called }), { shown: !shown }));
	const fit = shared.themes.filter((one) => one.id !== theme?.id && (one.state === "on" || one.state === "off")).sort((a, b) => name(a).localeCompare(name(b)));
	const discard = () => {
		setTitle(kept.title);
		setDescription(kept.description);
		setRows(firstRows());
	};
	return (
		<form
			className="theme-form"
			onSubmit={(event: FormEvent) => {
				event.preventDefault();
				void save.run(put);
			}}
		>
			<div className="theme-form-fields">
				<div className="section-head">
					<Title order={2} size="h3" dir="auto">
						{theme ? called : t("new")}
					</Title>
					{theme && <Switch label={t("is_shown")} checked={theme.state === "on"} disabled={save.busy} onChange={(event) => turn(event.currentTarget.checked)} />}
				</div>
				<TextInput
					label={t("name")}
					value={title}
					maxLength={64}
					required
					error={save.at("/name")}
					onChange={(event) => setTitle(event.currentTarget.value)}
				/>
				<Textarea label={t("description")} description={t("description_hint")} value={description} maxLength={500} autosize minRows={1} maxRows={5} error={save.at("/description")} onChange={(event) => setDescription(event.currentTarget.value)} />
				<WordsForm rows={rows} keys={keys} preview={target ? { ...preview, value: undefined, wrong: undefined } : preview} shipped={theme !== null && !isOwn(theme)} onRows={setRows} />
				{theme && !isOwn(theme) && <ShippedWords theme={theme} />}
				{save.error !== undefined && <Failure error={save.error} />}
				<Group gap="sm">
					<Button type="submit" loading={save.busy} disabled={!dirty || !title.trim() || (!theme && !seeds) || preview.wrong !== undefined}>
						{t(theme ? "save" : "create")}
					</Button>
					{dirty && (
						<Button variant="subtle" onClick={discard}>
							{t("discard")}
						</Button>
					)}
				</Group>
				{theme && (
					<div className="theme-join">
						<NativeSelect label={t("join")} value={join} onChange={(event) => setJoin(event.currentTarget.value)} data={[{ value: "", label: t("join_none") }, ...fit.map((one) => ({ value: one.id, label: name(one) }))]} />
						<Button variant="default" disabled={!target || dirty} loading={save.busy} onClick={() => void save.run(joinNow)}>
							{t("join_do")}
						</Button>
					</div>
				)}
				{theme && isOwn(theme) && (
					<div>
						<Button variant="subtle" color="red" loading={save.busy} onClick={() => void save.run(remove)}>
							{t("delete")}
						</Button>
					</div>
				)}
			</div>
			<Preview of={preview} />
		</form>
	);
}
