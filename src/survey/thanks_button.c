/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/thanks_button.h"

#include <string.h>

#include "survey/definition.h"

_Static_assert(THANKS_GROUPS == (int)GROUP_COUNT, "a button for each group");

#define HOST_MAX 253

/* Where people review in public, by the last labels of the host. */
static const char *const review_hosts[] = {
	"g.page",         "search.google.com", "maps.google.com",  "maps.app.goo.gl",
	"trustpilot.com", "yelp.com",          "tripadvisor.com",  "g2.com",
	"capterra.com",   "kununu.com",        "provenexpert.com", "trustedshops.com",
	"ekomi.de",       "ekomi.com",         "jameda.de",        "trustedshops.de",
	"reviews.io",     "feefo.com",         "golocal.de",       "holidaycheck.de",
};

/* Behind "https://" or "http://"; at NULL when it is neither. */
static Str behind_scheme(Str url)
{
	static const Str schemes[] = { { "https://", 8 }, { "http://", 7 } };
	for (size_t i = 0; i < 2; i++)
		if (str_eq_ignoring_ascii_case(str_slice(url, 0, schemes[i].len), schemes[i]))
			return str_from(url, schemes[i].len);
	return (Str){ 0 };
}

static Str until_any(Str text, const char *signs)
{
	size_t len = 0;
	while (len < text.len && !strchr(signs, text.at[len]))
		len++;
	return str_slice(text, 0, len);
}

/* With what may stand before it and a port behind. */
static Str place_of(Str url)
{
	return until_any(behind_scheme(url), "/?#");
}

static Str host_of(Str url)
{
	return until_any(place_of(url), ":");
}

static bool is_plain(Str url)
{
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.at[i];
		if (c <= ' ' || c == 0x7f || strchr("\"<>\\^`{|}", c))
			return false;
	}
	return true;
}

bool thanks_url_check(Str url, const char *path, struct err *err)
{
	Str host = host_of(url);
	if (!behind_scheme(url).at)
		return err_at(err, ERR_INVALID, path,
		              "must be a web address that begins with https:// or http://");
	if (!host.len || host.len > HOST_MAX || host.at[0] == '.' || host.at[0] == '-')
		return err_at(err, ERR_INVALID, path, "has no server's name behind ://");
	if (!is_plain(url))
		return err_at(err, ERR_INVALID, path,
		              "has a blank or a sign that no web address has");
	if (str_find_char(place_of(url), '@', 0) != SIZE_MAX)
		return err_at(err, ERR_INVALID, path, "must not hold a name or a password");
	return true;
}

static bool button_read(JsonRef ref, struct thanks_button *out, struct err *err)
{
	static const char *const names[] = { "text", "url", "review", NULL };
	JsonRef text = json_read_member(ref, "text"), url = json_read_member(ref, "url");
	struct thanks_button b = { 0 };
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_only(ref, names, err) ||
	    !json_read_text(text, DEFINITION_TEXT_MAX, &b.text, err) ||
	    !json_read_text(url, THANKS_URL_MAX, &b.url, err) ||
	    !json_read_bool_if_given(json_read_member(ref, "review"), &b.review, err))
		return false;
	b.text = str_trim(b.text);
	b.url = str_trim(b.url);
	if (!b.text.len)
		return err_at(err, ERR_INVALID, text.path, "must not be empty");
	if (!thanks_url_check(b.url, url.path, err))
		return false;
	*out = b;
	return true;
}

bool thanks_buttons_read(JsonRef ref, struct thanks_button out[static THANKS_GROUPS],
                         struct err *err)
{
	static const char *const names[] = { "all", "promoters", "passives", "detractors", NULL };
	struct thanks_button all = { 0 };
	if (!json_read_is_given(ref))
		return true;
	if (!json_read_only(ref, names, err) ||
	    !button_read(json_read_member(ref, "all"), &all, err))
		return false;
	if (all.text.at && json_read_count(ref) > 1)
		return err_at(err, ERR_INVALID, ref.path,
		              "holds either \"all\" or buttons for single groups");
	for (int g = 0; g < THANKS_GROUPS; g++) {
		const char *name = score_group_name((enum score_group)g);
		out[g] = all;
		if (!all.text.at && !button_read(json_read_member(ref, name), &out[g], err))
			return false;
	}
	return true;
}

static void put_button(struct json_writer *w, const char *key, const struct thanks_button *b)
{
	json_put_key(w, str_of(key));
	json_put_dict(w);
	json_put_key_text(w, "text", b->text);
	json_put_key_text(w, "url", b->url);
	json_put_key_bool(w, "review", b->review);
	json_put_dict_end(w);
}

void thanks_buttons_write(struct json_writer *w,
                          const struct thanks_button buttons[static THANKS_GROUPS])
{
	if (!buttons[0].text.at && !buttons[1].text.at && !buttons[2].text.at)
		return;
	json_put_key(w, STR("thanks_button"));
	json_put_dict(w);
	if (thanks_buttons_same(buttons))
		put_button(w, "all", &buttons[0]);
	else
		for (int g = THANKS_GROUPS - 1; g >= 0; g--)
			if (buttons[g].text.at)
				put_button(w, score_group_name((enum score_group)g), &buttons[g]);
	json_put_dict_end(w);
}

static bool same(const struct thanks_button *x, const struct thanks_button *y)
{
	return x->text.at && y->text.at && str_eq(x->text, y->text) && str_eq(x->url, y->url) &&
	       x->review == y->review;
}

bool thanks_buttons_same(const struct thanks_button buttons[static THANKS_GROUPS])
{
	return same(&buttons[0], &buttons[1]) && same(&buttons[1], &buttons[2]);
}

static bool is_under(Str host, Str name)
{
	if (host.len < name.len)
		return false;
	Str end = str_from(host, host.len - name.len);
	return str_eq_ignoring_ascii_case(end, name) &&
	       (host.len == name.len || host.at[host.len - name.len - 1] == '.');
}

bool thanks_button_reviews(const struct thanks_button *button)
{
	Str host = host_of(button->url);
	if (!button->text.at || button->review)
		return button->review;
	for (size_t i = 0; i < sizeof review_hosts / sizeof review_hosts[0]; i++)
		if (is_under(host, str_of(review_hosts[i])))
			return true;
	return false;
}

bool thanks_buttons_gate(const struct thanks_button buttons[static THANKS_GROUPS])
{
	int count = 0;
	for (int g = 0; g < THANKS_GROUPS; g++)
		count += thanks_button_reviews(&buttons[g]);
	return count > 0 && count < THANKS_GROUPS;
}
