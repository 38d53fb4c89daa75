/* insight/known_before.h - attributes that were known before the answer was given, so that none can be an effect of what it
 * says: "channel", "wording", "survey", "language", "tenure", "property.NAME".
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_KNOWN_BEFORE_H
#define INSIGHT_KNOWN_BEFORE_H

#include "insight/attribute.h"

/* Properties with more values than this are not proposed, as no picture shows them. */
#define KNOWN_VALUES_MAX     50
#define KNOWN_PROPERTIES_MAX 20

struct known {
	Str name; /* as it is asked for; owned by whoever asked, or the arena */
	struct dim dim;
};

/* ERR_INVALID at `parameter`, also for what is known of today or came after the answer. */
MUST_USE bool known_parse(Str text, const char *parameter, struct known *out, struct err *err);

/* Those that answers of the filter may differ in: channel and wording first, then survey, language, tenure, and properties that
 * may have 2 to KNOWN_VALUES_MAX values among them: of a view those of not many more in the whole workspace, of the tables
 * those on most answers first. Without `names` none that tells who somebody is. */
MUST_USE bool known_list(const struct facts *facts, struct arena *a, const struct team_scope *scope,
                         const struct answer_filter *f, bool names, struct known **out,
                         size_t *count, struct err *err);

#endif
