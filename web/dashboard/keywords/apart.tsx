// web/dashboard/keywords/apart.tsx - the words that set two sides apart, as bars to both sides of the word; a word opens its quotes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Text } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import type { Keyword, Keywords } from "../api.ts";
import { Framed } from "../chart/framed.tsx";
import { useFormat } from "../format.ts";
import { Definition } from "../insight/definition.tsx";
import { partName } from "../overview/part.ts";
import { HowWeKnow } from "../ui/how_we_know.tsx";
import { useWords } from "../words.ts";

type Said = Keyword["a"];

export interface ApartProps {
	value: Keywords;
	names: [string, string];
	/** Classes of the sides' colours. */
	kinds: [string, string];
	word: string;
	onWord: (word: string) => void;
	/** The quotes of `word`. */
	children: ReactNode;
}

function Bar({ said, end, kind }: { said: Said; end: number; kind: string }): ReactElement {
	const f = useFormat();
	const at = (v: number) => `${Math.min(100, (100 * v) / end)}%`;
	return (
		<span className={`keywords-bar ${kind}`}>
			<span className="keywords-track">
				<span className="keywords-fill" style={{ inlineSize: at(said.share ?? 0) }} />
				{said.interval && said.people > 0 && (
					<span className="keywords-range" style={{ insetInlineStart: at(said.interval[0] ?? 0), insetInlineEnd: `calc(100% - ${at(said.interval[1] ?? 0)})` }} />
				)}
			</span>
			<span className="keywords-share">{said.share === null ? "–" : f.percent(said.share)}</span>
		</span>
	);
}

function Row({ one, end, many, props }: { one: Keyword; end: number; many: boolean; props: ApartProps }): ReactElement {
	const t = useWords("keywords");
	const f = useFormat();
	const open = props.word === one.text;
	const told = t("row", {
		word: one.text,
		a: props.names[0],
		b: props.names[1],
		people_a: one.a.people,
		of_a: one.a.of,
		share_a: f.percent(one.a.share ?? 0),
		people_b: one.b.people,
		of_b: one.b.of,
		share_b: f.percent(one.b.share ?? 0),
	});
	return (
		<li>
			<button type="button" className="keywords-row" aria-expanded={open} title={told} onClick={() => props.onWord(open ? "" : one.text)}>
				<Bar said={one.a} end={end} kind={`left ${props.kinds[0]}`} />
				<span className="keywords-word">
					<span dir="auto" lang={one.language || undefined}>
						{one.text}
					</span>
					{many && one.language !== "" && <span className="keywords-language">{f.language(one.language)}</span>}
				</span>
				<Bar said={one.b} end={end} kind={props.kinds[1]} />
			</button>
			{open && <div className="keywords-open">{props.children}</div>}
		</li>
	);
}

/** Until more are asked for. */
const first = 10;

/** "“slow support” is what detractors say most more often: 24 % against 1 %." */
function useSentence({ value, names }: ApartProps): string {
	const t = useWords("keywords");
	const f = useFormat();
	const say = (one: Keyword | undefined, side: 0 | 1) => {
		if (!one) return null;
		const [mine, other] = side === 0 ? [one.a, one.b] : [one.b, one.a];
		return t("says", { name: names[side], word: one.text, share: f.percent(mine.share ?? 0), people: mine.people, of: mine.of, other: f.percent(other.share ?? 0) });
	};
	const all = [say(value.words.b[0], 1), say(value.words.a[0], 0)].filter((one) => one !== null);
	return all.length > 0 ? all.join(" ") : t("nothing", { tried: value.tried });
}

/** What the sides are taken from; promoters and detractors are of the same answers. */
function Definitions({ value, names, sample }: ApartProps & { sample: string[] }): ReactElement {
	const t = useWords("keywords");
	const overview = useWords("overview");
	const manyBrands = new Set(value.parts.map((one) => one.brand.id)).size > 1;
	const sides = value.groups ? [value.a] : [value.a, value.b];
	return (
		<>
			{sides.map((side, i) => {
				const part = side.part ? partName(overview, side.part, manyBrands) : "–";
				return (
					<Definition
						key={i}
						title={value.groups ? part : (names[i] ?? "")}
						named={sides.length > 1}
						filter={{ span: { from: side.from ?? undefined, to: side.to ?? undefined } }}
						defined={{
							figure: side.figure,
							left_out: side.left_out,
							parts: value.groups ? [part] : [part, names[i] ?? ""],
							as_of: value.as_of,
							query_us: value.query_us,
							counts: t("def_counts"),
							method: t("def_method"),
							more: value.groups ? sample : sample.slice(i, i + 1),
						}}
					/>
				);
			})}
		</>
	);
}

export function Apart(props: ApartProps): ReactElement {
	const { value, names } = props;
	const t = useWords("keywords");
	const f = useFormat();
	const [whole, setWhole] = useState(false);
	const all = [...value.words.a, ...value.words.b];
	const most = Math.max(0, ...all.flatMap((one) => [one.a.share ?? 0, one.b.share ?? 0]));
	const end = Math.min(1, Math.ceil(most * 1.3 * 20) / 20) || 1;
	const languages = new Set(all.map((one) => one.language)).size;
	const percent = (v: number | null | undefined) => (v === null || v === undefined ? null : 100 * v);
	const sample = [value.a, value.b].map((side, i) =>
		t(side.read < side.comments ? "read_newest" : "read_all", { name: names[i] ?? "", read: side.read, comments: side.comments, people: side.people, since: side.since ? f.day(f.dayOf(side.since)) : "" }),
	);
	return (
		<Framed
			title={t("title", { a: names[0], b: names[1] })}
			says={useSentence(props)}
			name="words"
			head={[t("col_word"), ...names.flatMap((name) => [t("col_share", { name }), t("col_people", { name }), t("col_of", { name })]), t("col_side"), t("col_odds"), t("col_low"), t("col_high")]}
			rows={(["a", "b"] as const).flatMap((side, i) =>
				value.words[side].map((one) => [
					one.text,
					percent(one.a.share),
					one.a.people,
					one.a.of,
					percent(one.b.share),
					one.b.people,
					one.b.of,
					names[i] ?? "",
					one.odds_ratio,
					one.odds_interval?.[0] ?? null,
					one.odds_interval?.[1] ?? null,
				]),
			)}
			actions={<Definitions {...props} sample={sample} />}
		>
			{all.length > 0 && (
				<div className="keywords-heads" aria-hidden="true">
					<span>{names[0]}</span>
					<span>{names[1]}</span>
				</div>
			)}
			{(["a", "b"] as const).map(
				(side, i) =>
					value.words[side].length > 0 && (
						<section key={side} aria-label={t("more_often", { name: names[i] ?? "" })}>
							<h3 className="keywords-side">{t("more_often", { name: names[i] ?? "" })}</h3>
							<ul className="keywords-list">
								{value.words[side].slice(0, whole ? undefined : first).map((one) => (
									<Row key={`${one.language} ${one.text}`} one={one} end={end} many={languages > 1} props={props} />
								))}
							</ul>
						</section>
					),
			)}
			{!whole && (value.words.a.length > first || value.words.b.length > first) && (
				<button type="button" className="keywords-more no-print" onClick={() => setWhole(true)}>
					{t("show_all", { n: all.length })}
				</button>
			)}
			<Text size="sm" c="dimmed" mt="md">
				{sample.join(" ")}
			</Text>
			<HowWeKnow>
				<p>{t("how", { tried: value.tried, end: f.percent(end) })}</p>
			</HowWeKnow>
		</Framed>
	);
}
