// web/dashboard/import/send.ts - a file on its way to the server, with how far it is; and what it is before it goes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { pathOf, Refusal, type Upload } from "../api.ts";
import { away } from "../ask.ts";

/** What a file is that is no table. */
export type Kind = "workbook" | "archive" | "picture" | "pdf" | "empty";

const magic: [Kind, string][] = [
	["workbook", "d0cf11e0"],
	["picture", "89504e47"],
	["picture", "ffd8ff"],
	["picture", "47494638"],
	["pdf", "25504446"],
	["archive", "1f8b"],
];

/** By its first bytes, so that nobody waits for a workbook to arrive and be refused. The server looks again. */
export async function kindOf(file: File): Promise<Kind | null> {
	if (file.size === 0) return "empty";
	const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
	const hex = Array.from(head.slice(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
	if (hex === "504b0304") {
		const text = new TextDecoder("latin1").decode(head);
		return /\[Content_Types\]\.xml|xl\/|opendocument\.spreadsheet/.test(text) ? "workbook" : "archive";
	}
	return magic.find(([, start]) => hex.startsWith(start))?.[0] ?? null;
}

function refusalOf(request: XMLHttpRequest): Refusal {
	let problem: { type?: string; detail?: string; errors?: { path: string; message: string }[] } = {};
	try {
		problem = JSON.parse(request.responseText) as typeof problem;
	} catch {
		// A proxy's page, perhaps: the status says what it can.
	}
	return new Refusal(request.status, problem.detail ?? `Error ${request.status}`, problem.errors ?? [], problem.type ?? "");
}

/** fetch tells nothing of a body on its way, so this is an older friend. Resolves to null when it was stopped. */
export function sendFile(file: File, signal: AbortSignal, onProgress: (share: number) => void): Promise<Upload | null> {
	return new Promise((done, failed) => {
		const request = new XMLHttpRequest();
		request.open("POST", pathOf("/api/v1/uploads", { name: file.name.slice(0, 120) }));
		request.setRequestHeader("X-Heed", "1");
		request.setRequestHeader("Content-Type", "application/octet-stream");
		request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
		request.onload = () =>
			request.status === 201 ? done(JSON.parse(request.responseText) as Upload) : failed(refusalOf(request));
		request.onerror = () => failed(away());
		request.onabort = () => done(null);
		signal.addEventListener("abort", () => request.abort());
		request.send(file);
	});
}
