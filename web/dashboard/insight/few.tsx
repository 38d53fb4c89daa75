// web/dashboard/insight/few.tsx - what an insight screen shows below 30 answers: the answers themselves, what they say
// together in one sentence, and how to get more.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Paper, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { type Figure, listResponses, listSurveys } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Answers } from "../overview/answers.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

/** From here on a screen compares and splits. */
export const enough = 30;

/** The newest answers themselves; `only` chooses among those of the filter. */
export function Last({ filter, only }: { filter: Filter; only?: { has_comment: "true" } }): ReactElement {
	const { value, error, reload } = useLoad(
		async (signal) => {
			const [answers, surveys] = await Promise.all([
				listResponses({ ...filter.figures, ...only, counted: "true", limit: 30 } as object, { signal }),
				listSurveys({}, { signal }),
			]);
			return { answers: answers.responses, names: new Map(surveys.surveys.map((s) => [s.id, s.name])) };
		},
		[filter.key],
	);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value) return <Loading rows={4} />;
	return <Answers answers={value.answers} surveys={value.names} now={Date.now()} />;
}

/** `figure` is of all that the screen would tell of. */
export function Few({ figure, filter }: { figure: Pick<Figure, "responses" | "nps" | "interval">; filter: Filter }): ReactElement {
	const t = useWords("insight");
	const f = useFormat();
	const { role } = useMe();
	const { responses: n, nps, interval } = figure;
	const filtered = filter.active;
	if (n === 0)
		return (
			<Empty title={t(filtered ? "none_here" : "few_title", { n })} text={t(filtered ? "none_here_more" : "none_more", { enough })}>
				{filtered && <Button onClick={filter.clear}>{t("few_widen")}</Button>}
				{role !== "viewer" && !filtered && (
					<Button component={Link} href="/surveys">
						{t("none_ask")}
					</Button>
				)}
				{["owner", "admin", "analyst"].includes(role) && !filtered && (
					<Button component={Link} href="/import" variant="subtle">
						{t("none_import")}
					</Button>
				)}
			</Empty>
		);
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="few-title">
			<Title order={2} size="h4" id="few-title">
				{t("few_title", { n })}
			</Title>
			<Text mt="xs">
				{nps === null || interval === null
					? t("few_none", { n, enough })
					: t("few_rough", { n, ...f.scored(nps, interval), enough })}
			</Text>
			<div className="insight-next">
				{role !== "viewer" && (
					<Button component={Link} href="/surveys" variant="light">
						{t("few_share")}
					</Button>
				)}
				{filter.active && (
					<Button variant="subtle" onClick={filter.clear}>
						{t("few_widen")}
					</Button>
				)}
			</div>
			{role !== "viewer" && <Last filter={filter} />}
		</Paper>
	);
}
