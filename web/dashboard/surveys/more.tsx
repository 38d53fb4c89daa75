// web/dashboard/surveys/more.tsx - a button that opens a list of further actions.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { type FocusEvent, type KeyboardEvent, type ReactElement, useId, useRef, useState } from "react";

export interface Deed {
	words: string;
	run: () => unknown;
	/** Takes something away. */
	grave?: boolean;
}

export function More({ label, deeds, framed }: { label: string; deeds: Deed[]; framed?: boolean }): ReactElement {
	const [open, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const id = useId();
	const close = () => {
		setOpen(false);
		button.current?.focus();
	};
	const onBlur = (event: FocusEvent) => {
		if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const all = [...event.currentTarget.querySelectorAll<HTMLElement>("li button")];
		const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		if (event.key === "Escape" && open) close();
		else if (by !== 0 && open) all[(all.indexOf(document.activeElement as HTMLElement) + by + all.length) % all.length]?.focus();
		else return;
		event.preventDefault();
	};
	return (
		<div className="more" onBlur={onBlur} onKeyDown={onKeyDown}>
			<ActionIcon
				ref={button}
				variant={framed ? "default" : "subtle"}
				color="gray"
				size="lg"
				aria-label={label}
				aria-expanded={open}
				aria-controls={open ? id : undefined}
				onClick={() => setOpen(!open)}
			>
				<IconDots size={20} aria-hidden="true" />
			</ActionIcon>
			{open && (
				<ul id={id}>
					{deeds.map((deed) => (
						<li key={deed.words}>
							<button
								type="button"
								data-grave={deed.grave}
								onClick={() => {
									close();
									void deed.run();
								}}
							>
								{deed.words}
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
