/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is read, written and read again must be the same text. */
#include "base/json.h"

#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool rewrite(Str text, struct buf *out)
{
	struct arena a = { 0 };
	struct err err;
	JsonRef ref;
	bool ok = json_read(&a, text, &ref, &err);
	if (ok) {
		struct json_writer w;
		json_put_start(&w, out);
		json_put_ref(&w, ref);
	}
	arena_free(&a);
	return ok;
}

static void walk(JsonRef ref)
{
	struct err err;
	size_t position = 0;
	Str name;
	JsonRef value;
	int64_t number;
	double real;
	(void)!json_read_i64(ref, -10, 10, &number, &err);
	(void)!json_read_real(ref, &real, &err);
	(void)!json_read_text(ref, 5, &name, &err);
	while (json_read_next(ref, &position, &name, &value))
		walk(value);
	for (size_t i = 0; json_read_kind(ref) == JSON_LIST && i < json_read_count(ref); i++)
		walk(json_read_item(ref, i));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct buf once, twice;
	struct err err;
	JsonRef ref;
	Str text = { (const char *)data, size };
	buf_init(&once, 8 << 20);
	buf_init(&twice, 8 << 20);
	if (rewrite(text, &once)) {
		MUST(rewrite(buf_str(&once), &twice));
		MUST(str_eq(buf_str(&once), buf_str(&twice)));
		MUST(json_read(&a, text, &ref, &err));
		walk(ref);
	}
	buf_free(&once);
	buf_free(&twice);
	arena_free(&a);
	return 0;
}
