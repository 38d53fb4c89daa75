// web/dashboard/screens/planner.tsx - how many answers a wish takes, and which change the answers that come can show.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { NumberInput, Paper, Stack, Text, Title } from "@mantine/core";
import { type ReactElement, useEffect, useId, useState } from "react";
import { getPlanner, type Planner as Reply } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { WidthByAnswers } from "../chart/width_by_answers.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { digitsOf, useFormat } from "../format.ts";
import { askPart } from "../insight/ask_part.ts";
import { Definition } from "../insight/definition.tsx";
import { enough, Few } from "../insight/few.tsx";
import { PartPicker, useParameter, usePart } from "../insight/part_picker.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { partName } from "../overview/part.ts";
import { Failure } from "../ui/failure.tsx";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "language", "tag", "theme", "sentiment", "urgent"] as const;
type Plan = NonNullable<Reply["plan"]>;

/** A whole number of the address; what is none there is the usual one. */
function useWish(name: string, usual: number, most: number): [number, (n: number) => void] {
	const [text, set] = useParameter(name);
	const n = Number(text);
	return [text !== null && Number.isInteger(n) && n >= 1 && n <= most ? n : usual, (wished) => set(String(wished))];
}

/** Moves at once; the wish is made when the hand has rested. */
function Wish(props: { label: string; say: (n: number) => string; value: number; most: number; onWish: (n: number) => void }): ReactElement {
	const id = useId();
	const [n, setN] = useState(props.value);
	useEffect(() => setN(props.value), [props.value]);
	useEffect(() => {
		if (n === props.value) return;
		const timer = setTimeout(() => props.onWish(n), 250);
		return () => clearTimeout(timer);
	}, [n]);
	return (
		<div className="planner-wish">
			<label htmlFor={id}>{props.label}</label>
			<input
				id={id}
				type="range"
				min={1}
				max={props.most}
				value={Math.min(n, props.most)}
				aria-valuetext={props.say(n)}
				onChange={(event) => setN(Number(event.currentTarget.value))}
			/>
			<output htmlFor={id}>{props.say(n)}</output>
		</div>
	);
}

const about = (n: number): number => {
	const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))) - 1);
	return Math.ceil(n / step) * step;
};

function RangeWish(props: { reply: Reply; plan: Plan; name: string; filter: Filter; onHalf: (n: number) => void }): ReactElement | null {
	const t = useWords("planner");
	const f = useFormat();
	const { reply, plan, name, filter } = props;
	const { range } = plan;
	const { figure, flow } = reply;
	if (!flow || figure.nps === null) return null;
	const pace = f.number(about(flow.per_week));
	const has = range.now <= range.half ? "yes" : range.weeks === null ? "none" : "no";
	const now = t("range_now", { nps: f.score(figure.nps, digitsOf(2 * range.now)), now: f.score(range.now, digitsOf(2 * range.now)), n: figure.responses });
	const takes = range.answers === null ? t("range_never", { half: range.half }) : t("range_takes", { half: range.half, answers: f.number(about(range.answers)), enough: has, weeks: Math.round(range.weeks ?? 0), pace });
	return (
		<Framed
			title={t("range_title")}
			says={
				<>
					{now} {takes}
				</>
			}
			name="planner-range"
			head={[t("col_half"), t("col_answers"), t("col_weeks")]}
			rows={range.curve.map((p) => [p.half, p.answers, flow.per_week > 0 ? p.answers / flow.per_week : null])}
			actions={
				<Definition
					title={name}
					filter={filter}
					defined={{ figure, left_out: reply.left_out, parts: [name], as_of: reply.as_of, query_us: reply.query_us, more: [t("flow", { weeks: Math.round(flow.weeks), n: flow.responses, pace })] }}
				/>
			}
		>
			<Wish label={t("half")} say={(n) => t("half_is", { n })} value={range.half} most={20} onWish={props.onHalf} />
			<WidthByAnswers
				curve={range.curve}
				here={{ half: range.now, answers: figure.responses, label: t("here") }}
				wish={range.answers === null ? undefined : { half: range.half, answers: range.answers, label: t("wish") }}
				x={t("axis_x")}
				y={t("axis_y")}
				spoken={t("chart", { said: `${now} ${takes}` })}
			/>
		</Framed>
	);
}

function Smallest({ plan }: { plan: Plan }): ReactElement {
	const t = useWords("planner");
	const f = useFormat();
	const { smallest } = plan.change;
	const widest = Math.max(...smallest.map((one) => one.points), 1);
	return (
		<>
			<Text fw={600} mt="md">
				{t("smallest")}
			</Text>
			<ul className="planner-smallest">
				{smallest.map((one) => (
					<li key={one.weeks}>
						<span>{t("smallest_row", { weeks: one.weeks })}</span>
						<span className="planner-track" aria-hidden="true">
							<span className="planner-bar" style={{ width: `${(100 * one.points) / widest}%` }} />
						</span>
						<strong>{t("smallest_is", { points: Math.ceil(one.points) })}</strong>
						<span className="quiet">{t("smallest_n", { n: f.number(Math.round(one.answers)) })}</span>
					</li>
				))}
			</ul>
		</>
	);
}

function ChangeWish({ reply, plan, onChange }: { reply: Reply; plan: Plan; onChange: (n: number) => void }): ReactElement {
	const t = useWords("planner");
	const f = useFormat();
	const { change } = plan;
	const side = change.side === null ? null : f.number(about(change.side));
	const before = reply.figure.responses;
	const stopped = change.smallest.length === 0;
	const takes = side === null ? t("change_side_never") : t("change_side", { side });
	const says = stopped
		? `${t("change_stopped")} ${takes}`
		: `${change.weeks === null ? t("change_never", { n: change.points, before }) : t("change_seen", { n: change.points, weeks: Math.round(change.weeks), before })} ${takes}`;
	return (
		<Framed
			title={t("change_title")}
			says={says}
			name="planner-change"
			head={[t("col_period"), t("col_smallest"), t("col_each")]}
			rows={change.smallest.map((one) => [one.weeks, one.points, Math.round(one.answers)])}
		>
			<Wish label={t("change")} say={(n) => t("change_is", { n })} value={change.points} most={40} onWish={onChange} />
			{!stopped && <Smallest plan={plan} />}
		</Framed>
	);
}

function Customers({ reply, onCustomers }: { reply: Reply; onCustomers: (n: string) => void }): ReactElement {
	const t = useWords("planner");
	const f = useFormat();
	const { customers } = reply;
	const [typed, setTyped] = useState<string | number>(customers?.count ?? "");
	useEffect(() => {
		if (String(typed) === String(customers?.count ?? "")) return;
		const timer = setTimeout(() => onCustomers(String(typed)), 500);
		return () => clearTimeout(timer);
	}, [typed]);
	const says = () => {
		if (!customers?.interval) return null;
		const { count, people, interval } = customers;
		if (people > count) return t("today_more", { people: f.number(people), count: f.number(count) });
		if (people === count) return t("today_all");
		return t("today", { count: f.number(count), people: f.number(people), low: f.score(interval[0] ?? 0), high: f.score(interval[1] ?? 0) });
	};
	const said = says();
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="today-title">
			<Title order={2} size="h4" id="today-title">
				{t("today_title")}
			</Title>
			<NumberInput
				className="planner-customers no-print"
				label={t("customers")}
				description={t("customers_help")}
				min={1}
				max={1_000_000_000}
				allowDecimal={false}
				allowNegative={false}
				hideControls
				inputMode="numeric"
				value={typed}
				onChange={setTyped}
			/>
			<div aria-live="polite">
				{said && (
					<Text>
						{said} {customers && customers.people < customers.count && <span className="quiet">{t("today_only")}</span>}
					</Text>
				)}
			</div>
		</Paper>
	);
}

interface Wishes {
	onHalf: (n: number) => void;
	onChange: (n: number) => void;
	onCustomers: (n: string) => void;
}

function Body({ reply, filter, ...wishes }: { reply: Reply; filter: Filter } & Wishes): ReactElement | null {
	const t = useWords("planner");
	const overview = useWords("overview");
	const f = useFormat();
	const [, setPart] = usePart(reply.parts);
	const part = reply.parts.find((one) => one.key === reply.part);
	const { flow, plan, figure } = reply;
	if (!part || !flow || !plan || figure.responses < enough) return <Few figure={figure} filter={filter} />;
	const name = partName(overview, part, new Set(reply.parts.map((p) => p.brand.id)).size > 1);
	return (
		<Stack gap="lg">
			<div className="planner-score">
				<PartPicker parts={reply.parts} part={part} onPart={setPart} />
			</div>
			<Text>
				{t("flow", { weeks: Math.round(flow.weeks), n: flow.responses, pace: f.number(about(flow.per_week)) })}{" "}
				{plan.deff >= 1.1 && t("repeat", { deff: f.number(Math.round(plan.deff * 10) / 10) })}
			</Text>
			<RangeWish reply={reply} plan={plan} name={name} filter={filter} onHalf={wishes.onHalf} />
			<ChangeWish reply={reply} plan={plan} onChange={wishes.onChange} />
			<Customers reply={reply} onCustomers={wishes.onCustomers} />
			<HowWeKnow>
				<p>{t("how_range")}</p>
				<p>{t("how_change")}</p>
				<p>{t("how_today")}</p>
			</HowWeKnow>
		</Stack>
	);
}

export default function Planner(): ReactElement {
	const t = useWords("insight");
	useWords("planner");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const [part] = useParameter("part");
	const [half, onHalf] = useWish("half", 5, 20);
	const [change, onChange] = useWish("change", 10, 40);
	const [text, onCustomers] = useParameter("customers");
	const customers = /^[1-9]\d{0,8}$/.test(text ?? "") ? Number(text) : undefined;
	const { value, error, reload } = useLoad(
		(signal) => askPart(part, (one) => getPlanner({ ...filter.figures, part: one, half, change, customers }, { signal })),
		[filter.key, part, half, change, customers],
	);
	return (
		<Page title={t("title")} part={t("way_planner")} wide>
			<InsightWays at="planner" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && <Body reply={value} filter={filter} onHalf={onHalf} onChange={onChange} onCustomers={onCustomers} />}
		</Page>
	);
}
