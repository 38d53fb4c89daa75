// web/dashboard/screens/settings_profile.tsx - one's own: name, language, password, second step, sessions.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { changeMe } from "../api.ts";
import { languages, useLanguage, type Language } from "../language.tsx";
import { useMe } from "../me.ts";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { PasswordForm } from "../settings/password_form.tsx";
import { useSave } from "../settings/save.ts";
import { Sessions } from "../settings/sessions.tsx";
import { TwoStep } from "../settings/two_step.tsx";
import { zones } from "../settings/zones.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";

function Own(): ReactElement {
	const t = useWords("settings");
	const { user, profile, workspace } = useMe();
	const { speak } = useLanguage();
	const save = useSave(["/name"]);
	const [name, setName] = useState(user.name);
	const [language, setLanguage] = useState(profile.language ?? "");
	const [zone, setZone] = useState(profile.time_zone ?? "");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(async () => {
			await changeMe({ body: { name, language: language || null, time_zone: zone || null } });
			speak(language in languages ? (language as Language) : null);
			dispatchEvent(new Event("heed:me"));
		}, t("saved"));
	};
	return (
		<form className="fields" onSubmit={submit}>
			<TextInput label={t("email")} value={user.email} readOnly />
			<TextInput
				label={t("your_name")}
				autoComplete="name"
				maxLength={100}
				value={name}
				onChange={(event) => setName(event.currentTarget.value)}
				error={save.at("/name")}
			/>
			<NativeSelect
				label={t("language")}
				data={[
					{ value: "", label: t("language_browser") },
					...Object.entries(languages).map(([value, label]) => ({ value, label })),
				]}
				value={language}
				onChange={(event) => setLanguage(event.currentTarget.value)}
			/>
			<NativeSelect
				label={t("own_zone")}
				description={t("own_zone_more")}
				data={[
					{ value: "", label: t("own_zone_workspace", { zone: workspace.time_zone }) },
					...zones(zone || "UTC").map((value) => ({ value, label: value })),
				]}
				value={zone}
				onChange={(event) => setZone(event.currentTarget.value)}
			/>
			{save.error !== undefined && <Failure error={save.error} />}
			<div>
				<Button type="submit" loading={save.busy}>
					{t("save")}
				</Button>
			</div>
		</form>
	);
}

export default function ProfileScreen(): ReactElement {
	const t = useWords("settings");
	const { profile } = useMe();
	const must = profile.must_set_up_two_step;
	return (
		<SettingsPage title={t("page_profile")}>
			{must && <Alert title={t("must_two_step")}>{t("must_two_step_more")}</Alert>}
			{must && (
				<Part title={t("two_step")} text={t("two_step_intro")}>
					<TwoStep />
				</Part>
			)}
			<Part title={t("about_you")}>
				<Own />
			</Part>
			<Part title={t("password")} text={t("password_intro")}>
				<PasswordForm />
			</Part>
			{!must && (
				<Part title={t("two_step")} text={t("two_step_intro")}>
					<TwoStep />
				</Part>
			)}
			{!must && (
				<Part title={t("sessions")} text={t("sessions_intro")}>
					<Sessions />
				</Part>
			)}
		</SettingsPage>
	);
}
