// web/dashboard/screens/settings_languages.tsx - which languages comments are read in, what works in each and how well, and
// which urgent comments are told on the overview.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Paper, Switch } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { changeUrgent, getReadingCoverage, type LanguageCoverage, listUrgent, type ReadingCoverage, setReadingLanguages } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { useSave } from "../settings/save.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

type Ability = LanguageCoverage["abilities"][number];

/** Of few sentences that we wrote ourselves a percentage would say too much. */
function Measured({ ability }: { ability: Ability }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const words = ({ value, measure, kind, texts }: Ability["figures"][number]) =>
		kind === "own"
			? t("measured_own", { right: f.number(Math.round(value * texts)), n: f.number(texts) })
			: t("measured_on", { value: f.percent(value), of: t(`measure_${measure}`), kind: t(`measured_${kind}`, { n: f.number(texts) }) });
	return (
		<div>
			<dt>{t(`ability_${ability.name}`)}</dt>
			{ability.figures.map((one) => (
				<dd key={one.set} className="quiet">
					{words(one)}
				</dd>
			))}
		</div>
	);
}

function Abilities({ abilities }: { abilities: Ability[] }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const names = (of: Ability[]) => f.list(of.map((one) => t(`ability_${one.name}`)));
	const measured = abilities.filter((one) => one.figures.length > 0);
	const works = abilities.filter((one) => one.works && one.figures.length === 0);
	const not = abilities.filter((one) => !one.works);
	return (
		<>
			{measured.length > 0 && (
				<dl>
					{measured.map((ability) => (
						<Measured key={ability.name} ability={ability} />
					))}
				</dl>
			)}
			{works.length > 0 && <p>{t("abilities_unmeasured", { names: names(works) })}</p>}
			{not.length > 0 && <p className="quiet">{t("abilities_not", { names: names(not) })}</p>}
		</>
	);
}

function OneLanguage(props: { one: LanguageCoverage; on: boolean; onTurn?: (on: boolean) => void }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { one } = props;
	const name = f.language(one.language);
	return (
		<Paper component="li" withBorder radius="md" p="md" className={props.on ? "coverage" : "coverage off"}>
			<div className="section-head">
				<h3>{name}</h3>
				{one.comments !== null && <span className="quiet">{t("comments_in", { n: one.comments, count: f.number(one.comments) })}</span>}
				{props.onTurn && (
					<Switch
						label={t("language_on")}
						aria-label={t("language_on_of", { language: name })}
						checked={props.on}
						onChange={(event) => props.onTurn?.(event.currentTarget.checked)}
					/>
				)}
			</div>
			{props.on ? (
				<Abilities abilities={one.abilities} />
			) : (
				<p className="quiet">{t("language_off")}</p>
			)}
		</Paper>
	);
}

/** What one comes here for first: languages with comments, then those that somebody has measured. */
function weight({ comments, abilities }: LanguageCoverage): number {
	return (comments ?? 0) * 100 + abilities.reduce((sum, one) => sum + one.figures.length, 0);
}

function Languages({ value, onSaved }: { value: ReadingCoverage; onSaved: () => Promise<void> }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { role } = useMe();
	const save = useSave();
	const [all, setAll] = useState(false);
	const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
	const enabled = new Set(value.languages.filter((one) => one.enabled).map((one) => one.language));
	const on = chosen ?? enabled;
	const sorted = [...value.languages].sort((a, b) => weight(b) - weight(a));
	const shown = all ? sorted : sorted.filter((one) => weight(one) > 0);
	const mayTurn = role === "owner" || role === "admin";
	const turn = (language: string, is: boolean) => {
		const next = new Set(on);
		if (is) next.add(language);
		else next.delete(language);
		setChosen(next);
	};
	const write = () =>
		void save.run(async () => {
			await setReadingLanguages({ body: { languages: on.size === value.languages.length ? null : [...on] } });
			await onSaved();
			setChosen(null);
		}, t("languages_saved"));
	return (
		<Part title={t("coverage")} text={t("coverage_more")}>
			{value.not_analysed !== null && value.not_analysed > 0 && (
				<p>
					<Link href="/answers?sentiment=not_analysed&period=all">{t("not_analysed_n", { n: value.not_analysed, count: f.number(value.not_analysed) })}</Link>
				</p>
			)}
			<ul className="coverages">
				{shown.map((one) => (
					<OneLanguage key={one.language} one={one} on={on.has(one.language)} onTurn={mayTurn ? (is) => turn(one.language, is) : undefined} />
				))}
			</ul>
			{!all && shown.length < sorted.length && (
				<div>
					<Button variant="default" onClick={() => setAll(true)}>
						{t("languages_others", { n: sorted.length - shown.length })}
					</Button>
				</div>
			)}
			{save.error !== undefined && <Failure error={save.error} />}
			{chosen && (
				<Alert className="coverage-save" color="gray" variant="light" title={t("languages_change")}>
					<p>{on.size === 0 ? t("languages_none") : t("languages_again")}</p>
					<div className="alert-deeds">
						<Button loading={save.busy} disabled={on.size === 0} onClick={write}>
							{t("save")}
						</Button>
						<Button variant="default" onClick={() => setChosen(null)}>
							{t("cancel")}
						</Button>
					</div>
				</Alert>
			)}
		</Part>
	);
}

function UrgentRules(): ReactElement {
	const t = useWords("settings");
	const tf = useWords("filter");
	const { value, error, reload } = useLoad((signal) => listUrgent({}, { signal }), []);
	const save = useSave();
	const inTeam = useMe().team?.limits ?? false;
	return (
		<Part title={t("urgent_rules")} text={t("urgent_rules_more")}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{value?.notices.map(({ kind, on }) => (
				<Switch
					key={kind}
					mb="xs"
					label={tf(`urgent_${kind.replace("-", "_")}` as "urgent_safety")}
					checked={on}
					disabled={save.busy || inTeam}
					onChange={(event) => {
						const turned = event.currentTarget.checked;
						void save.run(async () => {
							await changeUrgent({ urgent: kind, body: { on: turned } });
							await reload();
						}, t("saved"));
					}}
				/>
			))}
			{save.error !== undefined && <Failure error={save.error} />}
		</Part>
	);
}

export default function LanguagesScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload } = useLoad((signal) => getReadingCoverage({}, { signal }), []);
	return (
		<SettingsPage title={t("page_languages")}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading />}
			{value && <Languages value={value} onSaved={reload} />}
			<UrgentRules />
		</SettingsPage>
	);
}
