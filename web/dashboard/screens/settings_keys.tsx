// web/dashboard/screens/settings_keys.tsx - keys for programs: made, shown once, revoked.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Badge, Button, CopyButton, NativeSelect, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { createKey, type Key, listKeys, revokeKey, type Scope } from "../api.ts";
import { useFormat } from "../format.ts";
import { Part, SettingsPage } from "../settings/layout.tsx";
import { useSave } from "../settings/save.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { say, sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const scopes: Scope[] = ["read", "write", "track", "admin"];

function KeyForm({ onMade }: { onMade: (text: string) => void }): ReactElement {
	const t = useWords("settings");
	const save = useSave(["/name"]);
	const [name, setName] = useState("");
	const [scope, setScope] = useState<Scope>("read");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(async () => {
			const made = await createKey({ body: { name: name.trim(), scope } });
			setName("");
			onMade(made.key);
		});
	};
	return (
		<form className="fields" onSubmit={submit}>
			<TextInput
				label={t("key_name")}
				description={t("key_name_more")}
				maxLength={100}
				required
				value={name}
				onChange={(event) => setName(event.currentTarget.value)}
				error={save.at("/name")}
			/>
			<NativeSelect
				label={t("key_scope")}
				description={t(`about_scope_${scope}`)}
				data={scopes.map((value) => ({ value, label: t(`scope_${value}`) }))}
				value={scope}
				onChange={(event) => setScope(event.currentTarget.value as Scope)}
			/>
			{save.error !== undefined && <Failure error={save.error} />}
			<div>
				<Button type="submit" loading={save.busy}>
					{t("key_make")}
				</Button>
			</div>
		</form>
	);
}

/** What cannot be undone asks once: whatever uses the key stops at once. */
function Revoking(props: { one: Key; onClose: () => void; onDone: () => Promise<void> }): ReactElement {
	const t = useWords("settings");
	const revoke = async () => {
		try {
			await revokeKey({ key: props.one.id });
			say(t("key_revoked", { name: props.one.name }));
			await props.onDone();
		} catch (error) {
			sayBad(sentenceOf(error));
		}
		props.onClose();
	};
	return (
		<Dialog title={t("key_revoke_ask", { name: props.one.name })} onClose={props.onClose}>
			<p>{t("key_revoke_more")}</p>
			<div className="setup-do">
				<Button color="red" onClick={() => void revoke()}>
					{t("key_revoke")}
				</Button>
				<Button variant="default" onClick={props.onClose}>
					{t("cancel")}
				</Button>
			</div>
		</Dialog>
	);
}

export default function KeysScreen(): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { value, error, reload } = useLoad((signal) => listKeys({}, { signal }), []);
	const [made, setMade] = useState<string | null>(null);
	const [revoking, setRevoking] = useState<Key | null>(null);
	const live = value?.keys.filter((one) => !one.revoked_at) ?? [];
	return (
		<SettingsPage title={t("page_keys")} text={t("keys_intro")}>
			<Part title={t("key_new")}>
				{made ? (
					<div className="fields wide">
						<Text>{t("key_once")}</Text>
						<div className="secret">{made}</div>
						<div className="setup-do">
							<CopyButton value={made}>
								{({ copied, copy }) => <Button onClick={copy}>{t(copied ? "copied" : "copy_key")}</Button>}
							</CopyButton>
							<Button variant="default" onClick={() => setMade(null)}>
								{t("key_kept")}
							</Button>
						</div>
					</div>
				) : (
					<KeyForm
						onMade={(text) => {
							setMade(text);
							void reload();
						}}
					/>
				)}
			</Part>
			<Part title={t("keys_live")}>
				{error !== undefined && !value && <Failure error={error} retry={reload} />}
				{!value && error === undefined && <Loading rows={2} />}
				{value && live.length === 0 && <p className="quiet">{t("keys_none")}</p>}
				<ul className="rows">
					{live.map((one) => (
						<li key={one.id}>
							<div className="row-who">
								<strong>
									{one.name} <Badge variant="light">{t(`scope_${one.scope}`)}</Badge>
								</strong>
								<Text size="sm" c="dimmed" component="span">
									{t("key_since", { since: f.time(one.created_at) })}
								</Text>
							</div>
							<Button variant="default" onClick={() => setRevoking(one)} aria-label={t("key_revoke_of", { name: one.name })}>
								{t("key_revoke")}
							</Button>
						</li>
					))}
				</ul>
			</Part>
			{revoking && <Revoking one={revoking} onClose={() => setRevoking(null)} onDone={reload} />}
		</SettingsPage>
	);
}
