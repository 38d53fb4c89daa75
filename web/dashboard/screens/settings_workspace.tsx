// web/dashboard/screens/settings_workspace.tsx - the workspace: name, region, address, rules for links, two steps for all.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { changeWorkspace, getServer, getWorkspace, removeDemo, type Workspace } from "../api.ts";
import { useFormat } from "../format.ts";
import { useMe } from "../me.ts";
import { AddressForm } from "../settings/address.tsx";
import { LanguagesField } from "../settings/languages.tsx";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { PersonalData } from "../settings/personal_data.tsx";
import { useSave } from "../settings/save.ts";
import { weekdays, zones } from "../settings/zones.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { useWords } from "../words.ts";

const meChanged = () => dispatchEvent(new Event("heed:me"));

interface PartProps {
	workspace: Workspace;
	onSaved: (workspace: Workspace) => void;
}

function Basics({ workspace, onSaved }: PartProps): ReactElement {
	const t = useWords("settings");
	const { locale } = useFormat();
	const save = useSave(["/name", "/time_zone", "/settings/languages"]);
	const [name, setName] = useState(workspace.name);
	const [zone, setZone] = useState(workspace.time_zone);
	const [week, setWeek] = useState(String(workspace.week_start));
	const [languages, setLanguages] = useState(workspace.settings.languages);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(async () => {
			onSaved(
				await changeWorkspace({ body: { name, time_zone: zone, week_start: Number(week), settings: { languages } } }),
			);
			meChanged();
		}, t("saved"));
	};
	return (
		<Part title={t("basics")}>
			<form className="fields" onSubmit={submit}>
				<TextInput
					label={t("workspace_name")}
					value={name}
					maxLength={100}
					required
					onChange={(event) => setName(event.currentTarget.value)}
					error={save.at("/name")}
				/>
				<NativeSelect
					label={t("time_zone")}
					description={t("time_zone_more")}
					data={zones(zone)}
					value={zone}
					onChange={(event) => setZone(event.currentTarget.value)}
					error={save.at("/time_zone")}
				/>
				<NativeSelect
					label={t("week_start")}
					data={weekdays(locale)}
					value={week}
					onChange={(event) => setWeek(event.currentTarget.value)}
				/>
				<LanguagesField value={languages} onChange={setLanguages} error={save.at("/settings/languages")} />
				{save.error !== undefined && <Failure error={save.error} />}
				<div>
					<Button type="submit" loading={save.busy}>
						{t("save")}
					</Button>
				</div>
			</form>
		</Part>
	);
}

function Links({ workspace, onSaved }: PartProps): ReactElement {
	const t = useWords("settings");
	const save = useSave(["/settings/edit_days", "/settings/frame_ancestors"]);
	const [days, setDays] = useState(String(workspace.settings.edit_days));
	const [tap, setTap] = useState(workspace.settings.count_only_after_tap);
	const [origins, setOrigins] = useState(workspace.settings.frame_ancestors.join("\n"));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const frame_ancestors = origins.split(/\s+/).filter(Boolean);
		const settings = { edit_days: Number(days), count_only_after_tap: tap, frame_ancestors };
		void save.run(async () => onSaved(await changeWorkspace({ body: { settings } })), t("saved"));
	};
	return (
		<Part title={t("links")}>
			<form className="fields" onSubmit={submit}>
				<TextInput
					label={t("edit_days")}
					description={t("edit_days_more")}
					type="number"
					min={0}
					max={3650}
					required
					value={days}
					onChange={(event) => setDays(event.currentTarget.value)}
					error={save.at("/settings/edit_days")}
				/>
				<Switch
					label={t("only_tap")}
					description={t("only_tap_more")}
					checked={tap}
					onChange={(event) => setTap(event.currentTarget.checked)}
				/>
				<Textarea
					label={t("frames")}
					description={t("frames_more")}
					placeholder="https://www.example.com"
					autosize
					minRows={2}
					spellCheck={false}
					value={origins}
					onChange={(event) => setOrigins(event.currentTarget.value)}
					error={save.at("/settings/frame_ancestors")}
				/>
				{save.error !== undefined && <Failure error={save.error} />}
				<div>
					<Button type="submit" loading={save.busy}>
						{t("save")}
					</Button>
				</div>
			</form>
		</Part>
	);
}

function Safety({ workspace, onSaved }: PartProps): ReactElement {
	const t = useWords("settings");
	const { profile } = useMe();
	const save = useSave();
	const turn = (on: boolean) =>
		void save.run(async () => {
			onSaved(await changeWorkspace({ body: { two_step_for_all: on } }));
			meChanged();
		}, t("saved"));
	return (
		<Part title={t("safety")}>
			<Switch
				label={t("two_step_all")}
				description={t(profile.two_step ? "two_step_all_more" : "two_step_all_first")}
				checked={workspace.two_step_for_all}
				disabled={save.busy || (!profile.two_step && !workspace.two_step_for_all)}
				onChange={(event) => turn(event.currentTarget.checked)}
			/>
			{save.error !== undefined && <Failure error={save.error} />}
		</Part>
	);
}

function Address(): ReactElement {
	const t = useWords("settings");
	const { value: server, error, reload, put } = useLoad((signal) => getServer({}, { signal }), []);
	return (
		<Part title={t("address_title")}>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{server && <AddressForm server={server} button={t("save")} onSaved={put} />}
		</Part>
	);
}

/** Made-up answers beside the own ones: one click, and they are gone. */
function Demo(): ReactElement | null {
	const t = useWords("settings");
	const me = useMe();
	const { value: server, reload } = useLoad((signal) => getServer({}, { signal }), []);
	const save = useSave();
	if (me.role !== "owner" || me.workspace.demo || !server?.demo || !server.may_change) return null;
	const remove = () =>
		void save.run(async () => {
			await removeDemo({});
			await reload();
		}, t("demo_removed"));
	return (
		<Part title={t("demo_title")} text={t("demo_more")}>
			{save.error !== undefined && <Failure error={save.error} />}
			<div>
				<Button variant="default" loading={save.busy} onClick={remove}>
					{t("demo_remove")}
				</Button>
			</div>
		</Part>
	);
}

export default function WorkspaceScreen(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload, put } = useLoad((signal) => getWorkspace({}, { signal }), []);
	return (
		<SettingsPage title={t("page_workspace")}>
			{error !== undefined && !value && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading />}
			{value && (
				<>
					<Basics workspace={value} onSaved={put} />
					<Address />
					<Links workspace={value} onSaved={put} />
					<PersonalData workspace={value} onSaved={put} />
					<Safety workspace={value} onSaved={put} />
					<Demo />
				</>
			)}
		</SettingsPage>
	);
}
