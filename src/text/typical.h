/* text/typical.h - which comments say what most of a group say: the ones to quote.
 *
 * A comment is as typical as it is near the middle of all: the cosine between its words and the group's, both weighted by
 * tf-idf (D. R. Radev, H. Jing, M. Styś, D. Tam, "Centroid-based summarization of multiple documents", Information
 * Processing & Management 40, 2004). Quotes are people's own words; nothing is ever put together from several.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_TYPICAL_H
#define TEXT_TYPICAL_H

#include "text/words.h"

/* Comments shorter or longer than this make poor quotes; they are still counted. In content words. */
#define TYPICAL_WORDS_LEAST 3
#define TYPICAL_WORDS_MOST  60

/* Owns its memory; one thread at a time. First all comments are added, then typical_settle, then any are asked about. */
struct typical;
struct typical *typical_open(void);
void typical_close(struct typical *t); /* NULL is fine */
void typical_add(struct typical *t, const struct words *w);
void typical_settle(struct typical *t);
/* 0..1; 0 for what makes no quote. */
double typical_of(const struct typical *t, const struct words *w);

#endif
