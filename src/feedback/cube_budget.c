/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_budget.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"

static size_t machine(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	return pages > 0 && size > 0 ? (size_t)pages * (size_t)size : SIZE_MAX;
}

/* A small file's text; empty when it cannot be read. */
static Str text_of(const char *path, char *buffer, size_t cap)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, buffer, cap);
	if (fd >= 0)
		close(fd);
	return n > 0 ? (Str){ buffer, (size_t)n } : STR("");
}

/* The path of the line "0::/path". */
static Str group_of(Str groups)
{
	Str line;
	while (str_cut(&groups, '\n', &line))
		if (str_starts(line, STR("0::/")))
			return str_from(line, 4);
	return STR("");
}

/* A limit holds for all below it. */
static size_t least(const char *root, Str group, size_t most)
{
	char path[4096], text[32];
	int64_t limit;
	for (;;) {
		snprintf(path, sizeof path, "%s/%.*s/memory.max", root, STR_FMT(group));
		if (str_to_i64(str_trim(text_of(path, text, sizeof text)), &limit) && limit > 0 &&
		    (uint64_t)limit < most)
			most = (size_t)limit;
		if (group.len == 0)
			return most;
		while (group.len > 0 && group.at[--group.len] != '/')
			;
	}
}

size_t cube_budget_memory(const char *groups, const char *root)
{
	char buffer[4096];
	return least(root, group_of(text_of(groups, buffer, sizeof buffer)), machine());
}
