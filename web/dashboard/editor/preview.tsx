// web/dashboard/editor/preview.tsx - the page as respondents will see it, drawn by the server's own renderer while one types.
// Nothing in it runs or is sent: a frame without scripts, forms and an origin.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Group, NativeSelect, SegmentedControl, Stack, Text as Plain } from "@mantine/core";
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { previewSurvey } from "../api.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";
import { spoken } from "./languages.tsx";
import { type Group as ScoreGroup, groups, slotsOf } from "./model.ts";
import { useLanguageName } from "./names.tsx";

const steps = ["ask", "follow_up", "thanks"] as const;
const sizes = { phone: [360, 640], desktop: [1024, 720] } as const;

/** The languages that the page would speak: its own, the translations, and Heed's nine while the owner asks nothing. */
function useSpoken(): string[] {
	const { definition } = useDesk();
	const asks = definition.questions?.length || slotsOf(definition).some((s) => s.original && /^(question|follow_up)$/.test(s.path[0] ?? ""));
	return [...new Set([definition.language, ...Object.keys(definition.translations ?? {}), ...(asks ? [] : spoken)])];
}

const nonce = () => document.getElementById("app")?.dataset.nonce ?? "";

function Frame({ html, width }: { html: string; width: keyof typeof sizes }): ReactElement {
	const t = useWords("editor");
	const box = useRef<HTMLDivElement>(null);
	const [room, setRoom] = useState(0);
	useLayoutEffect(() => {
		if (!box.current) return;
		const watch = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0));
		watch.observe(box.current);
		return () => watch.disconnect();
	}, []);
	const [wide, high] = sizes[width];
	const scale = Math.min(1, room / wide);
	return (
		<div ref={box} className="preview-box" style={{ height: high * scale }}>
			<iframe
				title={t("preview")}
				className="preview-frame"
				sandbox=""
				tabIndex={-1}
				srcDoc={html}
				style={{ width: wide, height: high, transform: `scale(${scale})`, marginInlineStart: Math.max(0, (room - wide) / 2) }}
			/>
		</div>
	);
}

/** What the preview shows; the form sets it as one goes through it. */
export interface Look {
	step: (typeof steps)[number];
	group: ScoreGroup;
	language: string;
}

/** The place in the page that a field of the form is about; nothing for what is not seen. */
export function lookOf(path: string): Partial<Look> {
	const [, , first = "", ...rest] = path.split("/");
	if (first === "translations") return { ...lookOf(`/definition/${rest.slice(1).join("/")}`), language: rest[0] };
	const group = groups.find((one) => one === rest[0]);
	if (/^(question|low_label|high_label)$/.test(first)) return { step: "ask" };
	if (/^(follow_up|questions)$/.test(first)) return { step: "follow_up", ...(group && { group }) };
	return /^thanks/.test(first) ? { step: "thanks", ...(group && { group }) } : {};
}

export function Preview({ look, onLook }: { look: Look; onLook: (change: Partial<Look>) => void }): ReactElement {
	const t = useWords("editor");
	const nameOf = useLanguageName();
	const { definition, work } = useDesk();
	const all = useSpoken();
	const { step, group } = look;
	const [width, setWidth] = useState<keyof typeof sizes>("phone");
	const [html, setHtml] = useState("");
	const [stale, setStale] = useState("");
	const language = all.includes(look.language) ? look.language : (all[0] ?? "en");
	const survey = work.server.survey.id;
	const brand = work.server.survey.brand_id;

	const waits = Object.keys(work.wrong).some((path) => path.startsWith("/definition"));

	useEffect(() => {
		if (waits) return;
		const mine = new AbortController();
		const timer = setTimeout(() => {
			previewSurvey(
				{ survey, body: { definition, language, step, group, nonce: nonce() } },
				{ signal: mine.signal },
			).then(
				(page) => {
					setHtml(page.html);
					setStale("");
				},
				(error: unknown) => mine.signal.aborted || setStale(sentenceOf(error)),
			);
		}, 250);
		return () => {
			clearTimeout(timer);
			mine.abort();
		};
	}, [definition, language, step, group, survey, brand, waits]);

	return (
		<Stack gap="sm" className="preview" component="section" aria-label={t("preview")}>
			<SegmentedControl
				fullWidth
				aria-label={t("step")}
				value={step}
				onChange={(value) => onLook({ step: value as typeof step })}
				data={steps.map((value) => ({ value, label: t(`step_${value}`) }))}
			/>
			<Group grow preventGrowOverflow={false} gap="xs">
				<NativeSelect
					aria-label={t("preview_group")}
					value={group}
					disabled={step === "ask"}
					data={groups.map((value) => ({ value, label: t(`group_${value}`) }))}
					onChange={(event) => onLook({ group: event.currentTarget.value as ScoreGroup })}
				/>
				<NativeSelect
					aria-label={t("preview_language")}
					value={language}
					data={all.map((tag) => ({ value: tag, label: nameOf(tag) }))}
					onChange={(event) => onLook({ language: event.currentTarget.value })}
				/>
				<NativeSelect
					aria-label={t("preview_width")}
					value={width}
					data={(["phone", "desktop"] as const).map((value) => ({ value, label: t(`width_${value}`) }))}
					onChange={(event) => setWidth(event.currentTarget.value as typeof width)}
				/>
			</Group>
			{(waits || stale) && (
				<Plain size="sm" c="dimmed" role="status" className="preview-stale">
					{waits ? t("preview_waits") : t("preview_stale", { why: stale })}
				</Plain>
			)}
			<Frame html={html} width={width} />
		</Stack>
	);
}
