/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/share_check_figures.h"

#include "db/list.h"
#include "insight/share_check.sql.h"

struct count {
	int place;
	bool machine, person;
	int64_t comments;
};

static bool count_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct count *)out = (struct count){ (int)db_i64(rows, 0), db_i64(rows, 1) != 0,
		                               db_i64(rows, 2) != 0, db_i64(rows, 3) };
	return true;
}

static int64_t *cell_of(struct checked_counts *c, bool machine, bool person)
{
	if (machine)
		return person ? &c->yes_yes : &c->yes_no;
	return person ? &c->no_yes : &c->no_no;
}

bool share_check_figures(struct db *db, struct arena *a, int64_t workspace,
                         const struct share_check *check, struct check_figure **out, size_t *count,
                         struct err *err)
{
	struct check_theme *themes;
	void *items;
	size_t n;
	if (!share_check_themes(db, a, workspace, check->id, &themes, count, err) ||
	    !db_list(db, &sql_share_check_counts,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(check->id)), count_row,
	             sizeof(struct count), a, &items, &n, err))
		return false;
	const struct count *counts = items;
	struct check_figure *figures = ARENA_ARRAY(a, struct check_figure, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		struct check_figure *f = &figures[i];
		*f = (struct check_figure){ .theme = themes[i],
			                    .counts = { .all = check->comments,
			                                .machine_yes = themes[i].machine } };
		for (size_t k = 0; k < n; k++)
			if (counts[k].place == themes[i].place)
				*cell_of(&f->counts, counts[k].machine, counts[k].person) +=
				    counts[k].comments;
		checked_share_of(&f->counts, &f->share);
		f->more = checked_more_for(&f->counts, CHECK_HALF);
	}
	*out = figures;
	return true;
}

static bool judgement_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct judgement *)out = (struct judgement){
		.item = db_i64(rows, 0) * TAXONOMY_THEMES_MAX + db_i64(rows, 1),
		.category = db_i64(rows, 2) != 0,
	};
	return true;
}

bool share_check_agreement(struct db *db, struct arena *a, int64_t workspace, int64_t check,
                           struct agreement *out, struct err *err)
{
	void *items;
	size_t count;
	if (!db_list(db, &sql_share_check_judgements,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(check)), judgement_row,
	             sizeof(struct judgement), a, &items, &count, err))
		return false;
	agreement_of_many(a, items, count, out);
	return true;
}
