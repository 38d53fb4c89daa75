// What leaves Heed for paper and mail, in a real browser: codes that scan, sheets that print, a block that fits.
// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { start } from "../http/harness.mjs";
import { closeBrowsers, makeSurvey, visitor } from "./kit.mjs";

let heed, survey;
before(async () => {
	heed = await start(null);
	survey = await makeSurvey(heed, {}, { slug: "acme" });
});
after(async () => {
	await closeBrowsers();
	await heed?.stop();
});

function scan(png) {
	const { data, width, height } = PNG.sync.read(png);
	return jsqr(new Uint8ClampedArray(data), width, height)?.data;
}

async function sheet(body) {
	const r = await heed.post(`/api/v1/surveys/${survey.slug}/sheet`, body);
	assert.equal(r.status, 200, r.text);
	return r.text;
}

const titles = (count) => Array.from({ length: count }, (_, i) => `Tisch ${i + 1} – Café Grün`);
const codes = (count) => titles(count).map((title) => ({ title, source: title }));

test("an SVG code scans, with umlauts in its label, on a dark page too", async (t) => {
	const page = await visitor(t);
	const path = `/api/v1/surveys/acme/qr?c=qr&s=${encodeURIComponent("Grüner Tisch")}&level=Q`;
	const { text } = await heed.get(path);
	for (const background of ["#fff", "#000"]) {
		await page.setContent(`<body style="background:${background};margin:40px"><div style="width:300px">${text}</div>`);
		await page.addStyleTag({ content: "svg{width:100%;height:auto}" });
		const shot = await page.locator("svg").screenshot();
		assert.equal(scan(shot), `${heed.url}/s/acme?c=qr&s=Gr%C3%BCner%20Tisch`);
	}
});

/** Boxes of a sheet as it prints: pages, codes, titles, in CSS pixels. */
function boxes(page) {
	return page.evaluate(() => {
		const box = (node) => {
			const { left, top, right, bottom } = node.getBoundingClientRect();
			return { left, top, right, bottom };
		};
		return [...document.querySelectorAll("section")].map((section) => ({
			...box(section),
			figures: [...section.querySelectorAll("figure")].map((figure) => ({
				...box(figure),
				code: box(figure.querySelector("svg")),
				title: box(figure.querySelector("figcaption")),
			})),
		}));
	});
}

const within = (inner, outer) =>
	inner.left >= outer.left - 0.5 &&
	inner.top >= outer.top - 0.5 &&
	inner.right <= outer.right + 0.5 &&
	inner.bottom <= outer.bottom + 0.5;

test("a hundred codes print on as many pages as they need, none cut, each with its title", async (t) => {
	const page = await visitor(t);
	await page.emulateMedia({ media: "print" });
	for (const [paper, perPage, pages] of [
		["a4", 12, 9],
		["letter", 20, 5],
		["a4", 30, 4],
		["a4", 1, 100],
		["letter", 2, 50],
	]) {
		await page.setContent(await sheet({ paper, per_page: perPage, codes: codes(100), headline: "Wie war es?" }));
		const all = await boxes(page);
		assert.equal(all.length, pages);
		let figures = 0;
		for (const one of all)
			for (const figure of one.figures) {
				figures++;
				assert.ok(within(figure, one), `${paper} ${perPage}: a code leaves its page`);
				assert.ok(within(figure.code, figure) && within(figure.title, figure), `${paper} ${perPage}: cut`);
				assert.ok(figure.code.bottom <= figure.title.top + 0.5, "the title covers the code");
				const edge = Math.min(figure.code.right - figure.code.left, figure.code.bottom - figure.code.top);
				assert.ok(edge > 60, `${paper} ${perPage}: a code of ${edge} pixels`);
			}
		assert.equal(figures, 100);
		const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
		const printed = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
		assert.equal(printed, pages, `${paper} ${perPage} prints ${printed} pages`);
	}
});

test("the codes of a sheet scan from what is printed", async (t) => {
	const page = await visitor(t, { deviceScaleFactor: 2 });
	await page.emulateMedia({ media: "print" });
	await page.setContent(await sheet({ per_page: 30, codes: codes(30) }));
	for (const at of [0, 29]) {
		const shot = await page.locator("figure svg").nth(at).screenshot();
		const source = encodeURIComponent(titles(30)[at]);
		assert.equal(scan(shot), `${heed.url}/s/acme?c=qr&s=${source}`);
	}
});

test("titles as long as they may be stay within their code's place", async (t) => {
	const page = await visitor(t);
	await page.emulateMedia({ media: "print" });
	const long = ["W".repeat(120), "İstanbul – Kadıköy ".repeat(5).trim(), "x <b>&amp;</b> \"y\""];
	await page.setContent(await sheet({ per_page: 30, codes: long.map((title) => ({ title })) }));
	for (const one of await boxes(page))
		for (const figure of one.figures) assert.ok(within(figure.title, figure) && within(figure.code, figure));
	assert.equal(await page.locator("figcaption").nth(2).textContent(), long[2]);
});

test("a sheet for people has their personal links, and no other address", async (t) => {
	const list = await heed.post("/api/v1/surveys/acme/links", "email\nann@example.com\n", {
		headers: { "Content-Type": "text/csv" },
	});
	const link = list.text.split("\n")[1].split(",")[1];
	const page = await visitor(t);
	await page.setContent(await sheet({ per_page: 6, codes: [{ title: "Ann", link }] }));
	assert.equal(scan(await page.locator("svg").screenshot()), link);
	for (const foreign of ["https://evil.example/r/x", `${link.slice(0, -2)}AA`, link.replace("/r/", "/s/")]) {
		const r = await heed.post("/api/v1/surveys/acme/sheet", { codes: [{ title: "x", link: foreign }] });
		assert.equal(r.status, 422, foreign);
		assert.equal(r.json.errors[0].path, "/codes/0/link");
	}
});

test("what is no sheet is refused with its place", async () => {
	for (const [body, path] of [
		[{ codes: [] }, "/codes"],
		[{ codes: codes(201) }, "/codes"],
		[{ codes: [{ source: "x" }] }, "/codes/0/title"],
		[{ codes: [{ title: "x", source: "a\nb" }] }, "/codes/0/source"],
		[{ codes: codes(1), per_page: 5 }, "/per_page"],
		[{ codes: codes(1), paper: "a3" }, "/paper"],
		[{ codes: codes(1), level: "Z" }, "/level"],
	]) {
		const r = await heed.post("/api/v1/surveys/acme/sheet", body);
		assert.equal(r.status, 422, JSON.stringify(body).slice(0, 100));
		assert.equal(r.json.errors[0].path, path);
	}
});

test("the mail block fits 320 and 600 pixels, with targets a thumb can hit", async (t) => {
	const { html } = (await heed.get("/api/v1/surveys/acme/mail-block?tool=mailchimp")).json;
	for (const width of [320, 600]) {
		const page = await visitor(t, { viewport: { width, height: 500 } });
		await page.setContent(`<!doctype html><body style="margin:0">${html}</body>`);
		assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `wider than ${width}`);
		const targets = await page.evaluate(() =>
			[...document.querySelectorAll("a")].map((a) => {
				const { width, height } = a.getBoundingClientRect();
				return { width, height };
			}),
		);
		assert.equal(targets.length, 11);
		for (const one of targets) assert.ok(one.width >= 24 && one.height >= 44, `${width}: ${JSON.stringify(one)}`);
	}
});
