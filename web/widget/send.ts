// SPDX-License-Identifier: MIT
// Answers on their way: each is kept on the device until the server has replied.
import { host } from "./host.ts";
import { keep, recall, visited } from "./memory.ts";

export const DRAFT = "heed:draft:";
const KEEPALIVE_MAX = 6e4; // bytes; browsers refuse a send of more than 64 KiB that is to outlive its page

export function post(url: string, body: string, mode: RequestMode = "cors"): Promise<Response> {
	return fetch(url, {
		method: "POST",
		mode,
		headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
		body,
		keepalive: body.length < KEEPALIVE_MAX,
		credentials: "omit",
	});
}

/** Worth another try: the server is away or has too much to do. Any other refusal is its last word. */
export const isForNow = ({ status }: Response) => status === 408 || status === 429 || status >= 500;

/** Sends what an earlier page could not; its number makes one answer of it, had that arrived all the same. */
async function resend(key: string) {
	const draft = recall(key);
	try {
		const [url, body, slug] = JSON.parse(draft!);
		if (!url.startsWith(`${host}/`)) return; // of another server, whose script sends it
		const reply = await post(url, body);
		if (isForNow(reply)) return;
		if (!reply.ok) keep(visited(slug));
		if (recall(key) === draft) keep(key);
	} catch {
		// It stays for the next time.
	}
}

export function resendAll() {
	let keys: string[] = [];
	try {
		keys = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));
	} catch {
		// Nothing could be kept.
	}
	const send = () => keys.forEach((key) => void resend(key));
	send();
	addEventListener("online", send);
}
