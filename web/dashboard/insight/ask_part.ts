// web/dashboard/insight/ask_part.ts - asks about one part; one that the filter no longer takes is left for the first that it does.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Refusal } from "../api.ts";

export async function askPart<T>(part: string | null, ask: (part: string | undefined) => Promise<T>): Promise<T> {
	try {
		return await ask(part ?? undefined);
	} catch (error) {
		if (part === null || !(error instanceof Refusal) || error.status !== 404) throw error;
		return ask(undefined);
	}
}
