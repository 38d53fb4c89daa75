// web/dashboard/share/mail.tsx - the scale for one's own mail tool: choose the tool, look, copy.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { getMailBlock, type SurveyDetail } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";
import { Code } from "./copy.tsx";

type Tool = "mailchimp" | "hubspot" | "brevo" | "generic";
const BUILT_IN = ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "ar"];

/** The block as a mail shows it, on white as mails are. Its inline styles are set by script, for the page's policy stops those
 * in markup, and its links lead nowhere from here. */
function Preview({ html, label }: { html: string; label: string }): ReactElement {
	const place = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const host = place.current;
		if (!host) return;
		const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
		const block = new DOMParser().parseFromString(html.replace(/\sstyle="/g, ' data-style="'), "text/html").body;
		for (const node of [...block.querySelectorAll<HTMLElement>("[data-style]")]) {
			node.style.cssText = node.dataset.style ?? "";
			node.removeAttribute("data-style");
		}
		for (const link of [...block.querySelectorAll("a")]) link.removeAttribute("href");
		shadow.replaceChildren(...block.childNodes);
	}, [html]);
	return <div className="share-mail" ref={place} role="img" aria-label={label} />;
}

export function MailTab({ survey }: { survey: SurveyDetail }): ReactElement {
	const t = useWords("share");
	const f = useFormat();
	const narrow = useMediaQuery("(max-width: 30em)");
	const [tool, setTool] = useState<Tool>("mailchimp");
	const [link, setLink] = useState<"personal" | "public">("personal");
	const [field, setField] = useState("");
	const [lang, setLang] = useState(survey.definition.language ?? "en");
	const [source, setSource] = useState("");
	const properties = survey.definition.properties ?? [];
	const fieldBad = field !== "" && !/^\w{1,50}$/.test(field);
	const { value, error, reload } = useLoad(
		(signal) =>
			getMailBlock(
				{
					survey: survey.id,
					tool,
					link,
					lang,
					field: link === "personal" && field && !fieldBad ? field : undefined,
					s: link === "public" && source.trim() ? source.trim().slice(0, 64) : undefined,
					with_properties: link === "public" && properties.length > 0 ? "1" : undefined,
				},
				{ signal },
			),
		[survey.id, tool, link, lang, field, source],
	);
	const languages = [...new Set([survey.definition.language ?? "en", ...Object.keys(survey.definition.translations ?? {}), ...BUILT_IN])];
	return (
		<section className="share-card">
			<h2>{t("mail_title")}</h2>
			<p className="quiet">{t("mail_why")}</p>
			<div className="share-fields">
				<Select
					label={t("tool")}
					value={tool}
					onChange={(chosen) => setTool((chosen ?? "mailchimp") as Tool)}
					allowDeselect={false}
					data={[
						{ value: "mailchimp", label: "Mailchimp" },
						{ value: "hubspot", label: "HubSpot" },
						{ value: "brevo", label: "Brevo" },
						{ value: "generic", label: t("tool_other") },
					]}
				/>
				<Select label={t("language")} value={lang} onChange={(chosen) => setLang(chosen ?? "en")} allowDeselect={false} data={languages.map((tag) => ({ value: tag, label: f.language(tag) }))} />
			</div>
			<fieldset className="share-choice">
				<legend>{t("whose")}</legend>
				<SegmentedControl
					orientation={narrow ? "vertical" : "horizontal"}
					value={link}
					onChange={(chosen) => setLink(chosen as "personal")}
					data={[
						{ value: "personal", label: t("whose_personal") },
						{ value: "public", label: t("whose_public") },
					]}
				/>
				<p className="quiet">{t(link === "personal" ? "personal_more" : "public_more")}</p>
			</fieldset>
			<div className="share-fields">
				{link === "personal" ? (
					<TextInput
						label={t("field")}
						description={t("field_more")}
						placeholder={value?.field}
						value={field}
						onChange={(event) => setField(event.currentTarget.value)}
						error={fieldBad && t("field_bad")}
					/>
				) : (
					<TextInput
						label={t("source")}
						description={t("source_mail")}
						value={source}
						maxLength={64}
						onChange={(event) => setSource(event.currentTarget.value)}
					/>
				)}
			</div>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={4} />}
			{value && (
				<>
					<h3>{t("preview")}</h3>
					<Preview html={value.html} label={t("mail_alt")} />
					<h3>HTML</h3>
					<Code text={value.html} label="HTML" copy={t("copy_html")} primary />
					<p className="quiet">{t(`paste_${tool}`)}</p>
					<details className="share-more">
						<summary>{t("plain_text")}</summary>
						<Code text={value.text} label={t("plain_text")} />
					</details>
				</>
			)}
		</section>
	);
}

