/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/personal_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"

struct sample {
	const char *text, *found; /* "kind:part|kind:part" */
};

static void finds(const struct sample *all, size_t count)
{
	struct arena a = { 0 };
	for (size_t i = 0; i < count; i++) {
		struct personal_data *found;
		struct buf *said = buf_in(&a, 4096);
		Str text = str_of(all[i].text);
		size_t n = personal_data_find(&a, text, &found);
		for (size_t k = 0; k < n; k++)
			buf_printf(said, "%s%.*s:%.*s", k ? "|" : "",
			           STR_FMT(personal_kind_name(found[k].kind)),
			           STR_FMT(str_slice(text, found[k].from, found[k].len)));
		assert_string_equal(str_copy_c(&a, buf_str(said)), all[i].found);
	}
	arena_free(&a);
}
#define FINDS(samples) finds((samples), sizeof(samples) / sizeof(samples)[0])

static void tells_addresses_apart(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Write to anna.m+shop@example.co.uk, please", "email:anna.m+shop@example.co.uk" },
		{ "anna (at) example.org", "email:anna (at) example.org" },
		{ "see https://example.com/u/4?x=1.", "page:https://example.com/u/4?x=1" },
		{ "ask @anna_m or www.anna.de", "handle:@anna_m|page:www.anna.de" },
		{ "Lovely. Really.", "" },
	};
	FINDS(samples);
}

static void takes_no_missing_space_for_a_page(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Todo muy bien.Es una gran tienda", "" },
		{ "The hotel.Me and my wife, good.App (great.Co). gut.De", "" },
		{ "shop.de, SHOP.DE and Shop.de", "page:shop.de|page:SHOP.DE|page:Shop.de" },
		{ "Anna@Example.Com", "email:Anna@Example.Com" },
		{ "anna (at) Example.De", "email:anna (at) Example.De" },
		{ "www.Anna.De or Anna.De/shop", "page:www.Anna.De|page:Anna.De/shop" },
		{ "HTTPS://Anna.De", "page:HTTPS://Anna.De" },
	};
	FINDS(samples);
}

static void knows_cards_by_their_check_digit(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "My card 4111 1111 1111 1111 was charged", "card:4111 1111 1111 1111" },
		{ "5500-0000-0000-0004", "card:5500-0000-0000-0004" },
		{ "Amex 378282246310005!", "card:378282246310005" },
		{ "4111 1111 1111 1112", "number:4111 1111 1111 1112" },
	};
	FINDS(samples);
}

static void knows_ibans_by_their_checksum(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "to DE89 3704 0044 0532 0130 00 please", "iban:DE89 3704 0044 0532 0130 00" },
		{ "gb82west12345698765432", "iban:gb82west12345698765432" },
		{ "NL91 ABNA 0417 1643 00.", "iban:NL91 ABNA 0417 1643 00" },
		{ "NO9386011117947, thanks", "iban:NO9386011117947" },
		{ "DE88370400440532013000", "code:DE88370400440532013000" },
		{ "XX89370400440532013000", "code:XX89370400440532013000" },
	};
	FINDS(samples);
}

static void knows_phones_and_accounts_by_form_and_words(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "Call +49 (0)30 901820 now", "phone:49 (0)30 901820" },
		{ "0170/1234567", "phone:0170/1234567" },
		{ "my cell is 555 123 4567", "phone:555 123 4567" },
		{ "Konto 12345678", "account:12345678" },
		{ "minha conta 1234567", "account:1234567" },
		{ "Order 20931 and HX-20931", "number:20931|code:HX-20931" },
		{ "10/10, since 2025, 24/7, 1,000 times", "" },
		{ "الهاتف ٠١٢٣٤٥٦٧٨٩", "phone:٠١٢٣٤٥٦٧٨٩" },
	};
	FINDS(samples);
}

static void reads_any_bytes(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		{ "\xFF\xC3 12345\x80", "number:12345" },
		{ "", "" },
		{ "@", "" },
	};
	FINDS(samples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_addresses_apart),
		cmocka_unit_test(takes_no_missing_space_for_a_page),
		cmocka_unit_test(knows_cards_by_their_check_digit),
		cmocka_unit_test(knows_ibans_by_their_checksum),
		cmocka_unit_test(knows_phones_and_accounts_by_form_and_words),
		cmocka_unit_test(reads_any_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
