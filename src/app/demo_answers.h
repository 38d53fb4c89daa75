/* app/demo_answers.h - draws the demo's respondents and answers: pure, the same every time. Of an answer the day of the call
 * changes its time, and what its respondent says of the slow support where that moves it into or out of the slow quarter.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_ANSWERS_H
#define APP_DEMO_ANSWERS_H

#include "app/demo_text.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/zone.h"

#define DEMO_PERSONS   1400
#define DEMO_COMPANIES 140
#define DEMO_ANSWERS   5000

enum demo_survey { DEMO_RELATIONSHIP, DEMO_SUPPORT_TICKET, DEMO_FIRST_WEEKS, DEMO_SURVEYS };

struct demo_person {
	enum demo_language language;
	Str name, email, company;
	const char *plan, *country;
	int seats;
};

struct demo_answer {
	enum demo_survey survey;
	int person;  /* 0 .. DEMO_PERSONS-1 */
	int64_t at;  /* UTC microseconds */
	int score;   /* -1: none */
	Str comment; /* at NULL: none */
	int ease;    /* answer to the rating question after support, 0: none */
	const char *channel;
	bool unconfirmed;
};

void demo_person(struct arena *a, int index, struct demo_person *out);
/* `index` 0 is the first answer, two years back, DEMO_ANSWERS-1 the newest; `now` dates that one. Quarters are those of the
 * workspace's zone. */
void demo_answer(struct arena *a, int index, const struct zone *zone, int64_t now,
                 struct demo_answer *out);

#endif
