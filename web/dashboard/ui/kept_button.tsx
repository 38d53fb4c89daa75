// web/dashboard/ui/kept_button.tsx - the button below each of Mantine's: one that is turned off while it has the focus keeps it.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ComponentProps, type ReactElement, useState } from "react";

/** A browser takes the focus from a button that is off, and who pressed it by a key begins at the top of the page again. */
export function KeptButton({ disabled, onClick, onFocus, onBlur, ...others }: ComponentProps<"button">): ReactElement {
	const [focused, setFocused] = useState(false);
	const kept = disabled && focused;
	return (
		<button
			{...others}
			type={others.type ?? "button"}
			disabled={disabled && !focused}
			aria-disabled={kept || others["aria-disabled"]}
			onClick={kept ? (event) => event.preventDefault() : onClick}
			onFocus={(event) => {
				setFocused(true);
				onFocus?.(event);
			}}
			onBlur={(event) => {
				setFocused(false);
				onBlur?.(event);
			}}
		/>
	);
}
