// web/dashboard/insight/parameter.ts - what a screen keeps in its address beside the filter.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useSearchParams } from "wouter";

/** A parameter of the address that is no filter. */
export function useParameter(name: string): [string | null, (value: string) => void] {
	const [params, setParams] = useSearchParams();
	const set = (value: string) =>
		setParams(
			(old) => {
				const next = new URLSearchParams(old);
				next.set(name, value);
				return next;
			},
			{ replace: true },
		);
	return [params.get(name), set];
}
