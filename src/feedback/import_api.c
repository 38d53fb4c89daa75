/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_api.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "account/reply_json.h"
#include "feedback/import_job.h"
#include "feedback/import_preview.h"
#include "feedback/import_wishes.h"
#include "feedback/upload.h"

#define BODY_MAX (64u * 1024)
#define PIECE    ((size_t)128 * 1024)

/* --- a file and what is wished of it ------------------------------------------------------------------ */

/* While one request looks at a file. */
struct look {
	struct import_request request;
	struct import_view *view;
	struct import_plan plan;
	struct import_before before;
	bool asks_repeat;
};

static bool survey_before(struct request *rq, struct look *look, struct err *err)
{
	struct survey survey;
	struct import_record record;
	bool found;
	int64_t id = 0, workspace = rq->caller.workspace;
	if (!look->request.survey.at)
		return true;
	if (!survey_find_by_slug(rq->db, rq->arena, workspace, look->request.survey, &found,
	                         &survey, err))
		return false;
	if (!found)
		return err_at(err, ERR_INVALID, "/survey", "there is no survey \"%.*s\"",
		              STR_FMT(look->request.survey));
	if (!import_earlier(rq->db, workspace, survey.id, &id, err))
		return false;
	if (id == 0)
		return true;
	if (!import_find(rq->db, rq->arena, workspace, id, &record, err))
		return false;
	look->before = (struct import_before){ record.file_name, record.created_at };
	return true;
}

/* A key column tells a row that comes again, and an export of Heed has ids; else nobody knows whether two equal rows are
 * one answer. */
static void decide_repeat(struct look *look)
{
	look->asks_repeat = look->before.file_name.at && !look->plan.own &&
	                    look->plan.key == IMPORT_NO_COLUMN &&
	                    look->request.repeat == REPEAT_UNSAID;
}

/* The view is to be given back when this succeeds. */
static bool look_at(struct request *rq, struct look *look, struct err *err)
{
	struct import_room *room = rq->room;
	struct upload upload;
	if (!import_may(rq, err) ||
	    !import_request_read(rq->arena, rq->body, &look->request, err) ||
	    !survey_before(rq, look, err))
		return false;
	if (!upload_find(rq->db, rq->arena, rq->caller.workspace, look->request.upload_id, &upload,
	                 err))
		return err->kind != ERR_NOT_FOUND ? false
		                                  : err_at(err, ERR_INVALID, "/upload_id",
		                                           "names no file that is here: send it "
		                                           "again");
	if (!import_view_get(room->views, rq->caller.workspace, &upload,
	                     upload_path(rq->store, rq->arena, upload.file),
	                     look->request.plan.preset, &look->view, err))
		return false;
	if (import_plan_decide(&look->view->scan, &look->request.plan, rq->arena, &look->plan,
	                       err)) {
		decide_repeat(look);
		return true;
	}
	import_view_put(room->views, look->view);
	return false;
}

static bool preview_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct import_room *room = rq->room;
	struct look look = { 0 };
	struct sight sight;
	if (!sight_of(rq, &sight, err) || !look_at(rq, &look, err))
		return false;
	struct json_writer *w = reply_json(rq);
	import_preview_put(w, rq->arena, &sight, look.view, &look.plan, &look.before,
	                   look.asks_repeat);
	import_view_put(room->views, look.view);
	return reply_json_end(w, rp, 200, err);
}

/* --- an import as JSON -------------------------------------------------------------------------------- */

static void put_progress(struct json_writer *w, const struct import_progress *p)
{
	static const char *const phases[] = {
		[PHASE_READING] = "reading",
		[PHASE_TAKING] = "taking",
		[PHASE_UNDOING] = "undoing",
	};
	bool known = p->rate > 0 && p->total > 0;
	json_put_key(w, STR("progress"));
	json_put_dict(w);
	json_put_key_text(w, "phase", str_of(phases[p->phase]));
	json_put_key_i64(w, "rows", p->rows);
	json_put_key_i64(w, "rows_total", p->total);
	json_put_key_i64(w, "rows_rejected", p->rejected);
	json_put_key_i64_if(w, "rows_per_second", p->rate > 0, (int64_t)p->rate);
	json_put_key(w, STR("seconds_left"));
	if (known)
		json_put_i64(w, (int64_t)((double)(p->total - p->rows) / p->rate) + 1);
	else
		json_put_null(w);
	json_put_key_bool(w, "waits", p->waits);
	json_put_dict_end(w);
}

static void put_counts(struct json_writer *w, const struct import_record *r)
{
	json_put_key_i64(w, "rows_total", r->rows_total ? r->rows_total : r->rows_read);
	json_put_key_i64(w, "rows_read", r->rows_read);
	json_put_key_i64(w, "rows_added", r->rows_added);
	json_put_key_i64(w, "rows_known", r->rows_known);
	json_put_key_i64(w, "rows_rejected", r->rows_rejected);
	json_put_key_i64(w, "scored", r->scored);
	json_put_key_i64(w, "comments", r->comments);
	json_put_key_i64(w, "dismissed", r->dismissed);
	json_put_key_i64(w, "bad_addresses", r->bad_addresses);
	json_put_key_i64(w, "cut", r->cut);
}

static bool has_rejects(struct request *rq, const struct import_record *r)
{
	return r->state == IMPORT_DONE && r->rows_rejected > 0 &&
	       access(upload_rejects_path(rq->store, rq->arena, rq->caller.workspace, r->id),
	              R_OK) == 0;
}

static void import_put(struct json_writer *w, struct request *rq, const struct import_record *r)
{
	struct import_room *room = rq->room;
	struct import_progress progress;
	bool again = (r->state == IMPORT_UNDONE || r->state == IMPORT_GIVEN_UP) && r->has_file;
	json_put_dict(w);
	json_put_key_id(w, "id", r->id);
	json_put_key_text(w, "file_name", r->file_name);
	json_put_key_id(w, "survey_id", r->survey_id);
	json_put_key_text(w, "survey", r->survey_slug);
	json_put_key_text(w, "survey_name", r->survey_name);
	json_put_key_text(w, "state", str_of(import_state_name(r->state)));
	put_counts(w, r);
	json_put_key_text(w, "why", r->why);
	json_put_key_text(w, "created_by", r->created_by);
	json_put_key_time(w, "created_at", r->created_at);
	json_put_key_time(w, "finished_at", r->finished_at);
	json_put_key_time(w, "undone_at", r->undone_at);
	json_put_key_bool(w, "has_rejected_file", has_rejects(rq, r));
	json_put_key_bool(w, "may_again", again);
	if (import_runner_progress(room->runner, rq->caller.workspace, r->id, &progress)) {
		put_progress(w, &progress);
	} else {
		json_put_key(w, STR("progress"));
		json_put_null(w);
	}
	json_put_dict_end(w);
}

static bool one_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct import_record record;
	int64_t id;
	if (!import_may(rq, err) || !request_param_id(rq, "import", &id, err) ||
	    !import_find(rq->db, rq->arena, rq->caller.workspace, id, &record, err))
		return false;
	import_put(w, rq, &record);
	return reply_json_end(w, rp, 200, err);
}

/* A team's members have none: the list is not refused, for it tells nothing. */
static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct import_record *all = NULL;
	size_t count = 0;
	if (!rq->caller.team_scope.at &&
	    !import_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("imports"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		import_put(w, rq, &all[i]);
	json_put_list_end(w);
	json_put_key_i64(w, "upload_max", ((struct import_room *)rq->room)->upload_max);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* --- to do -------------------------------------------------------------------------------------------- */

static bool check_answered(const struct look *look, struct err *err)
{
	static const char *const paths[] = {
		[ASK_SCORE] = "/mapping",
		[ASK_SCALE] = "/scale",
		[ASK_DATE] = "/mapping",
		[ASK_DATE_ORDER] = "/date_order",
		[ASK_CUSTOMER] = "/customer_labels",
	};
	for (int q = 0; q < QUESTION_COUNT; q++)
		if (look->plan.asks[q])
			return err_at(err, ERR_INVALID, paths[q], "%s", look->plan.why[q].msg);
	return !look->asks_repeat ||
	       err_at(err, ERR_INVALID, "/repeat",
	              "is required: known when the file may repeat rows of an earlier one, new "
	              "when each row is a new answer");
}

static bool check_survey(const struct look *look, struct err *err)
{
	const struct import_request *r = &look->request;
	if (r->survey.at && r->new_name.at)
		return err_at(err, ERR_INVALID, "/new_survey",
		              "cannot be given together with survey");
	return look->plan.own || r->survey.at || r->new_name.at ||
	       err_at(err, ERR_INVALID, "/survey",
	              "is required: say which survey the answers belong to");
}

static struct import_survey survey_copy(struct arena *a, const struct import_survey *s)
{
	return (struct import_survey){ .slug = str_copy(a, s->slug),
		                       .name = str_copy(a, s->name),
		                       .kind = s->kind,
		                       .brand = s->brand.at ? str_copy(a, s->brand) : s->brand,
		                       .touchpoint = s->touchpoint.at ? str_copy(a, s->touchpoint)
		                                                      : s->touchpoint,
		                       .is_told = s->is_told };
}

static bool create_prepare(struct request *rq, struct err *err)
{
	struct import_room *room = rq->room;
	struct import_create_input *in = ARENA_NEW(rq->arena, struct import_create_input);
	struct look look = { 0 };
	if (!look_at(rq, &look, err))
		return false;
	*in = (struct import_create_input){
		.upload_id = look.request.upload_id,
		.wishes = rq->body,
		.survey = look.plan.own ? (Str){ 0 } : look.request.survey,
		.new_name = look.plan.own ? (Str){ 0 } : look.request.new_name,
		.rows_total = look.plan.rows,
		.actor = rq->caller.name,
		.arena = rq->arena,
	};
	if (look.plan.own && look.view->has_survey)
		in->own = survey_copy(rq->arena, &look.view->survey);
	bool ok = check_survey(&look, err) && check_answered(&look, err);
	import_view_put(room->views, look.view);
	rq->input = in;
	return ok;
}

static bool change_prepare(struct request *rq, struct err *err)
{
	struct import_change_input *in = ARENA_NEW(rq->arena, struct import_change_input);
	in->actor = rq->caller.name;
	rq->input = in;
	return import_may(rq, err) && request_param_id(rq, "import", &in->id, err);
}

/* The unit has no more to tell than that it is done; what became of it is asked for by its id. */
static bool reply_id(struct request *rq, struct reply *rp, int status, int64_t id, struct err *err)
{
	struct import_room *room = rq->room;
	struct json_writer *w = reply_json(rq);
	import_runner_wake(room->runner, rq->caller.workspace);
	json_put_dict(w);
	json_put_key_id(w, "id", id);
	json_put_dict_end(w);
	return reply_json_end(w, rp, status, err);
}

static bool create_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct import_create_input *in = rq->input;
	return reply_id(rq, rp, 201, in->id, err);
}

static bool change_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct import_change_input *in = rq->input;
	return reply_id(rq, rp, 202, in->id, err);
}

/* --- rejected rows ------------------------------------------------------------------------------------ */

struct download {
	int fd;
};

static void download_close(void *what)
{
	struct download *d = what;
	close(d->fd);
}

static bool download_next(struct request *rq, void *context, struct buf *out, bool *more,
                          struct err *err)
{
	struct download *d = context;
	char *room = buf_room(out, PIECE);
	ssize_t got = room ? read(d->fd, room, PIECE) : -1;
	(void)rq;
	if (got < 0)
		return err_set(err, ERR_IO, "the rejected rows cannot be read: %s",
		               strerror(errno));
	out->len += (size_t)got;
	*more = got > 0;
	return true;
}

static bool rejected_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct import_record record;
	int64_t id;
	if (!import_may(rq, err) || !request_param_id(rq, "import", &id, err) ||
	    !import_find(rq->db, rq->arena, rq->caller.workspace, id, &record, err))
		return false;
	if (rq->caller.sees_masked)
		return err_set(
		    err, ERR_DENIED,
		    "Refused rows are kept as they were sent. Personal data is masked for "
		    "you, so ask an owner or admin for them.");
	struct download *d = ARENA_NEW(rq->arena, struct download);
	const char *path = upload_rejects_path(rq->store, rq->arena, rq->caller.workspace, id);
	d->fd = has_rejects(rq, &record) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (d->fd < 0)
		return err_set(err, ERR_GONE,
		               "This import has no rejected rows, or they are gone: they are kept "
		               "for %d days",
		               REJECTS_KEPT_DAYS);
	arena_defer(rq->arena, download_close, d);
	rp->content_type = "text/csv; charset=utf-8";
	rp->stream = download_next;
	rp->stream_context = d;
	reply_header(rq, rp, "Content-Disposition",
	             STR("attachment; filename=\"rejected-rows.csv\""));
	return true;
}

#define BUILDERS .roles = ROLES_BUILD, .scopes = SCOPES_WRITE
#define READERS  .roles = ROLES_BUILD, .scopes = SCOPES_READ
const struct route import_routes[] = {
	{ .method = "POST",
	  .path = "/api/v1/imports/preview",
	  .operation = "previewImport",
	  BUILDERS,
	  .body_max = BODY_MAX,
	  .names = true,
	  .read = preview_read },
	{ .method = "POST",
	  .path = "/api/v1/imports",
	  .operation = "createImport",
	  BUILDERS,
	  .body_max = BODY_MAX,
	  .names = true,
	  .prepare = create_prepare,
	  .apply = import_create,
	  .reply = create_reply },
	{ .method = "GET",
	  .path = "/api/v1/imports",
	  .operation = "listImports",
	  READERS,
	  .read = list_read },
	{ .method = "GET",
	  .path = "/api/v1/imports/{import}",
	  .operation = "getImport",
	  READERS,
	  .read = one_read },
	{ .method = "GET",
	  .path = "/api/v1/imports/{import}/rejected",
	  .operation = "getRejectedRows",
	  READERS,
	  .names = true,
	  .read = rejected_read },
	{ .method = "POST",
	  .path = "/api/v1/imports/{import}/undo",
	  .operation = "undoImport",
	  BUILDERS,
	  .prepare = change_prepare,
	  .apply = import_take_back,
	  .reply = change_reply },
	{ .method = "POST",
	  .path = "/api/v1/imports/{import}/again",
	  .operation = "repeatImport",
	  BUILDERS,
	  .names = true,
	  .prepare = change_prepare,
	  .apply = import_again,
	  .reply = change_reply },
};
const size_t import_route_count = sizeof import_routes / sizeof import_routes[0];
