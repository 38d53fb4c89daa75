/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_view.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/die.h"
#include "feedback/import_own.h"
#include "feedback/import_source.h"
#include "feedback/upload.h"

#define VIEWS_MAX 8

struct import_views {
	pthread_mutex_t lock;
	struct import_view *all[VIEWS_MAX];
	uint64_t uses;
	bool reading; /* a file, on some thread */
};

struct import_views *import_views_new(void)
{
	struct import_views *views = mem_zeroed(1, sizeof *views);
	MUST(pthread_mutex_init(&views->lock, NULL) == 0);
	return views;
}

static void view_free(struct import_view *view)
{
	if (!view)
		return;
	arena_free(&view->arena);
	free(view);
}

void import_views_free(struct import_views *views)
{
	if (!views)
		return;
	for (size_t i = 0; i < VIEWS_MAX; i++)
		view_free(views->all[i]);
	pthread_mutex_destroy(&views->lock);
	free(views);
}

/* An export of Heed names its surveys in its rows. */
static bool read_survey(struct import_source *source, struct import_view *view, struct err *err)
{
	struct csv_row row;
	struct own_row own;
	struct err ignored;
	if (!import_source_rewind(source, err))
		return false;
	for (;;) {
		enum import_next next = import_source_next(source, &row, err);
		if (next == IMPORT_FAILED)
			return false;
		if (next == IMPORT_END)
			return true;
		if (next == IMPORT_ROW &&
		    own_row_read(&view->arena, &row, view->scan.columns.count, &own, &ignored))
			break;
	}
	view->has_survey = true;
	view->survey = (struct import_survey){ own.survey, own.survey_name, own.kind,
		                               own.brand,  own.touchpoint,  true };
	return true;
}

static bool view_make(const char *path, struct import_view *view, struct err *err)
{
	struct import_source *source;
	if (!import_source_open(path, &source, err))
		return false;
	view->dialect = import_source_dialect(source);
	view->is_json = import_source_is_json(source);
	bool ok =
	    import_scan_make(source, view->preset, &view->arena, NULL, NULL, &view->scan, err) &&
	    (!view->scan.own || read_survey(source, view, err));
	import_source_close(source);
	return ok;
}

/* Under the lock. */
static struct import_view *find(struct import_views *views, int64_t workspace, int64_t upload,
                                Str preset)
{
	for (size_t i = 0; i < VIEWS_MAX; i++) {
		struct import_view *v = views->all[i];
		if (v && v->workspace == workspace && v->upload == upload &&
		    str_eq(v->preset, preset)) {
			v->users++;
			v->used = ++views->uses;
			return v;
		}
	}
	return NULL;
}

/* Under the lock: in the place of the one that nobody used for the longest time. All in use: it is freed when it comes
 * back. */
static void keep(struct import_views *views, struct import_view *view)
{
	size_t oldest = VIEWS_MAX;
	for (size_t i = 0; i < VIEWS_MAX; i++) {
		const struct import_view *v = views->all[i];
		if (!v) {
			oldest = i;
			break;
		}
		if (v->users == 0 && (oldest == VIEWS_MAX || v->used < views->all[oldest]->used))
			oldest = i;
	}
	view->users = 1;
	view->used = ++views->uses;
	if (oldest == VIEWS_MAX)
		return;
	view_free(views->all[oldest]);
	views->all[oldest] = view;
}

bool import_view_get(struct import_views *views, int64_t workspace, const struct upload *upload,
                     const char *path, Str preset, struct import_view **out, struct err *err)
{
	pthread_mutex_lock(&views->lock);
	struct import_view *view = find(views, workspace, upload->id, preset);
	bool busy = !view && views->reading;
	views->reading = views->reading || !view;
	pthread_mutex_unlock(&views->lock);
	*out = view;
	if (view)
		return true;
	if (busy)
		return err_set(err, ERR_BUSY, "Another file is being read: try again in a moment");
	view = mem_zeroed(1, sizeof *view);
	view->workspace = workspace;
	view->upload = upload->id;
	view->preset = str_copy(&view->arena, preset);
	bool ok = view_make(path, view, err);
	pthread_mutex_lock(&views->lock);
	views->reading = false;
	if (ok)
		keep(views, view);
	pthread_mutex_unlock(&views->lock);
	if (!ok)
		view_free(view);
	*out = ok ? view : NULL;
	return ok;
}

void import_view_put(struct import_views *views, struct import_view *view)
{
	bool is_kept = false;
	pthread_mutex_lock(&views->lock);
	for (size_t i = 0; i < VIEWS_MAX && !is_kept; i++)
		is_kept = views->all[i] == view;
	view->users--;
	pthread_mutex_unlock(&views->lock);
	if (!is_kept)
		view_free(view);
}
