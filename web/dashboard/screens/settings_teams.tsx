// web/dashboard/screens/settings_teams.tsx - teams, and which answers each of them sees.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { Link } from "wouter";
import { changeTeam, createTeam, deleteTeam, getFacets, listBrands, listSurveys, listTeams, listTouchpoints, type Team } from "../api.ts";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { useSave } from "../settings/save.ts";
import { type Choices, draftOf, ScopeFields, scopeOf } from "../settings/scope.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { say, sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

interface Loaded {
	teams: Team[];
	choices: Choices;
}

async function load(signal: AbortSignal): Promise<Loaded> {
	const [{ teams }, { surveys }, { brands }, { touchpoints }, { properties }] = await Promise.all([
		listTeams({}, { signal }),
		listSurveys({}, { signal }),
		listBrands({}, { signal }),
		listTouchpoints({}, { signal }),
		getFacets({}, { signal }),
	]);
	return { teams, choices: { surveys, brands, touchpoints, properties } };
}

function TeamForm(props: { team: Team | null; choices: Choices; onDone: () => void }): ReactElement {
	const t = useWords("settings");
	const { team } = props;
	const save = useSave(["/name"]);
	const [name, setName] = useState(team?.name ?? "");
	const [draft, setDraft] = useState(() => draftOf(team?.scope ?? {}));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const body = { name: name.trim(), scope: scopeOf(draft) };
		void save.run(async () => {
			if (team) await changeTeam({ team: team.id, body });
			else await createTeam({ body });
			say(t("saved"));
			props.onDone();
		});
	};
	return (
		<form className="fields wide" onSubmit={submit}>
			<div className="fields">
				<TextInput
					label={t("team_name")}
					autoFocus={!team}
					value={name}
					maxLength={100}
					required
					onChange={(event) => setName(event.currentTarget.value)}
					error={save.at("/name")}
				/>
			</div>
			<ScopeFields choices={props.choices} draft={draft} onChange={setDraft} />
			{save.error !== undefined && <Failure error={save.error} />}
			<Group gap="sm">
				<Button type="submit" loading={save.busy}>
					{t(team ? "save" : "team_add")}
				</Button>
				<Button variant="default" onClick={props.onDone}>
					{t("cancel")}
				</Button>
			</Group>
		</form>
	);
}

function scopeWords(t: ReturnType<typeof useWords<"settings">>, team: Team, choices: Choices): string {
	const { scope } = team;
	const parts = [
		...(scope.surveys ?? []).map((slug) => choices.surveys.find((one) => one.slug === slug)?.name ?? slug),
		...(scope.brands ?? []).map((id) => choices.brands.find((one) => one.id === id)?.name ?? id),
		...(scope.touchpoints ?? []).map((code) => choices.touchpoints.find((one) => one.code === code)?.name ?? code),
		...Object.entries(scope.properties ?? {}).map(([name, values]) => `${name}: ${values.join(", ")}`),
	];
	return parts.length ? parts.join(" · ") : t("scope_all");
}

export default function TeamsScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload } = useLoad(load, []);
	const [open, setOpen] = useState<string | null>(null); // a team's id, or "new"
	const done = () => {
		setOpen(null);
		void reload();
	};
	const remove = async (team: Team) => {
		try {
			await deleteTeam({ team: team.id });
			await reload();
			undoable(t("team_removed", { name: team.name }), async () => {
				await createTeam({ body: { name: team.name, scope: team.scope } });
				await reload();
			});
		} catch (refused) {
			sayBad(sentenceOf(refused));
		}
	};
	const add = (
		<Button variant="default" onClick={() => setOpen("new")} disabled={!value || open === "new"}>
			{t("team_add")}
		</Button>
	);
	return (
		<SettingsPage title={t("page_teams")} text={t("teams_intro")} actions={value?.teams.length ? add : undefined}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={3} />}
			{value && open === "new" && (
				<Part title={t("team_new")}>
					<TeamForm team={null} choices={value.choices} onDone={done} />
				</Part>
			)}
			{value?.teams.length === 0 && open !== "new" && (
				<Empty title={t("teams_none")} text={t("teams_none_more")}>
					<Button onClick={() => setOpen("new")}>{t("team_add")}</Button>
				</Empty>
			)}
			{value?.teams.map((team) => (
				<Part key={team.id} title={team.name}>
					{open === team.id ? (
						<TeamForm team={team} choices={value.choices} onDone={done} />
					) : (
						<>
							<Text>{scopeWords(t, team, value.choices)}</Text>
							<Group gap="sm">
								<Button variant="default" onClick={() => setOpen(team.id)} aria-label={t("team_change_of", { name: team.name })}>
									{t("change")}
								</Button>
								{team.members === 0 ? (
									<Button variant="default" onClick={() => void remove(team)} aria-label={t("team_remove_of", { name: team.name })}>
										{t("remove")}
									</Button>
								) : (
									<Link href="/settings/people">{t("team_members", { n: team.members })}</Link>
								)}
							</Group>
						</>
					)}
				</Part>
			))}
		</SettingsPage>
	);
}
