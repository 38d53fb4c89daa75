/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/theme_names.h"

#include "text/theme_names_rows.h"

struct theme_name_row {
	const char *code, *language, *name;
};

#define THEME_NAME_ROW(code, language, name) { code, language, name },
static const struct theme_name_row rows[] = { THEME_NAMES(THEME_NAME_ROW) };
#undef THEME_NAME_ROW

#define ROWS (sizeof rows / sizeof rows[0])

Str theme_shipped_name(Str code, Str language)
{
	for (size_t i = 0; i < ROWS; i++)
		if (str_eq(str_of(rows[i].code), code) &&
		    str_eq(str_of(rows[i].language), language))
			return str_of(rows[i].name);
	return (Str){ 0 };
}

void theme_names_put(struct json_writer *w, Str code, Str name, bool renamed)
{
	json_put_key_text(w, "code", code);
	json_put_key_text(w, "name", name);
	json_put_key(w, STR("names"));
	json_put_dict(w);
	for (size_t i = 0; i < ROWS && !renamed; i++)
		if (str_eq(str_of(rows[i].code), code))
			json_put_key_text(w, rows[i].language, str_of(rows[i].name));
	json_put_dict_end(w);
}
