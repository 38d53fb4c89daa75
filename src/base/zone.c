/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/zone_rule.h"

/* RFC 8536 says offsets lie between -25 and +26 hours. */
enum {
	OFFSET_MIN = -25 * 3600,
	OFFSET_MAX = 26 * 3600,
	FILE_MAX = 1 << 20,
	TRANSITIONS_MAX = 20000,
	HEADER_SIZE = 44
};

/* Far behind what microseconds in an int64_t can say, far before what seconds can. Some files begin with the
 * Big Bang at -2^59. */
#define SECONDS_MAX (INT64_C(1) << 60)

struct zone {
	const int64_t *at; /* ascending seconds of UTC */
	const int *offset; /* from at[i] on */
	size_t count;
	int first; /* offset before all transitions */
	bool has_rule;
	struct zone_rule rule;
};

/* The counts of a TZif header. */
struct counts {
	uint32_t isut, isstd, leap, time, type, chars;
};

static int64_t floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

static uint32_t be32(const char *at)
{
	uint32_t n = 0;
	for (size_t i = 0; i < 4; i++)
		n = n << 8 | (unsigned char)at[i];
	return n;
}

static int64_t be64(const char *at)
{
	return (int64_t)((uint64_t)be32(at) << 32 | be32(at + 4));
}

static bool refuse(struct err *err, const char *why)
{
	return err_set(err, ERR_CORRUPT, "this is no time zone file: %s", why);
}

static bool header_parse(Str tzif, struct counts *c, struct err *err)
{
	if (tzif.len < HEADER_SIZE || !str_starts(tzif, STR("TZif")))
		return refuse(err, "it does not begin with a TZif header");
	if (tzif.at[4] < '2')
		return refuse(err, "version 1 is too old");
	const char *at = tzif.at + 20;
	*c = (struct counts){ be32(at),      be32(at + 4),  be32(at + 8),
		              be32(at + 12), be32(at + 16), be32(at + 20) };
	if (c->time > TRANSITIONS_MAX || c->type == 0 || c->type > 256 || c->chars > 4096 ||
	    c->leap > 1024 || (c->isut && c->isut != c->type) || (c->isstd && c->isstd != c->type))
		return refuse(err, "its counts make no sense");
	return true;
}

static size_t body_size(const struct counts *c, size_t time_size)
{
	return c->time * (time_size + 1) + c->type * (size_t)6 + c->chars +
	       c->leap * (time_size + 4) + c->isstd + c->isut;
}

static bool type_offset(const char *types, size_t index, int *offset)
{
	*offset = (int)(int32_t)be32(types + index * 6);
	return *offset >= OFFSET_MIN && *offset <= OFFSET_MAX;
}

/* The 64-bit block. */
static bool body_parse(struct arena *a, const char *body, const struct counts *c, struct zone *z,
                       struct err *err)
{
	const char *indices = body + c->time * (size_t)8, *types = indices + c->time;
	int64_t *at = ARENA_ARRAY(a, int64_t, c->time);
	int *offset = ARENA_ARRAY(a, int, c->time);
	for (size_t i = 0; i < c->time; i++) {
		size_t type = (unsigned char)indices[i];
		at[i] = be64(body + i * 8);
		if ((i > 0 && at[i] <= at[i - 1]) || at[i] < -SECONDS_MAX || at[i] > SECONDS_MAX)
			return refuse(err, "its transitions are not in order");
		if (type >= c->type || !type_offset(types, type, &offset[i]))
			return refuse(err, "an offset is out of bounds");
	}
	if (!type_offset(types, 0, &z->first))
		return refuse(err, "an offset is out of bounds");
	z->at = at;
	z->offset = offset;
	z->count = c->time;
	return true;
}

static bool footer_parse(Str footer, struct zone *z, struct err *err)
{
	if (footer.len < 2 || footer.at[0] != '\n')
		return refuse(err, "its last line is missing");
	size_t end = str_find_char(footer, '\n', 1);
	if (end == SIZE_MAX)
		return refuse(err, "its last line does not end");
	Str rule = str_slice(footer, 1, end - 1);
	z->has_rule = rule.len > 0;
	if (z->has_rule && !zone_rule_parse(rule, &z->rule))
		return refuse(err, "its rule for later years cannot be read");
	return true;
}

bool zone_parse(struct arena *a, Str tzif, const struct zone **out, struct err *err)
{
	struct counts c = { 0 };
	if (!header_parse(tzif, &c, err))
		return false;
	tzif = str_from(tzif, HEADER_SIZE + body_size(&c, 4));
	if (!header_parse(tzif, &c, err))
		return false;
	if (c.leap > 0)
		return refuse(err, "it counts leap seconds");
	if (tzif.len - HEADER_SIZE < body_size(&c, 8))
		return refuse(err, "it is cut short");
	struct zone *z = ARENA_NEW(a, struct zone);
	if (!body_parse(a, tzif.at + HEADER_SIZE, &c, z, err) ||
	    !footer_parse(str_from(tzif, HEADER_SIZE + body_size(&c, 8)), z, err))
		return false;
	*out = z;
	return true;
}

static bool name_is_safe(Str name)
{
	if (name.len == 0 || name.len > 64 || name.at[0] == '/')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-' || c == '+' || c == '/'))
			return false; /* dots neither: no zone's name has one */
	}
	return true;
}

/* Regular files only: a directory is no zone. */
static bool file_read(const char *path, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	struct stat st;
	ssize_t got = -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		char *room;
		while ((room = buf_room(out, 8192)) && (got = read(fd, room, 8192)) > 0)
			out->len += (size_t)got;
	}
	close(fd);
	return got == 0;
}

bool zone_load(struct arena *a, Str name, const struct zone **out, struct err *err)
{
	if (str_eq(name, STR("UTC"))) {
		*out = zone_utc();
		return true;
	}
	const char *dir = getenv("TZDIR");
	if (!dir || !*dir)
		dir = "/usr/share/zoneinfo";
	struct buf tzif;
	buf_init(&tzif, FILE_MAX);
	bool ok;
	if (!name_is_safe(name) ||
	    !file_read(str_printf(a, "%s/%.*s", dir, STR_FMT(name)).at, &tzif))
		ok = err_set(err, ERR_NOT_FOUND, "there is no time zone \"%.*s\"",
		             STR_FMT(str_slice(name, 0, 64)));
	else
		ok = zone_parse(a, buf_str(&tzif), out, err) ||
		     err_prefix(err, "%.*s", STR_FMT(name));
	buf_free(&tzif);
	return ok;
}

const struct zone *zone_utc(void)
{
	static const struct zone utc = { .count = 0 };
	return &utc;
}

/* Index of the first transition after `second`. */
static size_t first_after(const struct zone *z, int64_t second)
{
	size_t low = 0, high = z->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (z->at[middle] <= second)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int offset_at(const struct zone *z, int64_t second)
{
	size_t next = first_after(z, second);
	if (next == z->count && z->has_rule)
		return zone_rule_offset(&z->rule, second);
	return next == 0 ? z->first : z->offset[next - 1];
}

/* The first change after `second`, INT64_MAX when there is none. */
static int64_t change_after(const struct zone *z, int64_t second)
{
	size_t next = first_after(z, second);
	if (next < z->count)
		return z->at[next];
	return z->has_rule ? zone_rule_change_after(&z->rule, second) : INT64_MAX;
}

void zone_civil(const struct zone *z, int64_t instant, struct civil *out)
{
	int64_t second = floor_div(instant, CLOCK_SECOND);
	int64_t local = second + offset_at(z, second);
	int64_t days = floor_div(local, 86400);
	int of_day = (int)(local - days * 86400);
	date_from_days(days, &out->year, &out->month, &out->day);
	out->hour = of_day / 3600;
	out->minute = of_day / 60 % 60;
	out->second = of_day % 60;
	out->microsecond =
	    (int)(instant % CLOCK_SECOND + (instant % CLOCK_SECOND < 0) * CLOCK_SECOND);
	out->weekday = (int)(((days + 4) % 7 + 7) % 7);
}

/* Walks the stretches of one offset around the wall time, earliest first, until one holds it or begins
 * behind it: then it lies in the gap before that stretch, and the offset before the gap moves it forward. */
static int64_t instant_of_local(const struct zone *z, int64_t local)
{
	int64_t start = local - OFFSET_MAX - 3600;
	int before = offset_at(z, start), offset = before;
	for (;;) {
		int64_t end = change_after(z, start);
		if (end == INT64_MAX || local < end + offset)
			break;
		before = offset;
		start = end;
		offset = offset_at(z, start);
		if (local < start + offset)
			return local - before;
	}
	return local - offset;
}

int64_t zone_instant(const struct zone *z, const struct civil *wall)
{
	int64_t days = date_to_days(wall->year, wall->month, 1) + wall->day - 1;
	int64_t local = ((days * 24 + wall->hour) * 60 + wall->minute) * 60 + wall->second;
	if (local < INT64_MIN / CLOCK_SECOND || local > INT64_MAX / CLOCK_SECOND)
		return local < 0 ? INT64_MIN : INT64_MAX;
	int64_t second = instant_of_local(z, local), instant;
	if (__builtin_mul_overflow(second, CLOCK_SECOND, &instant) ||
	    __builtin_add_overflow(instant, wall->microsecond, &instant))
		return second < 0 ? INT64_MIN : INT64_MAX;
	return instant;
}

int64_t zone_day(const struct zone *z, int64_t instant)
{
	struct civil c;
	zone_civil(z, instant, &c);
	return date_to_days(c.year, c.month, c.day);
}

int64_t zone_day_start(const struct zone *z, int64_t day)
{
	struct civil start = { 0 };
	date_from_days(day, &start.year, &start.month, &start.day);
	return zone_instant(z, &start);
}
