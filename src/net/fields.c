/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/head.h"

#include "base/utf8.h"

/* Two of these, and a proxy in front and we might obey different ones. */
static const char *const single_fields[] = {
	"Host",
	"Content-Length",
	"Transfer-Encoding",
	"Content-Type",
	"Authorization",
	"Origin",
	"Sec-Fetch-Site",
	"X-Heed",
	"X-Forwarded-Host",
	"Idempotency-Key",
};

static bool is_token(Str s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool alphanumeric =
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!alphanumeric &&
		    str_find_char((Str){ others, sizeof others - 1 }, c, 0) == SIZE_MAX)
			return false;
	}
	return s.len > 0;
}

static bool value_is_clean(Str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if ((c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static size_t field_count_of(const struct http_head *head, Str name)
{
	size_t count = 0;
	for (size_t i = 0; i < head->field_count; i++)
		count += str_eq_ignoring_ascii_case(head->fields[i].name, name);
	return count;
}

Str head_field(const struct http_head *head, Str name)
{
	for (size_t i = 0; i < head->field_count; i++)
		if (str_eq_ignoring_ascii_case(head->fields[i].name, name))
			return head->fields[i].value;
	return (Str){ NULL, 0 };
}

Str head_cookie(const struct http_head *head, Str name)
{
	for (size_t i = 0; i < head->field_count; i++) {
		if (!str_eq_ignoring_ascii_case(head->fields[i].name, STR("Cookie")))
			continue;
		Str rest = head->fields[i].value, pair, key;
		while (str_cut(&rest, ';', &pair)) {
			if (!str_cut(&pair, '=', &key) || !pair.at)
				continue;
			Str value = str_trim(pair);
			if (str_eq(str_trim(key), name) && utf8_is_valid(value))
				return value;
		}
	}
	return (Str){ NULL, 0 };
}

static bool fields_check(struct http_head *head, struct err *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < head->field_count; i++) {
		struct http_field field = head->fields[i];
		if (!is_token(field.name))
			return err_set(err, ERR_MALFORMED,
			               "A header's name has a character that none may have.");
		if (!value_is_clean(field.value))
			return err_set(err, ERR_MALFORMED, "A header has a control character.");
		if (utf8_is_valid(field.value) ||
		    str_eq_ignoring_ascii_case(field.name, STR("Cookie")))
			head->fields[kept++] = field;
	}
	head->field_count = kept;
	return true;
}

static bool length_parse(Str digits, uint64_t *out)
{
	uint64_t length = 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9' || length > UINT64_MAX / 10 - 1)
			return false;
		length = length * 10 + (uint64_t)(digits.at[i] - '0');
	}
	*out = length;
	return digits.len > 0;
}

static bool framing_read(const struct http_head *head, bool http11, struct framing *out,
                         struct err *err)
{
	Str coding = head_field(head, STR("Transfer-Encoding"));
	Str length = head_field(head, STR("Content-Length"));
	*out = (struct framing){ .chunked = coding.at != NULL, .has_length = length.at != NULL };
	if (coding.at && length.at)
		return err_set(err, ERR_MALFORMED,
		               "Transfer-Encoding and Content-Length exclude each other.");
	if (coding.at && (!http11 || !str_eq_ignoring_ascii_case(coding, STR("chunked"))))
		return err_set(err, ERR_MALFORMED, "The only Transfer-Encoding is chunked.");
	if (length.at && !length_parse(length, &out->length))
		return err_set(err, ERR_MALFORMED, "Content-Length is not a number.");
	return true;
}

bool head_check(struct http_head *head, bool http11, struct framing *out, struct err *err)
{
	/* Counted before anything is dropped: what we do not read, another might. */
	for (size_t i = 0; i < sizeof single_fields / sizeof *single_fields; i++)
		if (field_count_of(head, str_of(single_fields[i])) > 1)
			return err_set(err, ERR_MALFORMED, "The header %s stands twice.",
			               single_fields[i]);
	size_t framed = field_count_of(head, STR("Transfer-Encoding")) +
	                field_count_of(head, STR("Content-Length"));
	if (!fields_check(head, err))
		return false;
	if (framed != field_count_of(head, STR("Transfer-Encoding")) +
	                  field_count_of(head, STR("Content-Length")))
		return err_set(err, ERR_MALFORMED, "A header is not valid UTF-8.");
	if (http11 && !head_field(head, STR("Host")).at)
		return err_set(err, ERR_MALFORMED, "The header Host is missing.");
	return framing_read(head, http11, out, err);
}
