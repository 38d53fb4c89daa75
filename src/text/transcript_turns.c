/* text/transcript_turns.c - labels are found in one way through the text; a role among the words of a label tells a side. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/transcript_turns.h"

#include <string.h>

#include "base/fold.h"
#include "text/runs.h"
#include "text/transcript.h"

#define LABEL_BYTES TRANSCRIPT_LABEL_MAX
#define LABEL_WORDS 5
#define TIME_BYTES  40
#define APOSTROPHE  0x2019 /* as it is printed */

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

bool transcript_label_is_in(Str folded, const Str *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(folded, all[i]))
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

/* Behind a role, "2" or "(Berlin)": a number or what stands in brackets, to the label's end. */
static bool is_last_word(Str label, size_t after)
{
	int open = 0;
	uint32_t cp;
	for (size_t at = after; at < label.len;) {
		char c = label.at[at];
		at = run_char(label, at, &cp);
		open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
		if (open <= 0 && run_is_word(cp) && !run_is_digit(cp))
			return false;
	}
	return true;
}

/* "Agent", "Anna (Support)", "Customer 2", "customer service": by the words of a label. SIDE_NAMED where none is a role. */
static enum side side_by_words(const struct turns *t, Str label)
{
	size_t position = 0, from, to, words = 0;
	bool agent = false, customer = false, sure = false;
	while (run_next(label, &position, run_is_word, &from, &to)) {
		Str word = fold_text(t->arena, str_slice(label, from, to - from));
		words++;
		agent = agent || IS_ONE_OF(word, agents) || (customer && IS_ONE_OF(word, serving));
		if (!IS_ONE_OF(word, customers))
			continue;
		customer = true;
		sure = sure || !t->doubted || is_last_word(label, to);
	}
	if (words == 0 || words > LABEL_WORDS)
		return SIDE_NONE;
	return agent ? SIDE_AGENT : sure ? SIDE_CUSTOMER : SIDE_NAMED;
}

/* Where somebody said who the customer is, a role is that of another. */
static enum side side_of(const struct turns *t, Str label)
{
	enum side side = side_by_words(t, label);
	if (t->customer_count == 0)
		return side;
	Str folded = fold_text(t->arena, str_trim(label));
	if (transcript_label_is_in(folded, t->customer, t->customer_count))
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

/* The character that ends before `end`, and where it begins. */
static size_t char_before(Str text, size_t end, uint32_t *cp)
{
	size_t at = end - 1;
	while (at > 0 && end - at < 4 && ((unsigned char)text.at[at] & 0xC0) == 0x80)
		at--;
	if (run_char(text, at, cp) == end)
		return at;
	*cp = ' '; /* no character, so a byte by itself */
	return end - 1;
}

static bool begins_word(Str text, size_t at)
{
	uint32_t cp;
	if (at == 0)
		return true;
	char_before(text, at, &cp);
	return !run_is_word(cp) && cp != '-' && cp != '\'' && cp != APOSTROPHE;
}

/* As sentences do, dashes, dots and quotes part what comes before from a label; those of ASCII may be in one. */
static bool parts_label(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ':' || cp == '.' || cp == '?' || cp == '!' || cp == ',';
	return !run_is_word(cp) && !run_is_space(cp) && cp != APOSTROPHE;
}

/* Somebody without a role, whom a line began with before; the first of them are enough to know. */
static bool has_spoken(const struct turns *t, Str name)
{
	for (size_t i = 0; i < t->count && i < TRANSCRIPT_NAMES_MAX; i++)
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
	for (size_t at = colon; at > least && colon - at < LABEL_BYTES && words < 2;) {
		uint32_t cp;
		at = char_before(t->text, at, &cp);
		if (at < least || parts_label(cp))
			break;
		if (run_is_space(cp) || !begins_word(t->text, at))
			continue;
		words++;
		Str label = str_slice(t->text, at, colon - at);
		enum side found = side_of(t, label);
		if (may_be_within(t, label, found)) {
			best = at;
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

void transcript_turns_find(struct turns *t)
{
	for (size_t line = 0; line < t->text.len;) {
		size_t end = line_end(t->text, line);
		look_at_line(t, line, end);
		line = end + 1;
	}
}
