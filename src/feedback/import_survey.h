/* feedback/import_survey.h - the surveys that a file's answers go to, made when they are missing.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_SURVEY_H
#define FEEDBACK_IMPORT_SURVEY_H

#include "db/store.h"
#include "survey/survey.h"

struct import_survey {
	Str slug, name;
	enum survey_kind kind;
	Str brand, touchpoint; /* at NULL: the workspace's first brand; none */
	bool is_told; /* by the file: a survey of another kind with this slug is another survey */
};

struct import_survey_input {
	struct import_survey want;
	Str actor;            /* for the audit log; at NULL: the command line */
	struct arena *arena;  /* of the result */
	struct survey survey; /* result */
};

/* A unit's function; input is a struct import_survey_input. Finds it by its slug, else makes it live, with its brand and its touchpoint when those are missing too. ERR_CONFLICT when one that
 * is there is of another kind than the file's: its answers must not be pooled. */
bool import_survey_make(struct db_tx *tx, void *input, struct err *err);
/* The same and waits for the commit. */
MUST_USE bool import_survey_ensure(struct store *store, int64_t workspace,
                                   const struct import_survey *want, struct arena *a, int64_t *id,
                                   int *version, struct err *err);

#endif
