/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_survey.h"

#include "survey/brand.h"
#include "survey/touchpoint.h"

static bool brand_ensure(struct store *store, struct db *db, int64_t workspace, Str name,
                         struct arena *a, int64_t *id, struct err *err)
{
	bool found;
	struct brand brand;
	struct brand_input in = { .name = name, .arena = a };
	if (!brand_find_by_name(db, a, workspace, name, &found, &brand, err))
		return false;
	if (!found) {
		if (!brand_input_check(a, &in, err) ||
		    !store_run(store, workspace, UNIT_INTERACTIVE, brand_save, &in, err))
			return false;
		brand = in.brand;
	}
	*id = brand.id;
	return true;
}

/* A touchpoint that is not on the journey goes to its end. */
static bool touchpoint_ensure(struct store *store, struct db *db, int64_t workspace, Str code,
                              struct arena *a, struct err *err)
{
	bool found;
	struct touchpoint touchpoint, *journey;
	size_t count;
	if (!touchpoint_find_by_code(db, a, workspace, code, &found, &touchpoint, err))
		return false;
	if (found)
		return true;
	if (!touchpoint_list(db, a, workspace, &journey, &count, err))
		return false;
	struct touchpoint *longer = ARENA_ARRAY(a, struct touchpoint, count + 1);
	for (size_t i = 0; i < count; i++)
		longer[i] = journey[i];
	longer[count] = (struct touchpoint){ .code = code, .name = code };
	struct touchpoint_input in = { .journey = longer, .count = count + 1, .arena = a };
	return store_run(store, workspace, UNIT_INTERACTIVE, touchpoint_save, &in, err);
}

static bool survey_make(struct store *store, struct db *db, int64_t workspace,
                        const struct import_survey *want, struct arena *a, struct survey *out,
                        struct err *err)
{
	struct survey_input in = {
		.slug = want->slug,
		.name = want->name,
		.kind = want->kind,
		.touchpoint = want->touchpoint,
		.live = true,
		.may_exist = true,
		.arena = a,
	};
	if (want->brand.at &&
	    !brand_ensure(store, db, workspace, want->brand, a, &in.brand_id, err))
		return false;
	if (want->touchpoint.at &&
	    !touchpoint_ensure(store, db, workspace, want->touchpoint, a, err))
		return false;
	if (!store_run(store, workspace, UNIT_INTERACTIVE, survey_save, &in, err))
		return false;
	*out = in.survey;
	return true;
}

bool import_survey_ensure(struct store *store, int64_t workspace, const struct import_survey *want,
                          struct arena *a, int64_t *id, int *version, struct err *err)
{
	bool found = false;
	struct survey survey;
	struct db *db;
	if (!survey_slug_is_valid(want->slug))
		return err_set(err, ERR_INVALID,
		               "\"%.*s\" is no survey's slug: small letters, digits and dashes",
		               STR_FMT(want->slug));
	if (!store_reader_open(store, &db, err))
		return false;
	db_bind_workspace(db, workspace);
	bool ok = survey_find_by_slug(db, a, workspace, want->slug, &found, &survey, err);
	if (ok && !found)
		ok = survey_make(store, db, workspace, want, a, &survey, err);
	store_reader_close(store, db);
	if (!ok)
		return false;
	if (want->is_told && survey.kind != want->kind)
		return err_set(
		    err, ERR_CONFLICT,
		    "the survey \"%.*s\" is %s here and %s in the file: rename one of them",
		    STR_FMT(want->slug), survey_kind_name(survey.kind),
		    survey_kind_name(want->kind));
	*id = survey.id;
	*version = survey.version;
	return true;
}
