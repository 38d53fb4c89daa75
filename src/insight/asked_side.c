/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/asked_side.h"

#include "base/form.h"
#include "insight/contrast.h"

/* Pairs of one side. */
#define FILTERS_MAX 200

bool asked_side_read(struct request *rq, const struct asked *asked, Str filters,
                     struct answer_filter *out, struct err *err)
{
	struct answer_filter f = { 0 };
	struct form form = { 0 };
	if (filters.at && !form_parse(rq->arena, filters, FILTERS_MAX, &form, err))
		return false;
	for (size_t i = 0; i < form.count; i++) {
		const struct form_field *pair = &form.fields[i];
		bool known = false;
		if (!filter_set(&f, rq->arena, pair->name, pair->value, asked->zone, &known, err))
			return false;
		if (!known)
			return err_set(err, ERR_INVALID, "there is no filter \"%.*s\"",
			               STR_FMT(pair->name));
	}
	contrast_merge(&f, &asked->filter);
	if (!filter_check(&f, err) || !filter_is_of_figures(&f, err) ||
	    !filter_may_ask(&f, rq->arena, &rq->caller, err))
		return false;
	*out = f;
	return true;
}
