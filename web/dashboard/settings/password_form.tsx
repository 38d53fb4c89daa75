// web/dashboard/settings/password_form.tsx - one's own password: the first, or a new one for an old one.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { changePassword } from "../api.ts";
import { useMe } from "../me.ts";
import { Failure } from "../ui/failure.tsx";
import { Password } from "../ui/password.tsx";
import { useWords } from "../words.ts";
import { useSave } from "./save.ts";

export function PasswordForm({ onDone }: { onDone?: () => void }): ReactElement {
	const t = useWords("settings");
	const { user, profile } = useMe();
	const save = useSave(["/old", "/new"]);
	const [old, setOld] = useState("");
	const [fresh, setFresh] = useState("");
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const body = { old: profile.has_password ? old : null, new: fresh };
		if (!(await save.run(() => changePassword({ body }), t("password_changed")))) return;
		setOld("");
		setFresh("");
		dispatchEvent(new Event("heed:me"));
		onDone?.();
	};
	return (
		<form className="fields" onSubmit={(event) => void submit(event)}>
			<input type="hidden" autoComplete="username" value={user.email} readOnly />
			{profile.has_password && (
				<Password
					label={t("password_old")}
					autoComplete="current-password"
					required
					value={old}
					onChange={(event) => setOld(event.currentTarget.value)}
					error={save.at("/old")}
				/>
			)}
			<Password
				label={t("password_new")}
				description={t("password_rule")}
				autoComplete="new-password"
				minLength={8}
				required
				value={fresh}
				onChange={(event) => setFresh(event.currentTarget.value)}
				error={save.at("/new")}
			/>
			{save.error !== undefined && <Failure error={save.error} />}
			<div>
				<Button type="submit" loading={save.busy}>
					{t("password_set")}
				</Button>
			</div>
		</form>
	);
}
