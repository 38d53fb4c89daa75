// web/dashboard/editor/published.tsx - what comes after publishing: the link, in one press; the other ways; a try.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CloseButton, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactElement, useEffect, useRef } from "react";
import { Link } from "wouter";
import { getTestLink, type Survey } from "../api.ts";
import { useFormat } from "../format.ts";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

export function Published({ survey, onClose }: { survey: Survey; onClose: () => void }): ReactElement {
	const t = useWords("editor");
	const f = useFormat();
	const next = useRef<HTMLButtonElement>(null);
	const test = useLoad((signal) => getTestLink({ survey: survey.id }, { signal }), [survey.id]);
	const standing = () => {
		if (survey.door === "closed" && survey.closes_at) return t("published_closed", { when: f.time(survey.closes_at) });
		if (survey.door === "full") return t("published_full");
		if (survey.door === "early" && survey.opens_at) return t("published_later", { when: f.time(survey.opens_at) });
		return t("published_more");
	};
	useEffect(() => next.current?.focus(), []); // the button that opened the dialog is off now
	return (
		<section className="notice published no-print" data-tone="calm" aria-label={t("published")}>
			<div className="published-head">
				<p className="notice-title" role="status">
					{t("published")}
				</p>
				<CloseButton aria-label={t("published_close")} onClick={onClose} />
			</div>
			<p>
				{standing()}{" "}
				<a href={survey.url} target="_blank" rel="noopener noreferrer">
					{survey.url}
				</a>
			</p>
			<Group gap="xs">
				<CopyButton value={survey.url} timeout={2000}>
					{({ copied, copy }) => (
						<Button
							ref={next}
							onClick={copy}
							leftSection={copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />}
						>
							<span aria-live="polite">{t(copied ? "copied" : "copy_link")}</span>
						</Button>
					)}
				</CopyButton>
				<Button component={Link} href={`/surveys/${survey.id}/share`} variant="default">
					{t("to_share")}
				</Button>
				{test.value && (
					<Button component="a" href={test.value.url} target="_blank" rel="noopener noreferrer" variant="subtle">
						{t("send_test")}
					</Button>
				)}
			</Group>
		</section>
	);
}
