// web/dashboard/share/sheet.tsx - a code for each of many places, on paper.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import type { SheetInput, Survey } from "../api.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { labelFault } from "./link.tsx";
import { printSheet } from "./print.ts";

const PER_PAGE = [1, 2, 4, 6, 9, 12, 20, 30] as const;
/** North America writes on letter. */
const letter = () => /-(US|CA|MX|PH)$/.test(navigator.language);

interface PaperWishes {
	paper: "a4" | "letter";
	perPage: (typeof PER_PAGE)[number];
	headline: string;
}

export const firstWishes = (): PaperWishes => ({ paper: letter() ? "letter" : "a4", perPage: 12, headline: "" });

/** Paper, codes a page, headline: the same for places and for people. */
export function Paper(props: { wishes: PaperWishes; onChange: (wishes: PaperWishes) => void }): ReactElement {
	const t = useWords("share");
	const { wishes, onChange } = props;
	return (
		<div className="share-fields">
			<Select
				label={t("paper")}
				value={wishes.paper}
				onChange={(paper) => onChange({ ...wishes, paper: (paper ?? "a4") as "a4" })}
				allowDeselect={false}
				data={[
					{ value: "a4", label: "A4" },
					{ value: "letter", label: t("letter") },
				]}
			/>
			<Select
				label={t("per_page")}
				value={String(wishes.perPage)}
				onChange={(value) => onChange({ ...wishes, perPage: Number(value) as 12 })}
				allowDeselect={false}
				data={PER_PAGE.map(String)}
			/>
			<TextInput
				label={t("headline")}
				placeholder={t("headline_such")}
				value={wishes.headline}
				maxLength={60}
				onChange={(event) => onChange({ ...wishes, headline: event.currentTarget.value })}
			/>
		</div>
	);
}

export const inputOf = (wishes: PaperWishes, codes: SheetInput["codes"]): SheetInput => ({
	paper: wishes.paper,
	per_page: wishes.perPage,
	headline: wishes.headline.trim() || undefined,
	codes,
});

export function SheetTab({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("share");
	const [text, setText] = useState("");
	const [wishes, setWishes] = useState(firstWishes);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>();
	const places = [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);
	const long = places.find(labelFault);
	const pages = Math.ceil(places.length / wishes.perPage);
	const print = async () => {
		setBusy(true);
		setError(undefined);
		try {
			await printSheet(survey.id, inputOf(wishes, places.map((place) => ({ title: place, source: place }))));
		} catch (failed) {
			setError(failed instanceof Error && failed.message === "popup" ? new Error(t("popup")) : failed);
		}
		setBusy(false);
	};
	return (
		<section className="share-card">
			<h2>{t("sheet_title")}</h2>
			<p className="quiet">{t("sheet_why")}</p>
			<Textarea
				label={t("places")}
				description={t("places_more")}
				placeholder={t("places_such")}
				autosize
				minRows={6}
				maxRows={16}
				value={text}
				onChange={(event) => setText(event.currentTarget.value)}
				error={long && t("place_long", { place: long })}
			/>
			<Paper wishes={wishes} onChange={setWishes} />
			{error !== undefined && <Failure error={error} retry={print} />}
			<div className="share-next">
				<Button
					onClick={() => void print()}
					loading={busy}
					disabled={places.length === 0 || long !== undefined}
					leftSection={<IconPrinter size={16} aria-hidden />}
				>
					{t("print")}
				</Button>
				<span className="quiet" role="status">
					{places.length > 0 ? t("codes_pages", { n: places.length, pages }) : t("places_none")}
				</span>
			</div>
		</section>
	);
}
