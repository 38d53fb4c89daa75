// SPDX-License-Identifier: AGPL-3.0-or-later
// What the survey page does beyond its HTML form: saves on a tap, shows the follow-up in place, keeps what was typed
// through a reload and a dead network, and tells a person from a program. Without it the form does the same in steps.
//
// There is one answer and one way to send it: the whole form, again and again until the server has it. The server makes
// one answer of all sends of a page (hidden field n), so that nothing here needs to be sent exactly once.

const form = document.querySelector<HTMLFormElement>("form")!;
const byId = (id: string) => document.getElementById(id)!;
const ask = byId("ask");
const scale = byId("scale");
const more = byId("more") as HTMLFieldSetElement;
const comment = byId("comment") as HTMLTextAreaElement;
const once = byId("once");
const open = byId("open");
const send = byId("send");
const thanks = byId("thanks");
const change = document.getElementById("change");
const status = byId("status");
const scores = Array.from(scale.querySelectorAll("button"));

// Evidence of a person, weakest first. A script can click and submit, but its events are not trusted.
const enum Proof {
	None,
	Dwell,
	Event,
	Tap,
}
const proofNames = ["", "dwell", "event", "tap"];

let proof = Proof.None;
let score = form.dataset.score!;
let waiting = "waiting" in form.dataset; // the link brought the score; nobody has confirmed it yet
let done = false;
let asked = !once.hidden || !open.hidden;
let dirty = false; // something to send now
let typed = false; // words that wait for the button, or for the page's end
let touched = false; // somebody wrote here
let sending = false;
let refused = false;
let failures = 0;
let timer = 0;

function hiddenField(name: string): HTMLInputElement {
	const field = document.createElement("input");
	field.type = "hidden";
	field.name = name;
	form.append(field);
	return field;
}
const proofField = hiddenField("proof");
hiddenField("js").value = "1";

// The draft: the whole form as it would be sent, under the page's own address. A public page may stand on a tablet in a
// shop, so its draft goes with the tab; a personal link belongs to one person.

function drafts(): Storage | undefined {
	try {
		return "personal" in form.dataset ? localStorage : sessionStorage;
	} catch {
		return undefined;
	}
}

function draftKey(): string {
	return "heed" + location.pathname;
}

function body(): string {
	const all = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
	// A box that was left as it came says nothing: another tab may have the words.
	if (!touched && comment.value === comment.defaultValue) all.delete("comment");
	if (score !== "") all.set("score", score);
	if (done) all.set("done", "1");
	return all.toString();
}

function keep(key: string, value: string) {
	try {
		drafts()?.setItem(key, value);
	} catch {
		// Full or forbidden: the page still works, it only forgets.
	}
}

function keepDraft() {
	keep(draftKey(), form.getAttribute("action") + "\n" + body());
}

// A reload or Back that began before the reply came would ask this page again, as if nothing had been given: the sign says
// where the answer is. A personal link knows that by itself.
function leaveSign(path: string) {
	dropDraft();
	if (!("personal" in form.dataset)) keep(draftKey(), path);
}

function dropDraft() {
	drafts()?.removeItem(draftKey());
}

// Sending.

function post(action: string, data: string): Promise<Response> {
	return fetch(action, {
		method: "POST",
		headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
		body: data,
		keepalive: data.length < 60_000, // browsers refuse 64 KiB
	});
}

function changed() {
	dirty = true;
	keepDraft();
	void flush();
}

async function flush() {
	if (!dirty || sending || refused || waiting) return;
	clearTimeout(timer);
	timer = 0;
	sending = true;
	const words = typed;
	dirty = typed = false;
	const finishing = done;
	try {
		const reply = await post(form.action, body());
		if (reply.ok) accepted(await reply.json(), finishing);
		else if (reply.status === 429 || reply.status >= 500) retry(words);
		else refuse(words || typed);
	} catch {
		retry(words);
	}
	sending = false;
	if (timer === 0) void flush(); // else the next attempt has its time
}

function accepted(reply: { path: string }, finished: boolean) {
	failures = 0;
	if (form.getAttribute("action") !== reply.path) {
		leaveSign(reply.path);
		form.setAttribute("action", reply.path);
		change?.setAttribute("href", reply.path + "?edit=1");
		history.replaceState(null, "", reply.path);
	}
	if (dirty || typed) return keepDraft();
	dropDraft();
	if (finished) showThanks();
	else status.textContent = form.dataset.saved!;
}

function retry(words: boolean) {
	dirty = true;
	typed ||= words;
	keepDraft();
	status.textContent = form.dataset.unsent!;
	send.removeAttribute("aria-busy");
	timer = window.setTimeout(again, Math.min(30, 2 ** failures++) * 1000);
}

function again() {
	timer = 0;
	void flush();
}

// Closed, revoked or past its time: the server has a page that says so. Words that it did not take stay to be copied, and
// go out by the draft should the survey be resumed.
function refuse(words: boolean) {
	refused = true;
	if (!words || comment.value === "") {
		dropDraft();
		return location.reload();
	}
	status.textContent = form.dataset.untaken!;
	for (const button of Array.from(ask.querySelectorAll("button"))) button.disabled = true;
	send.removeAttribute("aria-busy");
	comment.readOnly = true;
	comment.select();
}

function leave() {
	if (waiting && proof !== Proof.None) confirmed();
	if ((!dirty && !typed) || waiting || refused) return;
	// What is too long for a beacon goes out while the page is only out of sight.
	if (!navigator.sendBeacon(form.action, new URLSearchParams(body()))) void flush();
}

// Showing.

function showGroup() {
	const n = Number(score);
	const group = n >= 9 ? "2" : n >= 7 ? "1" : "0";
	for (const one of Array.from(form.querySelectorAll<HTMLElement>("[data-group]"))) {
		const off = !one.dataset.group!.includes(group);
		one.hidden = off;
		if (one instanceof HTMLFieldSetElement) one.disabled = off;
	}
}

function showScore() {
	for (const one of scores) one.setAttribute("aria-pressed", String(one.value === score));
	more.hidden = more.disabled = score === "";
	if (score !== "") showGroup();
}

function showThanks() {
	send.removeAttribute("aria-busy");
	status.textContent = "";
	ask.hidden = true;
	thanks.hidden = false;
	scrollTo(0, 0);
	thanks.querySelector<HTMLElement>("h1:not([hidden])")!.focus();
}

function showForm(event: Event) {
	event.preventDefault();
	done = false;
	ask.hidden = false;
	thanks.hidden = true;
	scale.focus();
}

// On a phone the keyboard would cover the question, so there the page only scrolls.
function showFollowUp(byKeyboard: boolean) {
	if (byKeyboard || matchMedia("(pointer: fine)").matches) comment.focus();
	else more.scrollIntoView({ block: "nearest" });
}

// Choosing.

function choose(value: string, byKeyboard: boolean) {
	clearTimeout(one);
	one = 0;
	document.getElementById("confirm")?.remove();
	waiting = false;
	score = value;
	showScore();
	showFollowUp(byKeyboard);
	changed();
}

// What is required and missing is asked for once more; then it may stay open.
function askOnceMore(): boolean {
	const needsComment = "required" in form.dataset && comment.value.trim() === "";
	const unanswered = Array.from(more.querySelectorAll<HTMLFieldSetElement>("[data-must]")).find(
		(question) => !question.disabled && !question.querySelector(":checked"),
	);
	asked = true;
	once.hidden = !needsComment;
	open.hidden = !unanswered;
	if (needsComment) {
		comment.setAttribute("aria-describedby", "once");
		comment.focus();
	} else if (unanswered) {
		unanswered.setAttribute("aria-describedby", "open");
		unanswered.querySelector("input")!.focus();
	}
	return needsComment || unanswered !== undefined;
}

function finish() {
	if (!asked && askOnceMore()) return;
	waiting = false;
	done = true;
	send.setAttribute("aria-busy", "true");
	changed();
}

form.addEventListener("click", (event) => {
	const button = (event.target as Element).closest("button");
	if (event.isTrusted) prove(Proof.Tap);
	if (!button) return;
	event.preventDefault();
	if (button.name === "score") choose(button.value, event.detail === 0);
	else finish();
});
form.addEventListener("submit", (event) => {
	event.preventDefault();
	finish();
});
form.addEventListener("change", (event) => {
	if ((event.target as HTMLInputElement).type === "radio") changed();
});
comment.addEventListener("input", () => {
	typed = touched = true;
	keepDraft();
});
comment.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send.click();
});
change?.addEventListener("click", showForm);

// Keys work only while the scale has the focus, so that they never surprise who types elsewhere (WCAG 2.1.4). It has it
// from the start. A 1 waits a moment for the 0 of 10.

let one = 0;

function chooseByDigit(key: string) {
	if (key !== "1") return choose(one !== 0 && key === "0" ? "10" : key, true);
	clearTimeout(one);
	one = window.setTimeout(choose, 700, key, true);
	scores[1]?.focus();
}

scale.addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey) return;
	const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
	const backward = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
	const at = scores.indexOf(document.activeElement as HTMLButtonElement);
	let to = -1;
	if (event.key === forward) to = Math.min(10, at + 1);
	else if (event.key === backward) to = at < 0 ? 10 : Math.max(0, at - 1);
	else if (event.key === "Home") to = 0;
	else if (event.key === "End") to = 10;
	else if (/^\d$/.test(event.key)) {
		if (event.isTrusted) prove(Proof.Tap);
		chooseByDigit(event.key);
	} else return;
	event.preventDefault();
	scores[to]?.focus();
});

// What counts as a person: a trusted event, or the page in sight and in focus for five seconds; never a driven browser.
// `scroll` is left out, because a script's scrolling is trusted too; wheel, touch and keys stand for it.

function prove(what: Proof) {
	if (navigator.webdriver || what <= proof) return;
	proof = what;
	proofField.value = proofNames[proof] ?? "";
	// The event may be the beginning of a tap on another score: that one should be the first to be stored.
	if (waiting) setTimeout(confirmed, 500);
}

function confirmed() {
	if (!waiting || "tapOnly" in form.dataset) return;
	waiting = false;
	changed();
}

for (const name of ["pointerdown", "touchstart", "keydown", "wheel"]) {
	addEventListener(name, (event) => event.isTrusted && prove(Proof.Event), { capture: true, passive: true });
}

// A page that opens under a pointer at rest hears of it by a trusted pointermove, though nobody moved: it takes two places.
let place = "";
function pointed(event: PointerEvent) {
	const before = place;
	place = event.screenX + " " + event.screenY;
	if (event.isTrusted && before && before !== place) prove(Proof.Event);
}
addEventListener("pointermove", pointed, { capture: true, passive: true });

// The page was displayed: in sight for a second, once for each number of a page. A fetch says nothing of the kind.

const shown = /^\/[sr]\/[^/]+$/.test(location.pathname) ? location.pathname + "/shown" : "";
let sight = 0;
function look() {
	clearTimeout(sight);
	if (shown && document.visibilityState === "visible" && !navigator.webdriver) sight = window.setTimeout(displayed, 1000);
}

function displayed() {
	const value = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? "";
	const data = new URLSearchParams({ n: value("n"), c: value("p_channel"), s: value("p_source") });
	navigator.sendBeacon(shown, data);
	removeEventListener("pageshow", look);
	document.removeEventListener("visibilitychange", look);
}
addEventListener("pageshow", look);
document.addEventListener("visibilitychange", look);

let dwell = 0;
function watch() {
	clearTimeout(dwell);
	if (document.visibilityState === "visible" && document.hasFocus()) {
		dwell = window.setTimeout(() => prove(Proof.Dwell), 5000);
	}
}
for (const name of ["focus", "blur", "pageshow"]) addEventListener(name, watch);
document.addEventListener("visibilitychange", () => {
	watch();
	if (document.visibilityState === "hidden") leave();
});
addEventListener("pagehide", leave);
addEventListener("online", again);
addEventListener("online", sendLeft);

// Start: what an earlier load of this page left behind. After a reload or Back it is this respondent's own; on a fresh visit
// of a public page it may be another's, so it is sent for them and not shown.

// Each waits in the name of an item until the server has it.
function setAside() {
	for (const [key, kept] of Object.entries(drafts() ?? {}) as [string, string][]) {
		if (!key.startsWith("heed/") || !kept.includes("\n")) continue;
		drafts()?.removeItem(key);
		keep("left\n" + kept, "");
	}
	dropDraft();
}

async function sendLeft() {
	for (const name of Object.keys(drafts() ?? {})) {
		const [left, action, data] = name.split("\n");
		if (left !== "left") continue;
		const reply = await post(action!, data!).catch(() => undefined);
		// A pause may end; what is over is over.
		if (reply && reply.status < 500 && ![409, 429].includes(reply.status)) drafts()?.removeItem(name);
	}
}

function restore() {
	const entry = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming;
	const ours = "personal" in form.dataset || !location.pathname.startsWith("/s/");
	if (!ours && entry?.type === "navigate") return setAside();
	const kept = drafts()?.getItem(draftKey());
	if (!kept) return;
	const [action = "", data] = kept.split("\n");
	if (data === undefined) {
		dropDraft();
		if (entry?.type !== "navigate") location.replace(action);
		return;
	}
	const all = new URLSearchParams(data);
	if (!waiting) score = all.get("score") ?? score;
	if (score !== "") showScore();
	for (const field of Array.from(form.elements) as HTMLInputElement[]) {
		const value = all.get(field.name);
		if (value === null || field.type === "submit") continue;
		if (field.type === "radio") field.checked = field.value === value;
		else field.value = value;
	}
	proof = Math.max(0, proofNames.indexOf(proofField.value));
	typed = touched = all.has("comment");
	dirty = !waiting;
	void flush();
}

restore();
void sendLeft();
if (score !== "") showScore();
scale.tabIndex = -1;
// Who was faster than this script stays where they are.
if (score === "" && document.activeElement === document.body) scale.focus({ preventScroll: true });
look();
watch();
