// tests/browser/contact_sheet.mjs - every page and state in light and dark, 320 and 1440 pixels wide, as pictures and on
// four sheets, for people to look at.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	node tests/browser/contact_sheet.mjs [FOLDER]       default: build/contact-sheet
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "../http/harness.mjs";
import { closeBrowsers, visitor } from "./kit.mjs";
import { scenes } from "./scenes.mjs";

const folder = process.argv[2] ?? "build/contact-sheet";
mkdirSync(folder, { recursive: true });

async function picture(heed, scene, width, colorScheme) {
	const page = await visitor(null, { colorScheme, viewport: { width, height: width < 500 ? 640 : 800 } });
	await page.goto(heed.url + scene.path);
	await scene.act?.(page);
	const file = `${scene.name}-${width}-${colorScheme}.png`;
	await page.screenshot({ path: join(folder, file), fullPage: width < 500 });
	await page.context().close();
	return { name: scene.name, file };
}

async function sheet(shots, width, colorScheme) {
	const across = width < 500 ? 8 : 4;
	const cells = shots.map(({ name, file }) => {
		const bytes = readFileSync(join(folder, file)).toString("base64");
		return `<figure><img src="data:image/png;base64,${bytes}"><figcaption>${name}</figcaption></figure>`;
	});
	const html = `<!doctype html><meta charset="utf-8"><title>${width} ${colorScheme}</title>
<style>body{margin:12px;background:#999;font:13px sans-serif;display:grid;gap:12px;
grid-template-columns:repeat(${across},1fr);align-items:start}figure{margin:0}img{width:100%}</style>${cells.join("")}`;
	writeFileSync(join(folder, `${width}-${colorScheme}.html`), html);
	const page = await visitor(null, { viewport: { width: 1600, height: 900 } });
	await page.setContent(html);
	await page.screenshot({ path: join(folder, `sheet-${width}-${colorScheme}.png`), fullPage: true });
	await page.context().close();
}

const heed = await start();
try {
	const all = await scenes(heed);
	for (const width of [320, 1440]) {
		for (const colorScheme of ["light", "dark"]) {
			const shots = [];
			for (const scene of all) shots.push(await picture(heed, scene, width, colorScheme));
			await sheet(shots, width, colorScheme);
		}
	}
	console.log(`${folder}: ${all.length} scenes in two schemes and two widths`);
} finally {
	await closeBrowsers();
	await heed.stop();
}
