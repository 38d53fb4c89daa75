// web/dashboard/answers/suggest.tsx - a list of suggestions below a field, walked with the arrow keys, as ARIA's combobox
// wants it. The field stays the caller's: an input for tags, a text for notes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from "react";

export interface Suggestion {
	value: string;
	label: string;
	more?: string;
}

interface Suggest {
	open: boolean;
	/** For the field. */
	field: {
		role: "combobox";
		"aria-expanded": boolean;
		"aria-controls": string;
		"aria-autocomplete": "list";
		"aria-activedescendant": string | undefined;
	};
	/** True: the key was ours. */
	onKey: (event: KeyboardEvent) => boolean;
	list: ReactElement | null;
}

export function useSuggest(props: {
	label: string;
	all: Suggestion[];
	onChoose: (one: Suggestion) => void;
	onClose: () => void;
	/** The first one is what Enter takes; without it Enter is the field's until an arrow was pressed. */
	eager?: boolean;
}): Suggest {
	const id = useId();
	const { all } = props;
	const none = props.eager ? 0 : -1;
	const [at, setAt] = useState(none);
	const key = all.map((one) => one.value).join("\n");
	useEffect(() => setAt(none), [key, none]);
	const open = all.length > 0;
	const chosen = open ? all[at] : undefined;
	const onKey = (event: KeyboardEvent): boolean => {
		if (!open) return false;
		if (event.key === "ArrowDown") setAt((at + 1) % all.length);
		else if (event.key === "ArrowUp") setAt(at <= 0 ? all.length - 1 : at - 1);
		else if ((event.key === "Enter" || event.key === "Tab") && chosen) props.onChoose(chosen);
		else if (event.key === "Escape") props.onClose();
		else return false;
		event.preventDefault();
		event.stopPropagation();
		return true;
	};
	return {
		open,
		field: {
			role: "combobox",
			"aria-expanded": open,
			"aria-controls": id,
			"aria-autocomplete": "list",
			"aria-activedescendant": chosen ? `${id}-${at}` : undefined,
		},
		onKey,
		list: (
			<ul id={id} role="listbox" aria-label={props.label} className="suggest" hidden={!open}>
				{all.map((one, i) => (
					<li
						key={one.value}
						id={`${id}-${i}`}
						role="option"
						aria-selected={i === at}
						onPointerDown={(event) => {
							event.preventDefault();
							props.onChoose(one);
						}}
					>
						{one.label}
						{one.more && <span className="quiet"> {one.more}</span>}
					</li>
				))}
			</ul>
		),
	};
}
