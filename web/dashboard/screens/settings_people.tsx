// web/dashboard/screens/settings_people.tsx - who works here: members, invitations, and who may what.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Button, NativeSelect, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import {
	changeMember,
	type Invite,
	listInvites,
	listMembers,
	listTeams,
	type Member as Colleague,
	type NamesSetting,
	removeMember,
	restoreMember,
	revokeInvite,
	type Role,
	type Team,
} from "../generated/client.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { InviteForm, namesCanBeChosen } from "../settings/invite_form.tsx";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { RolesTable, roles } from "../settings/roles_table.tsx";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

interface Loaded {
	members: Colleague[];
	invites: Invite[];
	teams: Team[];
}

async function load(signal: AbortSignal): Promise<Loaded> {
	const [{ members }, { invites }, { teams }] = await Promise.all([
		listMembers({}, { signal }),
		listInvites({}, { signal }),
		listTeams({}, { signal }),
	]);
	return { members, invites, teams };
}

type Change = { role?: Role; team_id?: string | null; names?: NamesSetting };

function MemberRow(props: { one: Colleague; teams: Team[]; reload: () => Promise<void> }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const me = useMe();
	const { one, teams, reload } = props;
	const [busy, setBusy] = useState(false);
	const self = one.id === me.user.id;
	const mine = !self && (me.role === "owner" || one.role !== "owner");
	const name = one.name || one.email;
	const doing = async (deed: () => Promise<unknown>) => {
		setBusy(true);
		try {
			await deed();
			await reload();
			return true;
		} catch (error) {
			sayBad(sentenceOf(error));
			return false;
		} finally {
			setBusy(false);
		}
	};
	const change = async (body: Change, before: Change) => {
		if (await doing(() => changeMember({ member: one.id, body })))
			undoable(t("member_changed", { name }), () => doing(() => changeMember({ member: one.id, body: before })));
	};
	const remove = async () => {
		if (await doing(() => removeMember({ member: one.id })))
			undoable(t("member_removed", { name }), () => doing(() => restoreMember({ member: one.id })));
	};
	const offered = roles.filter((role) => role !== "owner" || me.role === "owner" || one.role === "owner");
	const limited = one.role !== "owner" && one.role !== "admin";
	return (
		<li>
			<div className="row-who">
				<strong>
					{name} {self && <Badge variant="light">{t("you")}</Badge>}{" "}
					{one.disabled && <Badge color="gray">{t("disabled")}</Badge>}
				</strong>
				<Text size="sm" c="dimmed" component="span">
					{one.name && <>{one.email} · </>}
					{one.seen_at ? t("seen", { ago: f.ago(one.seen_at) }) : t("not_here")}
					{one.two_step !== null && <> · {t(one.two_step ? "has_two_step" : "no_two_step")}</>}
				</Text>
			</div>
			<div className="row-do">
				{mine ? (
					<NativeSelect
						aria-label={t("role_of", { name })}
						data={offered.map((role) => ({ value: role, label: t(`role_${role}`) }))}
						value={one.role}
						disabled={busy}
						onChange={(event) => void change({ role: event.currentTarget.value as Role }, { role: one.role })}
					/>
				) : (
					<Text>{t(`role_${one.role}`)}</Text>
				)}
				{mine && limited && (teams.length > 0 || one.team_id) && (
					<NativeSelect
						aria-label={t("team_of", { name })}
						data={[{ value: "", label: t("team_none") }, ...teams.map((team) => ({ value: team.id, label: team.name }))]}
						value={one.team_id ?? ""}
						disabled={busy}
						onChange={(event) => void change({ team_id: event.currentTarget.value || null }, { team_id: one.team_id })}
					/>
				)}
				{mine && namesCanBeChosen(one.role) && (
					<NativeSelect
						aria-label={t("names_of", { name })}
						data={[
							{ value: "role", label: t(`names_role_${one.role as "agent"}`) },
							{ value: "seen", label: t("names_seen") },
							{ value: "hidden", label: t("names_hidden") },
						]}
						value={one.names}
						disabled={busy}
						onChange={(event) => void change({ names: event.currentTarget.value as NamesSetting }, { names: one.names })}
					/>
				)}
				{mine && (
					<Button variant="default" disabled={busy} onClick={() => void remove()} aria-label={t("remove_member", { name })}>
						{t("remove")}
					</Button>
				)}
			</div>
		</li>
	);
}

function Invites(props: { invites: Invite[]; reload: () => Promise<void> }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const revoke = async (invite: Invite) => {
		try {
			await revokeInvite({ invite: invite.id });
			await props.reload();
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	return (
		<ul className="rows">
			{props.invites.map((one) => (
				<li key={one.id}>
					<div className="row-who">
						<strong>{one.email}</strong>
						<Text size="sm" c="dimmed" component="span">
							{t(`role_${one.role}`)} ·{" "}
							{one.over ? t("invite_over") : t("invite_until", { until: f.time(one.expires_at), by: one.created_by })}
						</Text>
					</div>
					<Button variant="default" onClick={() => void revoke(one)} aria-label={t("invite_revoke_of", { email: one.email })}>
						{t("invite_revoke")}
					</Button>
				</li>
			))}
		</ul>
	);
}

export default function PeopleScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload } = useLoad(load, []);
	return (
		<SettingsPage title={t("page_people")}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={4} />}
			{value && (
				<>
					<Part title={t("members")}>
						<ul className="rows">
							{value.members.map((one) => (
								<MemberRow key={one.id} one={one} teams={value.teams} reload={reload} />
							))}
						</ul>
					</Part>
					<Part title={t("invite")} text={t("invite_intro")}>
						<InviteForm teams={value.teams} onMade={() => void reload()} />
						{value.invites.length > 0 && (
							<>
								<h3>{t("invites")}</h3>
								<Invites invites={value.invites} reload={reload} />
							</>
						)}
					</Part>
					<Part title={t("roles")}>
						<RolesTable />
					</Part>
				</>
			)}
		</SettingsPage>
	);
}
