// web/dashboard/import/choose_file.tsx - the first step: a file is dropped or chosen, and sent.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { type DragEvent, type ReactElement, useEffect, useRef, useState } from "react";
import type { Upload } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure } from "../ui/failure.tsx";
import { useWords } from "../words.ts";
import { type Kind, kindOf, sendFile } from "./send.ts";

const sample = `date,score,comment,email,plan
2026-03-02,10,"They call back, always.",ada@example.com,pro
2026-03-03,8,,bo@example.com,free
2026-03-05,3,Nobody answered my question.,cy@example.com,pro
`;

interface Sending {
	file: File;
	share: number;
	stop: AbortController;
}

export function ChooseFile(props: { most: number; onSent: (upload: Upload) => void }): ReactElement {
	const t = useWords("import");
	const f = useFormat();
	const input = useRef<HTMLInputElement>(null);
	const [over, setOver] = useState(false);
	const [sending, setSending] = useState<Sending | null>(null);
	const [wrong, setWrong] = useState<Kind | "large" | null>(null);
	const [failed, setFailed] = useState<{ error: unknown; file: File } | null>(null);
	useEffect(() => () => sending?.stop.abort(), [sending?.stop]);

	const mib = Math.floor(props.most / 2 ** 20);
	const most = mib >= 1024 ? `${f.number(Math.floor(mib / 102.4) / 10)} GB` : `${f.number(mib)} MB`;
	const send = async (file: File) => {
		setFailed(null);
		const kind = file.size > props.most ? "large" : await kindOf(file);
		setWrong(kind);
		if (kind) return;
		const stop = new AbortController();
		setSending({ file, share: 0, stop });
		try {
			const upload = await sendFile(file, stop.signal, (share) => setSending({ file, share, stop }));
			if (upload) props.onSent(upload);
		} catch (error) {
			setFailed({ error, file });
		} finally {
			setSending(null);
		}
	};
	const onDrop = (event: DragEvent) => {
		event.preventDefault();
		setOver(false);
		const file = event.dataTransfer.files[0];
		if (file && !sending) void send(file);
	};

	return (
		<Stack gap="md">
			<section
				className={over ? "drop over" : "drop"}
				aria-label={t("choose")}
				onDragOver={(event) => {
					event.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}
				onDrop={onDrop}
			>
				{sending ? (
					<Stack gap="sm" w="100%">
						<Text>{t("sending", { name: sending.file.name, size: f.bytes(sending.file.size) })}</Text>
						<Progress value={sending.share * 100} size="lg" aria-label={t("sending_progress")} />
						<Group justify="space-between">
							<Text size="sm" className="quiet" role="status">
								{t("sent_share", { share: f.percent(sending.share) })}
							</Text>
							<Button variant="default" size="sm" onClick={() => sending.stop.abort()}>
								{t("stop_sending")}
							</Button>
						</Group>
					</Stack>
				) : (
					<>
						<IconFileImport size={40} stroke={1.4} aria-hidden="true" />
						<Text>{t("drop")}</Text>
						<Button size="md" onClick={() => input.current?.click()}>
							{t("choose")}
						</Button>
						<input
							ref={input}
							type="file"
							hidden
							accept=".csv,.tsv,.txt,.jsonl,text/csv,text/plain,text/tab-separated-values"
							onChange={(event) => {
								const file = event.currentTarget.files?.[0];
								event.currentTarget.value = "";
								if (file) void send(file);
							}}
						/>
					</>
				)}
			</section>
			{wrong && (
				<Alert color="red" role="alert" title={t("wrong_file")}>
					{t(`wrong_${wrong}`, { most })}
				</Alert>
			)}
			{failed && <Failure error={failed.error} retry={() => send(failed.file)} />}
			<Text size="sm" className="quiet">
				{t("formats", { most })}{" "}
				<a href={`data:text/csv;charset=utf-8,${encodeURIComponent(sample)}`} download="heed-sample.csv">
					{t("sample")}
				</a>
			</Text>
		</Stack>
	);
}
