// The block of eleven scores for somebody else's mail tool, held against what Outlook's Word and the tools can take.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { freePort, start } from "./harness.mjs";

let heed;
before(async () => {
	const port = await freePort();
	const listen = `127.0.0.1:${port}`;
	heed = await start(null, { listen, env: { HEED_PUBLIC_URL: "https://nps.example.com" } });
	heed.url = `http://127.0.0.1:${port}`;
	const ask = heed.ask.bind(heed);
	heed.ask = (method, path, body) => ask(method, path, body, { headers: { Host: "nps.example.com" } });
	const brand = await heed.post("/api/v1/brands", { name: 'Müller & Söhne "Best" <b>', colour: "#FFD400" });
	const definition = {
		properties: ["plan", "country-code"],
		translations: { ar: { question: "ما مدى احتمال أن توصي بـ {brand}؟" } },
	};
	const survey = { name: "All", slug: "all", state: "live", brand_id: brand.json.id, definition };
	const r = await heed.post("/api/v1/surveys", survey);
	assert.equal(r.status, 201, r.text);
});
after(() => heed?.stop());

async function block(query) {
	const r = await heed.get(`/api/v1/surveys/all/mail-block?${query}`);
	assert.equal(r.status, 200, r.text);
	return r.json;
}

/** Tags in order, with their attributes; comments are those of Outlook and looked at apart. */
function tags(html) {
	const seen = html.replace(/<!--[\s\S]*?-->/g, "");
	return [...seen.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*>/gi)].map(([, end, name, rest]) => ({
		end: end === "/",
		name,
		attributes: Object.fromEntries([...rest.matchAll(/([a-z-]+)="([^"]*)"/gi)].map(([, n, v]) => [n, v])),
	}));
}

const every = ["generic", "mailchimp", "hubspot", "brevo"].flatMap((tool) => [
	`tool=${tool}&link=personal`,
	`tool=${tool}&link=public&s=June+news`,
	`tool=${tool}&link=public&with_properties=1&lang=ar`,
]);

test("the layout is tables alone, with fixed heights, background colours as attributes and styles in line", async () => {
	for (const query of every) {
		const { html } = await block(query);
		const all = tags(html);
		assert.deepEqual([...new Set(all.map((tag) => tag.name))].sort(), ["a", "table", "td", "tr"], query);
		const open = [];
		for (const tag of all) {
			if (tag.end) assert.equal(open.pop(), tag.name, query);
			else open.push(tag.name);
		}
		assert.deepEqual(open, []);
		for (const { name, end, attributes } of all) {
			if (end) continue;
			assert.doesNotMatch(attributes.style ?? "", /background-image|url\(|position|float|flex|grid|var\(|calc\(/);
			for (const foreign of ["class", "id", "onclick", "background"]) assert.ok(!(foreign in attributes));
			if (name === "table") {
				assert.equal(attributes.role, "presentation");
				assert.equal(`${attributes.cellpadding}${attributes.cellspacing}${attributes.border}`, "000");
			}
		}
		const cells = all.filter((tag) => tag.name === "td" && tag.attributes.height);
		assert.equal(cells.length, 11, query);
		for (const { attributes } of cells) {
			assert.equal(attributes.bgcolor, "#ffd400");
			assert.match(attributes.style, /background-color:#ffd400/);
			assert.match(attributes.style, /mso-line-height-rule:exactly/);
		}
		assert.doesNotMatch(html, /<img|<div|<style|<script|<b>/i);
	}
});

test("what is for Outlook alone opens and closes what it opens", async () => {
	const { html } = await block("tool=mailchimp");
	const inside = [...html.matchAll(/<!--\[if mso\]>([\s\S]*?)<!\[endif\]-->/g)].map((m) => m[1]).join("");
	for (const name of ["table", "tr", "td"])
		assert.equal(
			inside.split(`<${name}`).length,
			inside.split(`</${name}>`).length,
			`${name} in ${inside}`,
		);
	assert.match(inside, /width="600"/);
	assert.equal(html.split("<!--[if").length, html.split("<![endif]-->").length);
});

const links = (html) =>
	tags(html)
		.filter((tag) => tag.name === "a" && !tag.end)
		.map((tag) => tag.attributes.href.replaceAll("&amp;", "&").replaceAll("&quot;", '"'));

test("eleven links, absolute and https, say the score, the labels and the language", async () => {
	const { html } = await block("tool=generic&link=public&s=June+news");
	const all = links(html);
	assert.equal(all.length, 11);
	all.forEach((link, n) => {
		const url = new URL(link);
		assert.equal(url.origin, "https://nps.example.com");
		assert.equal(url.pathname, "/s/all");
		assert.deepEqual(Object.fromEntries(url.searchParams), {
			c: "email",
			s: "June news",
			score: String(n),
			lang: "en",
		});
	});
});

test("each tool's own merge tag names the field with the personal link", async () => {
	for (const [query, start] of [
		["tool=generic", "{{link}}?score=7&lang=en"],
		["tool=mailchimp", "*|LINK|*?score=7&lang=en"],
		["tool=mailchimp&field=NPSLINK", "*|NPSLINK|*?score=7&lang=en"],
		["tool=hubspot&field=heed_link", "{{ contact.heed_link }}?score=7&lang=en"],
		["tool=brevo", "{{ contact.LINK }}?score=7&lang=en"],
	]) {
		const { html, text } = await block(query);
		assert.equal(links(html)[7], start);
		assert.match(text, new RegExp(`^7: ${start.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`, "m"));
	}
	const { html } = await block("tool=mailchimp&link=public&with_properties=1");
	assert.ok(links(html)[0].endsWith("score=0&lang=en&plan=*|URL:PLAN|*"), links(html)[0]);
});

test("a brand with quotes and markup in its name stays text, and Arabic runs from the right", async () => {
	const { html } = await block("tool=generic");
	assert.match(html, /Müller &amp; Söhne &quot;Best&quot; &lt;b&gt;/);
	assert.doesNotMatch(html, /[\u2068\u2069]/);
	const arabic = await block("tool=generic&lang=ar");
	assert.equal(arabic.language, "ar");
	assert.match(arabic.html, /dir="rtl"/);
	assert.match(arabic.html, /align="right"[^>]*>ما مدى/);
});

test("the plain text has the question, eleven lines and the ends' labels", async () => {
	const { text } = await block("tool=generic&link=public");
	const lines = text.trim().split("\n");
	assert.match(lines[0], /how likely/);
	assert.equal(lines.length, 13);
	assert.match(lines[2], /^0 \(Not at all likely\): https:/);
	assert.match(lines[12], /^10 \(Extremely likely\): https:/);
});

test("what no tool knows is refused by name", async () => {
	for (const [query, path] of [
		["tool=outlook", "tool"],
		["link=secret", "link"],
		["field=a%7Cb", "field"],
		[`field=${"x".repeat(51)}`, "field"],
		["link=public&s=a%0Ab", "s"],
	]) {
		const r = await heed.get(`/api/v1/surveys/all/mail-block?${query}`);
		assert.equal(r.status, 422, query);
		assert.equal(r.json.errors[0].path, path);
	}
});
