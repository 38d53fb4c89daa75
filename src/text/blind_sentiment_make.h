/* text/blind_sentiment_make.h - for makers alone: what struct blind_sentiment holds.
 *
 * Who includes this must not have seen the score of the answer, nor learnt from scores of its workspace.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_BLIND_SENTIMENT_MAKE_H
#define TEXT_BLIND_SENTIMENT_MAKE_H

#include "text/blind_sentiment.h"

struct blind_sentiment {
	enum sentiment_label label;
	float score;
	const float *clause; /* [clauses] */
	size_t clauses;
};

#endif
