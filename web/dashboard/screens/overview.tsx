// web/dashboard/screens/overview.tsx - the score, its neighbours, the last answers, and what to do when there are none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import {
	createSurvey,
	getNps,
	getPerson,
	listResponses,
	listSurveys,
	type Person,
	publishSurvey,
	Refusal,
	type Response as Answer,
	type Survey,
} from "../api.ts";
import { Answers, type Names } from "../overview/answers.tsx";
import { useMe } from "../me.ts";
import { type Part, ScoreHero, ScoreTile } from "../overview/score_card.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const periods = ["90", "365", "all"] as const;

interface Loaded {
	parts: Part[];
	answers: Answer[];
	surveys: Survey[];
	names: Names;
	at: number;
}

function fromUrl(name: string, fallback: string): string {
	return new URLSearchParams(location.search).get(name) ?? fallback;
}

function toUrl(name: string, value: string): void {
	const url = new URL(location.href);
	url.searchParams.set(name, value);
	history.replaceState(null, "", url);
}

function startOf(period: string): string {
	if (period === "all") return "";
	return new Date(Date.now() - Number(period) * 86_400_000).toISOString().slice(0, 10);
}

/** Who gave these answers; nobody for a viewer, who sees figures only. */
async function people(answers: Answer[]): Promise<Map<string, Person>> {
	const ids = [...new Set(answers.flatMap((a) => (a.person_id ? [a.person_id] : [])))];
	const found = await Promise.all(
		ids.map((id) =>
			getPerson({ person: id }).catch((error: unknown) => {
				if (error instanceof Refusal && [403, 404].includes(error.status)) return null;
				throw error;
			}),
		),
	);
	return new Map(found.flatMap((p, i) => (p ? [[ids[i] as string, p]] : [])));
}

async function load(period: string, seesAnswers: boolean): Promise<Loaded> {
	const from = startOf(period) || undefined;
	const [insight, answers, surveys] = await Promise.all([
		getNps({ series: "month", from }),
		seesAnswers ? listResponses({ limit: 12 }) : { responses: [] },
		listSurveys(),
	]);
	const names = {
		surveys: new Map(surveys.surveys.map((s) => [s.id, s.name])),
		people: await people(answers.responses),
	};
	return { parts: insight.parts, answers: answers.responses, surveys: surveys.surveys, names, at: Date.now() };
}

function partKey(part: Part): string {
	return `${part.kind}/${part.brand.id}/${part.touchpoint?.code ?? ""}`;
}

function ShareLink({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("overview");
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
		</div>
	);
}

/** The shortest way to a first answer: the standard question, live, under a link. */
function StandardSurvey({ onMade }: { onMade: () => void }): ReactElement {
	const t = useWords("overview");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<unknown>(null);
	const make = async () => {
		setBusy(true);
		try {
			const survey = await createSurvey({ body: { name: t("survey_name"), slug: "customers" } });
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

function Nothing({ surveys, onMade }: { surveys: Survey[]; onMade: () => void }): ReactElement {
	const t = useWords("overview");
	const live = surveys.filter((s) => s.state === "live");
	if (live.length === 0) return <StandardSurvey onMade={onMade} />;
	return (
		<Empty title={t("nothing")} text={t("nothing_send")}>
			{live.map((survey) => (
				<ShareLink key={survey.id} survey={survey} />
			))}
		</Empty>
	);
}

function Figures({ loaded, onMade }: { loaded: Loaded; onMade: () => void }): ReactElement {
	const t = useWords("overview");
	const [chosen, setChosen] = useState(fromUrl("part", ""));
	const manyBrands = new Set(loaded.parts.map((p) => p.brand.id)).size > 1;
	const hero = loaded.parts.find((p) => partKey(p) === chosen) ?? loaded.parts[0];
	if (!hero) return <Nothing surveys={loaded.surveys} onMade={onMade} />;
	const choose = (part: Part) => {
		setChosen(partKey(part));
		toUrl("part", partKey(part));
	};
	return (
		<Stack gap="lg">
			<ScoreHero part={hero} manyBrands={manyBrands} />
			{loaded.parts.length > 1 && (
				<section aria-label={t("all_scores")}>
					<div className="tiles">
						{loaded.parts.map((part) => (
							<ScoreTile
								key={partKey(part)}
								part={part}
								manyBrands={manyBrands}
								chosen={part === hero}
								onChoose={() => choose(part)}
							/>
						))}
					</div>
				</section>
			)}
			<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="last-answers">
				<Title order={2} size="h4" id="last-answers">
					{t("last_answers")}
				</Title>
				{loaded.answers.length > 0 ? (
					<Answers answers={loaded.answers} names={loaded.names} now={loaded.at} />
				) : (
					<Text c="dimmed">{t("none_yet")}</Text>
				)}
			</Paper>
		</Stack>
	);
}

export default function Overview(): ReactElement {
	const t = useWords("overview");
	const [period, setPeriod] = useState(fromUrl("period", "all"));
	const seesAnswers = useMe().role !== "viewer";
	const { value: loaded, error, reload } = useLoad(() => load(period, seesAnswers), [period, seesAnswers]);
	const choosePeriod = (value: string) => {
		setPeriod(value);
		toUrl("period", value);
	};
	const picker = (
		<SegmentedControl
			aria-label={t("period")}
			data={periods.map((value) => ({ value, label: t(`period_${value}`) }))}
			value={period}
			onChange={choosePeriod}
		/>
	);
	return (
		<Page title={t("title")} actions={picker}>
			<Stack gap="md">
				{error !== undefined && <Failure error={error} retry={reload} />}
				{loaded ? <Figures loaded={loaded} onMade={() => void reload()} /> : error === undefined && <Loading />}
			</Stack>
		</Page>
	);
}
