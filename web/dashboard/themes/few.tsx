// web/dashboard/themes/few.tsx - what there is instead of themes: no comments, few of them, or none that has been read yet.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Paper, Progress, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { Themes } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { enough, Last } from "../insight/few.tsx";
import { useMe } from "../me.ts";
import { Empty } from "../ui/empty.tsx";
import { useWords } from "../words.ts";

/** Comments that are not read yet: how far it has come. */
export function NotRead({ value }: { value: Pick<Themes, "comments"> }): ReactElement | null {
	const t = useWords("themes");
	const { written, not_read } = value.comments;
	if (not_read === 0) return null;
	return (
		<Alert color="blue" variant="light" title={t("not_read", { n: not_read })}>
			<Text size="sm" mb="xs">
				{t("not_read_more")}
			</Text>
			<Progress value={(100 * (written - not_read)) / Math.max(1, written)} aria-label={t("not_read_way")} />
		</Alert>
	);
}

export function FewComments({ value, filter }: { value: Themes; filter: Filter }): ReactElement {
	const t = useWords("themes");
	const { role } = useMe();
	const { written, say_something: n, not_read } = value.comments;
	if (written === 0)
		return (
			<Empty title={t("none")} text={t(filter.active ? "none_here" : "none_more")}>
				{filter.active ? (
					<Button onClick={filter.clear}>{t("widen")}</Button>
				) : (
					role !== "viewer" && (
						<Button component={Link} href="/surveys">
							{t("to_surveys")}
						</Button>
					)
				)}
			</Empty>
		);
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-few">
			<Title order={2} size="h4" id="themes-few">
				{t("few", { n })}
			</Title>
			<Text mt="xs">{t(not_read > 0 ? "few_wait" : role === "viewer" ? "few_viewer" : "few_more", { enough })}</Text>
			{role !== "viewer" && <Last filter={filter} only={{ has_comment: "true" }} />}
		</Paper>
	);
}
