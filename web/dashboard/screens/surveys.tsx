// web/dashboard/screens/surveys.tsx - all surveys: in use, in the archive, in the bin; and the way to a new one.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, SegmentedControl, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { getNps, listResponses, listSurveys, type Survey } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { useSurveysChanged } from "../surveys/changed.ts";
import { NewSurvey } from "../surveys/new_survey.tsx";
import { builds, DoorBadge, SurveyMenu } from "../surveys/survey_menu.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const views = ["active", "archive", "bin"] as const;
type View = (typeof views)[number];

interface Activity {
	answers: number;
	last: string | null;
}

/** How many answers each survey has, and when the last one came. */
async function activity(surveys: Survey[], signal: AbortSignal): Promise<Map<string, Activity>> {
	const { parts } = await getNps({ by: "survey" }, { signal });
	const counts = new Map(parts.flatMap((part) => part.groups.map((g) => [g.value, g.figure.responses] as const)));
	const rows = surveys.map(async (survey) => {
		const answers = counts.get(survey.slug) ?? 0;
		if (answers === 0) return [survey.id, { answers, last: null }] as const;
		const { responses } = await listResponses({ survey: survey.slug, limit: 1, counted: "true" }, { signal });
		return [survey.id, { answers, last: responses[0]?.submitted_at ?? null }] as const;
	});
	return new Map(await Promise.all(rows));
}

function Row({ survey, seen }: { survey: Survey; seen?: Activity }): ReactElement {
	const t = useWords("surveys");
	const f = useFormat();
	const { role } = useMe();
	const href = builds(role) ? `/surveys/${survey.id}` : `/surveys/${survey.id}/share`;
	const limit =
		survey.max_answers !== null && t("of_limit", { n: survey.taken ?? 0, max: survey.max_answers });
	return (
		<li className="survey-row">
			<div className="survey-name">
				{survey.deleted_at ? <b>{survey.name}</b> : <Link href={href}>{survey.name}</Link>}
				<span className="quiet">
					{survey.kind === "relationship" ? t("relationship") : t("after", { touchpoint: survey.touchpoint ?? "" })} · {survey.brand}
				</span>
			</div>
			<div className="survey-state">
				<DoorBadge survey={survey} />
				{survey.has_draft && survey.state !== "draft" && <span className="quiet">{t("has_draft")}</span>}
				{survey.opens_at && survey.door === "early" && <span className="quiet">{t("opens", { when: f.time(survey.opens_at) })}</span>}
				{survey.closes_at && survey.door === "open" && <span className="quiet">{t("closes", { when: f.time(survey.closes_at) })}</span>}
				{limit && <span className="quiet">{limit}</span>}
				{survey.deleted_at && <span className="quiet">{t("deleted", { when: f.ago(survey.deleted_at) })}</span>}
			</div>
			<div className="survey-answers">
				{seen && <span>{t("answers", { n: seen.answers })}</span>}
				{seen?.last && <span className="quiet">{t("last", { when: f.ago(seen.last) })}</span>}
			</div>
			<div className="survey-next">
				{!survey.deleted_at && (
					<>
						<Link href={`/surveys/${survey.id}/share`} aria-label={t("share_name", { name: survey.name })}>
							{t("share")}
						</Link>
						<Link href={`/surveys/${survey.id}/funnel`} aria-label={t("funnel_name", { name: survey.name })}>
							{t("funnel")}
						</Link>
					</>
				)}
			</div>
			<SurveyMenu survey={survey} />
		</li>
	);
}

export default function Surveys(): ReactElement {
	const t = useWords("surveys");
	const { role } = useMe();
	const [params, setParams] = useSearchParams();
	const [making, setMaking] = useState(false);
	const view = views.find((one) => one === params.get("view")) ?? "active";
	const { value, error, reload } = useLoad(
		async (signal) => ({ view, surveys: (await listSurveys({ view }, { signal })).surveys }),
		[view],
	);
	useSurveysChanged(reload);
	const shown = value?.view === view ? value.surveys : undefined;
	// No figure counts what lies in the bin: a survey with answers would have none there.
	const seen = useLoad(async (signal) => (shown && view !== "bin" ? activity(shown, signal) : new Map<string, Activity>()), [shown]);
	const makeButton = builds(role) && (
		<Button leftSection={<IconPlus size={18} aria-hidden="true" />} onClick={() => setMaking(true)}>
			{t("new")}
		</Button>
	);
	const empty = shown?.length === 0;
	return (
		<Page title={t("title")} actions={!(empty && view === "active") && makeButton}>
			{making && <NewSurvey onClose={() => setMaking(false)} />}
			<Stack gap="md">
				<SegmentedControl
					aria-label={t("view")}
					value={view}
					onChange={(next) => setParams(next === "active" ? {} : { view: next })}
					data={views.map((one) => ({ value: one, label: t(`view_${one as View}`) }))}
					className="survey-views"
				/>
				{error !== undefined && <Failure error={error} retry={reload} />}
				{!shown && error === undefined && <Loading rows={4} />}
				{empty && (
					<Empty title={t(`none_${view}`)} text={t(`none_${view}_more`)}>
						{view === "active" && makeButton}
					</Empty>
				)}
				{seen.error !== undefined && shown && <Failure error={seen.error} retry={seen.reload} />}
				{shown && shown.length > 0 && (
					<ul className="survey-list">
						{shown.map((survey) => (
							<Row key={survey.id} survey={survey} seen={seen.value?.get(survey.id)} />
						))}
					</ul>
				)}
			</Stack>
		</Page>
	);
}
