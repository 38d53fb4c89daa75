/* app/analyst_files.h - the models and lists that come with Heed, as an analyst.
 *
 * What is part of the program is there always. The language model has a licence that keeps it outside: lid.176.ftz is looked for
 * in `share` beside the program, then in ../share/heed; without it scripts and common words decide.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ANALYST_FILES_H
#define APP_ANALYST_FILES_H

#include "reading/theme_api.h"
#include "text/analysis.h"

/* The taxonomy that ships. */
Str analyst_shipped_themes(void);
/* Bytes of the program's own, the language model's in the arena. ERR_INVALID when that cannot be read. */
MUST_USE bool analyst_files_find(struct arena *a, struct analyst_files *out, struct err *err);
/* What they are called, whose they are and how large. */
void analyst_models(struct reading_model out[static READING_MODELS]);
/* In the arena. `taxonomy` is a file of the user's, NULL: the one that ships. ERR_INVALID names file and line. */
MUST_USE bool analyst_load(struct arena *a, struct word_reader *r, const char *taxonomy,
                           const struct analyst **out, struct err *err);

#endif
