// web/dashboard/ui/loading.tsx - grey shapes where something will be, and a word for who does not see them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Skeleton, Stack } from "@mantine/core";
import type { ReactElement } from "react";

/** `rows` lines of a list, or one block of a height. No words are needed: they may be on their way themselves. */
export function Loading({ rows, height = 320 }: { rows?: number; height?: number }): ReactElement {
	return (
		<Stack gap="sm" aria-busy="true" className="loading">
			{rows ? (
				Array.from({ length: rows }, (_, i) => <Skeleton key={i} height={56} radius="md" />)
			) : (
				<Skeleton height={height} radius="md" />
			)}
		</Stack>
	);
}
