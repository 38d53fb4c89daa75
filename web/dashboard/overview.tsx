// web/dashboard/overview.tsx - the one page: the score, its neighbours, the last answers, and what to do when there are none.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, CopyButton, Paper, SegmentedControl, Skeleton, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { Answers, type Names } from "./answers.tsx";
import { type Answer, get, type Part, type Person, post, Refusal, type SurveySummary } from "./api.ts";
import { ScoreHero, ScoreTile } from "./score_card.tsx";

const periods = [
	{ value: "90", label: "90 days" },
	{ value: "365", label: "12 months" },
	{ value: "all", label: "All time" },
];

interface Loaded {
	parts: Part[];
	answers: Answer[];
	surveys: SurveySummary[];
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
			get<Person>(`/api/v1/people/${id}`).catch((error: unknown) => {
				if (error instanceof Refusal && [403, 404].includes(error.status)) return null;
				throw error;
			}),
		),
	);
	return new Map(found.flatMap((p, i) => (p ? [[ids[i] as string, p]] : [])));
}

async function load(period: string): Promise<Loaded> {
	const from = startOf(period);
	const [insight, answers, surveys] = await Promise.all([
		get<{ parts: Part[] }>(`/api/v1/insights/nps?series=month${from ? `&from=${from}` : ""}`),
		get<{ responses: Answer[] }>("/api/v1/responses?limit=12"),
		get<{ surveys: SurveySummary[] }>("/api/v1/surveys"),
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

function ShareLink({ survey }: { survey: SurveySummary }): ReactElement {
	return (
		<div className="link-row">
			<Text size="sm">{survey.name}:</Text>
			<code>{survey.url}</code>
			<CopyButton value={survey.url}>
				{({ copied, copy }) => (
					<Button size="compact-sm" variant="light" onClick={copy}>
						{copied ? "Copied" : "Copy link"}
					</Button>
				)}
			</CopyButton>
		</div>
	);
}

/** The shortest way to a first answer: the standard question, live, under a link. */
function StandardSurvey({ onMade }: { onMade: () => void }): ReactElement {
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState("");
	const make = async () => {
		setBusy(true);
		try {
			const survey = await post<SurveySummary>("/api/v1/surveys", { name: "All customers", slug: "customers" });
			await post(`/api/v1/surveys/${survey.id}/publish`);
			onMade();
		} catch (error) {
			setRefusal(error instanceof Refusal ? error.message : String(error));
			setBusy(false);
		}
	};
	return (
		<Stack gap="sm" align="flex-start">
			<Text>
				Start with the standard survey: “How likely are you to recommend us?”, then why. It speaks nine languages, and
				its link can go into any mail.
			</Text>
			<Button onClick={() => void make()} loading={busy}>
				Create it and get the link
			</Button>
			{refusal && (
				<Text c="red" role="alert">
					{refusal}
				</Text>
			)}
			<Text size="sm" c="dimmed">
				Have answers already? <code>heed import answers.csv --survey customers</code> brings them in.
			</Text>
		</Stack>
	);
}

function Nothing({ surveys, onMade }: { surveys: SurveySummary[]; onMade: () => void }): ReactElement {
	const live = surveys.filter((s) => s.state === "live");
	return (
		<Paper withBorder radius="md" p="xl">
			<Title order={2} size="h3" mb="xs">
				No answers yet
			</Title>
			{live.length > 0 ? (
				<Stack gap="sm">
					<Text>Send this link to a few customers, or answer it yourself to see how it looks.</Text>
					{live.map((survey) => (
						<ShareLink key={survey.id} survey={survey} />
					))}
				</Stack>
			) : (
				<StandardSurvey onMade={onMade} />
			)}
		</Paper>
	);
}

function Figures({ loaded, onMade }: { loaded: Loaded; onMade: () => void }): ReactElement {
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
				<section aria-label="All scores, each on its own">
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
					Last answers
				</Title>
				{loaded.answers.length > 0 ? (
					<Answers answers={loaded.answers} names={loaded.names} now={loaded.at} />
				) : (
					<Text c="dimmed">None yet.</Text>
				)}
			</Paper>
		</Stack>
	);
}

export function Overview(): ReactElement {
	const [period, setPeriod] = useState(fromUrl("period", "all"));
	const [loaded, setLoaded] = useState<Loaded | null>(null);
	const [refusal, setRefusal] = useState<Refusal | null>(null);
	const [attempt, setAttempt] = useState(0);

	useEffect(() => {
		let stale = false;
		load(period).then(
			(result) => {
				if (stale) return;
				setLoaded(result);
				setRefusal(null);
			},
			(error: unknown) => {
				if (!stale) setRefusal(error instanceof Refusal ? error : new Refusal(0, String(error)));
			},
		);
		return () => {
			stale = true;
		};
	}, [period, attempt]);

	const choosePeriod = (value: string) => {
		setPeriod(value);
		toUrl("period", value);
	};
	return (
		<Stack gap="md">
			<div className="link-row no-print">
				<Title order={1} size="h3" style={{ flex: 1 }}>
					Overview
				</Title>
				<SegmentedControl aria-label="Period" data={periods} value={period} onChange={choosePeriod} />
			</div>
			{refusal && (
				<Alert color="red" title="This could not be loaded" role="alert">
					<Text size="sm" mb="xs">
						{refusal.message}
					</Text>
					<Button size="compact-sm" onClick={() => setAttempt(attempt + 1)}>
						Try again
					</Button>
				</Alert>
			)}
			{loaded ? <Figures loaded={loaded} onMade={() => setAttempt(attempt + 1)} /> : !refusal && <Skeleton height={360} radius="md" aria-label="Loading" />}
		</Stack>
	);
}
