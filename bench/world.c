/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "bench/world.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "bench/load.h"

const char *bench_program(void)
{
	static char beside[4096];
	const char *named = getenv("HEED_BIN");
	if (named)
		return named;
	ssize_t n = readlink("/proc/self/exe", beside, sizeof beside - 16);
	MUST(n > 0);
	beside[n] = '\0';
	char *bench = strstr(beside, "/bench/");
	MUST(bench != NULL);
	memcpy(bench, "/heed", sizeof "/heed");
	return beside;
}

/* The shim stands in the same build as the benchmark. */
static void slow_down(const char *fsync_ms)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 64);
	MUST(n > 0);
	path[n] = '\0';
	char *bench = strstr(path, "/bench/");
	MUST(bench != NULL);
	strncpy(bench, "/tests/fault/shim_slow.so", 40);
	setenv("LD_PRELOAD", path, 1);
	setenv("HEED_SHIM_FSYNC_MS", fsync_ms, 1);
}

static pid_t spawn(const char *const argv[], int in, int out, const char *fsync_ms)
{
	pid_t pid = fork();
	MUST(pid >= 0);
	if (pid > 0)
		return pid;
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	if (fsync_ms)
		slow_down(fsync_ms);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

void bench_run(const char *const argv[], const char *input, const char *fsync_ms, char *out,
               size_t cap)
{
	int to[2], from[2], status;
	MUST(pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0);
	pid_t pid = spawn(argv, to[0], from[1], fsync_ms);
	close(to[0]);
	close(from[1]);
	MUST(write(to[1], input, strlen(input)) == (ssize_t)strlen(input));
	close(to[1]);
	size_t used = 0;
	ssize_t n;
	while (used + 1 < cap && (n = read(from[0], out + used, cap - used - 1)) > 0)
		used += (size_t)n;
	close(from[0]);
	while (used > 0 && out[used - 1] == '\n')
		used--;
	out[used] = '\0';
	MUST(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void bench_world_make(struct bench_world *w)
{
	char out[256];
	const char *heed = bench_program();
	*w = (struct bench_world){ .dir = "/tmp/heed-bench.XXXXXX" };
	MUST(mkdtemp(w->dir) != NULL);
	snprintf(w->data, sizeof w->data, "%s/data", w->dir);
	bench_run((const char *const[]){ heed, "init", "--data", w->data, "--workspace", "Bench",
	                                 "--email", "bench@example.com", "--password-stdin", NULL },
	          "a long password\n", NULL, out, sizeof out);
	bench_run((const char *const[]){ heed, "key", "create", "--data", w->data, "--workspace",
	                                 "Bench", "--scope", "admin", NULL },
	          "", NULL, w->key, sizeof w->key);
	bench_run((const char *const[]){ heed, "survey", "create", "-", "--data", w->data,
	                                 "--workspace", "Bench", NULL },
	          "{\"name\": \"Bench\", \"slug\": \"bench\"}", NULL, out, sizeof out);
	bench_run((const char *const[]){ heed, "survey", "publish", "bench", "--data", w->data,
	                                 "--workspace", "Bench", NULL },
	          "", NULL, out, sizeof out);
}

void bench_world_remove(struct bench_world *w)
{
	char out[16];
	bench_run((const char *const[]){ "/bin/rm", "-rf", w->dir, NULL }, "", NULL, out,
	          sizeof out);
}

/* A port that was free a moment ago. */
static int free_port(void)
{
	return 20000 + (int)((unsigned)getpid() * 7 + (unsigned)clock_monotonic()) % 20000;
}

void bench_serve(struct bench_world *w, const char *fsync_ms)
{
	char listen[32];
	struct buf reply;
	buf_init(&reply, 1 << 16);
	w->port = free_port();
	snprintf(listen, sizeof listen, "127.0.0.1:%d", w->port);
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	int64_t began = clock_monotonic();
	w->server = spawn((const char *const[]){ bench_program(), "serve", "--data", w->data,
	                                         "--listen", listen, "--log-level", "error", NULL },
	                  nothing, nothing, fsync_ms);
	close(nothing);
	for (int tries = 0;
	     load_once(w->port, STR("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"), &reply) !=
	     200;
	     tries++) {
		MUST(tries < 20000 && waitpid(w->server, NULL, WNOHANG) == 0);
		usleep(1000);
	}
	w->start_seconds = (double)(clock_monotonic() - began) / 1e6;
	buf_free(&reply);
}

double bench_serve_end(struct bench_world *w)
{
	struct rusage used;
	int status;
	kill(w->server, SIGTERM);
	MUST(wait4(w->server, &status, 0, &used) == w->server);
	MUST(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

long bench_resident_kib(const struct bench_world *w)
{
	char path[64], line[256];
	long kib = 0;
	snprintf(path, sizeof path, "/proc/%d/status", (int)w->server);
	FILE *f = fopen(path, "r");
	MUST(f != NULL);
	while (fgets(line, sizeof line, f))
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	fclose(f);
	return kib;
}
