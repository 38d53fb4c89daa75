// tests/http/routes.mjs - all rows that the program serves, as routes_fixture prints them.
// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const fixture = join(process.env.HEED_FIXTURES ?? "build/gcc-release/tests", "http/routes_fixture");

/** { method, path, operation, open, local, html, names, body_max, roles, scopes } of each. */
export function routes() {
	return JSON.parse(execFileSync(fixture, { encoding: "utf8", maxBuffer: 1 << 24 }));
}
