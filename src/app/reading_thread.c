/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/reading_thread.h"

#include <stdlib.h>

#include "app/analyst_files.h"
#include "app/rounds.h"
#include "base/die.h"
#include "feedback/masking.h"
#include "reading/reader.h"

struct reading_thread {
	struct store *store;
	struct arena arena; /* of the models */
	struct analyst_files files;
	struct reader *reader;
	struct rounds *rounds;
};

/* One that has more to be read waits behind the others. */
static bool look(void *context, struct rounds *r, struct db *db, int64_t workspace, struct err *err)
{
	struct reading_thread *t = context;
	bool more = false, to_mask = false;
	if (!masking_go_on(t->store, db, workspace, &to_mask, err) ||
	    !reader_look(t->reader, db, workspace, &more, err))
		return false;
	if (more || to_mask)
		rounds_add(r, workspace);
	return true;
}

bool reading_thread_start(struct store *store, struct reading_thread **out, struct err *err)
{
	static const struct rounds_plan plan = {
		.failed = "reading.not_read",
		.every_seconds = 10,
		.keeps_reader = true,
		.hears_commits = true,
		.visit = look,
	};
	struct reading_thread *t = mem_zeroed(1, sizeof *t);
	t->store = store;
	if (!analyst_files_find(&t->arena, &t->files, err)) {
		arena_free(&t->arena);
		free(t);
		return false;
	}
	t->reader = reader_new(store, &t->files, true);
	t->rounds = rounds_start(store, &plan, t);
	*out = t;
	return true;
}

const struct analyst_files *reading_thread_files(const struct reading_thread *t)
{
	return &t->files;
}

void reading_thread_stop(struct reading_thread *t)
{
	rounds_stop(t->rounds);
	reader_free(t->reader);
	arena_free(&t->arena);
	free(t);
}
