// web/dashboard/answers/window.ts - which rows of a long list are in sight, so that only those are drawn.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type RefObject, useCallback, useEffect, useState } from "react";

/** Rows drawn above and below what is in sight. */
const around = 12;

/** All rows are as high as the style says, in rem. */
export function useRowHeight(rem: number): number {
	const [height, setHeight] = useState(rem * 16);
	useEffect(() => {
		const measure = () => setHeight(rem * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16));
		measure();
		window.addEventListener("resize", measure);
		return () => window.removeEventListener("resize", measure);
	}, [rem]);
	return height;
}

export interface Shown {
	first: number;
	/** Behind the last. */
	end: number;
}

/** The list scrolls with the page. */
export function useWindow(list: RefObject<HTMLElement | null>, count: number, height: number): Shown {
	const [shown, setShown] = useState<Shown>({ first: 0, end: 24 });
	const look = useCallback(() => {
		const element = list.current;
		if (!element || element.offsetParent === null) return;
		const above = -element.getBoundingClientRect().top;
		const first = Math.max(0, Math.floor(above / height) - around);
		const end = Math.min(count, Math.ceil((above + window.innerHeight) / height) + around);
		setShown((old) => (old.first === first && old.end === Math.max(end, first) ? old : { first, end: Math.max(end, first) }));
	}, [list, count, height]);
	useEffect(() => {
		look();
		window.addEventListener("scroll", look, { passive: true });
		window.addEventListener("resize", look);
		return () => {
			window.removeEventListener("scroll", look);
			window.removeEventListener("resize", look);
		};
	}, [look]);
	return shown;
}
