// web/dashboard/settings/address.tsx - the address that every link and QR code uses, and who can answer there.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";
import { changeServer, type Server } from "../api.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { useSave } from "./save.ts";

/** Tells the frame to look again whether it has to warn. */
const addressChanged = (): boolean => dispatchEvent(new Event("heed:server"));

/** Without a scheme it is https, but on this machine, where nothing speaks it. */
function withScheme(typed: string): string {
	if (!typed || /^https?:\/\//i.test(typed)) return typed;
	const here = /^(localhost|[^/:]*\.localhost|127\.[\d.]+|\[::1\])(:|\/|$)/i.test(typed);
	return `${here ? "http" : "https"}://${typed}`;
}

interface Props {
	server: Server;
	button: string;
	/** Nothing is sent without one. */
	needed?: boolean;
	/** Another way on, beside the button. */
	beside?: ReactNode;
	onSaved: (server: Server) => void;
}

export function AddressForm(props: Props): ReactElement {
	const t = useWords("settings");
	const { server } = props;
	const save = useSave(["/public_url"]);
	const [url, setUrl] = useState(server.source === "default" ? "" : server.public_url);
	const [none, setNone] = useState(false);
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const typed = url.trim();
		const lacking = props.needed === true && typed === "";
		setNone(lacking);
		if (lacking) return;
		const whole = withScheme(typed);
		await save.run(async () => {
			const saved = await changeServer({ body: { public_url: whole || null } });
			setUrl(saved.source === "default" ? "" : saved.public_url);
			addressChanged();
			props.onSaved(saved);
		}, t("saved"));
	};
	return (
		<form className="fields" onSubmit={(event) => void submit(event)} noValidate>
			<Text size="sm">
				{t("address_now")} <code>{server.public_url}</code>
			</Text>
			<Text size="sm">{t(`reach_${server.reach}`)}</Text>
			{!server.may_change ? (
				<Text size="sm" c="dimmed">
					{server.source === "stored" || server.source === "default"
						? t("address_not_yours")
						: t("address_elsewhere", { source: server.source })}
				</Text>
			) : (
				<>
					<TextInput
						label={t("address")}
						description={t("address_more")}
						placeholder="https://nps.example.com"
						inputMode="url"
						autoComplete="url"
						autoCapitalize="none"
						spellCheck={false}
						value={url}
						onChange={(event) => setUrl(event.currentTarget.value)}
						error={none ? t("address_none") : save.at("/public_url")}
					/>
					{save.error !== undefined && <Failure error={save.error} />}
				</>
			)}
			<div className="setup-do">
				{server.may_change && (
					<Button type="submit" loading={save.busy}>
						{props.button}
					</Button>
				)}
				{props.beside}
			</div>
		</form>
	);
}
