/* text/theme_names.h - what the themes that ship are called, by language, from models/themes.txt.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_THEME_NAMES_H
#define TEXT_THEME_NAMES_H

#include "base/json.h"

#include <stdbool.h>

/* At NULL: it is none of those that ship, or has none in that language ("en", "de"). */
Str theme_shipped_name(Str code, Str language);
/* "code", "name" and "names", a name a language, as members of the open dict. Of a theme that was renamed there are no others: it
 * is called so in every language. */
void theme_names_put(struct json_writer *w, Str code, Str name, bool renamed);

#endif
