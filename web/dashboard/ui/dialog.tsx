// web/dashboard/ui/dialog.tsx - the browser's own dialog: it keeps the focus, closes by Escape and gives the focus back.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from "react";

/** Open while it is rendered. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }): ReactElement {
	const dialog = useRef<HTMLDialogElement>(null);
	const title = useId();
	// Closed while it is still in the page: only then does the focus go back to where it came from.
	useLayoutEffect(() => {
		const element = dialog.current;
		element?.showModal();
		return () => element?.close();
	}, []);
	return (
		<dialog
			ref={dialog}
			className="dialog"
			aria-labelledby={title}
			onCancel={(event) => {
				event.preventDefault();
				props.onClose();
			}}
		>
			<h2 id={title}>{props.title}</h2>
			{props.children}
		</dialog>
	);
}
