// web/dashboard/ui/undo.tsx - short messages at the foot of the page, and undo instead of "are you sure".
//
//	undoable(t("deleted", { n: 3 }), () => restoreResponses({ body: { ids } }));
//	say(t("saved"));
//
// The deed is done first; the message offers to take it back for ten seconds, longer while it is pointed at or has the
// focus, and Ctrl+Z does it too.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ReactElement, useEffect, useState, useSyncExternalStore } from "react";
import { useWords } from "../words.ts";
import { sentenceOf } from "./failure.tsx";

interface Message {
	id: number;
	text: string;
	bad?: boolean;
	undo?: () => unknown;
	at: number;
}

const seconds = 10;
let messages: Message[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: Message[]): void {
	messages = next;
	for (const listener of listeners) listener();
}

function show(message: Omit<Message, "id" | "at">): void {
	change([...messages.slice(-2), { ...message, id: ++last, at: Date.now() }]);
}

const close = (id: number) => change(messages.filter((one) => one.id !== id));

/** Says that something was done that can be taken back: `undo` does that, and may take its time or fail. */
export function undoable(text: string, undo: () => unknown): void {
	show({ text, undo });
}

/** Says something that needs no answer. */
export function say(text: string): void {
	show({ text });
}

/** Says that something failed which no part of the page shows. */
export function sayBad(text: string): void {
	show({ text, bad: true });
}

/** Takes back what was done last, and not before that instant; false when there is nothing. */
export function undoLast(since = 0): boolean {
	const found = [...messages].reverse().find((one) => one.undo && one.at >= since);
	if (!found?.undo) return false;
	close(found.id);
	void run(found.undo);
	return true;
}

async function run(undo: () => unknown): Promise<void> {
	try {
		await undo();
	} catch (error) {
		sayBad(sentenceOf(error));
	}
}

function Toast({ message }: { message: Message }): ReactElement {
	const t = useWords("frame");
	const [held, setHeld] = useState(false);
	useEffect(() => {
		if (held) return;
		const timer = setTimeout(() => close(message.id), seconds * 1000);
		return () => clearTimeout(timer);
	}, [held, message.id]);
	return (
		<div
			className={message.bad ? "toast bad" : "toast"}
			onPointerEnter={() => setHeld(true)}
			onPointerLeave={() => setHeld(false)}
			onFocus={() => setHeld(true)}
			onBlur={() => setHeld(false)}
		>
			<span>{message.text}</span>
			{message.undo && (
				<button
					type="button"
					onClick={() => {
						close(message.id);
						if (message.undo) void run(message.undo);
					}}
				>
					{t("undo")}
				</button>
			)}
			<button type="button" aria-label={t("close")} onClick={() => close(message.id)}>
				×
			</button>
		</div>
	);
}

/** Where the messages appear; the frame has it once. */
export function Toasts(): ReactElement {
	const shown = useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => messages,
	);
	return (
		<div className="toasts no-print" role="status">
			{shown.map((message) => (
				<Toast key={message.id} message={message} />
			))}
		</div>
	);
}
