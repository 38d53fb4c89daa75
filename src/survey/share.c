/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/share.h"

#include "base/form.h"

#define URL_MAX 2048

bool share_label_is(Str text)
{
	if (text.len == 0 || text.len > SHARE_LABEL_MAX || str_trim(text).len != text.len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f)
			return false;
	return true;
}

Str share_parameter(Str name)
{
	if (str_eq(name, STR("c")))
		return STR("channel");
	return str_eq(name, STR("s")) ? STR("source") : name;
}

Str share_url(struct arena *a, const char *public_url, Str public_slug, Str channel, Str source)
{
	struct buf *out = buf_in(a, URL_MAX);
	buf_printf(out, "%s/s/%.*s", public_url, STR_FMT(public_slug));
	if (channel.len || source.len)
		buf_add_char(out, '?');
	if (channel.len)
		form_put(out, STR("c"), channel);
	if (source.len)
		form_put(out, STR("s"), source);
	return buf_str(out);
}
