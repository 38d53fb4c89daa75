/* feedback/import_preview.h - what an import would do, as JSON: columns and why, the first rows, and what must be asked.
 *
 * A question names its subject and its choices, so that a page puts it in its own words; `sentence` is for those who have
 * none. One that was answered by the wishes is not open.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_PREVIEW_H
#define FEEDBACK_IMPORT_PREVIEW_H

#include "base/json.h"
#include "feedback/import_view.h"
#include "feedback/sight.h"

/* An import whose rows this file may repeat; file_name at NULL: there is none. */
struct import_before {
	Str file_name;
	int64_t at;
};

/* Personal data is masked for who sees comments masked (feedback/sight.h): in every cell, whatever its column is taken for, but
 * for an address, a number or the like that is all of a cell of who answered, when and how. `a` is scratch. */
void import_preview_put(struct json_writer *w, struct arena *a, const struct sight *sight,
                        const struct import_view *view, const struct import_plan *plan,
                        const struct import_before *before, bool asks_repeat);

#endif
