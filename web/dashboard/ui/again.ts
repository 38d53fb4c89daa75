// web/dashboard/ui/again.ts - what is under way on the server is looked at again and again.
//
//	useAgain(load, running ? 1000 : null);      null: not for now
//
// Nothing is asked while a reply is on its way: asking breaks that off, and replies slower than the clock would never come.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef } from "react";
import type { Load } from "./load.ts";

export function useAgain({ loading, reload }: Pick<Load<unknown>, "loading" | "reload">, everyMs: number | null): void {
	const waits = useRef(loading);
	waits.current = loading;
	useEffect(() => {
		if (everyMs === null) return;
		const timer = setInterval(() => waits.current || void reload(), everyMs);
		return () => clearInterval(timer);
	}, [reload, everyMs]);
}
