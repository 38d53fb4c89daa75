// web/dashboard/ui/kept_focus.ts - where the focus goes when what had it is taken out of the page: to what stands there now.
//
// A form that becomes its result, a row that is deleted, a step that is followed by the next: the browser then leaves the
// focus on the page as a whole. It goes to the first heading or field of what took the place, else to the row behind, else to
// the heading above. What is still on its way is waited for. Who moves the focus oneself is not disturbed.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect } from "react";

const headings = "h1, h2, h3, h4";
const fields = "input:not([type=hidden], [type=file]), select, textarea";
const controls = "a[href], button, summary, input[type=checkbox]";

interface Place {
	parent: Element;
	/** What was taken out, and what stood around it. */
	gone: Element;
	before: Node | null;
	behind: Node | null;
}

const usable = (one: HTMLElement) => one.getClientRects().length > 0 && !one.matches(":disabled");

function firstIn(within: Element, selector: string): HTMLElement | undefined {
	const all = [...within.querySelectorAll<HTMLElement>(selector)];
	return (within.matches(selector) ? [within as HTMLElement, ...all] : all).find(usable);
}

function* following({ parent, before, behind }: Place): Generator<Element> {
	let node = before?.parentNode === parent ? before.nextSibling : parent.firstChild;
	for (; node && node !== behind; node = node.nextSibling) if (node instanceof Element) yield node;
}

function rowBeside({ parent, gone, before, behind }: Place): HTMLElement | undefined {
	const rows = [behind, before].filter((one): one is Element => one instanceof Element && one.parentNode === parent && one.tagName === gone.tagName);
	return /^(LI|TR)$/.test(gone.tagName) ? rows.map((row) => firstIn(row, controls)).find(Boolean) : undefined;
}

function headingAbove(from: Element): HTMLElement | undefined {
	for (let at: Element | null = from; at; at = at.parentElement) {
		const found = firstIn(at, headings);
		if (found) return found;
		if (at.matches("dialog, main")) return undefined;
	}
	return undefined;
}

/** undefined while it is not there yet. */
function heirOf(place: Place, touched: boolean): HTMLElement | undefined {
	const heirs = [...following(place)];
	const first = touched ? headings : `${headings}, ${fields}`;
	const found = heirs.map((one) => firstIn(one, first)).find(Boolean) ?? heirs.map((one) => firstIn(one, controls)).find(Boolean);
	if (found || heirs.some((one) => one.matches("[aria-busy=true]") || one.querySelector("[aria-busy=true]"))) return found;
	return rowBeside(place) ?? headingAbove(place.parent);
}

function placeOf(records: MutationRecord[], last: Element): Place | undefined {
	for (const { removedNodes, target, previousSibling, nextSibling } of records)
		for (const node of removedNodes)
			if (node instanceof Element && node.contains(last) && target instanceof Element && target.isConnected)
				return { parent: target, gone: node, before: previousSibling, behind: nextSibling };
	return undefined;
}

const nowhere = () => !document.activeElement || document.activeElement === document.body;

export function useKeptFocus(): void {
	useEffect(() => {
		let last: Element | null = null;
		let place: Place | undefined;
		let pointer = "";
		let timer: ReturnType<typeof setTimeout> | undefined;
		const go = () => {
			if (!place || !nowhere()) return;
			const heir = place.parent.isConnected ? heirOf(place, pointer === "touch") : undefined;
			if (!heir) return;
			if (heir.matches(headings) && !heir.hasAttribute("tabindex")) heir.tabIndex = -1;
			heir.focus({ preventScroll: pointer !== "" });
		};
		const onFocus = ({ target }: Event) => {
			last = target instanceof Element ? target : null;
			place = undefined;
		};
		const onKey = () => void (pointer = "");
		const onPointer = (event: PointerEvent) => {
			pointer = event.pointerType;
			place = undefined;
			if (nowhere()) last = null;
		};
		// Behind what the change itself does with the focus.
		const observer = new MutationObserver((records) => {
			if (!nowhere()) return;
			if (last && !last.isConnected) place = placeOf(records, last) ?? place;
			if (!place) return;
			clearTimeout(timer);
			timer = setTimeout(go, 0);
		});
		observer.observe(document.body, { childList: true, subtree: true });
		document.addEventListener("focusin", onFocus);
		document.addEventListener("keydown", onKey, true);
		document.addEventListener("pointerdown", onPointer, true);
		return () => {
			clearTimeout(timer);
			observer.disconnect();
			document.removeEventListener("focusin", onFocus);
			document.removeEventListener("keydown", onKey, true);
			document.removeEventListener("pointerdown", onPointer, true);
		};
	}, []);
}
