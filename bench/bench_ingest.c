/* How fast answers are stored, through the real POST /api/v1/responses with person, properties and Idempotency-Key,
 * against the same statements in the same batches without HTTP, and against one commit an answer.
 *
 *   bench_ingest                    the table
 *   bench_ingest bare DATA N SECS   the alternative: N answers in flight, in this process (used by the table)
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>
#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/workspace.h"
#include "app/schema.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/hash.h"
#include "bench/load.h"
#include "bench/world.h"
#include "db/store.h"
#include "feedback/capture.h"
#include "people/properties.h"

#define SECONDS 4

/* The alternative. */

struct bare {
	struct store *store;
	int64_t workspace;
	sem_t room;
	int64_t done, failed;
};

struct bare_unit {
	struct unit unit;
	struct bare *bare;
	struct arena arena;
	struct capture_input input;
};

static void bare_done(struct unit *unit)
{
	struct bare_unit *u = unit->owner;
	struct bare *bare = u->bare;
	if (unit->ok)
		bare->done++;
	else
		bare->failed++;
	arena_free(&u->arena);
	free(u);
	sem_post(&bare->room);
}

static Str body_of(struct arena *a, int64_t n)
{
	return str_printf(
	    a,
	    "{\"survey\":\"bench\",\"score\":%d,\"comment\":\"The set-up was quick, the reports "
	    "could be clearer (%" PRId64 ").\",\"person\":{\"email\":\"person%" PRId64
	    "@example.com\",\"name\":\"Person %" PRId64
	    "\"},\"properties\":{\"plan\":\"team\",\"country\":\"DE\",\"seats\":%d}}",
	    (int)(n % 11), n, n % 20000, n % 20000, (int)(n % 50));
}

static void bare_submit(struct bare *bare, int64_t n)
{
	struct err err = { 0 };
	struct bare_unit *u = mem_zeroed(1, sizeof *u);
	u->bare = bare;
	struct arena *a = &u->arena;
	struct property properties[] = {
		{ .name = STR("plan"), .kind = JSON_TEXT, .text = STR("team") },
		{ .name = STR("country"), .kind = JSON_TEXT, .text = STR("DE") },
		{ .name = STR("seats"), .kind = JSON_INT, .i64 = n % 50 }
	};
	struct person_input who = { .email =
		                        str_printf(a, "person%" PRId64 "@example.com", n % 20000),
		                    .name = str_printf(a, "Person %" PRId64, n % 20000) };
	unsigned char hash[HASH_SIZE];
	struct capture_input *in = &u->input;
	hash_sha256(body_of(a, n), hash);
	in->survey_slug = STR("bench");
	in->score = (int)(n % 11);
	in->comment =
	    str_printf(a, "The set-up was quick, the reports could be clearer (%" PRId64 ").", n);
	in->channel = in->source = in->actor = STR("api");
	in->idempotency.key = str_printf(a, "bare-%d-%" PRId64, (int)getpid(), n);
	in->idempotency.body_hash = str_copy(a, (Str){ (const char *)hash, sizeof hash });
	in->arena = a;
	MUST(person_ref_check(a, &who, &in->who, &err) &&
	     properties_write(a, properties, 3, &in->properties, &err) &&
	     capture_check(a, in, &err));
	u->unit = (struct unit){ .apply = capture_apply,
		                 .input = in,
		                 .workspace = bare->workspace,
		                 .done = bare_done,
		                 .owner = u };
	sem_wait(&bare->room);
	if (!store_submit(bare->store, &u->unit, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
}

static int bare_main(const char *data, unsigned window, double seconds)
{
	static const struct clock clock;
	struct store_config config = { .data_dir = data,
		                       .purpose = STORE_SERVE,
		                       .clock = &clock,
		                       .migrations = schema_migrations,
		                       .migration_count = schema_migration_count };
	struct err err = { 0 };
	struct arena a = { 0 };
	struct workspace workspace;
	struct bare bare = { 0 };
	struct db *db;
	if (sodium_init() < 0 || !store_open(&bare.store, &config, &err) ||
	    !store_reader_open(bare.store, &db, &err) ||
	    !workspace_find_by_name(db, STR("Bench"), &a, &workspace, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	store_reader_close(bare.store, db);
	bare.workspace = workspace.id;
	sem_init(&bare.room, 0, window);
	int64_t began = clock_monotonic(), n = 0;
	while (clock_monotonic() - began < (int64_t)(seconds * 1e6))
		bare_submit(&bare, n++);
	for (unsigned i = 0; i < window; i++)
		sem_wait(&bare.room);
	double took = (double)(clock_monotonic() - began) / 1e6;
	struct store_stats stats;
	store_stats(bare.store, &stats);
	MUST(bare.failed == 0);
	printf("%.1f %.1f\n", (double)bare.done / took,
	       (double)stats.units / (double)stats.batches);
	store_close(bare.store, 0);
	arena_free(&a);
	return 0;
}

/* Answers a second, and units a batch. */
static double bare_rate(const struct bench_world *w, const char *window, const char *fsync_ms)
{
	char self[4096], out[64], seconds[16];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	MUST(n > 0);
	self[n] = '\0';
	snprintf(seconds, sizeof seconds, "%d", SECONDS);
	bench_run((const char *const[]){ self, "bare", w->data, window, seconds, NULL }, "",
	          fsync_ms, out, sizeof out);
	return strtod(out, NULL);
}

/* Heed over HTTP. */

struct poster {
	const struct bench_world *world;
	int64_t run; /* makes keys of different runs differ */
};

static void post(void *context, int64_t n, struct buf *out)
{
	const struct poster *p = context;
	struct arena a = { 0 };
	Str body = body_of(&a, n);
	buf_printf(
	    out,
	    "POST /api/v1/responses HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n"
	    "Content-Type: application/json\r\nIdempotency-Key: run-%" PRId64 "-%" PRId64
	    "\r\nContent-Length: %zu\r\n\r\n%.*s",
	    p->world->port, p->world->key, p->run, n, body.len, STR_FMT(body));
	arena_free(&a);
}

static void get(void *context, int64_t n, struct buf *out)
{
	(void)n;
	buf_printf(out, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", (const char *)context);
}

static struct load_result answers(const struct bench_world *w, int connections, double seconds)
{
	static int64_t run;
	struct poster poster = { w, run++ };
	struct load load = { .port = w->port,
		             .connections = connections,
		             .duration = (int64_t)(seconds * 1e6),
		             .request = post,
		             .context = &poster };
	struct load_result r;
	load_run(&load, &r);
	if (r.refused || r.broken)
		printf("  !! %" PRId64 " refused, %" PRId64 " connections broken\n", r.refused,
		       r.broken);
	return r;
}

static struct load_result pages(const struct bench_world *w, const char *path, int connections,
                                int64_t pause, double seconds)
{
	struct load load = { .port = w->port,
		             .connections = connections,
		             .duration = (int64_t)(seconds * 1e6),
		             .pause = pause,
		             .request = get,
		             .context = (void *)(uintptr_t)path };
	struct load_result r;
	load_run(&load, &r);
	return r;
}

static double rate(const struct load_result *r)
{
	return (double)r->answered / r->seconds;
}

static void plain_disk(struct bench_world *w)
{
	bench_serve(w, NULL);
	usleep(300 * 1000);
	printf("start: exec to first 200 in %.3f s; resident idle %ld KiB\n", w->start_seconds,
	       bench_resident_kib(w));
	struct load_result health = pages(w, "/healthz", 64, 0, SECONDS);
	struct load_result page = pages(w, "/s/bench", 64, 0, SECONDS);
	struct load_result r = answers(w, 64, SECONDS);
	printf("after it: resident %ld KiB\n", bench_resident_kib(w));
	double cpu = bench_serve_end(w);
	double bare = bare_rate(w, "64", NULL);
	printf("plain disk, 64 connections: %.0f answers/s (p99 %.1f ms); bare loop, 64 in flight: "
	       "%.0f/s\n",
	       rate(&r), (double)r.p99 / 1e3, bare);
	printf("  RATIO answers over HTTP to the bare loop      %.2f   (aim 0.5)\n",
	       rate(&r) / bare);
	printf("  RATIO answers to GET /healthz (%.0f/s)       %.2f\n", rate(&health),
	       rate(&r) / rate(&health));
	printf("survey page: %.0f/s, %" PRId64 " bytes uncompressed, RATIO to /healthz %.2f\n",
	       rate(&page), page.bytes, rate(&page) / rate(&health));
	printf("CPU of the server over this run %.2f s\n", cpu);
}

static void slow_disk(struct bench_world *w)
{
	double one = bare_rate(w, "1", "1");
	bench_serve(w, "1");
	struct load_result r64 = answers(w, 64, SECONDS);
	struct load_result r256 = answers(w, 256, SECONDS);
	bench_serve_end(w);
	printf("+1 ms a flush: one commit an answer %.0f/s; Heed %.0f/s at 64, %.0f/s at 256 "
	       "connections\n",
	       one, rate(&r64), rate(&r256));
	printf("  RATIO at 64                                   %.1f   (aim 25)\n",
	       rate(&r64) / one);
	printf("  RATIO at 256                                  %.1f   (aim 60)\n",
	       rate(&r256) / one);
}

struct reader {
	const struct bench_world *world;
	struct load_result result;
};

static void *read_pages(void *context)
{
	struct reader *reader = context;
	reader->result = pages(reader->world, "/s/bench", 4, 5000, SECONDS);
	return NULL;
}

static void slower_disk(struct bench_world *w)
{
	struct reader reader = { .world = w };
	pthread_t thread;
	bench_serve(w, "50");
	MUST(pthread_create(&thread, NULL, read_pages, &reader) == 0);
	struct load_result r = answers(w, 256, SECONDS);
	pthread_join(thread, NULL);
	bench_serve_end(w);
	printf("+50 ms a flush, 256 posters: %.0f answers/s (aim 2000); meanwhile GET /s/bench p50 "
	       "%.1f ms, p99 "
	       "%.1f ms (aim 20)\n",
	       rate(&r), (double)reader.result.p50 / 1e3, (double)reader.result.p99 / 1e3);
}

int main(int argc, char **argv)
{
	struct stat program;
	struct bench_world world;
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 5 && strcmp(argv[1], "bare") == 0)
		return bare_main(argv[2], (unsigned)strtoul(argv[3], NULL, 10),
		                 strtod(argv[4], NULL));
	MUST(stat(bench_program(), &program) == 0);
	printf("program: %.1f MB\n", (double)program.st_size / 1e6);
	bench_world_make(&world);
	plain_disk(&world);
	slow_disk(&world);
	slower_disk(&world);
	bench_world_remove(&world);
	return 0;
}
