// web/dashboard/themes/suggestions.tsx - what comments without a theme have in common: make it a theme, put it into one, dismiss it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, NativeSelect, Paper, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, type ReactElement, useRef, useState } from "react";
import { changeThemeSuggestion, listThemes, listThemeSuggestions, lookForThemes, type Theme, type ThemeSuggestion } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { type Save, useSave } from "../settings/save.ts";
import { useAgain } from "../ui/again.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { MarkedQuotes } from "./marked.tsx";
import { useThemeName } from "./name.ts";

type Listed = Awaited<ReturnType<typeof listThemeSuggestions>>;

const wordsOf = (one: ThemeSuggestion) => one.seeds.slice(one.seeds.indexOf(":") + 1).trim();
/** Until more are asked for. */
const first = 2;
const firstOnes = 3;
const againMs = 1000;

interface Deeds {
	themes: Theme[];
	save: Save;
	rename: (one: ThemeSuggestion, name: string) => Promise<boolean>;
	accept: (one: ThemeSuggestion) => void;
	merge: (one: ThemeSuggestion, into: Theme) => void;
	dismiss: (one: ThemeSuggestion) => void;
}

function Rename({ one, rename, onDone }: { one: ThemeSuggestion; rename: Deeds["rename"]; onDone: () => void }): ReactElement {
	const t = useWords("taxonomy");
	const [name, setName] = useState(one.name);
	const send = async (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() === one.name || (name.trim() && (await rename(one, name.trim())))) onDone();
	};
	return (
		<form className="suggestion-form" onSubmit={(event) => void send(event)}>
			<TextInput label={t("rename_label")} value={name} maxLength={64} required data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
			<Button type="submit">{t("save")}</Button>
			<Button variant="subtle" onClick={onDone}>
				{t("cancel")}
			</Button>
		</form>
	);
}

function Merge({ one, themes, merge, onDone }: { one: ThemeSuggestion; themes: Theme[]; merge: Deeds["merge"]; onDone: () => void }): ReactElement {
	const t = useWords("taxonomy");
	const name = useThemeName();
	const [id, setId] = useState("");
	const fit = themes.filter((theme) => theme.state === "on" || theme.state === "off").sort((a, b) => name(a).localeCompare(name(b)));
	const into = fit.find((theme) => theme.id === id);
	return (
		<form
			className="suggestion-form"
			onSubmit={(event) => {
				event.preventDefault();
				if (into) merge(one, into);
			}}
		>
			<NativeSelect label={t("merge_into", { name: one.name })} value={id} onChange={(event) => setId(event.currentTarget.value)} data={[{ value: "", label: t("merge_choose") }, ...fit.map((theme) => ({ value: theme.id, label: name(theme) }))]} />
			<Button type="submit" disabled={!into}>
				{t("merge_do")}
			</Button>
			<Button variant="subtle" onClick={onDone}>
				{t("cancel")}
			</Button>
		</form>
	);
}

function One({ one, of, may, deeds }: { one: ThemeSuggestion; of: number; may: boolean; deeds: Deeds }): ReactElement {
	const t = useWords("taxonomy");
	const [form, setForm] = useState<"rename" | "merge" | null>(null);
	const [whole, setWhole] = useState(false);
	const quotes = one.quotes ?? [];
	const close = () => setForm(null);
	return (
		<li>
			<article className="suggestion" aria-labelledby={`suggestion-${one.id}`}>
				<div className="suggestion-head">
					<Title order={3} size="h5" id={`suggestion-${one.id}`} tabIndex={-1} dir="auto">
						{one.name}
					</Title>
					<span className="quiet">{t("found_in", { comments: one.comments, of })}</span>
				</div>
				<p className="suggestion-words" dir="auto">
					<span className="quiet">{t("words")}:</span> {wordsOf(one)}
				</p>
				<MarkedQuotes quotes={quotes.slice(0, whole ? undefined : first)} />
				{!whole && quotes.length > first && (
					<Button variant="subtle" size="sm" className="no-print" onClick={() => setWhole(true)}>
						{t("more_quotes")}
					</Button>
				)}
				{may && form === null && (
					<Group gap="xs" mt="sm" className="no-print">
						<Button size="sm" disabled={deeds.save.busy} onClick={() => deeds.accept(one)}>
							{t("accept")}
						</Button>
						<Button size="sm" variant="default" disabled={deeds.save.busy} onClick={() => setForm("merge")}>
							{t("merge")}
						</Button>
						<Button size="sm" variant="default" disabled={deeds.save.busy} onClick={() => setForm("rename")}>
							{t("rename")}
						</Button>
						<Button size="sm" variant="default" disabled={deeds.save.busy} onClick={() => deeds.dismiss(one)}>
							{t("dismiss")}
						</Button>
					</Group>
				)}
				{form === "rename" && <Rename one={one} rename={deeds.rename} onDone={close} />}
				{form === "merge" && <Merge one={one} themes={deeds.themes} merge={deeds.merge} onDone={close} />}
			</article>
		</li>
	);
}

/** Why there are none, and when it is looked next. */
function None({ value }: { value: Listed }): ReactElement {
	const t = useWords("taxonomy");
	const n = value.left_over;
	const why = !value.looked_at
		? t("none_never")
		: n < value.left_over_least
			? t("none_few", { n, least: value.left_over_least })
			: value.suggestions.length > 0
				? t("none_dealt", { n })
				: t("none_common", { n });
	return (
		<Text mt="xs">
			<strong>{t("none_found")}.</strong> {why}
		</Text>
	);
}

function Looks({ value, may, look, busy }: { value: Listed; may: boolean; look: () => void; busy: boolean }): ReactElement {
	const t = useWords("taxonomy");
	const f = useFormat();
	return (
		<Group gap="sm" mt="md" justify="space-between">
			<Text size="sm" c="dimmed" role="status">
				{value.wanted ? (
					t(value.waits ? "looking_waits" : "looking")
				) : (
					<>
						{value.looked_at && t("looked", { ago: f.ago(value.looked_at), left: value.left_over, comments: value.comments })} {value.next_at && t("next", { time: f.time(value.next_at) })}
					</>
				)}
			</Text>
			{may && (
				<Button size="sm" variant="default" className="no-print" loading={value.wanted || busy} onClick={look}>
					{t("look_now")}
				</Button>
			)}
		</Group>
	);
}

function Done({ all, may, back }: { all: ThemeSuggestion[]; may: boolean; back: (one: ThemeSuggestion) => void }): ReactElement | null {
	const t = useWords("taxonomy");
	if (all.length === 0) return null;
	return (
		<details className="suggestion-done no-print">
			<summary>{t("done_suggestions", { n: all.length })}</summary>
			<ul>
				{all.map((one) => (
					<li key={one.id}>
						<span dir="auto">{one.name}</span> <span className="quiet">{t(`done_${one.state}` as "done_accepted")}</span>
						{may && (
							<Button size="compact-sm" variant="subtle" onClick={() => back(one)}>
								{t("take_back")}
							</Button>
						)}
					</li>
				))}
			</ul>
		</details>
	);
}

/** `onThemes`: words of a theme changed, comments are read again. */
export function Suggestions({ onThemes }: { onThemes: () => void }): ReactElement | null {
	const t = useWords("taxonomy");
	const name = useThemeName();
	const { role } = useMe();
	const may = role === "owner" || role === "admin" || role === "analyst";
	const load = useLoad((signal) => listThemeSuggestions({}, { signal }), []);
	const { value, error, reload } = load;
	const { value: themes } = useLoad(async (signal) => (may ? (await listThemes({}, { signal })).themes : []), [may, value?.suggestions]);
	const save = useSave();
	const [whole, setWhole] = useState(false);
	const section = useRef<HTMLHeadingElement>(null);
	useAgain(load, value?.wanted ? againMs : null);
	if (error !== undefined && !value) return <Failure error={error} retry={reload} />;
	if (!value) return <Loading rows={3} />;
	if (!value.shown) return null;
	const open = value.suggestions.filter((one) => one.state === "open");
	const change = (one: ThemeSuggestion, body: Parameters<typeof changeThemeSuggestion>[0]["body"]) => changeThemeSuggestion({ suggestion: one.id, body });
	/** Done first, then offered to be taken back. */
	const act = async (one: ThemeSuggestion, body: Parameters<typeof change>[1], said: string, back: Parameters<typeof change>[1], reads: boolean) => {
		const done = await save.run(() => change(one, body));
		if (!done) return false;
		undoable(said, async () => {
			await change(one, back);
			await reload();
			if (reads) onThemes();
		});
		await reload();
		if (reads) onThemes();
		return true;
	};
	const after = (done: Promise<boolean>) => void done.then((ok) => ok && section.current?.focus());
	const deeds: Deeds = {
		themes: themes ?? [],
		save,
		rename: (one, to) => act(one, { name: to }, t("renamed", { name: to }), { name: one.name }, false),
		accept: (one) => after(act(one, { state: "accepted" }, t("accepted", { name: one.name }), { state: "open" }, true)),
		merge: (one, into) => after(act(one, { state: "merged", theme_id: into.id }, t("merged", { name: one.name, into: name(into) }), { state: "open" }, true)),
		dismiss: (one) => after(act(one, { state: "dismissed" }, t("dismissed", { name: one.name }), { state: "open" }, false)),
	};
	const back = (one: ThemeSuggestion) =>
		void save.run(async () => {
			await change(one, { state: "open" });
			await reload();
			if (one.state !== "dismissed") onThemes();
		});
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-suggestions">
			<Title order={2} size="h4" id="themes-suggestions" ref={section} tabIndex={-1}>
				{t("suggestions")}
			</Title>
			{open.length > 0 ? <Text mt="xs">{t("suggestions_intro")}</Text> : <None value={value} />}
			{save.error !== undefined && <Failure error={save.error} />}
			<ul className="suggestions">
				{open.slice(0, whole ? undefined : firstOnes).map((one) => (
					<One key={one.id} one={one} of={value.left_over} may={may} deeds={deeds} />
				))}
			</ul>
			{!whole && open.length > firstOnes && (
				<Button className="no-print" variant="subtle" onClick={() => setWhole(true)}>
					{t("show_all", { n: open.length })}
				</Button>
			)}
			<Done all={value.suggestions.filter((one) => one.state !== "open")} may={may} back={back} />
			<Looks value={value} may={may} busy={save.busy} look={() => void save.run(async () => { await lookForThemes({}); await reload(); })} />
		</Paper>
	);
}
