/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/attribute.h"

#include "feedback/filter_run.h"
#include "people/personal.h"

#define PROPERTY STR("property.")
#define TRAIT    STR("trait.")

static const struct {
	const char *name;
	enum dim_kind kind;
} plain[] = {
	{ "channel", DIM_CHANNEL },
	{ "language", DIM_LANGUAGE },
	{ "survey", DIM_SURVEY },
	{ "wording", DIM_WORDING },
	{ "source", DIM_SOURCE },
	{ "tag", DIM_TAG },
	{ "theme", DIM_THEME },
	{ "sentiment", DIM_SENTIMENT },
	{ "tenure", DIM_TENURE },
	{ "account", DIM_ACCOUNT },
	{ "account_size", DIM_ACCOUNT_SIZE },
};

static bool parse_named(Str text, Str prefix, enum dim_kind kind, struct dim *out)
{
	if (!str_starts(text, prefix) || text.len == prefix.len)
		return false;
	*out = (struct dim){ .kind = kind, .name = str_from(text, prefix.len) };
	return true;
}

bool attribute_parse(Str text, const char *parameter, struct dim *out, struct err *err)
{
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (str_eq(text, str_of(plain[i].name))) {
			*out = (struct dim){ .kind = plain[i].kind };
			return true;
		}
	if (parse_named(text, PROPERTY, DIM_PROPERTY, out) ||
	    parse_named(text, TRAIT, DIM_TRAIT, out))
		return true;
	return err_at(err, ERR_INVALID, parameter, "must be " ATTRIBUTE_NAMES);
}

bool attribute_may_ask(const struct dim *dim, bool hides_names, struct arena *a, struct err *err)
{
	bool named = dim->kind == DIM_PROPERTY || dim->kind == DIM_TRAIT;
	if (!hides_names || !named || !personal_name(a, dim->name))
		return true;
	return err_set(err, ERR_DENIED,
	               "Names, emails and phone numbers are hidden from you, so figures cannot be "
	               "split by \"%.*s\".",
	               STR_FMT(dim->name));
}

Str attribute_shown(const struct cell_value *value, bool hides_names)
{
	if (hides_names && value->text.at && personal_value(value->text))
		return (Str){ 0 };
	return value->text;
}

void attribute_only_language(struct answer_filter *f, Str group)
{
	struct filter_values *asked = &f->fields[FILTER_LANGUAGE];
	const struct filter_values wanted = { .at = { group }, .count = 1 };
	size_t kept = 0;
	for (size_t i = 0; i < asked->count; i++)
		if (filter_takes_language(&wanted, asked->at[i]))
			asked->at[kept++] = asked->at[i];
	asked->count = kept;
	if (kept == 0)
		filter_only(f, FILTER_LANGUAGE, group);
}

bool attribute_narrow(struct answer_filter *f, const struct dim *dim,
                      const struct cell_value *value)
{
	if (value->rest || value->text.len == 0)
		return false;
	switch (dim->kind) {
	case DIM_CHANNEL:
		filter_only(f, FILTER_CHANNEL, value->text);
		return true;
	case DIM_SURVEY:
		filter_only(f, FILTER_SURVEY, value->text);
		return true;
	case DIM_SOURCE:
		filter_only(f, FILTER_SOURCE, value->text);
		return true;
	case DIM_LANGUAGE:
		attribute_only_language(f, value->text);
		return true;
	case DIM_PROPERTY:
		return filter_only_property(f, dim->name, value->text);
	case DIM_TAG:
		/* Of answers with one tag, those with another: no filter takes both at once. */
		if (f->fields[FILTER_TAG].count > 0)
			return false;
		filter_only(f, FILTER_TAG, value->text);
		return true;
	case DIM_THEME:
		if (f->fields[FILTER_THEME].count > 0)
			return false;
		filter_only(f, FILTER_THEME, value->text);
		return true;
	case DIM_SENTIMENT:
		filter_only(f, FILTER_SENTIMENT, value->text);
		return true;
	case DIM_NONE:
	case DIM_PART:
	case DIM_WORDING:
	case DIM_TIME:
	case DIM_GROUP:
	case DIM_TRAIT:
	case DIM_TENURE:
	case DIM_ACCOUNT:
	case DIM_ACCOUNT_SIZE:
		return false;
	}
	return false;
}
