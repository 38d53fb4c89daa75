// web/dashboard/editor/publish.tsx - what publishing will change, and what to think about before.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { publishSurvey, type SurveyDraft } from "../api.ts";
import { useFormat } from "../format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";
import { missingBy } from "./languages.tsx";
import { changesOf, docOf } from "./model.ts";
import { Changes, useLanguageName, useSlotName } from "./names.tsx";
import { Notice } from "./notice.tsx";
import { DropWarning } from "./questions.tsx";
import { GatingNotice } from "./thanks.tsx";

const gapsShown = 6;

function Missing({ draft }: { draft: SurveyDraft }): ReactElement | null {
	const t = useWords("editor");
	const nameOf = useLanguageName();
	const slotName = useSlotName();
	if (draft.missing.length === 0) return null;
	return (
		<Notice title={t("missing_title", { n: draft.missing.length })}>
			<ul className="missing-list">
				{[...missingBy(draft)].map(([tag, gaps]) => (
					<li key={tag}>
						<b>{nameOf(tag)}</b>:{" "}
						{gaps
							.slice(0, gapsShown)
							.map((gap) => slotName(gap.path.split("/").slice(3)))
							.join("; ")}
						{gaps.length > gapsShown && ` ${t("and_more", { n: gaps.length - gapsShown })}`}
					</li>
				))}
			</ul>
			<p>{t("missing_more")}</p>
		</Notice>
	);
}

/** Times and a limit that let nobody answer. */
function ShutNotice({ draft }: { draft: SurveyDraft }): ReactElement | null {
	const t = useWords("editor");
	const f = useFormat();
	const { closes_at: closes, max_answers: most } = draft;
	const over = closes !== null && Date.parse(closes) <= Date.now();
	if (!over && (most === null || (draft.survey.taken ?? 0) < most)) return null;
	return (
		<Notice title={t("publish_shut")}>
			<p>{over ? t("publish_shut_since", { when: f.time(closes) }) : t("publish_shut_full", { n: most ?? 0 })}</p>
		</Notice>
	);
}

export function PublishDialog(props: { onClose: () => void; onPublished: () => Promise<void>; onLook: () => Promise<void> }): ReactElement {
	const t = useWords("editor");
	const { work } = useDesk();
	const { server } = work;
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const changes = changesOf(docOf(server.published), docOf(server));
	const first = server.survey.state === "draft";
	const blocked = server.gates_reviews && !server.gating_confirmed_at;
	const publish = async () => {
		setBusy(true);
		setError(null);
		try {
			await publishSurvey({ survey: server.survey.id, body: { revision: server.revision } });
			await props.onPublished();
		} catch (refusal) {
			setError(refusal);
			setBusy(false);
		}
	};
	return (
		<Dialog title={t(first ? "publish_first" : "publish_title")} onClose={props.onClose}>
			<Stack gap="md">
				{first && <Text size="sm">{t("publish_first_more", { url: server.survey.url })}</Text>}
				{!first && changes.length === 0 && <Text size="sm">{t("publish_nothing")}</Text>}
				{!first && changes.length > 0 && (
					<section aria-label={t("publish_changes")}>
						<Text size="sm" mb={4}>
							{t("publish_changes")}
						</Text>
						<Changes changes={changes} />
					</section>
				)}
				{server.scale_changed && (
					<Notice title={t("scale_changed")}>
						<p>{t("scale_changed_more")}</p>
					</Notice>
				)}
				<ShutNotice draft={server} />
				<Missing draft={server} />
				<DropWarning />
				<GatingNotice onConfirmed={props.onLook} />
				{error !== null && <Failure error={error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={props.onClose}>
						{t("cancel")}
					</Button>
					<Button loading={busy} disabled={blocked} onClick={() => void publish()} data-autofocus>
						{t(first ? "publish_open" : server.survey.state === "live" ? "publish" : "publish_resume")}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}
