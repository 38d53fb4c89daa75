/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

#include "base/utf8.h"

#define HEAD_MAX ((size_t)64 << 10)
/* Of so many bytes more than one is NUL: no text. */
#define NULS_ONE_IN 20

void csv_sniff_start(struct csv_sniffer *s)
{
	*s = (struct csv_sniffer){ 0 };
	buf_init(&s->head, HEAD_MAX);
}

/* Could `s` be the start of a longer character? */
static bool is_cut_character(Str s)
{
	unsigned char first = (unsigned char)s.at[0];
	size_t len = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
	if (first < 0xC2 || first > 0xF4 || s.len >= len)
		return false;
	for (size_t i = 1; i < s.len; i++)
		if (((unsigned char)s.at[i] & 0xC0) != 0x80)
			return false;
	return true;
}

/* Counts characters; returns how many bytes at the end wait for the next piece. */
static size_t count_characters(struct csv_sniffer *s, Str bytes)
{
	uint32_t cp;
	for (;;) {
		bytes = str_from(bytes, utf8_ascii_prefix(bytes));
		if (bytes.len == 0)
			return 0;
		size_t len = utf8_decode(bytes, &cp);
		if (len == 0 && is_cut_character(bytes))
			return bytes.len;
		if (len > 0)
			s->valid++;
		else
			s->invalid++;
		bytes = str_from(bytes, len ? len : 1);
	}
}

static void count_carried(struct csv_sniffer *s, Str *bytes)
{
	while (s->carry_len > 0 && bytes->len > 0) {
		s->carry[s->carry_len++] = bytes->at[0];
		*bytes = str_from(*bytes, 1);
		size_t waits = count_characters(s, (Str){ s->carry, s->carry_len });
		memmove(s->carry, s->carry + s->carry_len - waits, waits);
		s->carry_len = waits;
	}
}

static void feed_text(struct csv_sniffer *s, Str bytes)
{
	s->bytes += bytes.len;
	buf_add(&s->head, str_slice(bytes, 0, HEAD_MAX - s->head.len));
	count_carried(s, &bytes);
	if (bytes.len == 0)
		return;
	size_t waits = count_characters(s, bytes);
	memcpy(s->carry, bytes.at + bytes.len - waits, waits);
	s->carry_len = waits;
}

static void feed_utf16(struct csv_sniffer *s, Str bytes, bool at_end)
{
	struct buf text;
	buf_init(&text, SIZE_MAX / 4);
	utf16_feed(&s->utf16, bytes, &text);
	if (at_end)
		utf16_end(&s->utf16, &text);
	feed_text(s, buf_str(&text));
	buf_free(&text);
}

static void feed_either(struct csv_sniffer *s, Str bytes)
{
	if (s->is_utf16)
		feed_utf16(s, bytes, false);
	else if (bytes.len > 0)
		feed_text(s, bytes);
}

void csv_sniff_feed(struct csv_sniffer *s, Str bytes)
{
	if (s->start_len < sizeof s->start) {
		Str start = str_slice(bytes, 0, sizeof s->start - s->start_len);
		bool big_endian;
		for (size_t i = 0; i < start.len; i++)
			s->start[s->start_len++] = start.at[i];
		if (s->start_len < sizeof s->start)
			return;
		bytes = str_from(bytes, start.len);
		s->is_utf16 = utf16_begins((Str){ s->start, s->start_len }, &big_endian);
		utf16_start(&s->utf16, big_endian);
		feed_either(s, (Str){ s->start, s->start_len });
	}
	if (bytes.len > 0)
		feed_either(s, bytes);
}

/* What waits for more to come. */
static void feed_rest(struct csv_sniffer *s)
{
	if (s->start_len < sizeof s->start)
		feed_text(s, (Str){ s->start, s->start_len });
	else if (s->is_utf16)
		feed_utf16(s, (Str){ 0 }, true);
}

/* Fields of the record at *at, which is moved behind it. */
static size_t count_fields(Str text, size_t *at, char delimiter)
{
	size_t fields = 1;
	bool quoted = false, start = true;
	for (; *at < text.len; (*at)++) {
		char c = text.at[*at];
		if (c == '"' && (start || quoted)) {
			quoted = !quoted || (*at + 1 < text.len && text.at[*at + 1] == '"');
			*at += !start && quoted;
			start = false;
			continue;
		}
		start = c == delimiter && !quoted;
		fields += start;
		if ((c == '\n' || c == '\r') && !quoted)
			break;
	}
	*at += *at < text.len;
	return fields;
}

struct guess {
	size_t fields, alike;
};

/* How many of the first records have as many fields as the first one. */
static struct guess guess_of(Str head, bool whole, char delimiter)
{
	struct guess guess = { 0 };
	for (size_t at = 0, records = 0; at < head.len && records < 200; records++) {
		size_t start = at, fields = count_fields(head, &at, delimiter);
		if (at >= head.len && !whole && records > 0)
			break; /* cut */
		if (at - start <= 1)
			continue;
		if (guess.fields == 0)
			guess.fields = fields;
		guess.alike += fields == guess.fields;
	}
	return guess;
}

static char guess_delimiter(Str head, bool whole)
{
	static const char candidates[] = { ',', ';', '\t' };
	struct guess best = { 0 };
	char delimiter = '\0';
	for (size_t i = 0; i < sizeof candidates; i++) {
		struct guess guess = guess_of(head, whole, candidates[i]);
		if (guess.fields < 2 || guess.alike < best.alike ||
		    (guess.alike == best.alike && guess.fields <= best.fields))
			continue;
		best = guess;
		delimiter = candidates[i];
	}
	return delimiter;
}

/* The length of a first line like "sep=;" and the delimiter that it names, or 0. */
static size_t take_separator_line(Str head, char *delimiter)
{
	if (head.len < 6 || !str_eq_ignoring_ascii_case(str_slice(head, 0, 4), STR("sep=")))
		return 0;
	char c = head.at[4];
	size_t len = str_starts(str_from(head, 5), STR("\r\n")) ? 7 : 6;
	if ((c != ',' && c != ';' && c != '\t') || (head.at[5] != '\n' && head.at[5] != '\r'))
		return 0;
	*delimiter = c;
	return len;
}

/* What files begin with that are no table, and what to do about them. */
static const struct {
	Str magic;
	const char *what;
} others[] = {
#define OTHER(magic, what)                         \
	{                                          \
		{ magic, sizeof(magic) - 1 }, what \
	}
	OTHER("\xD0\xCF\x11\xE0", "an Excel workbook: open it and save it as \"CSV UTF-8\""),
	OTHER("\x89PNG", "a picture (PNG): a table as CSV is needed"),
	OTHER("\xFF\xD8\xFF", "a picture (JPEG): a table as CSV is needed"),
	OTHER("GIF8", "a picture (GIF): a table as CSV is needed"),
	OTHER("%PDF", "a PDF: export the answers as CSV instead"),
	OTHER("\x1F\x8B", "a compressed file (gzip): unpack it first"),
	OTHER("SQLite format 3", "a database: a table as CSV is needed"),
#undef OTHER
};

/* Workbooks are ZIP archives that begin with a few names of their own. */
static const char *kind_of_archive(Str head)
{
	if (str_find(head, STR("opendocument.spreadsheet")) != SIZE_MAX)
		return "a LibreOffice spreadsheet: open it and save it as CSV";
	if (str_find(head, STR("[Content_Types].xml")) != SIZE_MAX ||
	    str_find(head, STR("xl/")) != SIZE_MAX)
		return "an Excel workbook: open it and save it as \"CSV UTF-8\"";
	return "a ZIP archive: unpack it and take the CSV file inside";
}

static bool is_web_page(Str head)
{
	Str start = str_slice(str_trim(head), 0, 9);
	return str_eq_ignoring_ascii_case(start, STR("<!doctype")) ||
	       str_eq_ignoring_ascii_case(str_slice(start, 0, 5), STR("<html"));
}

/* A few NULs cost their rows; what is no text has many. */
static bool is_binary(Str head)
{
	size_t nuls = 0;
	for (size_t at = 0; (at = str_find_char(head, '\0', at)) != SIZE_MAX; at++)
		nuls++;
	return nuls * NULS_ONE_IN > head.len;
}

static bool check_text(Str head, struct err *err)
{
	const char *what = NULL;
	for (size_t i = 0; i < sizeof others / sizeof *others && !what; i++)
		if (str_starts(head, others[i].magic))
			what = others[i].what;
	if (!what && str_starts(head, STR("PK\x03\x04")))
		what = kind_of_archive(head);
	if (!what && is_web_page(head))
		what = "a web page: perhaps the tool asked to sign in; export the answers as CSV";
	if (!what && is_binary(head))
		what = "no text: a table as CSV is needed";
	return !what || err_set(err, ERR_INVALID, "This is %s", what);
}

bool csv_head_check(Str head, struct err *err)
{
	struct utf16_reader utf16;
	struct buf text;
	bool big_endian;
	if (!utf16_begins(head, &big_endian))
		return check_text(head, err);
	utf16_start(&utf16, big_endian);
	buf_init(&text, SIZE_MAX / 4);
	utf16_feed(&utf16, head, &text);
	bool ok = check_text(buf_str(&text), err);
	buf_free(&text);
	return ok;
}

bool csv_sniff_end(struct csv_sniffer *s, struct csv_dialect *out, struct err *err)
{
	feed_rest(s);
	Str head = buf_str(&s->head);
	bool ok = check_text(head, err);
	if (ok) {
		struct csv_dialect dialect = { .encoding = CSV_UTF8 };
		size_t invalid = s->invalid + s->carry_len;
		if (str_starts(head, STR("\xEF\xBB\xBF")))
			dialect.skip = 3;
		else if (invalid > 0 && s->valid <= invalid)
			dialect.encoding = CSV_WINDOWS_1252;
		if (s->is_utf16)
			dialect.encoding = s->utf16.big_endian ? CSV_UTF16_BE : CSV_UTF16_LE;
		Str data = str_from(head, dialect.skip);
		size_t separator = take_separator_line(data, &dialect.delimiter);
		dialect.skip += separator;
		if (!separator)
			dialect.delimiter = guess_delimiter(data, s->bytes == s->head.len);
		*out = dialect;
	}
	buf_free(&s->head);
	return ok;
}
