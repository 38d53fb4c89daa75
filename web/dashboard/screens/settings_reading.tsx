// web/dashboard/screens/settings_reading.tsx - how well comments are read here, what was learnt, and what would make it better.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { getLearnt, type Learnt } from "../api.ts";
import { Agreement } from "../learnt/agreement.tsx";
import { CheckedSentiment } from "../learnt/checked_sentiment.tsx";
import { LearnNow } from "../learnt/learn_now.tsx";
import { Lesson } from "../learnt/lesson.tsx";
import { Sentiment } from "../learnt/sentiment.tsx";
import { Shipped } from "../learnt/shipped.tsx";
import { LearntThemes } from "../learnt/themes.tsx";
import { SettingsPage } from "../settings/layout.tsx";
import { useAgain } from "../ui/again.ts";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

const againAfter = 1500;

function Body({ value, onWanted }: { value: Learnt; onWanted: () => Promise<void> }): ReactElement {
	const t = useWords("learnt");
	return (
		<Stack gap="xl">
			<Sentiment value={value} />
			<CheckedSentiment value={value} />
			<LearntThemes value={value} />
			<Agreement value={value} />
			<Lesson value={value}>
				<LearnNow value={value} onWanted={onWanted} />
			</Lesson>
			<Shipped value={value} />
			<HowWeKnow>
				<p>{t("how_sentiment")}</p>
				<p>{t("how_themes")}</p>
				<p>{t("how_people")}</p>
				<p>{t("how_blind")}</p>
			</HowWeKnow>
		</Stack>
	);
}

export default function ReadingScreen(): ReactElement {
	const settings = useWords("settings");
	const t = useWords("learnt");
	const load = useLoad((signal) => getLearnt({}, { signal }), []);
	const { value, error, reload } = load;
	const works = value !== undefined && value.state !== "rests";
	useAgain(load, works ? againAfter : null);
	return (
		<SettingsPage title={settings("page_reading")} text={t("intro")}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && <Body value={value} onWanted={reload} />}
		</SettingsPage>
	);
}
