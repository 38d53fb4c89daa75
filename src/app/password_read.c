/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/password_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"

static bool line_read(struct arena *a, Str *out, struct err *err)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len = getline(&line, &cap, stdin);
	bool ok = len >= 0;
	if (ok) {
		Str text = { line, (size_t)len };
		if (str_ends(text, STR("\n")))
			text.len--;
		if (str_ends(text, STR("\r")))
			text.len--;
		*out = str_copy(a, text);
	}
	free(line);
	if (!ok)
		return err_set(err, ERR_INVALID, "there is no password on standard input");
	if (!utf8_is_valid(*out))
		return err_set(err, ERR_INVALID, "the password must be UTF-8");
	return true;
}

bool password_read(struct arena *a, Str *out, struct err *err)
{
	struct termios before, silent;
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
		return line_read(a, out, err);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	fputs("Password: ", stderr);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	bool ok = line_read(a, out, err);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	return ok;
}
