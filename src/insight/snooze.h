/* insight/snooze.h - a day until which somebody wants to hear nothing of an alert or a notice, as a request says it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SNOOZE_H
#define INSIGHT_SNOOZE_H

#include "base/json.h"

/* What is not there leaves it as it is (*given false); null wakes it (*until 0). Days count from 1970-01-01; ERR_INVALID for one that
 * is not behind `today`. */
MUST_USE bool snooze_read(JsonRef ref, int64_t today, bool *given, int64_t *until, struct err *err);

#endif
