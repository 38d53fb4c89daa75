// SPDX-License-Identifier: MIT
// A survey in a shadow root: shown, answered, sent and closed.
import { claimed } from "./claim.ts";
import { attribute, make, type Part } from "./dom.ts";
import { host } from "./host.ts";
import { keep, recall, visited } from "./memory.ts";
import { DRAFT, isForNow, post } from "./send.ts";
import { sheet } from "./style.ts";
import type { Question, Survey } from "./survey.ts";

export type Options = Record<string, string | undefined>;

export class Widget {
	static popup?: Widget; // the one that is open in the corner
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
		const body = String(new URLSearchParams({ ...this.fields, ...claimed() }));
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
		if (Widget.popup === this) Widget.popup = undefined;
		if (inside && this.before instanceof HTMLElement) this.before.focus();
	}
}
