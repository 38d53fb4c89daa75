// web/dashboard/screens/check.tsx - a random sample of comments, read by keys: which of the themes does each speak of? What the machine
// found is not here, nor the score: who reads is not to lean on them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Button, Text, Title } from "@mantine/core";
import { IconArrowBackUp, IconChevronLeft, IconPlayerPause, IconPlayerSkipForward } from "@tabler/icons-react";
import { type ReactElement, useEffect, useState } from "react";
import { useLocation, useParams } from "wouter";
import { type CheckText, Refusal } from "../api.ts";
import { minutesOf } from "../checks/card.tsx";
import { Found } from "../checks/found.tsx";
import { useSession } from "../checks/session.ts";
import { useFilter } from "../filter/use_filter.ts";
import { useParameter } from "../insight/parameter.ts";
import { useThemeName } from "../themes/name.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useKeys } from "../ui/keys.tsx";
import { Loading } from "../ui/loading.tsx";
import { say as tell } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

/** One for each theme, in this order, the later ones with Shift; what else is a key here is not among them. */
const plain = "qwertyiopasdfghjklzxcvnm";
const letters = [..."1234567890", ...plain, ...plain.toUpperCase()];
/** Beside the themes: how it sounds. */
const feelings = [
	["negative", "-"],
	["mixed", ","],
	["neutral", "."],
	["positive", "+"],
] as const;
const written = (letter: string): string => (/[A-Z]/.test(letter) ? `⇧${letter.toLowerCase()}` : letter);

export default function CheckScreen(): ReactElement {
	const t = useWords("checks");
	const groupNames = useWords("themes");
	const name = useThemeName();
	const filter = useFilter("12m");
	const [part] = useParameter("part");
	const [, go] = useLocation();
	const { id = "" } = useParams<{ id: string }>();
	const [changes, setChanges] = useState(0);
	const { about, texts, complete, error, retry, say, settled } = useSession(id, changes);
	const [at, setAt] = useState<number | null>(null);
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	const [feeling, setFeeling] = useState<CheckText["sentiment"]>(null);
	const [done, setDone] = useState<number[]>([]); // places in `texts`, as they were said
	const [over, setOver] = useState(false);

	const unread = (from: number) => {
		const next = texts.findIndex((one, i) => i >= from && one.themes === null);
		return next === -1 ? texts.findIndex((one) => one.themes === null) : next;
	};
	const left = texts.filter((one) => one.themes === null).length;
	const show = (index: number) => {
		setAt(index);
		setChosen(new Set(texts[index]?.themes ?? []));
		setFeeling(texts[index]?.sentiment ?? null);
	};
	const finish = async () => {
		await settled();
		setAt(null);
		setOver(true);
	};
	useEffect(() => {
		if (over || at !== null) return;
		const first = unread(0);
		if (first !== -1) show(first);
		else if (complete) setOver(true);
	}, [texts.length, complete, over, at]);
	useEffect(() => {
		document.title = `${t("check")} – Heed`;
	}, []);

	const back = filter.on("/insight/themes", part ? { part } : {});
	const asked = [...(about?.asked ?? [])].sort((a, b) => name(a).localeCompare(name(b)));
	const comment = at === null ? undefined : texts[at];
	const toggle = (theme: string) => {
		const next = new Set(chosen);
		if (!next.delete(theme)) next.add(theme);
		setChosen(next);
	};
	const feel = (label: (typeof feelings)[number][0]) => setFeeling(feeling === label ? null : label);
	const skip = () => {
		if (at === null) return;
		const next = texts.findIndex((one, i) => i > at && one.themes === null);
		if (next === -1) void finish();
		else show(next);
	};
	const keep = () => {
		if (at === null) return;
		say(at, { themes: [...chosen], sentiment: feeling });
		setDone([...done, at]);
		skip();
	};
	const previous = () => (at !== null && at > 0 ? show(at - 1) : undefined);
	const undo = () => {
		const last = done.at(-1);
		if (last === undefined) {
			tell(t("nothing_to_undo"));
			return;
		}
		setDone(done.slice(0, -1));
		setOver(false);
		say(last, null);
		show(last);
	};
	const pause = () => void settled().then(() => go(back));

	useKeys(t("keys"), [
		...(at === null ? [] : ["Enter", " "].map((keys) => ({ keys, words: t("key_keep"), run: keep }))),
		{ keys: "ArrowRight", words: t("key_skip"), run: skip },
		{ keys: "ArrowLeft", words: t("key_previous"), run: previous },
		{ keys: "u", words: t("undo"), run: undo },
		{ keys: "Escape", words: t("pause"), run: pause },
		...feelings.map(([label, keys]) => ({ keys, words: t(`sounds_${label}`), run: () => at !== null && feel(label) })),
		...asked.slice(0, letters.length).map((theme, i) => ({ keys: letters[i] ?? "", words: name(theme), run: () => at !== null && toggle(theme.id) })),
	]);

	const gone = error instanceof Refusal && error.status === 404;
	return (
		<div className="reader checks">
			<header className="reader-head">
				<Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden="true" />} onClick={pause}>
					{t("pause")}
				</Button>
				<div className="reader-where">
					<Title order={1} size="h5">
						{about ? t("check_of", { group: groupNames(about.group) }) : t("check")}
					</Title>
					<span className="quiet">{about && texts.length > 0 && (left === 0 ? t("progress_all", { n: about.wanted }) : t("progress", { read: texts.length - left, n: about.wanted, minutes: minutesOf(left) }))}</span>
				</div>
				<Button className="reader-help" variant="subtle" size="compact-sm" onClick={() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "?" }))}>
					<kbd>?</kbd> {t("help")}
				</Button>
			</header>
			<progress className="reader-progress" value={texts.length - left} max={Math.max(1, about?.wanted ?? 1)} aria-label={t("progress_label")} />
			<div className="reader-page" key={at}>
				{gone && (
					<Empty title={t("gone")} text={t("gone_more")}>
						<Button onClick={() => go(back)}>{t("to_themes")}</Button>
					</Empty>
				)}
				{error !== undefined && !gone && <Failure error={error} retry={async () => retry()} />}
				{error === undefined && !over && !comment && <Loading rows={6} />}
				{over && <Found id={id} back={back} left={left} onMore={() => (setOver(false), setChanges(changes + 1))} onRead={() => (setOver(false), show(unread(0)))} />}
				{comment && (
					<article className="reader-said" aria-live="polite">
						<blockquote className={comment.text.length > 600 ? "long" : undefined} lang={comment.language ?? undefined} dir="auto">
							{comment.text}
						</blockquote>
						<div role="group" aria-label={t("sounds")} className="checks-themes">
							<span className="checks-sounds quiet" aria-hidden="true">
								{t("sounds")}
							</span>
							{feelings.map(([label, key]) => (
								<button key={label} type="button" className="checks-theme" aria-pressed={feeling === label} onClick={() => feel(label)}>
									<kbd aria-hidden="true">{key}</kbd> {t(`sounds_${label}`)}
								</button>
							))}
						</div>
						<div role="group" aria-label={t("which")} className="checks-themes">
							{asked.map((theme, i) => (
								<button key={theme.id} type="button" className="checks-theme" aria-pressed={chosen.has(theme.id)} onClick={() => toggle(theme.id)}>
									{i < letters.length && <kbd aria-hidden="true">{written(letters[i] ?? "")}</kbd>} {name(theme)}
								</button>
							))}
						</div>
						{done.length === 0 && (
							<Text size="sm" c="dimmed">
								{t("blind")}
							</Text>
						)}
					</article>
				)}
			</div>
			{comment && (
				<footer className="reader-tools checks-tools">
					<ActionIcon variant="default" size={44} aria-label={t("key_previous")} disabled={at === 0} onClick={previous}>
						<IconChevronLeft size={22} aria-hidden="true" />
					</ActionIcon>
					<Button variant="default" leftSection={<IconArrowBackUp size={18} aria-hidden="true" />} disabled={done.length === 0} onClick={undo}>
						<span className="reader-word">{t("undo")}</span>
					</Button>
					<Button variant="default" leftSection={<IconPlayerSkipForward size={18} aria-hidden="true" />} onClick={skip}>
						<span className="reader-word">{t("skip")}</span>
					</Button>
					<Button className="checks-keep" onClick={keep}>
						{t(chosen.size === 0 ? "keep_none" : "keep", { n: chosen.size })}
					</Button>
				</footer>
			)}
		</div>
	);
}
