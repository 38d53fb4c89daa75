// web/dashboard/answers/tags.tsx - the tags of an answer, and a field that suggests those there are.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type FormEvent, type ReactElement, type Ref, useState } from "react";
import { listTags } from "../api.ts";
import { useFormat } from "../format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";
import { type Suggestion, useSuggest } from "./suggest.tsx";

const longest = 50;
const shown = 8;

const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** Those that contain what was typed, those that begin with it first. */
function fitting(all: Suggestion[], typed: string, without: string[]): Suggestion[] {
	const wanted = plain(typed);
	const out = new Set(without.map(plain));
	const found = all.filter((one) => !out.has(plain(one.value)) && plain(one.value).includes(wanted));
	const begins = (one: Suggestion) => (plain(one.value).startsWith(wanted) ? 0 : 1);
	return found.sort((a, b) => begins(a) - begins(b)).slice(0, shown);
}

function TagField(props: {
	label: string;
	without: string[];
	onAdd: (tag: string) => void;
	field?: Ref<HTMLInputElement>;
	visibleLabel?: boolean;
	autoFocus?: boolean;
}): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	const [text, setText] = useState("");
	const [looking, setLooking] = useState(false);
	const { value: tags, reload } = useLoad((signal) => listTags({}, { signal }), []);
	const all = (tags?.tags ?? []).map((tag) => ({
		value: tag.name,
		label: tag.name,
		more: tag.answers === null ? undefined : f.number(tag.answers),
	}));
	const add = (tag: string) => {
		const name = tag.trim();
		if (name === "") return;
		setText("");
		setLooking(false);
		props.onAdd(name);
	};
	const suggest = useSuggest({
		label: t("tags"),
		all: looking ? fitting(all, text, props.without) : [],
		onChoose: (one) => add(one.value),
		onClose: () => setLooking(false),
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		add(text);
	};
	return (
		<form onSubmit={submit} className="tag-field">
			<Group gap="xs" wrap="nowrap" align="end">
				<TextInput
					ref={props.field}
					size="sm"
					style={{ flex: 1 }}
					label={props.visibleLabel ? props.label : undefined}
					aria-label={props.visibleLabel ? undefined : props.label}
					placeholder={t("tag_placeholder")}
					maxLength={longest}
					value={text}
					autoComplete="off"
					data-autofocus={props.autoFocus || undefined}
					autoFocus={props.autoFocus}
					onChange={(event) => {
						setText(event.currentTarget.value);
						setLooking(true);
					}}
					onFocus={() => {
						setLooking(true);
						void reload();
					}}
					onBlur={() => setLooking(false)}
					onKeyDown={(event) => suggest.onKey(event)}
					{...suggest.field}
				/>
				<Button type="submit" size="sm" variant="light" disabled={text.trim() === ""}>
					{t("tag_add")}
				</Button>
			</Group>
			{suggest.list}
		</form>
	);
}

export function Tags(props: { tags: string[]; onAdd: (tag: string) => void; onTake: (tag: string) => void }): ReactElement {
	const t = useWords("answers");
	return (
		<div className="aw-tags">
			{props.tags.length > 0 && (
				<ul className="chips">
					{props.tags.map((tag) => (
						<li key={tag} className="aw-tag">
							{tag}
							<button type="button" aria-label={t("tag_take", { tag })} onClick={() => props.onTake(tag)}>
								<IconX size={14} aria-hidden="true" />
							</button>
						</li>
					))}
				</ul>
			)}
			<TagField label={t("tag_label")} without={props.tags} onAdd={props.onAdd} />
		</div>
	);
}

export function TagDialog(props: { count: number; without: string[]; onAdd: (tag: string) => void; onClose: () => void }): ReactElement {
	const t = useWords("answers");
	return (
		<Dialog title={t("tag_dialog", { n: props.count })} onClose={props.onClose}>
			<TagField label={t("tag_label")} visibleLabel autoFocus without={props.without} onAdd={props.onAdd} />
			<Group justify="flex-end" mt="md">
				<Button variant="default" onClick={props.onClose}>
					{t("cancel")}
				</Button>
			</Group>
		</Dialog>
	);
}
