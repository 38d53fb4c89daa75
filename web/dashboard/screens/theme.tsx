// web/dashboard/screens/theme.tsx - one theme: who speaks of it and how, in their own words, and over the months.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconBook } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Link, useParams } from "wouter";
import { getTheme, listSurveys, Refusal, type ThemeAlone } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { CheckedShare, WithChecks } from "../checks/shares.tsx";
import { Aside, putAside } from "../filter/aside.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { askPart } from "../insight/ask_part.ts";
import { useParameter } from "../insight/parameter.ts";
import { PartPicker } from "../insight/part_picker.tsx";
import { useAttributeName, useValueName } from "../segments/names.ts";
import { ThemesDefinition } from "../themes/definition.tsx";
import { AboutTheme } from "../themes/about.tsx";
import { Months } from "../themes/months.tsx";
import { NotRead } from "../themes/few.tsx";
import { useThemeName } from "../themes/name.ts";
import { type Saying, saying, ThemeQuotes } from "../themes/quotes.tsx";
import { endOf, groups, ShareBar, useSayShare } from "../themes/share.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "language", "tag", "sentiment", "urgent"] as const;
const attributes = ["channel", "language", "survey", "tenure"] as const;

/** By group of the score, with what it means for the score. */
function Groups({ value, filter }: { value: ThemeAlone; filter: Filter }): ReactElement {
	const t = useWords("themes");
	const f = useFormat();
	const say = useSayShare();
	const { theme } = value;
	const end = endOf(groups.map((group) => theme.groups[group]));
	const { nps } = theme.figure;
	const { change, interval, beyond_chance } = theme.from_rest;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="themes-groups">
			<div className="section-head">
				<Title order={2} size="h4" id="themes-groups">
					{t("by_group")}
				</Title>
				<div className="section-actions no-print">
					<ThemesDefinition value={value} filter={filter} />
				</div>
			</div>
			<Text mt="xs">
				{t("said_by", { share: f.percent(theme.all.share ?? 0), comments: theme.all.comments, of: theme.all.of, praised: theme.all.praised, criticised: theme.all.criticised })}
			</Text>
			<ul className="themes-alone">
				{groups.map((group) => (
					<li key={group}>
						<span className="themes-group-name">{t(group)}</span>
						<ShareBar share={theme.groups[group]} end={end} kind={group} />
						<span className="themes-share">{say(theme.groups[group])}</span>
						<CheckedShare theme={theme.id} group={group} whole />
					</li>
				))}
			</ul>
			{nps !== null && change !== null && interval && (
				<Text mt="sm">
					{t("scores", { ...f.moved(change, interval), nps: f.score(nps), way: change < 0 ? "below" : "above", n: theme.figure.responses, chance: beyond_chance ? "no" : "yes" })}
				</Text>
			)}
		</Paper>
	);
}

function Who({ value, by, onBy, surveys }: { value: ThemeAlone; by: string; onBy: (by: string) => void; surveys: Map<string, string> }): ReactElement {
	const t = useWords("themes");
	const attribute = useAttributeName();
	const nameOf = useValueName(by, surveys);
	const say = useSayShare();
	const name = (one: ThemeAlone["who"][number]) => nameOf({ value: one.value, version: null, rest: false });
	const end = endOf(value.who);
	return (
		<Framed
			title={t("who")}
			name="theme-who"
			head={[attribute(by), t("col_share_all"), t("col_low"), t("col_high"), t("col_comments"), t("col_of")]}
			rows={value.who.map((one) => [name(one), one.share === null ? null : 100 * one.share, one.interval ? 100 * (one.interval[0] ?? 0) : null, one.interval ? 100 * (one.interval[1] ?? 0) : null, one.comments, one.of])}
		>
			<NativeSelect className="themes-by no-print" label={t("who_by")} value={by} onChange={(event) => onBy(event.currentTarget.value)} data={attributes.map((one) => ({ value: one, label: attribute(one) }))} />
			<ul className="themes-alone">
				{value.who.map((one) => (
					<li key={one.value ?? ""}>
						<span className="themes-group-name">{name(one)}</span>
						<ShareBar share={one} end={end} kind="who" />
						<span className="themes-share">{say(one)}</span>
					</li>
				))}
			</ul>
		</Framed>
	);
}

/** To its comments one by one; `answers` is the query of those that speak of it. */
function ReadThem({ answers }: { answers: string }): ReactElement {
	const t = useWords("themes");
	return (
		<Button component={Link} variant="default" leftSection={<IconBook size={16} aria-hidden="true" />} href={`/answers/read?${answers}`}>
			{t("read")}
		</Button>
	);
}

export default function ThemeScreen(): ReactElement {
	const t = useWords("themes");
	const insight = useWords("insight");
	useWords("overview");
	useWords("filter");
	useWords("segments");
	const name = useThemeName();
	const { id = "" } = useParams<{ id: string }>();
	// Of comments that speak of another theme nothing says which speak of this one, too.
	const whole = useFilter("12m");
	const filter = putAside(whole, "theme");
	const [part, setPart] = useParameter("part");
	const [wished, setBy] = useParameter("by");
	const [saidBy, setSays] = useParameter("says");
	const by = attributes.find((one) => one === wished) ?? "channel";
	const says: Saying = saying.find((one) => one === saidBy) ?? "named";
	const { value, error, reload } = useLoad(
		(signal) => askPart(part, (wanted) => getTheme({ ...filter.figures, theme: id, part: wanted, by, says }, { signal })),
		[filter.key, id, part, by, says],
	);
	const { value: surveys } = useLoad(async (signal) => new Map((await listSurveys({}, { signal })).surveys.map((s) => [s.slug, s.name])), []);
	const shown = value?.parts.find((one) => one.key === value.part);
	const answers = value?.theme.figure.answers_path?.split("?")[1];
	const missing = error instanceof Refusal && error.status === 404;
	return (
		<Page title={value ? name(value.theme) : insight("way_themes")} part={insight("way_themes")} wide actions={answers && <ReadThem answers={answers} />}>
			<Link className="back no-print" href={filter.on("/insight/themes", part ? { part } : {})}>
				<IconArrowLeft size={16} aria-hidden="true" />
				{t("back")}
			</Link>
			{!missing && <AboutTheme id={id} />}
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			<Aside filter={whole} name="theme" />
			{missing && (
				<Empty title={t("gone")} text={t("gone_more")}>
					<Button component={Link} href={filter.on("/insight/themes")}>
						{t("back")}
					</Button>
				</Empty>
			)}
			{error !== undefined && !missing && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && (
				<Stack gap="lg">
					{shown && (
						<div className="themes-choices no-print">
							<PartPicker parts={value.parts} part={shown} onPart={setPart} />
						</div>
					)}
					<NotRead value={value} />
					{value.theme.all.comments === 0 ? (
						<Empty title={t("nobody")} text={t("nobody_more")}>
							{filter.active && <Button onClick={filter.clear}>{t("widen")}</Button>}
							{!filter.active && (
								<Button component={Link} href={filter.on("/insight/themes", part ? { part } : {})}>
									{t("back")}
								</Button>
							)}
						</Empty>
					) : (
						<>
							<WithChecks filter={filter} part={value.part}>
								<Groups value={value} filter={filter} />
							</WithChecks>
							<ThemeQuotes value={value} says={says} onSays={setSays} />
							<Months value={value} />
							<Who value={value} by={by} onBy={setBy} surveys={surveys ?? new Map()} />
						</>
					)}
				</Stack>
			)}
		</Page>
	);
}
