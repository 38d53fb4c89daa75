/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "db/store.h"
#include "feedback/import_key.h"
#include "feedback/import_own.h"
#include "feedback/import_pace.h"
#include "feedback/import_row.h"
#include "feedback/import_source.h"
#include "feedback/import_store.h"
#include "feedback/import_survey.h"
#include "feedback/export_columns.h"

#define BATCHES 4
/* Texts of a batch: it is sent when they pass this, however few its answers. */
#define BATCH_BYTES   ((size_t)4 << 20)
#define PROGRESS_ROWS 512

struct known_survey {
	Str slug;
	int64_t id;
	int version;
};

/* An import while it runs. `lock` guards what the lanes' threads write: free, failed, why, added, pace. */
struct run {
	const struct import_job *job;
	struct import_counts *counts;
	struct import_keys *keys;
	int64_t import_id;
	struct arena arena; /* surveys */
	struct known_survey *surveys;
	size_t survey_count;
	struct import_batch *batches;
	struct import_batch *filling;

	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct import_batch *free;
	size_t free_count;
	struct import_pace pace;
	bool failed;
	struct err why;
	int64_t added, sent;
};

/* On a lane's thread: the unit is durable, or has failed. */
static void batch_done(struct unit *unit)
{
	struct import_batch *batch = unit->input;
	struct run *run = batch->owner;
	pthread_mutex_lock(&run->lock);
	if (unit->ok) {
		run->added += (int64_t)batch->added;
		import_pace_follow(&run->pace, batch->count, batch->apply_us);
	} else if (!run->failed) {
		run->failed = true;
		run->why = unit->err;
	}
	batch->next = run->free;
	run->free = batch;
	run->free_count++;
	pthread_cond_signal(&run->returned);
	pthread_mutex_unlock(&run->lock);
}

/* Waits for a batch to come back. NULL when one failed. */
static struct import_batch *batch_take(struct run *run)
{
	pthread_mutex_lock(&run->lock);
	while (!run->free)
		pthread_cond_wait(&run->returned, &run->lock);
	struct import_batch *batch = run->failed ? NULL : run->free;
	if (batch) {
		run->free = batch->next;
		run->free_count--;
	}
	pthread_mutex_unlock(&run->lock);
	if (batch) {
		arena_free(&batch->arena);
		batch->count = 0;
	}
	return batch;
}

static void wait_for_all(struct run *run)
{
	pthread_mutex_lock(&run->lock);
	while (run->free_count < BATCHES)
		pthread_cond_wait(&run->returned, &run->lock);
	pthread_mutex_unlock(&run->lock);
}

static void batch_give_back(struct run *run, struct import_batch *batch)
{
	pthread_mutex_lock(&run->lock);
	batch->next = run->free;
	run->free = batch;
	run->free_count++;
	pthread_mutex_unlock(&run->lock);
}

static bool batch_send(struct run *run, struct err *err)
{
	struct import_batch *batch = run->filling;
	run->filling = NULL;
	if (!batch || batch->count == 0) {
		if (batch)
			batch_give_back(run, batch);
		return true;
	}
	batch->import_id = run->import_id;
	batch->owner = run;
	batch->unit = (struct unit){
		.apply = import_apply,
		.input = batch,
		.workspace = run->job->workspace,
		.class = UNIT_BULK,
		.done = batch_done,
	};
	run->sent += (int64_t)batch->count;
	if (store_submit(run->job->store, &batch->unit, err))
		return true;
	batch_give_back(run, batch);
	return false;
}

/* Where the next answer goes: a batch with room. */
static bool batch_ready(struct run *run, struct err *err)
{
	size_t target;
	pthread_mutex_lock(&run->lock);
	target = run->pace.target;
	pthread_mutex_unlock(&run->lock);
	struct import_batch *batch = run->filling;
	if (batch && (batch->count >= target || batch->arena.bytes > BATCH_BYTES) &&
	    !batch_send(run, err))
		return false;
	if (!run->filling)
		run->filling = batch_take(run);
	if (run->filling)
		return true;
	*err = run->why;
	return false;
}

static bool survey_of(struct run *run, const struct import_survey *want,
                      const struct known_survey **out, struct err *err)
{
	for (size_t i = 0; i < run->survey_count; i++) {
		if (str_eq(run->surveys[i].slug, want->slug)) {
			*out = &run->surveys[i];
			return true;
		}
	}
	struct known_survey known = { .slug = str_copy(&run->arena, want->slug) };
	if (run->job->store && !import_survey_ensure(run->job->store, run->job->workspace, want,
	                                             &run->arena, &known.id, &known.version, err))
		return false;
	run->surveys = mem_resize(run->surveys, (run->survey_count + 1) * sizeof(known));
	run->surveys[run->survey_count] = known;
	*out = &run->surveys[run->survey_count++];
	return true;
}

/* What became of a row. */
enum taken { TAKEN, REFUSED, BROKEN };

static enum taken take_foreign(struct run *run, const struct csv_row *row, struct arena *a,
                               struct import_item *item, struct err *err)
{
	struct import_row read;
	const struct import_job *job = run->job;
	unsigned char key[IMPORT_KEY_SIZE];
	if (!import_row_read(job->plan, job->zone, a, row, &read, err))
		return REFUSED;
	import_key_of(run->keys, row, key);
	run->counts->bad_addresses += read.bad_address;
	run->counts->cut += read.cut;
	*item = (struct import_item){ .who = read.who };
	item->response = (struct response){
		.survey_id = run->surveys[0].id,
		.version = run->surveys[0].version,
		.state = read.state,
		.score = read.score,
		.comment = read.comment,
		.comment_folded = read.comment_folded,
		.told = read.told,
		.answers = STR("{}"),
		.language = read.language.at ? read.language : STR(""),
		.channel = read.channel.at ? read.channel : STR("import"),
		.properties = read.properties,
		.source = job->file_name,
		.import_key = str_copy(a, (Str){ (const char *)key, sizeof(key) }),
		.submitted_at = read.at,
	};
	return TAKEN;
}

static enum taken take_own(struct run *run, const struct csv_row *row, struct arena *a,
                           struct import_item *item, struct err *err)
{
	struct own_row read;
	const struct known_survey *survey;
	if (!own_row_read(a, row, run->job->plan->columns.count, &read, err))
		return REFUSED;
	struct import_survey want = { read.survey, read.survey_name, read.kind,
		                      read.brand,  read.touchpoint,  true };
	if (!survey_of(run, &want, &survey, err))
		return BROKEN;
	*item = (struct import_item){ .who = read.who,
		                      .response = read.response,
		                      .past = read.past,
		                      .past_count = read.past_count,
		                      .work = read.work,
		                      .own = true };
	item->response.survey_id = survey->id;
	return TAKEN;
}

static void count_taken(struct import_counts *counts, const struct response *r)
{
	if (r->score != SCORE_NONE)
		counts->scored++;
	else if (r->state == RESPONSE_DISMISSED)
		counts->dismissed++;
	else
		counts->comments++;
}

static void reject(struct run *run, const struct csv_row *row, const struct err *why)
{
	run->counts->rejected++;
	if (run->job->rejected)
		run->job->rejected(run->job->context, row, why->msg);
}

static bool take_row(struct run *run, const struct csv_row *row, struct arena *scratch,
                     struct err *err)
{
	struct import_item unsent;
	struct import_batch *batch = NULL;
	if (run->job->store) {
		if (!batch_ready(run, err))
			return false;
		batch = run->filling;
	}
	struct import_item *item = batch ? &batch->items[batch->count] : &unsent;
	struct arena *a = batch ? &batch->arena : scratch;
	struct err why;
	switch (run->job->plan->own ? take_own(run, row, a, item, &why)
	                            : take_foreign(run, row, a, item, &why)) {
	case TAKEN:
		count_taken(run->counts, &item->response);
		if (batch)
			batch->count++;
		break;
	case REFUSED:
		reject(run, row, &why);
		break;
	case BROKEN:
		*err = why;
		return false;
	}
	if (!batch)
		arena_free(scratch);
	return true;
}

static void report_progress(struct run *run)
{
	if (!run->job->progress || run->counts->rows % PROGRESS_ROWS != 0)
		return;
	pthread_mutex_lock(&run->lock);
	run->counts->added = run->added;
	pthread_mutex_unlock(&run->lock);
	run->counts->bytes = import_source_at(run->job->source);
	run->job->progress(run->job->context, run->counts);
}

static bool take_rows(struct run *run, struct err *err)
{
	struct csv_row row;
	struct arena scratch = { 0 };
	bool ok = true, more = true;
	while (ok && more) {
		struct err why;
		if (run->job->stopped && run->job->stopped(run->job->context)) {
			ok = err_set(err, ERR_BUSY, "The import was stopped");
			break;
		}
		switch (import_source_next(run->job->source, &row, &why)) {
		case IMPORT_ROW:
			run->counts->rows++;
			ok = take_row(run, &row, &scratch, err);
			break;
		case IMPORT_BAD_ROW:
			run->counts->rows++;
			reject(run, &row, &why);
			break;
		case IMPORT_END:
			more = false;
			break;
		case IMPORT_FAILED:
			*err = why;
			ok = false;
			break;
		}
		report_progress(run);
	}
	arena_free(&scratch);
	return ok;
}

/* Which column became what, for the record. */
static Str mapping_json(struct run *run)
{
	const struct import_plan *plan = run->job->plan;
	struct buf json;
	struct json_writer w;
	buf_init(&json, 64 * 1024);
	json_put_start(&w, &json);
	json_put_dict(&w);
	for (int f = 0; !plan->own && f < FIELD_COUNT; f++)
		if (plan->columns.of[f] != IMPORT_NO_COLUMN)
			json_put_key_text(&w, import_field_name((enum import_field)f),
			                  plan->columns.at[plan->columns.of[f]].header);
	json_put_dict_end(&w);
	Str text = str_copy(&run->arena, buf_str(&json));
	buf_free(&json);
	return text;
}

/* The survey that a foreign file goes to; an export's first one stands in its record. */
static bool first_survey(struct run *run, struct err *err)
{
	struct import_survey want = { .slug = run->job->survey,
		                      .name = run->job->survey,
		                      .kind = SURVEY_RELATIONSHIP };
	const struct known_survey *survey;
	struct csv_row row;
	struct own_row own;
	if (!run->job->plan->own)
		return survey_of(run, &want, &survey, err);
	struct err ignored;
	for (;;) {
		enum import_next next = import_source_next(run->job->source, &row, err);
		if (next == IMPORT_FAILED)
			return false;
		if (next == IMPORT_END)
			return true;
		if (next == IMPORT_ROW &&
		    own_row_read(&run->arena, &row, run->job->plan->columns.count, &own, &ignored))
			break;
		arena_free(&run->arena);
	}
	want = (struct import_survey){ own.survey, own.survey_name, own.kind,
		                       own.brand,  own.touchpoint,  true };
	return survey_of(run, &want, &survey, err) && import_source_rewind(run->job->source, err);
}

static bool begin(struct run *run, struct err *err)
{
	if (!import_source_rewind(run->job->source, err) || !first_survey(run, err) ||
	    !import_source_rewind(run->job->source, err))
		return false;
	if (!run->job->store || run->survey_count == 0)
		return true;
	struct import_begin_input in = { .id = run->job->id,
		                         .survey_id = run->surveys[0].id,
		                         .rows_total = run->job->plan->rows,
		                         .created_by = run->job->created_by,
		                         .file_name = run->job->file_name,
		                         .mapping = mapping_json(run) };
	if (!store_run(run->job->store, run->job->workspace, UNIT_INTERACTIVE, import_begin, &in,
	               err))
		return false;
	run->import_id = in.id;
	return true;
}

/* What an earlier process brought is the import's own, too. */
static bool count_added(struct run *run, struct err *err)
{
	struct db *db;
	run->counts->added = run->added;
	if (!run->job->id)
		return true;
	if (!store_reader_open(run->job->store, &db, err))
		return false;
	db_bind_workspace(db, run->job->workspace);
	bool ok = import_added(db, run->job->workspace, run->job->id, &run->counts->added, err);
	store_reader_close(run->job->store, db);
	return ok;
}

static bool end(struct run *run, struct err *err)
{
	if (!count_added(run, err))
		return false;
	run->counts->known = run->sent - run->counts->added;
	run->counts->bytes = import_source_size(run->job->source);
	if (run->job->rejected_all)
		run->job->rejected_all(run->job->context);
	if (!run->import_id)
		return true;
	struct import_record record = { .id = run->import_id,
		                        .rows_read = run->counts->rows,
		                        .rows_added = run->counts->added,
		                        .rows_known = run->counts->known,
		                        .rows_rejected = run->counts->rejected,
		                        .scored = run->counts->scored,
		                        .comments = run->counts->comments,
		                        .dismissed = run->counts->dismissed,
		                        .bad_addresses = run->counts->bad_addresses,
		                        .cut = run->counts->cut };
	return store_run(run->job->store, run->job->workspace, UNIT_INTERACTIVE, import_end,
	                 &record, err);
}

static void run_init(struct run *run)
{
	run->keys = run->job->plan->own
	                ? NULL
	                : import_keys_new(run->job->plan, run->job->only_new ? run->job->id : 0);
	run->pace = import_pace_begin();
	pthread_mutex_init(&run->lock, NULL);
	pthread_cond_init(&run->returned, NULL);
	if (!run->job->store)
		return;
	run->batches = mem_zeroed(BATCHES, sizeof(*run->batches));
	for (size_t i = 0; i < BATCHES; i++)
		batch_give_back(run, &run->batches[i]);
}

static void run_free(struct run *run)
{
	for (size_t i = 0; run->batches && i < BATCHES; i++)
		arena_free(&run->batches[i].arena);
	free(run->batches);
	free(run->surveys);
	import_keys_free(run->keys);
	arena_free(&run->arena);
	pthread_cond_destroy(&run->returned);
	pthread_mutex_destroy(&run->lock);
}

bool import_run(const struct import_job *job, int64_t *id, struct import_counts *counts,
                struct err *err)
{
	struct run run = { .job = job, .counts = counts };
	*counts = (struct import_counts){ 0 };
	run_init(&run);
	bool ok = begin(&run, err) && take_rows(&run, err) && batch_send(&run, err);
	if (job->store) {
		if (run.filling)
			batch_give_back(&run, run.filling);
		wait_for_all(&run);
	}
	if (ok && run.failed) {
		*err = run.why;
		ok = false;
	}
	ok = ok && end(&run, err);
	*id = run.import_id;
	run_free(&run);
	return ok;
}
