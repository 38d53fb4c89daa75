/* reading/reader.h - reads comments as they come, and all of them once.
 *
 * A consumer of the change log, "reading": what was answered, edited or imported since its place is read, a page at a time, and what
 * was understood is written in bulk units (reading/kept.h). A workspace that it comes to for the first time, or whose log
 * was pruned past its place, it reads from the newest answer back (reading/pass.h), and so after the engine or the themes' words
 * changed. The place moves in the unit that writes, so a reader that was killed goes on where it was, and reads
 * nothing twice: a comment whose text, question and group of score are as they were is left alone.
 *
 * One process has one reader, which belongs to one thread. Answers of every state are read.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_READER_H
#define READING_READER_H

#include "reading/glasses.h"

struct reader;

/* The store and what `files` points to outlive it. Models are read with the first comment. `learns_first`: somebody learns from
 * workspaces, and the first way through one waits for that (learn_goes_first). */
struct reader *reader_new(struct store *store, const struct analyst_files *files,
                          bool learns_first);
/* Writes down places that moved without anything to write. */
void reader_free(struct reader *r);

/* One look at a workspace: a page of its changes, else the next piece of a pass. *more: there is more to do. Waits for
 * commits. What fails is tried again with the next look. */
MUST_USE bool reader_look(struct reader *r, struct db *db, int64_t workspace, bool *more,
                          struct err *err);

#endif
