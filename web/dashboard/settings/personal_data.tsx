// web/dashboard/settings/personal_data.tsx - who sees personal data in comments, and masking for good what is there already.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, Progress, Radio, Stack, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { beginMasking, cancelMasking, changeWorkspace, getMasking, type Masking, type PersonalDataMode, type Workspace } from "../api.ts";
import { useFormat } from "../format.ts";
import { useAgain } from "../ui/again.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { Part } from "./layout.tsx";
import { useSave } from "./save.ts";

const modes: PersonalDataMode[] = ["off", "on_display", "at_rest"];
const LOOK_EVERY_MS = 1000;

/** There is no way back: the name of the workspace is typed. */
function ConfirmMasking(props: { name: string; onBegun: (masking: Masking) => void; onClose: () => void }): ReactElement {
	const t = useWords("settings");
	const save = useSave(["/confirm"]);
	const [typed, setTyped] = useState("");
	const begin = () =>
		void save.run(async () => {
			props.onBegun(await beginMasking({ body: { confirm: typed.trim() } }));
			props.onClose();
		});
	return (
		<Dialog title={t("mask_title")} onClose={props.onClose}>
			<Stack gap="md" mt="sm">
				<p>{t("mask_for_good")}</p>
				<TextInput
					label={t("mask_type", { name: props.name })}
					value={typed}
					autoComplete="off"
					autoFocus
					onChange={(event) => setTyped(event.currentTarget.value)}
					error={save.at("/confirm")}
				/>
				{save.error !== undefined && <Failure error={save.error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={props.onClose}>
						{t("cancel")}
					</Button>
					<Button color="red" loading={save.busy} disabled={typed.trim() !== props.name} onClick={begin}>
						{t("mask_begin")}
					</Button>
				</Group>
			</Stack>
		</Dialog>
	);
}

/** Where comments are still as they were. */
function Elsewhere({ masking }: { masking: Masking }): ReactElement {
	const t = useWords("settings");
	const f = useFormat();
	const { backups, leftover } = masking;
	return (
		<>
			{leftover && <p>{t(`mask_left_${leftover}`)}</p>}
			{backups.length > 0 && (
				<div>
					<p>{t("mask_backups", { n: backups.length })}</p>
					<ul>
						{backups.map((one) => (
							<li key={one.name}>{t("mask_backup", { name: one.name, when: f.time(one.made_at) })}</li>
						))}
					</ul>
				</div>
			)}
		</>
	);
}

/** What was written before the setting. */
function Earlier({ name }: { name: string }): ReactElement | null {
	const t = useWords("settings");
	const f = useFormat();
	const load = useLoad((signal) => getMasking({}, { signal }), []);
	const { value, error, reload, put } = load;
	const save = useSave();
	const [asks, setAsks] = useState(false);
	const runs = value?.state === "runs";
	const cleans = value?.state === "cleans";
	useAgain(load, runs || cleans ? LOOK_EVERY_MS : null);
	if (error !== undefined && !value) return <Failure error={error} retry={reload} />;
	if (!value) return null;
	const { state, done, total, masked } = value;
	return (
		<Alert variant="light" color="gray" title={t("mask_earlier")}>
			<Stack gap="sm">
				{runs ? (
					<>
						<p>{t("mask_runs", { done: f.number(done), of: f.number(total) })}</p>
						<Progress value={(100 * done) / Math.max(1, total)} aria-label={t("mask_progress")} />
					</>
				) : (
					<p role="status">
						{state === "none" && t("mask_none")}
						{cleans && t("mask_cleans")}
						{state === "done" && t("mask_done", { n: masked, masked: f.number(masked), when: f.time(value.ended_at ?? "") })}
						{state === "cancelled" && t("mask_cancelled", { done: f.number(done), of: f.number(total) })}
					</p>
				)}
				{state === "done" && <Elsewhere masking={value} />}
				{save.error !== undefined && <Failure error={save.error} />}
				<div>
					{runs ? (
						<Button variant="default" loading={save.busy} onClick={() => void save.run(async () => put(await cancelMasking({})))}>
							{t("mask_stop")}
						</Button>
					) : (
						<Button variant="default" disabled={cleans} onClick={() => setAsks(true)}>
							{t("mask_ask")}
						</Button>
					)}
				</div>
			</Stack>
			{asks && <ConfirmMasking name={name} onBegun={put} onClose={() => setAsks(false)} />}
		</Alert>
	);
}

export function PersonalData(props: { workspace: Workspace; onSaved: (workspace: Workspace) => void }): ReactElement {
	const t = useWords("settings");
	const save = useSave();
	const { personal_data, name } = props.workspace;
	const choose = (mode: string) =>
		void save.run(
			async () => props.onSaved(await changeWorkspace({ body: { personal_data: mode as PersonalDataMode } })),
			t("saved"),
		);
	return (
		<Part title={t("personal_data")} text={t("personal_data_more")}>
			<Stack gap="md">
				<Radio.Group aria-label={t("personal_data")} value={personal_data} onChange={choose}>
					<Stack gap="sm">
						{modes.map((mode) => (
							<Radio key={mode} value={mode} disabled={save.busy} label={t(`personal_${mode}`)} description={t(`personal_${mode}_more`)} />
						))}
					</Stack>
				</Radio.Group>
				{save.error !== undefined && <Failure error={save.error} />}
				{personal_data === "at_rest" && <Earlier name={name} />}
			</Stack>
		</Part>
	);
}
