/* base/log.h - what happened, one line an event, to standard error.
 *
 *	2026-11-22T10:00:00.123Z warning db.slow_commit request=4f1c lane=2 seconds=1.25 why="disk is busy"
 *
 * A line is one write(2), so lines of threads and processes never mix on a pipe. It is never longer than
 * LOG_LINE_MAX; what does not fit is cut and marked with "...". Any thread may log. Personal data (names,
 * addresses, comments, tokens) goes through log_personal only, which prints its length.
 *
 * Events are "room.what_happened". Keys are lower-case words. Both are literals of ours.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* What the kernel writes to a pipe at once. */
#define LOG_LINE_MAX 4096

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

enum log_type { LOG_TEXT, LOG_NUMBER, LOG_REAL, LOG_ID, LOG_PERSONAL };

struct log_pair {
	const char *key;
	enum log_type type;
	union {
		Str text;
		int64_t number;
		double real;
	};
};

struct log_pair log_text(const char *key, Str value);
struct log_pair log_i64(const char *key, int64_t value);
struct log_pair log_real(const char *key, double value);
struct log_pair log_id(const char *key, int64_t id);
struct log_pair log_personal(const char *key, Str value);
/* why="the sentence of the error". For failures of ours and of the machine; a complaint about input may quote it
 * and is for the one who sent it. */
struct log_pair log_why(const struct err *err);

struct log_pairs {
	const struct log_pair *at;
	size_t count;
};

/* log_event(LOG_LEVEL_INFO, "net.listening", LOG_PAIRS(log_text("address", a), log_i64("port", p))) */
#define LOG_PAIRS(...)                                                          \
	((struct log_pairs){ (const struct log_pair[]){ __VA_ARGS__ },          \
	                     sizeof((const struct log_pair[]){ __VA_ARGS__ }) / \
	                         sizeof(struct log_pair) })
#define LOG_NO_PAIRS ((struct log_pairs){ 0 })

/* Written unless `level` is below the level that is set. Cannot fail: a log that cannot be written stops nobody. */
void log_event(enum log_level level, const char *event, struct log_pairs pairs);
bool log_is_on(enum log_level level);

/* app/ alone calls these, before there are threads. Default: INFO and above, to standard error. */
void log_set_level(enum log_level level);
void log_set_file(int fd);
MUST_USE bool log_level_parse(Str name, enum log_level *out, struct err *err);

/* The line with its end, as log_event writes it at the instant `now`. */
void log_format(struct buf *out, int64_t now, enum log_level level, const char *event,
                struct log_pairs pairs);

#endif
