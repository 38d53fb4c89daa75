// web/dashboard/screens/settings_audit.tsx - who did what: filtered, page by page, and as a table to take along.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { type AuditEntry, exportAuditPath, listAudit } from "../api.ts";
import { useFormat } from "../format.ts";
import { actorOf, detailOf, subjectOf } from "../settings/audit_words.ts";
import { SettingsPage } from "../settings/layout.tsx";
import { Empty } from "../ui/empty.tsx";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { sayBad } from "../ui/undo.tsx";
import { useWords } from "../words.ts";

const kinds = ["session", "member", "two_step", "user", "key", "workspace", "server", "team", "brand", "touchpoint", "survey", "response", "import", "audit"] as const;
const filters = ["action", "actor", "subject", "from", "to"] as const;
type Filter = Partial<Record<(typeof filters)[number], string>>;

/** The filter as it stands in the address. */
function useAuditFilter(): [Filter, (filter: Filter) => void] {
	const search = useSearch();
	const [path, go] = useLocation();
	const filter = useMemo(() => {
		const asked = new URLSearchParams(search);
		return Object.fromEntries(filters.flatMap((name) => (asked.get(name) ? [[name, asked.get(name)]] : []))) as Filter;
	}, [search]);
	const put = (next: Filter) => {
		const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value) as [string, string][]);
		go(query.size ? `${path}?${query}` : path, { replace: true });
	};
	return [filter, put];
}

/** A text that is asked for once typing has paused. */
function LateInput(props: { label: string; value: string; onChange: (value: string) => void; type?: string }): ReactElement {
	const [typed, setTyped] = useState(props.value);
	useEffect(() => setTyped(props.value), [props.value]);
	useEffect(() => {
		if (typed === props.value) return;
		const timer = setTimeout(() => props.onChange(typed), 400);
		return () => clearTimeout(timer);
	}, [typed]);
	return (
		<TextInput w={160} label={props.label} type={props.type} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
	);
}

/** What was done, in words; the code that filters and exports use is its title. */
function Deed({ action }: { action: string }): ReactElement {
	const t = useWords("audit");
	return <span title={action}>{t(`did_${action.replaceAll(".", "_")}` as "did_session_create")}</span>;
}

/** In words; what the log holds instead, and filters take, is the title. */
function Told({ raw, said }: { raw: string; said: string }): ReactElement {
	return <td title={raw === said ? undefined : raw}>{said}</td>;
}

function Entries({ entries }: { entries: AuditEntry[] }): ReactElement {
	const t = useWords("settings");
	const told = useWords("audit");
	const f = useFormat();
	return (
		<div className="scroll-x" tabIndex={0} role="region" aria-label={t("page_audit")}>
			<table className="plain-table audit-table">
				<thead>
					<tr>
						<th scope="col">{t("audit_when")}</th>
						<th scope="col">{t("audit_who")}</th>
						<th scope="col">{t("audit_what")}</th>
						<th scope="col">{t("audit_whom")}</th>
						<th scope="col">{t("audit_detail")}</th>
					</tr>
				</thead>
				<tbody>
					{entries.map((one) => (
						<tr key={one.id}>
							<td className="when">{f.time(one.at)}</td>
							<Told raw={one.actor} said={actorOf(told, one.actor)} />
							<td className="deed">
								<Deed action={one.action} />
							</td>
							<Told raw={one.subject} said={subjectOf(told, f, one)} />
							<Told raw={one.detail} said={detailOf(told, f, one)} />
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

export default function AuditScreen(): ReactElement {
	const t = useWords("settings");
	const [filter, setFilter] = useAuditFilter();
	const key = JSON.stringify(filter);
	const { value, error, reload, put } = useLoad((signal) => listAudit({ ...filter }, { signal }), [key]);
	const [busy, setBusy] = useState(false);
	const set = (name: keyof Filter) => (to: string) => setFilter({ ...filter, [name]: to });
	const more = async () => {
		if (!value?.next_cursor) return;
		setBusy(true);
		try {
			const next = await listAudit({ ...filter, cursor: value.next_cursor });
			put({ entries: [...value.entries, ...next.entries], next_cursor: next.next_cursor });
		} catch (refused) {
			sayBad(sentenceOf(refused));
		}
		setBusy(false);
	};
	const filtered = Object.keys(filter).length > 0;
	const actions = (
		<Button component="a" href={exportAuditPath({ ...filter })} variant="default" download>
			{t("audit_export")}
		</Button>
	);
	return (
		<SettingsPage title={t("page_audit")} text={t("audit_intro")} actions={actions}>
			<Group gap="sm" align="end" wrap="wrap" className="no-print">
				<NativeSelect
					label={t("audit_what")}
					data={[{ value: "", label: t("audit_all") }, ...kinds.map((kind) => ({ value: kind, label: t(`audit_${kind}`) }))]}
					value={filter.action ?? ""}
					onChange={(event) => set("action")(event.currentTarget.value)}
				/>
				<LateInput label={t("audit_who")} value={filter.actor ?? ""} onChange={set("actor")} />
				<LateInput label={t("audit_whom")} value={filter.subject ?? ""} onChange={set("subject")} />
				<LateInput label={t("audit_from")} type="date" value={filter.from ?? ""} onChange={set("from")} />
				<LateInput label={t("audit_to")} type="date" value={filter.to ?? ""} onChange={set("to")} />
				{filtered && (
					<Button variant="subtle" onClick={() => setFilter({})}>
						{t("audit_reset")}
					</Button>
				)}
			</Group>
			{error !== undefined && <Failure error={error} retry={reload} />}
			{!value && error === undefined && <Loading rows={6} />}
			{value?.entries.length === 0 && error === undefined && (
				<Empty title={t("audit_none")}>{filtered && <Button onClick={() => setFilter({})}>{t("audit_reset")}</Button>}</Empty>
			)}
			{value && value.entries.length > 0 && <Entries entries={value.entries} />}
			{value?.next_cursor && (
				<div>
					<Button variant="default" loading={busy} onClick={() => void more()}>
						{t("audit_more")}
					</Button>
				</div>
			)}
		</SettingsPage>
	);
}
