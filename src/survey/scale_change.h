/* survey/scale_change.h - did the question that the figure rests on change, and what do respondents see differently?
 *
 * Answers to another question, or under other words at the ends of the scale, may not compare with those before.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_SCALE_CHANGE_H
#define SURVEY_SCALE_CHANGE_H

#include "survey/definition.h"

/* Question or end labels differ in the survey's own language or in one that both speak. Saying the built-in words is no
 * change. *text tells before and after, at most TREND_NOTE_MAX bytes; unset when nothing changed. */
bool scale_change_find(struct arena *a, const struct definition *before,
                       const struct definition *after, Str *text);
/* The same for whoever answers: only what links may bring along differs, if anything does. */
bool scale_change_is_unseen(struct arena *a, const struct definition *before,
                            const struct definition *after);

#endif
