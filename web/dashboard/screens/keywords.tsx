// web/dashboard/screens/keywords.tsx - the words that set promoters apart from detractors, or any two sides, and who says them.
//
//	/insight/words?by=sides&a=channel%3Demail&word=slow%20support      as on the comparison's screen; without by: promoters, detractors
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect, Paper, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { getKeywords, type Keywords, Refusal } from "../api.ts";
import { textOf } from "../compare/side.ts";
import { SideEditor } from "../compare/side_editor.tsx";
import { type Sides, useSideName, useSides } from "../compare/use_sides.ts";
import { FilterBar, FilterWords } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { askPart } from "../insight/ask_part.ts";
import { useParameter } from "../insight/parameter.ts";
import { PartPicker } from "../insight/part_picker.tsx";
import { InsightWays } from "../insight/ways.tsx";
import { Apart } from "../keywords/apart.tsx";
import { Said } from "../keywords/said.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { type Load, useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "import", "language", "tag", "theme", "sentiment", "urgent"] as const;
const groups = ["detractors", "passives", "promoters"] as const;

/** With fewer comments on a side they are read faster than compared. */
const enough = 10;

/** A word of one's own. */
function LookUp({ word, onWord }: { word: string; onWord: (word: string) => void }): ReactElement {
	const t = useWords("keywords");
	const [text, setText] = useState(word);
	return (
		<form
			className="keywords-look no-print"
			onSubmit={(event) => {
				event.preventDefault();
				onWord(text.trim());
			}}
		>
			<TextInput label={t("look")} placeholder={t("look_such")} value={text} maxLength={72} onChange={(event) => setText(event.currentTarget.value)} />
			<Button type="submit" variant="light">
				{t("look_do")}
			</Button>
		</form>
	);
}

/** A word that is not among those that stand out has its quotes on top. */
function OwnWord({ word, load, names, onWord }: { word: string; load: Load<Keywords | null>; names: [string, string]; onWord: (word: string) => void }): ReactElement {
	const t = useWords("keywords");
	const wrong = load.error instanceof Refusal && load.error.errors.some((one) => one.path === "word");
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="keywords-own">
			<div className="section-head">
				<Title order={2} size="h4" id="keywords-own">
					{t("own", { word })}
				</Title>
				<Button className="no-print" size="compact-sm" variant="subtle" color="gray" onClick={() => onWord("")}>
					{t("close")}
				</Button>
			</div>
			{wrong ? <Text role="alert">{t("no_word")}</Text> : <Said load={load} names={names} />}
		</Paper>
	);
}

interface Shown {
	value: Keywords;
	names: [string, string];
	load: Load<Keywords | null>;
	filter: Filter;
	word: string;
	onWord: (word: string) => void;
}

function Body({ value, names, load, filter, word, onWord }: Shown): ReactElement {
	const t = useWords("keywords");
	const read = useWords("themes")("read");
	const few = Math.min(value.a.comments, value.b.comments);
	const listed = [...value.words.a, ...value.words.b].some((one) => one.text === word);
	if (few < enough)
		return (
			<Empty title={t("few")} text={t("few_more", { a: names[0], b: names[1], n_a: value.a.comments, n_b: value.b.comments, enough })}>
				{filter.active ? (
					<Button onClick={filter.clear}>{t("widen")}</Button>
				) : (
					<Button component={Link} href="/answers/read">
						{read}
					</Button>
				)}
			</Empty>
		);
	return (
		<>
			{word !== "" && !listed && <OwnWord word={word} load={load} names={names} onWord={onWord} />}
			<Apart value={value} names={names} kinds={value.groups ? ["promoters", "detractors"] : ["first", "second"]} word={word} onWord={onWord}>
				<Said load={load} names={names} />
			</Apart>
		</>
	);
}

function SideEditors({ sides, filter, group, onGroup }: { sides: Sides; filter: Filter; group: string; onGroup: (group: string) => void }): ReactElement {
	const t = useWords("keywords");
	const compare = useWords("compare");
	return (
		<>
			<div className="compare-sides">
				<SideEditor name={compare("side_a")} side={sides.a} filter={filter} onSide={(side) => sides.set("a", side)} mayBeRest={false} />
				<SideEditor name={compare("side_b")} side={sides.b} filter={filter} onSide={(side) => sides.set("b", side)} mayBeRest />
			</div>
			<NativeSelect
				className="keywords-group no-print"
				label={t("group")}
				value={group}
				onChange={(event) => onGroup(event.currentTarget.value)}
				data={[{ value: "", label: t("group_all") }, ...groups.map((one) => ({ value: one, label: t(one) }))]}
			/>
		</>
	);
}

/** Sides that share answers, in words. */
function Refused({ error, retry, onRest }: { error: unknown; retry: () => Promise<void>; onRest: () => void }): ReactElement {
	const compare = useWords("compare");
	const at = error instanceof Refusal ? error.errors.find((one) => one.path === "b") : undefined;
	const n = Number.parseInt(at?.message ?? "", 10);
	if (Number.isNaN(n)) return <Failure error={error} retry={retry} />;
	return (
		<div role="alert">
			<Text>{compare("overlap", { n })}</Text>
			<Button mt="xs" variant="light" onClick={onRest}>
				{compare("overlap_rest")}
			</Button>
		</div>
	);
}

export default function KeywordsScreen(): ReactElement {
	const t = useWords("keywords");
	const insight = useWords("insight");
	useWords("themes");
	useWords("overview");
	const filter = useFilter("12m");
	const sides = useSides(filter);
	const nameOfSide = useSideName(filter);
	const [part, setPart] = useParameter("part");
	const [by, setBy] = useParameter("by");
	const [wished, setGroup] = useParameter("of");
	const [said, setWord] = useParameter("word");
	const [group, word] = [groups.find((one) => one === wished), said ?? ""];
	const ofSides = by === "sides";
	const asked = ofSides ? { a: textOf(sides.a), b: sides.b ? textOf(sides.b) : undefined, group } : {};
	const key = [filter.key, JSON.stringify(asked), part];
	const ask = (more: object, signal: AbortSignal) => askPart(part, (wanted) => getKeywords({ ...filter.figures, ...asked, part: wanted, ...more } as Parameters<typeof getKeywords>[0], { signal }));
	const { value, error, reload } = useLoad(async (signal) => ({ keywords: await ask({}, signal), sides }), key);
	const load = useLoad<Keywords | null>(async (signal) => (word === "" ? null : ask({ word }, signal)), [...key, word]);
	const keywords = value?.keywords;
	const shown = keywords?.parts.find((one) => one.key === keywords.part);
	const names: [string, string] =
		!keywords || keywords.groups ? [t("promoters"), t("detractors")] : [nameOfSide(value.sides.a, keywords.a), nameOfSide(value.sides.b, keywords.b)];
	return (
		<Page title={insight("title")} part={insight("way_words")} wide>
			<InsightWays at="words" />
			<FilterBar filter={filter} fields={fields} search counted />
			<FilterWords filter={filter} />
			<div className="keywords-choices no-print">
				<SegmentedControl
					aria-label={t("by")}
					value={ofSides ? "sides" : "groups"}
					onChange={setBy}
					data={[
						{ value: "groups", label: t("by_groups") },
						{ value: "sides", label: t("by_sides") },
					]}
				/>
				{keywords && shown && <PartPicker parts={keywords.parts} part={shown} onPart={setPart} />}
				<LookUp key={word} word={word} onWord={setWord} />
			</div>
			{ofSides && <SideEditors sides={sides} filter={filter} group={group ?? ""} onGroup={setGroup} />}
			<Stack gap="lg">
				{error !== undefined && <Refused error={error} retry={reload} onRest={() => sides.set("b", null)} />}
				{!value && error === undefined && <Loading rows={10} />}
				{keywords && error === undefined && <Body value={keywords} names={names} load={load} filter={filter} word={word} onWord={setWord} />}
			</Stack>
		</Page>
	);
}
