// web/dashboard/settings/two_step.tsx - a second step for signing in: set up, new codes, turned off.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CopyButton, Group, Text, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { beginTwoStep, confirmTwoStep, endTwoStep, getTwoStep, newRecoveryCodes } from "../api.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { useSave } from "./save.ts";

type Begun = Awaited<ReturnType<typeof beginTwoStep>>;

function CodeForm(props: { label: string; button: string; deed: (code: string) => Promise<unknown>; onCancel: () => void }): ReactElement {
	const t = useWords("settings");
	const save = useSave(["/code"]);
	const [code, setCode] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(() => props.deed(code));
	};
	return (
		<form className="fields" onSubmit={submit}>
			<TextInput
				label={props.label}
				autoComplete="one-time-code"
				maxLength={40}
				required
				value={code}
				onChange={(event) => setCode(event.currentTarget.value)}
				error={save.at("/code")}
			/>
			{save.error !== undefined && <Failure error={save.error} />}
			<Group gap="sm">
				<Button type="submit" loading={save.busy}>
					{props.button}
				</Button>
				<Button variant="default" onClick={props.onCancel}>
					{t("cancel")}
				</Button>
			</Group>
		</form>
	);
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }): ReactElement {
	const t = useWords("settings");
	return (
		<div className="fields wide">
			<h3>{t("codes")}</h3>
			<Text>{t("codes_more")}</Text>
			<ul className="codes">
				{codes.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ul>
			<Group gap="sm">
				<CopyButton value={codes.join("\n")}>
					{({ copied, copy }) => (
						<Button variant="default" onClick={copy}>
							{t(copied ? "copied" : "copy_codes")}
						</Button>
					)}
				</CopyButton>
				<Button onClick={onDone}>{t("codes_kept")}</Button>
			</Group>
		</div>
	);
}

export function TwoStep(): ReactElement {
	const t = useWords("settings");
	const { value, error, reload } = useLoad((signal) => getTwoStep({}, { signal }), []);
	const begin = useSave();
	const [begun, setBegun] = useState<Begun | null>(null);
	const [codes, setCodes] = useState<string[] | null>(null);
	const [asked, setAsked] = useState<"end" | "codes" | null>(null);
	const changed = async () => {
		setBegun(null);
		setAsked(null);
		await reload();
		dispatchEvent(new Event("heed:me"));
	};
	if (codes)
		return (
			<Codes
				codes={codes}
				onDone={() => {
					setCodes(null);
					void changed();
				}}
			/>
		);
	if (!value) return error ? <Failure error={error} retry={reload} /> : <p aria-busy="true">…</p>;
	const taken = async (promise: Promise<{ recovery_codes: string[] }>) => {
		setCodes((await promise).recovery_codes);
		setBegun(null);
		setAsked(null);
	};
	if (begun)
		return (
			<div className="fields wide">
				<Text>{t("two_step_scan")}</Text>
				<img className="qr" alt={t("two_step_qr")} src={`data:image/svg+xml;utf8,${encodeURIComponent(begun.qr)}`} />
				<details>
					<summary>{t("two_step_by_hand")}</summary>
					<div className="secret">{begun.secret.replace(/(.{4})(?=.)/g, "$1 ")}</div>
				</details>
				<CodeForm
					label={t("two_step_first_code")}
					button={t("two_step_turn_on")}
					deed={(code) => taken(confirmTwoStep({ body: { code } }))}
					onCancel={() => setBegun(null)}
				/>
			</div>
		);
	if (!value.on)
		return (
			<>
				<Text>{t("two_step_off")}</Text>
				{begin.error !== undefined && <Failure error={begin.error} />}
				<div>
					<Button loading={begin.busy} onClick={() => void begin.run(async () => setBegun(await beginTwoStep({})))}>
						{t("two_step_set_up")}
					</Button>
				</div>
			</>
		);
	return (
		<>
			<Text>{t("two_step_on", { n: value.recovery_codes_left })}</Text>
			{asked === "end" && (
				<CodeForm
					label={t("two_step_code")}
					button={t("two_step_turn_off")}
					deed={async (code) => {
						await endTwoStep({ body: { code } });
						await changed();
					}}
					onCancel={() => setAsked(null)}
				/>
			)}
			{asked === "codes" && (
				<CodeForm
					label={t("two_step_code")}
					button={t("codes_new")}
					deed={(code) => taken(newRecoveryCodes({ body: { code } }))}
					onCancel={() => setAsked(null)}
				/>
			)}
			{!asked && (
				<Group gap="sm">
					<Button variant="default" onClick={() => setAsked("codes")}>
						{t("codes_new")}
					</Button>
					<Button variant="default" onClick={() => setAsked("end")}>
						{t("two_step_turn_off")}
					</Button>
				</Group>
			)}
		</>
	);
}
