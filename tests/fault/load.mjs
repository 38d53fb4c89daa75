// tests/fault/load.mjs - many posters of answers, each with its own key, that remember what was acknowledged.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";

export class Posters {
	/** `rate`: answers a second in all; 0: as fast as they are taken. */
	constructor(heed, { connections = 64, rate = 0, survey = "gate" } = {}) {
		this.url = new URL(heed.url);
		this.key = heed.key;
		this.survey = survey;
		this.agent = new Agent({ keepAlive: true, maxSockets: connections });
		this.tag = randomBytes(4).toString("hex");
		this.pause = rate ? (1000 * connections) / rate : 0;
		this.acknowledged = new Set(); // external ids of persons: one an answer
		this.statuses = new Map();
		this.broken = 0;
		this.milliseconds = [];
		this.number = 0;
		this.running = true;
		this.all = Promise.all(Array.from({ length: connections }, () => this.#poster()));
	}

	async #poster() {
		if (this.pause) await new Promise((wake) => setTimeout(wake, Math.random() * this.pause));
		while (this.running) {
			const name = `${this.tag}-${this.number++}`;
			const began = performance.now();
			const status = await this.#post(name);
			const took = performance.now() - began;
			if (status === 201 || status === 200) {
				this.acknowledged.add(name);
				this.milliseconds.push(took);
			}
			if (status) this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
			else this.broken++;
			const rest = status === 0 || status >= 500 ? 20 : this.pause - took;
			if (rest > 0) await new Promise((wake) => setTimeout(wake, rest));
		}
	}

	/** The status, 0 when the connection broke. */
	#post(name) {
		const body = JSON.stringify({
			survey: this.survey,
			score: name.length % 11,
			comment: `Comment of ${name}`,
			person: { external_id: name },
		});
		return new Promise((done) => {
			const rq = request(
				{
					host: "127.0.0.1",
					port: this.url.port,
					method: "POST",
					path: "/api/v1/responses",
					agent: this.agent,
					headers: {
						Host: this.url.host,
						Authorization: `Bearer ${this.key}`,
						"Content-Type": "application/json",
						"Content-Length": Buffer.byteLength(body),
						"Idempotency-Key": name,
					},
				},
				(reply) => {
					reply.resume();
					reply.on("end", () => done(reply.statusCode));
					reply.on("error", () => done(0));
				},
			);
			rq.on("error", () => done(0));
			rq.end(body);
		});
	}

	/** Until so many were acknowledged. */
	async until(count) {
		while (this.acknowledged.size < count) await new Promise((wake) => setTimeout(wake, 5));
	}

	/** Ends the posters; each finishes the request that it has. */
	async stop() {
		this.running = false;
		await this.all;
		this.agent.destroy();
	}

	percentile(share) {
		const sorted = this.milliseconds.toSorted((a, b) => a - b);
		return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
	}
}

/** How often the answer of each poster's person is stored, read from an export: name -> count. */
export function stored(heed) {
	const counts = new Map();
	const lines = heed.mustRun("export", "--workspace", "Acme", "--format", "jsonl").split("\n").filter(Boolean);
	for (const line of lines) {
		const name = JSON.parse(line).person_external_id;
		if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return counts;
}

/** What was promised against what is there. */
export function compare(acknowledged, counts) {
	const lost = [...acknowledged].filter((name) => !counts.has(name));
	const doubled = [...counts].filter(([, n]) => n > 1);
	return { lost: lost.length, doubled: doubled.length };
}
