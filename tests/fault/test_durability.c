/* The gate of the product: whatever happens, what was acknowledged is there, once.
 *
 * poster_fixture is killed under load, ROUNDS times (10; 100 for acceptance). The shims are for plain builds: under a
 * sanitizer these tests are skipped.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "base/clock.h"

#define NUMBERS_MAX  (4 * 1000 * 1000)
#define OUTSTANDING  "64"
#define READY_WITHIN (60 * CLOCK_SECOND) /* of itself, also where much else runs */

enum fate { UNTOLD, ACKNOWLEDGED, REFUSED, UNKNOWN };

/* What one run of the poster said. */
struct run {
	pid_t pid;
	int out;
	char line[64];
	size_t line_len;
	int64_t acknowledged, unread, down_at, up_at;
	unsigned char fate[NUMBERS_MAX];
};

static struct {
	char home[64], data[96], shadow[96], flag[96], programs[PATH_MAX];
	unsigned seed;
} place;

static struct run run;

static char server[256], cluster[256]; /* a PostgreSQL of our own to kill */

static long rounds(void)
{
	const char *text = getenv("ROUNDS");
	return text ? strtol(text, NULL, 10) : 10;
}

__attribute__((format(printf, 1, 2))) static void shell(const char *format, ...)
{
	char command[2 * PATH_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	if (system(command) != 0)
		fail_msg("%s", command);
}

static int make(void **state)
{
	(void)state;
	ssize_t n = readlink("/proc/self/exe", place.programs, sizeof place.programs - 1);
	place.programs[n > 0 ? n : 0] = '\0';
	dirname(place.programs);
	snprintf(place.home, sizeof place.home, "/tmp/heed-fault-XXXXXX");
	if (!mkdtemp(place.home))
		return 1;
	snprintf(place.data, sizeof place.data, "%s/data", place.home);
	snprintf(place.shadow, sizeof place.shadow, "%s/shadow", place.home);
	snprintf(place.flag, sizeof place.flag, "%s/full", place.home);
	place.seed = 1;
	return mkdir(place.data, 0700);
}

static int drop(void **state)
{
	(void)state;
	if (run.pid > 0) { /* a check failed in mid-run */
		kill(run.pid, SIGKILL);
		waitpid(run.pid, NULL, 0);
		close(run.out);
	}
	run.pid = 0;
	if (server[0])
		shell("tools/postgres stop '%s'", server);
	server[0] = '\0';
	shell("rm -rf '%s'", place.home);
	return 0;
}

/* Runs the poster with a shim ("" for none). */
static void start(const char *shim, const char *database, long round)
{
	char program[PATH_MAX + 32], preload[PATH_MAX + 64], number[24];
	int out[2];
	memset(&run, 0, sizeof run);
	snprintf(program, sizeof program, "%s/poster_fixture", place.programs);
	snprintf(preload, sizeof preload, "%s/%s.so", place.programs, shim);
	snprintf(number, sizeof number, "%ld", round);
	assert_int_equal(pipe(out), 0);
	run.pid = fork();
	if (run.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setenv("HEED_SHIM_DIR", place.data, 1);
		setenv("HEED_SHIM_SHADOW", place.shadow, 1);
		setenv("HEED_SHIM_FLAG", place.flag, 1);
		if (shim[0])
			setenv("LD_PRELOAD", preload, 1);
		dup2(out[1], STDOUT_FILENO);
		close(out[0]);
		close(out[1]);
		execl(program, program, place.data, database, number, OUTSTANDING, (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	run.out = out[0];
}

static void note(const char *line)
{
	int64_t n = strtoll(line[0] < 'a' ? line + 1 : strchr(line, ' '), NULL, 10);
	if (line[0] == 'd')
		run.down_at = n;
	else if (strncmp(line, "up", 2) == 0)
		run.up_at = n;
	else if (line[0] == 'u')
		run.unread++;
	else {
		assert_true(n > 0 && n < NUMBERS_MAX);
		run.fate[n] = line[0] == '+' ? ACKNOWLEDGED : line[0] == '-' ? REFUSED : UNKNOWN;
		run.acknowledged += line[0] == '+';
	}
}

/* Takes in what the poster says: until the deadline, or to the end when it is 0. */
static void listen_until(int64_t deadline)
{
	static char text[65536];
	for (;;) {
		int64_t left = deadline ? (deadline - clock_monotonic()) / 1000 : 1000;
		struct pollfd p = { .fd = run.out, .events = POLLIN };
		if (left <= 0 || poll(&p, 1, (int)left) < 0)
			return;
		ssize_t n = p.revents ? read(run.out, text, sizeof text) : 1;
		if (n <= 0)
			return;
		for (ssize_t i = 0; p.revents && i < n; i++) {
			if (text[i] == '\n') {
				run.line[run.line_len] = '\0';
				note(run.line);
				run.line_len = 0;
			} else if (run.line_len < sizeof run.line - 1)
				run.line[run.line_len++] = text[i];
		}
	}
}

/* Under way: however busy the machine is, something has been acknowledged. */
static void wait_for_work(void)
{
	int64_t patience = clock_monotonic() + 30 * CLOCK_SECOND;
	while (run.acknowledged == 0 && clock_monotonic() < patience)
		listen_until(clock_monotonic() + 10 * 1000);
	assert_true(run.acknowledged > 0);
}

/* kill -9, then what it had said before. A line cut short was never said. */
static void kill_poster(void)
{
	int status;
	kill(run.pid, SIGKILL);
	listen_until(0);
	assert_int_equal(waitpid(run.pid, &status, 0), run.pid);
	assert_true(WIFSIGNALED(status));
	close(run.out);
	run.pid = 0;
}

static void cut_power(void)
{
	shell("rm -rf '%s' && mkdir -m 700 '%s' && cp -r '%s'/names/. '%s'/ && rm -rf '%s' && "
	      "mkdir '%s'",
	      place.data, place.data, place.shadow, place.data, place.shadow, place.shadow);
}

struct verdict {
	int64_t lost, doubled, ghosts, rows;
	bool sound;
};

static unsigned char seen[NUMBERS_MAX];

static void judge_row(struct verdict *v, int64_t number)
{
	assert_true(number > 0 && number < NUMBERS_MAX);
	v->doubled += seen[number] > 0;
	v->ghosts += run.fate[number] == REFUSED;
	seen[number] = 1;
	v->rows++;
}

static void judge_rest(struct verdict *v)
{
	for (int64_t n = 1; n < NUMBERS_MAX; n++)
		v->lost += run.fate[n] == ACKNOWLEDGED && !seen[n];
}

/* What stands in the file about this round. Damage counts as everything lost. */
static struct verdict judge_sqlite(long round)
{
	struct verdict v = { 0 };
	char path[128];
	sqlite3 *db;
	sqlite3_stmt *s;
	memset(seen, 0, sizeof seen);
	snprintf(path, sizeof path, "%s/heed.db", place.data);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) == SQLITE_OK) {
		v.sound = sqlite3_step(s) == SQLITE_ROW &&
		          strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;
		sqlite3_finalize(s);
	}
	if (sqlite3_prepare_v2(db, "SELECT subject FROM audit WHERE at = ?", -1, &s, NULL) ==
	    SQLITE_OK) {
		sqlite3_bind_int64(s, 1, round);
		while (sqlite3_step(s) == SQLITE_ROW)
			judge_row(&v, sqlite3_column_int64(s, 0));
		sqlite3_finalize(s);
	}
	sqlite3_close(db);
	judge_rest(&v);
	return v;
}

static void wait_some(int least_ms, int spread_ms)
{
	listen_until(clock_monotonic() + (least_ms + rand_r(&place.seed) % spread_ms) * 1000);
}

static struct verdict one_power_cut(long round)
{
	start("shim_powercut", "", round);
	wait_for_work();
	wait_some(0, 300);
	kill_poster();
	cut_power();
	return judge_sqlite(round);
}

static bool plain_build(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return false;
#elif defined(__has_feature)
	return !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
	return true;
#endif
}

static void a_power_cut_loses_nothing_acknowledged(void **state)
{
	(void)state;
	int64_t acknowledged = 0;
	if (!plain_build())
		skip();
	mkdir(place.shadow, 0700);
	for (long round = 1; round <= rounds(); round++) {
		/* Every other disk writes some pages before it is asked to. */
		setenv("HEED_SHIM_EARLY", round % 2 ? "0" : "40", 1);
		struct verdict v = one_power_cut(round);
		assert_true(v.sound);
		assert_int_equal(v.lost, 0);
		assert_int_equal(v.doubled, 0);
		assert_int_equal(v.ghosts, 0);
		acknowledged += run.acknowledged;
	}
	print_message("%ld power cuts: 0 of %" PRId64 " acknowledged lost, 0 doubled\n", rounds(),
	              acknowledged);
}

static void sees_spoiled(const char *synchronous)
{
	int64_t lost = 0;
	if (!plain_build())
		skip();
	mkdir(place.shadow, 0700);
	setenv("HEED_SHIM_EARLY", "0", 1);
	setenv("HEED_FAULT_SYNCHRONOUS", synchronous, 1);
	for (long round = 1; round <= 5 && lost == 0; round++) {
		struct verdict v = one_power_cut(round);
		lost += v.lost + !v.sound;
	}
	unsetenv("HEED_FAULT_SYNCHRONOUS");
	assert_true(lost > 0);
}

static void the_test_sees_synchronous_normal(void **state)
{
	(void)state;
	sees_spoiled("NORMAL");
}

static void the_test_sees_synchronous_off(void **state)
{
	(void)state;
	sees_spoiled("OFF");
}

static void touch(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
}

static void a_full_disk_loses_nothing_and_recovers_by_itself(void **state)
{
	(void)state;
	if (!plain_build())
		skip();
	start("shim_full", "", 1);
	wait_for_work();
	wait_some(100, 200);
	touch(place.flag);
	wait_some(2800, 500);
	int64_t filled = clock_monotonic();
	while (run.down_at == 0 && clock_monotonic() < filled + READY_WITHIN)
		wait_some(10, 1);
	assert_true(run.down_at > 0 && run.up_at == 0);
	unlink(place.flag);
	int64_t freed = clock_monotonic();
	while (run.up_at == 0 && clock_monotonic() < freed + READY_WITHIN)
		wait_some(10, 1);
	assert_true(run.up_at > 0);
	assert_true(run.up_at - freed < READY_WITHIN);
	int64_t before = run.acknowledged;
	while (run.acknowledged == before && clock_monotonic() < freed + 2 * READY_WITHIN)
		wait_some(10, 1);
	assert_true(run.acknowledged > before);
	assert_int_equal(run.unread, 0);
	kill_poster();
	struct verdict v = judge_sqlite(1);
	assert_true(v.sound);
	assert_int_equal(v.lost, 0);
	assert_int_equal(v.doubled, 0);
	assert_int_equal(v.ghosts, 0);
	print_message("full disk: ready %" PRId64 " ms after, %" PRId64 " acknowledged\n",
	              (run.up_at - freed) / 1000, run.acknowledged);
}

/* PostgreSQL. */

static bool has_postgres(void)
{
	const char *given = getenv("HEED_TEST_POSTGRES");
	return given && given[0] && access("tools/postgres", X_OK) == 0;
}

static void start_server(void)
{
	FILE *f = popen("tools/postgres start", "r");
	assert_non_null(f);
	assert_non_null(fgets(server, sizeof server, f));
	pclose(f);
	server[strcspn(server, "\n")] = '\0';
	assert_int_equal(sscanf(server, "host=%255s", cluster), 1);
}

static void kill_server(void)
{
	char path[300];
	int pid;
	snprintf(path, sizeof path, "%s/data/postmaster.pid", cluster);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &pid), 1);
	fclose(f);
	kill(pid, SIGKILL);
}

/* The server's children need a moment to notice that it is gone. */
static void restart_server(void)
{
	shell("cd / && for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "
	      "$(test $(id -u) -eq 0 && echo runuser -u postgres --) "
	      "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/pg_ctl -D %s/data "
	      "-l %s/log -w -t 60 -o \"-k %s -c listen_addresses='' -c max_connections=300\" start "
	      ">/dev/null 2>&1 && exit 0; sleep 0.2; done; exit 1",
	      cluster, cluster, cluster);
}

static struct verdict judge_postgres(const char *database, long round)
{
	struct verdict v = { .sound = true };
	char sql[80];
	memset(seen, 0, sizeof seen);
	PGconn *conn = PQconnectdb(database);
	snprintf(sql, sizeof sql, "SELECT subject FROM audit WHERE at = %ld", round);
	PGresult *res = PQexec(conn, sql);
	assert_int_equal(PQresultStatus(res), PGRES_TUPLES_OK);
	for (int i = 0; i < PQntuples(res); i++)
		judge_row(&v, strtoll(PQgetvalue(res, i, 0), NULL, 10));
	PQclear(res);
	PQfinish(conn);
	judge_rest(&v);
	return v;
}

static void a_killed_postgres_loses_nothing_acknowledged(void **state)
{
	(void)state;
	char database[300];
	int64_t acknowledged = 0, slowest = 0;
	if (!plain_build() || !has_postgres())
		skip();
	start_server();
	snprintf(database, sizeof database, "%s dbname=heed_fault", server);
	for (long round = 1; round <= rounds(); round++) {
		start("", database, round);
		wait_for_work();
		wait_some(0, 300);
		kill_server();
		wait_some(100, 100);
		restart_server();
		int64_t back = clock_monotonic();
		while (run.up_at < back && clock_monotonic() < back + READY_WITHIN)
			wait_some(10, 1);
		assert_true(run.up_at > 0);
		if (run.up_at - back > slowest)
			slowest = run.up_at - back;
		wait_some(50, 50);
		kill_poster();
		struct verdict v = judge_postgres(database, round);
		assert_int_equal(v.lost, 0);
		assert_int_equal(v.doubled, 0);
		assert_int_equal(v.ghosts, 0);
		acknowledged += run.acknowledged;
	}
	print_message("%ld kills of PostgreSQL: 0 of %" PRId64
	              " acknowledged lost, 0 doubled, ready after at most %" PRId64 " ms\n",
	              rounds(), acknowledged, slowest / 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(a_power_cut_loses_nothing_acknowledged),
		TEST(the_test_sees_synchronous_normal),
		TEST(the_test_sees_synchronous_off),
		TEST(a_full_disk_loses_nothing_and_recovers_by_itself),
		TEST(a_killed_postgres_loses_nothing_acknowledged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
