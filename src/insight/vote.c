/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/vote.h"

static const char *const names[] = { "answer", "person", "account" };

bool vote_parse(Str text, enum vote *out, struct err *err)
{
	for (int vote = VOTE_ANSWER; vote <= VOTE_ACCOUNT; vote++)
		if (str_eq(text, str_of(names[vote]))) {
			*out = (enum vote)vote;
			return true;
		}
	return err_at(err, ERR_INVALID, "vote", "must be answer, person or account");
}

const char *vote_name(enum vote vote)
{
	return names[vote];
}
