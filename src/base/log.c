/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "base/zone.h"

static atomic_int least_level = LOG_LEVEL_INFO;
static atomic_int file = STDERR_FILENO;

static const char *const level_names[] = {
	[LOG_LEVEL_DEBUG] = "debug",
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_WARNING] = "warning",
	[LOG_LEVEL_ERROR] = "error",
};

struct log_pair log_text(const char *key, Str value)
{
	return (struct log_pair){ .key = key, .type = LOG_TEXT, .text = value };
}

struct log_pair log_i64(const char *key, int64_t value)
{
	return (struct log_pair){ .key = key, .type = LOG_NUMBER, .number = value };
}

struct log_pair log_real(const char *key, double value)
{
	return (struct log_pair){ .key = key, .type = LOG_REAL, .real = value };
}

struct log_pair log_id(const char *key, int64_t id)
{
	return (struct log_pair){ .key = key, .type = LOG_ID, .number = id };
}

struct log_pair log_personal(const char *key, Str value)
{
	return (struct log_pair){ .key = key, .type = LOG_PERSONAL, .text = value };
}

struct log_pair log_why(const struct err *err)
{
	return log_text("why", str_of(err->msg));
}

static bool is_bare(Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c <= ' ' || c >= 0x7F || c == '"' || c == '=' || c == '\\')
			return false;
	}
	return text.len > 0;
}

/* Nothing in a value can end its line, its quotes, or move a terminal's cursor. */
static void add_text(struct buf *out, Str text)
{
	if (is_bare(text)) {
		buf_add(out, text);
		return;
	}
	buf_add_char(out, '"');
	for (size_t len; text.len; text = str_from(text, len)) {
		uint32_t cp;
		unsigned char first = (unsigned char)text.at[0];
		len = utf8_decode(text, &cp);
		if (len == 0 || cp < ' ' || (cp >= 0x7F && cp < 0xA0)) {
			len = 1;
			buf_printf(out, "\\x%02x", (unsigned)first);
			continue;
		}
		if (cp == '"' || cp == '\\')
			buf_add_char(out, '\\');
		buf_add(out, str_slice(text, 0, len));
	}
	buf_add_char(out, '"');
}

static void add_pair(struct buf *out, const struct log_pair *pair)
{
	buf_printf(out, " %s=", pair->key);
	switch (pair->type) {
	case LOG_TEXT:
		add_text(out, pair->text);
		break;
	case LOG_NUMBER:
	case LOG_ID:
		buf_printf(out, "%" PRId64, pair->number);
		break;
	case LOG_REAL:
		buf_printf(out, "%.6g", pair->real);
		break;
	case LOG_PERSONAL:
		buf_printf(out, "<%zu bytes>", pair->text.len);
		break;
	}
}

void log_format(struct buf *out, int64_t now, enum log_level level, const char *event,
                struct log_pairs pairs)
{
	static const Str mark = { "...\n", 4 };
	size_t max = out->max, room = out->len + LOG_LINE_MAX;
	char time[32];
	time_write(now, time);
	/* The mark must fit behind what is cut. */
	out->max = (room < max ? room : max) - mark.len;
	buf_printf(out, "%s %s %s", time, level_names[level], event);
	for (size_t i = 0; i < pairs.count && !out->overflowed; i++)
		add_pair(out, &pairs.at[i]);
	out->max = max;
	if (!out->overflowed) {
		buf_add_char(out, '\n');
		return;
	}
	out->overflowed = false;
	buf_add(out, mark);
}

bool log_is_on(enum log_level level)
{
	return (int)level >= atomic_load_explicit(&least_level, memory_order_relaxed);
}

void log_event(enum log_level level, const char *event, struct log_pairs pairs)
{
	if (!log_is_on(level))
		return;
	struct buf line;
	buf_init(&line, LOG_LINE_MAX);
	log_format(&line, clock_now(&(struct clock){ 0 }), level, event, pairs);
	ssize_t written =
	    write(atomic_load_explicit(&file, memory_order_relaxed), line.at, line.len);
	(void)written;
	buf_free(&line);
}

void log_set_level(enum log_level level)
{
	atomic_store(&least_level, (int)level);
}

void log_set_file(int fd)
{
	atomic_store(&file, fd);
}

bool log_level_parse(Str name, enum log_level *out, struct err *err)
{
	for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++)
		if (str_eq(name, str_of(level_names[i]))) {
			*out = (enum log_level)i;
			return true;
		}
	return err_set(err, ERR_INVALID, "the log level is debug, info, warning or error");
}
