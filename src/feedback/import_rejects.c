/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void import_rejects_start(struct import_rejects *r, const char *path,
                          const struct import_plan *plan, bool for_spreadsheet)
{
	*r = (struct import_rejects){ .path = path,
		                      .plan = plan,
		                      .for_spreadsheet = for_spreadsheet };
	buf_init(&r->line, 4 * CSV_ROW_MAX);
}

static void fail(struct import_rejects *r)
{
	if (!r->failed)
		r->error = errno;
	r->failed = true;
}

static void write_line(struct import_rejects *r)
{
	if (fwrite(r->line.at, 1, r->line.len, r->file) != r->line.len)
		fail(r);
}

void import_rejects_open(struct import_rejects *r)
{
	struct csv_writer *w = &r->writer;
	int fd = open(r->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	r->file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!r->file) {
		fail(r);
		if (fd >= 0)
			close(fd);
		return;
	}
	csv_put_start(w, &r->line, ',', r->for_spreadsheet);
	csv_put_text(w, STR("line"));
	csv_put_text(w, STR("reason"));
	for (size_t i = 0; i < r->plan->columns.count; i++)
		csv_put_text(w, r->plan->columns.at[i].header);
	csv_put_row_end(w);
	write_line(r);
}

void import_rejects_add(struct import_rejects *r, const struct csv_row *row, const char *why)
{
	struct csv_writer *w = &r->writer;
	if (!r->file && !r->failed)
		import_rejects_open(r);
	if (r->failed)
		return;
	buf_clear(&r->line);
	csv_put_i64(w, (int64_t)row->line);
	csv_put_text(w, str_of(why));
	for (size_t i = 0; i < row->count && i < CSV_COLUMNS_MAX - 2; i++)
		csv_put_text(w, row->cells[i]);
	csv_put_row_end(w);
	write_line(r);
}

bool import_rejects_end(struct import_rejects *r, struct err *err)
{
	if (r->ended)
		return true;
	r->ended = true;
	buf_free(&r->line);
	if (r->file && fclose(r->file) != 0)
		fail(r);
	r->file = NULL;
	if (!r->failed)
		return true;
	unlink(r->path);
	return err_set(err, ERR_IO, "the file of rejected rows cannot be written: %s",
	               strerror(r->error));
}
