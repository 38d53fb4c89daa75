/* survey/draft.h - the working draft of a survey: what its editor saves as one types, and what publishing puts in place.
 *
 * A draft holds the definition, the opening times and the limit. Respondents see the published version until the draft is
 * published (survey_set_state to live). survey.revision counts what was saved; who saves names the revision that the
 * change was made to, and when another one came in between nothing is written and the newest is the answer. The newest
 * SURVEY_DRAFTS_KEPT drafts stay, so that one can go back after a reload.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_DRAFT_H
#define SURVEY_DRAFT_H

#include "survey/survey.h"

#define SURVEY_DRAFTS_KEPT 50

struct survey_draft {
	int64_t revision;
	Str definition;              /* canonical */
	int64_t opens_at, closes_at; /* 0: at once, never */
	int64_t max_answers;         /* 0: as many as come */
	Str actor;                   /* at NULL: as published */
	int64_t created_at;
};

/* What is worked on: the draft, or what is published, under the survey's revision. */
MUST_USE bool survey_draft_find(struct db *db, struct arena *a, const struct survey *s,
                                struct survey_draft *out, struct err *err);
/* Newest first. */
MUST_USE bool survey_draft_list(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                                struct survey_draft **out, size_t *count, struct err *err);

/* What an editor needs to know. */
struct survey_draft_view {
	struct survey survey;
	struct survey_draft draft; /* what is worked on */
	Str published;             /* definition */
	Str author;                /* name of the member who saved it; at NULL: none is known */
	bool answered;             /* anybody has answered: words are kept beside the answers */
	bool counted;              /* and some of it is in a figure, which a changed scale breaks */
};

/* Texts live in the arena. ERR_NOT_FOUND. */
MUST_USE bool survey_draft_look(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                                struct survey_draft_view *out, struct err *err);

struct survey_draft_input {
	int64_t id;
	struct survey_draft draft; /* revision: the one that it was made from */
	Str actor;
	struct arena *arena;
	struct survey_draft_view view; /* result: as stored, or on a conflict as another left it */
	bool conflict;                 /* result: nothing was written */
};

/* Opens before it closes; a limit that can be. Errors name the field. */
MUST_USE bool survey_draft_check(const struct survey_draft *draft, struct err *err);
/* A unit's function; input is a struct survey_draft_input. Saving what is published takes the draft away. */
bool survey_draft_save(struct db_tx *tx, void *input, struct err *err);

/* In a unit: puts the draft in place, if there is one, and checks what goes live. The caller writes *s. */
MUST_USE bool survey_draft_publish(struct db_tx *tx, struct survey *s, Str actor, struct err *err);

#endif
