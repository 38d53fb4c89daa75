// web/dashboard/screens/answers.tsx - the answers, newest first, and beside them the one that is open.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconBook, IconSearch, IconSettings } from "@tabler/icons-react";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation, useParams, useSearch } from "wouter";
import { countResponses, listSurveys, pathOf } from "../api.ts";
import type { Deed, Target } from "../answers/actions.ts";
import { BulkBar } from "../answers/bulk_bar.tsx";
import { Detail } from "../answers/detail.tsx";
import { List } from "../answers/list.tsx";
import { ManageTags } from "../answers/manage_tags.tsx";
import { PurgeDialog } from "../answers/purge.tsx";
import { ReasonDialog } from "../answers/reason.tsx";
import { type Query, useAnswers } from "../answers/store.ts";
import { TagDialog } from "../answers/tags.tsx";
import { useWork } from "../answers/use_work.ts";
import { type View, viewOf, views } from "../answers/views.ts";
import { FilterBar } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useMe } from "../me.ts";
import { Empty } from "../ui/empty.tsx";
import { Failure } from "../ui/failure.tsx";
import { useKeys } from "../ui/keys.tsx";
import { useFresh } from "../ui/live_mark.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { useWords } from "../words.ts";

/** The part of the address that is this screen's own: the view and the search. */
function useAsked(): { view: View; search: string; set: (name: "view" | "q", value: string) => void; address: string } {
	const address = useSearch();
	const [path, go] = useLocation();
	const all = new URLSearchParams(address);
	return {
		view: viewOf(all.get("view")),
		search: all.get("q") ?? "",
		address,
		set: (name, value) => {
			const next = new URLSearchParams(location.search);
			if (value === "" || value === "all") next.delete(name);
			else next.set(name, value);
			go(next.size ? `${path}?${next}` : path, { replace: name === "q" });
		},
	};
}

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }): ReactElement {
	const t = useWords("answers");
	const field = useRef<HTMLInputElement>(null);
	const [text, setText] = useState(value);
	const sent = useRef(value);
	useEffect(() => {
		if (value !== sent.current) setText(value);
		sent.current = value;
	}, [value]);
	useEffect(() => {
		if (text.trim() === sent.current) return;
		const timer = setTimeout(() => {
			sent.current = text.trim();
			onChange(sent.current);
		}, 300);
		return () => clearTimeout(timer);
	}, [text]);
	useKeys(t("keys"), [{ keys: "/", words: t("search"), run: () => field.current?.focus() }]);
	return (
		<TextInput
			ref={field}
			type="search"
			className="filter-search"
			leftSection={<IconSearch size={16} aria-hidden="true" />}
			aria-label={t("search")}
			placeholder={t("search")}
			value={text}
			onChange={(event) => setText(event.currentTarget.value)}
		/>
	);
}

function Nothing({ filter, view, search, onAll }: { filter: Filter; view: View; search: string; onAll: () => void }): ReactElement {
	const t = useWords("answers");
	if (view === "bin") return <Empty title={t("bin_empty")} text={t("bin_empty_more")} />;
	if (filter.active || search !== "" || view !== "all")
		return (
			<Empty title={t("none_fit")} text={view === "starred" ? t("none_starred") : t("none_fit_more")}>
				<Button onClick={onAll}>{t("show_all")}</Button>
			</Empty>
		);
	return (
		<Empty title={t("none")} text={t("none_more")}>
			<Button component={Link} href="/surveys">
				{t("to_surveys")}
			</Button>
			{filter.period !== "all" && (
				<Button variant="default" onClick={() => filter.setPeriod("all")}>
					{t("all_time")}
				</Button>
			)}
		</Empty>
	);
}

/** The mark of an address that was opened from the list. */
const fromList = { fromList: true };

type Ask = { what: "tag" | "exclude" | "purge"; target: Target; count: number } | { what: "tags" } | null;

export default function AnswersScreen(): ReactElement {
	const t = useWords("answers");
	const { role } = useMe();
	const filter = useFilter();
	const asked = useAsked();
	const { view, search } = asked;
	const [, go] = useLocation();
	const opened = useParams<{ id?: string }>().id ?? null;
	const narrow = useMediaQuery("(max-width: 68em)", undefined, { getInitialValueInEffect: false }) ?? false;

	const query = useMemo<Query>(
		() => ({ ...filter.query, ...views[view], ...(search === "" ? {} : { q: search }) }),
		[filter.key, view, search],
	);
	const key = JSON.stringify([filter.key, view, search]);
	const list = useAnswers(query, key);
	const work = useWork(list, view === "bin");
	const total = useLoad((signal) => countResponses(query, { signal }), [key, work.changes]);
	const surveys = useLoad((signal) => listSurveys({}, { signal }), []);
	const surveyNames = useMemo(() => new Map(surveys.value?.surveys.map((one) => [one.id, one.name])), [surveys.value]);

	const [current, setCurrent] = useState<string | null>(opened);
	const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
	const [everything, setEverything] = useState(false);
	const [ask, setAsk] = useState<Ask>(null);
	const lastSelected = useRef<string | null>(null);

	const fresh = useFresh(
		async () => {
			work.noteChange();
			await list.refresh();
		},
		{
			list: ".aw",
			counts: !filter.active && search === "" && view === "all",
			onRead: (readings) => {
				const told = new Map(readings.map((one) => [one.id, one.reading]));
				list.patch(told.keys(), (row) => ({ reading: told.get(row.id) ?? null }));
				if (opened !== null && told.has(opened)) work.noteChange();
			},
		},
	);

	const selectNone = () => {
		setSelected(new Set());
		setEverything(false);
	};
	useEffect(selectNone, [key]);
	useEffect(() => {
		if (opened) setCurrent(opened);
	}, [opened]);

	const hidden = narrow && opened !== null;
	useEffect(() => {
		if (hidden) {
			window.scrollTo(0, 0);
			return;
		}
		window.scrollTo(0, list.scroll);
		const keep = () => list.keepScroll(window.scrollY);
		window.addEventListener("scroll", keep, { passive: true });
		return () => window.removeEventListener("scroll", keep);
	}, [hidden, key]);

	const hrefOf = (id: string) => (asked.address ? `/answers/${id}?${asked.address}` : `/answers/${id}`);
	const at = opened ?? current;
	const readHref = `/answers/read${at === null ? "" : `/${at}`}${asked.address ? `?${asked.address}` : ""}`;
	const open = (id: string) => {
		setCurrent(id);
		go(hrefOf(id), opened === null ? { state: fromList } : { replace: true, state: history.state as unknown });
	};
	/* Back where the list stands right behind; whatever else changed the address meanwhile left no mark in it. */
	const close = () => {
		if ((history.state as typeof fromList | null)?.fromList) history.back();
		else go(asked.address ? `/answers?${asked.address}` : "/answers", { replace: true });
	};
	const index = list.rows.findIndex((row) => row.id === (opened ?? current));
	const neighbour = (step: number): (() => void) | undefined => {
		const row = list.rows[index === -1 ? 0 : index + step];
		if (!row || (index === -1 && opened !== null)) return undefined;
		return () => {
			if (opened === null) setCurrent(row.id);
			else open(row.id);
			if (index + step > list.rows.length - 10 && !list.complete) list.more();
		};
	};
	const select = (id: string, range: boolean) => {
		const next = new Set(selected);
		const at = list.rows.findIndex((row) => row.id === id);
		const from = range ? list.rows.findIndex((row) => row.id === lastSelected.current) : -1;
		if (from === -1) {
			if (!next.delete(id)) next.add(id);
		} else for (const row of list.rows.slice(Math.min(at, from), Math.max(at, from) + 1)) next.add(row.id);
		lastSelected.current = id;
		setEverything(false);
		setSelected(next);
	};

	const count = everything ? (total.value?.count ?? 0) : selected.size;
	/** The selected ones, else the one that is open or where the keys stand. */
	const target = (): Target | null => {
		if (everything) return { filter: pathOf("", query).slice(1), count };
		if (selected.size > 0) return { ids: [...selected] };
		const one = opened ?? current;
		return one === null ? null : { ids: [one] };
	};
	const run = (deed: Deed, to: Target | null) => {
		if (!to) return;
		const leaves = ["delete", "purge", "restore"].includes(deed.action);
		const next = list.rows[index + 1] ?? list.rows[index - 1];
		if (leaves && opened === null && next && "ids" in to && to.ids.length === 1) setCurrent(next.id);
		if ("filter" in to || to.ids.length > 1) selectNone();
		else if (leaves) setSelected(new Set([...selected].filter((id) => !to.ids.includes(id))));
		void work.run(deed, to);
	};
	const askFor = (what: "tag" | "exclude" | "purge", to = target()) => {
		if (to) setAsk({ what, target: to, count: "ids" in to ? to.ids.length : to.count });
	};
	const mayPurge = role === "owner" || role === "admin";
	const one = list.rows[index];
	const bin = view === "bin";

	useKeys(t("keys"), [
		{ keys: "j", words: t("next"), run: () => neighbour(1)?.() },
		{ keys: "k", words: t("previous"), run: () => neighbour(-1)?.() },
		{ keys: "o", words: t("key_open"), run: () => current !== null && open(current) },
		{ keys: "r", words: t("key_read"), run: () => go(readHref) },
		{ keys: "x", words: t("key_select"), run: () => current !== null && select(current, false) },
		{ keys: "s", words: t("key_star"), run: () => run({ action: one?.starred && selected.size === 0 ? "unstar" : "star" }, target()) },
		{ keys: "t", words: t("tag"), run: () => askFor("tag") },
		{ keys: "e", words: t("exclude"), run: () => !bin && askFor("exclude") },
		{ keys: "#", words: t(bin ? "restore" : "delete"), run: () => run({ action: bin ? "restore" : "delete" }, target()) },
		{
			keys: "Escape",
			words: t("key_escape"),
			run: () => (selected.size > 0 || everything ? selectNone() : opened !== null && close()),
		},
	]);

	const onAll = () => go("/answers?period=all");
	const withoutTags = ask && "target" in ask && "ids" in ask.target && ask.target.ids.length === 1 && one ? one.tags : [];
	return (
		<Page
			title={t("title")}
			wide
			actions={
				<>
					{fresh.mark}
					{!hidden && (
						<Button variant="default" leftSection={<IconBook size={16} aria-hidden="true" />} component={Link} href={readHref}>
							{t("read")}
						</Button>
					)}
					{role !== "agent" && !hidden && (
					<Button
						variant="default"
						leftSection={<IconSettings size={16} aria-hidden="true" />}
						onClick={() => setAsk({ what: "tags" })}
					>
						{t("manage_tags")}
					</Button>
					)}
				</>
			}
		>
			<div className={`aw${opened === null ? "" : " has-panel"}`}>
				<div className="aw-side" hidden={hidden}>
					<FilterBar filter={filter}>
						<NativeSelect
							aria-label={t("view")}
							data={(Object.keys(views) as View[]).map((value) => ({ value, label: t(`view_${value}`) }))}
							value={view}
							onChange={(event) => asked.set("view", event.currentTarget.value)}
						/>
						<Search value={search} onChange={(text) => asked.set("q", text)} />
					</FilterBar>
					<Group justify="space-between" mb="xs" className="aw-count">
						<span className="quiet" role="status">
							{total.value && list.rows.length > 0 ? t("found", { n: total.value.count }) : " "}
						</span>
						{bin && list.rows.length > 0 && <span className="quiet">{t("bin_more")}</span>}
					</Group>
					<BulkBar
						count={count}
						all={total.value && total.value.count > selected.size ? total.value : null}
						everything={everything}
						bin={bin}
						running={work.running}
						onAll={() => setEverything(true)}
						onNone={selectNone}
						onDeed={(deed) => run(deed, target())}
						onTag={() => askFor("tag")}
						onExclude={() => askFor("exclude")}
						onPurge={mayPurge ? () => askFor("purge") : undefined}
					/>
					{list.rows.length > 0 ? (
						<List
							list={list}
							surveys={surveyNames}
							current={current}
							opened={opened}
							selected={selected}
							search={search}
							hrefOf={hrefOf}
							onOpen={open}
							onSelect={select}
						/>
					) : list.error !== undefined ? (
						<Failure error={list.error} retry={list.refresh} />
					) : list.complete ? (
						<Nothing filter={filter} view={view} search={search} onAll={onAll} />
					) : (
						<Loading rows={8} />
					)}
				</div>
				{opened !== null && (
					<Detail
						id={opened}
						changes={work.changes}
						surveys={surveyNames}
						search={search}
						narrow={narrow}
						onBack={close}
						onPrevious={neighbour(-1)}
						onNext={neighbour(1)}
						onDeed={(deed) => run(deed, { ids: [opened] })}
						onExclude={() => askFor("exclude", { ids: [opened] })}
						onPurge={mayPurge ? () => askFor("purge", { ids: [opened] }) : undefined}
						onErased={
							mayPurge
								? () => {
										close();
										work.noteChange();
										void list.refresh();
									}
								: undefined
						}
						hrefOf={hrefOf}
						onNoted={() => {
							const row = list.rows.find((each) => each.id === opened);
							if (row) void list.refresh();
						}}
					/>
				)}
			</div>
			{fresh.chip}
			{ask?.what === "tag" && (
				<TagDialog
					count={ask.count}
					without={withoutTags}
					onAdd={(tag) => {
						setAsk(null);
						run({ action: "tag", tag }, ask.target);
					}}
					onClose={() => setAsk(null)}
				/>
			)}
			{ask?.what === "exclude" && (
				<ReasonDialog
					count={ask.count}
					onTake={(reason) => {
						setAsk(null);
						run({ action: "exclude", reason }, ask.target);
					}}
					onClose={() => setAsk(null)}
				/>
			)}
			{ask?.what === "purge" && (
				<PurgeDialog
					count={ask.count}
					onTake={() => {
						setAsk(null);
						run({ action: "purge" }, ask.target);
					}}
					onClose={() => setAsk(null)}
				/>
			)}
			{ask?.what === "tags" && (
				<ManageTags
					onClose={() => setAsk(null)}
					onChanged={() => {
						work.noteChange();
						void list.refresh();
					}}
				/>
			)}
			<span className="visually-hidden" role="status">
				{selected.size > 0 ? t("selected", { n: selected.size }) : ""}
			</span>
		</Page>
	);
}
