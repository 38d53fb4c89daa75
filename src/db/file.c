/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"

static bool failed(struct err *err, const char *path)
{
	return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
}

bool file_make_folder(const char *path, struct err *err)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST || failed(err, path);
}

static bool sync_path(const char *path, int flags, struct err *err)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool ok = (fd >= 0 && fsync(fd) == 0) || failed(err, path);
	if (fd >= 0)
		close(fd);
	return ok;
}

bool file_sync(const char *path, struct err *err)
{
	return sync_path(path, O_RDONLY, err);
}

bool file_move(const char *from, const char *to, struct err *err)
{
	if (rename(from, to) != 0)
		return failed(err, to);
	char *copy = mem_copy(to);
	bool ok = sync_path(dirname(copy), O_RDONLY | O_DIRECTORY, err);
	free(copy);
	return ok;
}

bool file_move_database(const char *from, const char *to, struct err *err)
{
	char log_from[4200], log_to[4200];
	snprintf(log_from, sizeof log_from, "%s-wal", from);
	snprintf(log_to, sizeof log_to, "%s-wal", to);
	if (access(log_from, F_OK) == 0 &&
	    (!file_sync(log_from, err) || !file_move(log_from, log_to, err)))
		return false;
	snprintf(log_from, sizeof log_from, "%s-shm", from);
	unlink(log_from);
	return file_sync(from, err) && file_move(from, to, err);
}

static bool copy_bytes(int in, int out)
{
	struct stat info;
	if (fstat(in, &info) != 0)
		return false;
	off_t at = 0;
	while (at < info.st_size) {
		ssize_t n = sendfile(out, in, &at, (size_t)(info.st_size - at));
		if (n < 0 && errno != EINTR)
			return false;
		if (n == 0)
			break;
	}
	return true;
}

bool file_copy(const char *from, const char *to, struct err *err)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return failed(err, from);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = (out >= 0 && copy_bytes(in, out)) || failed(err, to);
	if (out >= 0 && close(out) != 0 && ok)
		ok = failed(err, to);
	close(in);
	return ok;
}
