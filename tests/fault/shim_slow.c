/* A slower disk for any program: each fsync and fdatasync takes longer, as on a cloud volume or a tired laptop.
 *
 *   HEED_SHIM_FSYNC_MS  milliseconds to add to each, such as 1 or 50; fractions are fine
 *   LD_PRELOAD=build/gcc-release/tests/fault/shim_slow.so heed serve --data DIR ...
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "real.h"

static int later(int (*call)(int), int fd)
{
	const char *ms = getenv("HEED_SHIM_FSYNC_MS");
	int result = call(fd), kept = errno;
	long ns = ms ? (long)(strtod(ms, NULL) * 1e6) : 0;
	struct timespec t = { .tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000 };
	if (ns > 0)
		nanosleep(&t, NULL);
	errno = kept;
	return result;
}

int fsync(int fd)
{
	return later(REAL(fsync), fd);
}

int fdatasync(int fd)
{
	return later(REAL(fdatasync), fd);
}
