// web/dashboard/filter/views_menu.tsx - views with a name: open one, save what one sees, rename, share, copy its link, delete.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, CloseButton, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { changeSavedView, createSavedView, deleteSavedView, listSavedViews, type SavedView } from "../api.ts";
import { useMe } from "../me.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { say, undoable } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

/** As the browser writes it, so that the same view is the same text. */
function hereOf(place: string): string {
	const query = new URLSearchParams(location.search).toString();
	return query === "" ? place : `${place}?${query}`;
}

/** A deed: done, or what went wrong. */
function useDeed(then: () => Promise<void>): { busy: boolean; error: unknown; run: (deed: () => Promise<unknown>) => Promise<boolean> } {
	const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
	const run = async (deed: () => Promise<unknown>) => {
		setState({ busy: true });
		try {
			await deed();
			setState({ busy: false });
			await then();
			return true;
		} catch (error) {
			setState({ busy: false, error });
			return false;
		}
	};
	return { busy: state.busy, error: state.error, run };
}

function Shared({ checked, onChange }: { checked: boolean; onChange: (on: boolean) => void }): ReactElement {
	const t = useWords("views");
	return (
		<label className="views-shared">
			<input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
			{t("shared")}
		</label>
	);
}

interface Common {
	here: string;
	/** Names of one's own views: two of one name could not be told apart. */
	taken: string[];
	mayShare: boolean;
	reload: () => Promise<void>;
}

/** Says so at the field when a name is sent that another view has. */
function useOtherName(taken: string[], typed: string): { error: string | undefined; refused: (name: string) => boolean } {
	const t = useWords("views");
	const [sent, setSent] = useState("");
	const refused = (name: string) => {
		setSent(name);
		return taken.includes(name);
	};
	return { error: sent === typed.trim() && taken.includes(sent) ? t("same_name") : undefined, refused };
}

function SaveThis({ here, taken, mayShare, reload }: Common): ReactElement {
	const t = useWords("views");
	const [name, setName] = useState("");
	const [shared, setShared] = useState(false);
	const deed = useDeed(reload);
	const { error, refused } = useOtherName(taken, name);
	const save = async (event: FormEvent) => {
		event.preventDefault();
		const text = name.trim();
		if (text === "" || refused(text)) return;
		if (await deed.run(() => createSavedView({ body: { name: text, path: here, shared } }))) {
			setName("");
			setShared(false);
			say(t("saved", { name: text }));
		}
	};
	return (
		<form className="views-save" onSubmit={(event) => void save(event)}>
			<TextInput label={t("save_this")} placeholder={t("name_example")} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={error} data-autofocus />
			{mayShare && <Shared checked={shared} onChange={setShared} />}
			<Button type="submit" variant="light" loading={deed.busy} disabled={name.trim() === ""}>
				{t("save")}
			</Button>
			{deed.error !== undefined && <Failure error={deed.error} />}
		</form>
	);
}

function copyLink(path: string, told: string, failed: (link: string) => void): void {
	const link = location.origin + path;
	// Without a safe connection there is no clipboard: the link itself can be selected.
	if (!navigator.clipboard) failed(link);
	else
		navigator.clipboard.writeText(link).then(
			() => say(told),
			() => failed(link),
		);
}

/** What can be done with a view. */
function Edit({ view, here, taken, mayShare, reload, onDone }: Common & { view: SavedView; onDone: () => void }): ReactElement {
	const t = useWords("views");
	const [name, setName] = useState(view.name);
	const [shared, setShared] = useState(view.shared);
	const [link, setLink] = useState<string | null>(null);
	const deed = useDeed(reload);
	const { error, refused } = useOtherName(view.own ? taken.filter((one) => one !== view.name) : [], name);
	const change = (body: { name?: string; path?: string; shared?: boolean }) => deed.run(() => changeSavedView({ saved_view: view.id, body }));
	const rename = async (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "" && !refused(name.trim()) && (await change({ name: name.trim() }))) onDone();
	};
	const share = async (on: boolean) => {
		setShared(on);
		if (!(await change({ shared: on }))) setShared(!on);
	};
	const remove = async () => {
		const { name: old, path, position } = view;
		if (!(await deed.run(() => deleteSavedView({ saved_view: view.id })))) return;
		undoable(t("deleted", { name: old }), async () => {
			await createSavedView({ body: { name: old, path, shared, position } });
			await reload();
		});
	};
	const replace = async () => {
		const { path } = view;
		if (!(await change({ path: here }))) return;
		undoable(t("replaced", { name: view.name }), async () => {
			await changeSavedView({ saved_view: view.id, body: { path } });
			await reload();
		});
		onDone();
	};
	return (
		<div className="views-edit">
			{view.changeable && (
				<form onSubmit={(event) => void rename(event)}>
					<TextInput autoFocus label={t("name")} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={error} />
					<Button type="submit" size="compact-sm" variant="light" loading={deed.busy} disabled={name.trim() === "" || name.trim() === view.name}>
						{t("rename")}
					</Button>
				</form>
			)}
			{view.own && mayShare && <Shared checked={shared} onChange={(on) => void share(on)} />}
			<div className="views-acts">
				<Button size="compact-sm" variant="default" autoFocus={!view.changeable} onClick={() => copyLink(view.path, t("copied"), setLink)}>
					{t("copy_link")}
				</Button>
				{view.changeable && view.path !== here && (
					<Button size="compact-sm" variant="default" onClick={() => void replace()}>
						{t("replace")}
					</Button>
				)}
				{view.changeable && (
					<Button size="compact-sm" variant="default" onClick={() => void remove()}>
						{t("delete")}
					</Button>
				)}
			</div>
			{link !== null && <TextInput readOnly label={t("link")} value={link} onFocus={(event) => event.currentTarget.select()} autoFocus />}
			{deed.error !== undefined && <Failure error={deed.error} />}
		</div>
	);
}

interface RowProps extends Common {
	view: SavedView;
	edits: boolean;
	onEdit: (on: boolean) => void;
	onClose: () => void;
}

function Row({ view, edits, onEdit, onClose, ...common }: RowProps): ReactElement {
	const t = useWords("views");
	const more = useRef<HTMLButtonElement>(null);
	const edited = useRef(false);
	useEffect(() => {
		if (edited.current && !edits) more.current?.focus(); // where one came from
		edited.current = edits;
	}, [edits]);
	return (
		<li className={edits ? "views-row open" : "views-row"}>
			<div className="views-name">
				<Link href={view.path} onClick={onClose} aria-current={view.path === common.here ? "page" : undefined}>
					{view.name}
					{view.shared && <span className="quiet">{view.own ? t("shared_by_me") : t("shared_by", { name: view.actor })}</span>}
				</Link>
				{edits ? (
					<CloseButton size={30} aria-label={t("close", { name: view.name })} onClick={() => onEdit(false)} />
				) : (
					<button ref={more} type="button" className="views-more" aria-label={t("more", { name: view.name })} aria-expanded={edits} onClick={() => onEdit(true)}>
						⋯
					</button>
				)}
			</div>
			{edits && <Edit view={view} onDone={() => onEdit(false)} {...common} />}
		</li>
	);
}

export default function ViewsMenu({ place, onClose }: { place: string; onClose: () => void }): ReactElement {
	const t = useWords("views");
	const { role } = useMe();
	const [edited, setEdited] = useState<string | null>(null);
	const { value, error, reload } = useLoad((signal) => listSavedViews({}, { signal }), []);
	const taken = value?.views.filter((view) => view.own).map((view) => view.name) ?? [];
	const common = { here: hereOf(place), taken, mayShare: ["owner", "admin", "analyst"].includes(role), reload };
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value) return <Loading rows={3} />;
	const edits = value.views.some((view) => view.id === edited);
	return (
		<div className="views">
			{value.views.length === 0 ? (
				<p className="quiet">{t("none")}</p>
			) : (
				<ul aria-label={t("list")}>
					{value.views.filter((view) => !edits || view.id === edited).map((view) => (
						<Row
							key={view.id}
							view={view}
							edits={view.id === edited}
							onEdit={(on) => setEdited(on ? view.id : null)}
							onClose={onClose}
							{...common}
						/>
					))}
				</ul>
			)}
			{!edits && <SaveThis {...common} />}
		</div>
	);
}
