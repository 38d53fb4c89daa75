/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/analyst_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/asset.h"
#include "base/die.h"
#include "base/log.h"
#include "base/utf8.h"

#define PROGRAM_PATH_MAX 4096
#define FILE_BYTES_MAX   ((size_t)16 << 20)
#define OWN              STR("AGPL-3.0-or-later") /* what is ours */

/* False without an error: there is none. */
static bool read_file(struct arena *a, const char *path, Str *out, bool *found, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	*found = fd >= 0;
	if (fd < 0)
		return true;
	bool fine =
	    fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size <= FILE_BYTES_MAX;
	char *bytes = fine ? arena_alloc(a, (size_t)st.st_size + 1) : NULL;
	size_t len = 0;
	while (fine && len < (size_t)st.st_size) {
		ssize_t n = read(fd, bytes + len, (size_t)st.st_size - len);
		fine = n > 0 || (n < 0 && errno == EINTR);
		len += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	*out = (Str){ bytes, len };
	return fine || err_set(err, ERR_INVALID,
	                       "%s cannot be read: it is no file of at most 16 MiB", path);
}

/* Beside the program as the build leaves it, then as `make install` does. */
static bool find_language_model(struct arena *a, Str *out, struct err *err)
{
	static const char *const places[] = { "share/lid.176.ftz", "../share/heed/lid.176.ftz" };
	char program[PROGRAM_PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
	bool found = false;
	while (len > 0 && program[len - 1] != '/')
		len--;
	for (size_t i = 0; i < 2 && len > 0 && !found; i++) {
		Str path = str_printf(a, "%.*s%s", (int)len, program, places[i]);
		if (!read_file(a, str_copy_c(a, path), out, &found, err))
			return false;
		/* build/gcc-asan/heed shares what build/heed has. */
		path = str_printf(a, "%.*s../%s", (int)len, program, places[0]);
		if (!found && i == 0 && !read_file(a, str_copy_c(a, path), out, &found, err))
			return false;
	}
	return true;
}

static Str asset_bytes(const char *path)
{
	const struct asset *asset = asset_find(str_of(path));
	MUST(asset);
	return asset->bytes;
}

Str analyst_shipped_themes(void)
{
	return asset_bytes("models/themes.txt");
}

bool analyst_files_find(struct arena *a, struct analyst_files *out, struct err *err)
{
	*out = (struct analyst_files){
		.sentiment = asset_bytes("models/sentiment.heedmodel"),
		.emotion = asset_bytes("models/emotion.heedmodel"),
		.themes = analyst_shipped_themes(),
	};
	return find_language_model(a, &out->language, err);
}

void analyst_models(struct reading_model out[static READING_MODELS])
{
	struct arena a = { 0 };
	struct analyst_files files;
	struct err err;
	if (!analyst_files_find(&a, &files, &err))
		files.language = (Str){ 0 };
	out[0] = (struct reading_model){ STR("language"), STR("CC-BY-SA-3.0"),
		                         (int64_t)files.language.len };
	out[1] = (struct reading_model){ STR("sentiment"), OWN, (int64_t)files.sentiment.len };
	out[2] = (struct reading_model){ STR("emotion"), OWN, (int64_t)files.emotion.len };
	out[3] = (struct reading_model){ STR("themes"), OWN, (int64_t)files.themes.len };
	arena_free(&a);
}

bool analyst_load(struct arena *a, struct word_reader *r, const char *taxonomy,
                  const struct analyst **out, struct err *err)
{
	struct analyst_files files;
	bool found;
	if (!analyst_files_find(a, &files, err))
		return false;
	if (taxonomy && !read_file(a, taxonomy, &files.themes, &found, err))
		return false;
	if (taxonomy && !found)
		return err_set(err, ERR_NOT_FOUND, "there is no file %s", taxonomy);
	if (taxonomy && !utf8_is_valid(files.themes))
		return err_set(err, ERR_INVALID, "%s is not UTF-8; save it as UTF-8", taxonomy);
	return analyst_make(a, r, &files, out, err) ||
	       (taxonomy ? err_prefix(err, "%s", taxonomy) : false);
}
