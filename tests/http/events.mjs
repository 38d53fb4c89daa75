// tests/http/events.mjs - a client of the stream of changes that reads it byte by byte, as a browser's EventSource does.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const w = await watch(heed, { key, cookie, after });    after its first event
//	await w.until((w) => w.answers.length === 3);           or fails when the stream ends before
//	w.last                                                  id of the newest whole event, for the next `after`
//	w.close();
import { request } from "node:http";
import { validator } from "./validate.mjs";

const valid = { answer: validator("components", "schemas", "LiveAnswer"), reading: validator("components", "schemas", "LiveReading") };

const PATIENCE = 120_000; // ms; a look is taken twice a second

export class Watcher {
	constructor() {
		this.events = []; // { id, event, data }
		this.comments = 0;
		this.last = undefined;
		this.ended = false;
		this.rest = "";
		this.woken = () => {};
	}
	get answers() {
		return this.events.filter((e) => e.event === "answer").map((e) => e.data);
	}
	get readings() {
		return this.events.filter((e) => e.event === "reading").map((e) => e.data);
	}
	take(text) {
		const parts = (this.rest + text).split("\n\n");
		this.rest = parts.pop();
		for (const part of parts) this.one(part.split("\n"));
		this.woken();
	}
	one(lines) {
		const event = {};
		for (const line of lines) {
			const [name, ...value] = line.split(": ");
			if (name !== "") event[name] = value.join(": ");
			else this.comments++;
		}
		if (!event.data) return;
		event.data = JSON.parse(event.data);
		const check = valid[event.event];
		if (check && !check(event.data)) throw new Error(`${JSON.stringify(check.errors)}: ${lines.join("\n")}`);
		if (event.id !== event.data.place) throw new Error(`the id ${event.id} is not the place ${event.data.place}`);
		this.last = event.id;
		this.events.push(event);
	}
	end() {
		this.ended = true;
		this.woken();
	}
	/** Until `good`, or fails with what was said so far; beats say nothing and end no wait. */
	async until(good) {
		let late = false;
		const alarm = setTimeout(() => ((late = true), this.woken()), PATIENCE);
		try {
			while (!good(this)) {
				if (this.ended || late) throw new Error(`the stream ${late ? "is silent" : "ended"}: ${JSON.stringify(this.events)}`);
				await new Promise((wake) => (this.woken = wake));
			}
		} finally {
			clearTimeout(alarm);
		}
		return this;
	}
	async untilEnd() {
		while (!this.ended) await new Promise((wake) => (this.woken = wake));
	}
	close() {
		this.reply.destroy();
	}
}

/** Asks for the stream; a refusal is { status, text }. */
export function watch(heed, { key = heed.key, cookie, after, lastEventId, query = "", paused = false } = {}) {
	const headers = { Accept: "text/event-stream" };
	const at = after === undefined ? query : `${query}${query ? "&" : "?"}after=${after}`;
	if (cookie) headers.Cookie = cookie;
	else if (key) headers.Authorization = `Bearer ${key}`;
	if (lastEventId !== undefined) headers["Last-Event-ID"] = lastEventId;
	return new Promise((done, failed) => {
		const rq = request(new URL(`/api/v1/live${at}`, heed.url), { agent: false, headers }, (reply) => {
			const w = new Watcher();
			w.reply = reply;
			w.status = reply.statusCode;
			w.headers = reply.headers;
			if (w.status !== 200) {
				w.text = "";
				reply.on("data", (part) => (w.text += part));
				reply.on("end", () => done(w));
				return;
			}
			reply.setEncoding("utf8");
			reply.on("error", () => w.end());
			reply.on("close", () => w.end());
			reply.on("end", () => w.end());
			if (paused) return done(w);
			reply.on("data", (part) => w.take(part));
			w.until((seen) => seen.events.length > 0).then(() => done(w), failed);
		});
		rq.on("error", failed);
		rq.end();
	});
}
