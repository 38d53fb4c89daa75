// web/dashboard/share/people.tsx - personal links for a list: a file goes in, the same file comes back with a column.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, FileInput, Group, Progress, Select, Table, TextInput } from "@mantine/core";
import { IconDownload, IconPrinter, IconUpload } from "@tabler/icons-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { createLinks, Refusal, type Survey } from "../api.ts";
import { kindOf } from "../import/send.ts";
import { useMe } from "../me.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { countLines, delimiterOf, readAll, readCsv } from "./list.ts";
import { printSheet } from "./print.ts";
import { firstWishes, inputOf, Paper } from "./sheet.tsx";

const PROBLEMS_SHOWN = 20;
const CODES_MAX = 1000;

interface Made {
	text: string;
	header: string[];
	rows: string[][];
	name: string;
}

function madeOf(text: string, file: string): Made {
	const [header = [], ...rows] = readCsv(text, delimiterOf(text));
	return { text, header, rows, name: file.replace(/(\.\w+)?$/, "-links.csv") };
}

function save(made: Made): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([made.text], { type: "text/csv" }));
	link.download = made.name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Result({ survey, made }: { survey: Survey; made: Made }): ReactElement {
	const t = useWords("share");
	const [wishes, setWishes] = useState(firstWishes);
	const [error, setError] = useState<unknown>();
	const bad = made.rows.flatMap((row, i) => (row.at(-1) ? [{ line: i + 2, row }] : []));
	const good = made.rows.filter((row) => row.at(-2));
	const nameAt = Math.max(0, made.header.findIndex((name) => /name/i.test(name)));
	const print = () =>
		printSheet(
			survey.id,
			inputOf(
				wishes,
				good.map((row) => ({ title: (row[nameAt] || row[0] || "").slice(0, 60), link: row.at(-2) as string })),
			),
		).catch(setError);
	return (
		<>
			<p role="status">
				<strong>{t("links_made", { n: good.length })}</strong> {bad.length > 0 && t("links_bad", { n: bad.length })}
			</p>
			<Group>
				<Button onClick={() => save(made)} leftSection={<IconDownload size={16} aria-hidden />}>
					{t("download_list")}
				</Button>
			</Group>
			<p className="quiet">{t("links_next", { column: made.header.at(-2) ?? "link" })}</p>
			{bad.length > 0 && (
				<div className="share-scroll" role="region" aria-label={t("problems")} tabIndex={0}>
					<Table>
						<Table.Thead>
							<Table.Tr>
								<Table.Th>{t("line")}</Table.Th>
								<Table.Th>{t("row")}</Table.Th>
								<Table.Th>{t("problem")}</Table.Th>
							</Table.Tr>
						</Table.Thead>
						<Table.Tbody>
							{bad.slice(0, PROBLEMS_SHOWN).map(({ line, row }) => (
								<Table.Tr key={line}>
									<Table.Td>{line}</Table.Td>
									<Table.Td>{row.slice(0, -2).filter(Boolean).join(", ")}</Table.Td>
									<Table.Td>{row.at(-1)}</Table.Td>
								</Table.Tr>
							))}
						</Table.Tbody>
					</Table>
					{bad.length > PROBLEMS_SHOWN && <p className="quiet">{t("problems_more", { n: bad.length - PROBLEMS_SHOWN })}</p>}
				</div>
			)}
			{good.length > 0 && good.length <= CODES_MAX && (
				<details className="share-more">
					<summary>{t("people_codes")}</summary>
					<Paper wishes={wishes} onChange={setWishes} />
					{error !== undefined && <Failure error={error} />}
					<Button variant="default" onClick={() => void print()} leftSection={<IconPrinter size={16} aria-hidden />}>
						{t("print")}
					</Button>
				</details>
			)}
		</>
	);
}

export function PeopleTab({ survey }: { survey: Survey }): ReactElement {
	const t = useWords("share");
	const { sees_names } = useMe();
	const [file, setFile] = useState<File | null>(null);
	const [keep, setKeep] = useState("30");
	const [days, setDays] = useState("90");
	const [column, setColumn] = useState("");
	const [sent, setSent] = useState(""); // the column that the server was told
	const [progress, setProgress] = useState<{ rows: number; of: number } | null>(null);
	const [error, setError] = useState<unknown>();
	const [wrong, setWrong] = useState(false);
	const [made, setMade] = useState<Made | null>(null);
	const running = useRef<AbortController>(null);
	useEffect(() => () => running.current?.abort(), []);
	// A list that broke off has been stored in part: whoever has a link of today keeps it.
	const send = async (again: boolean) => {
		if (!file) return;
		setError(undefined);
		setMade(null);
		running.current = new AbortController();
		const { signal } = running.current;
		try {
			const of = await countLines(file);
			setProgress({ rows: 0, of });
			const wishes = { keep_days: again ? Math.max(1, Number(keep)) : Number(keep), expires_in_days: Number(days) };
			const body = new Blob([file], { type: "text/csv" });
			const email = column.trim() || undefined;
			setSent(email ?? "");
			const reply = await createLinks({ survey: survey.id, ...wishes, email, body }, { signal });
			const text = await readAll(reply, (rows) => setProgress({ rows, of }));
			setMade(madeOf(text, file.name));
		} catch (failed) {
			if (!signal.aborted) setError(failed instanceof Refusal ? failed : new Error(t("broke_off")));
		}
		setProgress(null);
	};
	if (!sees_names)
		return (
			<section className="share-card">
				<h2>{t("people_title")}</h2>
				<p className="quiet">{t("people_not_you")}</p>
			</section>
		);
	const unnamed = error instanceof Refusal && error.errors.some((one) => one.path === "email");
	return (
		<section className="share-card">
			<h2>{t("people_title")}</h2>
			<p className="quiet">{t("people_why")}</p>
			<FileInput
				label={t("file")}
				description={t("file_more")}
				placeholder={t("file_choose")}
				accept=".csv,.txt,.tsv,text/csv"
				value={file}
				onChange={(chosen) => {
					setFile(chosen);
					setMade(null);
					setError(undefined);
					setWrong(false);
					// A file that cannot be read is the server's to tell of.
					if (chosen) void kindOf(chosen).then((kind) => setWrong(kind !== null), () => undefined);
				}}
				error={wrong && t("file_wrong")}
				clearable
				clearButtonProps={{ "aria-label": t("file_clear") }}
			/>
			<div className="share-fields">
				<Select
					label={t("keep")}
					value={keep}
					onChange={(value) => setKeep(value ?? "30")}
					allowDeselect={false}
					data={[
						{ value: "30", label: t("keep_30") },
						{ value: "3650", label: t("keep_always") },
						{ value: "0", label: t("keep_none") },
					]}
				/>
				<Select
					label={t("good_for")}
					value={days}
					onChange={(value) => setDays(value ?? "90")}
					allowDeselect={false}
					data={["30", "90", "365"].map((value) => ({ value, label: t("days", { n: Number(value) }) }))}
				/>
			</div>
			{(unnamed || column) && (
				<TextInput
					label={t("column")}
					description={t("column_more")}
					value={column}
					error={unnamed && t(sent ? "column_missing" : "column_wanted", { column: sent })}
					onChange={(event) => setColumn(event.currentTarget.value)}
				/>
			)}
			{error !== undefined && !unnamed && <Failure error={error} retry={() => send(true)} />}
			{progress && (
				<div>
					<Progress value={Math.min(100, (100 * progress.rows) / progress.of)} aria-label={t("making")} />
					<p className="quiet">{t("making_n", { n: progress.rows })}</p>
				</div>
			)}
			{!made && (
				<div className="share-next">
					<Button
						onClick={() => void send(false)}
						disabled={!file || wrong}
						loading={progress !== null}
						leftSection={<IconUpload size={16} aria-hidden />}
					>
						{t("make_links")}
					</Button>
				</div>
			)}
			{made && <Result survey={survey} made={made} />}
		</section>
	);
}
