// web/dashboard/screens/portfolio.tsx - many scores side by side: of brands, teams or workspaces.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { getPortfolio, type Portfolio } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { useParameter } from "../insight/parameter.ts";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { partName } from "../overview/part.ts";
import { type Line, Lines } from "../portfolio/table.tsx";
import { Total, TotalChoice, type Weights } from "../portfolio/total.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["kind", "channel", "source", "language"] as const;
const units = ["brands", "teams", "workspaces"] as const;
type Of = (typeof units)[number];

/** Scores that may stand in one table: of one kind, at one touchpoint. */
const scoreKey = (line: Pick<Line, "kind" | "touchpoint">) => `${line.kind}/${line.touchpoint?.code ?? ""}`;

function namesOf(lines: Line[]): Map<string, string> {
	const brandsOf = (unit: string | undefined) => new Set(lines.filter((line) => line.unit?.id === unit).map((line) => line.brand.id)).size;
	return new Map(
		lines.map((line) => [
			line.key,
			!line.unit ? line.brand.name : brandsOf(line.unit.id) > 1 ? `${line.unit.name} · ${line.brand.name}` : line.unit.name,
		]),
	);
}

/** What only one workspace calls so is left out where several are looked at. */
function queryOf(filter: Filter, of: Of): NonNullable<Parameters<typeof getPortfolio>[0]> {
	if (of !== "workspaces") return filter.figures;
	const { survey: _survey, brand: _brand, touchpoint: _touchpoint, tag: _tag, import: _import, ...rest } = filter.figures;
	return rest;
}

/** The same lines with the score of all that was asked for; kinds and touchpoints are narrowed down first. */
function useTotal(of: Of, lines: Line[], filter: Filter, weights: Weights, given: Map<string, string>): ReturnType<typeof useLoad<Portfolio | null>> {
	const one = lines[0];
	const weight = [...given].filter(([key, number]) => number !== "" && lines.some((line) => line.key === key)).map(([key, number]) => `${number}*${key}`);
	return useLoad(
		async (signal) => {
			if (weights === "none" || of === "teams" || !one) return null;
			const narrowed = { ...queryOf(filter, of), kind: one.kind, ...(one.touchpoint && of === "brands" ? { touchpoint: one.touchpoint.code } : {}) };
			const asked = weights === "given" ? { total: "given" as const, weight } : { total: "answers" as const };
			return getPortfolio({ ...narrowed, of, ...asked, compare: filter.span.from ? "previous" : undefined }, { signal });
		},
		[filter.key, of, weights, one?.key, weight.join(" ")],
	);
}

function Table(props: { value: Portfolio; lines: Line[]; of: Of; filter: Filter; name: string }): ReactElement {
	const t = useWords("portfolio");
	const { value, lines, of, filter } = props;
	const [weights, setWeights] = useState<Weights>("none");
	const [given, setGiven] = useState(new Map<string, string>());
	const names = namesOf(lines);
	const { role } = useMe();
	const mayMake = ["owner", "admin"].includes(role);
	const total = useTotal(of, lines, filter, weights, given);
	const largest = [...lines].sort((a, b) => b.now.responses - a.now.responses)[0];
	const mayAdd = of !== "teams" && (of === "brands" || lines[0]?.kind === "relationship") && lines.length > 1;
	return (
		<Framed
			title={t(`title_${of}`)}
			says={
				lines.length > 1 || of === "workspaces" ? (
					t(of === "teams" ? "says_teams" : "says")
				) : (
					<>
						{t(`one_${of}`)} {mayMake && <Link href={of === "teams" ? "/settings/teams" : "/settings/brands"}>{t(`add_${of}`)}</Link>}
					</>
				)
			}
			name={`portfolio-${of}`}
			head={[t("col_name"), t("col_score"), t("col_low"), t("col_high"), t("col_n"), t("col_change")]}
			rows={lines.map((line) => [
				names.get(line.key) ?? "",
				line.now.nps,
				line.now.interval?.[0] ?? null,
				line.now.interval?.[1] ?? null,
				line.now.responses,
				line.change,
			])}
			actions={
				largest && (
					<Definition
						title={names.get(largest.key) ?? ""}
						filter={filter}
						defined={{
							figure: largest.now,
							left_out: largest.left_out,
							parts: [`${names.get(largest.key)} · ${props.name}`],
							as_of: value.as_of,
							query_us: value.query_us,
						}}
					/>
				)
			}
		>
			<Lines
				lines={lines}
				names={names}
				filter={filter}
				weights={weights === "given" ? given : undefined}
				onWeight={(key, weight) => setGiven(new Map(given).set(key, weight))}
			/>
			{mayAdd && (
				<div className="portfolio-choices no-print">
					<TotalChoice value={weights} onChange={setWeights} />
				</div>
			)}
			{of === "teams" && (
				<Text size="sm" c="dimmed" mt="sm">
					{t("total_not")}
				</Text>
			)}
			{total.error !== undefined && weights !== "none" && <Failure error={total.error} retry={total.reload} />}
			{weights !== "none" && total.value && <Total value={total.value} names={names} />}
		</Framed>
	);
}

function Body({ value, of, filter }: { value: Portfolio; of: Of; filter: Filter }): ReactElement {
	const t = useWords("portfolio");
	const overview = useWords("overview");
	const [chosen, setChosen] = useParameter("score_of");
	const scores = new Map(value.rows.map((line) => [scoreKey(line), partName(overview, line, false)]));
	const score = chosen !== null && scores.has(chosen) ? chosen : value.rows[0] && scoreKey(value.rows[0]);
	const lines = value.rows.filter((line) => scoreKey(line) === score);
	const answers = lines.reduce((sum, line) => sum + line.now.responses, 0);
	if (of === "teams" && value.rows.length === 0)
		return (
			<Empty title={t("no_teams")} text={t("no_teams_more")}>
				<Button component={Link} href="/settings/teams">
					{t("make_team")}
				</Button>
			</Empty>
		);
	return (
		<Stack gap="lg">
			{scores.size > 1 && (
				<NativeSelect
					maw={320}
					label={t("score_of")}
					value={score}
					onChange={(event) => setChosen(event.currentTarget.value)}
					data={[...scores].map(([key, label]) => ({ value: key, label }))}
				/>
			)}
			{answers < enough ? (
				<Few figure={lines.length === 1 && lines[0] ? lines[0].now : { responses: answers, nps: null, interval: null }} filter={filter} />
			) : (
				<Table value={value} lines={lines} of={of} filter={filter} name={scores.get(score ?? "") ?? ""} key={`${of} ${score}`} />
			)}
		</Stack>
	);
}

export default function PortfolioScreen(): ReactElement {
	const t = useWords("portfolio");
	const insight = useWords("insight");
	useWords("overview");
	useWords("filter");
	const { role, workspaces } = useMe();
	const filter = useFilter("12m");
	const [wished, setOf] = useParameter("of");
	const there = units.filter((unit) => unit === "brands" || (unit === "teams" ? ["owner", "admin"].includes(role) : workspaces.length > 1));
	const of = there.find((unit) => unit === wished) ?? "brands";
	const { value, error, reload } = useLoad(
		(signal) => getPortfolio({ ...queryOf(filter, of), of, compare: filter.span.from ? "previous" : undefined }, { signal }),
		[filter.key, of],
	);
	return (
		<Page title={insight("title")} part={insight("way_portfolio")} wide>
			<InsightWays at="portfolio" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			{there.length > 1 && (
				<SegmentedControl
					className="no-print"
					aria-label={t("of")}
					data={there.map((unit) => ({ value: unit, label: t(`of_${unit}`) }))}
					value={of}
					onChange={setOf}
					mb="md"
				/>
			)}
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={6} />}
			{value && value.of === of && <Body value={value} of={of} filter={filter} />}
		</Page>
	);
}
