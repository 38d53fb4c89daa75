/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/discoverer.h"

#include <stdlib.h>

#include "app/rounds.h"
#include "base/die.h"
#include "reading/theme_search.h"

struct discoverer {
	struct store *store;
	struct word_reader *words;
	struct rounds *rounds;
};

static bool visit(void *context, struct rounds *r, struct db *db, int64_t workspace,
                  struct err *err)
{
	struct discoverer *d = context;
	bool again = false;
	if (!theme_search_visit(d->store, db, d->words, workspace, &again, err))
		return false;
	if (again)
		rounds_add(r, workspace);
	return true;
}

struct discoverer *discoverer_start(struct store *store)
{
	static const struct rounds_plan plan = {
		.failed = "themes.not_looked",
		.every_seconds = 60,
		.keeps_reader = true,
		.hears_commits = true,
		/* Each is a reason to ask whether somebody wants a look. */
		.gather_ms = 300,
		.visit = visit,
	};
	struct discoverer *d = mem_zeroed(1, sizeof *d);
	d->store = store;
	d->words = word_reader_open();
	d->rounds = rounds_start(store, &plan, d);
	return d;
}

void discoverer_stop(struct discoverer *d)
{
	rounds_stop(d->rounds);
	word_reader_close(d->words);
	free(d);
}
