// web/dashboard/filter/filter_bar.tsx - what is filtered, always in sight, with one way to take all of it back.
//
//	<FilterBar filter={useFilter()} fields={["survey", "channel", ...]} />
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CloseButton, Popover, TextInput } from "@mantine/core";
import { IconFilter, IconSearch } from "@tabler/icons-react";
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { type Format, useFormat } from "../format.ts";
import { useKeys } from "../ui/keys.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords, type Words } from "../words.ts";
import { type Choice, namesOf } from "./choices.ts";
import { FieldList, PropertyName, ValueList } from "./filter_editor.tsx";
import { PeriodPicker, periodName } from "./period_picker.tsx";
import { Views } from "./views.tsx";
import { type Field, type Filter, type FilterName, fields as allFields } from "./use_filter.ts";

export function nameOf(t: Words<"filter">, name: FilterName): string {
	return name.startsWith("property.") ? name.slice("property.".length) : t(`field_${name as Field}`);
}

const channels: readonly string[] = ["web", "email", "link", "api", "import", "sms", "qr", "in-app"];

/** Our own word for a channel of ours; none for one that somebody else named. */
export function channelOf(t: Words<"filter">, channel: string): string | null {
	return channels.includes(channel) ? t(`channel_${channel.replace("-", "_")}` as "channel_web") : null;
}

/** What a value is called: our own words for what is ours, the label for what has one, else itself. */
export function labelOf(t: Words<"filter">, f: Pick<Format, "language" | "locale">, name: FilterName, choice: Choice): string {
	if (name === "kind") return t(`kind_${choice.value}` as "kind_relationship");
	if (name === "group") return t(`group_${choice.value}` as "group_promoters");
	if (name === "state") return t(`state_${choice.value}` as "state_test");
	if (name === "has_comment") return t(`has_comment_${choice.value}` as "has_comment_true");
	if (name === "sentiment" || name === "shown_sentiment") return t(`sentiment_${choice.value}` as "sentiment_negative");
	if (name === "urgent") return t(`urgent_${choice.value.replace("-", "_")}` as "urgent_any");
	if (name === "mood") return t(`mood_${choice.value}` as "mood_confused");
	if (name === "intent") return t(`intent_${choice.value.replace(" ", "_")}` as "intent_other");
	if (name === "starred") return t("starred_true");
	if (name === "counted") return t("counted_true");
	if (name === "import" && (choice.value === "any" || choice.value === "none")) return t(`import_${choice.value}`);
	if (name === "import") return choice.label === choice.value ? t("import_one") : choice.label;
	if (name === "channel") return channelOf(t, choice.value) ?? choice.label;
	if (name === "theme") return choice.names?.[f.locale.slice(0, 2)] ?? choice.label;
	if (name === "language") return f.language(choice.value);
	return choice.label;
}

const asked: readonly string[] = ["survey", "brand", "touchpoint", "import", "theme"]; // named by the server

function Chip({ filter, name, onOpen }: { filter: Filter; name: FilterName; onOpen: () => void }): ReactElement {
	const t = useWords("filter");
	const f = useFormat();
	const values = filter.values.get(name) ?? [];
	const { value: choices } = useLoad(async () => (asked.includes(name) ? namesOf(name) : []), [name]);
	const labels = values.map((value) =>
		labelOf(t, f, name, choices?.find((one) => one.value === value) ?? { value, label: value }),
	);
	const text = `${nameOf(t, name)}: ${f.either(labels)}`;
	return (
		<span className="chip">
			<button type="button" onClick={onOpen}>
				{text}
			</button>
			<CloseButton size={24} aria-label={t("drop", { what: text })} onClick={() => filter.set(name, [])} />
		</span>
	);
}

type Step = "fields" | "property" | FilterName;

/** First what is filtered by, then which of its values. */
function Editor(props: { filter: Filter; fields: readonly Field[]; step: Step; counted: boolean; go: (step: Step) => void }): ReactElement {
	const { filter, step, go } = props;
	if (step === "fields") return <FieldList fields={props.fields} onChoose={go} />;
	if (step === "property") return <PropertyName onChoose={(name) => go(`property.${name}`)} />;
	return <ValueList key={step} name={step} filter={filter} counted={props.counted} />;
}

/** Searches while one types, a moment after the last key. */
function Search({ filter }: { filter: Filter }): ReactElement {
	const t = useWords("filter");
	const [text, setText] = useState(filter.q);
	const sent = useRef(filter.q);
	const field = useRef<HTMLInputElement>(null);
	useKeys(t("keys"), [{ keys: "/", words: t("search"), run: () => field.current?.focus() }]);
	useEffect(() => {
		if (filter.q !== sent.current) setText((sent.current = filter.q)); // from the address: Back, or a reset
	}, [filter.q]);
	useEffect(() => {
		if (text === sent.current) return;
		const timer = setTimeout(() => filter.search((sent.current = text)), 300);
		return () => clearTimeout(timer);
	}, [text]);
	return (
		<TextInput
			ref={field}
			className="filter-search"
			type="search"
			aria-label={t("search")}
			placeholder={t("search")}
			maxLength={200}
			leftSection={<IconSearch size={16} aria-hidden="true" />}
			value={text}
			onChange={(event) => setText(event.currentTarget.value)}
		/>
	);
}

export function FilterBar(props: {
	filter: Filter;
	fields?: readonly Field[];
	/** The screen shows figures: numbers are of what they count. */
	counted?: boolean;
	/** With a field that searches comments. */
	search?: boolean;
	/** What the screen adds, such as how many answers are found. */
	children?: ReactNode;
}): ReactElement {
	const t = useWords("filter");
	const { filter, fields = allFields } = props;
	const f = useFormat();
	const [step, setStep] = useState<Step | null>(null);
	// All of time leaves nothing out.
	const ownPeriod = filter.period !== filter.usual && filter.period !== "all";
	const narrowed = ownPeriod || filter.values.size > 0 || filter.q !== "";
	useKeys(t("keys"), [{ keys: "f", words: t("add"), run: () => setStep("fields") }]);
	return (
		<section className="filter no-print" aria-label={t("filter")}>
			<div className="filter-row">
				<PeriodPicker filter={filter} />
				<Popover
					opened={step !== null}
					onChange={(open) => setStep(open ? "fields" : null)}
					position="bottom-start"
					width={300}
					shadow="md"
					trapFocus
					returnFocus
				>
					<Popover.Target>
						<Button
							variant="default"
							leftSection={<IconFilter size={16} aria-hidden="true" />}
							onClick={() => setStep(step === null ? "fields" : null)}
						>
							{t("filter")}
						</Button>
					</Popover.Target>
					<Popover.Dropdown aria-label={t("filter")}>
						{step !== null && <Editor filter={filter} fields={fields} step={step} counted={props.counted ?? false} go={setStep} />}
					</Popover.Dropdown>
				</Popover>
				{props.search && <Search filter={filter} />}
				<Views />
				{props.children}
			</div>
			{narrowed && (
				<div className="filter-row chips">
					<span className="quiet">{t("filtered")}</span>
					{ownPeriod && (
						<span className="chip">
							<span className="chip-text">{periodName(t, f, filter)}</span>
						</span>
					)}
					{filter.q !== "" && (
						<span className="chip">
							<span className="chip-text">{t("searched", { text: filter.q })}</span>
							<CloseButton size={24} aria-label={t("drop", { what: filter.q })} onClick={() => filter.search("")} />
						</span>
					)}
					{[...filter.values.keys()].map((name) => (
						<Chip key={name} filter={filter} name={name} onOpen={() => setStep(name)} />
					))}
					<Button variant="subtle" size="compact-sm" onClick={filter.reset}>
						{t("reset")}
					</Button>
				</div>
			)}
		</section>
	);
}

/** The same in words. */
export function useFilterWords(filter: Filter): string {
	const t = useWords("filter");
	const f = useFormat();
	const { value: named } = useLoad(async () => {
		const names = [...filter.values.keys()].filter((name) => asked.includes(name));
		return new Map(await Promise.all(names.map(async (name) => [name, await namesOf(name)] as const)));
	}, [filter.key]);
	const label = (name: FilterName, value: string) =>
		labelOf(t, f, name, named?.get(name)?.find((one) => one.value === value) ?? { value, label: value });
	const parts = [...filter.values].map(([name, values]) => `${nameOf(t, name)}: ${f.either(values.map((value) => label(name, value)))}`);
	if (filter.q !== "") parts.push(t("searched", { text: filter.q }));
	return [filter.period === "all" ? periodName(t, f, filter) : t("printed_period", periodValues(f, filter)), ...parts].join(" · ");
}

/** For paper. */
export function FilterWords({ filter }: { filter: Filter }): ReactElement {
	return <p className="print-only">{useFilterWords(filter)}</p>;
}

function periodValues(f: { day(day: string): string }, filter: Filter): { from: string; to: string } {
	return { from: filter.span.from ? f.day(filter.span.from) : "…", to: filter.span.to ? f.day(filter.span.to) : "…" };
}
