// web/dashboard/segments/segment_answers.tsx - the newest answers behind a segment that no filter of the list says.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { listSegmentAnswers, listSurveys } from "../api.ts";
import type { Filter } from "../filter/use_filter.ts";
import { Answers } from "../overview/answers.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";
import type { Asked, Segment } from "./asked.ts";

interface Props {
	segment: Segment;
	name: string;
	asked: Asked;
	/** The part's key. */
	part: string | null;
	filter: Filter;
	onClose: () => void;
}

export function SegmentAnswers({ segment, name, asked, part, filter, onClose }: Props): ReactElement {
	const t = useWords("segments");
	const { value, error, reload } = useLoad(
		async (signal) => {
			const query = { ...filter.figures, by: asked.by, vote: asked.vote, part: part ?? undefined, value: segment.value ?? undefined, version: segment.version ?? undefined };
			const [answers, { surveys }] = await Promise.all([
				listSegmentAnswers(query as Parameters<typeof listSegmentAnswers>[0], { signal }),
				listSurveys({}, { signal }),
			]);
			return { ...answers, surveys: new Map(surveys.map((s) => [s.id, s.name])) };
		},
		[segment, part, filter.key],
	);
	return (
		<Dialog title={name} onClose={onClose}>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={6} />}
			{value && (
				<>
					<Text c="dimmed" size="sm">
						{t("answers_shown", { shown: value.responses.length, n: value.total })}
					</Text>
					<Answers answers={value.responses} surveys={value.surveys} now={Date.now()} />
				</>
			)}
			<Button mt="md" onClick={onClose}>
				{t("close")}
			</Button>
		</Dialog>
	);
}
