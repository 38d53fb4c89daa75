// tests/browser/contact_sheet.mjs - the pictures that the tests of screens leave behind, for people to look at:
// build/contact-sheet/index.html, a sheet an area, with every screen and state. Drawing them takes a tenth of the time, so there are
// none unless they are asked for: HEED_LOOKS=2 keeps a picture of each width, HEED_LOOKS=4 of each width in each theme.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const album = openAlbum("answers");
//	await album.take(page, "empty", { width: 360, scheme: "dark" });
//	album.close();
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = "build/contact-sheet";
const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const fileOf = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

function page(title, body) {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{margin:16px;background:#999;font:14px sans-serif}section{display:flex;gap:12px;align-items:flex-start;overflow-x:auto;
margin-bottom:24px}figure{margin:0;flex:none}img{display:block;border:1px solid #666}img.wide{width:640px}img.narrow{width:240px}
a{color:#000}</style><h1>${escape(title)}</h1>${body}</html>\n`;
}

/** How many looks at each scene are to be kept as pictures. */
export const kept = Number(process.env.HEED_LOOKS ?? 0);

export function openAlbum(area) {
	if (!kept) return { take: async () => undefined, close: () => undefined };
	const shots = new Map(); // name of the scene -> pictures
	rmSync(join(folder, area), { recursive: true, force: true });
	mkdirSync(join(folder, area), { recursive: true });
	return {
		async take(page, name, { width, scheme }) {
			const file = `${area}/${fileOf(name)}-${width}-${scheme}.png`;
			await page.screenshot({ path: join(folder, file) });
			shots.set(name, [...(shots.get(name) ?? []), { file, width, scheme }]);
		},
		close() {
			const sections = [...shots].map(([name, pictures]) => {
				const figures = pictures.map(
					({ file, width, scheme }) =>
						`<figure><a href="${file}"><img src="${file}" class="${width < 500 ? "narrow" : "wide"}" loading="lazy" alt=""></a><figcaption>${width}, ${scheme}</figcaption></figure>`,
				);
				return `<h2>${escape(name)}</h2><section>${figures.join("")}</section>`;
			});
			writeFileSync(join(folder, `${area}.html`), page(area, sections.join("\n")));
			const areas = readdirSync(folder)
				.filter((file) => file.endsWith(".html") && file !== "index.html")
				.sort();
			const links = areas.map((file) => `<li><a href="${file}">${file.slice(0, -5)}</a></li>`);
			writeFileSync(join(folder, "index.html"), page("Heed, screen by screen", `<ul>${links.join("")}</ul>`));
		},
	};
}
