// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds web/ into the folder given: scripts are bundled, styles minified, the rest is copied.
//
//	node tools/web.mjs build/web
//
// Entries are the .ts and .css of web/pages and web/docs, and web/dashboard/main.tsx. Paths below web/ stay as they are, .ts
// and .tsx becoming .js. The files of web/api become one, api/openapi.json, the dashboard's typed client and the page that
// documents the API. Screens of the dashboard that are imported when they are wanted, and the words of each language, become
// files of their own, named by their contents. third-party.txt has the notices of the packages that all of these hold.
// The dashboard's styles are two files, of the overview and of all else: each Mantine's for its components, then its .css
// below web/dashboard.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { client } from "./client.mjs";
import { docs } from "./docs.mjs";
import { mantineFiles, mantineSheets } from "./mantine.mjs";
import { notices, packagesIn } from "./notices.mjs";
import { openapi } from "./openapi.mjs";
import { areasText, wordFiles, words } from "./words.mjs";

const out = process.argv[2];
/** Their words come together, in one file of each language. */
const firstAreas = ["filter", "frame", "overview"];
/** Code that the overview fetches, and folders of its styles. */
const firstEntries = ["main.tsx", "mentions/bell.tsx", "overview/pin_note.tsx", "overview/alerts.tsx", "overview/said.tsx"];
const firstStyles = ["chart", "filter", "frame", "mentions", "overview", "ui"];
const copied = /\.(html|json|svg|txt|png|ico|woff2)$/;

const imported = /import \{([^}]*)\} from "([^"]+)";/g;
const namesIn = (list) =>
	list
		.split(",")
		.map((name) => name.trim())
		.filter((name) => name && !name.startsWith("type "));

function filesBelow(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.sort();
}

/** A file that stays untouched when it says the same already. */
function write(file, text) {
	mkdirSync(dirname(file), { recursive: true });
	if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

const files = filesBelow("web");
const pages = files.filter((f) => /^web\/(pages|docs)\/[^/]*\.(ts|css)$/.test(f) && !f.endsWith(".d.ts"));
const dashboard = files.filter((f) => f === "web/dashboard/main.tsx");
const styles = files.filter((f) => /^web\/dashboard\/.*\.css$/.test(f));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const apart = /\/tsconfig[^/]*\.json$|^web\/api\/|^web\/(dashboard|docs)\/.*\.(json|html)$/;
for (const f of files.filter((f) => copied.test(f) && !apart.test(f))) {
	const to = join(out, f.slice("web/".length));
	mkdirSync(dirname(to), { recursive: true });
	cpSync(f, to);
}
const document = openapi();
write(join(out, "api/openapi.json"), `${JSON.stringify(document)}\n`);

const common = {
	outbase: "web",
	outdir: out,
	bundle: true,
	minify: true,
	legalComments: "none", // third-party.txt holds them
	metafile: true,
	define: { "process.env.NODE_ENV": '"production"' },
	logLevel: "warning",
};
const metafiles = [];

// Survey pages meet every phone, so they get plain older script; the dashboard gets modules.
if (pages.length > 0) await bundle({ entryPoints: pages, format: "iife", target: "es2018" });
if (existsSync("web/docs/docs.css"))
	write(join(out, "docs/index.html"), docs(document, { css: "/api/docs/docs.css", script: "/api/docs/docs.js" }));
if (existsSync("web/widget/w.ts")) await buildWidget();
if (dashboard.length > 0) await buildDashboard();
write(join(out, "third-party.txt"), notices(packagesIn(metafiles)));

/** The metafile of a bundle, which is kept to know what is passed on. */
async function bundle(options) {
	const { build } = await import("esbuild");
	const { metafile } = await build({ ...common, ...options });
	metafiles.push(metafile);
	return metafile;
}

/** For pages of others: one small file, with the licence that it may be used under. */
async function buildWidget() {
	const licence = "/* Heed's widget. SPDX-License-Identifier: MIT */";
	await bundle({ entryPoints: ["web/widget/w.ts"], format: "iife", target: "es2020", banner: { js: licence } });
}

async function buildDashboard() {
	const { transform } = await import("esbuild");
	write("web/dashboard/generated/client.ts", client(document));
	const areas = words();
	write("web/dashboard/generated/areas.ts", areasText(areas, firstAreas));
	rmSync("web/dashboard/generated/words", { recursive: true, force: true });
	for (const [name, catalogues] of Object.entries(wordFiles(areas, firstAreas)))
		write(`web/dashboard/generated/words/${name}.js`, `export default ${JSON.stringify(catalogues)};\n`);
	const metafile = await bundle({
		entryPoints: dashboard,
		format: "esm",
		target: "es2022",
		splitting: true,
		chunkNames: "dashboard/[name]-[hash]",
		alias: { "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js" },
		plugins: [{ name: "heed", setup: lighten }],
	});
	await bundle({ entryPoints: ["web/dashboard/early.ts"], format: "iife", target: "es2022" });
	for (const [name, css] of Object.entries(sheets(metafile)))
		write(join(out, `dashboard/${name}.css`), (await transform(css, { loader: "css", minify: true })).code);
	write(join(out, "dashboard/index.html"), shell(metafile));
}

/** What is drawn by the overview is styled by main.css, all else by more.css, which comes with other screens. */
function sheets(metafile) {
	const statics = (name) => metafile.outputs[name].imports.filter((i) => i.kind === "import-statement").map((i) => i.path);
	const withStatics = (name) => [name, ...statics(name).flatMap(withStatics)];
	const outputs = Object.keys(metafile.outputs);
	const entry = (name) => firstEntries.includes(metafile.outputs[name].entryPoint?.slice("web/dashboard/".length));
	const first = [...new Set(outputs.filter(entry).flatMap(withStatics))];
	const isFirst = (file) => dirname(file) === "web/dashboard" || firstStyles.includes(dirname(file).slice("web/dashboard/".length));
	const mantine = mantineSheets(metafile);
	const main = mantine.filter((sheet) => sheet.isUsed(first));
	const more = mantine.filter((sheet) => !main.includes(sheet) && sheet.isUsed(outputs));
	const joined = (sheet, files) => [...sheet.map(({ text }) => text), ...files.map((f) => readFileSync(f, "utf8"))].join("\n");
	return { main: joined(main, styles.filter(isFirst)), more: joined(more, styles.filter((f) => !isFirst(f))) };
}

/** The files that the frame and the first screen are made of, and Mantine's components that these use. */
function firstParts() {
	const files = new Set();
	const names = new Set();
	const walk = (file) => {
		if (files.has(file) || !/\.tsx?$/.test(file) || !existsSync(file)) return;
		files.add(file);
		const text = readFileSync(file, "utf8");
		for (const [, list, from] of text.matchAll(imported))
			if (from === "@mantine/core") for (const name of namesIn(list)) names.add(name.split(" as ")[0]);
		for (const [, from] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gm)) walk(join(dirname(file), from));
	};
	walk("web/dashboard/main.tsx");
	files.delete("web/dashboard/main.tsx");
	return { files: [...files], names };
}

/**
 * Icons and components are taken one by one, each from its own file: reading all icons takes seconds, and what comes through
 * one large index lands in one chunk, whoever needs it. Each piece of code that is fetched later says that it needs all of the
 * first view, which makes one chunk of that instead of thirty small ones: on a phone each costs a trip. Words are parsed
 * here, so that browsers need no parser.
 */
function lighten({ onLoad, onResolve }) {
	const mantine = mantineFiles();
	const first = firstParts();
	const every = filesBelow("web/dashboard").filter((file) => /\.tsx?$/.test(file));
	const later = every.flatMap((file) =>
		[...readFileSync(file, "utf8").matchAll(/\bimport\("(\.[^"]+\.tsx?)"\)/g)].map(([, from]) => resolve(dirname(file), from)),
	);
	const entries = new Set([...later, resolve("web/dashboard/main.tsx")]);
	const one = {
		"@tabler/icons-react": (name) => `import ${name} from "@tabler/icons-react/dist/esm/icons/${name}.mjs";`,
		"@mantine/core": (name) => {
			const [exported] = name.split(" as ");
			return `import { ${name} } from ${JSON.stringify(first.names.has(exported) ? "heed:first" : mantine.get(exported))};`;
		},
	};
	onResolve({ filter: /^heed:first$/ }, () => ({ path: "first", namespace: "heed", sideEffects: false }));
	onLoad({ filter: /^first$/, namespace: "heed" }, () => ({
		contents: [...first.names].map((name) => `export { ${name} } from ${JSON.stringify(mantine.get(name))};`).join("\n"),
		resolveDir: process.cwd(),
	}));
	onResolve({ filter: /^heed:common$/ }, () => ({ path: "common", namespace: "heed" }));
	onLoad({ filter: /^common$/, namespace: "heed" }, () => ({
		contents: first.files.map((file) => `import ${JSON.stringify(resolve(file))};`).join("\n"),
		resolveDir: process.cwd(),
	}));
	onLoad({ filter: /web\/dashboard\/.*\.tsx?$/ }, ({ path }) => ({
		loader: path.endsWith("x") ? "tsx" : "ts",
		contents:
			(entries.has(path) ? 'import "heed:common"; ' : "") +
			readFileSync(path, "utf8").replace(
				imported,
				(whole, list, from) => (from in one ? namesIn(list).map(one[from]).join(" ") : whole),
			),
	}));
	onLoad({ filter: /web\/dashboard\/generated\/words\/.*\.js$/ }, ({ path }) => ({
		contents: `import "heed:common"; ${readFileSync(path, "utf8")}`,
	}));
}

/**
 * The page, which names what its script imports, so that all of it is fetched at once: code, and the first words in the
 * language that the browser asks for.
 */
function shell(metafile) {
	const outputs = Object.entries(metafile.outputs);
	const of = (entry) => outputs.find(([, output]) => output.entryPoint === `web/dashboard/${entry}`);
	const [, script] = of("main.tsx");
	const statics = script.imports.filter((i) => i.kind === "import-statement").map((i) => i.path);
	const link = (path) => `<link rel="modulepreload" fetchpriority="low" href="/dashboard/${basename(path)}">\n`;
	const words = (language) => link(of(`generated/words/first.${language}.js`)[0]);
	const links = [...statics.map(link), `{{#german}}${words("de")}{{/german}}{{^german}}${words("en")}{{/german}}`];
	return readFileSync("web/dashboard/index.html", "utf8").replace("<!-- imports -->\n", links.join(""));
}
