// web/dashboard/screens/board.tsx - one page for the board: the score, its trend, its groups, what moved it, what people said,
// the next goal. Made to be printed.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect } from "@mantine/core";
import { IconPrinter, IconShare } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { getFacets, getNps, getQuotes, getWhy, listGoals, listSurveys, listTrendNotes, type Nps, Refusal, type Why } from "../api.ts";
import { type Board, Sheet } from "../board/sheet.tsx";
import type { Step } from "../chart/trend.tsx";
import { FilterBar } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { enough, Few } from "../insight/few.tsx";
import { useParameter } from "../insight/parameter.ts";
import { PartPicker } from "../insight/part_picker.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { notesOf } from "../overview/notes.ts";
import { type Part, partFilter, partKey } from "../overview/part.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useAttributeName } from "../why/names.ts";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "language", "tag", "theme", "sentiment", "urgent"] as const;

function stepOf({ span }: Filter): Step {
	if (!span.from || !span.to) return "quarter";
	const days = (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000;
	return days <= 100 ? "week" : days <= 1000 ? "month" : "quarter";
}

/** What a score has no two periods for is no error here. */
async function whyOf(part: Part, filter: Filter, signal: AbortSignal): Promise<Why | null> {
	if (!filter.span.from) return null;
	try {
		return await getWhy({ ...filter.figures, compare: "previous", part: partKey(part) }, { signal });
	} catch (error) {
		if (error instanceof Refusal && [404, 422].includes(error.status)) return null;
		throw error;
	}
}

interface Asked {
	filter: Filter;
	chosen: string | null;
	wished: string | null;
	seesAnswers: boolean;
	dayOf: (instant: string) => string;
}

const partOf = (nps: Nps, chosen: string | null) => nps.parts.find((one) => partKey(one) === chosen) ?? nps.parts[0];

/** Groups are those that tell most of what moved the score, unless others were chosen. */
const splitOf = (wished: string | null, why: Why | null): string => wished ?? why?.split?.by ?? "channel";

async function load({ filter, chosen, wished, seesAnswers, dayOf }: Asked, signal: AbortSignal): Promise<{ nps: Nps; board: Board | null }> {
	const step = stepOf(filter);
	const compare = filter.span.from ? ("previous" as const) : undefined;
	const asked = { ...filter.figures, series: step, compare };
	let nps = await getNps({ ...asked, by: splitOf(wished, null) }, { signal });
	let part = partOf(nps, chosen);
	if (!part || part.figure.responses < enough) return { nps, board: null };
	const why = await whyOf(part, filter, signal);
	const by = splitOf(wished, why);
	if (by !== splitOf(wished, null)) {
		nps = await getNps({ ...asked, by }, { signal });
		part = partOf(nps, chosen) ?? part;
	}
	const [{ goals }, quotes, { surveys }, { notes }] = await Promise.all([
		listGoals({}, { signal }),
		seesAnswers ? getQuotes({ ...filter.figures, ...partFilter(part) } as object, { signal }) : null,
		listSurveys({}, { signal }),
		listTrendNotes({}, { signal }),
	]);
	return { nps, board: { nps, part, by, step, why, goals, quotes, notes: notesOf(notes, { part, surveys, points: part.series, dayOf }) } };
}

export default function BoardScreen(): ReactElement {
	const t = useWords("board");
	const insight = useWords("insight");
	useWords("overview");
	useWords("filter");
	useWords("why");
	const attributeName = useAttributeName();
	const { role } = useMe();
	const { dayOf } = useFormat();
	const filter = useFilter("12m");
	const [chosen, setPart] = useParameter("part");
	const [wished, setBy] = useParameter("by");
	const facets = useLoad((signal) => getFacets(filter.figures as object, { signal }), [filter.key]);
	const { value, error, reload } = useLoad(
		(signal) => load({ filter, chosen, wished, seesAnswers: role !== "viewer", dayOf }, signal),
		[filter.key, chosen, wished, role],
	);
	const by = wished ?? value?.board?.by ?? "channel";
	const properties = (facets.value?.properties ?? []).map((p) => `property.${p.name}`);
	const attributes = [...new Set(["channel", "language", "survey", ...properties, by])];
	const board = value?.board;
	const mayShare = ["owner", "admin", "analyst"].includes(role);
	const shareQuery = board ? { what: "board", by, ...(chosen ? { part: chosen } : {}), ...partFilter(board.part) } : {};
	return (
		<Page
			title={insight("title")}
			part={insight("way_board")}
			wide
			actions={
				<>
					{mayShare && (
						<Button component={Link} href={filter.on("/insight/shared", shareQuery)} variant="default" leftSection={<IconShare size={16} aria-hidden="true" />}>
							{t("share")}
						</Button>
					)}
					{board && (
						<Button onClick={() => print()} leftSection={<IconPrinter size={16} aria-hidden="true" />}>
							{t("print")}
						</Button>
					)}
				</>
			}
		>
			<InsightWays at="board" />
			<div className="no-print">
				<FilterBar filter={filter} fields={fields} search={false} />
				{board && (
					<div className="board-choices">
						<PartPicker parts={board.nps.parts} part={board.part} onPart={setPart} />
						<NativeSelect
							label={t("split_by")}
							value={by}
							onChange={(event) => setBy(event.currentTarget.value)}
							data={attributes.map((name) => ({ value: name, label: attributeName(name) }))}
						/>
					</div>
				)}
			</div>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading height={600} />}
			{value && !board && <Few figure={value.nps.parts[0]?.figure ?? { responses: 0, nps: null, interval: null }} filter={filter} />}
			{board && <Sheet board={board} filter={filter} onChanged={reload} />}
		</Page>
	);
}
