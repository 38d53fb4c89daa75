/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_read.h"

#include "db/id.h"
#include "survey/brand.h"
#include "survey/definition.h"

static bool kind_read(JsonRef ref, enum survey_kind *out, struct err *err)
{
	Str name;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	return survey_kind_find(name, out) ||
	       err_at(err, ERR_INVALID, ref.path, "must be relationship or transactional");
}

static bool name_read(JsonRef ref, Str *out, struct err *err)
{
	if (!json_read_text_if_given(ref, SURVEY_NAME_MAX, out, err))
		return false;
	*out = out->at ? str_trim(*out) : *out;
	return !out->at || out->len || err_at(err, ERR_INVALID, ref.path, "must not be empty");
}

static bool brand_read(struct arena *a, struct db *db, int64_t workspace, JsonRef body,
                       int64_t *out, struct err *err)
{
	JsonRef named = json_read_member(body, "brand"), id = json_read_member(body, "brand_id");
	struct brand brand;
	Str name;
	bool found;
	if (json_read_is_given(named) && json_read_is_given(id))
		return err_at(err, ERR_INVALID, named.path,
		              "say the brand by its name or its id, not both");
	if (json_read_is_given(id))
		return id_read(id, "must be the id of a brand, as a text", out, err);
	if (!json_read_is_given(named))
		return true;
	if (!json_read_text(named, BRAND_NAME_MAX, &name, err) ||
	    !brand_find_by_name(db, a, workspace, name, &found, &brand, err))
		return false;
	if (!found)
		return err_at(err, ERR_INVALID, named.path, "there is no brand \"%.*s\"",
		              STR_FMT(name));
	*out = brand.id;
	return true;
}

static bool definition_member(struct arena *a, JsonRef ref, Str *out, struct err *err)
{
	struct definition d;
	if (!json_read_is_given(ref))
		return true;
	if (!definition_read(a, ref, &d, err))
		return false;
	*out = definition_write(a, &d);
	return true;
}

static bool state_read(JsonRef ref, bool *live, struct err *err)
{
	Str name;
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_text(ref, 32, &name, err))
		return false;
	*live = str_eq(name, STR("live"));
	return *live || str_eq(name, STR("draft")) ||
	       err_at(err, ERR_INVALID, ref.path, "must be draft or live");
}

/* What creating and changing have in common. */
static bool members_read(struct arena *a, struct db *db, int64_t workspace, JsonRef body,
                         struct survey_input *in, struct err *err)
{
	in->arena = a;
	return name_read(json_read_member(body, "name"), &in->name, err) &&
	       brand_read(a, db, workspace, body, &in->brand_id, err) &&
	       kind_read(json_read_member(body, "kind"), &in->kind, err) &&
	       json_read_text_if_given(json_read_member(body, "touchpoint"), 40, &in->touchpoint,
	                               err) &&
	       definition_member(a, json_read_member(body, "definition"), &in->definition, err);
}

bool survey_read_new(struct arena *a, struct db *db, int64_t workspace, JsonRef body,
                     struct survey_input *in, struct err *err)
{
	static const char *const names[] = { "name",     "slug",       "brand",
		                             "brand_id", "kind",       "touchpoint",
		                             "state",    "definition", NULL };
	JsonRef slug = json_read_member(body, "slug"), name = json_read_member(body, "name");
	if (!json_read_only(body, names, err) || !members_read(a, db, workspace, body, in, err) ||
	    !json_read_text_if_given(slug, SURVEY_SLUG_MAX, &in->slug, err) ||
	    !state_read(json_read_member(body, "state"), &in->live, err))
		return false;
	if (!in->name.at)
		return err_at(err, ERR_INVALID, name.path, "is required");
	if (in->slug.at && !survey_slug_is_valid(in->slug))
		return err_at(err, ERR_INVALID, slug.path,
		              "must be made of a-z, 0-9 and - and not begin or end with -");
	return true;
}

bool survey_read_change(struct arena *a, struct db *db, int64_t workspace, JsonRef body,
                        struct survey_input *in, struct err *err)
{
	static const char *const names[] = { "name",       "brand",      "brand_id", "kind",
		                             "touchpoint", "definition", NULL };
	return json_read_only(body, names, err) && members_read(a, db, workspace, body, in, err);
}
