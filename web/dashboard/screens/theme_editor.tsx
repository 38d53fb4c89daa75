// web/dashboard/screens/theme_editor.tsx - the workspace's themes: on or off, what they are called, which words speak of them, joined, new.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { type ReactElement, useCallback, useMemo, useState } from "react";
import { Link } from "wouter";
import { getReadingSettings, listThemes, type ReadingSettings, setReadingSettings, type Theme } from "../api.ts";
import { useParameter } from "../insight/parameter.ts";
import { useSave } from "../settings/save.ts";
import { industries } from "../themes/industry.tsx";
import { useThemeName } from "../themes/name.ts";
import { Rereading } from "../themes/rereading.tsx";
import { OutForm, ThemeForm } from "../themes/theme_form.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const groups = ["shown", "off", "joined", "deleted"] as const;
const groupOf = (theme: Theme): (typeof groups)[number] => (theme.state === "on" ? "shown" : theme.state === "merged" ? "joined" : theme.state === "dismissed" ? "deleted" : "off");

/** What the workspace is in, as it was said; themes that nobody turned on or off follow. */
function IndustryPicker({ settings, onSaid }: { settings: ReadingSettings; onSaid: () => Promise<void> }): ReactElement {
	const t = useWords("taxonomy");
	const save = useSave();
	const { industry } = settings;
	const set = async (next: ReadingSettings) => {
		await setReadingSettings({ body: next });
		await onSaid();
	};
	const take = (next: ReadingSettings["industry"]) =>
		void save.run(async () => {
			// Who takes an industry back here has thought about it, and is not asked.
			await set({ industry: next, skipped: next === null });
			undoable(next ? t("industry_taken", { industry: t(`industry_${next}`) }) : t("industry_none"), () => set(settings));
		});
	return (
		<>
			<NativeSelect
				label={t("industry_is")}
				value={industry ?? ""}
				disabled={save.busy}
				onChange={(event) => take((event.currentTarget.value || null) as ReadingSettings["industry"])}
				data={[{ value: "", label: t("industry_none") }, ...industries.map((one) => ({ value: one, label: t(`industry_${one}`) }))]}
			/>
			{save.error !== undefined && <Failure error={save.error} />}
		</>
	);
}

function List({ themes, of, at, onAt }: { themes: Theme[]; of: number; at: string | null; onAt: (id: string) => void }): ReactElement {
	const t = useWords("taxonomy");
	const name = useThemeName();
	const [sought, setSought] = useState("");
	const fits = (theme: Theme) => name(theme).toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase());
	const found = themes.filter(fits).sort((a, b) => name(a).localeCompare(name(b)));
	return (
		<nav className="theme-nav" aria-label={t("title")}>
			<TextInput type="search" aria-label={t("find")} placeholder={t("find")} value={sought} onChange={(event) => setSought(event.currentTarget.value)} />
			{found.length === 0 && (
				<Text size="sm" c="dimmed" mt="sm">
					{t("find_none")}
				</Text>
			)}
			{groups.map((group) => {
				const all = found.filter((theme) => groupOf(theme) === group);
				if (all.length === 0) return null;
				return (
					<section key={group} aria-labelledby={`themes-${group}`}>
						<h2 id={`themes-${group}`}>{t(group)}</h2>
						<ul>
							{all.map((theme) => (
								<li key={theme.id}>
									<button type="button" aria-current={theme.id === at ? "true" : undefined} onClick={() => onAt(theme.id)}>
										<span dir="auto">{name(theme)}</span>
										{theme.recent !== null && (group === "shown" || group === "off") && <span className="quiet">{t("recent", { n: theme.recent })}</span>}
									</button>
								</li>
							))}
						</ul>
					</section>
				);
			})}
			{of > 0 && (
				<Text size="sm" c="dimmed" mt="sm">
					{t("recent_says", { n: of })}
				</Text>
			)}
		</nav>
	);
}

export default function ThemeEditorScreen(): ReactElement {
	const t = useWords("taxonomy");
	const name = useThemeName();
	const [at, setAt] = useParameter("theme");
	const [turn, setTurn] = useState(0);
	const [dirty, setDirty] = useState(false);
	const { value, error, reload } = useLoad(async (signal) => {
		const [list, settings] = await Promise.all([listThemes({}, { signal }), getReadingSettings({}, { signal })]);
		return { ...list, settings };
	}, []);
	const done = useCallback(
		async (reads: boolean) => {
			if (reads) setTurn((n) => n + 1);
			await reload();
		},
		[reload],
	);
	const theme = useMemo(() => value?.themes.find((one) => one.id === at), [value, at]);
	const go = (id: string) => {
		if (id === at) return;
		if (dirty && !window.confirm(t("leave", { name: theme ? name(theme) : t("new") }))) return;
		setAt(id);
	};
	const shared = { themes: value?.themes ?? [], onDone: done };
	return (
		<Page
			title={t("title")}
			part={t("back")}
			wide
			actions={
				<Button variant="default" onClick={() => go("new")}>
					{t("new")}
				</Button>
			}
		>
			<Link className="back no-print" href="/insight/themes">
				<IconArrowLeft size={16} aria-hidden="true" />
				{t("back")}
			</Link>
			<Text mb="md">{t("intro")}</Text>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && (
				<Stack gap="lg">
					<Rereading turn={turn} onDone={() => void reload()} />
					<Group>
						<IndustryPicker settings={value.settings} onSaid={() => done(false)} />
					</Group>
					<div className={at ? "theme-editor chosen" : "theme-editor"}>
						<List themes={value.themes} of={value.recent_comments ?? 0} at={at} onAt={go} />
						<div className="theme-edited">
							{at && (
								<Button className="theme-to-list" variant="subtle" size="sm" onClick={() => go("")}>
									{t("back_to_list")}
								</Button>
							)}
							{at === "new" && <ThemeForm key="new" theme={null} onMade={setAt} onDirty={setDirty} {...shared} />}
							{theme && (theme.state === "on" || theme.state === "off") && <ThemeForm key={theme.id} theme={theme} onMade={setAt} onDirty={setDirty} {...shared} />}
							{theme && (theme.state === "merged" || theme.state === "dismissed") && <OutForm key={theme.id} theme={theme} {...shared} />}
							{!theme && at !== "new" && <Empty title={t("choose")} text={t("choose_more")} />}
						</div>
					</div>
				</Stack>
			)}
		</Page>
	);
}
