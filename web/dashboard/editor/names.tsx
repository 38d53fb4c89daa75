// web/dashboard/editor/names.tsx - what the places of a document are called, and what a change of one says.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { List } from "@mantine/core";
import type { ReactElement } from "react";
import { useFormat } from "../format.ts";
import { useLanguage } from "../language.tsx";
import { useWords } from "../words.ts";
import { useDesk } from "./fields.tsx";
import type { Change, Group, Question } from "./model.ts";

export function useLanguageName(): (tag: string) => string {
	const { language } = useLanguage();
	const names = new Intl.DisplayNames([language], { type: "language" });
	return (tag) => {
		try {
			return names.of(tag) ?? tag;
		} catch {
			return tag; // no tag that the browser knows
		}
	};
}

/** ["follow_up", "all"] below a definition or a translation, in words. */
export function useSlotName(): (path: string[]) => string {
	const t = useWords("editor");
	const { definition } = useDesk();
	const groupOf = (name = "all") => t(`group_${name as Group | "all"}`);
	return ([first = "", second = "", third, fourth]) => {
		const question = definition.questions?.find((q) => q.key === second);
		switch (first) {
			case "question":
			case "low_label":
			case "high_label":
			case "language":
			case "follow_up_one":
			case "follow_up_required":
			case "properties":
				return t(`name_${first}`);
			case "follow_up":
				return t("name_follow_up", { group: groupOf(second) });
			case "thanks":
				return t("name_thanks", { group: groupOf(second) });
			case "thanks_button":
				return t("name_thanks_button", { group: groupOf(second) });
			case "questions": {
				const text = question?.text ?? second;
				if (third !== "choices" || !fourth) return t("name_further", { text });
				return t("name_choice", { text: question?.choices?.find((c) => c.key === fourth)?.text ?? fourth });
			}
			default:
				return first;
		}
	};
}

function useChangeName(): (change: Change) => string {
	const t = useWords("editor");
	const slotName = useSlotName();
	const languageName = useLanguageName();
	return ({ path: [first = "", second = "", third = "", ...rest] }) => {
		if (first !== "definition") return t(`name_${first as "opens_at" | "closes_at" | "max_answers"}`);
		if (second === "translations")
			return rest.length ? `${languageName(third)}: ${slotName(rest)}` : t("name_translation", { language: languageName(third) });
		if (second === "questions" && third === "order") return t("name_order");
		if (second === "questions" && third === "by") return slotName(["questions", ...rest.slice(0, 1)]);
		return slotName([second, third, ...rest]);
	};
}

/** Where nothing is written Heed's own words are asked and said. */
const withOwnWords = ["question", "low_label", "high_label", "follow_up", "thanks"];

/** One value in words; empty when there is nothing to show. */
function useValueText(): (change: Change, value: unknown) => string {
	const t = useWords("editor");
	const f = useFormat();
	const { definition, builtIn } = useDesk();
	return ({ path }, value) => {
		if (value === undefined || value === null) {
			const [first, ...at] = path;
			const own = first === "definition" && withOwnWords.includes(at[0] ?? "") ? builtIn(definition.language, at) : "";
			return own ? t("value_text", { text: own }) : t("value_none");
		}
		if (path[0] === "opens_at" || path[0] === "closes_at") return f.time(String(value));
		if (typeof value === "number") return f.number(value);
		if (typeof value === "boolean") return t(value ? "value_on" : "value_off");
		if (typeof value === "string") return t("value_text", { text: value.length > 160 ? `${value.slice(0, 160)}…` : value });
		if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? f.list(value) : t("value_changed");
		const { text } = value as Partial<Question>;
		return text ? t("value_text", { text }) : t("value_there");
	};
}

/** Every change in a line: what, before, after. Parts of one question are one line. */
export function Changes({ changes, mine }: { changes: Change[]; mine?: (change: Change) => Change | undefined }): ReactElement {
	const t = useWords("editor");
	const nameOf = useChangeName();
	const textOf = useValueText();
	return (
		<List size="sm" spacing={4} className="changes">
			{changes.map((change) => {
				const own = mine?.(change);
				return (
					<List.Item key={change.path.join("/")}>
						<b>{nameOf(change)}</b>: {textOf(change, change.from)} → {textOf(change, change.to)}
						{own && <em> {t("yours", { text: textOf(own, own.to) })}</em>}
					</List.Item>
				);
			})}
		</List>
	);
}
