// web/dashboard/screens/overview.tsx - the score, its neighbours, the last answers, and what to do when there are none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, Paper, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useSearchParams } from "wouter";
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
import { FilterBar } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";


interface Loaded {
	parts: Part[];
	answers: Answer[];
	surveys: Survey[];
	names: Names;
	at: number;
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

async function load(filter: Filter, seesAnswers: boolean): Promise<Loaded> {
	const [insight, answers, surveys] = await Promise.all([
		getNps({ ...filter.figures, series: "month" }),
		seesAnswers ? listResponses({ ...filter.query, limit: 12 }) : { responses: [] },
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

function Figures(props: {
	loaded: Loaded;
	filtered: boolean;
	onReset: () => void;
	onMade: () => void;
}): ReactElement {
	const { loaded, filtered, onReset, onMade } = props;
	const t = useWords("overview");
	const [params, setParams] = useSearchParams();
	const chosen = params.get("part");
	const manyBrands = new Set(loaded.parts.map((p) => p.brand.id)).size > 1;
	const hero = loaded.parts.find((p) => partKey(p) === chosen) ?? loaded.parts[0];
	if (!hero && filtered)
		return (
			<Empty title={t("nothing_found")} text={t("nothing_found_more")}>
				<Button onClick={onReset}>{t("show_all")}</Button>
			</Empty>
		);
	if (!hero) return <Nothing surveys={loaded.surveys} onMade={onMade} />;
	const choose = (part: Part) => {
		setParams((old) => {
			const next = new URLSearchParams(old);
			next.set("part", partKey(part));
			return next;
		}, { replace: true });
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
	const filter = useFilter("all");
	const seesAnswers = useMe().role !== "viewer";
	const { value: loaded, error, reload } = useLoad(() => load(filter, seesAnswers), [filter.key, seesAnswers]);
	return (
		<Page title={t("title")}>
			<FilterBar filter={filter} />
			<Stack gap="md">
				{error !== undefined && <Failure error={error} retry={reload} />}
				{loaded ? <Figures loaded={loaded} filtered={filter.active} onReset={filter.reset} onMade={() => void reload()} /> : error === undefined && <Loading />}
			</Stack>
		</Page>
	);
}
