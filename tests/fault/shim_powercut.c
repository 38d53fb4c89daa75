/* A power cut for any program: LD_PRELOAD this, kill -9 the program, and put the shadow in place of its directory.
 *
 *   HEED_SHIM_DIR      the directory to watch (absolute); its files and those of its subfolders
 *   HEED_SHIM_SHADOW   an empty folder on the same file system, where what is durable is kept
 *   HEED_SHIM_EARLY    percent of writes that reach the disk before they are synced, as a kernel may do (default 0)
 *   LD_PRELOAD=build/gcc-release/tests/fault/shim_powercut.so heed serve --data DIR ...
 *
 * The disk is modelled as POSIX promises and no better. A file's bytes are those of its last fsync or fdatasync. A
 * name that was created, renamed or removed is as of the last fsync of its folder. After the kill, SHADOW/names holds
 * what a machine would find when the power comes back: remove everything in DIR and copy SHADOW/names/ there ('/' in
 * a name is written '%'). What stands in DIR when the program starts counts as durable.
 *
 * Real syncs are left out, for the shadow is the disk: rounds are quick. Writes through mmap are not seen (SQLite's
 * -shm, which it makes anew after a crash, is left out of the shadow). Write-only, shared and duplicated descriptors,
 * write, pwrite, writev, sendfile, ftruncate, O_TRUNC, rename, unlink are covered; copy_file_range is refused, so that
 * its callers read and write, and pwritev into a watched file ends the program: nothing passes unseen.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "real.h"

#define FILES_MAX 256
#define FDS_MAX   4096

struct change {
	struct change *next;
	off_t at; /* -1: the file was cut to `len` */
	size_t len;
	char bytes[];
};

/* One inode of the watched directory. `live` is its name now, "" when it was removed; its durable bytes stand in
 * SHADOW/files/NUMBER. */
struct file {
	bool used;
	dev_t dev;
	ino_t ino;
	char live[256];
	struct change *first, **last; /* not yet synced */
};

static struct {
	pthread_mutex_t lock;
	char dir[PATH_MAX], shadow[PATH_MAX];
	size_t dir_len;
	unsigned early;
	unsigned seed;
	struct file files[FILES_MAX];
	int16_t of_fd[FDS_MAX]; /* file number + 1; -1: a folder that is watched */
	bool on;
} shim = { .lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP };

static void give_up(const char *what)
{
	dprintf(2, "shim_powercut: %s: %s\n", what, strerror(errno));
	_exit(97);
}

static void lock(void)
{
	pthread_mutex_lock(&shim.lock);
}

static void unlock(void)
{
	int kept = errno;
	pthread_mutex_unlock(&shim.lock);
	errno = kept;
}

/* The shadow. */

static void path_of(char out[PATH_MAX], const char *folder, const char *name)
{
	if (snprintf(out, PATH_MAX, "%s/%s/%s", shim.shadow, folder, name) >= PATH_MAX)
		give_up("name too long");
}

static int open_bytes(const struct file *f)
{
	char number[16], path[PATH_MAX];
	snprintf(number, sizeof number, "%d", (int)(f - shim.files));
	path_of(path, "files", number);
	int fd = REAL(open)(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		give_up(path);
	return fd;
}

static void apply(int fd, const struct change *c)
{
	if (c->at < 0) {
		if (REAL(ftruncate)(fd, (off_t)c->len) != 0)
			give_up("cut shadow");
	} else if (REAL(pwrite)(fd, c->bytes, c->len, c->at) != (ssize_t)c->len) {
		give_up("write shadow");
	}
}

/* The file's bytes reach the disk. */
static void settle(struct file *f)
{
	int fd = open_bytes(f);
	while (f->first) {
		struct change *c = f->first;
		apply(fd, c);
		f->first = c->next;
		free(c);
	}
	f->last = &f->first;
	REAL(close)(fd);
}

static void note(struct file *f, off_t at, const void *bytes, size_t len)
{
	struct change *c = malloc(sizeof *c + (at < 0 ? 0 : len));
	if (!c)
		give_up("memory");
	*c = (struct change){ .at = at, .len = len };
	if (at >= 0)
		memcpy(c->bytes, bytes, len);
	*f->last = c;
	f->last = &c->next;
	if (shim.early && (unsigned)rand_r(&shim.seed) % 100 < shim.early) {
		int fd = open_bytes(f);
		apply(fd, c);
		REAL(close)(fd);
	}
}

static bool same_folder(const char *name, const char *folder)
{
	size_t len = strlen(folder);
	const char *slash = strrchr(name, '/');
	if (len == 0)
		return !slash;
	return slash && (size_t)(slash - name) == len && strncmp(name, folder, len) == 0;
}

static void flat(char out[256], const char *name)
{
	snprintf(out, 256, "%s", name);
	for (char *c = out; *c; c++)
		if (*c == '/')
			*c = '%';
}

static void link_name(struct file *f)
{
	char number[16], name[256], from[PATH_MAX], to[PATH_MAX], fresh[PATH_MAX];
	REAL(close)(open_bytes(f));
	snprintf(number, sizeof number, "%d", (int)(f - shim.files));
	flat(name, f->live);
	path_of(from, "files", number);
	path_of(to, "names", name);
	path_of(fresh, ".", "link");
	REAL(unlink)(fresh);
	struct stat a, b;
	if (stat(from, &a) == 0 && stat(to, &b) == 0 && a.st_ino == b.st_ino)
		return;
	if (link(from, fresh) != 0 || REAL(rename)(fresh, to) != 0)
		give_up(to);
}

static bool is_live(const char *flat_name)
{
	char name[256];
	for (int i = 0; i < FILES_MAX; i++)
		if (shim.files[i].used && shim.files[i].live[0]) {
			flat(name, shim.files[i].live);
			if (strcmp(name, flat_name) == 0)
				return true;
		}
	return false;
}

/* The names of one folder ("" is the watched one) reach the disk. */
static void settle_names(const char *folder)
{
	char names[PATH_MAX], path[PATH_MAX], flat_folder[256];
	flat(flat_folder, folder);
	for (int i = 0; i < FILES_MAX; i++)
		if (shim.files[i].used && shim.files[i].live[0] &&
		    same_folder(shim.files[i].live, folder))
			link_name(&shim.files[i]);
	path_of(names, "names", "");
	DIR *d = opendir(names);
	if (!d)
		give_up(names);
	for (struct dirent *e; (e = readdir(d));) {
		char plain[256];
		snprintf(plain, sizeof plain, "%s", e->d_name);
		for (char *c = plain; *c; c++)
			if (*c == '%')
				*c = '/';
		if (e->d_name[0] != '.' && same_folder(plain, folder) && !is_live(e->d_name)) {
			path_of(path, "names", e->d_name);
			REAL(unlink)(path);
		}
	}
	closedir(d);
}

/* Which files are watched. */

/* The part of a path behind the watched directory, NULL when it is elsewhere; "" is the directory itself. */
static const char *inside(const char *path, char whole[PATH_MAX])
{
	if (!shim.on)
		return NULL;
	if (path[0] == '/')
		snprintf(whole, PATH_MAX, "%s", path);
	else {
		char here[PATH_MAX];
		if (!getcwd(here, sizeof here) ||
		    snprintf(whole, PATH_MAX, "%s/%s", here, path) >= PATH_MAX)
			return NULL;
	}
	size_t len = strlen(whole);
	while (len > 1 && whole[len - 1] == '/')
		whole[--len] = '\0';
	if (strncmp(whole, shim.dir, shim.dir_len) != 0)
		return NULL;
	const char *rest = whole + shim.dir_len;
	return *rest == '/' ? rest + 1 : *rest == '\0' ? rest : NULL;
}

static bool is_ignored(const char *name)
{
	size_t len = strlen(name);
	return len > 4 && strcmp(name + len - 4, "-shm") == 0;
}

static struct file *find(const struct stat *st)
{
	for (int i = 0; i < FILES_MAX; i++)
		if (shim.files[i].used && shim.files[i].dev == st->st_dev &&
		    shim.files[i].ino == st->st_ino)
			return &shim.files[i];
	return NULL;
}

static void wipe(struct file *f)
{
	while (f->first) {
		struct change *c = f->first;
		f->first = c->next;
		free(c);
	}
	f->last = &f->first;
}

/* The kernel gives a removed file's inode to a new one. */
static void forget_inode(const struct stat *st)
{
	struct file *f = find(st);
	if (f)
		f->ino = 0;
}

/* A number whose inode is gone from the directory can serve again only when no durable name needs its bytes. */
static struct file *add(const struct stat *st, const char *name)
{
	static int next;
	forget_inode(st);
	for (int tries = 0; tries < FILES_MAX; tries++) {
		struct file *f = &shim.files[next];
		char number[16], path[PATH_MAX];
		struct stat bytes;
		snprintf(number, sizeof number, "%d", next);
		next = (next + 1) % FILES_MAX;
		path_of(path, "files", number);
		bool kept = stat(path, &bytes) == 0 && bytes.st_nlink > 1;
		if (f->used && (f->live[0] || kept))
			continue;
		wipe(f);
		REAL(unlink)(path);
		*f = (struct file){ .used = true, .dev = st->st_dev, .ino = st->st_ino };
		f->last = &f->first;
		snprintf(f->live, sizeof f->live, "%s", name);
		return f;
	}
	give_up("too many files");
	return NULL;
}

static struct file *of(int fd)
{
	int n = shim.on && fd >= 0 && fd < FDS_MAX ? shim.of_fd[fd] : 0;
	return n > 0 ? &shim.files[n - 1] : NULL;
}

static void opened(int fd, const char *name, int flags, bool existed)
{
	struct stat st;
	if (fd < 0 || fd >= FDS_MAX || fstat(fd, &st) != 0)
		return;
	if (S_ISDIR(st.st_mode)) {
		shim.of_fd[fd] = -1;
		return;
	}
	if (!S_ISREG(st.st_mode) || is_ignored(name))
		return;
	struct file *f = existed ? find(&st) : NULL;
	if (!f)
		f = add(&st, name);
	if (flags & O_TRUNC && (flags & O_ACCMODE) != O_RDONLY)
		note(f, -1, NULL, 0);
	shim.of_fd[fd] = (int16_t)(f - shim.files + 1);
}

/* What is there at the start is durable. */
static void adopt(const char *folder)
{
	char path[PATH_MAX], name[512], buffer[65536];
	if (snprintf(path, sizeof path, "%s/%s", shim.dir, folder) >= (int)sizeof path)
		give_up("name too long");
	DIR *d = opendir(path);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		struct stat st;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof name, "%s%s%s", folder, folder[0] ? "/" : "", e->d_name);
		if (snprintf(path, sizeof path, "%s/%s", shim.dir, name) >= (int)sizeof path ||
		    lstat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			adopt(name);
		if (!S_ISREG(st.st_mode) || is_ignored(name))
			continue;
		struct file *f = add(&st, name);
		int from = REAL(open)(path, O_RDONLY | O_CLOEXEC), to = open_bytes(f);
		for (ssize_t n; (n = read(from, buffer, sizeof buffer)) > 0;)
			if (REAL(write)(to, buffer, (size_t)n) != n)
				give_up("adopt");
		REAL(close)(from);
		REAL(close)(to);
		link_name(f);
	}
	closedir(d);
}

__attribute__((constructor)) static void start(void)
{
	const char *dir = getenv("HEED_SHIM_DIR"), *shadow = getenv("HEED_SHIM_SHADOW");
	const char *early = getenv("HEED_SHIM_EARLY");
	char path[PATH_MAX];
	if (!dir || !shadow)
		return;
	snprintf(shim.dir, sizeof shim.dir, "%s", dir);
	snprintf(shim.shadow, sizeof shim.shadow, "%s", shadow);
	shim.dir_len = strlen(shim.dir);
	shim.early = early ? (unsigned)strtoul(early, NULL, 10) : 0;
	shim.seed = (unsigned)getpid();
	for (int i = 0; i < 2; i++) {
		path_of(path, i ? "files" : "names", "");
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			give_up(path);
	}
	adopt("");
	shim.on = true;
}

/* The calls. */

static int do_open(__typeof__(&open) call, const char *path, int flags, mode_t mode)
{
	char whole[PATH_MAX];
	const char *name = inside(path, whole);
	if (!name)
		return call(path, flags, mode);
	lock();
	bool existed = access(path, F_OK) == 0;
	int fd = call(path, flags, mode);
	opened(fd, name, flags, existed);
	unlock();
	return fd;
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                             \
	int name(const char *path, int flags, ...)             \
	{                                                      \
		va_list args;                                  \
		va_start(args, flags);                         \
		mode_t mode = mode_of(flags, args);            \
		va_end(args);                                  \
		return do_open(REAL(name), path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                     \
	int name(int at, const char *path, int flags, ...)               \
	{                                                                \
		va_list args;                                            \
		va_start(args, flags);                                   \
		mode_t mode = mode_of(flags, args);                      \
		va_end(args);                                            \
		if (at == AT_FDCWD || path[0] == '/')                    \
			return do_open(REAL(open64), path, flags, mode); \
		return REAL(name)(at, path, flags, mode);                \
	}
OPENAT(openat)
OPENAT(openat64)

int close(int fd)
{
	lock();
	if (fd >= 0 && fd < FDS_MAX)
		shim.of_fd[fd] = 0;
	int result = REAL(close)(fd);
	unlock();
	return result;
}

int dup(int fd)
{
	lock();
	int copy = REAL(dup)(fd);
	if (copy >= 0 && copy < FDS_MAX && fd < FDS_MAX)
		shim.of_fd[copy] = shim.of_fd[fd];
	unlock();
	return copy;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	if (!of(fd))
		return REAL(write)(fd, bytes, len);
	lock();
	bool append = fcntl(fd, F_GETFL) & O_APPEND;
	off_t at = lseek(fd, 0, append ? SEEK_END : SEEK_CUR);
	ssize_t n = REAL(write)(fd, bytes, len);
	if (n > 0)
		note(of(fd), at, bytes, (size_t)n);
	unlock();
	return n;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	if (!of(fd))
		return REAL(writev)(fd, parts, count);
	ssize_t total = 0;
	for (int i = 0; i < count; i++) {
		ssize_t n = write(fd, parts[i].iov_base, parts[i].iov_len);
		if (n < 0)
			return total ? total : n;
		total += n;
		if ((size_t)n < parts[i].iov_len)
			break;
	}
	return total;
}

static ssize_t do_pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	if (!of(fd))
		return REAL(pwrite)(fd, bytes, len, at);
	lock();
	ssize_t n = REAL(pwrite)(fd, bytes, len, at);
	if (n > 0)
		note(of(fd), at, bytes, (size_t)n);
	unlock();
	return n;
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
	if (!of(fd))
		return REAL(ftruncate)(fd, len);
	lock();
	int result = REAL(ftruncate)(fd, len);
	if (result == 0)
		note(of(fd), -1, NULL, (size_t)len);
	unlock();
	return result;
}

int ftruncate(int fd, off_t len)
{
	return do_ftruncate(fd, len);
}

int ftruncate64(int fd, off64_t len)
{
	return do_ftruncate(fd, len);
}

static int do_sync(int (*call)(int), int fd)
{
	char path[64], target[PATH_MAX], whole[PATH_MAX];
	if (!shim.on || fd < 0 || fd >= FDS_MAX || shim.of_fd[fd] == 0)
		return call(fd);
	lock();
	if (of(fd)) {
		settle(of(fd));
	} else {
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		ssize_t n = readlink(path, target, sizeof target - 1);
		target[n > 0 ? n : 0] = '\0';
		const char *folder = inside(target, whole);
		if (folder)
			settle_names(folder);
	}
	unlock();
	return 0;
}

int fsync(int fd)
{
	return do_sync(REAL(fsync), fd);
}

int fdatasync(int fd)
{
	return do_sync(REAL(fdatasync), fd);
}

static struct file *named(const char *name)
{
	for (int i = 0; name && i < FILES_MAX; i++)
		if (shim.files[i].used && strcmp(shim.files[i].live, name) == 0)
			return &shim.files[i];
	return NULL;
}

int unlink(const char *path)
{
	char whole[PATH_MAX];
	lock();
	const char *name = inside(path, whole);
	int result = REAL(unlink)(path);
	struct file *f = name && name[0] ? named(name) : NULL;
	if (result == 0 && f)
		f->live[0] = '\0';
	unlock();
	return result;
}

int rename(const char *from, const char *to)
{
	char whole_from[PATH_MAX], whole_to[PATH_MAX];
	lock();
	const char *old = inside(from, whole_from), *new = inside(to, whole_to);
	int result = REAL(rename)(from, to);
	if (result == 0) {
		struct file *replaced = new ? named(new) : NULL;
		struct file *moved = old ? named(old) : NULL;
		if (replaced)
			replaced->live[0] = '\0';
		if (moved)
			snprintf(moved->live, sizeof moved->live, "%s", new ? new : "");
	}
	unlock();
	return result;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
	if (of(fd))
		give_up("pwritev into a watched file");
	return REAL(pwritev)(fd, parts, count, at);
}

ssize_t sendfile(int fd, int from, off_t *at, size_t len)
{
	char buffer[65536];
	if (!of(fd))
		return REAL(sendfile)(fd, from, at, len);
	size_t want = len < sizeof buffer ? len : sizeof buffer;
	ssize_t n = at ? pread(from, buffer, want, *at) : read(from, buffer, want);
	if (n > 0)
		n = write(fd, buffer, (size_t)n);
	if (n > 0 && at)
		*at += n;
	return n;
}

ssize_t copy_file_range(int from, off64_t *from_at, int fd, off64_t *at, size_t len, unsigned flags)
{
	if (of(fd)) {
		errno = ENOSYS; /* callers fall back on read and write */
		return -1;
	}
	return REAL(copy_file_range)(from, from_at, fd, at, len, flags);
}
