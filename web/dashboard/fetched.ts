// web/dashboard/fetched.ts - parts of the page's own code and words: where the network is away they come when it is back.
//
//	const Alerts = fetchedPart(() => import("../overview/alerts.tsx"));
//
// A part that could not be had for a moment is no reason to take the screen, and what is typed in it, from who works there.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { lazy } from "react";
import { BACK } from "./ui/load.ts";

const AGAIN_MS = 2000;
const WAITS = "heed:waits";
let waits = 0;

/** Something is waited for that the network does not bring. */
export const isWaiting = (): boolean => waits > 0;

export function whenWaiting(tell: () => void): () => void {
	addEventListener(WAITS, tell);
	return () => removeEventListener(WAITS, tell);
}

function count(step: number): void {
	waits += step;
	dispatchEvent(new Event(WAITS));
}

/** Until it may be worth another try. */
async function pause(): Promise<void> {
	const over = new AbortController();
	await new Promise<void>((wake) => {
		for (const name of ["online", BACK]) addEventListener(name, () => wake(), { signal: over.signal });
		setTimeout(wake, AGAIN_MS);
	});
	over.abort();
}

const reached = () =>
	fetch("/healthz", { method: "HEAD", cache: "no-store" }).then(
		(reply) => reply.ok,
		() => false,
	);

/** Rejects where the server is there and a second try fails, too: it serves another version of Heed, and the page must be loaded anew. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
	let counted = false;
	try {
		for (let tries = 2; ; ) {
			try {
				return await load();
			} catch (error) {
				if (await reached()) {
					if (--tries === 0) throw error;
					continue;
				}
				if (!counted) count(1);
				counted = true;
				await pause();
			}
		}
	} finally {
		if (counted) count(-1);
	}
}

export const fetchedPart: typeof lazy = (load) => lazy(() => fetched(load));
