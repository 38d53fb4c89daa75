// SPDX-License-Identifier: MIT
// Heed's survey in somebody else's page. This file and everything in web/widget may be used under the MIT licence.
//
//	<script src="https://HOST/w.js" data-survey="SLUG" async></script>         a small window in the corner
//	<div data-heed-survey="SLUG"></div>                                         in its place in the page
//
// It needs no style of the page and changes none: a shadow root with a sheet made by script, which a strict
// Content-Security-Policy lets pass (script-src and connect-src of HOST are all it needs). docs/share.md has the rest.
import { sheet } from "./style.ts";

interface Question {
	name: string;
	text: string;
	must: boolean;
	groups: boolean[];
	choices: [string, string][]; // none: a rating from 1 to 5
}

interface Survey {
	n: string;
	v: number;
	lang: string;
	dir: string;
	colour: string;
	on: string;
	title: string;
	question: string;
	low: string;
	high: string;
	follow_up: string[];
	thanks: string[];
	buttons: ([string, string] | null)[];
	required: boolean;
	once: string;
	open: string;
	send: string;
	close: string;
	change: string;
	unsent: string;
	over: string;
	over_text: string;
	questions: Question[];
}

interface Claim {
	person?: string;
	expires?: string | number;
	signature?: string;
}

type Options = Record<string, string | undefined>;
type Part = Node | string;

const DAY = 864e5;
const me = (document.currentScript ?? document.querySelector("script[data-survey][src*='/w.js']")) as HTMLScriptElement;
const host = new URL(me.src).origin;

let claim: Claim = {};
let popup: Widget | undefined; // the one that is open

function make(name: string, attributes: Record<string, string>, ...parts: Part[]): HTMLElement {
	const node = document.createElement(name);
	for (const key in attributes) node.setAttribute(key, attributes[key]!);
	node.append(...parts);
	return node;
}

/** How HTML writes a name of a dataset: pOrderId is p-order-id. */
const attribute = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

// What the visitor did before is kept on their device alone; where that is forbidden, for this page.
const memory: Record<string, string | undefined> = {};
function recall(key: string): string | undefined {
	try {
		return localStorage.getItem(key) ?? memory[key];
	} catch {
		return memory[key];
	}
}
function keep(key: string, value?: string) {
	memory[key] = value;
	try {
		if (value === undefined) localStorage.removeItem(key);
		else localStorage.setItem(key, value);
	} catch {
		// As said above.
	}
}
const visited = (slug: string) => `heed:${slug}`;

// Answers.

const DRAFT = "heed:draft:";
const KEEPALIVE_MAX = 6e4; // bytes; browsers refuse a send of more than 64 KiB that is to outlive its page

function post(url: string, body: string, mode: RequestMode = "cors"): Promise<Response> {
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
const isForNow = ({ status }: Response) => status === 408 || status === 429 || status >= 500;

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

function resendAll() {
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

class Widget {
	readonly slug: string;
	readonly box = make("div", {});
	private root: HTMLElement;
	private status = make("p", { role: "status" });
	private survey!: Survey;
	private action: string;
	private fields: Record<string, string> = { js: "1" };
	private score = -1;
	private asked = false;
	private finished = false;
	private refused = false;
	private dirty = false;
	private sending = false;
	private sent = ""; // what the server has, or is being sent
	private failures = 0;
	private wake = () => {};
	private before: Element | null = null;
	private shown = false;
	private timer = 0; // until it counts as displayed
	private loaded = false;

	constructor(
		readonly options: Options,
		readonly place?: HTMLElement,
	) {
		this.slug = options.survey!;
		this.action = `/s/${this.slug}?answer`;
		this.root = make("div", { class: place ? "in" : "pop", part: "heed" });
		const shadow = this.box.attachShadow({ mode: "open" });
		try {
			const own = new CSSStyleSheet();
			own.replaceSync(sheet);
			shadow.adoptedStyleSheets = [own];
		} catch {
			shadow.append(make("style", {}, sheet)); // browsers before 2023
		}
		shadow.append(this.root);
		if (options.theme) this.root.setAttribute("data-theme", options.theme);
		this.root.addEventListener("keydown", (event) => this.key(event));
	}

	private get preview() {
		return this.options.preview !== undefined;
	}

	/** Asks the server what to show; false when the survey takes no answers. */
	async load(): Promise<boolean> {
		const lang = this.options.lang ?? document.documentElement.lang;
		try {
			const reply = await fetch(`${host}/s/${this.slug}/widget?lang=${encodeURIComponent(lang)}`, {
				credentials: "omit",
			});
			if (!reply.ok) return false;
			this.survey = await reply.json();
		} catch {
			return false;
		}
		const { n, v, lang: spoken, dir, colour, on } = this.survey;
		Object.assign(this.fields, { n, v: String(v), lang: spoken, p_channel: this.options.channel ?? "in-app" });
		if (this.options.source) this.fields.p_source = this.options.source;
		for (const name in this.options)
			if (/^p[A-Z-]/.test(name)) this.fields[`p_${attribute(name).slice(2)}`] = this.options[name]!;
		this.root.lang = spoken;
		this.root.dir = dir;
		this.root.style.setProperty("--b", colour);
		this.root.style.setProperty("--o", on);
		return true;
	}

	// Showing.

	show(focus: boolean) {
		this.before = document.activeElement;
		this.ask();
		this.loaded = true;
		if (this.place) this.settle();
		else {
			this.root.setAttribute("role", "dialog");
			this.root.setAttribute("aria-labelledby", "q");
			if (this.options.position === "left") this.root.classList.add("left");
			document.body.append(this.box);
			// A screen reader hears of it when the text comes into a region that is there.
			this.status.className = "sr";
			setTimeout(() => (this.status.textContent = this.survey.title), 100);
		}
		if (focus) this.root.querySelector("button")!.focus();
		if (this.place && "IntersectionObserver" in window) this.watch();
		else this.look();
	}

	/** Into its place, which may have been emptied since. */
	settle() {
		if (this.loaded && this.box.parentNode !== this.place) this.place!.append(this.box);
	}

	/** In its place it is in sight while half of it is: it is lower than any screen, whatever height the place has. */
	private watch() {
		const observer = new IntersectionObserver(
			(entries) => {
				clearTimeout(this.timer);
				if (this.shown) observer.disconnect();
				else if (entries[entries.length - 1]!.intersectionRatio >= 0.5) this.look();
			},
			{ threshold: 0.5 },
		);
		observer.observe(this.box);
	}

	/** Displayed is what was in sight for a second. */
	private look() {
		this.timer = window.setTimeout(() => {
			if (document.visibilityState === "visible") this.count();
			else if (this.box.isConnected) this.look();
		}, 1000);
	}

	/** Once for each time, and not in a browser that is driven. */
	private count() {
		if (this.shown || this.preview || navigator.webdriver) return;
		this.shown = true;
		const { n, p_channel, p_source = "" } = this.fields;
		const body = new URLSearchParams({ n: n!, c: p_channel!, s: p_source });
		void post(`${host}/s/${this.slug}/shown`, String(body), "no-cors").catch(() => {});
	}

	private fill(...parts: Part[]) {
		const close = make("button", { class: "x", type: "button", "aria-label": this.survey.close }, "×");
		close.addEventListener("click", (event) => this.dismiss(event));
		this.root.replaceChildren(...(this.place ? [] : [close]), ...parts, this.status);
	}

	private ask() {
		const s = this.survey;
		const scale = make("div", { class: "scale", role: "group", "aria-labelledby": "q" });
		for (let n = 0; n <= 10; n++) {
			const end = n === 0 ? s.low : n === 10 ? s.high : "";
			const button = make("button", { type: "button", "aria-pressed": String(n === this.score) }, String(n));
			if (end) button.setAttribute("aria-label", `${n} – ${end}`);
			button.addEventListener("click", (event) => this.choose(n, event));
			scale.append(button);
		}
		const ends = make("p", { class: "ends", "aria-hidden": "true" }, make("span", {}, s.low), make("span", {}, s.high));
		this.fill(make("h2", { id: "q" }, s.question), scale, ends);
	}

	private get group() {
		return this.score >= 9 ? 2 : this.score >= 7 ? 1 : 0;
	}

	private questions() {
		return this.survey.questions.filter((q) => q.groups[this.group]);
	}

	private followUp(focus: boolean) {
		const s = this.survey;
		const form = make("form", {}) as HTMLFormElement;
		const back = make("button", { type: "button", class: "back" });
		back.append(make("b", {}, String(this.score)), " ", make("span", {}, s.change));
		back.addEventListener("click", () => {
			this.read(form);
			this.finished = false;
			delete this.fields.done;
			this.ask();
			(this.root.querySelectorAll(".scale button")[this.score] as HTMLElement).focus();
		});
		const text = make("textarea", { id: "c", rows: "3", maxlength: "10000", dir: "auto" }) as HTMLTextAreaElement;
		text.value = this.fields.comment ?? "";
		const label = make("label", { for: "c", id: "q" }, s.follow_up[s.follow_up.length > 1 ? this.group : 0]!);
		form.append(make("h2", {}, label), text);
		for (const q of this.questions()) form.append(this.question(q));
		const hint = make("p", { class: "hint", role: "alert" });
		form.append(hint, make("button", { class: "main" }, s.send));
		form.addEventListener("input", () => this.read(form));
		form.addEventListener("change", (event) => this.prove(event));
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			this.prove(event);
			this.read(form);
			if (!this.asked && (hint.textContent = this.missing())) this.asked = true;
			else this.finish();
		});
		this.fill(back, form);
		if (focus) text.focus();
	}

	private question(q: Question): HTMLElement {
		const choices = q.choices.length ? q.choices : [1, 2, 3, 4, 5].map((n) => [String(n), String(n)]);
		const set = make("fieldset", { class: q.choices.length ? "" : "rating" }, make("legend", {}, q.text));
		for (const [value, label] of choices) {
			const radio = make("input", { type: "radio", name: q.name, value: value! }) as HTMLInputElement;
			radio.checked = this.fields[q.name] === value;
			set.append(make("label", {}, radio, make("span", {}, label!)));
		}
		return set;
	}

	private thank() {
		const [text, href] = this.survey.buttons[this.group] ?? [];
		const link = { class: "main", href: href!, target: "_blank", rel: "noopener noreferrer" };
		this.end(this.survey.thanks[this.group]!, ...(text ? [make("a", link, text)] : []));
	}

	/** What there is to say at the end. It takes the focus of the form that it replaces, and nobody else's. */
	private end(title: string, ...parts: Part[]) {
		const heading = make("h2", { id: "q", tabindex: "-1" }, title);
		const at = document.activeElement;
		this.fill(heading, ...parts);
		if (!at || at === document.body || at === this.box) heading.focus({ preventScroll: true });
	}

	// Answering.

	/** Only a real event of a browser that nobody drives proves a person. */
	private prove(event: Event) {
		if (event.isTrusted && !navigator.webdriver) this.fields.proof = "tap";
	}

	private read(form: HTMLFormElement) {
		const comment = form.querySelector("textarea")!.value;
		if (comment || this.fields.comment) this.fields.comment = comment;
		for (const radio of Array.from(form.querySelectorAll<HTMLInputElement>(":checked")))
			this.fields[radio.name] = radio.value;
	}

	private missing(): string {
		if (this.survey.required && !this.fields.comment?.trim()) return this.survey.once;
		return this.questions().some((q) => q.must && !this.fields[q.name]) ? this.survey.open : "";
	}

	private choose(n: number, event: MouseEvent) {
		this.prove(event);
		this.count();
		this.score = n;
		this.fields.score = String(n);
		this.remember();
		this.send();
		this.followUp(event.detail === 0 || matchMedia("(pointer: fine)").matches);
	}

	private finish() {
		this.fields.done = "1";
		this.finished = true;
		this.busy(true);
		this.send();
		if (this.preview) this.thank();
	}

	/** The whole answer, again and again until the server has it; n makes one answer of all sends. */
	private send() {
		if (this.preview || this.refused) return;
		this.dirty = true;
		this.failures = 0;
		this.wake();
		if (!this.sending) void this.flush();
	}

	private async flush() {
		this.sending = true;
		try {
			while (this.dirty && !this.refused) {
				this.dirty = false;
				if (await this.deliver()) continue;
				this.dirty = true;
				this.busy(false);
				this.say(this.survey.unsent);
				await this.pause();
			}
		} finally {
			this.sending = false;
		}
		if (this.finished && !this.refused) this.thank();
	}

	/** Until the next try: half a minute at most, less when the network is back or the visitor presses Send. */
	private pause(): Promise<void> {
		return new Promise((go) => {
			const again = () => this.send();
			const wake = () => {
				clearTimeout(timer);
				removeEventListener("online", again);
				go();
			};
			const timer = setTimeout(wake, 1000 * Math.min(30, 2 ** this.failures++));
			addEventListener("online", again);
			this.wake = wake;
		});
	}

	private busy(on: boolean) {
		this.root.querySelector(".main")?.setAttribute("aria-busy", String(on));
	}

	private answer() {
		return String(new URLSearchParams(this.fields));
	}

	/** One try; false when it is to be made again. Until the server has replied the answer is kept on the device. */
	private async deliver(): Promise<boolean> {
		const answer = this.answer();
		const url = host + this.action;
		const body = String(new URLSearchParams({ ...this.fields, ...this.claim() }));
		const key = DRAFT + this.fields.n;
		const draft = JSON.stringify([url, body, this.slug]);
		this.sent = answer;
		keep(key, draft);
		try {
			const reply = await post(url, body);
			if (!reply.ok && isForNow(reply)) throw reply;
			if (reply.ok) this.accept(await reply.json());
			else this.refuse(await reply.json().catch(() => ({})));
			if (recall(key) === draft) keep(key);
			return true;
		} catch {
			this.sent = "";
			return false;
		}
	}

	private accept({ path, identity }: { path: string; identity?: string }) {
		if (identity) console.warn(`heed: the answer has no person, for its identity does not hold: ${identity}`);
		this.action = path;
		this.failures = 0;
		this.say("");
	}

	/** The survey was closed, paused or filled up since it was asked for; the reply says which. */
	private refuse({ title = this.survey.over, text = this.survey.over_text }: { title?: string; text?: string }) {
		this.refused = true;
		keep(visited(this.slug));
		this.end(title);
		this.say(text);
	}

	private say(text: string) {
		this.status.className = "";
		this.status.textContent = text;
	}

	private claim(): Record<string, string> {
		const { person, expires, signature } = claim;
		return person && signature ? { person, expires: String(expires ?? ""), signature } : {};
	}

	/** What was given and not sent goes out when the page does, at once: a try that waits or is on its way may end with it. */
	leave() {
		if (this.score < 0 || this.preview || this.refused || this.answer() === this.sent) return;
		if (this.sending) void this.deliver();
		else this.send();
	}

	// Closing.

	private remember() {
		if (!this.preview && !this.place && !this.refused) keep(visited(this.slug), String(Date.now()));
	}

	private key(event: KeyboardEvent) {
		if (event.key === "Escape" && !this.place) return this.dismiss(event);
		const buttons = Array.from(this.root.querySelectorAll<HTMLElement>(".scale button"));
		const at = buttons.indexOf(event.composedPath()[0] as HTMLElement);
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (at < 0 || !step) return;
		event.preventDefault();
		buttons[Math.max(0, Math.min(10, at + (this.root.dir === "rtl" ? -step : step)))]!.focus();
	}

	/** Closed by the visitor: without a score that is an answer too, "dismissed". */
	private dismiss(event: Event) {
		this.prove(event);
		this.count();
		if (this.score < 0) {
			this.fields.dismissed = "1";
			this.send();
		}
		this.remember();
		this.close();
	}

	close() {
		this.leave();
		const inside = this.box.contains(document.activeElement);
		this.box.remove();
		if (popup === this) popup = undefined;
		if (inside && this.before instanceof HTMLElement) this.before.focus();
	}
}

// When to show.

const inline = new Map<HTMLElement, Widget>(); // by the places that are in the page
const places = new WeakMap<HTMLElement, Widget>(); // and by all: a router may put one back that it took out
const configs: Options[] = [];
let round = 0; // of the page's paths: what was waited for on an earlier one is void
let busy = false;

async function open(options: Options, focus: boolean, force: boolean) {
	const days = Number(options.days ?? 90);
	const preview = options.preview !== undefined;
	if (popup || busy || (!force && !preview && Date.now() - Number(recall(visited(options.survey!)) ?? 0) < days * DAY)) return;
	busy = true;
	const widget = new Widget(options);
	const at = round;
	if ((await widget.load()) && !popup && (force || isOn(options, at))) {
		popup = widget;
		widget.show(focus);
	}
	busy = false;
}

/** "/shop/*" is every path below; without a pattern all are meant. */
function isHere(pattern?: string): boolean {
	if (!pattern) return true;
	const path = location.pathname;
	return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/** A survey for some paths waits for nothing any more once the path has changed; one for all waits on. */
const isOn = (options: Options, at: number) => !options.path || at === round;

function arm(options: Options) {
	if (options.trigger === "manual" || !isHere(options.path)) return;
	const at = round;
	if (options.trigger !== "scroll") {
		setTimeout(() => isOn(options, at) && void open(options, false, false), 1000 * Number(options.delay ?? 10));
		return;
	}
	const far = Number(options.scroll ?? 50) / 100;
	const look = () => {
		const { scrollHeight, clientHeight } = document.documentElement;
		if (!isOn(options, at)) removeEventListener("scroll", look);
		else if (scrollY >= far * (scrollHeight - clientHeight)) {
			removeEventListener("scroll", look);
			void open(options, false, false);
		}
	};
	addEventListener("scroll", look, { passive: true });
}

function scan() {
	for (const [place, widget] of inline) if (!place.isConnected) inline.delete(place), widget.leave();
	for (const place of Array.from(document.querySelectorAll<HTMLElement>("[data-heed-survey]"))) {
		const { heedSurvey, ...rest } = place.dataset;
		if (inline.get(place)?.slug === heedSurvey) continue;
		const known = places.get(place);
		if (known?.slug === heedSurvey) {
			inline.set(place, known!);
			known!.settle();
			continue;
		}
		known?.close();
		const widget = new Widget({ ...me.dataset, ...rest, survey: heedSurvey }, place);
		places.set(place, widget);
		inline.set(place, widget);
		void widget.load().then((found) => {
			if (places.get(place) !== widget) return;
			if (found) widget.show(false);
			else places.delete(place); // put back, it is asked for again
		});
	}
}

/** A router has put another page in place of the last. */
let path = location.pathname;
function moved() {
	setTimeout(scan);
	if (popup && !popup.box.isConnected) document.body.append(popup.box);
	if (path === location.pathname) return;
	path = location.pathname;
	round++;
	configs.filter((one) => one.path).forEach(arm);
}

function add(options: Options, who: Claim) {
	if (who.person) claim = who;
	if (options.survey && !configs.some((one) => one.survey === options.survey)) {
		configs.push(options);
		arm(options);
	}
	scan();
}

const global = window as unknown as { heed?: { add: typeof add } & Record<string, unknown> };
const { person, expires, signature, ...options } = me.dataset;

function start() {
	if (global.heed) return global.heed.add({ ...options }, { person, expires, signature });
	global.heed = {
		add,
		show: (slug?: string) => {
			const found = configs.find((one) => !slug || one.survey === slug) ?? (slug ? { ...options, survey: slug } : undefined);
			if (found) void open(found, true, true);
		},
		hide: () => popup?.close(),
		identify: (who: Claim) => (claim = who),
	};
	for (const name of ["pushState", "replaceState"] as const) {
		const real = history[name];
		history[name] = function (this: History, ...args: Parameters<typeof real>) {
			real.apply(this, args);
			moved();
		};
	}
	addEventListener("popstate", moved);
	const leave = () => [popup, ...inline.values()].forEach((one) => one?.leave());
	addEventListener("pagehide", leave);
	document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
	resendAll();
	new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
	add({ ...options }, { person, expires, signature });
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
