/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/export_api.h"

#include "account/audit.h"
#include "account/workspace.h"
#include "feedback/export.h"

/* An export, and its entry in the audit log, which is written before the first row goes out. */
struct exporting {
	struct export *export;
	struct reply *reply;
	struct audit_entry note;
	bool noted;
};

static bool stream(struct request *rq, void *context, struct buf *out, bool *more, struct err *err)
{
	struct exporting *x = context;
	if (!x->noted) {
		x->noted = true;
		x->reply->stream_apply = audit_write_entry;
		x->reply->stream_input = &x->note;
	}
	return export_next(x->export, rq->db, out, more, err);
}

static bool set_switch(Str name, Str value, bool *out, struct err *err)
{
	*out = str_eq(value, STR("1"));
	return *out || str_eq(value, STR("0")) ||
	       err_set(err, ERR_INVALID, "%.*s must be 0 or 1", STR_FMT(name));
}

static bool set(struct request *rq, Str name, Str value, const struct zone *zone, struct export *e,
                struct err *err)
{
	bool known;
	if (str_eq(name, STR("format")))
		return export_format_parse(value, &e->format, err);
	if (str_eq(name, STR("for_spreadsheet")))
		return set_switch(name, value, &e->for_spreadsheet, err);
	return filter_set(&e->filter, rq->arena, name, value, zone, &known, err) &&
	       (known || err_set(err, ERR_INVALID,
	                         "there is no parameter \"%.*s\"; there are format, "
	                         "for_spreadsheet and the filters of the list of answers",
	                         STR_FMT(name)));
}

static bool wishes_read(struct request *rq, struct export *e, struct err *err)
{
	const struct zone *zone;
	size_t position = 0;
	Str name, value;
	if (!workspace_zone(rq->db, rq->caller.workspace, rq->arena, &zone, err))
		return false;
	while (request_query_next(rq, &position, &name, &value))
		if (!set(rq, name, value, zone, e, err))
			return false;
	return filter_check(&e->filter, err) &&
	       filter_may_ask(&e->filter, rq->arena, &rq->caller, err);
}

static struct exporting *exporting_new(struct request *rq, struct reply *rp, struct export *e)
{
	struct exporting *x = ARENA_NEW(rq->arena, struct exporting);
	x->export = e;
	x->reply = rp;
	x->note = (struct audit_entry){ .actor = rq->caller.name,
		                        .action = STR("response.export"),
		                        .subject = request_query(rq, "survey"),
		                        .detail = e->format == EXPORT_CSV ? STR("CSV")
		                                                          : STR("JSON Lines") };
	if (!x->note.subject.at)
		x->note.subject = STR("");
	return x;
}

static bool export_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct export *e = ARENA_NEW(rq->arena, struct export);
	struct team_scope *scope = ARENA_NEW(rq->arena, struct team_scope);
	if (!team_scope_load(rq->db, rq->arena, &rq->caller, scope, err))
		return false;
	e->workspace = rq->caller.workspace;
	e->scope = scope;
	if (!sight_of(rq, &e->sight, err))
		return false;
	if (!wishes_read(rq, e, err) || !export_begin(e, rq->db, rq->arena, err))
		return false;
	bool csv = e->format == EXPORT_CSV;
	rp->content_type = csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
	rp->stream = stream;
	rp->stream_context = exporting_new(rq, rp, e);
	reply_header(rq, rp, "Content-Disposition",
	             csv ? STR("attachment; filename=\"answers.csv\"")
	                 : STR("attachment; filename=\"answers.jsonl\""));
	return true;
}

const struct route export_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/responses/export",
	  .operation = "exportResponses",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_READ,
	  .read = export_read },
};
const size_t export_route_count = sizeof export_routes / sizeof export_routes[0];
