/* text/transcript.c - once turns are found it is decided who is who, and what is left out. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/transcript.h"

#include <string.h>

#include "base/fold.h"
#include "text/transcript_turns.h"

#define DETECT_TURNS  3 /* at the beginning of lines */
#define DETECT_INLINE 4 /* in the midst of them */

/* --- who is who --------------------------------------------------------------------------------------- */

struct names {
	Str at[TRANSCRIPT_NAMES_MAX];
	size_t times[TRANSCRIPT_NAMES_MAX], count;
};

static size_t times_named(const struct names *n, Str name)
{
	for (size_t i = 0; i < n->count; i++)
		if (str_eq(n->at[i], name))
			return n->times[i];
	return 0;
}

static void count_names(const struct turns *t, struct names *n)
{
	for (size_t i = 0; i < t->count; i++) {
		size_t at = 0;
		if (t->at[i].side != SIDE_NAMED)
			continue;
		while (at < n->count && !str_eq(n->at[at], t->at[i].name))
			at++;
		if (at == TRANSCRIPT_NAMES_MAX)
			continue;
		if (at == n->count)
			n->at[n->count++] = t->at[i].name;
		n->times[at]++;
	}
}

static size_t count_side(const struct turns *t, enum side side)
{
	size_t count = 0;
	for (size_t i = 0; i < t->count; i++)
		count += t->at[i].side == side;
	return count;
}

static bool any_comes_twice(const struct names *n)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->times[i] > 1)
			return true;
	return false;
}

/* The side that whoever has no role is on. */
static enum side side_of_names(const struct turns *t)
{
	bool agents_there = count_side(t, SIDE_AGENT) > 0;
	bool customers_there = count_side(t, SIDE_CUSTOMER) > 0;
	if (t->customer_count > 0)
		return agents_there ? SIDE_NONE : SIDE_AGENT;
	return agents_there && !customers_there   ? SIDE_CUSTOMER
	       : customers_there && !agents_there ? SIDE_AGENT
	                                          : SIDE_NONE;
}

/* Names that come once are no speakers ("PS: ..."), unless somebody says that it is a transcript and one side is otherwise missing, or
 * nobody is known. What is left of names gets a side. */
static void settle_names(struct turns *t, enum transcript_wish wish)
{
	struct names names = { 0 };
	enum side as = side_of_names(t);
	size_t kept = 0, known = count_side(t, SIDE_AGENT) + count_side(t, SIDE_CUSTOMER);
	count_names(t, &names);
	bool unknown = known == 0 && names.count > 1;
	bool missing = as != SIDE_NONE && known > 0 && !any_comes_twice(&names);
	bool once = wish == TRANSCRIPT_YES && (unknown || missing);
	for (size_t i = 0; i < t->count; i++) {
		bool named = t->at[i].side == SIDE_NAMED;
		if (named && !once && times_named(&names, t->at[i].name) < 2)
			continue;
		if (named)
			t->at[i].side = as == SIDE_NONE ? SIDE_AGENT : as;
		t->at[kept++] = t->at[i];
	}
	t->count = kept;
}

/* Turns with a role, in a row of changes of speaker. */
static size_t changes(const struct turns *t, bool at_line)
{
	enum side last = SIDE_NONE;
	size_t count = 0;
	for (size_t i = 0; i < t->count; i++) {
		enum side side = t->at[i].side;
		if ((side != SIDE_AGENT && side != SIDE_CUSTOMER) ||
		    (at_line && !t->at[i].at_line) || side == last)
			continue;
		last = side;
		count++;
	}
	return count;
}

static bool is_one(const struct turns *t, enum transcript_wish wish)
{
	size_t agents_count = count_side(t, SIDE_AGENT), others = count_side(t, SIDE_CUSTOMER);
	if (wish == TRANSCRIPT_YES)
		return agents_count + others > 0;
	return agents_count > 0 && others > 0 &&
	       (changes(t, true) >= DETECT_TURNS || changes(t, false) >= DETECT_INLINE);
}

/* --- what is left ------------------------------------------------------------------------------------- */

static void put_said(struct transcript *out, char *said, Str part)
{
	size_t room = TRANSCRIPT_SAID_MAX - out->said.len;
	size_t len = part.len + 1 < room ? part.len : room ? room - 1 : 0;
	if (len == 0)
		return;
	memcpy(said + out->said.len, part.at, len);
	said[out->said.len + len] = '\n';
	out->said = (Str){ said, out->said.len + len + 1 };
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* What a turn says, which a line that belongs to nobody may have parted. */
static void stretch(struct transcript_turn *turn, Str text, size_t from, size_t end)
{
	while (from < end && is_space(text.at[from]))
		from++;
	while (end > from && is_space(text.at[end - 1]))
		end--;
	if (from == end)
		return;
	if (turn->len == 0)
		turn->from = from;
	turn->len = end - turn->from;
}

static struct transcript_turn begin_turn(const struct turns *t, const struct turn *turn,
                                         size_t from)
{
	return (struct transcript_turn){ .label = (size_t)(turn->name.at - t->text.at),
		                         .label_len = turn->name.len,
		                         .from = from,
		                         .customer = turn->side == SIDE_CUSTOMER };
}

/* A line that belongs to nobody stands within a turn, which goes on behind it. */
static void leave_out(struct arena *a, const struct turns *t, struct transcript *out)
{
	char *left = arena_alloc(a, t->text.len + 1),
	     *said = arena_alloc(a, TRANSCRIPT_SAID_MAX + 1);
	struct transcript_turn *all = ARENA_ARRAY(a, struct transcript_turn, t->count + 1);
	memset(left, ' ', t->text.len);
	for (size_t i = 0; i < t->count; i++) {
		const struct turn *turn = &t->at[i];
		size_t end = i + 1 < t->count ? t->at[i + 1].label : t->text.len;
		size_t from = turn->from < end ? turn->from : end;
		if (turn->side != SIDE_NONE) {
			all[out->turns++] = begin_turn(t, turn, from);
			out->customer_turns += turn->side == SIDE_CUSTOMER;
		}
		if (turn->label < t->text.len)
			left[turn->label] = '\n';
		if (out->turns == 0)
			continue;
		struct transcript_turn *speaks = &all[out->turns - 1];
		stretch(speaks, t->text, from, end);
		if (!speaks->customer)
			continue;
		memcpy(left + from, t->text.at + from, end - from);
		put_said(out, said, str_slice(t->text, from, end - from));
	}
	out->turn = all;
	out->text = (Str){ left, t->text.len };
}

/* --- what somebody says ------------------------------------------------------------------------------- */

/* The next of labels that commas part; those within brackets part nothing. */
static bool label_next(Str all, size_t *position, Str *out)
{
	size_t from = *position, at = from;
	int open = 0;
	if (from > all.len || all.len == 0)
		return false;
	while (at < all.len && (open > 0 || all.at[at] != ',')) {
		char c = all.at[at++];
		open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
	}
	*out = str_trim(str_slice(all, from, at - from));
	*position = at + 1;
	return true;
}

static size_t fold_labels(struct arena *a, Str labels, Str *out)
{
	size_t position = 0, count = 0;
	Str label;
	while (count < TRANSCRIPT_LABELS_MAX && label_next(labels, &position, &label))
		if (label.len)
			out[count++] = fold_text(a, label);
	return count;
}

static bool label_check(Str label, size_t count, const char *path, struct err *err)
{
	if (label.len > TRANSCRIPT_LABEL_MAX)
		return err_at(err, ERR_INVALID, path, "has a label of more than %d bytes",
		              TRANSCRIPT_LABEL_MAX);
	for (size_t i = 0; i < label.len; i++)
		if ((unsigned char)label.at[i] < 0x20 || label.at[i] == 0x7f)
			return err_at(err, ERR_INVALID, path,
			              "has a label with a control character");
	return count < TRANSCRIPT_LABELS_MAX ||
	       err_at(err, ERR_INVALID, path, "has more than %d labels", TRANSCRIPT_LABELS_MAX);
}

bool transcript_labels_read(struct arena *a, Str typed, const char *path, Str *out, struct err *err)
{
	Str folded[TRANSCRIPT_LABELS_MAX], label, all = { 0 };
	size_t position = 0, count = 0;
	while (label_next(typed, &position, &label)) {
		if (label.len && str_ends(label, STR(":")))
			label = str_trim(str_slice(label, 0, label.len - 1));
		if (label.len == 0)
			continue;
		if (!label_check(label, count, path, err))
			return false;
		Str fold = fold_text(a, label);
		if (transcript_label_is_in(fold, folded, count))
			continue;
		folded[count++] = fold;
		all = all.len ? str_printf(a, "%.*s, %.*s", STR_FMT(all), STR_FMT(label))
		              : str_copy(a, label);
	}
	*out = all;
	return true;
}

void transcript_read(struct arena *a, Str text, const struct transcript_told *told,
                     struct transcript *out)
{
	Str customer[TRANSCRIPT_LABELS_MAX];
	struct turns t = { .text = text,
		           .arena = a,
		           .customer = customer,
		           .doubted = told->wish == TRANSCRIPT_DETECT };
	*out = (struct transcript){ .text = text, .said = text };
	bool no_label = str_find_char(text, ':', 0) == SIZE_MAX &&
	                str_find_char(text, '>', 0) == SIZE_MAX &&
	                str_find_char(text, '|', 0) == SIZE_MAX;
	if (told->wish == TRANSCRIPT_NO || no_label)
		return;
	if (told->wish == TRANSCRIPT_YES)
		t.customer_count = fold_labels(a, told->customer, customer);
	transcript_turns_find(&t);
	settle_names(&t, told->wish);
	if (!is_one(&t, told->wish))
		return;
	out->is = true;
	out->said = (Str){ "", 0 };
	leave_out(a, &t, out);
}

Str transcript_said(struct arena *a, Str text, const struct transcript_told *told)
{
	struct transcript t;
	transcript_read(a, text, told, &t);
	return t.text;
}

void transcript_labels(struct arena *a, Str text, struct transcript_label **out, size_t *count)
{
	struct turns t = { .text = text, .arena = a };
	transcript_turns_find(&t);
	*count = 0;
	*out = ARENA_ARRAY(a, struct transcript_label, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		const struct turn *turn = &t.at[i];
		if (turn->side == SIDE_NONE || !turn->at_line)
			continue;
		(*out)[(*count)++] =
		    (struct transcript_label){ turn->name,
			                       turn->side == SIDE_CUSTOMER ? SPEAKER_CUSTOMER
			                       : turn->side == SIDE_AGENT  ? SPEAKER_OTHER
			                                                   : SPEAKER_UNKNOWN };
	}
}
