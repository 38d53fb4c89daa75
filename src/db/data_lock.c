/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/data_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

static void write_holder(int fd, const char *what, int64_t now)
{
	char since[32], text[128];
	struct tm tm;
	time_t seconds = (time_t)(now / CLOCK_SECOND);
	gmtime_r(&seconds, &tm);
	strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &tm);
	int n =
	    snprintf(text, sizeof text, "%s, process %d, since %s\n", what, (int)getpid(), since);
	/* Only the words of a refusal: the lock itself is the flock. */
	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
		return;
}

static bool refuse(int fd, const char *data_dir, struct err *err)
{
	char holder[128] = "";
	ssize_t n = pread(fd, holder, sizeof holder - 1, 0);
	holder[n > 0 ? n : 0] = '\0';
	holder[strcspn(holder, "\n")] = '\0';
	return err_set(err, ERR_BUSY, "%s is in use by %s", data_dir,
	               holder[0] ? holder : "another process");
}

bool data_lock_take(const char *data_dir, const char *what, int64_t now, int64_t wait_us, int *out,
                    struct err *err)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/heed.lock", data_dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	int64_t deadline = clock_monotonic() + wait_us;
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EINTR && clock_monotonic() >= deadline) {
			refuse(fd, data_dir, err);
			close(fd);
			return false;
		}
		usleep(20000);
	}
	write_holder(fd, what, now);
	*out = fd;
	return true;
}

void data_lock_give(int fd)
{
	if (fd >= 0)
		close(fd);
}
