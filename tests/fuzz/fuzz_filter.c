/* A query string as a filter of answers: what is written of it reads back as the same, and stepping through properties
 * finds what reading all of them does. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buf.h"
#include "base/die.h"
#include "base/form.h"
#include "base/zone.h"
#include "feedback/filter.h"
#include "people/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_all(struct answer_filter *f, struct arena *a, Str query)
{
	struct form form;
	struct err err;
	bool known, ok = form_parse(a, query, 200, &form, &err);
	for (size_t i = 0; ok && i < form.count; i++)
		ok = filter_set(f, a, form.fields[i].name, form.fields[i].value, zone_utc(), &known,
		                &err);
	return ok;
}

static Str written(const struct answer_filter *f, struct arena *a)
{
	struct buf *out = buf_in(a, (size_t)1 << 20);
	filter_write(f, out);
	return buf_str(out);
}

static void walk(struct arena *a, Str json)
{
	struct err err;
	JsonRef ref;
	Str canonical, name, value;
	struct property *all;
	size_t count, position = 0, at = 0;
	if (!json_read(a, json, &ref, &err) || !properties_read(a, ref, &canonical, &err))
		return;
	MUST(properties_list(a, canonical, &all, &count, &err));
	enum properties_walk step;
	while ((step = properties_next(canonical, &position, &name, &value)) == WALK_ONE) {
		MUST(at < count && str_eq(all[at].name, name));
		MUST(str_eq(property_text(a, &all[at]), value));
		at++;
	}
	MUST(step == WALK_HARD || at == count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct answer_filter *f = ARENA_NEW(&a, struct answer_filter);
	struct answer_filter *again = ARENA_NEW(&a, struct answer_filter);
	Str text = { size ? (const char *)data : "", size };
	if (read_all(f, &a, text)) {
		Str query = written(f, &a);
		MUST(read_all(again, &a, query));
		MUST(str_eq(written(again, &a), query));
	}
	walk(&a, text);
	arena_free(&a);
	return 0;
}
