/* insight/keywords_sample.h - the newest comments of two sides, with whose they are and what they say.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_KEYWORDS_SAMPLE_H
#define INSIGHT_KEYWORDS_SAMPLE_H

#include "insight/keywords.h"

struct sampled {
	int64_t id, at;
	uint32_t person; /* 0: nobody else's; a number within its side */
	Str text;        /* at NULL: it has gone meanwhile */
	Str said;        /* of a transcript, with spaces for what others said; else the text */
	enum tongue tongue;
};

struct keywords_sample {
	struct sampled *at[2]; /* [count], newest first */
	size_t count[2];
	int64_t comments[2]; /* there are */
};

/* `parts` are those of contrast_parts. Everything in the arena. */
MUST_USE bool keywords_sample(const struct facts *facts, struct arena *a,
                              const struct contrast_question *q, const struct one_part parts[2],
                              struct keywords_sample *out, struct err *err);

#endif
