/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"

#define BUFFER ((size_t)1 << 18)
/* Whoever commits beside this waits for no more than so much of it. */
#define SYNC_EVERY ((size_t)16 << 20)

struct cube_file {
	int fd;
	int failed; /* an errno */
	uint64_t sum;
	size_t left;     /* of a file that is read, what was not given yet */
	size_t unsynced; /* of one that is written */
	size_t from, used;
	char buffer[BUFFER];
};

/* The sum is to find damage, and nobody's secret: multiplications that are folded, of two halves that need not wait for each
 * other. Each piece is added with its length. */

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#define SALT_A UINT64_C(0x9e3779b97f4a7c15)
#define SALT_B UINT64_C(0xbf58476d1ce4e5b9)

static uint64_t sum_of(uint64_t sum, const unsigned char *at, size_t size)
{
	uint64_t a = sum ^ SALT_A, b = (uint64_t)size ^ SALT_B, words[4];
	for (; size >= sizeof words; at += sizeof words, size -= sizeof words) {
		memcpy(words, at, sizeof words);
		a = mix(words[0] ^ a, words[1] ^ SALT_A);
		b = mix(words[2] ^ b, words[3] ^ SALT_B);
	}
	memset(words, 0, sizeof words);
	if (size)
		memcpy(words, at, size);
	a = mix(words[0] ^ a, words[1] ^ SALT_A);
	b = mix(words[2] ^ b, words[3] ^ SALT_B);
	return mix(a ^ SALT_B, b ^ SALT_A);
}

static struct cube_file *file_new(int fd)
{
	struct cube_file *f = mem_alloc(sizeof *f);
	f->fd = fd;
	f->failed = fd < 0 ? errno : 0;
	f->sum = 0;
	f->left = f->unsynced = f->from = f->used = 0;
	return f;
}

/* Writing */

struct cube_file *cube_file_make(const char *path)
{
	unlink(path);
	return file_new(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

static void write_all(struct cube_file *f, const char *at, size_t size)
{
	while (size && !f->failed) {
		ssize_t n = write(f->fd, at, size);
		if (n < 0 && errno != EINTR)
			f->failed = errno;
		size_t done = n > 0 ? (size_t)n : 0;
		at += done;
		size -= done;
		f->unsynced += done;
	}
	if (f->unsynced < SYNC_EVERY || f->failed)
		return;
	f->unsynced = 0;
	if (fdatasync(f->fd) != 0)
		f->failed = errno;
}

static void flush(struct cube_file *f)
{
	write_all(f, f->buffer, f->used);
	f->used = 0;
}

static void put_bytes(struct cube_file *f, const void *what, size_t size)
{
	if (size > BUFFER - f->used)
		flush(f);
	if (size > BUFFER) {
		write_all(f, what, size);
		return;
	}
	if (size)
		memcpy(f->buffer + f->used, what, size);
	f->used += size;
}

void cube_file_put(struct cube_file *f, const void *what, size_t size)
{
	f->sum = sum_of(f->sum, what, size);
	put_bytes(f, what, size);
}

void cube_file_put_number(struct cube_file *f, int64_t number)
{
	cube_file_put(f, &number, sizeof number);
}

bool cube_file_end(struct cube_file *f, struct err *err)
{
	put_bytes(f, &f->sum, sizeof f->sum);
	flush(f);
	if (!f->failed && fsync(f->fd) != 0)
		f->failed = errno;
	int failed = f->failed;
	cube_file_close(f);
	return !failed || err_set(err, ERR_IO, "a snapshot of answers could not be written: %s",
	                          strerror(failed));
}

/* Reading */

struct cube_file *cube_file_open(const char *path)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size < 8) {
		close(fd);
		return NULL;
	}
	struct cube_file *f = file_new(fd);
	f->left = (size_t)info.st_size - sizeof f->sum;
	return f;
}

/* How many there were: at least one, or the file has failed. */
static size_t read_some(struct cube_file *f, char *out, size_t size)
{
	ssize_t n;
	while ((n = read(f->fd, out, size)) < 0 && errno == EINTR)
		continue;
	if (n <= 0)
		f->failed = n < 0 ? errno : EIO;
	return n > 0 ? (size_t)n : 0;
}

static bool get_bytes(struct cube_file *f, char *out, size_t size)
{
	while (size && !f->failed) {
		size_t some = f->used - f->from;
		if (!some && size >= BUFFER) {
			some = read_some(f, out, size);
		} else if (!some) {
			f->from = 0;
			f->used = read_some(f, f->buffer, BUFFER);
			continue;
		} else {
			some = some < size ? some : size;
			memcpy(out, f->buffer + f->from, some);
			f->from += some;
		}
		out += some;
		size -= some;
	}
	return !f->failed;
}

bool cube_file_get(struct cube_file *f, void *out, size_t size)
{
	if (f->failed || size > f->left) {
		f->failed = f->failed ? f->failed : EIO;
		return false;
	}
	f->left -= size;
	if (!get_bytes(f, out, size))
		return false;
	f->sum = sum_of(f->sum, out, size);
	return true;
}

bool cube_file_get_number(struct cube_file *f, int64_t max, int64_t *out)
{
	int64_t number;
	if (!cube_file_get(f, &number, sizeof number))
		return false;
	if (number < 0 || number > max) {
		f->failed = EIO;
		return false;
	}
	*out = number;
	return true;
}

bool cube_file_get_count(struct cube_file *f, size_t size, size_t *out)
{
	int64_t count;
	if (!cube_file_get_number(f, (int64_t)(f->left / size), &count))
		return false;
	*out = (size_t)count;
	return true;
}

bool cube_file_is_whole(struct cube_file *f)
{
	uint64_t sum = 0;
	return !f->failed && f->left == 0 && get_bytes(f, (char *)&sum, sizeof sum) &&
	       sum == f->sum;
}

void cube_file_close(struct cube_file *f)
{
	if (!f)
		return;
	if (f->fd >= 0)
		close(f->fd);
	free(f);
}
