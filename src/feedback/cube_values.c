/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_values.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "people/properties.h"

void cube_values_free(struct cube_values *v)
{
	free(v->codes);
	*v = (struct cube_values){ 0 };
}

static void make_room(struct cube_values *v, size_t count)
{
	if (count <= v->cap)
		return;
	size_t cap = count + count / 2 + 8;
	v->codes = mem_resize(v->codes, cap * sizeof *v->codes);
	memset(v->codes + v->cap, 0, (cap - v->cap) * sizeof *v->codes);
	v->cap = cap;
}

static void value_put(struct cube_values *out, struct cube_names_list *names,
                      struct cube_memory *memory, Str name, Str value, size_t *guess)
{
	size_t at = cube_name_add(names, memory, name, *guess);
	if (at == SIZE_MAX)
		return;
	make_room(out, at + 1);
	MUST(out->codes);
	out->codes[at] = cube_dict_add(names->at[at].values, value);
	*guess = at + 1;
}

static bool read_hard(struct cube_values *out, struct cube_names_list *names,
                      struct cube_memory *memory, Str canonical, struct arena *scratch,
                      struct err *err)
{
	struct property *all;
	size_t count, guess = 0;
	if (!properties_list(scratch, canonical, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		value_put(out, names, memory, all[i].name, property_text(scratch, &all[i]), &guess);
	arena_free(scratch);
	return true;
}

/* Most texts have the names that are expected next, and values without an escape: read without looking for either's end.
 * False: here stands something else, and nothing was done. */
static bool read_expected(struct cube_values *out, const struct cube_names_list *names,
                          Str canonical, size_t *position, size_t *guess)
{
	const struct cube_property_own *own = &names->at[*guess];
	if (*guess >= names->count || canonical.len < *position + own->name.len + 6)
		return false;
	const char *at = canonical.at + *position + 1, *end = canonical.at + canonical.len;
	if (at[0] != '"' || memcmp(at + 1, own->name.at, own->name.len) != 0 ||
	    memcmp(at + 1 + own->name.len, "\":\"", 3) != 0)
		return false;
	const char *value = at + own->name.len + 4, *c = value;
	while (c < end && *c != '"' && *c != '\\')
		c++;
	if (c == end || *c != '"')
		return false;
	make_room(out, *guess + 1);
	MUST(out->codes);
	out->codes[*guess] = cube_dict_add(own->values, (Str){ value, (size_t)(c - value) });
	*position = (size_t)(c + 1 - canonical.at);
	++*guess;
	return true;
}

bool cube_values_read(struct cube_values *out, struct cube_names_list *names,
                      struct cube_memory *memory, Str canonical, struct arena *scratch,
                      struct err *err)
{
	size_t position = 0, guess = 0;
	Str name, value;
	enum properties_walk walk = WALK_ONE;
	if (out->codes)
		memset(out->codes, 0, out->cap * sizeof *out->codes);
	while (walk == WALK_ONE) {
		if (read_expected(out, names, canonical, &position, &guess))
			continue;
		walk = properties_next(canonical, &position, &name, &value);
		if (walk == WALK_ONE)
			value_put(out, names, memory, name, value, &guess);
	}
	if (walk == WALK_HARD && !read_hard(out, names, memory, canonical, scratch, err))
		return false;
	make_room(out, names->count);
	out->count = names->count;
	return true;
}
