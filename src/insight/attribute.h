/* insight/attribute.h - what answers are split by, as addresses and the command line call it:
 *
 *   channel   language   survey   wording   source   tag   tenure   account   account_size
 *   property.NAME   as it was when they answered
 *   trait.NAME      as the person is today
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ATTRIBUTE_H
#define INSIGHT_ATTRIBUTE_H

#include "feedback/cells.h"

#define ATTRIBUTE_NAMES                                                                        \
	"channel, language, survey, wording, source, tag, theme, sentiment, tenure, account, " \
	"account_size, "                                                                       \
	"property.NAME or trait.NAME"

/* The name in the dimension is a view into `text`. ERR_INVALID at `parameter`. */
MUST_USE bool attribute_parse(Str text, const char *parameter, struct dim *out, struct err *err);

/* ERR_DENIED where names are hidden and the attribute is one that tells who somebody is. `a` is scratch. */
MUST_USE bool attribute_may_ask(const struct dim *dim, bool hides_names, struct arena *a,
                                struct err *err);

/* The value's text for somebody who may not see names; at NULL: none. */
Str attribute_shown(const struct cell_value *value, bool hides_names);

/* Narrows the filter to the answers with the value; false, and nothing done, where no filter says that. */
MUST_USE bool attribute_narrow(struct answer_filter *f, const struct dim *dim,
                               const struct cell_value *value);

/* Of the languages asked for, those that belong to the group: pt-BR to pt. */
void attribute_only_language(struct answer_filter *f, Str group);

#endif
