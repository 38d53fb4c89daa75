// web/dashboard/editor/question.tsx - the scale question with its ends, and what is asked after it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { SimpleGrid, Stack, Switch } from "@mantine/core";
import type { ReactElement } from "react";
import { useWords } from "../words.ts";
import { Text, useDesk } from "./fields.tsx";
import { groups, withOneFollowUp } from "./model.ts";
import { Notice } from "./notice.tsx";

export function QuestionPart(): ReactElement {
	const t = useWords("editor");
	const { definition, work, builtIn } = useDesk();
	const language = definition.language;
	return (
		<Stack gap="md">
			<Text
				label={t("question")}
				description={t("question_more")}
				path={["question"]}
				placeholder={builtIn(language, ["question"])}
				lang={language}
				rows={3}
			/>
			<SimpleGrid cols={{ base: 1, xs: 2 }}>
				<Text label={t("low_label")} path={["low_label"]} placeholder={builtIn(language, ["low_label"])} lang={language} line />
				<Text label={t("high_label")} path={["high_label"]} placeholder={builtIn(language, ["high_label"])} lang={language} line />
			</SimpleGrid>
			{work.server.scale_changed && (
				<Notice title={t("scale_changed")}>
					<p>{t("scale_changed_more")}</p>
				</Notice>
			)}
		</Stack>
	);
}

export function FollowUpPart(): ReactElement {
	const t = useWords("editor");
	const { definition, change, builtIn } = useDesk();
	const language = definition.language;
	return (
		<Stack gap="md">
			<Switch
				label={t("follow_up_one")}
				checked={definition.follow_up_one}
				onChange={(event) => change(withOneFollowUp(definition, event.currentTarget.checked))}
			/>
			{(definition.follow_up_one ? (["all"] as const) : groups).map((group) => (
				<Text
					key={group}
					label={t(`group_${group}`)}
					path={["follow_up", group]}
					placeholder={builtIn(language, ["follow_up", group])}
					lang={language}
				/>
			))}
			<Switch
				label={t("follow_up_required")}
				description={t("follow_up_required_more")}
				checked={definition.follow_up_required}
				onChange={(event) => change({ ...definition, follow_up_required: event.currentTarget.checked })}
			/>
		</Stack>
	);
}
