// web/dashboard/screens/shared.tsx - links that show figures to people without an account: made, shown once, revoked.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Anchor, Badge, Button, Checkbox, NativeSelect, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { Link } from "wouter";
import { changeSharedView, createSharedView, getFacets, getQuotes, listSharedViews, type Quote, revokeSharedView, type SharedView } from "../api.ts";
import { FilterBar } from "../filter/filter_bar.tsx";
import { type Filter, useFilter } from "../filter/use_filter.ts";
import { useFormat } from "../format.ts";
import { useParameter } from "../insight/parameter.ts";
import { useSave } from "../settings/save.ts";
import { Copy } from "../share/copy.tsx";
import { Failure, sentenceOf } from "../ui/failure.tsx";
import { useLoad } from "../ui/load.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Password } from "../ui/password.tsx";
import { sayBad, undoable } from "../ui/undo.tsx";
import { useAttributeName } from "../why/names.ts";
import { useWords } from "../words.ts";

const fields = ["survey", "kind", "brand", "touchpoint", "channel", "source", "language", "tag"] as const;
const kinds = ["board", "overview", "wallboard"] as const;
const lasts = [7, 30, 90, 365] as const;
type Kind = (typeof kinds)[number];

/** Periods that are counted back from today go on doing so. */
const days: Partial<Record<string, number>> = { "30d": 30, "90d": 90, "12m": 365 };

/** What the link stands for, of the filter in the address. */
function shownBy(filter: Filter): { filter: string; last_days: number | null } {
	const query = new URLSearchParams();
	const ofLists = ["group", "score", "state", "counted", "starred"];
	for (const [name, values] of filter.values) if (!ofLists.includes(name)) for (const value of values) query.append(name, value);
	const last_days = (filter.period && days[filter.period]) || null;
	if (!last_days && filter.span.from) query.set("from", filter.span.from);
	if (!last_days && filter.span.to) query.set("to", filter.span.to);
	return { filter: query.toString(), last_days };
}

function QuoteChoice(props: { filter: Filter; chosen: string[]; onChosen: (ids: string[]) => void }): ReactElement {
	const t = useWords("shared");
	const { filter, chosen, onChosen } = props;
	const { value, error, reload } = useLoad((signal) => getQuotes(filter.figures as object, { signal }), [filter.key]);
	if (error !== undefined) return <Failure error={error} retry={reload} />;
	if (!value) return <Loading rows={3} />;
	const all = [...value.promoters.slice(0, 6), ...value.detractors.slice(0, 6)];
	const set = (quote: Quote, on: boolean) => onChosen(on ? [...chosen, quote.id] : chosen.filter((id) => id !== quote.id));
	return (
		<fieldset className="shared-quotes">
			<legend>{t("quotes")}</legend>
			<Text size="sm" c="dimmed">
				{all.length > 0 ? t("quotes_more") : t("quotes_none")}
			</Text>
			{all.map((quote) => (
				<Checkbox
					key={quote.id}
					checked={chosen.includes(quote.id)}
					onChange={(event) => set(quote, event.currentTarget.checked)}
					label={t("quote", { score: quote.score, text: quote.text.length > 300 ? `${quote.text.slice(0, 298)} …` : quote.text })}
				/>
			))}
		</fieldset>
	);
}

function Form({ filter, onMade }: { filter: Filter; onMade: (view: SharedView) => void }): ReactElement {
	const t = useWords("shared");
	const attributeName = useAttributeName();
	const [what, setWhat] = useParameter("what");
	const [by, setBy] = useParameter("by");
	const kind: Kind = kinds.find((one) => one === what) ?? "board";
	const save = useSave(["/name", "/password"]);
	const [name, setName] = useState("");
	const [password, setPassword] = useState("");
	const [last, setLast] = useState("30");
	const [quotes, setQuotes] = useState<string[]>([]);
	const [answers, setAnswers] = useState(false);
	const facets = useLoad((signal) => getFacets(filter.figures as object, { signal }), [filter.key]);
	const properties = (facets.value?.properties ?? []).map((p) => `property.${p.name}`);
	const attributes = [...new Set(["channel", "language", "survey", ...properties, ...(by ? [by] : [])])];
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void save.run(async () => {
			const made = await createSharedView({
				body: {
					name: name.trim(),
					what: kind,
					...shownBy(filter),
					by: kind === "board" ? (by ?? "channel") : null,
					quotes: kind === "board" ? quotes.slice(0, 12) : [],
					shows_answers: kind === "wallboard" && answers,
					expires_in_days: Number(last),
					password: password || null,
				},
			});
			setName("");
			setPassword("");
			setQuotes([]);
			onMade(made);
		});
	};
	return (
		<form onSubmit={submit}>
			<Stack gap="md" className="shared-form">
				<TextInput label={t("name")} description={t("name_more")} maxLength={100} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={save.at("/name")} />
				<NativeSelect
					label={t("what")}
					description={t(`about_${kind}`)}
					value={kind}
					onChange={(e) => setWhat(e.currentTarget.value)}
					data={kinds.map((value) => ({ value, label: t(`what_${value}`) }))}
				/>
				<div>
					<Text fw={500} size="sm">
						{t("which")}
					</Text>
					<Text size="sm" c="dimmed" mb="xs">
						{t(filter.period && days[filter.period] ? "which_rolling" : "which_fixed")}
					</Text>
					<FilterBar filter={filter} fields={fields} search={false} />
				</div>
				{kind === "board" && (
					<NativeSelect label={t("by")} value={by ?? "channel"} onChange={(e) => setBy(e.currentTarget.value)} data={attributes.map((value) => ({ value, label: attributeName(value) }))} />
				)}
				{kind === "board" && <QuoteChoice filter={filter} chosen={quotes} onChosen={setQuotes} />}
				{kind === "wallboard" && (
					<Checkbox label={t("answers")} description={t("answers_more")} checked={answers} onChange={(e) => setAnswers(e.currentTarget.checked)} />
				)}
				<NativeSelect label={t("lasts")} value={last} onChange={(e) => setLast(e.currentTarget.value)} data={lasts.map((n) => ({ value: String(n), label: t("lasts_days", { n }) }))} />
				<Password
					label={t("password")}
					description={t("password_more")}
					autoComplete="new-password"
					value={password}
					onChange={(e) => setPassword(e.currentTarget.value)}
					error={save.at("/password")}
				/>
				<Text size="sm">{t("promise")}</Text>
				{save.error !== undefined && <Failure error={save.error} />}
				<div>
					<Button type="submit" loading={save.busy}>
						{t("make")}
					</Button>
				</div>
			</Stack>
		</form>
	);
}

function Made({ view }: { view: SharedView & { url?: string } }): ReactElement | null {
	const t = useWords("shared");
	if (!view.url) return null;
	return (
		<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="made">
			<Title order={2} size="h4" id="made">
				{t("made", { name: view.name })}
			</Title>
			<Text mt="xs">{t("made_once")}</Text>
			<div className="link-row shared-link">
				<code>{view.url}</code>
				<Copy text={view.url} label={t("copy")} primary />
				<Anchor href={view.url} target="_blank" rel="noopener noreferrer">
					{t("look")}
				</Anchor>
				{view.what !== "wallboard" && (
					<Anchor href={`${view.url}?wall`} target="_blank" rel="noopener noreferrer">
						{t("look_wall")}
					</Anchor>
				)}
			</div>
		</Paper>
	);
}

function Row({ view, onChanged }: { view: SharedView; onChanged: () => Promise<void> }): ReactElement {
	const t = useWords("shared");
	const f = useFormat();
	const again = async () => {
		await changeSharedView({ view: view.id, body: { revoked: false } });
		await onChanged();
	};
	const revoke = async () => {
		try {
			await revokeSharedView({ view: view.id });
			await onChanged();
			undoable(t("revoked_now", { name: view.name }), again);
		} catch (error) {
			sayBad(sentenceOf(error));
		}
	};
	return (
		<li className="shared-row">
			<div>
				<strong>{view.name}</strong> <span className="quiet">{t(`what_${view.what}`)}</span>{" "}
				<Badge color="gray" variant="outline" tt="none">
					{t(`state_${view.state}`)}
				</Badge>
				<Text size="sm" c="dimmed">
					{t("row", {
						actor: view.actor,
						until: f.time(view.expires_at),
						open: view.state === "open" ? "yes" : "no",
						password: view.has_password ? "yes" : "no",
						views: view.views,
						seen: view.seen_at ? f.ago(view.seen_at) : "",
					})}
				</Text>
			</div>
			{view.state === "open" && (
				<Button variant="default" size="compact-md" onClick={() => void revoke()} aria-label={t("revoke_of", { name: view.name })}>
					{t("revoke")}
				</Button>
			)}
			{view.state === "revoked" && (
				<Button variant="subtle" size="compact-md" onClick={() => void again().catch((error) => sayBad(sentenceOf(error)))} aria-label={t("again_of", { name: view.name })}>
					{t("again")}
				</Button>
			)}
		</li>
	);
}

export default function SharedScreen(): ReactElement {
	const t = useWords("shared");
	const insight = useWords("insight");
	useWords("filter");
	useWords("overview");
	useWords("why");
	useWords("share");
	const filter = useFilter("12m");
	const [made, setMade] = useState<SharedView | null>(null);
	const { value, error, reload } = useLoad((signal) => listSharedViews({}, { signal }), []);
	return (
		<Page title={t("title")} part={insight("title")}>
			<Link href={filter.on("/insight/board")} className="back no-print">
				<IconArrowLeft size={18} aria-hidden="true" /> {insight("way_board")}
			</Link>
			<Stack gap="lg" mt="md">
				{made && <Made view={made} />}
				<Paper withBorder radius="md" p="lg" component="section" aria-labelledby="new-link">
					<Title order={2} size="h4" id="new-link" mb="md">
						{t("new")}
					</Title>
					<Form
						filter={filter}
						onMade={(view) => {
							setMade(view);
							window.scrollTo(0, 0);
							void reload();
						}}
					/>
				</Paper>
				<section aria-labelledby="links">
					<Title order={2} size="h4" id="links">
						{t("list")}
					</Title>
					{error !== undefined && <Failure error={error} retry={reload} />}
					{!value && error === undefined && <Loading rows={3} />}
					{value?.views.length === 0 && <Text c="dimmed">{t("list_none")}</Text>}
					<ul className="shared-list">
						{value?.views.map((view) => (
							<Row key={view.id} view={view} onChanged={reload} />
						))}
					</ul>
				</section>
			</Stack>
		</Page>
	);
}
