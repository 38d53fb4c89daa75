/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/file_wishes.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool file_wishes_read(const struct call *call, struct import_wishes *out, struct err *err)
{
	const char *map = option_text(call, "map"), *scale = option_text(call, "scale"),
		   *order = option_text(call, "date-order");
	struct import_wishes wishes = { .map = str_of(map),
		                        .preset = str_of(option_text(call, "preset")) };
	if (scale && !score_scale_parse(str_of(scale), &wishes.scale, err))
		return false;
	wishes.has_date_order = order != NULL;
	if (order && !dates_format_parse(str_of(order), &wishes.date_order, err))
		return err_prefix(err, "--date-order");
	*out = wishes;
	return true;
}

bool customer_option(const struct call *call, Str *out, struct err *err)
{
	return transcript_labels_read(call->arena, str_of(option_text(call, "customer")),
	                              "customer", out, err) ||
	       err_prefix(err, "--customer");
}

Str file_name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_of(slash ? slash + 1 : path);
}

bool terminal_is_lively(int fd)
{
	const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
	return isatty(fd) && term && strcmp(term, "dumb") != 0 && (!no_colour || !no_colour[0]);
}

Str terminal_safe(struct arena *a, Str text)
{
	char *copy = str_copy_c(a, text);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)copy[i] < 0x20 || copy[i] == 0x7f)
			copy[i] = ' ';
	return (Str){ copy, text.len };
}
