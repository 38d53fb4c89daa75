/* reading/learn.h - a workspace's comments are learnt from, and how well they are read by that is found out.
 *
 * On the caller's thread, in one go: minutes at most and 200 MB at most, however large the workspace (reading/lesson.h). Reads
 * in short pages, says how far it is twice a second (struct learning), and writes a version (reading/learnt.h) in one unit. A
 * server that was killed meanwhile has lost nothing but that work.
 *
 * Scores teach what is shown (text/own_model.h); it is used from when more of the answers that were held back are read right by it, and
 * neither side worse, until that is no longer so by more than chance.
 * What people said of themes teaches those (text/theme_model.h); a theme is read by it only where more of
 * their labels that were held back are met. All comments are read again once one in a hundred would be shown otherwise;
 * until then the newer models read what comes.
 *
 * Comments that are there before anybody has read any are learnt from first and then read once, by what they taught.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_LEARN_H
#define READING_LEARN_H

#include "db/store.h"
#include "text/analysis.h"

struct learning;
struct pass;

/* Does the way through all answers wait for this workspace to be learnt from? The first one does, where there are enough answers
 * that reading them twice would be felt, for five minutes at most. `now` is the store's. */
#define LEARN_FIRST_LEAST 10000
bool learn_goes_first(const struct learning *l, const struct pass *p, int64_t now);

struct learn_wish {
	struct store *store;
	const struct analyst_files *files;
	bool (*goes_on)(void *context); /* asked often; false ends it where it is. NULL: always */
	void *context;
};

/* What failed is kept for people to see (learning.failed). */
MUST_USE bool learn(const struct learn_wish *wish, struct db *db, int64_t workspace,
                    struct err *err);

#endif
