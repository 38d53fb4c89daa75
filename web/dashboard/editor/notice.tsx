// web/dashboard/editor/notice.tsx - something to know before going on: a title, a sentence, perhaps what to do.
// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement, ReactNode } from "react";

/** `bad` stops something; `calm` only tells. One with an `id` can be led to. */
export function Notice(props: { title: string; tone?: "warn" | "bad" | "calm"; alert?: boolean; id?: string; children: ReactNode }): ReactElement {
	return (
		<section className="notice" id={props.id} tabIndex={props.id === undefined ? undefined : -1} data-tone={props.tone ?? "warn"} role={props.alert ? "alert" : undefined}>
			<p className="notice-title">{props.title}</p>
			{props.children}
		</section>
	);
}
