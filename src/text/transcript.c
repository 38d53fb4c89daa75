/* text/transcript.c - labels are found in one way through the text; then it is decided who is who, and what is left out. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/transcript.h"

#include <string.h>

#include "base/fold.h"
#include "text/runs.h"

#define LABEL_BYTES   TRANSCRIPT_LABEL_MAX
#define LABEL_WORDS   5
#define TIME_BYTES    40
#define DETECT_TURNS  3 /* at the beginning of lines */
#define DETECT_INLINE 4 /* in the midst of them */
#define NAMES_MAX     16

enum side { SIDE_NONE, SIDE_AGENT, SIDE_CUSTOMER, SIDE_NAMED };

struct turn {
	size_t label, from; /* where its label begins, and its words */
	enum side side;
	bool at_line;
	Str name; /* as it was written */
};

struct turns {
	Str text;
	const Str *customer; /* folded labels, where somebody said them */
	size_t customer_count;
	struct turn *at;
	size_t count, room;
	struct arena *arena;
};

/* --- roles -------------------------------------------------------------------------------------------- */

static const char *const agents[] = {
	"agent",
	"agents",
	"representative",
	"rep",
	"csr",
	"advisor",
	"adviser",
	"operator",
	"support",
	"supporter",
	"service",
	"helpdesk",
	"staff",
	"assistant",
	"bot",
	"chatbot",
	"system",
	"moderator",
	"host",
	"employee",
	"interviewer",
	"consultant",
	"specialist",
	"technician",
	"team",
	"mitarbeiter",
	"mitarbeiterin",
	"berater",
	"beraterin",
	"kundenservice",
	"kundendienst",
	"kundenberater",
	"kundenberaterin",
	"hotline",
	"assistent",
	"conseiller",
	"conseillère",
	"conseillere",
	"téléconseiller",
	"opérateur",
	"agente",
	"asesor",
	"asesora",
	"operador",
	"operadora",
	"soporte",
	"asistente",
	"operatore",
	"operatrice",
	"assistenza",
	"consulente",
	"atendente",
	"suporte",
	"assistente",
	"consultor",
	"consultora",
	"medewerker",
	"adviseur",
	"klantenservice",
	"agentin",
};
static const char *const customers[] = {
	"customer",   "client",      "caller",     "visitor",     "guest",   "consumer", "user",
	"member",     "patient",     "buyer",      "shopper",     "kunde",   "kundin",   "anrufer",
	"anruferin",  "besucher",    "besucherin", "gast",        "nutzer",  "nutzerin", "cliente",
	"clienta",    "visiteur",    "visitante",  "utilisateur", "usuario", "usuaria",  "usuário",
	"usuária",    "utente",      "visitatore", "chiamante",   "klant",   "bezoeker", "beller",
	"consumidor", "consumidora", "respondent", "interviewee",
};
/* Behind "customer" they make an agent of it: "customer service". */
static const char *const serving[] = { "care", "success", "relations", "experience" };

static bool is_in(Str text, const Str *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(text, all[i]))
			return true;
	return false;
}

static bool is_one_of(Str word, const char *const *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(word, str_of(all[i])))
			return true;
	return false;
}
#define IS_ONE_OF(word, all) is_one_of((word), (all), sizeof(all) / sizeof(all)[0])

/* "Agent", "Anna (Support)", "Customer 2", "customer service": by the words of a label. SIDE_NAMED where none is a role. */
static enum side side_by_words(struct arena *a, Str label)
{
	size_t position = 0, from, to, words = 0;
	bool agent = false, customer = false;
	while (run_next(label, &position, run_is_word, &from, &to)) {
		Str word = fold_text(a, str_slice(label, from, to - from));
		words++;
		agent = agent || IS_ONE_OF(word, agents) || (customer && IS_ONE_OF(word, serving));
		customer = customer || IS_ONE_OF(word, customers);
	}
	if (words == 0 || words > LABEL_WORDS)
		return SIDE_NONE;
	return agent ? SIDE_AGENT : customer ? SIDE_CUSTOMER : SIDE_NAMED;
}

/* Where somebody said who the customer is, a role is that of another. */
static enum side side_of(const struct turns *t, Str label)
{
	enum side side = side_by_words(t->arena, label);
	if (t->customer_count == 0)
		return side;
	Str folded = fold_text(t->arena, str_trim(label));
	if (is_in(folded, t->customer, t->customer_count))
		return SIDE_CUSTOMER;
	return side == SIDE_CUSTOMER ? SIDE_AGENT : side;
}

/* --- labels ------------------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t skip(Str text, size_t at, const char *signs)
{
	while (at < text.len && text.at[at] && strchr(signs, text.at[at]))
		at++;
	return at;
}

/* "[10:03]", "(00:01:12)", "2024-03-12 10:03 - ", "12.03.24, 10:03 AM | ": where it ends, or where it began where there is none.
 * There is a colon between digits in it. */
static size_t skip_time(Str text, size_t from)
{
	size_t at = skip(text, from, "[("), end = at, digits = 0;
	bool clock = false;
	while (end < text.len && end - from < TIME_BYTES) {
		char c = text.at[end];
		bool letter = (c == 'A' || c == 'P' || c == 'a' || c == 'p') &&
		              end + 1 < text.len && (text.at[end + 1] | 0x20) == 'm';
		if (letter && clock) {
			end += 2;
			continue;
		}
		if (c == ':' && end > at && is_digit(text.at[end - 1]) && end + 1 < text.len &&
		    is_digit(text.at[end + 1]))
			clock = true;
		else if (!is_digit(c) && (c == '\0' || !strchr(" .,/-TZ\t", c)))
			break;
		digits += is_digit(c);
		end++;
	}
	if (!clock || digits < 3)
		return from;
	return skip(text, end, ")] \t-|\r");
}

static size_t line_end(Str text, size_t from)
{
	size_t end = str_find_char(text, '\n', from);
	return end == SIZE_MAX ? text.len : end;
}

static void add(struct turns *t, const struct turn *turn)
{
	if (t->count == t->room) {
		size_t room = t->room ? 2 * t->room : 32;
		struct turn *more = ARENA_ARRAY(t->arena, struct turn, room);
		if (t->count)
			memcpy(more, t->at, t->count * sizeof *more);
		t->at = more;
		t->room = room;
	}
	t->at[t->count++] = *turn;
}

/* A time inside a label goes: "Agent (10:03)". */
static Str without_time(Str label)
{
	size_t open = str_find_char(label, '(', 0);
	if (open != SIZE_MAX && skip_time(label, open) > open + 2)
		return str_slice(label, 0, open);
	return label;
}

static bool ends_label(char c)
{
	return c == ':' || c == '>' || c == '|';
}

/* "<v Customer>Hello", "<Customer> Hello" */
static bool tagged_label(struct turns *t, size_t line, size_t at, size_t end)
{
	size_t close = str_find_char(str_slice(t->text, 0, end), '>', at);
	if (t->text.at[at] != '<' || close == SIZE_MAX || close - at > LABEL_BYTES)
		return false;
	Str label = str_slice(t->text, at + 1, close - at - 1);
	if (str_starts(label, STR("v ")))
		label = str_from(label, 2);
	enum side side = side_of(t, label);
	if (side == SIDE_NONE)
		return false;
	add(t, &(struct turn){ line, close + 1, side, true, str_trim(label) });
	return true;
}

static bool plain_label(struct turns *t, size_t line, size_t at, size_t end)
{
	size_t stop = at;
	int open = 0;
	while (stop < end && stop - at < LABEL_BYTES &&
	       (open > 0 || !ends_label(t->text.at[stop]))) {
		char c = t->text.at[stop];
		if (c == '.' || c == '!' || c == '?' || c == ';' || (c == ',' && open == 0))
			return false;
		open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
		stop++;
	}
	if (stop >= end || stop == at || !ends_label(t->text.at[stop]))
		return false;
	Str label = without_time(str_slice(t->text, at, stop - at));
	enum side side = side_of(t, label);
	if (side == SIDE_NONE)
		return false;
	add(t,
	    &(struct turn){ line, skip(t->text, stop + 1, "*_ \t"), side, true, str_trim(label) });
	return true;
}

/* A line that is a time alone, or the number of a cue, belongs to nobody. */
static bool is_between(Str line)
{
	bool digits = false;
	for (size_t i = 0; i < line.len; i++) {
		if (!is_digit(line.at[i]) &&
		    (line.at[i] == '\0' || !strchr(" :.,->\t\r[]", line.at[i])))
			return false;
		digits = digits || is_digit(line.at[i]);
	}
	return digits;
}

static bool begins_word(Str text, size_t at)
{
	uint32_t cp;
	size_t back = at;
	while (back > 0 && ((unsigned char)text.at[back - 1] & 0xC0) == 0x80)
		back--;
	if (back == 0)
		return true;
	run_char(text, back - 1, &cp);
	return !run_is_word(cp) && cp != '-' && cp != '\'';
}

/* Somebody without a role, whom a line began with before; the first of them are enough to know. */
static bool has_spoken(const struct turns *t, Str name)
{
	for (size_t i = 0; i < t->count && i < NAMES_MAX; i++)
		if (t->at[i].side == SIDE_NAMED && str_eq(t->at[i].name, name))
			return true;
	return false;
}

/* A role says it, or who was said to be the customer; then those who spoke before are the others. */
static bool may_be_within(const struct turns *t, Str label, enum side side)
{
	return side == SIDE_AGENT || side == SIDE_CUSTOMER ||
	       (side == SIDE_NAMED && t->customer_count > 0 && has_spoken(t, str_trim(label)));
}

/* Where a label that ends with the colon at `colon` begins, in the midst of a line: the word before it, or two. SIZE_MAX: none. */
static size_t inline_label(struct turns *t, size_t least, size_t colon, enum side *side)
{
	size_t best = SIZE_MAX;
	unsigned words = 0;
	for (size_t at = colon; at > least && colon - at < LABEL_BYTES && words < 2; at--) {
		char c = t->text.at[at - 1];
		if (c == ':' || c == '.' || c == '?' || c == '!' || c == ',')
			break;
		if (is_blank(c) || !begins_word(t->text, at - 1))
			continue;
		words++;
		Str label = str_slice(t->text, at - 1, colon - at + 1);
		enum side found = side_of(t, label);
		if (may_be_within(t, label, found)) {
			best = at - 1;
			*side = found;
		}
	}
	return best;
}

/* Labels behind the one that the line began with: "Hello. Customer: hi. Agent: ..." */
static void look_within(struct turns *t, size_t from, size_t end)
{
	size_t least = from;
	Str upto = str_slice(t->text, 0, end);
	for (size_t colon = from; (colon = str_find_char(upto, ':', colon)) != SIZE_MAX; colon++) {
		enum side side = SIDE_NONE;
		bool spaced = colon + 1 >= end || is_blank(t->text.at[colon + 1]);
		size_t label = spaced ? inline_label(t, least, colon, &side) : SIZE_MAX;
		if (label == SIZE_MAX)
			continue;
		add(t, &(struct turn){ label, colon + 1, side, false,
		                       str_trim(str_slice(t->text, label, colon - label)) });
		least = colon + 1;
	}
}

static void look_at_line(struct turns *t, size_t line, size_t end)
{
	size_t at = skip(t->text, line, " \t*_#->");
	size_t before = t->count;
	if (is_between(str_slice(t->text, line, end - line))) {
		add(t, &(struct turn){ line, end, SIDE_NONE, true, { 0 } });
		return;
	}
	at = skip(t->text, skip_time(t->text, at), " \t*_#-");
	if (at < end && !tagged_label(t, line, at, end))
		plain_label(t, line, at, end);
	look_within(t, t->count > before ? t->at[t->count - 1].from : line, end);
}

static void look(struct turns *t)
{
	for (size_t line = 0; line < t->text.len;) {
		size_t end = line_end(t->text, line);
		look_at_line(t, line, end);
		line = end + 1;
	}
}

/* --- who is who --------------------------------------------------------------------------------------- */

struct names {
	Str at[NAMES_MAX];
	size_t times[NAMES_MAX], count;
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
		if (at == NAMES_MAX)
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
	return is_blank(c) || c == '\n';
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
		if (is_in(fold, folded, count))
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
	struct turns t = { .text = text, .arena = a, .customer = customer };
	*out = (struct transcript){ .text = text, .said = text };
	bool no_label = str_find_char(text, ':', 0) == SIZE_MAX &&
	                str_find_char(text, '>', 0) == SIZE_MAX &&
	                str_find_char(text, '|', 0) == SIZE_MAX;
	if (told->wish == TRANSCRIPT_NO || no_label)
		return;
	if (told->wish == TRANSCRIPT_YES)
		t.customer_count = fold_labels(a, told->customer, customer);
	look(&t);
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
	look(&t);
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
