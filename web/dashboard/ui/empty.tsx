// web/dashboard/ui/empty.tsx - a place that holds nothing yet, and the one thing to do about it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text, Title } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";

/** `children` is the next step: one button or one link. */
export function Empty(props: { title: string; text?: ReactNode; icon?: ReactNode; children?: ReactNode }): ReactElement {
	return (
		<section className="empty">
			{props.icon && (
				<span className="empty-icon" aria-hidden="true">
					{props.icon}
				</span>
			)}
			<Title order={2} size="h3">
				{props.title}
			</Title>
			{props.text && (
				<Text c="dimmed" component="div">
					{props.text}
				</Text>
			)}
			{props.children && <div className="empty-next">{props.children}</div>}
		</section>
	);
}
