/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/fold.h"
#include "base/form.h"
#include "base/zone.h"
#include "db/list.h"
#include "feedback/filter.sql.h"
#include "people/personal.h"
#include "people/properties.h"

#define PROPERTY_PREFIX STR("property.")

static bool set_kind(struct answer_filter *f, Str value, struct err *err)
{
	return survey_kind_find(value, &f->kind) ||
	       err_at(err, ERR_INVALID, "kind", "must be relationship or transactional");
}

static bool digits_of(Str text, size_t from, size_t count, int *out)
{
	*out = 0;
	for (size_t i = from; i < from + count; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		*out = *out * 10 + (text.at[i] - '0');
	}
	return true;
}

/* The start of the day in the zone, `days_on` later. */
static bool set_day(Str value, const char *name, int days_on, const struct zone *zone,
                    Str *as_given, int64_t *out, struct err *err)
{
	struct civil day = { 0 };
	if (value.len != 10 || value.at[4] != '-' || value.at[7] != '-' ||
	    !digits_of(value, 0, 4, &day.year) || !digits_of(value, 5, 2, &day.month) ||
	    !digits_of(value, 8, 2, &day.day) || !date_is_valid(day.year, day.month, day.day))
		return err_at(err, ERR_INVALID, name, "must be a date such as 2026-03-31");
	date_from_days(date_to_days(day.year, day.month, day.day) + days_on, &day.year, &day.month,
	               &day.day);
	*as_given = value;
	*out = zone_instant(zone, &day);
	return true;
}

static bool set_property(struct answer_filter *f, Str name, Str value, struct err *err)
{
	if (f->property_count == FILTER_PROPERTIES_MAX)
		return err_set(err, ERR_INVALID, "at most %d properties can be asked for at once",
		               FILTER_PROPERTIES_MAX);
	f->properties[f->property_count++] = (struct filter_property){ name, value };
	return true;
}

bool filter_set(struct answer_filter *f, Str name, Str value, const struct zone *zone, bool *known,
                struct err *err)
{
	const struct {
		Str name;
		Str *at;
	} texts[] = { { STR("survey"), &f->survey },
		      { STR("brand"), &f->brand },
		      { STR("touchpoint"), &f->touchpoint },
		      { STR("channel"), &f->channel },
		      { STR("language"), &f->language } };
	*known = true;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (str_eq(name, texts[i].name)) {
			*texts[i].at = value;
			return true;
		}
	}
	if (str_eq(name, STR("kind")))
		return set_kind(f, value, err);
	if (str_eq(name, STR("from")))
		return set_day(value, "from", 0, zone, &f->from_day, &f->from, err);
	if (str_eq(name, STR("to")))
		return set_day(value, "to", 1, zone, &f->to_day, &f->before, err);
	if (str_starts(name, PROPERTY_PREFIX) && name.len > PROPERTY_PREFIX.len)
		return set_property(f, str_from(name, PROPERTY_PREFIX.len), value, err);
	*known = false;
	return true;
}

bool filter_check(const struct answer_filter *f, struct err *err)
{
	if (f->from_day.at && f->to_day.at && f->before <= f->from)
		return err_at(err, ERR_INVALID, "to", "is before the period's first day");
	return true;
}

bool filter_may_ask(const struct answer_filter *f, struct arena *a, const struct caller *caller,
                    struct err *err)
{
	for (size_t i = 0; !caller->sees_names && i < f->property_count; i++)
		if (personal_name(a, f->properties[i].name) ||
		    personal_value(f->properties[i].value))
			return err_set(err, ERR_DENIED,
			               "Names, emails and phone numbers are hidden from you, so "
			               "nothing can be filtered by the property \"%.*s\".",
			               STR_FMT(f->properties[i].name));
	return true;
}

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

static bool takes_place(const struct answer_filter *f, const struct survey_place *p,
                        int64_t brand_id, Str brand_folded, struct arena *a)
{
	if (f->kind && p->kind != f->kind)
		return false;
	if (f->survey.at && !str_eq(p->slug, f->survey))
		return false;
	if (f->touchpoint.at && !str_eq(p->touchpoint_code, f->touchpoint))
		return false;
	return !f->brand.at || p->brand_id == brand_id ||
	       str_eq(fold_text(a, p->brand), brand_folded);
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

bool filter_surveys(struct db *db, struct arena *a, int64_t workspace,
                    const struct team_scope *scope, const struct answer_filter *f,
                    struct survey_place **out, size_t *count, struct err *err)
{
	void *items;
	size_t all, kept = 0;
	if (!db_list(db, &sql_filter_surveys, DB_ARGS(db_arg_i64(workspace)), place_row,
	             sizeof(struct survey_place), a, &items, &all, err))
		return false;
	struct survey_place *places = items;
	int64_t brand_id = 0;
	Str brand = f->brand.at ? fold_text(a, f->brand) : (Str){ 0 };
	bool slug_found = false;
	(void)(str_to_i64(f->brand, &brand_id));
	for (size_t i = 0; i < all; i++) {
		if (!team_scope_takes_survey(scope, places[i].id))
			continue;
		slug_found = slug_found || (f->survey.at && str_eq(places[i].slug, f->survey));
		if (takes_place(f, &places[i], brand_id, brand, a))
			places[kept++] = places[i];
	}
	if (f->survey.at && !slug_found)
		return err_set(err, ERR_NOT_FOUND, "there is no survey \"%.*s\"",
		               STR_FMT(f->survey));
	if (f->brand.at &&
	    !exists(db, &sql_filter_brand,
	            DB_ARGS(db_arg_i64(workspace), db_arg_i64(brand_id), db_arg_text(brand)),
	            "brand", f->brand, err))
		return false;
	if (f->touchpoint.at && !exists(db, &sql_filter_touchpoint,
	                                DB_ARGS(db_arg_i64(workspace), db_arg_text(f->touchpoint)),
	                                "touchpoint", f->touchpoint, err))
		return false;
	*out = places;
	*count = kept;
	return true;
}

bool filter_takes_language(const struct answer_filter *f, Str language)
{
	if (!f->language.at)
		return true;
	Str asked = f->language;
	if (!str_eq_ignoring_ascii_case(str_slice(language, 0, asked.len), asked))
		return false;
	return language.len == asked.len || language.at[asked.len] == '-' ||
	       language.at[asked.len] == '_';
}

bool filter_takes_properties(const struct answer_filter *f, struct arena *a, Str canonical,
                             bool *out, struct err *err)
{
	bool all = true;
	for (size_t i = 0; all && i < f->property_count; i++) {
		Str value;
		if (!properties_value_of(a, canonical, f->properties[i].name, &value, err))
			return false;
		all = value.at && str_eq(value, f->properties[i].value);
	}
	*out = all;
	return true;
}

static void put_if_given(struct buf *out, Str name, Str value)
{
	if (value.at)
		form_put(out, name, value);
}

void filter_write(const struct answer_filter *f, struct buf *out)
{
	if (f->kind)
		form_put(out, STR("kind"), str_of(survey_kind_name(f->kind)));
	put_if_given(out, STR("survey"), f->survey);
	put_if_given(out, STR("brand"), f->brand);
	put_if_given(out, STR("touchpoint"), f->touchpoint);
	put_if_given(out, STR("channel"), f->channel);
	put_if_given(out, STR("language"), f->language);
	put_if_given(out, STR("from"), f->from_day);
	put_if_given(out, STR("to"), f->to_day);
	for (size_t i = 0; i < f->property_count; i++) {
		struct buf key;
		buf_init(&key, 4096);
		buf_add(&key, PROPERTY_PREFIX);
		buf_add(&key, f->properties[i].name);
		form_put(out, buf_str(&key), f->properties[i].value);
		buf_free(&key);
	}
}
