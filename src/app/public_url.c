/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/public_url.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/utf8.h"

#define NOTE_MAX 300

static const char *note_path(struct arena *a, const struct settings *s)
{
	return str_copy_c(a, str_printf(a, "%s/heed.url", setting_text(s, SETTING_DATA)));
}

static const char *without_slash(struct arena *a, Str url)
{
	while (str_ends(url, STR("/")))
		url.len--;
	return str_copy_c(a, url);
}

/* The port of "127.0.0.1:8080"; 0 when there is none to see. */
static int listen_port(const struct settings *s)
{
	Str listen = str_of(setting_text(s, SETTING_LISTEN));
	int64_t port = 0;
	for (size_t i = listen.len; i > 0; i--)
		if (listen.at[i - 1] == ':')
			return str_to_i64(str_from(listen, i), &port) ? (int)port : 0;
	return 0;
}

const char *public_url_of_port(struct arena *a, const struct settings *s, int port)
{
	const char *url = setting_text(s, SETTING_PUBLIC_URL);
	return url[0] ? without_slash(a, str_of(url))
	              : str_copy_c(a, str_printf(a, "http://localhost:%d", port));
}

const char *public_url_guess(struct arena *a, const struct settings *s)
{
	char note[NOTE_MAX];
	int fd = -1;
	if (!setting_text(s, SETTING_PUBLIC_URL)[0])
		fd = open(note_path(a, s), O_RDONLY | O_CLOEXEC);
	ssize_t len = fd >= 0 ? read(fd, note, sizeof note) : 0;
	if (fd >= 0)
		close(fd);
	Str url = str_trim((Str){ note, len > 0 ? (size_t)len : 0 });
	return url.len && utf8_is_valid(url) ? without_slash(a, url)
	                                     : public_url_of_port(a, s, listen_port(s));
}

void public_url_note(struct arena *a, const struct settings *s, const char *url)
{
	int fd = open(note_path(a, s), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	Str line = str_printf(a, "%s\n", url);
	if (fd < 0)
		return;
	if (write(fd, line.at, line.len) != (ssize_t)line.len)
		unlink(note_path(a, s));
	close(fd);
}

void public_url_forget(struct arena *a, const struct settings *s)
{
	unlink(note_path(a, s));
}
