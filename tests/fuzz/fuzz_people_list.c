/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever table of people is sent: each row is somebody or says why not; and a claim of who answers that nobody signed never
 * holds. */
#include "survey/people_list.h"

#include "base/csv.h"
#include "base/die.h"
#include "survey/identity_secret.h"
#include "survey/share.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_rows(struct arena *a, struct csv_reader *reader)
{
	static const Str none[PEOPLE_LIST_FIELD_COUNT];
	struct definition d;
	struct people_list_columns columns;
	struct person_ref who;
	struct csv_row row;
	struct err err;
	Str properties;
	MUST(definition_parse(a, STR("{\"properties\":[\"plan\"]}"), &d, &err));
	if (csv_read_next(reader, &row, &err) != CSV_ROW ||
	    !people_list_columns_find(a, row.cells, row.count, none, &d, &columns, &err))
		return;
	MUST(columns.passed <= columns.count && columns.property_count <= 1);
	enum csv_result result;
	while ((result = csv_read_next(reader, &row, &err)) != CSV_END && result != CSV_MORE)
		if (result == CSV_ROW &&
		    people_list_row(a, &columns, row.cells, row.count, &who, &properties, &err))
			MUST(person_ref_is_given(&who) && properties.len >= 2);
}

static void try_claim(Str text)
{
	static const struct identity_secret secrets[2] = { { .number = 1 }, { .number = 0 } };
	struct identity_claim claim;
	const char *why;
	if (!str_cut(&text, ',', &claim.person) || !str_cut(&text, ',', &claim.expires))
		return;
	claim.signature = text;
	MUST(!identity_claim_holds(secrets, &claim, CLOCK_DAY, &why) && why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct csv_dialect dialect = { .delimiter = ',' };
	struct csv_reader reader;
	Str text = { (const char *)data, size };
	csv_read_start(&reader, &dialect);
	csv_read_feed(&reader, text);
	csv_read_end(&reader);
	try_rows(&a, &reader);
	csv_read_free(&reader);
	try_claim(text);
	MUST(!share_label_is(text) || text.len <= SHARE_LABEL_MAX);
	arena_free(&a);
	return 0;
}
