// web/dashboard/screens/quality.tsx - answers that are worth a look: units that stand out, bursts, copies, unconfirmed ones.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NativeSelect, Paper, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, type ReactNode, useId } from "react";
import { Link } from "wouter";
import { getFacets, getQuality, listSurveys, type Quality as Reply } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { askPart } from "../insight/ask_part.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { narrowedTo } from "../insight/narrowed.ts";
import { Score } from "../insight/number.tsx";
import { PartPicker, useParameter, usePart } from "../insight/part_picker.tsx";
import { endsOf, Range } from "../insight/range.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { partFilter, partName } from "../overview/part.ts";
import { attributes } from "../segments/asked.ts";
import { useAttributeName, useValueName } from "../segments/names.ts";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "import", "language", "tag", "theme", "sentiment", "urgent"] as const;
const signs = ["top", "low", "uninvited", "number"] as const;
/** Of these only many are worth a look: few that name the number are as well as can be. */
const onlyOften: readonly string[] = ["uninvited", "number"];
const reasons = ["two_scores", "many_links", "hidden_link", "no_person"] as const;
type Unit = Reply["units"][number];
type Part = Reply["parts"][number];

interface Shown {
	reply: Reply;
	part: Part;
	by: string;
	surveys: Map<string, string>;
	filter: Filter;
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactElement {
	const id = useId();
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby={id}>
			<Title order={2} size="h4" id={id}>
				{title}
			</Title>
			{children}
		</Paper>
	);
}

function Both({ reply, part, filter }: Shown): ReactElement {
	const t = useWords("quality");
	const n = reply.with.responses - reply.without.responses;
	const ends = endsOf([reply.with, reply.without]);
	return (
		<Section title={t("both_title")}>
			<Text mt="xs">{n === 0 ? t("both_none") : t("both", { n })}</Text>
			<dl className="quality-both">
				<div>
					<dt>{t("with")}</dt>
					<dd>
						<Range figure={reply.with} ends={ends} />
					</dd>
					<dd>
						<Score figure={reply.with} to={filter.on("/answers", { ...partFilter(part), counted: "true" })} />
					</dd>
				</div>
				{n > 0 && (
					<div>
						<dt>{t("without")}</dt>
						<dd>
							<Range figure={reply.without} ends={ends} />
						</dd>
						<dd>
							<Score figure={reply.without} />
						</dd>
					</div>
				)}
			</dl>
		</Section>
	);
}

function UnitItem({ unit, name, to }: { unit: Unit; name: string; to?: string }): ReactElement {
	const t = useWords("quality");
	const f = useFormat();
	const { burst } = unit;
	return (
		<li className={unit.doubted ? "doubted" : undefined}>
			<h3>
				{name}
				<span className="quality-mark">{t(unit.doubted ? "doubt" : "look")}</span>
				<Score figure={unit.figure} />
			</h3>
			<ul>
				{signs.map((sign) => {
					const judged = unit.signs[sign];
					if (!judged?.usual || judged.label === "few" || judged.label === "usual") return null;
					if (judged.label === "seldom" && onlyOften.includes(sign)) return null;
					const [low, high] = judged.usual;
					return <li key={sign}>{t(`sign_${sign}`, { share: f.percent(judged.responses / unit.looked_into), low: f.percent(low ?? 0), high: f.percent(high ?? 1) })}</li>;
				})}
				{burst && <li>{t("burst", { n: burst.responses, from: f.time(burst.from), to: f.time(burst.to) })}</li>}
			</ul>
			{to && <Link href={to}>{t("read", { n: unit.figure.responses })}</Link>}
		</li>
	);
}

function Units(props: Shown): ReactElement {
	const t = useWords("quality");
	const overview = useWords("overview");
	const attribute = useAttributeName();
	const { reply, part, by, filter } = props;
	const nameOf = useValueName(by, props.surveys);
	const found = reply.units.filter((unit) => unit.worth_a_look);
	const name = partName(overview, part, new Set(reply.parts.map((p) => p.brand.id)).size > 1);
	const share = (unit: Unit, sign: (typeof signs)[number]) => {
		const judged = unit.signs[sign];
		return judged ? (100 * judged.responses) / Math.max(1, unit.looked_into) : null;
	};
	const linkOf = (unit: Unit) => {
		const only = narrowedTo(by, unit.value, unit.figure);
		return only ? filter.on("/answers", { ...partFilter(part), counted: "true", ...only }) : undefined;
	};
	return (
		<Framed
			title={t("units_title", { by: attribute(by) })}
			says={reply.units.length < 2 ? t("units_one") : t("units_say", { n: found.length, of: reply.units.length })}
			name="quality"
			head={[t("col_unit"), t("col_look"), t("col_n"), ...signs.map((sign) => `${t(`col_${sign}`)} (%)`), t("col_burst")]}
			rows={reply.units.map((unit) => [nameOf(unit), t(unit.worth_a_look ? "yes" : "no"), unit.looked_into, ...signs.map((sign) => share(unit, sign)), unit.burst?.responses ?? null])}
			actions={
				<Definition
					title={name}
					filter={filter}
					defined={{ figure: reply.figure, left_out: reply.left_out, parts: [name], as_of: reply.as_of, query_us: reply.query_us }}
				/>
			}
		>
			{found.length > 0 && (
				<ul className="quality-units">
					{found.map((unit) => (
						<UnitItem key={`${unit.rest} ${unit.value} ${unit.version}`} unit={unit} name={nameOf(unit)} to={linkOf(unit)} />
					))}
				</ul>
			)}
			{found.length > 0 && found.length < reply.units.length && <Text c="dimmed">{t("rest_usual", { n: reply.units.length - found.length })}</Text>}
		</Framed>
	);
}

/** Each leads to its newest answer. */
function Groups({ groups }: { groups: Reply["copies"]["largest"] }): ReactElement | null {
	const t = useWords("quality");
	const f = useFormat();
	if (groups.length === 0) return null;
	return (
		<ul className="quality-groups">
			{groups.map((group) => (
				<li key={group.newest}>
					<Link href={`/answers/${group.newest}`}>{t("group", { n: group.responses, when: f.time(group.at) })}</Link>
				</li>
			))}
		</ul>
	);
}

function Unconfirmed({ reply, part, filter }: Shown): ReactElement {
	const t = useWords("quality");
	const { unconfirmed } = reply;
	const told = (reason: string | null, n: number) => {
		if (reason === null || reason === "") return t("reason_none", { n });
		return reasons.some((one) => one === reason) ? t(`reason_${reason}` as "reason_no_person", { n }) : t("reason_other", { n, reason });
	};
	return (
		<Section title={t("unconfirmed_title")}>
			<Text mt="xs">{t("unconfirmed", { n: unconfirmed.responses })}</Text>
			{unconfirmed.looked_into < unconfirmed.responses && <Text mt="xs">{t("unconfirmed_newest", { n: unconfirmed.looked_into })}</Text>}
			{unconfirmed.reasons.length > 0 && (
				<ul className="quality-reasons">
					{unconfirmed.reasons.map((one) => (
						<li key={one.reason}>{told(one.reason, one.responses)}</li>
					))}
				</ul>
			)}
			{unconfirmed.responses > 0 && <Link href={filter.on("/answers", { ...partFilter(part), state: "unconfirmed" })}>{t("read_unconfirmed")}</Link>}
		</Section>
	);
}

function How(): ReactElement {
	const t = useWords("quality");
	return (
		<HowWeKnow>
			<p>{t("how_signs")}</p>
			<p>{t("how_burst")}</p>
			<p>{t("how_doubt")}</p>
		</HowWeKnow>
	);
}

function Body(props: Omit<Shown, "part">): ReactElement {
	const t = useWords("quality");
	const { reply, filter } = props;
	const part = reply.parts.find((one) => one.key === reply.part);
	if (!part || reply.figure.responses < enough) return <Few figure={reply.figure} filter={filter} />;
	const shown = { ...props, part };
	return (
		<Stack gap="lg">
			<Text maw="72ch">{t("intro")}</Text>
			{reply.looked_into < reply.figure.responses && <Text maw="72ch">{t("newest", { n: reply.looked_into, of: reply.figure.responses })}</Text>}
			<Both {...shown} />
			<Units {...shown} />
			<Section title={t("copies_title")}>
				<Text mt="xs">{t("copies", { n: reply.copies.responses })}</Text>
				<Groups groups={reply.copies.largest} />
			</Section>
			<Section title={t("again_title")}>
				<Text mt="xs">{t("again", { n: reply.again.groups, answers: reply.again.responses })}</Text>
				<Groups groups={reply.again.largest} />
			</Section>
			<Unconfirmed {...shown} />
			<Text c="dimmed">{t("devices")}</Text>
			<How />
		</Stack>
	);
}

function Asks({ reply, by, filter, onBy }: { reply: Reply | undefined; by: string; filter: Filter; onBy: (by: string) => void }): ReactElement {
	const t = useWords("quality");
	const name = useAttributeName();
	const parts = reply?.parts ?? [];
	const [, setPart] = usePart(parts);
	const part = parts.find((one) => one.key === reply?.part);
	const facets = useLoad((signal) => getFacets(filter.figures as object, { signal }), [filter.key]);
	const properties = (facets.value?.properties ?? []).map((p) => `property.${p.name}`);
	const choices = [...new Set([...attributes.filter((one) => one !== "tag"), ...properties, by])];
	return (
		<div className="quality-asks no-print">
			{part && <PartPicker parts={parts} part={part} onPart={setPart} />}
			<NativeSelect label={t("units")} value={by} onChange={(event) => onBy(event.currentTarget.value)} data={choices.map((one) => ({ value: one, label: name(one) }))} />
		</div>
	);
}

export default function Quality(): ReactElement {
	const t = useWords("insight");
	useWords("quality");
	useWords("segments");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const [part] = useParameter("part");
	const [chosen, onBy] = useParameter("by");
	const by = chosen ?? "channel";
	const { value, error, reload } = useLoad(
		async (signal) => {
			const [reply, surveys] = await Promise.all([
				askPart(part, (one) => getQuality({ ...filter.figures, part: one, by }, { signal })),
				listSurveys({}, { signal }),
			]);
			return { reply, by, surveys: new Map(surveys.surveys.map((s) => [s.slug, s.name])) };
		},
		[filter.key, part, by],
	);
	return (
		<Page title={t("title")} part={t("way_quality")} wide>
			<InsightWays at="quality" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			<Stack gap="lg">
				<Asks reply={value?.reply} by={by} filter={filter} onBy={onBy} />
				{error !== undefined && <Failure error={error} retry={reload} />}
				{!value && error === undefined && <Loading rows={8} />}
				{value && <Body {...value} filter={filter} />}
			</Stack>
		</Page>
	);
}
