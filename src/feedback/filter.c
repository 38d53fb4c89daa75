/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/filter.h"

#include <string.h>

#include "base/die.h"
#include "base/fold.h"
#include "base/form.h"
#include "base/zone.h"
#include "feedback/response.h"
#include "feedback/understood.h"
#include "people/personal.h"
#include "survey/definition.h"
#include "text/emotion.h"
#include "text/intent.h"
#include "text/urgent.h"

#define PROPERTY_PREFIX STR("property.")

static const char *const field_names[] = {
#define FILTER_NAME(field, name) [field] = name,
	FILTER_FIELDS(FILTER_NAME)
#undef FILTER_NAME
};

static bool values_add(struct filter_values *values, Str name, Str value, struct err *err)
{
	for (size_t i = 0; i < values->count; i++)
		if (str_eq(values->at[i], value))
			return true;
	if (values->count == FILTER_VALUES_MAX)
		return err_set(err, ERR_INVALID, "%.*s takes at most %d values at once",
		               STR_FMT(name), FILTER_VALUES_MAX);
	values->at[values->count++] = value;
	return true;
}

/* An import's id, or whether there was one. */
static bool import_check(Str value, struct err *err)
{
	int64_t id;
	return str_eq(value, FILTER_IMPORT_ANY) || str_eq(value, FILTER_IMPORT_NONE) ||
	       (str_to_i64(value, &id) && id > 0) ||
	       err_at(err, ERR_INVALID, field_names[FILTER_IMPORT],
	              "must be any, none or the id of an import");
}

static bool bit_of_urgent(Str value, unsigned *bits)
{
	if (str_eq(value, FILTER_URGENT_ANY))
		*bits = (1U << URGENT_KIND_COUNT) - 1;
	for (unsigned i = 0; i < URGENT_KIND_COUNT; i++)
		if (str_eq(value, urgent_name((enum urgent_kind)i)))
			*bits = 1U << i;
	return *bits != 0;
}

static bool bit_of_mood(Str value, unsigned *bits)
{
	for (unsigned i = MOOD_NONE + 1; i < MOOD_COUNT; i++)
		if (str_eq(value, mood_name((enum mood)i)))
			*bits = 1U << i;
	return *bits != 0;
}

static bool bit_of_intent(Str value, unsigned *bits)
{
	for (unsigned i = 0; i < INTENT_COUNT; i++)
		if (str_eq(value, intent_name((enum intent)i)))
			*bits = 1U << i;
	return *bits != 0;
}

static bool bit_of_sentiment(Str value, unsigned *bits)
{
	enum understood understood;
	bool found = understood_find(value, &understood);
	*bits = found ? 1U << understood : 0;
	return found;
}

/* Fields that choose by a reading, with the words that they know. */
static const struct by_reading {
	enum filter_field field;
	bool (*bit_of)(Str value, unsigned *bits);
	const char *must;
} by_reading[] = {
#define SENTIMENTS "must be negative, neutral, positive, mixed, nothing or not_analysed"
	{ FILTER_SENTIMENT, bit_of_sentiment, SENTIMENTS },
	{ FILTER_SHOWN, bit_of_sentiment, SENTIMENTS },
	{ FILTER_URGENT, bit_of_urgent,
	  "must be any, safety, legal, abuse, data-leak, press or self-harm" },
	{ FILTER_MOOD, bit_of_mood, "must be frustrated, confused, worried or delighted" },
	{ FILTER_INTENT, bit_of_intent,
	  "must be problem, request, question, praise, churn threat or other" },
};

static const struct by_reading *by_reading_of(enum filter_field field)
{
	for (size_t i = 0; i < sizeof by_reading / sizeof by_reading[0]; i++)
		if (by_reading[i].field == field)
			return &by_reading[i];
	return NULL;
}

static bool add_value(struct answer_filter *f, enum filter_field field, Str value, struct err *err)
{
	if (field == FILTER_IMPORT && !import_check(value, err))
		return false;
	const struct by_reading *by = by_reading_of(field);
	unsigned bits = 0;
	if (by && !by->bit_of(value, &bits))
		return err_at(err, ERR_INVALID, field_names[field], "%s", by->must);
	return values_add(&f->fields[field], str_of(field_names[field]), value, err);
}

unsigned filter_bits(const struct answer_filter *f, enum filter_field field)
{
	const struct filter_values *wanted = &f->fields[field];
	const struct by_reading *by = by_reading_of(field);
	unsigned all = 0;
	MUST(by);
	for (size_t i = 0; i < wanted->count; i++) {
		unsigned bits = 0;
		MUST(by->bit_of(wanted->at[i], &bits));
		all |= bits;
	}
	return all;
}

bool filter_chooses_readings(const struct answer_filter *f)
{
	for (size_t i = 0; i < sizeof by_reading / sizeof by_reading[0]; i++)
		if (f->fields[by_reading[i].field].count)
			return true;
	return false;
}

void filter_only(struct answer_filter *f, enum filter_field field, Str value)
{
	f->fields[field].at[0] = value;
	f->fields[field].count = 1;
}

void filter_take_none(struct answer_filter *f)
{
	f->groups = 1U << GROUP_PROMOTERS;
	f->scores = 1U << 0;
}

static struct filter_property *property_for(struct answer_filter *f, Str name)
{
	for (size_t i = 0; i < f->property_count; i++)
		if (str_eq(f->properties[i].name, name))
			return &f->properties[i];
	if (f->property_count == FILTER_PROPERTIES_MAX)
		return NULL;
	struct filter_property *p = &f->properties[f->property_count++];
	p->name = name;
	p->values.count = 0;
	return p;
}

bool filter_add_property(struct answer_filter *f, Str name, Str value, struct err *err)
{
	struct filter_property *p = property_for(f, name);
	if (!p)
		return err_set(err, ERR_INVALID, "at most %d properties can be asked for at once",
		               FILTER_PROPERTIES_MAX);
	return values_add(&p->values, name, value, err);
}

bool filter_only_property(struct answer_filter *f, Str name, Str value)
{
	struct filter_property *p = property_for(f, name);
	if (!p)
		return false;
	p->values.at[0] = value;
	p->values.count = 1;
	return true;
}

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

static bool set_q(struct answer_filter *f, struct arena *a, Str value, struct err *err)
{
	if (value.len > FILTER_TEXT_MAX)
		return err_at(err, ERR_INVALID, "q", "has at most %d bytes", FILTER_TEXT_MAX);
	Str folded = fold_text(a, str_trim(value));
	f->q = folded.len ? value : (Str){ 0 };
	f->q_folded = folded.len ? folded : (Str){ 0 };
	return true;
}

static bool set_group(struct answer_filter *f, Str value, struct err *err)
{
	enum score_group group;
	if (!score_group_find(value, &group))
		return err_at(err, ERR_INVALID, "group",
		              "must be promoters, passives or detractors");
	f->groups |= 1U << group;
	return true;
}

/* "9" or "0-6". */
static bool set_scores(struct answer_filter *f, Str value, struct err *err)
{
	Str rest = value, first;
	int64_t low, high;
	bool good = str_cut(&rest, '-', &first) && str_to_i64(first, &low);
	high = good ? low : 0;
	if (good && rest.at)
		good = str_to_i64(rest, &high);
	if (!good || low < 0 || high > NPS_SCORE_MAX || low > high)
		return err_at(err, ERR_INVALID, "score", "must be 0 to 10, or a range such as 0-6");
	for (int64_t score = low; score <= high; score++)
		f->scores |= 1U << score;
	return true;
}

static bool set_state(struct answer_filter *f, Str value, struct err *err)
{
	enum response_state state;
	if (!response_state_find(value, &state))
		return err_at(err, ERR_INVALID, "state", "is no state of an answer");
	f->states |= 1U << state;
	return true;
}

static bool truth(Str value, const char *name, bool *out, struct err *err)
{
	*out = str_eq(value, STR("true"));
	return *out || str_eq(value, STR("false")) ||
	       err_at(err, ERR_INVALID, name, "must be true or false");
}

static bool set_comment(struct answer_filter *f, Str value, struct err *err)
{
	bool with;
	if (!truth(value, "has_comment", &with, err))
		return false;
	f->comment = with ? FILTER_YES : FILTER_NO;
	return true;
}

static bool set_choice(struct answer_filter *f, Str name, Str value, bool *known, struct err *err)
{
	if (str_eq(name, STR("group")))
		return set_group(f, value, err);
	if (str_eq(name, STR("score")))
		return set_scores(f, value, err);
	if (str_eq(name, STR("state")))
		return set_state(f, value, err);
	if (str_eq(name, STR("has_comment")))
		return set_comment(f, value, err);
	if (str_eq(name, STR("starred")))
		return truth(value, "starred", &f->starred_only, err);
	if (str_eq(name, STR("counted")))
		return truth(value, "counted", &f->counted_only, err);
	*known = false;
	return true;
}

bool filter_set(struct answer_filter *f, struct arena *a, Str name, Str value,
                const struct zone *zone, bool *known, struct err *err)
{
	*known = true;
	for (int field = 0; field < FILTER_FIELD_COUNT; field++)
		if (str_eq(name, str_of(field_names[field])))
			return add_value(f, (enum filter_field)field, value, err);
	if (str_eq(name, STR("kind")))
		return set_kind(f, value, err);
	if (str_eq(name, STR("from")))
		return set_day(value, "from", 0, zone, &f->from_day, &f->from, err);
	if (str_eq(name, STR("to")))
		return set_day(value, "to", 1, zone, &f->to_day, &f->before, err);
	if (str_eq(name, STR("q")))
		return set_q(f, a, value, err);
	if (str_starts(name, PROPERTY_PREFIX) && name.len > PROPERTY_PREFIX.len)
		return filter_add_property(f, str_from(name, PROPERTY_PREFIX.len), value, err);
	return set_choice(f, name, value, known, err);
}

bool filter_check(const struct answer_filter *f, struct err *err)
{
	if (f->from_day.at && f->to_day.at && f->before <= f->from)
		return err_at(err, ERR_INVALID, "to", "is before the period's first day");
	return true;
}

bool filter_chooses_answers(const struct answer_filter *f)
{
	for (int field = FILTER_CHANNEL; field < FILTER_FIELD_COUNT; field++)
		if (f->fields[field].count)
			return true;
	return f->from_day.at || f->to_day.at || f->q.at || f->groups || f->scores || f->states ||
	       f->comment != FILTER_ANY || f->starred_only || f->counted_only || f->property_count;
}

bool filter_is_of_figures(const struct answer_filter *f, struct err *err)
{
	const char *name = f->groups         ? "group"
	                   : f->scores       ? "score"
	                   : f->states       ? "state"
	                   : f->counted_only ? "counted"
	                                     : NULL;
	if (f->fields[FILTER_SHOWN].count)
		return err_at(err, ERR_INVALID, field_names[FILTER_SHOWN],
		              "may lean on the score, and a score of answers chosen by it says "
		              "nothing: take sentiment here, which has the text alone; lists and "
		              "exports take both");
	return !name || err_at(err, ERR_INVALID, name,
	                       "chooses answers by what they say, and a score of chosen answers "
	                       "says nothing: leave it out here; lists and exports take it");
}

static bool names_somebody(const struct filter_property *p, struct arena *a)
{
	bool found = personal_name(a, p->name);
	for (size_t i = 0; !found && i < p->values.count; i++)
		found = personal_value(p->values.at[i]);
	return found;
}

bool filter_may_ask(struct answer_filter *f, struct arena *a, const struct caller *caller,
                    struct err *err)
{
	f->sees_masked = caller->sees_masked;
	if (f->q.at && caller->role == ROLE_VIEWER)
		return err_set(err, ERR_DENIED,
		               "Comments are not shown to you, so nothing can be "
		               "searched in them.");
	for (size_t i = 0; !caller->sees_names && i < f->property_count; i++)
		if (names_somebody(&f->properties[i], a))
			return err_set(err, ERR_DENIED,
			               "Names, emails and phone numbers are hidden from you, so "
			               "nothing can be filtered by the property \"%.*s\".",
			               STR_FMT(f->properties[i].name));
	return true;
}

static void put_values(struct buf *out, Str name, const struct filter_values *values)
{
	for (size_t i = 0; i < values->count; i++)
		form_put(out, name, values->at[i]);
}

static void put_properties(const struct answer_filter *f, struct buf *out)
{
	for (size_t i = 0; i < f->property_count; i++) {
		struct buf key;
		buf_init(&key, 4096);
		buf_add(&key, PROPERTY_PREFIX);
		buf_add(&key, f->properties[i].name);
		put_values(out, buf_str(&key), &f->properties[i].values);
		buf_free(&key);
	}
}

static void put_scores(unsigned scores, struct buf *out)
{
	for (int low = 0; low <= NPS_SCORE_MAX; low++) {
		int high = low;
		struct buf range;
		if (!(scores & 1U << low))
			continue;
		while (high < NPS_SCORE_MAX && scores & 1U << (high + 1))
			high++;
		buf_init(&range, 16);
		buf_printf(&range, high > low ? "%d-%d" : "%d", low, high);
		form_put(out, STR("score"), buf_str(&range));
		buf_free(&range);
		low = high;
	}
}

static void put_choices(const struct answer_filter *f, struct buf *out)
{
	for (int group = GROUP_DETRACTORS; group <= GROUP_PROMOTERS; group++)
		if (f->groups & 1U << group)
			form_put(out, STR("group"),
			         str_of(score_group_name((enum score_group)group)));
	put_scores(f->scores, out);
	for (int state = RESPONSE_PARTIAL; state <= RESPONSE_DELETED; state++)
		if (f->states & 1U << state)
			form_put(out, STR("state"),
			         str_of(response_state_name((enum response_state)state)));
	if (f->comment != FILTER_ANY)
		form_put(out, STR("has_comment"),
		         f->comment == FILTER_YES ? STR("true") : STR("false"));
	if (f->starred_only)
		form_put(out, STR("starred"), STR("true"));
	if (f->counted_only)
		form_put(out, STR("counted"), STR("true"));
}

void filter_write(const struct answer_filter *f, struct buf *out)
{
	if (f->kind)
		form_put(out, STR("kind"), str_of(survey_kind_name(f->kind)));
	for (int field = 0; field < FILTER_FIELD_COUNT; field++)
		put_values(out, str_of(field_names[field]), &f->fields[field]);
	if (f->from_day.at)
		form_put(out, STR("from"), f->from_day);
	if (f->to_day.at)
		form_put(out, STR("to"), f->to_day);
	if (f->q.at)
		form_put(out, STR("q"), f->q);
	put_choices(f, out);
	put_properties(f, out);
}
