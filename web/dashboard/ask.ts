// web/dashboard/ask.ts - one request to the server, and how its "no" is heard. The functions of the API are in api.ts.
// SPDX-License-Identifier: AGPL-3.0-or-later

/** The server's refusal (RFC 9457), or a network that is away (status 0). */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** Where a body or a parameter is wrong: a JSON pointer or a name, and what to do. */
		readonly errors: { path: string; message: string }[] = [],
		/** urn:heed:problem:... */
		readonly type = "",
		/** Of what is being loaded: how much is there, in per cent. */
		readonly progress = 0,
	) {
		super(message);
	}
}

export interface How {
	signal?: AbortSignal;
	headers?: Record<string, string>;
	/** A 401 is the caller's to deal with: signing in itself. */
	signingIn?: boolean;
}

type Args = object;

let signInAgain: (() => Promise<void>) | null = null;
let signedIn = 0; // times

/** Who asks the user to sign in when the session has ended; the request then goes out again. */
export function whenSignedOut(ask: () => Promise<void>): void {
	signInAgain = ask;
}

let awayWords = "The server cannot be reached. Check your connection.";

/** How it is said, in the user's language, that the server is away: words cannot be fetched then. */
export function sayAwayAs(words: string): void {
	awayWords = words;
}

export const away = (): Refusal => new Refusal(0, awayWords);

/** "/api/v1/surveys/{survey}" and { survey: "1", group: "passives" } is a path and a query. */
export function pathOf(template: string, args: Args): string {
	const query = new URLSearchParams();
	const inPath = new Set<string>();
	const all = args as Record<string, unknown>;
	const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
		inPath.add(name);
		return encodeURIComponent(String(all[name]));
	});
	const put = (name: string, value: unknown) => {
		if (value === undefined || value === null) return;
		if (Array.isArray(value)) for (const one of value) put(name, one);
		else if (typeof value === "object") for (const [key, part] of Object.entries(value)) put(key, part);
		else query.append(name, String(value));
	};
	for (const [name, value] of Object.entries(all)) if (!inPath.has(name) && name !== "body") put(name, value);
	return query.size ? `${path}?${query}` : path;
}

function parts(body: unknown): { type?: string; bytes?: BodyInit } {
	if (body === undefined) return {};
	if (body instanceof Blob) return { type: body.type || "application/octet-stream", bytes: body };
	if (body instanceof ArrayBuffer) return { type: "application/octet-stream", bytes: body };
	if (typeof body === "string") return { type: "text/plain", bytes: body };
	return { type: "application/json", bytes: JSON.stringify(body) };
}

async function refusalOf(reply: Response): Promise<Refusal> {
	const problem = (await reply.json().catch(() => null)) as {
		detail?: string;
		title?: string;
		type?: string;
		progress?: number;
		errors?: { path: string; message: string }[];
	} | null;
	const detail = problem?.detail ?? problem?.title ?? `Error ${reply.status}`;
	return new Refusal(reply.status, detail, problem?.errors ?? [], problem?.type ?? "", problem?.progress);
}

const waiting = new Map<object, number>();
const LOADING = "heed:loading";

/** How much of the answers the server has read into memory, in per cent, while something waits for that; else null. */
export function loadingProgress(): number | null {
	return waiting.size ? Math.min(...waiting.values()) : null;
}

export function whenLoading(tell: () => void): () => void {
	addEventListener(LOADING, tell);
	return () => removeEventListener(LOADING, tell);
}

function noteLoading(who: object, progress: number | null): void {
	if (progress === null ? !waiting.delete(who) : waiting.get(who) === progress) return;
	if (progress !== null) waiting.set(who, progress);
	dispatchEvent(new Event(LOADING));
}

const loading = (error: Refusal) => error.type === "urn:heed:problem:loading";

/** A second, or until nobody wants it any more. */
function pause(signal?: AbortSignal): Promise<void> {
	return new Promise((wake) => {
		setTimeout(wake, 1000);
		signal?.addEventListener("abort", () => wake(), { once: true });
	});
}

const plain = { Accept: "application/json", "X-Heed": "1" };

interface Early {
	reply: Promise<Response>;
	over: AbortController;
}

declare global {
	interface Window {
		/** Replies on their way before the screen that wants them, by path. */
		heedEarly?: Map<string, Early>;
	}
}

/** Asks for what will be wanted in a moment. */
export function askEarly(template: string, args: Args): void {
	const path = pathOf(template, args);
	const over = new AbortController();
	const reply = fetch(path, { headers: plain, signal: over.signal });
	reply.catch(() => undefined); // who takes it hears of it
	(window.heedEarly ??= new Map()).set(path, { reply, over });
}

/** Something has changed: what was asked early and not yet taken is of old, and broken off. */
export function forgetEarly(): void {
	for (const { over } of window.heedEarly?.values() ?? []) over.abort();
	window.heedEarly?.clear();
}

/** What was asked early, once; nothing that has lain about. It is broken off with `signal`, as what is asked in time. */
function takeEarly(path: string, signal?: AbortSignal): Promise<Response> | undefined {
	if (performance.now() >= 20_000) forgetEarly();
	const early = window.heedEarly?.get(path);
	window.heedEarly?.delete(path);
	if (early) signal?.addEventListener("abort", () => early.over.abort(), { once: true });
	return early?.reply;
}

/** Where the change log stood when replies were asked early, once: from there on a screen hears what they lack. */
export function earlyPlace(): string {
	const root = document.getElementById("app");
	const place = window.heedEarly ? (root?.dataset.place ?? "") : "";
	delete root?.dataset.place;
	return place;
}

/** Any reply that is no refusal. */
export async function askRaw(method: string, template: string, args: Args, how: How = {}): Promise<Response> {
	const { type, bytes } = parts((args as { body?: unknown }).body);
	const path = pathOf(template, args);
	if (method !== "GET") forgetEarly();
	const send = () =>
		(method === "GET" && takeEarly(path, how.signal)) ||
		fetch(path, {
			method,
			headers: { ...plain, ...(type ? { "Content-Type": type } : {}), ...how.headers },
			body: bytes,
			signal: how.signal,
		});
	const once = async () => {
		try {
			return await send();
		} catch (error) {
			if (how.signal?.aborted) throw error;
			throw away();
		}
	};
	try {
		for (;;) {
			const before = signedIn;
			const reply = await once();
			if (reply.ok) return reply;
			if (reply.status === 401 && !how.signingIn && signInAgain) {
				// One that was on its way meanwhile was refused for want of the session that is there now.
				if (before === signedIn) await signInAgain().then(() => signedIn++);
				continue;
			}
			const refusal = await refusalOf(reply);
			if (!loading(refusal) || method !== "GET") throw refusal;
			noteLoading(send, refusal.progress);
			await pause(how.signal);
		}
	} finally {
		noteLoading(send, null);
	}
}

export async function ask<T>(method: string, template: string, args: Args, how?: How): Promise<T> {
	const reply = await askRaw(method, template, args, how);
	return reply.status === 204 ? (undefined as T) : ((await reply.json()) as T);
}
