/* base/asset.h - files that are part of the program: page templates, scripts, styles, trained models.
 *
 * The table is made by the build (tools/embed.c) from web/pages, from what the bundler left in BUILD/web and from models/,
 * sorted by path: "pages/survey.html", "dashboard/main.js", "models/emotion.heedmodel".
 * All of it is constant and lives as long as the process.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include "base/str.h"

struct asset {
	Str path;
	Str mime; /* "text/html; charset=utf-8" */
	Str etag; /* a quoted hash of the bytes, ready for the header */
	Str bytes;
	Str gzip; /* the same, compressed; empty when that is not smaller */
};

/* NULL when there is none. */
const struct asset *asset_find(Str path);

/* All of them, sorted by path. */
const struct asset *asset_all(size_t *count);

#endif
