// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds web/ into the folder given: scripts are bundled, styles minified, the rest is copied.
//
//	node tools/web.mjs build/web
//
// Entries are the .ts and .css of web/pages and web/docs, and web/dashboard/main.tsx. Paths below web/ stay as they are, .ts
// and .tsx becoming .js. The files of web/api become one, api/openapi.json, the dashboard's typed client and the page that
// documents the API. Screens of the dashboard that are imported when they are wanted, and the words of each language, become
// files of their own, named by their contents.
// All styles of the dashboard are one file: Mantine's for the components in use, then every .css below web/dashboard.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { client } from "./client.mjs";
import { docs } from "./docs.mjs";
import { mantineFiles, mantineStyles } from "./mantine.mjs";
import { openapi } from "./openapi.mjs";
import { areasText, readyWords, words } from "./words.mjs";

const out = process.argv[2];
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
	legalComments: "none",
	define: { "process.env.NODE_ENV": '"production"' },
	logLevel: "warning",
};

// Survey pages meet every phone, so they get plain older script; the dashboard gets modules.
if (pages.length > 0) {
	const { build } = await import("esbuild");
	await build({ ...common, entryPoints: pages, format: "iife", target: "es2018" });
}
if (existsSync("web/docs/docs.css"))
	write(join(out, "docs/index.html"), docs(document, { css: "/api/docs/docs.css", script: "/api/docs/docs.js" }));
if (existsSync("web/widget/w.ts")) await buildWidget();
if (dashboard.length > 0) await buildDashboard();

/** For pages of others: one small file, with the licence that it may be used under. */
async function buildWidget() {
	const { build } = await import("esbuild");
	const licence = "/* Heed's widget. SPDX-License-Identifier: MIT */";
	await build({ ...common, entryPoints: ["web/widget/w.ts"], format: "iife", target: "es2020", banner: { js: licence } });
}

async function buildDashboard() {
	const { build, transform } = await import("esbuild");
	write("web/dashboard/generated/client.ts", client(document));
	write("web/dashboard/generated/areas.ts", areasText(words()));
	const { metafile } = await build({
		...common,
		entryPoints: dashboard,
		format: "esm",
		target: "es2022",
		splitting: true,
		metafile: true,
		chunkNames: "dashboard/[name]-[hash]",
		alias: { "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js" },
		plugins: [{ name: "heed", setup: lighten }],
	});
	const css = [mantineStyles(metafile), ...styles.map((f) => readFileSync(f, "utf8"))].join("\n");
	write(join(out, "dashboard/main.css"), (await transform(css, { loader: "css", minify: true })).code);
	write(join(out, "dashboard/index.html"), shell(metafile));
}

/** Mantine's components that the frame and the first screen use, with all that those import. */
function firstComponents() {
	const seen = new Set();
	const names = new Set();
	const walk = (file) => {
		if (seen.has(file) || !existsSync(file)) return;
		seen.add(file);
		for (const [, list, from] of readFileSync(file, "utf8").matchAll(imported)) {
			if (from === "@mantine/core") for (const name of namesIn(list)) names.add(name.split(" as ")[0]);
			else if (from.startsWith(".")) walk(join(dirname(file), from));
		}
	};
	walk("web/dashboard/main.tsx");
	walk("web/dashboard/screens/overview.tsx");
	return names;
}

/**
 * Icons and components are taken one by one, each from its own file: reading all icons takes seconds, and what comes through
 * one large index lands in one chunk, whoever needs it. The components of the first view come through a small index, which
 * makes one chunk of them. Words are parsed here, so that browsers need no parser.
 */
function lighten({ onLoad, onResolve }) {
	const mantine = mantineFiles();
	const first = firstComponents();
	const one = {
		"@tabler/icons-react": (name) => `import ${name} from "@tabler/icons-react/dist/esm/icons/${name}.mjs";`,
		"@mantine/core": (name) => {
			const [exported] = name.split(" as ");
			return `import { ${name} } from ${JSON.stringify(first.has(exported) ? "heed:first" : mantine.get(exported))};`;
		},
	};
	onResolve({ filter: /^heed:first$/ }, () => ({ path: "first", namespace: "heed", sideEffects: false }));
	onLoad({ filter: /^first$/, namespace: "heed" }, () => ({
		contents: [...first].map((name) => `export { ${name} } from ${JSON.stringify(mantine.get(name))};`).join("\n"),
		resolveDir: process.cwd(),
	}));
	onLoad({ filter: /web\/dashboard\/.*\.tsx?$/ }, ({ path }) => ({
		loader: path.endsWith("x") ? "tsx" : "ts",
		contents: readFileSync(path, "utf8").replace(
			imported,
			(whole, list, from) => (from in one ? namesIn(list).map(one[from]).join(" ") : whole),
		),
	}));
	onLoad({ filter: /web\/dashboard\/words\/.*\.json$/ }, ({ path }) => ({
		contents: `export default ${JSON.stringify(readyWords(readFileSync(path, "utf8")))}`,
	}));
}

/**
 * The page, which names what its script imports, so that all of it is fetched at once: the frame's words in the language
 * that the browser asks for, and for the first screen its code and words.
 */
function shell(metafile) {
	const outputs = Object.entries(metafile.outputs);
	const of = (entry) => outputs.find(([, output]) => output.entryPoint === `web/dashboard/${entry}`);
	const [[main, script], [overview, screen]] = [of("main.tsx"), of("screens/overview.tsx")];
	const statics = (output) => output.imports.filter((i) => i.kind === "import-statement").map((i) => i.path);
	const first = new Set(statics(script));
	const second = [overview, ...statics(screen)].filter((path) => path !== main && !first.has(path));
	const link = (path) => `<link rel="modulepreload" href="/dashboard/${basename(path)}">\n`;
	const words = (area) =>
		`{{#german}}${link(of(`words/${area}.de.json`)[0])}{{/german}}{{^german}}${link(of(`words/${area}.en.json`)[0])}{{/german}}`;
	const links = [
		...[...first].map(link),
		words("frame"),
		"{{#overview}}",
		...second.map(link),
		words("overview"),
		words("filter"),
		"{{/overview}}",
	];
	return readFileSync("web/dashboard/index.html", "utf8").replace("<!-- imports -->\n", links.join(""));
}
