/* text/personal_data.c - each finder marks bytes with a kind; where two mark one, the surer kind stays. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/personal_data.h"

#include <string.h>

#include "text/runs.h"

#define NUMBER_DIGITS  5
#define PHONE_DIGITS   7
#define ACCOUNT_DIGITS 6
#define CARD_DIGITS    13
#define BETWEEN_MAX    3 /* signs between two digits of one number */
#define DIGITS_KEPT    24
#define WORDS_BEFORE   32 /* bytes before a number in which a word may say what it is */

struct marks {
	Str text;
	uint8_t *at; /* by byte: 1 + enum personal_kind, 0: nothing */
};

static void mark(struct marks *m, size_t from, size_t to, enum personal_kind kind)
{
	for (size_t i = from; i < to; i++)
		if (m->at[i] < 1 + kind)
			m->at[i] = (uint8_t)(1 + kind);
}

static bool is_in(uint32_t cp, uint32_t first, uint32_t last)
{
	return cp >= first && cp <= last;
}

/* Addresses */

static bool is_label(char c)
{
	return is_in((unsigned char)c | 0x20, 'a', 'z') || is_in((unsigned char)c, '0', '9') ||
	       c == '-' || (unsigned char)c >= 0x80;
}

static bool is_known_end(Str end)
{
	static const char *const ends[] = { "com",  "net",    "org",  "info",   "biz", "app", "dev",
		                            "shop", "online", "xyz",  "site",   "edu", "gov", "de",
		                            "ch",   "co",     "uk",   "fr",     "es",  "nl",  "eu",
		                            "pl",   "pt",     "br",   "jp",     "cn",  "ru",  "ca",
		                            "au",   "tr",     "dk",   "fi",     "cz",  "ai",  "tv",
		                            "io",   "se",     "kr",   "ua",     "mx",  "рф",  "me",
		                            "link", "page",   "blog", "example" };
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_eq_ignoring_ascii_case(end, str_of(ends[i])))
			return true;
	return false;
}

static bool has_sign(Str run)
{
	return str_find(run, STR("://")) != SIZE_MAX || str_find_char(run, '@', 0) != SIZE_MAX ||
	       str_find(run, STR("＠")) != SIZE_MAX ||
	       (run.len > 4 && str_eq_ignoring_ascii_case(str_slice(run, 0, 4), STR("www.")));
}

static bool has_between(Str s, char first, char last)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] >= first && s.at[i] <= last)
			return true;
	return false;
}

/* "shop.de", "SHOP.DE"; but "good.App" is the end of a sentence with no space behind it. */
static bool is_written_as_end(Str end, Str run)
{
	return has_sign(run) || !has_between(end, 'A', 'Z') || !has_between(run, 'a', 'z');
}

/* "shop.example.com", "example.de/order?id=7" as a part of a run without spaces. */
static bool has_domain(Str run)
{
	for (size_t dot = str_find_char(run, '.', 1); dot != SIZE_MAX;
	     dot = str_find_char(run, '.', dot + 1)) {
		size_t end = dot + 1;
		while (end < run.len && is_label(run.at[end]))
			end++;
		bool path = end < run.len && (run.at[end] == '/' || run.at[end] == ':');
		Str last = str_slice(run, dot + 1, end - dot - 1);
		if (is_label(run.at[dot - 1]) && end - dot > 2 &&
		    (path || (is_known_end(last) && is_written_as_end(last, run))))
			return true;
	}
	return false;
}

/* Quotation marks and brackets around it stay. */
static void trim(Str s, size_t *from, size_t *to)
{
	uint32_t cp;
	while (*from < *to) {
		size_t after = run_char(s, *from, &cp);
		if (run_is_word(cp) || cp == '@' || cp == 0xFF20)
			break;
		*from = after;
	}
	while (*to > *from && strchr(".,;:!?)]}>\"'", s.at[*to - 1]))
		(*to)--;
}

/* "anna (at) example", "anna [at] example": the words on both sides. */
static bool is_spelled_at(Str run)
{
	static const char *const spelled[] = { "(at)", "[at]", "{at}", "<at>", "(ät)", "(a)" };
	for (size_t i = 0; i < sizeof spelled / sizeof spelled[0]; i++)
		if (str_eq_ignoring_ascii_case(run, str_of(spelled[i])))
			return true;
	return false;
}

static enum personal_kind kind_of(Str run)
{
	size_t at = str_find_char(run, '@', 0);
	bool wide = str_find(run, STR("＠")) != SIZE_MAX;
	if (str_find(run, STR("://")) != SIZE_MAX || (at == SIZE_MAX && !wide))
		return PERSONAL_PAGE;
	return at == 0 || (!wide && !has_domain(str_from(run, at))) ? PERSONAL_HANDLE
	                                                            : PERSONAL_EMAIL;
}

static void find_addresses(struct marks *m)
{
	size_t position = 0, from, to, before = 0, from_at = 0, name = 0;
	bool spelled = false;
	while (run_next(m->text, &position, run_is_no_space, &from, &to)) {
		Str run = str_slice(m->text, from, to - from);
		bool at = is_spelled_at(run), hidden = spelled || has_sign(run) || has_domain(run);
		bool inside = str_find(run, STR("(at)")) != SIZE_MAX ||
		              str_find(run, STR("[at]")) != SIZE_MAX;
		if (at) {
			mark(m, from_at, before, PERSONAL_EMAIL);
			name = from_at;
		}
		bool was_spelled = spelled;
		before = to;
		from_at = from;
		spelled = at;
		if (at || (!hidden && !inside))
			continue;
		trim(m->text, &from, &to);
		run = str_slice(m->text, from, to - from);
		/* Of "://(x)" nothing is left that is an address. */
		if (to - from < 2 || !(inside || was_spelled || has_sign(run) || has_domain(run)))
			continue;
		bool mail = inside || was_spelled;
		/* What is spelled is one address, with what stands for its sign. */
		mark(m, was_spelled && name < from ? name : from, to,
		     mail ? PERSONAL_EMAIL : kind_of(run));
	}
}

/* Numbers */

static bool is_between_digits(uint32_t cp)
{
	return run_is_space(cp) || run_is_invisible(cp) || is_in(cp, 0x2010, 0x2015) ||
	       is_in(cp, 0xFF08, 0xFF0F) || (cp < 0x80 && strchr("+-./()", (char)cp) != NULL);
}

struct number {
	char digits[DIGITS_KEPT]; /* 0..9, the first of them */
	size_t count, from, to;
};

/* The value of a digit in a script whose zero stands at a multiple of 16, or at 6 behind one. */
static char digit_of(uint32_t cp)
{
	bool at_six = is_in(cp, 0x966, 0x96F) || is_in(cp, 0x9E6, 0x9EF);
	return (char)((at_six ? cp - 6 : cp) % 16);
}

/* H. P. Luhn's check digit, which cards carry. */
static bool luhn_holds(const struct number *n)
{
	int sum = 0;
	for (size_t i = 0; i < n->count; i++) {
		int digit = n->digits[n->count - 1 - i] * (i % 2 ? 2 : 1);
		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 == 0;
}

static bool is_card(const struct number *n)
{
	return n->count >= CARD_DIGITS && n->count <= 19 && is_in((uint32_t)n->digits[0], 2, 6) &&
	       luhn_holds(n);
}

/* A word that says what a number behind it is. */
struct telling {
	const char *word;
	enum {
		BEGINS,
		WITHIN,
		WHOLE
	} how; /* words with it at their beginning or anywhere; it alone */
};

static bool is_word_at(Str text, size_t at)
{
	uint32_t cp;
	if (at >= text.len)
		return false;
	run_char(text, at, &cp);
	return run_is_word(cp);
}

static bool is_word_before(Str text, size_t at)
{
	size_t back = at;
	while (back > 0 && ((unsigned char)text.at[--back] & 0xC0) == 0x80)
		;
	return back < at && is_word_at(text, back);
}

static bool says(Str text, const struct telling *t, size_t at, size_t len)
{
	return (t->how == WITHIN || !is_word_before(text, at)) &&
	       (t->how != WHOLE || !is_word_at(text, at + len));
}

static bool says_before(const struct marks *m, size_t from, const struct telling *all, size_t count)
{
	size_t begin = from > WORDS_BEFORE ? from - WORDS_BEFORE : 0;
	for (size_t i = 0; i < count; i++) {
		Str word = str_of(all[i].word);
		for (size_t at = begin; at + word.len <= from; at++)
			if (str_eq_ignoring_ascii_case(str_slice(m->text, at, word.len), word) &&
			    says(m->text, &all[i], at, word.len))
				return true;
	}
	return false;
}

static enum personal_kind kind_of_number(const struct marks *m, const struct number *n)
{
	/* Compounds end with some: "Mobiltelefon", "Rückruf", "Girokonto"; others are in "hotel" and "slightly". */
	static const struct telling phone[] = {
		{ "tel", WHOLE },        { "telef", WITHIN },    { "tél", BEGINS },
		{ "phone", WITHIN },     { "call", BEGINS },     { "mobil", BEGINS },
		{ "móvil", BEGINS },     { "cell", BEGINS },     { "celular", BEGINS },
		{ "handy", BEGINS },     { "whatsapp", BEGINS }, { "sms", BEGINS },
		{ "ruf", BEGINS },       { "anruf", WITHIN },    { "rückruf", BEGINS },
		{ "zurückruf", BEGINS }, { "portable", BEGINS }, { "llam", BEGINS },
		{ "llám", BEGINS },      { "chiam", BEGINS },    { "richiam", BEGINS },
		{ "liga", BEGINS },      { "ligu", BEGINS },     { "bel", WHOLE },
		{ "fax", WITHIN },
	};
	/* "conta" begins "contact", too. */
	static const struct telling account[] = {
		{ "account", WITHIN }, { "acct", BEGINS },   { "konto", WITHIN },
		{ "kto", BEGINS },     { "compte", BEGINS }, { "cuenta", BEGINS },
		{ "conto", WHOLE },    { "conta", WHOLE },   { "rekening", WITHIN },
		{ "iban", BEGINS },    { "bank", BEGINS },
	};
	bool abroad = n->from > 0 && m->text.at[n->from - 1] == '+';
	bool dialled = n->digits[0] == 0 && n->count >= PHONE_DIGITS && n->count <= 15;
	if (is_card(n))
		return PERSONAL_CARD;
	if (n->count >= ACCOUNT_DIGITS &&
	    says_before(m, n->from, account, sizeof account / sizeof account[0]))
		return PERSONAL_ACCOUNT;
	if (n->count >= PHONE_DIGITS && n->count <= 15 &&
	    (abroad || dialled || says_before(m, n->from, phone, sizeof phone / sizeof phone[0])))
		return PERSONAL_PHONE;
	return PERSONAL_NUMBER;
}

static void end_number(struct marks *m, struct number *n)
{
	if (n->count >= NUMBER_DIGITS)
		mark(m, n->from, n->to, kind_of_number(m, n));
	n->count = 0;
}

/* Digits with signs between them, a few of them, as in "+49 (0) 30 123". */
static void find_numbers(struct marks *m)
{
	struct number n = { .count = 0 };
	int between = 0;
	uint32_t cp;
	for (size_t at = 0, after; at < m->text.len; at = after) {
		after = run_char(m->text, at, &cp);
		if (run_is_digit(cp)) {
			n.from = n.count ? n.from : at;
			n.to = after;
			if (n.count < DIGITS_KEPT)
				n.digits[n.count] = digit_of(cp);
			n.count++;
			between = 0;
		} else if (n.count == 0 || !is_between_digits(cp) ||
		           (!run_is_invisible(cp) && ++between > BETWEEN_MAX)) {
			end_number(m, &n);
			between = 0;
		}
	}
	end_number(m, &n);
}

static bool is_code(uint32_t cp)
{
	return run_is_word(cp) || cp == '-' || run_is_invisible(cp);
}

/* "HX-20931". */
static void find_codes(struct marks *m)
{
	size_t position = 0, from, to;
	uint32_t cp;
	while (run_next(m->text, &position, is_code, &from, &to)) {
		size_t digits = 0, others = 0;
		bool unspaced = false;
		for (size_t at = from; at < to;) {
			at = run_char(m->text, at, &cp);
			digits += run_is_digit(cp);
			others += !run_is_digit(cp) && run_is_word(cp);
			unspaced = unspaced || run_is_unspaced(cp);
		}
		if (digits >= NUMBER_DIGITS && others > 0 && !unspaced)
			mark(m, from, to, PERSONAL_CODE);
	}
}

/* IBANs: ISO 13616, checked as ISO 7064 mod 97-10. */

static size_t iban_length(const char country[static 2])
{
	static const struct {
		char country[3];
		uint8_t len;
	} all[] = {
		{ "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 }, { "BA", 20 },
		{ "BE", 16 }, { "BG", 22 }, { "BH", 22 }, { "BR", 29 }, { "BY", 28 }, { "CH", 21 },
		{ "CR", 22 }, { "CY", 28 }, { "CZ", 24 }, { "DE", 22 }, { "DK", 18 }, { "DO", 28 },
		{ "EE", 20 }, { "EG", 29 }, { "ES", 24 }, { "FI", 18 }, { "FO", 18 }, { "FR", 27 },
		{ "GB", 22 }, { "GE", 22 }, { "GI", 23 }, { "GL", 18 }, { "GR", 27 }, { "GT", 28 },
		{ "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IL", 23 }, { "IQ", 23 }, { "IS", 26 },
		{ "IT", 27 }, { "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LI", 21 },
		{ "LT", 20 }, { "LU", 20 }, { "LV", 21 }, { "MC", 27 }, { "MD", 24 }, { "ME", 22 },
		{ "MK", 19 }, { "MT", 31 }, { "MU", 30 }, { "NL", 18 }, { "NO", 15 }, { "PK", 24 },
		{ "PL", 28 }, { "PT", 25 }, { "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "SA", 24 },
		{ "SE", 24 }, { "SI", 19 }, { "SK", 24 }, { "SM", 27 }, { "TN", 24 }, { "TR", 26 },
		{ "UA", 29 }, { "VA", 22 }, { "VG", 24 }, { "XK", 20 },
	};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (memcmp(all[i].country, country, 2) == 0)
			return all[i].len;
	return 0;
}

static bool iban_holds(const char *iban, size_t len)
{
	int rest = 0;
	for (size_t i = 0; i < len; i++) {
		char c = iban[(i + 4) % len]; /* the country and the check digits come last */
		int value = c >= 'A' ? c - 'A' + 10 : c - '0';
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest == 1;
}

#define IBAN_MAX 34

static bool is_ascii_letter(char c)
{
	return is_in((unsigned char)c | 0x20, 'a', 'z');
}

static bool is_ascii_digit(char c)
{
	return is_in((unsigned char)c, '0', '9');
}

/* Length in the text of an IBAN that begins there, in groups or not; 0: none does. */
static size_t iban_at(Str text, size_t from)
{
	char iban[IBAN_MAX];
	size_t len = 0, want = 0, at = from;
	for (; at < text.len && (want == 0 || len < want); at++) {
		char c = text.at[at];
		bool group = (c == ' ' || c == '-') && len >= 4 && at > 0 && text.at[at - 1] != c;
		if (group)
			continue;
		if (!is_ascii_letter(c) && !is_ascii_digit(c))
			return 0;
		if ((len < 2) != is_ascii_letter(c) && len < 4)
			return 0;
		iban[len++] = is_ascii_digit(c) ? c : (char)(c & ~0x20);
		if (len == 2 && (want = iban_length(iban)) == 0)
			return 0;
	}
	bool ends =
	    at >= text.len || (!is_ascii_letter(text.at[at]) && !is_ascii_digit(text.at[at]));
	return want > 0 && len == want && ends && iban_holds(iban, len) ? at - from : 0;
}

static void find_ibans(struct marks *m)
{
	for (size_t at = 0; at + 4 < m->text.len; at++) {
		const char *c = m->text.at + at;
		bool begins = is_ascii_letter(c[0]) && is_ascii_letter(c[1]) &&
		              is_ascii_digit(c[2]) &&
		              (at == 0 || (!is_ascii_letter(c[-1]) && !is_ascii_digit(c[-1])));
		size_t len = begins ? iban_at(m->text, at) : 0;
		if (len == 0)
			continue;
		mark(m, at, at + len, PERSONAL_IBAN);
		at += len - 1;
	}
}

Str personal_kind_name(enum personal_kind kind)
{
#define PERSONAL_NAME(k, name) [k] = name,
	static const char *const names[] = { PERSONAL_KINDS(PERSONAL_NAME) };
#undef PERSONAL_NAME
	return str_of(names[kind]);
}

/* Whatever there is begins with one of these: most comments are done with that. */
static bool may_have_any(Str text)
{
	bool any = false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		any |= is_in(c, '0', '9') || c == '@' || c == '.' || c == '(' || c == '[' ||
		       c == '{' || c == '<' || c == 0xD9 || c == 0xDB || c == 0xE0 || c == 0xEF;
	}
	return any;
}

size_t personal_data_find(struct arena *a, Str text, struct personal_data **out)
{
	struct marks m = { .text = text };
	size_t count = 0;
	*out = NULL;
	if (!may_have_any(text))
		return 0;
	m.at = ARENA_ARRAY(a, uint8_t, text.len + 1);
	find_numbers(&m);
	find_codes(&m);
	find_addresses(&m);
	find_ibans(&m);
	for (size_t i = 0; i < text.len; i++)
		count += m.at[i] && (i == 0 || m.at[i - 1] != m.at[i]);
	if (count == 0)
		return 0;
	struct personal_data *found = ARENA_ARRAY(a, struct personal_data, count);
	count = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (m.at[i] && (i == 0 || m.at[i - 1] != m.at[i]))
			found[count++] =
			    (struct personal_data){ (enum personal_kind)(m.at[i] - 1), i, 0 };
		if (m.at[i])
			found[count - 1].len++;
	}
	for (size_t i = 0; i < count; i++) /* what a surer kind has cut is no whole card */
		if (found[i].kind == PERSONAL_CARD && found[i].len < CARD_DIGITS)
			found[i].kind = PERSONAL_NUMBER;
	*out = found;
	return count;
}
