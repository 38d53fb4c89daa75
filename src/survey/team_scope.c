/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/team_scope.h"

#include <inttypes.h>
#include <stdlib.h>

#include "db/id.h"
#include "people/properties.h"
#include "survey/brand.h"
#include "survey/survey.h"
#include "survey/touchpoint.h"

const struct team_scope team_scope_whole = { 0 };

static const char *const members[] = { "surveys", "brands", "touchpoints", "properties", NULL };

static bool texts_read(struct arena *a, JsonRef list, size_t max, Str **out, size_t *count,
                       struct err *err)
{
	*count = 0;
	if (!json_read_is_given(list))
		return true;
	if (!json_read_list(list, TEAM_SCOPE_VALUES_MAX, err))
		return false;
	size_t n = json_read_count(list);
	*out = ARENA_ARRAY(a, Str, n + 1);
	for (size_t i = 0; i < n; i++)
		if (!json_read_text(json_read_item(list, i), max, &(*out)[i], err))
			return false;
	*count = n;
	return true;
}

/* Canonical text was checked when it came: here it is only taken apart. */
static bool properties_take(struct arena *a, JsonRef dict, struct team_scope *out, struct err *err)
{
	size_t position = 0;
	Str name;
	JsonRef list;
	while (json_read_next(dict, &position, &name, &list)) {
		if (out->property_count == TEAM_SCOPE_PROPERTIES_MAX)
			return err_at(err, ERR_INVALID, dict.path, "has at most %d properties",
			              TEAM_SCOPE_PROPERTIES_MAX);
		struct team_scope_property *p = &out->properties[out->property_count];
		if (!texts_read(a, list, PROPERTY_VALUE_MAX, &p->values, &p->count, err))
			return false;
		p->name = name;
		out->property_count++;
	}
	return true;
}

static bool has(const Str *values, size_t count, Str value)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(values[i], value))
			return true;
	return false;
}

/* What the scope says of surveys, as it stands in the text. */
struct naming {
	bool slugs, brands, touchpoints; /* given */
	Str *slug, *brand, *touchpoint;
	size_t slug_count, brand_count, touchpoint_count;
};

static bool naming_read(struct arena *a, JsonRef body, struct naming *n, struct err *err)
{
	JsonRef surveys = json_read_member(body, "surveys");
	JsonRef brands = json_read_member(body, "brands");
	JsonRef touchpoints = json_read_member(body, "touchpoints");
	*n = (struct naming){ .slugs = json_read_is_given(surveys),
		              .brands = json_read_is_given(brands),
		              .touchpoints = json_read_is_given(touchpoints) };
	return texts_read(a, surveys, SURVEY_SLUG_MAX, &n->slug, &n->slug_count, err) &&
	       texts_read(a, brands, 20, &n->brand, &n->brand_count, err) &&
	       texts_read(a, touchpoints, TOUCHPOINT_CODE_MAX, &n->touchpoint, &n->touchpoint_count,
	                  err);
}

static bool names(const struct naming *n, struct arena *a, const struct survey *s)
{
	if (n->slugs && !has(n->slug, n->slug_count, s->slug))
		return false;
	Str brand = str_printf(a, "%" PRId64, s->brand_id);
	if (n->brands && !has(n->brand, n->brand_count, brand))
		return false;
	return !n->touchpoints ||
	       (s->touchpoint.at && has(n->touchpoint, n->touchpoint_count, s->touchpoint));
}

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static bool surveys_find(struct db *db, struct arena *a, int64_t workspace, const struct naming *n,
                         struct team_scope *out, struct err *err)
{
	struct survey *all;
	size_t count;
	out->names_surveys = n->slugs || n->brands || n->touchpoints;
	if (!out->names_surveys)
		return true;
	if (!survey_list(db, a, workspace, &all, &count, err))
		return false;
	out->surveys = ARENA_ARRAY(a, int64_t, count + 1);
	for (size_t i = 0; i < count; i++)
		if (names(n, a, &all[i]))
			out->surveys[out->survey_count++] = all[i].id;
	qsort(out->surveys, out->survey_count, sizeof(int64_t), by_id);
	return true;
}

bool team_scope_parse(struct db *db, struct arena *a, int64_t workspace, Str canonical,
                      struct team_scope *out, struct err *err)
{
	struct team_scope scope = { 0 };
	struct naming n;
	JsonRef body;
	if (!canonical.at || str_eq(canonical, TEAM_SCOPE_WHOLE)) {
		*out = scope;
		return true;
	}
	if (!json_read(a, canonical, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, members, err) || !naming_read(a, body, &n, err) ||
	    !properties_take(a, json_read_member(body, "properties"), &scope, err)) {
		err->kind = ERR_CORRUPT;
		return err_prefix(err, "the scope of this team");
	}
	if (!surveys_find(db, a, workspace, &n, &scope, err))
		return false;
	*out = scope;
	return true;
}

bool team_scope_load(struct db *db, struct arena *a, const struct caller *caller,
                     struct team_scope *out, struct err *err)
{
	return team_scope_parse(db, a, caller->workspace, caller->team_scope, out, err);
}

bool team_scope_is_whole(const struct team_scope *scope)
{
	return !scope->names_surveys && scope->property_count == 0;
}

bool team_scope_covers_all(struct request *rq, bool *out, struct err *err)
{
	struct team_scope scope;
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err))
		return false;
	*out = team_scope_is_whole(&scope);
	return true;
}

bool team_scope_need_all(struct request *rq, const char *what, struct err *err)
{
	bool whole;
	return team_scope_covers_all(rq, &whole, err) &&
	       (whole ||
	        err_set(err, ERR_DENIED, "only those who see all answers may change %s", what));
}

bool team_scope_takes_survey(const struct team_scope *scope, int64_t survey)
{
	return !scope->names_surveys ||
	       (scope->survey_count && bsearch(&survey, scope->surveys, scope->survey_count,
	                                       sizeof(int64_t), by_id) != NULL);
}

bool team_scope_takes_properties(const struct team_scope *scope, struct arena *a, Str canonical,
                                 bool *out, struct err *err)
{
	bool all = true;
	for (size_t i = 0; all && i < scope->property_count; i++) {
		const struct team_scope_property *p = &scope->properties[i];
		Str value;
		if (!properties_value_of(a, canonical, p->name, &value, err))
			return false;
		all = value.at && has(p->values, p->count, value);
	}
	*out = all;
	return true;
}

bool team_scope_takes(const struct team_scope *scope, struct arena *a, int64_t survey,
                      Str properties, bool *out, struct err *err)
{
	if (!team_scope_takes_survey(scope, survey)) {
		*out = false;
		return true;
	}
	return team_scope_takes_properties(scope, a, properties, out, err);
}

/* What comes from a client */

static bool list_check(JsonRef list, struct err *err)
{
	if (!json_read_is_given(list))
		return true;
	return json_read_list(list, TEAM_SCOPE_VALUES_MAX, err) &&
	       (json_read_count(list) > 0 ||
	        err_at(err, ERR_INVALID, list.path, "must name at least one, or be left out"));
}

static bool missing(JsonRef list, size_t i, const char *what, struct err *err)
{
	return err_at(err, ERR_INVALID, json_read_item(list, i).path, "is no %s of this workspace",
	              what);
}

static bool surveys_check(struct db *db, struct arena *a, int64_t workspace, JsonRef list,
                          const struct naming *n, struct err *err)
{
	for (size_t i = 0; i < n->slug_count; i++) {
		struct survey s;
		bool found;
		if (!survey_find_by_slug(db, a, workspace, n->slug[i], &found, &s, err))
			return false;
		if (!found)
			return missing(list, i, "survey", err);
	}
	return true;
}

static bool brands_check(struct db *db, struct arena *a, int64_t workspace, JsonRef list,
                         const struct naming *n, struct err *err)
{
	for (size_t i = 0; i < n->brand_count; i++) {
		struct brand brand;
		int64_t id;
		struct err ignored;
		if (!id_parse(n->brand[i], &id, &ignored))
			return missing(list, i, "brand", err);
		if (!brand_find(db, a, workspace, id, &brand, err))
			return err->kind == ERR_NOT_FOUND ? missing(list, i, "brand", err) : false;
	}
	return true;
}

static bool touchpoints_check(struct db *db, struct arena *a, int64_t workspace, JsonRef list,
                              const struct naming *n, struct err *err)
{
	for (size_t i = 0; i < n->touchpoint_count; i++) {
		struct touchpoint t;
		bool found;
		if (!touchpoint_find_by_code(db, a, workspace, n->touchpoint[i], &found, &t, err))
			return false;
		if (!found)
			return missing(list, i, "touchpoint", err);
	}
	return true;
}

static bool property_check(Str name, JsonRef list, struct err *err)
{
	if (name.len == 0 || name.len > PROPERTY_NAME_MAX)
		return err_at(err, ERR_INVALID, list.path, "is no name of a property");
	return json_read_list(list, TEAM_SCOPE_VALUES_MAX, err) && list_check(list, err);
}

static bool property_lists_check(JsonRef dict, struct err *err)
{
	size_t position = 0;
	Str name;
	JsonRef list;
	if (!json_read_is_given(dict))
		return true;
	if (!json_read_dict(dict, err))
		return false;
	while (json_read_next(dict, &position, &name, &list))
		if (!property_check(name, list, err))
			return false;
	return true;
}

static void put_texts(struct json_writer *w, const char *key, const Str *values, size_t count)
{
	if (count == 0)
		return;
	json_put_key(w, str_of(key));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		json_put_text(w, values[i]);
	json_put_list_end(w);
}

static Str written(struct arena *a, const struct naming *n, const struct team_scope *scope)
{
	struct json_writer w;
	struct buf *out = buf_in(a, TEAM_SCOPE_BYTES_MAX);
	json_put_start(&w, out);
	json_put_dict(&w);
	put_texts(&w, "surveys", n->slug, n->slug_count);
	put_texts(&w, "brands", n->brand, n->brand_count);
	put_texts(&w, "touchpoints", n->touchpoint, n->touchpoint_count);
	if (scope->property_count) {
		json_put_key(&w, STR("properties"));
		json_put_dict(&w);
		for (size_t i = 0; i < scope->property_count; i++) {
			const struct team_scope_property *p = &scope->properties[i];
			put_texts(&w, str_copy_c(a, p->name), p->values, p->count);
		}
		json_put_dict_end(&w);
	}
	json_put_dict_end(&w);
	return out->overflowed ? (Str){ 0 } : buf_str(out);
}

bool team_scope_read(struct db *db, struct arena *a, int64_t workspace, JsonRef ref, Str *canonical,
                     struct err *err)
{
	struct team_scope scope = { 0 };
	struct naming n;
	JsonRef surveys = json_read_member(ref, "surveys"),
		brands = json_read_member(ref, "brands"),
		touchpoints = json_read_member(ref, "touchpoints"),
		properties = json_read_member(ref, "properties");
	if (!json_read_dict(ref, err) || !json_read_only(ref, members, err) ||
	    !list_check(surveys, err) || !list_check(brands, err) ||
	    !list_check(touchpoints, err) || !property_lists_check(properties, err) ||
	    !naming_read(a, ref, &n, err) || !properties_take(a, properties, &scope, err) ||
	    !surveys_check(db, a, workspace, surveys, &n, err) ||
	    !brands_check(db, a, workspace, brands, &n, err) ||
	    !touchpoints_check(db, a, workspace, touchpoints, &n, err))
		return false;
	Str text = written(a, &n, &scope);
	if (!text.at)
		return err_at(err, ERR_INVALID, ref.path, "is too long");
	*canonical = text;
	return true;
}
