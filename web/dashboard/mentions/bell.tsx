// web/dashboard/mentions/bell.tsx - notes of colleagues that call the user by name, a click away on every screen.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { type ReactElement, useEffect, useState } from "react";
import { Link } from "wouter";
import { listMentions, readMentions } from "../api.ts";
import { useFormat } from "../format.ts";
import { Failure } from "../ui/failure.tsx";
import { type Load, useLoad } from "../ui/load.ts";
import { useWords } from "../words.ts";

type Mentions = Awaited<ReturnType<typeof listMentions>>;

/** How often it looks while the page is seen. */
const every = 60_000;

/** Looks now and then, and whenever the page is come back to. */
function useMentions(): Load<Mentions> {
	const load = useLoad((signal) => listMentions({}, { signal }), []);
	const { reload } = load;
	useEffect(() => {
		const look = () => document.visibilityState === "visible" && void reload();
		const timer = setInterval(look, every);
		document.addEventListener("visibilitychange", look);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", look);
		};
	}, [reload]);
	return load;
}

function One({ mention, onGo }: { mention: Mentions["mentions"][number]; onGo: () => void }): ReactElement {
	const t = useWords("frame");
	const f = useFormat();
	const { note } = mention;
	return (
		<li className={mention.read_at === null ? "unread" : undefined}>
			<Link href={`/answers/${note.response_id}`} onClick={onGo}>
				<span>
					<b>{note.author}</b>{" "}
					<time className="quiet" dateTime={note.created_at} title={f.time(note.created_at)}>
						{f.ago(note.created_at)}
					</time>
				</span>
				<span className="mention-text" dir="auto">
					{note.text}
				</span>
				<span className="quiet mention-about" dir="auto">
					{mention.score === null ? t("bell_about") : t("bell_about_score", { score: mention.score })}
					{mention.comment && ` · ${mention.comment}`}
				</span>
			</Link>
		</li>
	);
}

export default function Bell(): ReactElement {
	const t = useWords("frame");
	const f = useFormat();
	const [open, setOpen] = useState(false);
	const { value, error, reload } = useMentions();
	const unread = value?.unread ?? 0;
	const turn = (next: boolean) => {
		setOpen(next);
		if (next) void reload();
		else if (unread > 0) void readMentions().then(reload, () => undefined); // read, once it was open
	};
	const name = unread > 0 ? t("bell_unread", { n: unread }) : t("bell");
	return (
		<Popover opened={open} onChange={turn} position="bottom-end" width={340} trapFocus returnFocus withinPortal={false} shadow="md">
			<Popover.Target>
				<ActionIcon className="bell" variant="subtle" color="gray" size={40} aria-label={name} onClick={() => turn(!open)}>
					<IconBell size={22} stroke={1.6} aria-hidden="true" />
					{unread > 0 && (
						<span className="bell-count" aria-hidden="true">
							{unread > 9 ? "9+" : f.number(unread)}
						</span>
					)}
				</ActionIcon>
			</Popover.Target>
			<Popover.Dropdown aria-label={t("bell")}>
				<Text fw={600} mb="xs">
					{t("bell")}
				</Text>
				{error !== undefined && <Failure error={error} retry={reload} />}
				{value?.mentions.length === 0 && <Text c="dimmed">{t("bell_none")}</Text>}
				<ul className="mentions">
					{value?.mentions.map((mention) => (
						<One key={mention.note.id} mention={mention} onGo={() => turn(false)} />
					))}
				</ul>
			</Popover.Dropdown>
		</Popover>
	);
}
