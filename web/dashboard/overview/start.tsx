// web/dashboard/overview/start.tsx - before the first answer: the shortest way to it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { createSurvey, getTestLink, publishSurvey, type Survey } from "../api.ts";
import { useMe } from "../me.ts";
import { inFirstLanguage } from "../surveys/first_language.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

const builds = (role: string) => ["owner", "admin", "analyst"].includes(role);

/** The page as customers see it, whose answers count nowhere. */
function TryOut({ survey }: { survey: Survey }): ReactElement | null {
	const t = useWords("overview");
	const { value } = useLoad((signal) => getTestLink({ survey: survey.id }, { signal }), [survey.id]);
	if (!value) return null;
	return (
		<a href={value.url} target="_blank" rel="noopener noreferrer" title={t("try_it_more")}>
			{t("try_it")}
		</a>
	);
}

function ShareLink({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("overview");
	const { role } = useMe();
	return (
		<div className="link-row">
			<Text size="sm">{survey.name}:</Text>
			<code>{survey.url}</code>
			<CopyButton value={survey.url}>
				{({ copied, copy }) => (
					<Button size="compact-sm" variant="light" onClick={copy}>
						{t(copied ? "copied" : "copy")}
					</Button>
				)}
			</CopyButton>
			<Link href={`/surveys/${survey.id}/share`}>{t("share")}</Link>
			{builds(role) && <TryOut survey={survey} />}
		</div>
	);
}

/** The standard question, live, under a link. */
function StandardSurvey({ onMade }: { onMade: () => void }): ReactElement {
	const t = useWords("overview");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<unknown>(null);
	const make = async () => {
		setBusy(true);
		try {
			const survey = await createSurvey({ body: { name: t("survey_name"), slug: "customers", ...(await inFirstLanguage()) } });
			await publishSurvey({ survey: survey.id });
			onMade();
		} catch (error) {
			setRefusal(error);
			setBusy(false);
		}
	};
	return (
		<Empty title={t("nothing")} text={t("nothing_start")}>
			<Button onClick={() => void make()} loading={busy}>
				{t("make_survey")}
			</Button>
			{refusal !== null && <Failure error={refusal} />}
		</Empty>
	);
}

export function Start({ surveys, onMade }: { surveys: Survey[]; onMade: () => void }): ReactElement {
	const t = useWords("overview");
	const { role, team } = useMe();
	if (team?.limits) return <Empty title={t("nothing_part", { team: team.name })} text={t("nothing_part_more")} />;
	const live = surveys.filter((s) => s.state === "live");
	if (live.length > 0)
		return (
			<Empty title={t("nothing")} text={t("nothing_send")}>
				{live.map((survey) => (
					<ShareLink key={survey.id} survey={survey} />
				))}
			</Empty>
		);
	if (builds(role)) return <StandardSurvey onMade={onMade} />;
	return <Empty title={t("nothing")} text={t("nothing_wait")} />;
}
