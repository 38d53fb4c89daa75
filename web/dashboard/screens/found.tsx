// web/dashboard/screens/found.tsx - the first screen of insight: what somebody should know, what stands out, what is watched.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { type Alerts, type Findings, getFindings, getNps, listAlerts, listSurveys, type Survey } from "../api.ts";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { FindingList } from "../found/findings.tsx";
import { Watches } from "../found/watches.tsx";
import { enough, Few } from "../insight/few.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { AlertList } from "../overview/alerts.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

interface Loaded {
	found: Findings;
	alerts: Alerts;
	surveys: Survey[];
}

function FewFound({ filter }: { filter: Filter }): ReactElement {
	const { value, error, reload } = useLoad((signal) => getNps(filter.figures, { signal }), [filter.key]);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	return value ? <Few figure={value.parts[0]?.figure ?? { responses: 0, nps: null, interval: null }} filter={filter} /> : <Loading rows={4} />;
}

function Body({ loaded, filter, onChanged }: { loaded: Loaded; filter: Filter; onChanged: () => void }): ReactElement {
	const { found, alerts, surveys } = loaded;
	const manyBrands = new Set(surveys.map((survey) => survey.brand_id)).size > 1;
	return (
		<Stack gap="lg">
			<AlertList alerts={alerts.alerts} today={alerts.today} onChanged={onChanged} />
			{found.most_responses < enough ? <FewFound filter={filter} /> : <FindingList found={found} surveys={surveys} manyBrands={manyBrands} />}
			<Watches alerts={alerts} manyBrands={manyBrands} onChanged={onChanged} />
		</Stack>
	);
}

export default function Found(): ReactElement {
	const t = useWords("insight");
	useWords("found");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const { value, error, reload } = useLoad<Loaded>(async (signal) => {
		const [found, alerts, { surveys }] = await Promise.all([getFindings({}, { signal }), listAlerts({}, { signal }), listSurveys({}, { signal })]);
		return { found, alerts, surveys };
	}, []);
	return (
		<Page title={t("title")} part={t("way_found")} wide>
			<InsightWays at="found" />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && <Body loaded={value} filter={filter} onChanged={() => void reload()} />}
		</Page>
	);
}
