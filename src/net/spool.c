/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/die.h"
#include "base/log.h"
#include "base/rng.h"
#include "db/file.h"
#include "net/core.h"

#define PART_NAME ".part"

/* A file that nobody wants any more. */
struct leftover {
	struct leftover *next;
	int fd;
	char path[];
};

struct spooler {
	struct server *server;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct exchange *oldest, **newest;
	struct leftover *leftovers;
	bool ends;
};

void spool_clean(const char *folder)
{
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (str_ends(str_of(entry->d_name), STR(PART_NAME)))
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
}

static const char *new_path(struct arena *a, const char *folder)
{
	uint64_t random[2];
	rng_bytes(random, sizeof random);
	return str_printf(a, "%s/%016" PRIx64 "%016" PRIx64 PART_NAME, folder, random[0], random[1])
	    .at;
}

static bool has_room(const struct server *server, uint64_t length, struct err *err)
{
	const char *folder = server->config.spool_dir;
	struct statvfs disk;
	if (statvfs(folder, &disk) != 0)
		return err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
	return length + server->config.spool_reserve <= room ||
	       err_set(err, ERR_TOO_LARGE,
	               "The server's disk has no room for this file. Free some space there, or "
	               "send a smaller file.");
}

/* It takes its part of the room before it asks whether there is some, so that of two who ask at once one is told no. */
static bool promise(struct exchange *ex, uint64_t length, struct err *err)
{
	struct server *server = ex->server;
	uint64_t others = atomic_fetch_add(&server->spool_promised, length);
	ex->spool.promised = length;
	return has_room(server, others + length, err);
}

/* So much of what was promised is written, or is wanted no more. */
static void promise_kept(struct server *server, struct spool *spool, uint64_t bytes)
{
	uint64_t part = bytes < spool->promised ? bytes : spool->promised;
	spool->promised -= part;
	server->spool_promised -= part;
}

static bool file_open(struct exchange *ex, const char *folder, struct err *err)
{
	const char *path = new_path(&ex->arena, folder);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	ex->spool.fd = fd;
	ex->spool.path = path;
	return true;
}

bool spool_open(struct exchange *ex, const char *folder, uint64_t length, struct err *err)
{
	if (file_make_folder(folder, err) && promise(ex, length, err) && file_open(ex, folder, err))
		return true;
	promise_kept(ex->server, &ex->spool, length);
	return false;
}

static bool write_all(int fd, Str bytes)
{
	while (bytes.len > 0) {
		ssize_t done = write(fd, bytes.at, bytes.len);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0)
			bytes = str_from(bytes, (size_t)done);
	}
	return true;
}

/* Full is the sender's to know; what else fails is ours, and stands in the log. */
static bool refuse_disk(struct exchange *ex, int error)
{
	if (error == ENOSPC || error == EDQUOT)
		return exchange_refuse(ex, 507, ERR_TOO_LARGE,
		                       "The server's disk is full; nothing of this file was kept. "
		                       "Free some space there and send it again.");
	log_event(LOG_LEVEL_ERROR, "net.spool_failed",
	          LOG_PAIRS(log_text("request", ex->rq.id),
	                    log_text("why", str_of(strerror(error)))));
	return exchange_refuse(ex, 0, ERR_BUSY,
	                       "The file cannot be written on the server. Send it again.");
}

/* The kernel begins to write at once: the flush at the end then waits for little, and so do those of the database. */
static bool piece_write(struct exchange *ex)
{
	struct spool *spool = &ex->spool;
	Str piece = buf_str(&ex->body);
	struct err err;
	if (!has_room(ex->server, piece.len, &err))
		return err.kind == ERR_TOO_LARGE ? exchange_refuse(ex, 507, err.kind, "%s", err.msg)
		                                 : refuse_disk(ex, EIO);
	if (!write_all(spool->fd, piece))
		return refuse_disk(ex, errno);
	sync_file_range(spool->fd, (off_t)spool->bytes, (off_t)piece.len, SYNC_FILE_RANGE_WRITE);
	spool->bytes += piece.len;
	promise_kept(ex->server, spool, piece.len);
	if (spool->last && fdatasync(spool->fd) != 0)
		return refuse_disk(ex, errno);
	spool->complete = spool->last;
	return true;
}

static void give_back(struct exchange *ex)
{
	if (ex->spool.complete && !ex->is_refused) {
		ex->rq.spool = str_of(ex->spool.path);
		ex->rq.spool_size = (int64_t)ex->spool.bytes;
		if (workers_add(ex->server->workers, ex))
			return;
		exchange_refuse(ex, 0, ERR_BUSY, "Too many requests are waiting.");
	}
	server_done(ex->server, ex);
}

static void leftover_remove(struct leftover *leftover)
{
	unlink(leftover->path);
	close(leftover->fd);
	free(leftover);
}

static struct exchange *take(struct spooler *s, struct leftover **leftovers)
{
	pthread_mutex_lock(&s->lock);
	while (!s->oldest && !s->leftovers && !s->ends)
		pthread_cond_wait(&s->wake, &s->lock);
	struct exchange *ex = s->oldest;
	if (ex) {
		s->oldest = ex->next;
		if (!s->oldest)
			s->newest = &s->oldest;
		ex->next = NULL;
	}
	*leftovers = s->leftovers;
	s->leftovers = NULL;
	pthread_mutex_unlock(&s->lock);
	return ex;
}

static void *spooler_main(void *context)
{
	struct spooler *s = context;
	for (;;) {
		struct leftover *leftovers, *next;
		struct exchange *ex = take(s, &leftovers);
		if (!ex && !leftovers)
			return NULL;
		if (ex) {
			(void)piece_write(ex);
			ex->server->body_bytes -= ex->body.len;
			buf_clear(&ex->body);
			give_back(ex);
		}
		for (; leftovers; leftovers = next) {
			next = leftovers->next;
			leftover_remove(leftovers);
		}
	}
}

struct spooler *spooler_start(struct server *server)
{
	struct spooler *s = mem_zeroed(1, sizeof *s);
	s->server = server;
	s->newest = &s->oldest;
	MUST(pthread_mutex_init(&s->lock, NULL) == 0);
	MUST(pthread_cond_init(&s->wake, NULL) == 0);
	MUST(pthread_create(&s->thread, NULL, spooler_main, s) == 0);
	return s;
}

void spooler_stop(struct spooler *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	s->ends = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void spool_write(struct spooler *s, struct exchange *ex)
{
	pthread_mutex_lock(&s->lock);
	ex->next = NULL;
	*s->newest = ex;
	s->newest = &ex->next;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
}

/* Giving back the blocks of a large file takes a while, which the I/O loop has not. */
void spool_drop(struct spooler *s, struct spool *spool)
{
	if (spool->fd == 0)
		return;
	promise_kept(s->server, spool, spool->promised);
	size_t size = strlen(spool->path) + 1;
	struct leftover *leftover = mem_alloc(sizeof *leftover + size);
	leftover->fd = spool->fd;
	memcpy(leftover->path, spool->path, size);
	spool->fd = 0;
	pthread_mutex_lock(&s->lock);
	leftover->next = s->leftovers;
	s->leftovers = leftover;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
}
