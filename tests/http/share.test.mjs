// Links to share: labels that come with the answer, and QR codes.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { start } from "./harness.mjs";

let heed;
before(async () => {
	heed = await start(null);
	const r = await heed.post("/api/v1/surveys", { name: "Café", slug: "cafe", state: "live" });
	assert.equal(r.status, 201, r.text);
});
after(() => heed?.stop());

const form = (fields) => new URLSearchParams(fields).toString();
const asForm = { key: null, headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" } };

function decode(bytes) {
	const { data, width, height } = PNG.sync.read(bytes);
	return { text: jsqr(new Uint8ClampedArray(data), width, height)?.data, data, width, height };
}

/** Hidden fields of a hosted page. */
function hidden(html) {
	const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
	return Object.fromEntries(fields.map(([, name, value]) => [name, value]));
}

/** Answers as somebody who opened `path`; gives the stored answer. */
async function answerBy(path, score) {
	const page = await heed.get(path, { key: null });
	assert.equal(page.status, 200);
	const sent = await heed.post("/s/cafe", form({ ...hidden(page.text), score }), asForm);
	assert.equal(sent.status, 200, sent.text);
	const { responses } = (await heed.get("/api/v1/responses?survey=cafe")).json;
	return responses[0];
}

test("labels of a link come with the answer as its channel and source", async () => {
	const answer = await answerBy("/s/cafe?c=qr&s=Gr%C3%BCner+Tisch", 9);
	assert.equal(answer.channel, "qr");
	assert.equal(answer.source, "Grüner Tisch");
});

test("a label that is none of ours is left out, and the answer is taken all the same", async () => {
	const long = "x".repeat(65);
	for (const bad of [long, "a%0Ab", "%20padded", ""]) {
		const answer = await answerBy(`/s/cafe?c=${bad}&s=${bad}`, 8);
		assert.equal(answer.channel, "link", bad);
		assert.equal(answer.source, "page", bad);
	}
});

test("a QR code says the link with its labels, umlauts included, at every level", async () => {
	const expected = `${heed.url}/s/cafe?c=qr&s=Gr%C3%BCner%20Tisch%207`;
	for (const level of ["L", "M", "Q", "H"]) {
		const r = await heed.get(
			`/api/v1/surveys/cafe/qr?format=png&level=${level}&size=700&c=qr&s=Gr%C3%BCner%20Tisch%207`,
		);
		assert.equal(r.status, 200, r.text);
		assert.equal(r.headers["content-type"], "image/png");
		const { text, width, height } = decode(r.bytes);
		assert.equal(text, expected, level);
		assert.equal(width, height);
		assert.ok(width <= 700 && width > 500, `${width}`);
	}
});

test("a code has its quiet zone of four modules", async () => {
	const { data, width } = decode((await heed.get("/api/v1/surveys/cafe/qr?format=png&size=64")).bytes);
	const dark = (x, y) => data[(y * width + x) * 4] === 0;
	let left = 0;
	while (!dark(left, left)) left++;
	assert.equal(left, 4); // one pixel a module: a smaller picture than the code is not made
	for (let i = 0; i < width; i++)
		for (let q = 0; q < 4; q++)
			for (const [x, y] of [
				[i, q],
				[q, i],
				[i, width - 1 - q],
				[width - 1 - q, i],
			])
				assert.equal(dark(x, y), false);
});

test("an SVG is one picture without script, style or foreign address", async () => {
	const r = await heed.get("/api/v1/surveys/cafe/qr?download=1");
	assert.equal(r.headers["content-type"], "image/svg+xml");
	assert.match(r.headers["content-disposition"], /filename="qr-cafe\.svg"/);
	const till = await heed.get("/api/v1/surveys/cafe/qr?download=1&format=png&c=qr&s=Gr%C3%BCner%20Tisch%207");
	assert.match(till.headers["content-disposition"], /filename="qr-cafe-Gr-ner-Tisch-7\.png"/);
	assert.match(r.text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
	assert.doesNotMatch(r.text, /script|style|href/);
});

test("what cannot be a code is refused with the parameter's name", async () => {
	for (const [query, path] of [
		["format=gif", "format"],
		["level=X", "level"],
		["size=63", "size"],
		["size=2049", "size"],
		["size=many", "size"],
		[`c=${"x".repeat(65)}`, "c"],
		["s=a%0Ab", "s"],
	]) {
		const r = await heed.get(`/api/v1/surveys/cafe/qr?${query}`);
		assert.equal(r.status, 422, query);
		assert.equal(r.json.errors[0].path, path);
	}
	assert.equal((await heed.get("/api/v1/surveys/nothing/qr")).status, 404);
});

test("a personal link has a code that answers for its person, until it is withdrawn", async () => {
	const link = (await heed.post("/api/v1/links", { survey: "cafe", person: { email: "anna@example.com" } })).json;
	const path = `/api/v1/links/${link.id}/qr?format=png`;
	assert.equal(decode((await heed.get(path)).bytes).text, link.url);
	await heed.ask("DELETE", `/api/v1/links/${link.id}`);
	assert.equal((await heed.get(path)).status, 410);
});
