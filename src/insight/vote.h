/* insight/vote.h - whose vote an answer is, in the words of an address. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_VOTE_H
#define INSIGHT_VOTE_H

#include "feedback/cells.h"

/* "answer", "person" or "account"; ERR_INVALID at `vote`. */
MUST_USE bool vote_parse(Str text, enum vote *out, struct err *err);
const char *vote_name(enum vote vote);

#endif
