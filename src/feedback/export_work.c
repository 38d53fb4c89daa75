/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/export_work.h"

#include "base/json.h"
#include "base/zone.h"
#include "db/id.h"
#include "feedback/export.h"

/* An answer's newest events are exported, so that a cell stays one that import takes. */
#define EVENTS_MAX 1000
#define CELL_MAX   ((size_t)4 << 20)
#define ACTOR_MAX  1024

bool export_work_load(struct db *db, struct arena *a, int64_t workspace, int64_t after,
                      int64_t last, struct export_work *out, struct err *err)
{
	struct export_work work = { 0 };
	if (!tag_list_between(db, a, workspace, after, last, &work.tags, &work.tag_count, err) ||
	    !note_list(db, a, workspace, after, last, &work.notes, &work.note_count, err) ||
	    !event_list(db, a, workspace, after, last, &work.events, &work.event_count, err))
		return false;
	*out = work;
	return true;
}

static void cell_start(struct buf *buf, struct json_writer *w)
{
	buf_init(buf, CELL_MAX);
	json_put_start(w, buf);
	json_put_list(w);
}

static bool cell_end(struct buf *buf, struct json_writer *w, struct arena *a, size_t count,
                     Str *out, struct err *err)
{
	json_put_list_end(w);
	*out = count ? str_copy(a, buf_str(buf)) : (Str){ 0 };
	bool fits = !buf->overflowed;
	buf_free(buf);
	return fits || err_set(err, ERR_TOO_LARGE, "what was done to an answer is too long");
}

static bool put_tags(struct export_work *work, struct arena *a, int64_t response, Str *out,
                     struct err *err)
{
	struct buf buf;
	struct json_writer w;
	size_t count = 0;
	cell_start(&buf, &w);
	while (work->tag_at < work->tag_count && work->tags[work->tag_at].response_id < response)
		work->tag_at++;
	for (; work->tag_at < work->tag_count && work->tags[work->tag_at].response_id == response;
	     work->tag_at++, count++)
		json_put_text(&w, work->tags[work->tag_at].name);
	return cell_end(&buf, &w, a, count, out, err);
}

static void put_note(struct json_writer *w, struct arena *a, const struct note *note)
{
	json_put_dict(w);
	json_put_key_id(w, "id", note->id);
	json_put_key_text(w, "at", export_time(a, note->created_at));
	json_put_key_text(w, "author", note->author);
	json_put_key_text(w, "text", note->text);
	if (note->edited_at)
		json_put_key_text(w, "edited_at", export_time(a, note->edited_at));
	json_put_dict_end(w);
}

static bool put_notes(struct export_work *work, struct arena *a, int64_t response, Str *out,
                      struct err *err)
{
	struct buf buf;
	struct json_writer w;
	size_t count = 0;
	cell_start(&buf, &w);
	while (work->note_at < work->note_count &&
	       work->notes[work->note_at].response_id < response)
		work->note_at++;
	for (;
	     work->note_at < work->note_count && work->notes[work->note_at].response_id == response;
	     work->note_at++, count++)
		put_note(&w, a, &work->notes[work->note_at]);
	return cell_end(&buf, &w, a, count, out, err);
}

static void put_event(struct json_writer *w, struct arena *a, const struct event *event)
{
	json_put_dict(w);
	json_put_key_id(w, "id", event->id);
	json_put_key_text(w, "at", export_time(a, event->at));
	json_put_key_text(w, "actor", event->actor);
	json_put_key_text(w, "what", str_of(event_name(event->what)));
	if (event->detail.at)
		json_put_key_text(w, "detail", event->detail);
	json_put_dict_end(w);
}

static bool put_events(struct export_work *work, struct arena *a, int64_t response, Str *out,
                       struct err *err)
{
	struct buf buf;
	struct json_writer w;
	cell_start(&buf, &w);
	while (work->event_at < work->event_count &&
	       work->events[work->event_at].response_id < response)
		work->event_at++;
	size_t end = work->event_at;
	while (end < work->event_count && work->events[end].response_id == response)
		end++;
	size_t count = end - work->event_at;
	for (size_t i = count > EVENTS_MAX ? end - EVENTS_MAX : work->event_at; i < end; i++)
		put_event(&w, a, &work->events[i]);
	work->event_at = end;
	return cell_end(&buf, &w, a, count, out, err);
}

bool export_work_next(struct export_work *work, struct arena *a, int64_t response,
                      struct export_work_cells *out, struct err *err)
{
	return put_tags(work, a, response, &out->tags, err) &&
	       put_notes(work, a, response, &out->notes, err) &&
	       put_events(work, a, response, &out->events, err);
}

/* And back. */

static bool list_read(struct arena *a, Str json, size_t max, JsonRef *out, struct err *err)
{
	return json_read(a, json, out, err) && json_read_list(*out, max, err);
}

static bool time_read(JsonRef ref, int64_t *out, struct err *err)
{
	Str value;
	return json_read_text(ref, 40, &value, err) && time_parse(value, zone_utc(), out, err);
}

static bool number_read(JsonRef ref, int64_t *out, struct err *err)
{
	Str value;
	return json_read_text(ref, 32, &value, err) && id_parse(value, out, err);
}

static bool tags_read(struct arena *a, Str json, struct imported_work *out, struct err *err)
{
	JsonRef list;
	if (!list_read(a, json, TAGS_EACH_MAX, &list, err))
		return false;
	out->tag_count = json_read_count(list);
	out->tags = ARENA_ARRAY(a, struct tag_name, out->tag_count + 1);
	for (size_t i = 0; i < out->tag_count; i++) {
		Str name;
		if (!json_read_text(json_read_item(list, i), 1024, &name, err) ||
		    !tag_name_read(a, name, "tags", &out->tags[i], err))
			return false;
	}
	return true;
}

static bool note_read(JsonRef ref, struct note *out, struct err *err)
{
	JsonRef edited = json_read_member(ref, "edited_at");
	return number_read(json_read_member(ref, "id"), &out->id, err) &&
	       time_read(json_read_member(ref, "at"), &out->created_at, err) &&
	       json_read_text(json_read_member(ref, "author"), ACTOR_MAX, &out->author, err) &&
	       json_read_text(json_read_member(ref, "text"), NOTE_TEXT_MAX, &out->text, err) &&
	       (!json_read_is_given(edited) || time_read(edited, &out->edited_at, err));
}

static bool notes_read(struct arena *a, Str json, struct imported_work *out, struct err *err)
{
	JsonRef list;
	if (!list_read(a, json, NOTES_MAX, &list, err))
		return false;
	out->note_count = json_read_count(list);
	out->notes = ARENA_ARRAY(a, struct note, out->note_count + 1);
	for (size_t i = 0; i < out->note_count; i++)
		if (!note_read(json_read_item(list, i), &out->notes[i], err))
			return false;
	return true;
}

static bool event_read(JsonRef ref, struct event *out, struct err *err)
{
	Str what;
	if (!number_read(json_read_member(ref, "id"), &out->id, err) ||
	    !time_read(json_read_member(ref, "at"), &out->at, err) ||
	    !json_read_text(json_read_member(ref, "actor"), ACTOR_MAX, &out->actor, err) ||
	    !json_read_text(json_read_member(ref, "what"), 32, &what, err) ||
	    !json_read_text_if_given(json_read_member(ref, "detail"), 1024, &out->detail, err))
		return false;
	return event_find(what, &out->what) || err_set(err, ERR_INVALID, "is no event");
}

static bool events_read(struct arena *a, Str json, struct imported_work *out, struct err *err)
{
	JsonRef list;
	if (!list_read(a, json, EVENTS_MAX, &list, err))
		return false;
	out->event_count = json_read_count(list);
	out->events = ARENA_ARRAY(a, struct event, out->event_count + 1);
	for (size_t i = 0; i < out->event_count; i++)
		if (!event_read(json_read_item(list, i), &out->events[i], err))
			return false;
	return true;
}

bool export_work_read(struct arena *a, const struct export_work_cells *cells,
                      struct imported_work *out, struct err *err)
{
	struct imported_work work = { 0 };
	if ((cells->tags.len && !tags_read(a, cells->tags, &work, err)) ||
	    (cells->notes.len && !notes_read(a, cells->notes, &work, err)) ||
	    (cells->events.len && !events_read(a, cells->events, &work, err)))
		return false;
	*out = work;
	return true;
}

bool export_work_store(struct db_tx *tx, int64_t response, const struct imported_work *work,
                       struct err *err)
{
	for (size_t i = 0; i < work->tag_count; i++) {
		struct tag tag;
		bool given;
		if (!tag_upsert(tx, &work->tags[i], &tag, err) ||
		    !tag_give(tx, response, tag.id, &given, err))
			return false;
	}
	for (size_t i = 0; i < work->note_count; i++) {
		struct note note = work->notes[i];
		note.response_id = response;
		if (!note_insert(tx, &note, err))
			return false;
	}
	for (size_t i = 0; i < work->event_count; i++) {
		struct event event = work->events[i];
		event.response_id = response;
		if (!event_insert(tx, &event, err))
			return false;
	}
	return true;
}
