// web/dashboard/live.ts - what happens to answers, as it happens.
//
//	const live = useLive((news) => { if (news.again || news.answers.length > 0) void reload(); });
//	<LiveMark state={live} />
//
// The stream goes on behind the last event after a break, without a gap and without telling twice. A hidden tab lets go
// of it and catches up when it is looked at. Where no stream can be had (too many are open, a proxy that forbids it),
// `again` comes every 15 seconds. News are handed over together, ten times a second at most.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { useEffect, useRef, useState } from "react";
import { type LiveAnswer, type LiveReading, pathOf } from "./api.ts";
import { earlyPlace, forgetEarly } from "./ask.ts";
import { BACK } from "./ui/load.ts";

interface News {
	answers: LiveAnswer[];
	/** What was understood of answers, a moment after they came. */
	readings: LiveReading[];
	/** More has changed than is told, or it is not known what: look again. */
	again: boolean;
}

export type LiveState = "live" | "connecting" | "polling" | "paused";

const GATHER_MS = 100;
const POLL_MS = 15_000;
const RETRY_MS = 60_000;

const none = (): News => ({ answers: [], readings: [], again: false });

/** One stream's life; `say` hears of its state. */
class Stream {
	private source: EventSource | null = null;
	private place = earlyPlace();
	private news: News = none();
	private gathering: ReturnType<typeof setTimeout> | undefined;
	private polling: ReturnType<typeof setInterval> | undefined;
	private retry: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly tell: (news: News) => void,
		private readonly say: (state: LiveState) => void,
	) {}

	start(): void {
		this.stop();
		this.say("connecting");
		const source = new EventSource(pathOf("/api/v1/live", { after: this.place || undefined }));
		this.source = source;
		const heard = (event: MessageEvent<string>) => {
			this.place = event.lastEventId;
			return event.data;
		};
		source.addEventListener("here", (event) => {
			heard(event);
			this.say("live");
			dispatchEvent(new Event(BACK));
		});
		source.addEventListener("answer", (event) => {
			this.news.answers.push(JSON.parse(heard(event)) as LiveAnswer);
			this.gather();
		});
		source.addEventListener("reading", (event) => {
			this.news.readings.push(JSON.parse(heard(event)) as LiveReading);
			this.gather();
		});
		for (const name of ["many", "reload"] as const)
			source.addEventListener(name, (event) => {
				heard(event);
				this.say("live");
				dispatchEvent(new Event(BACK));
				this.news.again = true;
				this.gather();
			});
		source.addEventListener("error", () => {
			if (source.readyState === EventSource.CLOSED) this.poll();
			else this.say("connecting");
		});
	}

	/** Lets go of the connection, and keeps the place. */
	stop(): void {
		this.source?.close();
		this.source = null;
		clearInterval(this.polling);
		clearTimeout(this.retry);
	}

	end(): void {
		this.stop();
		clearTimeout(this.gathering);
	}

	private gather(): void {
		forgetEarly();
		this.gathering ??= setTimeout(() => {
			const { news } = this;
			this.news = none();
			this.gathering = undefined;
			this.tell(news);
		}, GATHER_MS);
	}

	private poll(): void {
		this.stop();
		this.say("polling");
		this.polling = setInterval(() => this.tell({ ...none(), again: true }), POLL_MS);
		this.retry = setTimeout(() => this.start(), RETRY_MS);
	}
}

/** Hears of answers as long as the component is there and the tab can be seen. `on` may change from draw to draw. */
export function useLive(on: (news: News) => void): LiveState {
	const [state, setState] = useState<LiveState>("connecting");
	const listener = useRef(on);
	listener.current = on;
	useEffect(() => {
		const stream = new Stream((news) => listener.current(news), setState);
		const look = () => {
			if (!document.hidden) return stream.start();
			stream.stop();
			setState("paused");
		};
		look();
		document.addEventListener("visibilitychange", look);
		return () => {
			document.removeEventListener("visibilitychange", look);
			stream.end();
		};
	}, []);
	return state;
}

/**
 * Runs `work` when it is called, but not again before it has ended and `ms` have passed; calls meanwhile are one call more.
 */
export function usePaced(work: () => Promise<unknown>, ms: number): () => void {
	const latest = useRef(work);
	latest.current = work;
	const paced = useRef<(() => void) | null>(null);
	const over = useRef(false);
	useEffect(() => {
		over.current = false;
		return () => {
			over.current = true;
		};
	}, []);
	paced.current ??= (() => {
		let busy = false;
		let again = false;
		const run = async () => {
			if (over.current) return;
			if (busy) {
				again = true;
				return;
			}
			busy = true;
			await Promise.all([latest.current(), new Promise((wake) => setTimeout(wake, ms))]);
			busy = false;
			if (!again) return;
			again = false;
			void run();
		};
		return () => void run();
	})();
	return paced.current;
}
