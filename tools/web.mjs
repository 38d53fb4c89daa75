// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds web/ into the folder given: scripts are bundled, styles minified, the rest is copied.
//
//	node tools/web.mjs build/web
//
// Entries are web/pages/*.ts, web/dashboard/main.tsx and every .css beside them that no script imports.
// Paths below web/ stay as they are, .ts and .tsx becoming .js. The files of web/api become one, api/openapi.json. Screens
// of the dashboard that are imported when they are wanted become files of their own, named by their contents.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openapi } from "./openapi.mjs";

const out = process.argv[2];
const copied = /\.(html|json|svg|txt|png|ico|woff2)$/;

function filesBelow(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.sort();
}

const files = filesBelow("web");
const pages = files.filter((f) => /^web\/pages\/[^/]*\.(ts|css)$/.test(f) && !f.endsWith(".d.ts"));
const dashboard = files.filter((f) => f === "web/dashboard/main.tsx");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const apart = /\/tsconfig[^/]*\.json$|^web\/api\/|^web\/dashboard\/.*\.json$/;
for (const f of files.filter((f) => copied.test(f) && !apart.test(f))) {
	const to = join(out, f.slice("web/".length));
	mkdirSync(dirname(to), { recursive: true });
	cpSync(f, to);
}
mkdirSync(join(out, "api"), { recursive: true });
writeFileSync(join(out, "api/openapi.json"), `${JSON.stringify(openapi())}\n`);

// Survey pages meet every phone, so they get plain older script; the dashboard gets modules.
const builds = [
	{ entryPoints: pages, format: "iife", target: "es2018" },
	{ entryPoints: dashboard, format: "esm", target: "es2022", splitting: true, chunkNames: "dashboard/[name]-[hash]" },
];
for (const options of builds.filter((b) => b.entryPoints.length > 0)) {
	const { build } = await import("esbuild");
	await build({
		...options,
		outbase: "web",
		outdir: out,
		bundle: true,
		minify: true,
		legalComments: "none",
		define: { "process.env.NODE_ENV": '"production"' },
		logLevel: "warning",
	});
}
