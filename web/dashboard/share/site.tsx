// web/dashboard/share/site.tsx - the widget for one's own pages: the line to paste, how it looks, who answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactElement, useState } from "react";
import type { Survey } from "../api.ts";
import { useLanguage } from "../language.tsx";
import { useMe } from "../me.ts";
import { useWords } from "../words.ts";
import { Code } from "./copy.tsx";
import { Identity } from "./identity.tsx";
import { embedOf, HEIGHT, policyOf, type SiteWishes } from "./snippets.ts";

const first: SiteWishes = { inline: false, trigger: "delay", delay: 10, days: 90, theme: "", left: false, path: "" };

function WindowWishes(props: { wishes: SiteWishes; change: (more: Partial<SiteWishes>) => void }): ReactElement {
	const t = useWords("share");
	const { wishes, change } = props;
	return (
		<div className="share-fields">
			<Select
				label={t("trigger")}
				value={wishes.trigger}
				onChange={(value) => change({ trigger: (value ?? "delay") as "delay" })}
				allowDeselect={false}
				data={[
					{ value: "delay", label: t("trigger_delay") },
					{ value: "scroll", label: t("trigger_scroll") },
					{ value: "manual", label: t("trigger_manual") },
				]}
			/>
			{wishes.trigger === "delay" && (
				<NumberInput
					label={t("delay")}
					value={wishes.delay}
					min={0}
					max={3600}
					onChange={(value) => change({ delay: Number(value) || 0 })}
				/>
			)}
			<NumberInput
				label={t("again")}
				value={wishes.days}
				min={0}
				max={3650}
				onChange={(value) => change({ days: Number(value) || 0 })}
			/>
			<TextInput
				label={t("path")}
				placeholder="/checkout/*"
				value={wishes.path}
				onChange={(event) => change({ path: event.currentTarget.value.trim() })}
			/>
			<Select
				label={t("corner")}
				value={wishes.left ? "left" : "right"}
				onChange={(value) => change({ left: value === "left" })}
				allowDeselect={false}
				data={[
					{ value: "right", label: t("corner_right") },
					{ value: "left", label: t("corner_left") },
				]}
			/>
		</div>
	);
}

function Sample({ survey, wishes }: { survey: Survey; wishes: SiteWishes }): ReactElement {
	const t = useWords("share");
	const { language } = useLanguage();
	const slug = new URL(survey.url, location.href).pathname.slice("/s/".length);
	const query = new URLSearchParams({ lang: language, mode: wishes.inline ? "inline" : "popup", theme: wishes.theme });
	if (wishes.left) query.set("position", "left");
	const src = `/w/${slug}?${query}`;
	return (
		<>
			<h3>{t("preview")}</h3>
			{survey.state === "live" ? (
				<iframe className="share-sample" key={src} src={src} title={t("sample")} />
			) : (
				<p className="quiet">{t("sample_live")}</p>
			)}
		</>
	);
}

export function SiteTab({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("share");
	const me = useMe();
	const narrow = useMediaQuery("(max-width: 30em)");
	const [wishes, setWishes] = useState(first);
	const [identified, setIdentified] = useState(false);
	const change = (more: Partial<SiteWishes>) => setWishes((old) => ({ ...old, ...more }));
	const url = new URL(survey.url, location.href);
	const slug = url.pathname.slice("/s/".length);
	return (
		<>
			<section className="share-card">
				<h2>{t("site_title")}</h2>
				<p className="quiet">{t("site_why")}</p>
				<SegmentedControl
					orientation={narrow ? "vertical" : "horizontal"}
					aria-label={t("form")}
					value={wishes.inline ? "inline" : "window"}
					onChange={(value) => change({ inline: value === "inline" })}
					data={[
						{ value: "window", label: t("form_window") },
						{ value: "inline", label: t("form_inline") },
					]}
				/>
				{!wishes.inline && <WindowWishes wishes={wishes} change={change} />}
				<h3>{t("line_paste")}</h3>
				<Code text={embedOf(url.origin, slug, wishes, identified)} label={t("line_paste")} copy={t("copy_line")} primary />
				{wishes.inline && (
					<>
						<p className="quiet">{t("height_why")}</p>
						<Code text={HEIGHT} label={t("height")} />
					</>
				)}
				<Sample survey={survey} wishes={wishes} />
				<details className="share-more">
					<summary>{t("policy")}</summary>
					<p className="quiet">{t("policy_why")}</p>
					<Code text={policyOf(url.origin)} label={t("policy")} />
				</details>
			</section>
			{["owner", "admin"].includes(me.role ?? "") && <Identity chosen={identified} onChoose={setIdentified} />}
		</>
	);
}
