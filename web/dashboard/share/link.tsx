// web/dashboard/share/link.tsx - the public link with its labels, and its QR code.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Autocomplete, Button, Group, Select, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { getSurveyQrPath, type Survey } from "../api.ts";
import { useWords } from "../words.ts";
import { Copy } from "./copy.tsx";

const CHANNELS = ["email", "qr", "sms", "chat", "social", "website", "phone"];
const MAX = 64;

/** As the server writes it: src/survey/share.c. */
export function linkOf(survey: Survey, channel: string, source: string): string {
	const labels = [
		["c", channel],
		["s", source],
	].filter(([, value]) => value);
	const query = labels.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`).join("&");
	return query ? `${survey.url}?${query}` : survey.url;
}

/** What is wrong with a label; nothing while it can be used. */
export function labelFault(text: string): boolean {
	return new TextEncoder().encode(text.trim()).length > MAX;
}

export function LinkTab({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("share");
	const [channel, setChannel] = useState("");
	const [source, setSource] = useState("");
	const [level, setLevel] = useState("M");
	const bad = { channel: labelFault(channel), source: labelFault(source) };
	const c = bad.channel ? "" : channel.trim();
	const s = bad.source ? "" : source.trim();
	const url = linkOf(survey, c, s);
	const code = { survey: survey.id, c: c || undefined, s: s || undefined, level: level as "M" };
	return (
		<div className="share-two">
			<section className="share-card">
				<h2>{t("link_title")}</h2>
				<p className="share-link">
					<a href={url} target="_blank" rel="noreferrer">
						{url}
					</a>
				</p>
				<Group>
					<Copy text={url} label={t("copy_link")} primary />
				</Group>
				<p className="quiet">{t("labels_why")}</p>
				<div className="share-fields">
					<Autocomplete
						label={t("channel")}
						description={t("channel_more")}
						data={CHANNELS}
						value={channel}
						onChange={setChannel}
						error={bad.channel && t("label_long")}
					/>
					<TextInput
						label={t("source")}
						description={t("source_more")}
						value={source}
						onChange={(event) => setSource(event.currentTarget.value)}
						error={bad.source && t("label_long")}
					/>
				</div>
			</section>
			<section className="share-card">
				<h2>{t("qr_title")}</h2>
				<img className="share-qr" src={getSurveyQrPath(code)} alt={t("qr_alt", { url })} width={232} height={232} />
				<Select
					label={t("level")}
					value={level}
					onChange={(value) => setLevel(value ?? "M")}
					allowDeselect={false}
					data={[
						{ value: "M", label: t("level_m") },
						{ value: "Q", label: t("level_q") },
						{ value: "H", label: t("level_h") },
					]}
				/>
				<Group mt="md">
					{(["svg", "png"] as const).map((format) => (
						<Button
							key={format}
							component="a"
							variant="default"
							href={getSurveyQrPath({ ...code, format, size: format === "png" ? 1200 : undefined, download: "1" })}
							download
							leftSection={<IconDownload size={16} aria-hidden />}
						>
							{format.toUpperCase()}
						</Button>
					))}
				</Group>
				<p className="quiet">{t("qr_try")}</p>
			</section>
		</div>
	);
}
