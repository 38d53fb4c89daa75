// web/dashboard/ui/failure.tsx - what went wrong, why, and what to do about it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link, useLocation } from "wouter";
import { Refusal } from "../api.ts";
import { useWords } from "../words.ts";
import { fieldSentenceOf, sentenceOf } from "./problem.ts";

export { sentenceOf };

const titles = { 0: "failed_away", 403: "failed_denied", 404: "failed_gone", 409: "failed_conflict", 429: "failed_often" } as const;

/** Where a survey or an answer that is gone was one of many: the list of them. */
const listOf = (path: string) => /^\/(surveys|answers)\/./.exec(path)?.[1];

/** Which fields are wrong, where the sentence does not say it, and the server's own words where they are not shown. */
function More({ error }: { error: Refusal }): ReactElement {
	const t = useWords("frame");
	const said = sentenceOf(error);
	return (
		<>
			{error.errors
				.filter((one) => one.message !== error.message)
				.map((one) => (
					<Text size="sm" key={one.path}>
						<code>{one.path}</code> {fieldSentenceOf(error, one)}
					</Text>
				))}
			{error.status !== 0 && !said.includes(error.message) && (
				<details>
					<summary>{t("failed_details")}</summary>
					<Text size="sm" lang="en">
						{error.message}
					</Text>
				</details>
			)}
		</>
	);
}

/** In place of what could not be loaded or done. `retry` is the one thing to do next, where there is one. */
export function Failure({ error, retry }: { error: unknown; retry?: () => unknown }): ReactElement {
	const t = useWords("frame");
	const [busy, setBusy] = useState(false);
	const status = error instanceof Refusal ? error.status : -1;
	const title = status in titles ? titles[status as keyof typeof titles] : "failed";
	const [path] = useLocation();
	const list = status === 404 && retry ? listOf(path) : undefined;
	const again = async () => {
		setBusy(true);
		try {
			await retry?.();
		} finally {
			setBusy(false);
		}
	};
	return (
		<Alert color="red" title={t(title)} role="alert">
			<Text size="sm">{status === 0 ? t("failed_away_more") : sentenceOf(error)}</Text>
			{error instanceof Refusal && <More error={error} />}
			{list && (
				<Group mt="xs">
					<Button size="compact-sm" component={Link} href={`/${list}`}>
						{t(list === "surveys" ? "to_surveys" : "to_answers")}
					</Button>
				</Group>
			)}
			{retry && !list && (
				<Group mt="xs">
					<Button size="compact-sm" loading={busy} onClick={() => void again()}>
						{t("try_again")}
					</Button>
				</Group>
			)}
		</Alert>
	);
}
