/* account/audit_api.c - the audit log: filtered, in pages, and as a table. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include <inttypes.h>

#include "account/audit.h"
#include "account/reply_json.h"
#include "account/workspace.h"
#include "base/csv.h"
#include "base/zone.h"

#define SHOWN       50
#define SHOWN_MAX   200
#define EXPORT_ROWS 500

struct asked {
	struct audit_query query;
	struct audit_place after;
	int64_t limit;
};

/* The start of a day in the workspace's zone, `days_on` later. */
static bool day_read(Str value, const char *name, int days_on, const struct zone *zone,
                     int64_t *out, struct err *err)
{
	struct civil day = { 0 };
	int64_t year, month, date;
	if (value.len != 10 || value.at[4] != '-' || value.at[7] != '-' ||
	    !str_to_i64(str_slice(value, 0, 4), &year) ||
	    !str_to_i64(str_slice(value, 5, 2), &month) || !str_to_i64(str_from(value, 8), &date) ||
	    !date_is_valid((int)year, (int)month, (int)date))
		return err_at(err, ERR_INVALID, name, "must be a day such as 2026-03-01");
	day = (struct civil){ .year = (int)year, .month = (int)month, .day = (int)date + days_on };
	*out = zone_instant(zone, &day);
	return true;
}

static bool cursor_read(Str text, struct audit_place *out, struct err *err)
{
	Str rest = text, at;
	if (str_cut(&rest, '.', &at) && rest.at && str_to_i64(at, &out->at) &&
	    str_to_i64(rest, &out->id))
		return true;
	return err_at(err, ERR_INVALID, "cursor", "is not one of ours");
}

static bool text_read(Str value, const char *name, Str *out, struct err *err)
{
	if (value.len > AUDIT_TEXT_MAX)
		return err_at(err, ERR_INVALID, name, "has at most %d bytes", AUDIT_TEXT_MAX);
	if (value.len)
		*out = value;
	return true;
}

static bool set(struct asked *in, Str name, Str value, const struct zone *zone, struct err *err)
{
	if (str_eq(name, STR("from")))
		return day_read(value, "from", 0, zone, &in->query.from, err);
	if (str_eq(name, STR("to")))
		return day_read(value, "to", 1, zone, &in->query.before, err);
	if (str_eq(name, STR("actor")))
		return text_read(value, "actor", &in->query.actor, err);
	if (str_eq(name, STR("action")))
		return text_read(value, "action", &in->query.action, err);
	if (str_eq(name, STR("subject")))
		return text_read(value, "subject", &in->query.subject, err);
	if (str_eq(name, STR("cursor")))
		return cursor_read(value, &in->after, err);
	if (str_eq(name, STR("limit")))
		return (str_to_i64(value, &in->limit) && in->limit >= 1 &&
		        in->limit <= SHOWN_MAX) ||
		       err_at(err, ERR_INVALID, "limit", "is a number from 1 to %d", SHOWN_MAX);
	return err_set(err, ERR_INVALID, "there is no parameter \"%.*s\"", STR_FMT(name));
}

static bool asked_read(struct request *rq, struct asked *out, struct err *err)
{
	const struct zone *zone;
	size_t position = 0;
	Str name, value;
	*out = (struct asked){ .query.before = INT64_MAX, .after = audit_newest, .limit = SHOWN };
	if (!workspace_zone(rq->db, rq->caller.workspace, rq->arena, &zone, err))
		return false;
	while (request_query_next(rq, &position, &name, &value))
		if (!set(out, name, value, zone, err))
			return false;
	return true;
}

static void put_entry(struct json_writer *w, const struct audit_entry *entry)
{
	json_put_dict(w);
	json_put_key_id(w, "id", entry->id);
	json_put_key_time(w, "at", entry->at);
	json_put_key_text(w, "actor", entry->actor);
	json_put_key_text(w, "action", entry->action);
	json_put_key_text(w, "subject", entry->subject);
	json_put_key_text(w, "detail", entry->detail);
	json_put_dict_end(w);
}

bool audit_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct audit_entry *entries;
	struct asked in;
	size_t count;
	if (!asked_read(rq, &in, err) ||
	    !audit_list(rq->db, rq->caller.workspace, &in.query, &in.after, in.limit + 1, rq->arena,
	                &entries, &count, err))
		return false;
	bool more = count > (size_t)in.limit;
	count -= more;
	json_put_dict(w);
	json_put_key(w, STR("entries"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_entry(w, &entries[i]);
	json_put_list_end(w);
	json_put_key(w, STR("next_cursor"));
	if (more)
		json_put_text(w, str_printf(rq->arena, "%" PRId64 ".%" PRId64,
		                            entries[count - 1].at, entries[count - 1].id));
	else
		json_put_null(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* As a table */

struct table {
	struct asked in;
	bool begun;
	struct reply *reply;
	struct audit_entry note; /* that it was exported */
};

static void put_row(struct csv_writer *w, const struct audit_entry *entry)
{
	char at[32];
	time_write(entry->at, at);
	csv_put_text(w, str_of(at));
	csv_put_text(w, entry->actor);
	csv_put_text(w, entry->action);
	csv_put_text(w, entry->subject);
	csv_put_text(w, entry->detail);
	csv_put_row_end(w);
}

static void begin(struct table *t, struct csv_writer *w, struct buf *out)
{
	csv_put_start(w, out, ',', true);
	for (size_t i = 0; i < 5; i++)
		csv_put_text(w, (Str[]){ STR("at"), STR("actor"), STR("action"), STR("subject"),
		                         STR("detail") }[i]);
	csv_put_row_end(w);
	t->begun = true;
	t->reply->stream_apply = audit_write_entry;
	t->reply->stream_input = &t->note;
}

static bool part(struct request *rq, void *context, struct buf *out, bool *more, struct err *err)
{
	struct table *t = context;
	struct csv_writer w = { .out = out, .delimiter = ',', .for_spreadsheet = true };
	struct arena scratch = { 0 };
	struct audit_entry *entries;
	size_t count = 0;
	if (!t->begun)
		begin(t, &w, out);
	bool ok = audit_list(rq->db, rq->caller.workspace, &t->in.query, &t->in.after, EXPORT_ROWS,
	                     &scratch, &entries, &count, err);
	for (size_t i = 0; ok && i < count; i++)
		put_row(&w, &entries[i]);
	if (ok && count)
		t->in.after = (struct audit_place){ entries[count - 1].at, entries[count - 1].id };
	*more = count == EXPORT_ROWS;
	arena_free(&scratch);
	return ok;
}

bool audit_export_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct table *t = ARENA_NEW(rq->arena, struct table);
	if (!asked_read(rq, &t->in, err))
		return false;
	t->reply = rp;
	t->note = (struct audit_entry){ .actor = rq->caller.name,
		                        .action = STR("audit.export"),
		                        .subject = STR(""),
		                        .detail = STR("") };
	rp->content_type = "text/csv; charset=utf-8";
	rp->stream = part;
	rp->stream_context = t;
	reply_header(rq, rp, "Content-Disposition", STR("attachment; filename=\"audit-log.csv\""));
	return true;
}
