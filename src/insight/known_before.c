/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/known_before.h"

#include "feedback/cube_view.h"
#include "feedback/facets.h"
#include "people/personal.h"

static const char *const plain[] = { "channel", "wording", "survey", "language", "tenure" };
#define PLAIN_COUNT     (sizeof plain / sizeof plain[0])
#define KNOWN_MAX       (PLAIN_COUNT + KNOWN_PROPERTIES_MAX)
#define VIEW_VALUES_MAX 500

bool known_parse(Str text, const char *parameter, struct known *out, struct err *err)
{
	struct dim dim;
	bool known = str_starts(text, STR("property."));
	for (size_t i = 0; i < PLAIN_COUNT; i++)
		known = known || str_eq(text, str_of(plain[i]));
	if (!known)
		return err_at(
		    err, ERR_INVALID, parameter,
		    "must be channel, wording, survey, language, tenure or property.NAME");
	if (!attribute_parse(text, parameter, &dim, err))
		return false;
	*out = (struct known){ text, dim };
	return true;
}

static bool is_of_use(const struct facet_property *p)
{
	return p->values.used >= 1 && p->values.used <= KNOWN_VALUES_MAX && p->values.rest == 0;
}

static void add(struct known *list, size_t *count, struct arena *a, Str name)
{
	list[(*count)++] = (struct known){ str_printf(a, "property.%.*s", STR_FMT(name)),
		                           { .kind = DIM_PROPERTY, .name = name } };
}

/* A view knows values of the whole workspace; the part that is looked at may have fewer. */
static void add_of_view(const struct cube_view *view, struct arena *a, bool names,
                        struct known *list, size_t *count)
{
	for (size_t i = 0; i < view->property_count && *count < KNOWN_MAX; i++) {
		const struct cube_property *p = &view->properties[i];
		if (p->values.count > 1 && p->values.count <= VIEW_VALUES_MAX &&
		    (names || !personal_name(a, p->name)))
			add(list, count, a, str_copy(a, p->name));
	}
}

static bool add_of_tables(const struct facts *facts, struct arena *a,
                          const struct team_scope *scope, const struct answer_filter *f, bool names,
                          struct known *list, size_t *count, struct err *err)
{
	struct facets *facets = ARENA_NEW(a, struct facets);
	if (!facets_count(facts, a, scope, f, names, facets, err))
		return false;
	for (size_t i = 0; i < facets->property_count && *count < KNOWN_MAX; i++)
		if (is_of_use(&facets->properties[i]))
			add(list, count, a, facets->properties[i].name);
	return true;
}

bool known_list(const struct facts *facts, struct arena *a, const struct team_scope *scope,
                const struct answer_filter *f, bool names, struct known **out, size_t *count,
                struct err *err)
{
	struct known *list = ARENA_ARRAY(a, struct known, KNOWN_MAX);
	*count = 0;
	for (size_t i = 0; i < PLAIN_COUNT; i++)
		if (!known_parse(str_of(plain[i]), "by", &list[(*count)++], err))
			return false;
	*out = list;
	if (!facts->view || facts->view->names_cut)
		return add_of_tables(facts, a, scope, f, names, list, count, err);
	add_of_view(facts->view, a, names, list, count);
	return true;
}
