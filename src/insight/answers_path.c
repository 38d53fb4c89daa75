/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/answers_path.h"

#include "base/buf.h"

#define PATH_MAX_BYTES 16384

Str answers_path(const struct answer_filter *f, struct arena *a)
{
	struct buf path;
	buf_init(&path, PATH_MAX_BYTES);
	buf_add(&path, STR("/api/v1/responses?"));
	filter_write(f, &path);
	Str copy = path.overflowed ? (Str){ 0 } : str_copy(a, buf_str(&path));
	buf_free(&path);
	return copy;
}
