// web/dashboard/overview/pin_note.tsx - a note on the trend: what happened, and when.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { createTrendNote } from "../api.ts";
import { useFormat } from "../format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";

/** `day` is what it is pinned to unless somebody says otherwise. */
export default function PinNote(props: { day?: string; onClose: () => void; onPinned: () => void }): ReactElement {
	const t = useWords("overview");
	const f = useFormat();
	const today = f.dayOf(Date.now());
	const [day, setDay] = useState(props.day ?? today);
	const [text, setText] = useState("");
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>();
	const pin = async (event: FormEvent) => {
		event.preventDefault();
		setBusy(true);
		try {
			const noon = `${day}T12:00:00Z`; // which is the day after in the far east
			const at = f.dayOf(noon) === day ? noon : `${day}T00:00:00Z`;
			await createTrendNote({ body: { text: text.trim(), at: day === today ? null : at } });
			props.onPinned();
			props.onClose();
		} catch (refused) {
			setError(refused);
			setBusy(false);
		}
	};
	return (
		<Dialog title={t("pin")} onClose={props.onClose}>
			<form onSubmit={(event) => void pin(event)}>
				<Stack gap="sm">
					<TextInput type="date" label={t("pin_when")} value={day} max={today} required onChange={(e) => setDay(e.currentTarget.value)} />
					<Textarea
						label={t("pin_what")}
						placeholder={t("pin_example")}
						value={text}
						maxLength={1000}
						autosize
						minRows={2}
						required
						onChange={(e) => setText(e.currentTarget.value)}
					/>
					{error !== undefined && <Failure error={error} />}
					<Group justify="flex-end">
						<Button variant="default" onClick={props.onClose}>
							{t("pin_not")}
						</Button>
						<Button type="submit" loading={busy}>
							{t("pin_do")}
						</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
