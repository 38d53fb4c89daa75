// web/dashboard/settings/scope.tsx - which answers a team sees, put together from lists, and how many that are.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Autocomplete, Button, Checkbox, Group, TagsInput, Text } from "@mantine/core";
import { type ReactElement, useEffect, useState } from "react";
import { type Brand, type Facets, previewTeam, type Survey, type TeamPreview, type TeamScope, type Touchpoint } from "../api.ts";
import { useFormat } from "../format.ts";
import { sentenceOf } from "../ui/failure.tsx";
import { useWords } from "../words.ts";

export interface Choices {
	surveys: Survey[];
	brands: Brand[];
	touchpoints: Touchpoint[];
	/** What answers really have, to choose from. */
	properties: Facets["properties"];
}

interface Facts {
	name: string;
	values: string[];
}

/** What is being put together. */
interface Draft {
	surveys: string[];
	brands: string[];
	touchpoints: string[];
	facts: Facts[];
}

export function draftOf(scope: TeamScope): Draft {
	const facts = Object.entries(scope.properties ?? {}).map(([name, values]) => ({ name, values }));
	return { surveys: scope.surveys ?? [], brands: scope.brands ?? [], touchpoints: scope.touchpoints ?? [], facts };
}

export function scopeOf(draft: Draft): TeamScope {
	const scope: TeamScope = {};
	for (const part of ["surveys", "brands", "touchpoints"] as const) if (draft[part].length) scope[part] = draft[part];
	const facts = draft.facts
		.map(({ name, values }) => [name.trim(), values] as const)
		.filter(([name, values]) => name && values.length);
	if (facts.length) scope.properties = Object.fromEntries(facts) as Record<string, string[]>;
	return scope;
}

function Pick(props: { title: string; all: { value: string; label: string }[]; value: string[]; onChange: (value: string[]) => void }): ReactElement | null {
	if (props.all.length === 0) return null;
	return (
		<Checkbox.Group label={props.title} value={props.value} onChange={props.onChange}>
			<Group gap="md" mt={6}>
				{props.all.map((one) => (
					<Checkbox key={one.value} value={one.value} label={one.label} />
				))}
			</Group>
		</Checkbox.Group>
	);
}

/** How many answers of the last weeks that takes, asked once typing has paused. */
function Count({ scope }: { scope: string }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const [found, setFound] = useState<TeamPreview | string | null>(null);
	useEffect(() => {
		const asked = new AbortController();
		const timer = setTimeout(() => {
			previewTeam({ scope }, { signal: asked.signal }).then(setFound, (error: unknown) => {
				if (!asked.signal.aborted) setFound(sentenceOf(error));
			});
		}, 300);
		return () => {
			clearTimeout(timer);
			asked.abort();
		};
	}, [scope]);
	const words =
		found === null
			? t("scope_counting")
			: typeof found === "string"
				? found
				: t("scope_count", { answers: f.number(found.answers), all: f.number(found.of), days: found.days });
	return (
		<Text fw={600} role="status">
			{words}
		</Text>
	);
}

/** One property and its values: chosen from what answers have, or typed where it is still to come. */
function Fact(props: { properties: Choices["properties"]; fact: Facts; onChange: (part: Partial<Facts>) => void }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { fact, properties } = props;
	const known = properties.find((one) => one.name === fact.name.trim());
	const answers = new Map(known?.facet.values.map((one) => [one.value, one.answers]));
	return (
		<>
			<Autocomplete
				className="fact-field"
				label={t("fact_name")}
				data={properties.map((one) => one.name)}
				value={fact.name}
				onChange={(name) => props.onChange({ name })}
				description={fact.name.trim() && !known ? t("fact_unknown") : undefined}
				inputWrapperOrder={["label", "input", "description"]}
				openOnFocus
			/>
			<TagsInput
				className="fact-field"
				label={t("fact_values")}
				data={[...answers.keys()]}
				renderOption={({ option }) => (
					<>
						{option.value} <span className="quiet">{f.number(answers.get(option.value) ?? 0)}</span>
					</>
				)}
				value={fact.values}
				onChange={(values) => props.onChange({ values })}
				maxDropdownHeight={260}
			/>
		</>
	);
}

export function ScopeFields(props: { choices: Choices; draft: Draft; onChange: (draft: Draft) => void }): ReactElement {
	const t = useWords("settings");
	const { choices, draft } = props;
	const put = (part: Partial<Draft>) => props.onChange({ ...draft, ...part });
	const fact = (at: number, part: Partial<Facts>) =>
		put({ facts: draft.facts.map((one, i) => (i === at ? { ...one, ...part } : one)) });
	return (
		<>
			<Text size="sm" c="dimmed">
				{t("scope_more")}
			</Text>
			<Pick
				title={t("scope_surveys")}
				all={choices.surveys.map((one) => ({ value: one.slug, label: one.name }))}
				value={draft.surveys}
				onChange={(surveys) => put({ surveys })}
			/>
			<Pick
				title={t("scope_brands")}
				all={choices.brands.length > 1 || draft.brands.length ? choices.brands.map((one) => ({ value: one.id, label: one.name })) : []}
				value={draft.brands}
				onChange={(brands) => put({ brands })}
			/>
			<Pick
				title={t("scope_touchpoints")}
				all={choices.touchpoints.map((one) => ({ value: one.code, label: one.name }))}
				value={draft.touchpoints}
				onChange={(touchpoints) => put({ touchpoints })}
			/>
			{draft.facts.map((one, i) => (
				<Group key={i} gap="sm" align="start" wrap="wrap">
					<Fact properties={choices.properties} fact={one} onChange={(part) => fact(i, part)} />
					<Button className="fact-remove" variant="default" onClick={() => put({ facts: draft.facts.filter((_, at) => at !== i) })}>
						{t("remove")}
					</Button>
				</Group>
			))}
			{draft.facts.length < 8 && (
				<div>
					<Button className="fact-add" variant="default" onClick={() => put({ facts: [...draft.facts, { name: "", values: [] }] })}>
						{t("fact_add")}
					</Button>
				</div>
			)}
			<Count scope={JSON.stringify(scopeOf(draft))} />
		</>
	);
}
