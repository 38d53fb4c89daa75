// web/dashboard/modules.d.ts - style sheets are imported for their effect; the bundler collects them.
// SPDX-License-Identifier: AGPL-3.0-or-later
declare module "*.css";
