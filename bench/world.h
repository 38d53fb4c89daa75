/* bench/world.h - a real `heed serve` for a benchmark, in a directory of its own that goes with it.
 *
 * The program is build/heed beside the benchmark, or HEED_BIN. `fsync_ms` > 0 starts it with the shim that makes each
 * flush to disk that much slower, as on a cloud volume.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include <sys/types.h>

#include "base/str.h"

struct bench_world {
	char dir[64], data[80];
	char key[64];
	pid_t server;
	int port;
	double start_seconds; /* exec to first 200 */
};

/* Workspace "Bench" with an admin key and the live survey "bench"; the server is not running yet. */
void bench_world_make(struct bench_world *w);
void bench_world_remove(struct bench_world *w);
void bench_serve(struct bench_world *w, const char *fsync_ms);
/* Ends it by its process id. CPU seconds that it used, children's children included. */
double bench_serve_end(struct bench_world *w);
long bench_resident_kib(const struct bench_world *w);

/* Runs a program to its end; what it prints goes to out[cap], trimmed. Dies when it fails. */
void bench_run(const char *const argv[], const char *input, const char *fsync_ms, char *out,
               size_t cap);
const char *bench_program(void);

#endif
