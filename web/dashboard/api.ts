// web/dashboard/api.ts - what the dashboard asks of the server, and how it hears "no".
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One score with what it rests on. nps and interval are null below five answers. */
export interface Figure {
	nps: number | null;
	interval: [number, number] | null;
	rough: boolean;
	responses: number;
	promoters: number;
	passives: number;
	detractors: number;
	people: number;
	effective_n: number;
	distribution: number[]; // answers of score 0 to 10
	answers_path: string;
}

export interface Point {
	from: string; // date
	to: string;
	figure: Figure;
}

/** A stratum: figures of different kinds, brands or touchpoints are never pooled. */
export interface Part {
	kind: "relationship" | "transactional";
	brand: { id: string; name: string };
	touchpoint: { code: string; name: string } | null;
	figure: Figure;
	series: Point[];
}

export interface Answer {
	id: string;
	survey_id: string;
	person_id: string | null;
	score: number | null;
	comment: string | null;
	language: string;
	channel: string;
	state: string;
	submitted_at: string;
}

export interface Person {
	id: string;
	name: string | null;
	identities: { kind: string; value: string }[];
}

export interface SurveySummary {
	id: string;
	slug: string;
	name: string;
	state: string;
	url: string;
}

export interface Me {
	user: { name: string; email: string };
	workspace: { id: string; name: string; time_zone: string; demo: boolean };
	role: string;
}

/** The server's refusal (RFC 9457), or a network that is away (status 0). */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
	let reply: Response;
	try {
		reply = await fetch(path, {
			method,
			headers: {
				Accept: "application/json",
				"X-Heed": "1",
				...(body === undefined ? {} : { "Content-Type": "application/json" }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	} catch {
		throw new Refusal(0, "The server cannot be reached. Check your connection.");
	}
	if (reply.status === 401) {
		location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
		throw new Refusal(401, "Please sign in again.");
	}
	if (!reply.ok) {
		const problem = (await reply.json().catch(() => null)) as { detail?: string; title?: string } | null;
		throw new Refusal(reply.status, problem?.detail ?? problem?.title ?? `Error ${reply.status}`);
	}
	return reply.status === 204 ? (undefined as T) : ((await reply.json()) as T);
}

export const get = <T>(path: string): Promise<T> => ask<T>("GET", path);
export const post = <T>(path: string, body?: unknown): Promise<T> => ask<T>("POST", path, body);
export const remove = (path: string): Promise<void> => ask<void>("DELETE", path);
