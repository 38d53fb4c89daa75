/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter.h"

#include "base/fold.h"
#include "db/list.h"
#include "feedback/filter.sql.h"

static bool place_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct survey_place *)out = (struct survey_place){
		.id = db_i64(rows, 0),
		.slug = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.kind = (enum survey_kind)db_i64(rows, 3),
		.brand_id = db_i64(rows, 4),
		.brand = db_text(rows, 5, a),
		.touchpoint_id = db_i64(rows, 6),
		.touchpoint_code = db_text(rows, 7, a),
		.touchpoint = db_text(rows, 8, a),
	};
	return true;
}

static bool has(const struct filter_values *values, Str value)
{
	for (size_t i = 0; i < values->count; i++)
		if (str_eq(values->at[i], value))
			return true;
	return values->count == 0;
}

/* A brand is named by id or by name, in any case. */
struct brands {
	int64_t ids[FILTER_VALUES_MAX];
	Str folded[FILTER_VALUES_MAX];
	size_t count;
};

static struct brands brands_of(const struct filter_values *values, struct arena *a)
{
	struct brands b = { .count = values->count };
	for (size_t i = 0; i < values->count; i++) {
		if (!str_to_i64(values->at[i], &b.ids[i]))
			b.ids[i] = 0;
		b.folded[i] = fold_text(a, values->at[i]);
	}
	return b;
}

static bool has_brand(const struct brands *b, const struct survey_place *p, struct arena *a)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->ids[i] == p->brand_id || str_eq(fold_text(a, p->brand), b->folded[i]))
			return true;
	return b->count == 0;
}

static bool exists(struct db *db, const struct db_stmt *stmt, DbArgs args, const char *what,
                   Str name, struct err *err)
{
	int64_t count;
	if (!db_one_i64(db, stmt, args, 0, &count, err))
		return false;
	return count > 0 ||
	       err_set(err, ERR_NOT_FOUND, "there is no %s \"%.*s\"", what, STR_FMT(name));
}

static bool names_exist(struct db *db, int64_t workspace, const struct answer_filter *f,
                        const struct brands *brands, struct err *err)
{
	const struct filter_values *touchpoints = &f->fields[FILTER_TOUCHPOINT];
	for (size_t i = 0; i < brands->count; i++)
		if (!exists(db, &sql_filter_brand,
		            DB_ARGS(db_arg_i64(workspace), db_arg_i64(brands->ids[i]),
		                    db_arg_text(brands->folded[i])),
		            "brand", f->fields[FILTER_BRAND].at[i], err))
			return false;
	for (size_t i = 0; i < touchpoints->count; i++)
		if (!exists(db, &sql_filter_touchpoint,
		            DB_ARGS(db_arg_i64(workspace), db_arg_text(touchpoints->at[i])),
		            "touchpoint", touchpoints->at[i], err))
			return false;
	return true;
}

/* Among those that are seen at all. */
static bool slugs_exist(const struct filter_values *slugs, const struct survey_place *seen,
                        size_t count, struct err *err)
{
	for (size_t i = 0; i < slugs->count; i++) {
		bool found = false;
		for (size_t k = 0; !found && k < count; k++)
			found = str_eq(seen[k].slug, slugs->at[i]);
		if (!found)
			return err_set(err, ERR_NOT_FOUND, "there is no survey \"%.*s\"",
			               STR_FMT(slugs->at[i]));
	}
	return true;
}

static size_t keep_in_scope(struct survey_place *places, size_t count,
                            const struct team_scope *scope)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (team_scope_takes_survey(scope, places[i].id))
			places[kept++] = places[i];
	return kept;
}

bool filter_names_surveys(const struct answer_filter *f)
{
	return f->kind || f->fields[FILTER_SURVEY].count || f->fields[FILTER_BRAND].count ||
	       f->fields[FILTER_TOUCHPOINT].count;
}

bool filter_takes_every_survey(struct db *db, int64_t workspace, const struct answer_filter *f,
                               bool *out, struct err *err)
{
	int64_t binned;
	if (!db_one_i64(db, &sql_filter_survey_in_bin, DB_ARGS(db_arg_i64(workspace)), 0, &binned,
	                err))
		return false;
	*out = !binned && !filter_names_surveys(f);
	return true;
}

bool filter_surveys(struct db *db, struct arena *a, int64_t workspace,
                    const struct team_scope *scope, const struct answer_filter *f,
                    struct survey_place **out, size_t *count, struct err *err)
{
	void *items;
	size_t all, kept = 0;
	struct brands brands = brands_of(&f->fields[FILTER_BRAND], a);
	if (!db_list(db, &sql_filter_surveys, DB_ARGS(db_arg_i64(workspace)), place_row,
	             sizeof(struct survey_place), a, &items, &all, err))
		return false;
	struct survey_place *places = items;
	size_t seen = keep_in_scope(places, all, scope);
	if (!slugs_exist(&f->fields[FILTER_SURVEY], places, seen, err) ||
	    !names_exist(db, workspace, f, &brands, err))
		return false;
	for (size_t i = 0; i < seen; i++)
		if ((!f->kind || places[i].kind == f->kind) &&
		    has(&f->fields[FILTER_SURVEY], places[i].slug) &&
		    has(&f->fields[FILTER_TOUCHPOINT], places[i].touchpoint_code) &&
		    has_brand(&brands, &places[i], a))
			places[kept++] = places[i];
	*out = places;
	*count = kept;
	return true;
}
