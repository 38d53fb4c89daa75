/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/one_part.h"

#include <inttypes.h>

#include "insight/figure_json.h"
#include "insight/insight_json.h"

Str one_part_key(struct arena *a, const struct cell_part *part)
{
	return str_printf(a, "%s/%" PRId64 "/%.*s", survey_kind_name(part->kind), part->brand_id,
	                  STR_FMT(part->touchpoint_id ? part->touchpoint_code : STR("")));
}

/* The row of a part; cells.count[0]: it has no answers that count. */
static size_t row_of(const struct cells *cells, const struct cell_part *part)
{
	size_t row = 0;
	while (row < cells->count[0] && &cells->parts[cells->values[0][row].id] != part)
		row++;
	return row;
}

static const struct cell_part *find(struct arena *a, const struct cells *cells, Str wanted)
{
	if (!wanted.at)
		return cells->count[0] ? &cells->parts[cells->values[0][0].id]
		                       : (cells->part_count ? &cells->parts[0] : NULL);
	for (size_t i = 0; i < cells->part_count; i++)
		if (str_eq(one_part_key(a, &cells->parts[i]), wanted))
			return &cells->parts[i];
	return NULL;
}

bool one_part_choose(const struct facts *facts, struct arena *a, const struct cell_question *q,
                     Str wanted, struct one_part *out, struct err *err)
{
	struct cell_question by_part = *q;
	struct one_part p = { 0 };
	by_part.dims[0] = (struct dim){ .kind = DIM_PART };
	by_part.wants_clusters = true;
	if (!cells_ask(facts, a, &by_part, &p.cells, err))
		return false;
	p.part = find(a, &p.cells, wanted);
	if (wanted.at && !p.part)
		return err_at(
		    err, ERR_NOT_FOUND, "part",
		    "there are no surveys of the part \"%.*s\" among those that the filter "
		    "takes",
		    STR_FMT(wanted));
	size_t row = p.part ? row_of(&p.cells, p.part) : p.cells.count[0];
	p.has_answers = row < p.cells.count[0];
	if (p.has_answers)
		p.all = p.cells.at[row];
	*out = p;
	return true;
}

void one_part_put_one(struct json_writer *w, struct arena *a, const struct cell_part *part,
                      const struct nps_sums *sums)
{
	struct nps_figure figure = nps_figure_of(sums);
	json_put_dict(w);
	json_put_key_text(w, "key", one_part_key(a, part));
	part_put(w, part);
	json_put_key(w, STR("nps"));
	if (figure.label == NPS_HIDDEN)
		json_put_null(w);
	else
		json_put_real(w, figure.nps);
	json_put_key_i64(w, "responses", figure.responses);
	json_put_dict_end(w);
}

void one_part_put_figure(struct json_writer *w, const struct one_part *p, Str path)
{
	static const struct cell_left_out none = { 0 };
	json_put_key(w, STR("figure"));
	figure_put_sums(w, &p->all.sums, path);
	insight_put_left_out(w, p->part ? &p->part->left_out : &none);
}

void one_part_put(struct json_writer *w, struct arena *a, const struct one_part *p)
{
	json_put_key(w, STR("parts"));
	json_put_list(w);
	for (size_t i = 0; i < p->cells.count[0]; i++)
		one_part_put_one(w, a, &p->cells.parts[p->cells.values[0][i].id],
		                 &p->cells.at[i].sums);
	json_put_list_end(w);
	json_put_key_text(w, "part", p->part ? one_part_key(a, p->part) : (Str){ 0 });
}
