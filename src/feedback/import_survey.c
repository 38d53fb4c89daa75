/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_survey.h"

#include "survey/brand.h"
#include "survey/touchpoint.h"

static bool brand_ensure(struct db_tx *tx, Str name, int64_t *id, struct err *err)
{
	bool found;
	struct brand brand;
	struct brand_input in = { .name = name, .arena = tx->arena };
	if (!brand_find_by_name(tx->db, tx->arena, tx->workspace, name, &found, &brand, err))
		return false;
	if (!found) {
		if (!brand_input_check(tx->arena, &in, err) || !brand_save(tx, &in, err))
			return false;
		brand = in.brand;
	}
	*id = brand.id;
	return true;
}

/* A touchpoint that is not on the journey goes to its end. */
static bool touchpoint_ensure(struct db_tx *tx, Str code, struct err *err)
{
	bool found;
	struct touchpoint touchpoint, *journey;
	size_t count;
	if (!touchpoint_find_by_code(tx->db, tx->arena, tx->workspace, code, &found, &touchpoint,
	                             err))
		return false;
	if (found)
		return true;
	if (!touchpoint_list(tx->db, tx->arena, tx->workspace, &journey, &count, err))
		return false;
	struct touchpoint *longer = ARENA_ARRAY(tx->arena, struct touchpoint, count + 1);
	for (size_t i = 0; i < count; i++)
		longer[i] = journey[i];
	longer[count] = (struct touchpoint){ .code = code, .name = code };
	struct touchpoint_input in = { .journey = longer, .count = count + 1, .arena = tx->arena };
	return touchpoint_save(tx, &in, err);
}

static bool survey_make(struct db_tx *tx, const struct import_survey_input *in, struct survey *out,
                        struct err *err)
{
	const struct import_survey *want = &in->want;
	struct survey_input survey = {
		.slug = want->slug,
		.name = want->name,
		.kind = want->kind,
		.touchpoint = want->touchpoint,
		.live = true,
		.actor = in->actor,
		.arena = in->arena,
	};
	if (want->brand.at && !brand_ensure(tx, want->brand, &survey.brand_id, err))
		return false;
	if (want->touchpoint.at && !touchpoint_ensure(tx, want->touchpoint, err))
		return false;
	if (!survey_save(tx, &survey, err))
		return false;
	*out = survey.survey;
	return true;
}

bool import_survey_make(struct db_tx *tx, void *input, struct err *err)
{
	struct import_survey_input *in = input;
	const struct import_survey *want = &in->want;
	bool found;
	struct survey survey;
	if (!survey_find_by_slug(tx->db, in->arena, tx->workspace, want->slug, &found, &survey,
	                         err) ||
	    (!found && !survey_make(tx, in, &survey, err)))
		return false;
	if (want->is_told && survey.kind != want->kind)
		return err_set(
		    err, ERR_CONFLICT,
		    "the survey \"%.*s\" is %s here and %s in the file: rename one of them",
		    STR_FMT(want->slug), survey_kind_name(survey.kind),
		    survey_kind_name(want->kind));
	in->survey = survey;
	return true;
}

bool import_survey_ensure(struct store *store, int64_t workspace, const struct import_survey *want,
                          struct arena *a, int64_t *id, int *version, struct err *err)
{
	struct import_survey_input in = { .want = *want, .arena = a };
	if (!survey_slug_is_valid(want->slug))
		return err_set(err, ERR_INVALID,
		               "\"%.*s\" is no survey's slug: small letters, digits and dashes",
		               STR_FMT(want->slug));
	if (!store_run(store, workspace, UNIT_INTERACTIVE, import_survey_make, &in, err))
		return false;
	*id = in.survey.id;
	*version = in.survey.version;
	return true;
}
