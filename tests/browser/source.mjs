// tests/browser/source.mjs - a module of the dashboard that imports nothing, for a test that needs no page.
// SPDX-License-Identifier: AGPL-3.0-or-later
//
//	const { toGo } = await source("board/to_go.ts");
import { readFileSync } from "node:fs";
import { transform } from "esbuild";

export async function source(path) {
	const { code } = await transform(readFileSync(`web/dashboard/${path}`, "utf8"), { loader: "ts", format: "esm" });
	return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
