// web/dashboard/ui/page.tsx - a screen: its heading, what one can do there, and the focus that follows a change of screens.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Title } from "@mantine/core";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";

let moved = false;

/** The frame tells that the user went to another screen; its heading then takes the focus. */
export function noteNavigation(): void {
	moved = true;
}

/** `actions` stand beside the heading; `wide` is for tables; `part` tells screens of one thing apart in the window's title. */
export function Page(props: { title: string; part?: string; actions?: ReactNode; wide?: boolean; children: ReactNode }): ReactElement {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => {
		document.title = `${props.part ? `${props.part}: ` : ""}${props.title} – Heed`;
	}, [props.title, props.part]);
	useEffect(() => {
		if (!moved) return;
		moved = false;
		window.scrollTo(0, 0);
		heading.current?.focus({ preventScroll: true });
	}, []);
	return (
		<div className={props.wide ? "page wide" : "page"}>
			<div className="page-head">
				<Title order={1} size="h2" ref={heading} tabIndex={-1}>
					{props.title}
				</Title>
				{props.actions && <div className="page-actions no-print">{props.actions}</div>}
			</div>
			{props.children}
		</div>
	);
}
