/* insight/shared_words.h - what shared views say, in English and German, and how they write numbers and days.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_WORDS_H
#define INSIGHT_SHARED_WORDS_H

#include "account/door.h"
#include "base/period.h"

bool shared_word_find(enum door_language language, const char *name, Str *out);
/* Of a name that is there. */
Str shared_word(enum door_language language, const char *name);
/* All of them into a dict, under their names. */
void shared_words_set(struct template_dict *d, enum door_language language);

/* "1,234", "1.234" */
Str shared_number(struct arena *a, enum door_language language, int64_t n);
/* A score as a whole number, "−12"; a change with its sign. */
Str shared_score(struct arena *a, double points);
/* The same with a tenth where the range that it stands beside is so narrow that whole numbers would be one. */
Str shared_score_in(struct arena *a, enum door_language language, double points, double width);
Str shared_change(struct arena *a, double points);
Str shared_change_in(struct arena *a, enum door_language language, double points, double width);
/* "26 Nov 2026", "26. Nov. 2026" */
Str shared_day(struct arena *a, enum door_language language, int64_t day);
/* What a period that begins on `day` is called below an axis: "Nov 2026", "3 Nov", "Q4 2026". */
Str shared_period(struct arena *a, enum door_language language, enum period_unit unit, int64_t day);

#endif
