// SPDX-License-Identifier: MIT
// Heed's survey in somebody else's page. This file and everything in web/widget may be used under the MIT licence.
//
//	<script src="https://HOST/w.js" data-survey="SLUG" async></script>         a small window in the corner
//	<div data-heed-survey="SLUG"></div>                                         in its place in the page
//
// It needs no style of the page and changes none: a shadow root with a sheet made by script, which a strict
// Content-Security-Policy lets pass (script-src and connect-src of HOST are all it needs). docs/share.md has the rest.
import { type Claim, identify } from "./claim.ts";
import { me } from "./host.ts";
import { recall, visited } from "./memory.ts";
import { resendAll } from "./send.ts";
import { type Options, Widget } from "./widget.ts";

const DAY = 864e5;

const inline = new Map<HTMLElement, Widget>(); // by the places that are in the page
const places = new WeakMap<HTMLElement, Widget>(); // and by all: a router may put one back that it took out
const configs: Options[] = [];
let round = 0; // of the page's paths: what was waited for on an earlier one is void
let busy = false;

async function open(options: Options, focus: boolean, force: boolean) {
	const days = Number(options.days ?? 90);
	const preview = options.preview !== undefined;
	if (Widget.popup || busy || (!force && !preview && Date.now() - Number(recall(visited(options.survey!)) ?? 0) < days * DAY)) return;
	busy = true;
	const widget = new Widget(options);
	const at = round;
	if ((await widget.load()) && !Widget.popup && (force || isOn(options, at))) {
		Widget.popup = widget;
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
	if (Widget.popup && !Widget.popup.box.isConnected) document.body.append(Widget.popup.box);
	if (path === location.pathname) return;
	path = location.pathname;
	round++;
	configs.filter((one) => one.path).forEach(arm);
}

function add(options: Options, who: Claim) {
	if (who.person) identify(who);
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
		hide: () => Widget.popup?.close(),
		identify,
	};
	for (const name of ["pushState", "replaceState"] as const) {
		const real = history[name];
		history[name] = function (this: History, ...args: Parameters<typeof real>) {
			real.apply(this, args);
			moved();
		};
	}
	addEventListener("popstate", moved);
	const leave = () => [Widget.popup, ...inline.values()].forEach((one) => one?.leave());
	addEventListener("pagehide", leave);
	document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
	resendAll();
	new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
	add({ ...options }, { person, expires, signature });
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
