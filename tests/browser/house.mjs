// tests/browser/house.mjs - a Heed with the workspaces and people that the scenes of the dashboard play in, and the way in.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const house = await openHouse();
//	const page = await enter(house, { name: "empty", path: "/answers", in: "empty" });
//	await house.close();
//
// A scene is { name, path, in, role, locale, before(page), act(page) }. `in` is "demo" (two years of answers), "empty" (a
// workspace as new) or "own", the default: the workspace that the area's scenes(heed) filled. `role` holds in "own" alone.
// `before` runs ahead of the page, to break its network for instance; `act` when the heading is there. `audited`: the part that
// axe-core looks at, where all else is another scene's. `same`: a page has the same elements at each width, so all rules are asked once.
import { PASSWORD, start } from "../http/harness.mjs";
import { pageIn, profile } from "./kit.mjs";

const EMPTY_OWNER = "empty@example.com";

export async function openHouse() {
	const heed = await start(null, { args: ["--demo"] });
	const input = `${PASSWORD}\n`;
	heed.mustRun("init", "--workspace", "Bare Bones", "--email", EMPTY_OWNER, "--password-stdin", { input });
	const made = new Set();
	const cookies = new Map();

	async function cookieOf(place, role) {
		if (place === "demo") return linkCookie(heed);
		if (place === "empty") return heed.signIn(EMPTY_OWNER, PASSWORD);
		if (role === "owner") return heed.signIn();
		if (!made.has(role)) {
			const more = ["--role", role, "--workspace", "Acme", "--password-stdin"];
			heed.mustRun("user", "add", `${role}@example.com`, ...more, { input });
			made.add(role);
		}
		return heed.signIn(`${role}@example.com`, PASSWORD);
	}

	return {
		heed,
		/** "name=value" of somebody's session. */
		async cookie(place, role) {
			const key = `${place} ${role}`;
			if (!cookies.has(key)) cookies.set(key, cookieOf(place, role));
			return cookies.get(key);
		},
		close: () => heed.stop(),
	};
}

/** The demo's owner has no password: a login link is used up. */
async function linkCookie(heed) {
	const link = new URL(heed.mustRun("user", "link", "demo@heed.example", "--workspace", "Fernhill (demo)", "--print").match(/http\S+/)[0]);
	const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: heed.url };
	const r = await heed.ask("POST", link.pathname, "", { key: null, headers });
	if (r.status !== 303) throw new Error(`login link: ${r.status} ${r.text}`);
	return r.headers["set-cookie"][0].split(";")[0];
}

/** A profile of the browser in which somebody of the scene's is signed in. */
async function signedIn(house, scene, options = {}) {
	const context = await profile({ locale: scene.locale ?? "en-GB", ...options });
	const [name, value] = (await house.cookie(scene.in ?? "own", scene.role ?? "owner")).split("=");
	await context.addCookies([{ name, value, url: house.heed.url }]);
	return context;
}

/** A page that shows the scene; `options` are the browser context's. */
export async function enter(house, scene, options = {}) {
	return show(house, scene, await pageIn(await signedIn(house, scene, options)));
}

/**
 * The same, in a profile that scenes of the same person share: files and their compiled code are there, and what a scene left
 * in storage or cookies is not. Close the page, not its context.
 */
export async function enterAgain(house, scene) {
	const key = `${scene.in ?? "own"} ${scene.role ?? "owner"} ${scene.locale ?? ""}`;
	house.profiles ??= new Map();
	if (!house.profiles.has(key)) {
		const context = await signedIn(house, scene);
		house.profiles.set(key, { context, cookies: await context.cookies() });
	}
	const { context, cookies } = house.profiles.get(key);
	await context.clearCookies();
	await context.addCookies(cookies);
	const page = await pageIn(context);
	const cdp = await context.newCDPSession(page);
	await cdp.send("Storage.clearDataForOrigin", { origin: house.heed.url, storageTypes: "local_storage,indexeddb,service_workers,cache_storage" });
	await cdp.detach();
	return show(house, scene, page);
}

async function show(house, scene, page) {
	await scene.before?.(page);
	await page.goto(house.heed.url + scene.path);
	if (!scene.unfinished) await page.waitForSelector("main h1");
	await scene.act?.(page);
	return page;
}

/** For `before`: the API's replies to these paths fail, or never come. */
export const failing = (glob) => (page) =>
	page.route(glob, (route) =>
		route.fulfill({
			status: 503,
			contentType: "application/problem+json",
			body: JSON.stringify({ type: "urn:heed:problem:busy", title: "Service Unavailable", status: 503, detail: "The server is busy. Please try again in a moment.", request_id: "scene" }),
		}),
	);
export const silent = (glob) => (page) => page.route(glob, () => undefined);
