// Personal links for a list of people: the same table comes back with a column of links.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
	const definition = { properties: ["plan"] };
	const r = await heed.post("/api/v1/surveys", { name: "All", slug: "all", state: "live", definition });
	assert.equal(r.status, 201, r.text);
});
after(() => heed?.stop());

const csv = { headers: { "Content-Type": "text/csv" } };
const send = (list, query = "") => heed.post(`/api/v1/surveys/all/links${query}`, list, csv);

/** Cells of a plain table: no quotes in these tests but where they are looked at. */
const cells = (text, delimiter = ",") =>
	text
		.replace(/\n$/, "")
		.split("\n")
		.map((line) => line.split(delimiter));

async function links(list, query) {
	const r = await send(list, query);
	assert.equal(r.status, 200, r.text);
	return cells(r.text)
		.slice(1)
		.map((row) => row.at(-2));
}

test("each of 5,000 people gets a link of their own, and the table is the same but for two columns", async () => {
	const people = Array.from({ length: 5000 }, (_, i) => `p${i}@example.com,Person ${i},pro`);
	const r = await send(`email,name,plan\n${people.join("\n")}\n`);
	assert.equal(r.status, 200, r.text.slice(0, 500));
	assert.equal(r.headers["content-type"], "text/csv; charset=utf-8");
	const rows = cells(r.text);
	assert.deepEqual(rows[0], ["email", "name", "plan", "link", "problem"]);
	assert.deepEqual(
		rows.slice(1).map((row) => row.slice(0, 3).join(",")),
		people,
	);
	const all = new Set(rows.slice(1).map((row) => row[3]));
	assert.equal(all.size, 5000);
	for (const link of all) assert.ok(link.startsWith(`${heed.url}/r/`), link);
	assert.ok(rows.slice(1).every((row) => row[4] === ""));
});

test("a link answers for its person, with the columns that are properties and the channel", async () => {
	const [link] = await links("E-Mail-Adresse,Vorname,Nachname,plan,secret\nzoe@example.com,Zoë,Müller,gold,x\n");
	const page = await heed.get(new URL(link).pathname, { key: null });
	const fields = Object.fromEntries(
		[...page.text.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
	);
	const sent = await heed.post(new URL(link).pathname, new URLSearchParams({ ...fields, score: 9 }).toString(), {
		key: null,
		headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
	});
	assert.equal(sent.status, 200, sent.text);
	const [answer] = (await heed.get("/api/v1/responses?survey=all")).json.responses;
	assert.equal(answer.channel, "email");
	assert.deepEqual(answer.properties, { plan: "gold" });
	const person = (await heed.get(`/api/v1/people/${answer.person_id}`)).json;
	assert.equal(person.name, "Zoë Müller");
});

test("rows that name nobody are listed with the reason, the others get their links", async () => {
	const r = await send('email,phone\nann@example.com,\nnot an address,\n,\n"a"b,\nbob@example.com,0171 234\n,+49 171 2345678\n');
	assert.equal(r.status, 200, r.text);
	const rows = r.text.trimEnd().split("\n").slice(1);
	assert.deepEqual(
		rows.map((row) => row.includes("/r/")),
		[true, false, false, false, true, true],
		r.text,
	);
	assert.match(rows[1], /email: ""not an address"" is no email address/);
	assert.match(rows[2], /has no address, number or id/);
	assert.match(rows[3], /line 5/);
});

test("the same list again gives the same links when that is asked for, and new ones when not", async () => {
	const list = "email\neve@example.com\nmax@example.com\n";
	const first = await links(list);
	assert.deepEqual(await links(list, "?keep_days=1"), first);
	const second = await links(list);
	assert.notDeepEqual(second, first);
	// Of two, the newer.
	assert.deepEqual(await links(list, "?keep_days=1"), second);
});

test("somebody who stands twice in one list has one link, when links are kept", async () => {
	const [a, b] = await links("email\ntwin@example.com\nTwin@Example.com\n", "?keep_days=1");
	assert.equal(a, b);
});

test("a table that came back can be sent again; a link column of one's own is left alone", async () => {
	const once = (await send("email\nagain@example.com\n")).text;
	const twice = (await send(once, "?keep_days=1")).text;
	assert.equal(twice, once);
	const own = await send("email,link\nown@example.com,https://example.com/own\n");
	const [header, row] = cells(own.text);
	assert.deepEqual(header, ["email", "link", "heed_link", "problem"]);
	assert.equal(row[1], "https://example.com/own");
	assert.match(row[2], /\/r\//);
});

test("a table keeps its delimiter, its quotes and its umlauts", async () => {
	const latin = Buffer.from('Kundennummer;Ort\nK-1;"M\xfcnchen; Altstadt"\n', "latin1");
	const r = await send(latin);
	assert.equal(r.status, 200, r.text);
	assert.match(r.text, /^Kundennummer;Ort;link;problem\nK-1;"München; Altstadt";http/);
});

test("a row that cannot be read comes back as text, cut between two characters", async () => {
	const r = await send(`email,name\n"Ann"x,${"ä".repeat(200)}\nbob@example.com,Bob\n`);
	assert.equal(r.status, 200, r.text);
	assert.match(r.text, /^"""Ann""x,ä{124}",,,.*closing quote$/m);
});

test("a column that has no usual name can be named", async () => {
	assert.equal((await send("contact\nann@example.com\n")).status, 422);
	const [link] = await links("contact\nann@example.com\n", "?email=Contact");
	assert.match(link, /\/r\//);
	const wrong = await send("contact\nann@example.com\n", "?email=Nothing");
	assert.equal(wrong.status, 422);
	assert.equal(wrong.json.errors[0].path, "email");
});

test("what is no list is refused before anything is written", async () => {
	const count = async () => (await heed.get("/metrics")).text.match(/^heed_units_total (\d+)/m)?.[1];
	const before = await count();
	for (const [body, why] of [
		["", /empty/],
		["ann@example.com\nbob@example.com\n", /first line/],
		["place\nBerlin\n", /No column is called/],
		[Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /picture \(PNG\): a table as CSV/],
	]) {
		const r = await send(body);
		assert.equal(r.status, 422, `${body}: ${r.text}`);
		assert.match(r.json.detail, why);
	}
	assert.equal(await count(), before);
	for (const query of ["?keep_days=-1", "?expires_in_days=0", "?expires_in_days=x", `?channel=${"x".repeat(65)}`])
		assert.equal((await send("email\nann@example.com\n", query)).status, 422, query);
});

test("a closed survey takes no list", async () => {
	await heed.post("/api/v1/surveys", { name: "Over", slug: "over", state: "live" });
	await heed.post("/api/v1/surveys/over/close");
	assert.equal((await heed.post("/api/v1/surveys/over/links", "email\nann@example.com\n", csv)).status, 409);
});
