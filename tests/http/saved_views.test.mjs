// Views with a name over HTTP: one's own, shared ones, who changes them, and which paths they may have.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, start } from "./harness.mjs";

let heed;
const as = {};
before(async () => {
	heed = await start(null);
	for (const role of ["admin", "analyst", "viewer", "agent"]) {
		as[role] = await heed.member(`${role}@example.com`, role);
	}
});
after(() => heed?.stop());

const save = (who, body) => heed.post("/api/v1/saved-views", { path: "/", ...body }, who);
const change = (who, view, body) => heed.ask("PATCH", `/api/v1/saved-views/${view.id}`, body, who);
const remove = (who, view) => heed.ask("DELETE", `/api/v1/saved-views/${view.id}`, undefined, who);
const names = async (who) => (await made(heed.get("/api/v1/saved-views", who))).views.map((v) => v.name);

test("what is not shared is there for its owner alone", async () => {
	const mine = await made(save(as.analyst, { name: "  Lows of March ", path: "/answers?group=detractors&from=2026-03-01" }));
	assert.deepEqual([mine.name, mine.shared, mine.own, mine.changeable], ["Lows of March", false, true, true]);
	assert.deepEqual(await names(as.analyst), ["Lows of March"]);
	for (const who of [as.admin, as.viewer, undefined]) {
		assert.deepEqual(await names(who), []);
		assert.equal((await change(who, mine, { name: "x" })).status, 404);
		assert.equal((await remove(who, mine)).status, 404);
	}
	await made(remove(as.analyst, mine));
	assert.equal((await remove(as.analyst, mine)).status, 404);
});

test("a shared view is there for everybody, and changed by its owner, owners and admins", async () => {
	const view = await made(save(as.analyst, { name: "For all", shared: true }));
	for (const who of [as.admin, as.viewer, undefined]) assert.deepEqual(await names(who), ["For all"]);
	const [seen] = (await made(heed.get("/api/v1/saved-views", as.viewer))).views;
	assert.deepEqual([seen.own, seen.changeable], [false, false]);
	assert.equal((await change(as.viewer, view, { name: "Mine" })).status, 403);
	assert.equal((await remove(as.agent, view)).status, 403);
	assert.equal((await made(change(as.admin, view, { name: "Of the house" }))).name, "Of the house");
	// An admin cannot hide it from whom it belongs to, nor take it.
	assert.equal((await change(as.admin, view, { shared: false })).status, 422);
	const kept = await made(change(as.analyst, view, { shared: false }));
	assert.deepEqual([kept.shared, kept.actor], [false, view.actor]);
	assert.deepEqual(await names(as.admin), []);
	await made(remove(as.analyst, view));
});

test("who sees figures or answers only keeps views, and shares none", async () => {
	for (const who of [as.viewer, as.agent]) {
		assert.equal((await save(who, { name: "For all", shared: true })).status, 403);
		const own = await made(save(who, { name: "Mine" }));
		assert.equal((await change(who, own, { shared: true })).status, 403);
		await made(remove(who, own));
	}
	const alone = await save(undefined, { name: "A key's" });
	assert.deepEqual([alone.status, alone.json.errors[0].path], [422, "/shared"]);
	await made(remove(undefined, await made(save(undefined, { name: "A key's", shared: true }))));
});

test("views stand in their order, a new one last, one that comes back where it was", async () => {
	const views = [];
	for (const name of ["a", "b", "c"]) views.push(await made(save(as.admin, { name })));
	assert.deepEqual(await names(as.admin), ["a", "b", "c"]);
	await made(change(as.admin, views[2], { position: views[0].position }));
	await made(change(as.admin, views[0], { position: views[1].position + 1 }));
	assert.deepEqual(await names(as.admin), ["c", "b", "a"]);
	await made(remove(as.admin, views[1]));
	await made(save(as.admin, { name: "b again", position: views[1].position }));
	assert.deepEqual(await names(as.admin), ["c", "b again", "a"]);
});

test("a view leads to screens of our own and nowhere else", async () => {
	for (const path of ["//evil.example", "https://evil.example", "/\\evil", "/settings", "/answers/1", "/?a#b", "/? a", "javascript:alert(1)", ""]) {
		const r = await save(as.admin, { name: "x", path });
		assert.deepEqual([r.status, r.json.errors?.[0].path], [422, "/path"], path);
	}
	const good = await made(save(as.admin, { name: "x", path: "/insight/segments?by=channel&q=caf%C3%A9" }));
	assert.equal((await change(as.admin, good, { path: "//evil" })).status, 422);
	for (const [body, path] of [[{ name: " " }, "/name"], [{ name: "n".repeat(201) }, "/name"], [{ position: -1 }, "/position"], [{ shared: "yes" }, "/shared"]]) {
		const r = await change(as.admin, good, body);
		assert.deepEqual([r.status, r.json.errors[0].path], [422, path]);
	}
});

test("what others see is told in the log, what is one's own is not", async () => {
	const actions = async () => (await made(heed.get("/api/v1/audit?limit=200"))).entries.filter((e) => e.action.startsWith("saved_view.")).length;
	const before_ = await actions();
	const own = await made(save(as.admin, { name: "quiet" }));
	await made(change(as.admin, own, { name: "still quiet" }));
	assert.equal(await actions(), before_);
	await made(change(as.admin, own, { shared: true }));
	await made(change(as.admin, own, { shared: false }));
	assert.equal(await actions(), before_ + 2);
	await made(remove(as.admin, own));
	assert.equal(await actions(), before_ + 2);
});
