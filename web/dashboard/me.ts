// web/dashboard/me.ts - who is signed in, for every screen.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createContext, use } from "react";
import type { Member } from "./api.ts";

export const MeContext = createContext<Member | null>(null);

export function useMe(): Member {
	const me = use(MeContext);
	if (!me) throw new Error("nobody is signed in");
	return me;
}
