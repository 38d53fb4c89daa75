// web/dashboard/ui/failure.tsx - what went wrong, why, and what to do about it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Refusal } from "../api.ts";
import { useWords } from "../words.ts";

/** One sentence: the server's own, or what the browser says. */
export function sentenceOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

const titles = { 0: "failed_away", 403: "failed_denied", 404: "failed_gone", 409: "failed_conflict", 429: "failed_often" } as const;

/** In place of what could not be loaded or done. `retry` is the one thing to do next, where there is one. */
export function Failure({ error, retry }: { error: unknown; retry?: () => unknown }): ReactElement {
	const t = useWords("frame");
	const [busy, setBusy] = useState(false);
	const status = error instanceof Refusal ? error.status : -1;
	const title = status in titles ? titles[status as keyof typeof titles] : "failed";
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
			{error instanceof Refusal &&
				error.errors.map((one) => (
					<Text size="sm" key={one.path}>
						<code>{one.path}</code> {one.message}
					</Text>
				))}
			{retry && (
				<Group mt="xs">
					<Button size="compact-sm" loading={busy} onClick={() => void again()}>
						{t("try_again")}
					</Button>
				</Group>
			)}
		</Alert>
	);
}
