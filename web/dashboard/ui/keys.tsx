// web/dashboard/ui/keys.tsx - keys that do something, and the map of them under "?".
//
//	useKeys(t("keys_of_answers"), [{ keys: "j", words: t("next_answer"), run: next }, { keys: "g o", ... }]);
//
// A key is a character ("j", "?"), a name ("Enter", "ArrowDown"), two of them after one another ("g o"), or one with
// Ctrl or Cmd ("mod+s", "mod+shift+z"). Single keys do nothing while one types, and can be turned off (WCAG 2.1.4); a field has
// an undo of its own, where a dialog is open no key does anything, and Enter and Space press what Tab led to, whatever they are here.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { Button, Group, Kbd, Switch } from "@mantine/core";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { useWords } from "../words.ts";
import { Dialog } from "./dialog.tsx";

export interface Key {
	keys: string;
	words: string;
	run: () => void;
}

interface Area {
	name: string;
	keys: Key[];
}

const areas = new Set<{ current: Area }>();
const offKey = "heed-keys-off";
let before = "";
let beforeAt = 0;
/** What the keyboard gave the focus to. `:focus-visible` alone does not tell: it holds from the first key after a click, too. */
let reached: EventTarget | null = null;

function noteFocus({ target }: Event): void {
	reached = target instanceof Element && target.matches(":focus-visible") ? target : null;
}

const notePointer = (): void => void (reached = null);

export function useKeys(name: string, keys: Key[]): void {
	const area = useRef<Area>({ name, keys });
	area.current = { name, keys };
	useEffect(() => {
		areas.add(area);
		return () => {
			areas.delete(area);
		};
	}, []);
}

function isOff(): boolean {
	try {
		return localStorage.getItem(offKey) === "1";
	} catch {
		return false;
	}
}

/** A dialog, or a list that hangs over the page, has the keys for itself, also where a click beside its fields took the focus away. */
function isAside(target: EventTarget | null): boolean {
	if (document.querySelector("dialog:modal")) return true;
	return target instanceof Element && !!target.closest("dialog, [role=dialog], [role=menu], [role=listbox]");
}

function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.isContentEditable) return true;
	if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
	return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function presses({ key, target }: KeyboardEvent): boolean {
	return (key === "Enter" || key === " ") && target === reached && target instanceof Element && target.matches("a[href], button, summary, input");
}

function find(keys: string): Key | undefined {
	for (const area of [...areas].reverse()) {
		const found = area.current.keys.find((one) => one.keys === keys);
		if (found) return found;
	}
	return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
	if (event.defaultPrevented || event.altKey || event.isComposing || isAside(event.target)) return;
	const mod = event.ctrlKey || event.metaKey;
	const key = event.key.toLowerCase();
	const ownUndo = (key === "z" || key === "y") && !(event.target instanceof HTMLSelectElement);
	if (isTyping(event.target) && (!mod || ownUndo)) return;
	if (!mod && isOff() && event.key !== "?") return;
	const name = mod ? `mod+${event.shiftKey ? "shift+" : ""}${key}` : event.key;
	const both = `${before} ${name}`;
	const found = (event.timeStamp - beforeAt < 1500 && find(both)) || find(name);
	before = name;
	beforeAt = event.timeStamp;
	if (!found || presses(event)) return;
	before = "";
	event.preventDefault();
	found.run();
}

function Keys({ keys }: { keys: string }): ReactElement {
	const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
	const names = keys.split(" ").map((part) => part.replace("mod+", `${mod} `).replace("shift+", "⇧ ").replace("Arrow", ""));
	return (
		<span className="keys">
			{names.map((name, i) => (
				<Kbd key={i}>{name}</Kbd>
			))}
		</span>
	);
}

/** Listens, and shows the map; the frame has it once. */
export function KeyMap(): ReactElement | null {
	const t = useWords("frame");
	const [open, setOpen] = useState(false);
	const [off, setOff] = useState(isOff);
	useEffect(() => {
		const heard = [["keydown", onKeyDown], ["focusin", noteFocus], ["pointerdown", notePointer]] as [string, EventListener][];
		for (const [name, hear] of heard) document.addEventListener(name, hear);
		return () => heard.forEach(([name, hear]) => document.removeEventListener(name, hear));
	}, []);
	useKeys(t("keys_everywhere"), [{ keys: "?", words: t("keys_map"), run: () => setOpen(true) }]);
	if (!open) return null;
	const turn = (on: boolean) => {
		setOff(!on);
		try {
			localStorage.setItem(offKey, on ? "0" : "1");
		} catch {
			// It holds for this page then.
		}
	};
	const shown = new Map<string, Key[]>();
	for (const { current } of areas) shown.set(current.name, [...(shown.get(current.name) ?? []), ...current.keys]);
	return (
		<Dialog title={t("keys_map")} onClose={() => setOpen(false)}>
			{[...shown].map(([name, keys]) => (
				<section key={name}>
					<h3>{name}</h3>
					<dl className="key-list">
						{keys.map((one) => (
							<div key={one.keys}>
								<dt>{one.words}</dt>
								<dd>
									<Keys keys={one.keys} />
								</dd>
							</div>
						))}
					</dl>
				</section>
			))}
			<Switch checked={!off} onChange={(event) => turn(event.currentTarget.checked)} label={t("keys_single")} mt="md" />
			<Group justify="flex-end" mt="md">
				<Button onClick={() => setOpen(false)}>{t("close")}</Button>
			</Group>
		</Dialog>
	);
}
