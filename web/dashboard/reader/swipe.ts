// web/dashboard/reader/swipe.ts - a finger drawn across the page goes on or back; one that scrolls does not.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type TouchEvent, useRef } from "react";

const least = 60; // pixels
const slope = 2; // as much further across as down

export function useSwipe(onNext: () => void, onPrevious: () => void): { onTouchStart: (event: TouchEvent) => void; onTouchEnd: (event: TouchEvent) => void } {
	const from = useRef<{ x: number; y: number } | null>(null);
	return {
		onTouchStart: (event) => {
			const touch = event.touches[0];
			from.current = touch && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
		},
		onTouchEnd: (event) => {
			const touch = event.changedTouches[0];
			if (!from.current || !touch || getSelection()?.toString()) return;
			const [x, y] = [touch.clientX - from.current.x, touch.clientY - from.current.y];
			from.current = null;
			if (Math.abs(x) < least || Math.abs(x) < slope * Math.abs(y)) return;
			if (x < 0) onNext();
			else onPrevious();
		},
	};
}
