// web/dashboard/editor/fields.tsx - inputs of the editor: each knows where in the document it stands, and says what is wrong
// there.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Textarea, TextInput } from "@mantine/core";
import { createContext, type ReactElement, type ReactNode, use } from "react";
import type { Definition } from "../api.ts";
import { useWords } from "../words.ts";
import { type Doc, textAt, withText } from "./model.ts";
import type { Work } from "./use_draft.ts";

/** What the parts of the editor share. */
export interface Desk {
	work: Work;
	doc: Doc;
	definition: Definition;
	/** `field` names what is typed in: more of it is one step of undo. */
	change: (definition: Definition, field?: string) => void;
	/** Heed's own words in a language, or English. */
	builtIn: (language: string, path: string[]) => string;
	brand: string;
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
	const desk = use(DeskContext);
	if (!desk) throw new Error("no survey is being edited");
	return desk;
}

/** What is wrong at a JSON pointer, in words; undefined when nothing is. */
export function useError(): (path: string) => string | undefined {
	const t = useWords("editor");
	const { work } = useDesk();
	return (path) => {
		const wrong = work.wrong[path];
		if (wrong) return t(`wrong_${wrong}`);
		const refused = work.refused.find((one) => one.path === path);
		return refused && t("refused", { why: refused.message });
	};
}

interface TextProps {
	label: ReactNode;
	description?: ReactNode;
	/** Below definition: ["follow_up", "all"]. */
	path: string[];
	placeholder?: string;
	line?: boolean;
	lang?: string;
	rows?: number;
}

/** One text of the definition. Left empty it is Heed's own words, which stand in it in grey. */
export function Text({ label, description, path, placeholder, line, lang, rows = 2 }: TextProps): ReactElement {
	const { definition, change } = useDesk();
	const errorAt = useError();
	const pointer = `/definition/${path.join("/")}`;
	const input = {
		label,
		description,
		placeholder,
		lang,
		dir: "auto" as const,
		value: textAt(definition, path),
		error: errorAt(pointer),
		"data-path": pointer,
		onChange: (event: { currentTarget: { value: string } }) =>
			change(withText(definition, path, event.currentTarget.value || undefined), pointer),
	};
	return line ? <TextInput {...input} /> : <Textarea {...input} rows={rows} className="editor-text" />;
}
