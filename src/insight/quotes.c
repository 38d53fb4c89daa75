/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quotes.h"

#include "feedback/response_list.h"
#include "people/person.h"
#include "people/personal.h"
#include "people/properties.h"

/* Name, account and what properties tell of the person. */
#define NAMES_MAX (2 + PROPERTIES_MAX + PROPERTIES_MERGED_MAX)

struct names {
	Str at[NAMES_MAX];
	size_t count;
};

static void add(struct names *names, Str text)
{
	if (text.len && names->count < NAMES_MAX)
		names->at[names->count++] = text;
}

static bool add_personal(struct names *names, struct arena *a, Str canonical, struct err *err)
{
	struct property *all;
	size_t count;
	if (!properties_list(a, canonical, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (all[i].kind == JSON_TEXT &&
		    (personal_name(a, all[i].name) || personal_value(all[i].text)))
			add(names, all[i].text);
	return true;
}

static bool names_of(struct db *db, struct arena *a, const struct response *r, struct names *out,
                     struct err *err)
{
	struct person person;
	struct account_name account;
	if (!add_personal(out, a, r->properties, err))
		return false;
	if (r->person_id) {
		if (!person_find_canonical(db, a, r->workspace, r->person_id, &person, err) ||
		    !add_personal(out, a, person.traits, err))
			return false;
		add(out, person.name);
	}
	if (r->account_id) {
		if (!account_find(db, a, r->workspace, r->account_id, &account, err))
			return false;
		add(out, account.name);
	}
	return true;
}

bool quote_of(struct db *db, struct arena *a, const struct response *r, struct quote *out,
              struct err *err)
{
	return quote_keeping(db, a, r, NULL, 0, out, err);
}

bool quote_keeping(struct db *db, struct arena *a, const struct response *r,
                   struct mask_span *spans, size_t count, struct quote *out, struct err *err)
{
	struct names *names = ARENA_NEW(a, struct names);
	*out = (struct quote){ 0 };
	if (!names_of(db, a, r, names, err))
		return err->kind == ERR_NOT_FOUND;
	*out = (struct quote){ .id = r->id,
		               .survey_id = r->survey_id,
		               .score = r->score,
		               .at = r->submitted_at,
		               .text = mask_text_keeping(a, r->comment, names->at, names->count,
		                                         spans, count) };
	return true;
}

bool quotes_newest(struct db *db, struct arena *a, int64_t workspace,
                   const struct team_scope *scope, const struct answer_filter *filter,
                   unsigned group, struct quote **out, size_t *count, struct err *err)
{
	struct response_query query = { .scope = scope, .filter = *filter, .limit = QUOTES_MAX };
	struct response_page page;
	query.filter.groups = group;
	query.filter.comment = FILTER_YES;
	query.filter.counted_only = true;
	if (!response_list(db, a, workspace, &query, &page, err))
		return false;
	*out = ARENA_ARRAY(a, struct quote, page.count + 1);
	*count = 0;
	for (size_t i = 0; i < page.count; i++) {
		struct quote *q = &(*out)[*count];
		if (!quote_of(db, a, &page.all[i], q, err))
			return false;
		*count += q->id != 0;
	}
	return true;
}
