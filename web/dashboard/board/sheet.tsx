// web/dashboard/board/sheet.tsx - what stands on the paper: two pages, the first with the figures, the second with what moved them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";
import type { Goal, Nps, Quote, TrendNote, Why } from "../api.ts";
import { type Step as TrendStep, Trend } from "../chart/trend.tsx";
import type { Filter } from "../filter/use_filter.ts";
import { type Format, useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { endsOf, Range } from "../insight/range.tsx";
import { useMe } from "../me.ts";
import { type Part, partName } from "../overview/part.ts";
import { useAttributeName, useSegmentName } from "../why/names.ts";
import { Sentence } from "../why/sentence.tsx";
import { type Step, Waterfall } from "../why/waterfall.tsx";
import { useWords } from "../words.ts";
import { GoalLine } from "./goal.tsx";
import { Quotes } from "./quotes.tsx";
import { shortName, shortText } from "./shorten.ts";

const groupsShown = 8;
const stepsShown = 6;
const notesShown = 4;

export interface Board {
	nps: Nps;
	part: Part;
	by: string;
	step: TrendStep;
	why: Why | null;
	goals: Goal[];
	quotes: { promoters: Quote[]; detractors: Quote[] } | null;
	/** Of the score and the days that are shown, the newest first. */
	notes: TrendNote[];
}

function Section({ title, className, children }: { title: string; className?: string; children: ReactNode }): ReactElement {
	return (
		<section className={`board-section ${className ?? ""}`}>
			<h2>{title}</h2>
			{children}
		</section>
	);
}

function Hero({ board, name, filter, onChanged }: { board: Board; name: string; filter: Filter; onChanged: () => Promise<void> }): ReactElement {
	const t = useWords("board");
	const f = useFormat();
	const { part } = board;
	const { figure, comparison } = part;
	const { from, to } = filter.span;
	const scored = figure.nps !== null && figure.interval ? f.scored(figure.nps, figure.interval) : null;
	const goal = board.goals.find((g) => g.kind === part.kind && g.brand_id === part.brand.id && g.touchpoint === (part.touchpoint?.code ?? null));
	const moved = comparison?.change === null || comparison === null ? null : f.changed(comparison.change, comparison.interval);
	return (
		<div className="board-hero">
			<p className={figure.rough ? "board-score rough" : "board-score"}>{figure.nps === null ? "–" : (scored?.nps ?? f.score(figure.nps))}</p>
			<div>
				{scored && (
					<p>
						<strong>{t("between", scored)}</strong>
					</p>
				)}
				<p>{t("basis", { n: figure.responses, people: figure.people })}</p>
				{figure.rough && <p className="quiet">{t("rough")}</p>}
				{comparison && moved && (
					<p>
						{t("change", {
							way: moved.way > 0 ? "up" : moved.way < 0 ? "down" : "same",
							by: moved.by,
							from: f.day(comparison.from),
							to: f.day(comparison.to),
							n: comparison.figure.responses,
							chance: comparison.beyond_chance ? "no" : "yes",
						})}
					</p>
				)}
				<p className="quiet">{from && to ? t("period", { from: f.day(from), to: f.day(to) }) : t("all_time")}</p>
				<Definition
					title={name}
					filter={filter}
					defined={{ figure, left_out: part.left_out, parts: [name], as_of: board.nps.as_of, query_us: board.nps.query_us }}
				/>
				<GoalLine part={part} goal={goal} onChanged={onChanged} />
			</div>
		</div>
	);
}

function Groups({ board }: { board: Board }): ReactElement | null {
	const t = useWords("board");
	const insight = useWords("insight");
	const f = useFormat();
	const nameOf = useSegmentName(board.by);
	const attributeName = useAttributeName();
	const all = board.part.groups;
	const groups = all.slice(0, groupsShown);
	if (groups.length < 2) return null;
	const ends = endsOf(groups.map((group) => group.figure));
	return (
		<Section title={t("groups", { by: attributeName(board.by) })}>
			<ul className="board-groups">
				{groups.map(({ value, rest, figure }) => (
					<li key={`${rest}${value}`}>
						<span className="board-name">{shortName(rest ? t("rest") : nameOf({ value, version: null }))}</span>
						<Range figure={figure} ends={ends} />
						<strong>{figure.nps === null ? "–" : f.scored(figure.nps, figure.interval ?? [-100, 100]).nps}</strong>
						<span className="quiet">{figure.nps !== null && figure.interval ? insight("range", f.scored(figure.nps, figure.interval)) : ""}</span>
						<span className="quiet">{insight("n", { n: figure.responses })}</span>
					</li>
				))}
			</ul>
			{all.length > groups.length && <p className="quiet">{t("groups_more", { n: all.length - groups.length })}</p>}
		</Section>
	);
}

function Moved({ board, filter }: { board: Board; filter: Filter }): ReactElement {
	const t = useWords("board");
	const why = useWords("why");
	const split = board.why?.split;
	const part = board.why?.parts.find((one) => one.key === board.why?.part);
	const nameOf = useSegmentName(split?.by ?? "channel");
	if (!board.why || !split || !part)
		return (
			<Section title={t("moved")} className="board-second">
				<p className="quiet">{t(filter.span.from ? "moved_none" : "moved_undated")}</p>
			</Section>
		);
	const steps = split.segments.map((segment) => ({ name: shortName(nameOf(segment)), said: segment.rate.points, answered: segment.mix.points, segment }));
	const drawn: Step[] = steps.length <= stepsShown ? steps : [...steps.slice(0, stepsShown - 1), together(steps.slice(stepsShown - 1), (n) => why("others", { n }))];
	return (
		<Section title={t("moved")} className="board-second">
			<Sentence why={board.why} part={part} split={split} filter={filter} />
			<Waterfall before={part.before.nps ?? 0} now={part.now.nps ?? 0} nBefore={part.before.responses} nNow={part.now.responses} steps={drawn} />
			<p className="quiet board-small">{t("moved_how")}</p>
		</Section>
	);
}

function together(rest: Step[], name: (n: number) => string): Step {
	const sum = (of: (one: Step) => number) => rest.reduce((total, one) => total + of(one), 0);
	return { name: name(rest.length), said: sum((one) => one.said), answered: sum((one) => one.answered) };
}

const pinsOf = (f: Format, notes: TrendNote[]) => notes.map((note, i) => ({ day: f.dayOf(note.at), label: String(i + 1), text: note.text }));

export function Sheet(props: { board: Board; filter: Filter; onChanged: () => Promise<void> }): ReactElement {
	const { board, filter } = props;
	const t = useWords("board");
	const overview = useWords("overview");
	const f = useFormat();
	const { workspace } = useMe();
	const manyBrands = new Set(board.nps.parts.map((p) => p.brand.id)).size > 1;
	const name = partName(overview, board.part, manyBrands);
	const notes = board.notes.slice(0, notesShown).reverse();
	const { role } = useMe();
	return (
		<article className="board" aria-label={t("title")}>
			<header className="board-head">
				<span>{workspace.name}</span>
				<span className="quiet">{t("as_of", { day: f.time(board.nps.as_of) })}</span>
			</header>
			<Section title={name}>
				<Hero board={board} name={name} filter={filter} onChanged={props.onChanged} />
			</Section>
			<Section title={t("trend")}>
				{board.part.series.filter((p) => p.figure.nps !== null).length < 2 ? (
					<p className="quiet">{t("trend_none")}</p>
				) : (
					<div className="board-trend">
						<Trend points={board.part.series} step={board.step} pins={pinsOf(f, notes)} />
					</div>
				)}
				{notes.length > 0 && (
					<ol className="board-notes">
						{notes.map((note) => (
							<li key={note.id}>
								<span className="quiet">{f.day(f.dayOf(note.at))}</span> {shortText(note.text, 80)}
							</li>
						))}
					</ol>
				)}
			</Section>
			<Groups board={board} />
			<Moved board={board} filter={filter} />
			{board.quotes && role !== "viewer" && (
				<Section title={t("quotes")}>
					<div className="board-quotes">
						<Quotes title={t("quotes_high")} quotes={board.quotes.promoters} />
						<Quotes title={t("quotes_low")} quotes={board.quotes.detractors} low />
					</div>
					<p className="quiet board-small">{t("quotes_masked")}</p>
					<p className="quiet board-small no-print">{t("quotes_read")}</p>
				</Section>
			)}
			<footer className="board-foot quiet">{t("how")}</footer>
		</article>
	);
}
