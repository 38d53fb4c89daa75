/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "app/analyst_files.h"
#include "app/file_wishes.h"
#include "base/json.h"
#include "feedback/import_source.h"
#include "insight/analysis_json.h"
#include "insight/file_reading.h"
#include "insight/reading_report.h"

#define PAGE_BYTES ((size_t)8 << 20)
#define LINE_BYTES ((size_t)4 << 20)

struct wishes {
	struct file_comment_wishes columns;
	struct file_reading_wishes reading;
	bool lines, json;
};

static Str languages_read(struct arena *a)
{
	struct buf *list = buf_in(a, 80);
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		if (sentiment_speaks(t))
			buf_printf(list, "%s%.*s", list->len ? ", " : "", STR_FMT(tongue_code(t)));
	return buf_str(list);
}

static bool language_read(const struct call *call, enum tongue *out, struct err *err)
{
	const char *code = option_text(call, "lang");
	*out = TONGUE_OTHER;
	if (!code)
		return true;
	*out = tongue_of_tag(str_of(code));
	return sentiment_speaks(*out) ||
	       err_set(err, ERR_INVALID, "--lang %s is no language that Heed reads; those are %.*s",
	               code, STR_FMT(languages_read(call->arena)));
}

static bool outputs_read(const struct call *call, struct wishes *w, struct err *err)
{
	w->lines = option_is_set(call, "json-lines");
	w->json = option_is_set(call, "json");
	return !w->lines || !w->json ||
	       err_set(err, ERR_INVALID, "--json and --json-lines are two outputs; ask for one");
}

static bool scale_read(const struct call *call, enum score_scale *out, struct err *err)
{
	const char *scale = option_text(call, "scale");
	if (!scale)
		return true;
	if (!score_scale_parse(str_of(scale), out, err) ||
	    (*out != SCALE_0_10 && *out != SCALE_1_5))
		return err_set(err, ERR_INVALID, "--scale is 0-10 or 1-5, not \"%s\"", scale);
	return true;
}

/* Unless somebody says what the file's cells are, a transcript is found where it plainly is one. */
static bool transcripts_read(const struct call *call, struct transcript_told *out, struct err *err)
{
	bool yes = option_is_set(call, "transcript"), no = option_is_set(call, "no-transcript");
	*out = (struct transcript_told){ .wish = yes  ? TRANSCRIPT_YES
		                                 : no ? TRANSCRIPT_NO
		                                      : TRANSCRIPT_DETECT };
	if (yes && no)
		return err_set(err, ERR_INVALID,
		               "--transcript and --no-transcript contradict each other");
	if (option_text(call, "customer") && !yes)
		return err_set(err, ERR_INVALID, "--customer goes with --transcript");
	return customer_option(call, &out->customer, err);
}

/* Nothing would count, and the page would say that nobody said anything. */
static bool check_customer(const struct call *call, const struct wishes *w,
                           const struct file_comments *file, struct err *err)
{
	const struct import_speaker *all[IMPORT_SPEAKERS_MAX];
	const struct transcript_told *told = &w->reading.transcripts;
	if (told->wish != TRANSCRIPT_YES || told->customer.len ||
	    !import_speakers_are_unknown(file->speakers))
		return true;
	size_t count = import_speakers_list(file->speakers, all);
	struct buf *names = buf_in(call->arena, 120);
	for (size_t i = 0; i < count && !names->overflowed; i++)
		buf_printf(names, "%s%.*s", i ? ", " : "", STR_FMT(all[i]->label));
	return err_set(err, ERR_INVALID,
	               "who is the customer? Say which of these with --customer: %.*s",
	               STR_FMT(terminal_safe(call->arena, buf_str(names))));
}

static bool wishes_read(const struct call *call, struct wishes *w, struct err *err)
{
	int64_t discover = 0;
	*w = (struct wishes){
		.columns = { .text = str_of(option_text(call, "text")),
		             .score = str_of(option_text(call, "score")),
		             .question = str_of(option_text(call, "question")),
		             .no_header = option_is_set(call, "no-header") },
		.reading = { .learn = option_is_set(call, "learn") },
	};
	if (!language_read(call, &w->reading.tongue, err) ||
	    !transcripts_read(call, &w->reading.transcripts, err) ||
	    !scale_read(call, &w->columns.scale, err) || !outputs_read(call, w, err) ||
	    !option_number(call, "discover", 1, CLUSTERS_MAX, &discover, err))
		return false;
	w->reading.discover = (size_t)discover;
	return true;
}

struct lines {
	const struct analyst *analyst;
	struct buf out;
	enum tongue names;
	bool failed;
};

static bool put_line(void *context, const struct file_comment *comment, const struct analysis *x)
{
	struct lines *l = context;
	struct json_writer w;
	Str left_out = comment->left_out;
	buf_clear(&l->out);
	json_put_start(&w, &l->out);
	json_put_dict(&w);
	json_put_key_i64(&w, "line", (int64_t)comment->line);
	if (left_out.at)
		json_put_key_text(&w, comment->unreadable ? "unreadable" : "left_out", left_out);
	if (!isnan(comment->score))
		json_put_key_real(&w, "score", comment->score);
	if (!left_out.at)
		analysis_put(&w, l->analyst, x, l->names);
	json_put_dict_end(&w);
	buf_add_char(&l->out, '\n');
	l->failed = fwrite(l->out.at, 1, l->out.len, stdout) != l->out.len;
	return !l->failed;
}

/* What was asked for, and did not come to be. */
static void warn_of_reading(const struct call *call, const struct file_reading *r,
                            const struct wishes *w)
{
	int64_t said = r->comments - r->low_effort;
	if (r->not_analysed * 2 > said && w->reading.tongue != TONGUE_OTHER)
		fprintf(stderr,
		        "heed: %" PRId64 " of %" PRId64
		        " comments are not in the language of --lang %s; nothing is said of "
		        "them\n",
		        r->not_analysed, said, option_text(call, "lang"));
	else if (r->not_analysed * 2 > said)
		fprintf(stderr,
		        "heed: %" PRId64 " of %" PRId64
		        " comments are in no language that is read, or too short to tell it; "
		        "--lang says which it is\n",
		        r->not_analysed, said);
	if (w->reading.learn && r->learnt_from == 0)
		fprintf(stderr,
		        "heed: nothing was learnt: of comments there are %zu with a low score "
		        "and %zu with a high one, and it takes %d of each\n",
		        r->lessons[COMMENT_LOW], r->lessons[COMMENT_HIGH], FILE_READING_LEARNT_MIN);
}

static bool say_lines(struct call *call, const struct analyst *n, const struct file_comments *file,
                      const struct wishes *w, struct err *err)
{
	struct file_reading r;
	struct lines l = { .analyst = n, .names = w->reading.tongue };
	buf_init(&l.out, LINE_BYTES);
	file_reading(n, file, &w->reading, call->arena, put_line, &l, &r);
	buf_free(&l.out);
	warn_of_reading(call, &r, w);
	l.failed |= fflush(stdout) != 0;
	return !l.failed ||
	       err_set(err, ERR_IO, "the output cannot be written on; is the disk full?");
}

static void say_whole(struct call *call, const struct analyst *n, const struct file_comments *file,
                      const struct wishes *w)
{
	struct file_reading r;
	struct buf out;
	struct reading_style style = { terminal_is_lively(STDOUT_FILENO), w->reading.tongue };
	file_reading(n, file, &w->reading, call->arena, NULL, NULL, &r);
	warn_of_reading(call, &r, w);
	buf_init(&out, PAGE_BYTES);
	if (w->json) {
		struct json_writer j;
		json_put_start(&j, &out);
		json_put_dict(&j);
		reading_report_put(&j, n, file, &r, w->reading.tongue);
		json_put_dict_end(&j);
		buf_add_char(&out, '\n');
	} else {
		Str name = terminal_safe(call->arena, file_name_of(call->arguments[0]));
		reading_report_write(&out, name, n, file, &r, &style);
	}
	fwrite(out.at, 1, out.len, stdout);
	buf_free(&out);
}

/* On standard error, so that what is piped on stays clean. */
static void warn(struct call *call, const struct file_comments *file)
{
	const struct file_comment *first = file->first_left_out;
	if (first)
		fprintf(stderr,
		        "heed: %zu rows are left out, %zu of them because they cannot be read "
		        "(the first in line %zu: %.*s)\n",
		        file->left_out, file->unreadable, first->line,
		        STR_FMT(terminal_safe(call->arena, first->left_out)));
	if (file->mended)
		fprintf(stderr,
		        "heed: %zu rows hold bytes that are no text, read as U+FFFD (the first in "
		        "line %zu)\n",
		        file->mended, file->first_mended_line);
	if (file->header == FILE_HEADER_COMMENT)
		fprintf(stderr, "heed: the first row is taken for a comment, as nothing in it "
		                "names a column\n");
	if (file->header == FILE_HEADER_DOUBT)
		fprintf(stderr, "heed: the first row is taken for the columns' names; if it is a "
		                "comment, say --no-header\n");
	if (file->bad_scores)
		fprintf(stderr,
		        "heed: %zu cells of the column \"%.*s\" are no %s; their comments count "
		        "all the same\n",
		        file->bad_scores, STR_FMT(terminal_safe(call->arena, file->score_column)),
		        file->scale == SCALE_1_5 ? "rating of 1 to 5" : "score of 0 to 10");
}

static bool analyze_source(struct call *call, struct import_source *source,
                           struct word_reader *reader, struct err *err)
{
	struct wishes w;
	struct file_comments file;
	const struct analyst *analyst;
	if (!wishes_read(call, &w, err) ||
	    !analyst_load(call->arena, reader, option_text(call, "taxonomy"), &analyst, err) ||
	    !file_comments_read(source, &w.columns, call->arena, &file, err))
		return false;
	if (w.reading.learn && file.with_score == 0)
		return err_set(err, ERR_INVALID,
		               "--learn needs scores; say which column holds them with --score");
	if (!check_customer(call, &w, &file, err))
		return false;
	warn(call, &file);
	if (w.lines)
		return say_lines(call, analyst, &file, &w, err);
	say_whole(call, analyst, &file, &w);
	return true;
}

static bool analyze(struct call *call, struct err *err)
{
	struct import_source *source;
	if (!import_source_open(call->arguments[0], &source, err))
		return false;
	struct word_reader *reader = word_reader_open();
	bool ok = analyze_source(call, source, reader, err);
	word_reader_close(reader);
	import_source_close(source);
	return ok;
}

static const struct option options[] = {
	{ "text", "COLUMN",
	  "Which column holds the comments, by header or number; else the likeliest." },
	{ "score", "COLUMN", "Which holds scores of 0 to 10 or ratings of 1 to 5, halves too." },
	{ "scale", "0-10|1-5", "What the scores are, when the file does not make it sure." },
	{ "question", "COLUMN", "Which holds the question that the comment answers." },
	{ "no-header", NULL, "The first row is a comment, too; else that is told from it." },
	{ "lang", "CODE", "The language of all comments; else each tells its own." },
	{ "transcript", NULL,
	  "The comments are calls or chats, of which the customer's turns count alone. Else that "
	  "is "
	  "told from each, where it is plain." },
	{ "customer", "LABEL,...",
	  "With --transcript: how the customer's turns begin, as in Customer,Caller." },
	{ "no-transcript", NULL, "None of the comments is a call or chat." },
	{ "learn", NULL,
	  "Learn from the file's own scores first; no row is judged by what saw it." },
	{ "json-lines", NULL, "For programs: a line of JSON for each row." },
	{ "json", NULL, "For programs: the summary as JSON." },
	{ "taxonomy", "FILE", "Themes of your own instead of those that come with Heed." },
	{ "discover", "N", "Up to N groups of comments that no theme covers." },
};

const struct command cmd_analyze = {
	.name = "analyze",
	.summary = "Say what the comments of a file are about, and how they sound",
	.usage = "FILE.csv [--text COLUMN] [--score COLUMN] [--learn] [--json-lines]",
	.details = "Nothing leaves this machine, and no database is needed. Sentiment is negative, "
		   "neutral, positive or "
		   "mixed, with a score of -1 to 1; \"blind\" is the same without what scores and "
		   "other answers "
		   "taught. Spans are bytes of the comment. docs/analyze.md says what each member "
		   "of a line means.",
	COMMAND_OPTIONS(options),
	.settings = SETTINGS_NONE,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = analyze,
};
