// web/dashboard/settings/save.ts - a form that is sent: busy, done, or refused with the field at fault.
//
//	const save = useSave();
//	void save.run(() => changeMe({ body }), t("saved"));      error={save.at("/name")}
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useState } from "react";
import { Refusal } from "../api.ts";
import { fieldSentenceOf } from "../ui/problem.ts";
import { say } from "../ui/undo.tsx";

export interface Save {
	busy: boolean;
	/** What no field shows. */
	error: unknown;
	/** What is wrong with a field, by its JSON pointer. */
	at: (path: string) => string | undefined;
	/** True when it was done. What was typed stays in any case. */
	run: (deed: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

export function useSave(fields: string[] = []): Save {
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>();
	const errors = error instanceof Refusal ? error.errors : [];
	const at = (path: string) => {
		const found = errors.find((one) => one.path === path || one.path.startsWith(`${path}/`));
		return found && error instanceof Refusal ? fieldSentenceOf(error, found) : undefined;
	};
	const shown = errors.some((one) => fields.some((path) => one.path === path || one.path.startsWith(`${path}/`)));
	const run = async (deed: () => Promise<unknown>, done?: string) => {
		setBusy(true);
		setError(undefined);
		try {
			await deed();
			if (done) say(done);
			return true;
		} catch (refused) {
			setError(refused);
			return false;
		} finally {
			setBusy(false);
		}
	};
	return { busy, error: shown ? undefined : error, at, run };
}
