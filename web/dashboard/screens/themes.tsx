// web/dashboard/screens/themes.tsx - what the comments of one score are about, by group, and what of it goes with the score.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Stack } from "@mantine/core";
import { type ReactElement, useCallback, useState } from "react";
import { Link } from "wouter";
import { getThemes, type Themes } from "../api.ts";
import { ChecksCard } from "../checks/card.tsx";
import { WithChecks } from "../checks/shares.tsx";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { askPart } from "../insight/ask_part.ts";
import { enough, Few } from "../insight/few.tsx";
import { useParameter } from "../insight/parameter.ts";
import { PartPicker } from "../insight/part_picker.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { useMe } from "../me.ts";
import { FewComments, NotRead } from "../themes/few.tsx";
import { Delights } from "../themes/delights.tsx";
import { Emerging } from "../themes/emerging.tsx";
import { First } from "../themes/first.tsx";
import { AskIndustry } from "../themes/industry.tsx";
import { ThemeList } from "../themes/list.tsx";
import { Quadrant } from "../themes/quadrant.tsx";
import { Rereading } from "../themes/rereading.tsx";
import { Suggestions } from "../themes/suggestions.tsx";
import { useAgain } from "../ui/again.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "import", "language", "tag", "sentiment", "urgent"] as const;

/** While comments are being read, figures are asked for again. */
const againAfter = 4000;

interface Aims {
	target: string;
	onTarget: (target: string) => void;
	onChanged: () => void;
}

/** `edits`: what the way to the editor is called, for those who may use it. */
function Body({ value, filter, onPart, aims, edits }: { value: Themes; filter: Filter; onPart: (key: string) => void; aims: Aims; edits: string | null }): ReactElement {
	const t = useWords("themes");
	const part = value.parts.find((one) => one.key === value.part);
	if (!part) return <Few figure={{ responses: 0, nps: null, interval: null }} filter={filter} />;
	return (
		<Stack gap="lg">
			<div className="themes-choices no-print">
				<PartPicker parts={value.parts} part={part} onPart={onPart} />
			</div>
			<NotRead value={value} />
			{value.comments.say_something < enough && <FewComments value={value} filter={filter} />}
			{value.comments.say_something >= enough && value.themes.length === 0 && (
				<Empty title={t("no_theme")} text={t("no_theme_more")}>
					{edits && (
						<Button component={Link} href="/insight/themes/edit">
							{edits}
						</Button>
					)}
				</Empty>
			)}
			{value.comments.say_something >= enough && value.themes.length > 0 && (
				<WithChecks filter={filter} part={value.part}>
					<ThemeList value={value} filter={filter} />
					<ChecksCard filter={filter} part={value.part} />
					<Emerging part={part.key} />
					<Delights value={value} filter={filter} />
					<Quadrant value={value} filter={filter} />
					<First value={value} filter={filter} {...aims} />
				</WithChecks>
			)}
		</Stack>
	);
}

export default function ThemesScreen(): ReactElement {
	const insight = useWords("insight");
	useWords("themes");
	useWords("overview");
	useWords("filter");
	const filter = useFilter("12m");
	const [part, setPart] = useParameter("part");
	const [wished, setTarget] = useParameter("target");
	const target = wished !== null && wished !== "" && Number(wished) >= 0 && Number(wished) <= 1 ? Number(wished) : undefined;
	const load = useLoad(
		(signal) => askPart(part, (wanted) => getThemes({ ...filter.figures, part: wanted, target }, { signal })),
		[filter.key, part, target],
	);
	const { value, error, reload } = load;
	const waits = (value?.comments.not_read ?? 0) > 0;
	useAgain(load, waits ? againAfter : null);
	const edit = useWords("taxonomy")("edit");
	const { role } = useMe();
	const reads = role !== "viewer";
	const builds = reads && role !== "agent";
	const [turn, setTurn] = useState(0);
	const again = useCallback(() => void reload(), [reload]);
	return (
		<Page
			title={insight("title")}
			part={insight("way_themes")}
			wide
			actions={
				builds && (
					<Button component={Link} href="/insight/themes/edit" variant="default">
						{edit}
					</Button>
				)
			}
		>
			<InsightWays at="themes" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={8} />}
			{value && (
				<Stack gap="lg">
					{reads && !waits && <Rereading turn={turn} onDone={again} />}
					{builds && <AskIndustry onSaid={again} />}
					<Body value={value} filter={filter} onPart={setPart} edits={builds ? edit : null} aims={{ target: wished ?? "", onTarget: setTarget, onChanged: () => void reload() }} />
					{reads && value.comments.written > 0 && <Suggestions onThemes={() => setTurn((n) => n + 1)} />}
				</Stack>
			)}
		</Page>
	);
}
