// web/dashboard/answers/manage_tags.tsx - the workspace's tags: renamed, joined, deleted for all answers.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { changeTag, deleteTag, listTags, Refusal, type Tag } from "../api.ts";
import { useFormat } from "../format.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { say } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

/** A tag of many answers is changed in steps. */
async function untilDone(step: () => Promise<{ more: boolean }>): Promise<void> {
	while ((await step()).more);
}

function OneTag(props: { tag: Tag; onChanged: () => Promise<void> }): ReactElement {
	const t = useWords("answers");
	const f = useFormat();
	const { tag } = props;
	const [name, setName] = useState<string | null>(null);
	const [doing, setDoing] = useState<"delete" | "merge" | null>(null);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const work = async (step: () => Promise<{ more: boolean }>, said: string) => {
		setBusy(true);
		setError(null);
		try {
			await untilDone(step);
			say(said);
			setName(null);
			setDoing(null);
			await props.onChanged();
		} catch (failure) {
			if (failure instanceof Refusal && failure.status === 409 && name !== null && doing === null) setDoing("merge");
			else setError(failure);
		} finally {
			setBusy(false);
		}
	};
	const rename = (merge: boolean) =>
		work(() => changeTag({ tag: tag.id, body: { name: name ?? "", merge } }), t("tag_renamed", { tag: name ?? "" }));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (name?.trim()) void rename(doing === "merge");
	};
	const small = { size: "compact-sm", variant: "default" } as const;
	return (
		<li>
			{name === null ? (
				<Group gap="xs" wrap="nowrap">
					<span className="aw-tag-name">
						{tag.name} {tag.answers !== null && <span className="quiet">{f.number(tag.answers)}</span>}
					</span>
					{doing === "delete" ? (
						<>
							<Button
								size="compact-sm"
								color="red"
								loading={busy}
								onClick={() => void work(() => deleteTag({ tag: tag.id }), t("tag_deleted", { tag: tag.name }))}
							>
								{t("tag_delete_do", { n: tag.answers ?? 0 })}
							</Button>
							<Button {...small} onClick={() => setDoing(null)}>
								{t("cancel")}
							</Button>
						</>
					) : (
						<>
							<Button {...small} aria-label={t("tag_rename_one", { tag: tag.name })} onClick={() => setName(tag.name)}>
								{t("rename")}
							</Button>
							<Button {...small} aria-label={t("tag_delete_one", { tag: tag.name })} onClick={() => setDoing("delete")}>
								{t("delete")}
							</Button>
						</>
					)}
				</Group>
			) : (
				<form onSubmit={submit}>
					<Group gap="xs" wrap="nowrap">
						<TextInput
							size="xs"
							style={{ flex: 1 }}
							aria-label={t("tag_new_name", { tag: tag.name })}
							value={name}
							maxLength={50}
							autoFocus
							onChange={(event) => {
								setName(event.currentTarget.value);
								setDoing(null);
							}}
						/>
						<Button size="compact-sm" type="submit" loading={busy} disabled={name.trim() === ""}>
							{t(doing === "merge" ? "join" : "save")}
						</Button>
						<Button {...small} onClick={() => setName(null)}>
							{t("cancel")}
						</Button>
					</Group>
					{doing === "merge" && <p className="quiet">{t("tag_join_more", { from: tag.name, to: name })}</p>}
				</form>
			)}
			{error !== null && <Failure error={error} />}
		</li>
	);
}

export function ManageTags(props: { onClose: () => void; onChanged: () => void }): ReactElement {
	const t = useWords("answers");
	const { value, error, reload } = useLoad((signal) => listTags({}, { signal }), []);
	const changed = async () => {
		await reload();
		props.onChanged();
	};
	return (
		<Dialog title={t("tags")} onClose={props.onClose}>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading height={120} />}
			{value?.tags.length === 0 && <p className="aw-dialog-text">{t("no_tags")}</p>}
			<ul className="aw-tag-list">
				{value?.tags.map((tag) => (
					<OneTag key={tag.id} tag={tag} onChanged={changed} />
				))}
			</ul>
			<Group justify="flex-end" mt="lg">
				<Button onClick={props.onClose}>{t("close")}</Button>
			</Group>
		</Dialog>
	);
}
