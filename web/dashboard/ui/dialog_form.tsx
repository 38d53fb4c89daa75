// web/dashboard/ui/dialog_form.tsx - a short form in a dialog: its fields, what was refused, and the buttons that leave or send it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Stack } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import type { Save } from "../settings/save.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";

interface Props {
	title: string;
	save: Save;
	cancel: string;
	submit: string;
	/** A button before the others. */
	more?: ReactNode;
	onClose: () => void;
	onSubmit: () => void;
	children: ReactNode;
}

export function DialogForm(props: Props): ReactElement {
	const { save } = props;
	return (
		<Dialog title={props.title} onClose={props.onClose}>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					props.onSubmit();
				}}
			>
				<Stack gap="sm">
					{props.children}
					{save.error !== undefined && <Failure error={save.error} />}
					<Group justify="flex-end">
						{props.more}
						<Button variant="default" onClick={props.onClose}>
							{props.cancel}
						</Button>
						<Button type="submit" loading={save.busy}>
							{props.submit}
						</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}
