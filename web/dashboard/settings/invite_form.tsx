// web/dashboard/settings/invite_form.tsx - a link for one person, made and copied.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, NativeSelect, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { createInvite, type NamesSetting, type NewInvite, type Role, type Team } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { roles } from "./roles_table.tsx";
import { useSave } from "./save.ts";

/** Only an analyst or an agent has a choice: owners and admins always see names, viewers never. */
export const namesCanBeChosen = (role: Role): boolean => role === "analyst" || role === "agent";

function Made({ invite, onMore }: { invite: NewInvite; onMore: () => void }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	return (
		<div className="fields wide">
			<Text>{t("invite_made", { email: invite.email, until: f.time(invite.expires_at) })}</Text>
			<div className="secret" data-testid="invite-link">
				{invite.url}
			</div>
			<div className="row-do">
				<CopyButton value={invite.url}>
					{({ copied, copy }) => <Button onClick={copy}>{t(copied ? "copied" : "copy_link")}</Button>}
				</CopyButton>{" "}
				<Button variant="default" onClick={onMore}>
					{t("invite_more")}
				</Button>
			</div>
		</div>
	);
}

export function InviteForm(props: { teams: Team[]; onMade: () => void }): ReactElement {
	const t = useWords("settings");
	const me = useMe();
	const save = useSave(["/email", "/team_id"]);
	const [email, setEmail] = useState("");
	const [role, setRole] = useState<Role>("viewer");
	const [team, setTeam] = useState("");
	const [names, setNames] = useState<NamesSetting>("role");
	const [made, setMade] = useState<NewInvite | null>(null);
	if (made)
		return (
			<Made
				invite={made}
				onMore={() => {
					setMade(null);
					setEmail("");
				}}
			/>
		);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const body = { email, role, team_id: team || null, names: namesCanBeChosen(role) ? names : null };
		void save.run(async () => {
			setMade(await createInvite({ body }));
			props.onMade();
		});
	};
	const offered = roles.filter((one) => one !== "owner" || me.role === "owner");
	return (
		<form className="fields" onSubmit={submit}>
			<TextInput
				label={t("email")}
				type="email"
				inputMode="email"
				autoComplete="off"
				maxLength={254}
				required
				value={email}
				onChange={(event) => setEmail(event.currentTarget.value)}
				error={save.at("/email")}
			/>
			<NativeSelect
				label={t("role")}
				description={t(`about_role_${role}`)}
				data={offered.map((value) => ({ value, label: t(`role_${value}`) }))}
				value={role}
				onChange={(event) => setRole(event.currentTarget.value as Role)}
			/>
			{namesCanBeChosen(role) && (
				<NativeSelect
					label={t("names")}
					data={(["role", "seen", "hidden"] as const).map((value) => ({
						value,
						label: value === "role" ? t(`names_role_${role as "agent"}`) : t(`names_${value}`),
					}))}
					value={names}
					onChange={(event) => setNames(event.currentTarget.value as NamesSetting)}
				/>
			)}
			{props.teams.length > 0 && role !== "owner" && role !== "admin" && (
				<NativeSelect
					label={t("team")}
					description={t("team_more")}
					data={[{ value: "", label: t("team_none") }, ...props.teams.map((one) => ({ value: one.id, label: one.name }))]}
					value={team}
					onChange={(event) => setTeam(event.currentTarget.value)}
					error={save.at("/team_id")}
				/>
			)}
			{save.error !== undefined && <Failure error={save.error} />}
			<div>
				<Button type="submit" loading={save.busy}>
					{t("invite_make")}
				</Button>
			</div>
		</form>
	);
}
