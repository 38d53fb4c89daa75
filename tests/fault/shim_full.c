/* A full disk for any program, while a file exists.
 *
 *   HEED_SHIM_DIR   the directory whose files cannot be written (absolute; a prefix of the path)
 *   HEED_SHIM_FLAG  while this file exists, write, pwrite, ftruncate to more, fdatasync and fsync fail with ENOSPC
 *   LD_PRELOAD=build/gcc-release/tests/fault/shim_full.so heed serve --data DIR ...
 *
 * A write that fails has written half of what was asked, as a disk that runs full in mid-page does. Reads, opens and
 * removals go on.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "real.h"

static bool is_full(int fd)
{
	const char *dir = getenv("HEED_SHIM_DIR"), *flag = getenv("HEED_SHIM_FLAG");
	char path[64], target[PATH_MAX];
	if (!dir || !flag || access(flag, F_OK) != 0)
		return false;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(path, target, sizeof target - 1);
	target[n > 0 ? n : 0] = '\0';
	return strncmp(target, dir, strlen(dir)) == 0;
}

static int no_space(void)
{
	errno = ENOSPC;
	return -1;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	if (!is_full(fd))
		return REAL(write)(fd, bytes, len);
	if (len > 1 && REAL(write)(fd, bytes, len / 2) < 0)
		return -1;
	return no_space();
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	return is_full(fd) ? no_space() : REAL(writev)(fd, parts, count);
}

static ssize_t do_pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	if (!is_full(fd))
		return REAL(pwrite)(fd, bytes, len, at);
	if (len > 1 && REAL(pwrite)(fd, bytes, len / 2, at) < 0)
		return -1;
	return no_space();
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return do_pwrite(fd, bytes, len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	return do_pwrite(fd, bytes, len, at);
}

static int do_ftruncate(int fd, off_t len)
{
	struct stat st;
	if (is_full(fd) && fstat(fd, &st) == 0 && len > st.st_size)
		return no_space();
	return REAL(ftruncate)(fd, len);
}

int ftruncate(int fd, off_t len)
{
	return do_ftruncate(fd, len);
}

int ftruncate64(int fd, off64_t len)
{
	return do_ftruncate(fd, len);
}

int fsync(int fd)
{
	return is_full(fd) ? no_space() : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
	return is_full(fd) ? no_space() : REAL(fdatasync)(fd);
}
