// web/dashboard/answers/reason.tsx - why answers are left out of the figures: asked once, kept with each of them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

const usual = ["reason_staff", "reason_spam", "reason_twice"] as const;

export function ReasonDialog(props: { count: number; onTake: (reason: string) => void; onClose: () => void }): ReactElement {
	const t = useWords("answers");
	const [reason, setReason] = useState("");
	const [missing, setMissing] = useState(false);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (reason.trim() === "") setMissing(true);
		else props.onTake(reason.trim());
	};
	return (
		<Dialog title={t("exclude_title", { n: props.count })} onClose={props.onClose}>
			<form onSubmit={submit}>
				<p className="aw-dialog-text">{t("exclude_more")}</p>
				<TextInput
					label={t("reason")}
					value={reason}
					maxLength={500}
					autoFocus
					error={missing && reason.trim() === "" ? t("reason_missing") : undefined}
					onChange={(event) => setReason(event.currentTarget.value)}
				/>
				<Group gap="xs" mt="xs">
					{usual.map((key) => (
						<Button key={key} size="compact-sm" variant="default" onClick={() => props.onTake(t(key))}>
							{t(key)}
						</Button>
					))}
				</Group>
				<Group justify="flex-end" mt="lg">
					<Button variant="default" onClick={props.onClose}>
						{t("cancel")}
					</Button>
					<Button type="submit">{t("exclude_do")}</Button>
				</Group>
			</form>
		</Dialog>
	);
}
