// web/dashboard/chart/width.tsx - a frame that tells how wide it is: charts are drawn in real pixels, so that their text is as
// large on a phone as on a desk.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, useEffect, useRef, useState } from "react";

/** `height` is kept free until it is drawn: what stands below does not jump. */
export function Measured({ height, draw }: { height: number; draw: (width: number) => ReactElement }): ReactElement {
	const frame = useRef<HTMLDivElement>(null);
	const [width, setWidth] = useState(0);
	useEffect(() => {
		const element = frame.current;
		if (!element) return;
		const observer = new ResizeObserver(() => setWidth(element.clientWidth));
		observer.observe(element);
		return () => observer.disconnect();
	}, []);
	return (
		<div ref={frame} style={width > 0 ? undefined : { minHeight: height }}>
			{width > 0 && draw(width)}
		</div>
	);
}
