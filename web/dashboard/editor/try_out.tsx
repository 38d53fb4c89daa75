// web/dashboard/editor/try_out.tsx - a link to try the survey with, draft or not, and one click that removes what came by it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { countTestAnswers, getTestLink, removeTestAnswers } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { say, sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";

export function TryOutPart(): ReactElement {
	const t = useWords("editor");
	const f = useFormat();
	const { work } = useDesk();
	const survey = work.server.survey.id;
	const [busy, setBusy] = useState(false);
	const link = useLoad((signal) => getTestLink({ survey }, { signal }), [survey]);
	const count = useLoad((signal) => countTestAnswers({ survey }, { signal }), [survey]);
	const { reload } = count;
	useEffect(() => {
		const back = () => document.visibilityState === "visible" && void reload(); // from the page that was tried out
		document.addEventListener("visibilitychange", back);
		window.addEventListener("focus", back);
		return () => {
			document.removeEventListener("visibilitychange", back);
			window.removeEventListener("focus", back);
		};
	}, [reload]);
	const remove = async () => {
		setBusy(true);
		try {
			let removed = 0;
			for (let more = true; more; ) {
				const part = await removeTestAnswers({ survey });
				removed += part.removed;
				more = part.more;
			}
			say(t("test_removed", { n: removed }));
		} catch (error) {
			sayBad(sentenceOf(error));
		}
		await reload();
		setBusy(false);
	};
	const n = count.value?.count ?? 0;
	return (
		<Stack gap="sm">
			<Text size="sm">{t("test_more")}</Text>
			{link.error !== undefined && <Failure error={link.error} retry={link.reload} />}
			{link.value && (
				<>
					<Code className="wrap">{link.value.url}</Code>
					<Group gap="xs">
						<Button component="a" href={link.value.url} target="_blank" rel="noopener noreferrer" variant="default">
							{t("test_open")}
						</Button>
						<CopyButton value={link.value.url}>
							{({ copied, copy }) => (
								<Button variant="default" onClick={copy}>
									{t(copied ? "copied" : "copy")}
								</Button>
							)}
						</CopyButton>
					</Group>
					<Text size="sm" c="dimmed">
						{t("test_until", { when: f.time(link.value.expires_at) })}
					</Text>
				</>
			)}
			<Group gap="sm">
				<Text size="sm" role="status">
					{count.value?.more ? t("test_many", { n }) : t("test_count", { n })}
				</Text>
				{n > 0 && (
					<Button size="compact-sm" variant="light" color="red" loading={busy} onClick={() => void remove()}>
						{t("test_remove")}
					</Button>
				)}
			</Group>
		</Stack>
	);
}
