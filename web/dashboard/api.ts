// web/dashboard/api.ts - all that the dashboard asks of the server: a function for each operation of the API, a type for
// each schema, written by the build from web/api.
// SPDX-License-Identifier: AGPL-3.0-or-later
export { type How, pathOf, Refusal } from "./ask.ts";
export * from "./generated/client.ts";

import type { Me } from "./generated/client.ts";

/** A person who is signed in, as the dashboard's users are. */
export type Member = Extract<Me, { user: unknown }>;
