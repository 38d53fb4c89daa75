// web/dashboard/share/print.ts - a sheet from the server in a window of its own, from which one prints.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { makeSheet, type SheetInput } from "../api.ts";

const AT_ONCE = 200; // codes that the server takes in one go

interface Sheet {
	css: string;
	title: string;
	body: Node[];
}

async function fetchSheet(survey: string, wishes: SheetInput): Promise<Sheet> {
	const parts: Document[] = [];
	let css = "";
	const perPage = wishes.per_page ?? 1;
	const some = Math.floor(AT_ONCE / perPage) * perPage; // whole pages
	for (let at = 0; at < wishes.codes.length; at += some) {
		const body = { ...wishes, codes: wishes.codes.slice(at, at + some) };
		const html = await (await makeSheet({ survey, body })).text();
		const markup = html.replace(/<style[^>]*>([^<]*)<\/style>/, (_, found: string) => ((css = found), ""));
		parts.push(new DOMParser().parseFromString(markup, "text/html"));
	}
	return { css, title: parts[0]?.title ?? "", body: parts.flatMap((part) => [...part.body.childNodes]) };
}

/** The window opens at the press of the button, for browsers stop it later. It has this page's policy, so the style goes in
 * as a sheet that a script has made. */
export async function printSheet(survey: string, wishes: SheetInput): Promise<void> {
	const page = window.open("", "_blank") as (Window & typeof globalThis) | null;
	try {
		const sheet = await fetchSheet(survey, wishes);
		if (!page) throw new Error("popup");
		const style = new page.CSSStyleSheet();
		style.replaceSync(sheet.css);
		page.document.adoptedStyleSheets = [style];
		page.document.title = sheet.title;
		page.document.body.replaceChildren(...sheet.body.map((node) => page.document.importNode(node, true)));
		page.document.documentElement.lang = document.documentElement.lang;
		page.focus();
		page.print();
	} catch (error) {
		page?.close();
		throw error;
	}
}
