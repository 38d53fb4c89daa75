/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view_moved.h"

#include <stdlib.h>

#include "base/die.h"

#define CODES 8 /* columns of codes that every chunk has */

void view_moved_free(struct view_moved *m)
{
	free(m->property);
	free(m->rows);
	free(m->columns);
	*m = (struct view_moved){ 0 };
}

static bool is_within(int32_t time, int32_t low, int32_t high)
{
	return time >= low && time <= high;
}

/* In which period a time is meant; 0: in none. */
static int period_of(const struct view_plan *v, int32_t time)
{
	return is_within(time, v->now_low, v->now_high)         ? 1
	       : is_within(time, v->before_low, v->before_high) ? 2
	                                                        : 0;
}

/* A view that was made later may have times beyond those of the plan's: its last period has them, too. */
static int32_t time_within(const struct view_plan *v, int32_t time)
{
	for (int d = 0; d < 2; d++) {
		const struct view_dim *dim = &v->dims[d];
		if (dim->kind != DIM_TIME)
			continue;
		time = time < dim->spans.first ? dim->spans.first : time;
		time = time > dim->span_end ? dim->span_end : time;
	}
	return time;
}

static const struct cube_chunk *chunk_of(const struct cube_view *view, uint32_t row)
{
	return view->chunks[row / CUBE_CHUNK_ROWS];
}

static int32_t time_of(const struct cube_view *view, uint32_t row)
{
	return chunk_of(view, row)->time[row % CUBE_CHUNK_ROWS];
}

/* Those that are meant by their time, and that time. */
static bool choose(const struct view_plan *v, const struct cube_view *view,
                   const struct cube_changes *changes, size_t *next, struct view_moved *m,
                   int32_t *times)
{
	struct cube_chunk *c = &m->chunk;
	*c = (struct cube_chunk){ .min_time = INT32_MAX, .max_time = INT32_MIN, .time = times };
	for (; *next < changes->rows.count && c->rows < CUBE_CHUNK_ROWS; ++*next) {
		uint32_t row = changes->rows.at[*next];
		if (row / CUBE_CHUNK_ROWS >= view->chunk_count ||
		    row % CUBE_CHUNK_ROWS >= chunk_of(view, row)->rows)
			continue;
		int32_t time = time_of(view, row), within = time_within(v, time);
		int period = period_of(v, time);
		if (period != period_of(v, within) && period)
			return false;
		if (!period)
			continue;
		times[c->rows] = within;
		m->rows[c->rows++] = row;
		c->min_time = within < c->min_time ? within : c->min_time;
		c->max_time = within > c->max_time ? within : c->max_time;
	}
	return true;
}

typedef struct cube_codes (*column_fn)(const struct cube_chunk *c, size_t property);

#define COLUMN(name)                                                             \
	static struct cube_codes name##_of(const struct cube_chunk *c, size_t n) \
	{                                                                        \
		(void)n;                                                         \
		return c->name;                                                  \
	}
COLUMN(wording)
COLUMN(channel)
COLUMN(language)
COLUMN(source)
COLUMN(import)
COLUMN(person)
COLUMN(account)
COLUMN(cluster)
#undef COLUMN

static struct cube_codes property_of(const struct cube_chunk *c, size_t property)
{
	return view_column_of(c, VIEW_PROPERTY, property);
}

/* One column of all rows; `numbers` are those that have a place of their own, NULL: all stay as they are. */
static struct cube_codes gather(const struct cube_view *view, const struct view_moved *m,
                                column_fn column, size_t property,
                                const struct cube_numbers *numbers, uint32_t **room)
{
	uint32_t *out = *room;
	*room += m->chunk.rows;
	for (uint32_t i = 0; i < m->chunk.rows; i++) {
		uint32_t row = m->rows[i];
		out[i] = cube_code(column(chunk_of(view, row), property), row % CUBE_CHUNK_ROWS);
		if (numbers)
			out[i] = cube_numbers_place(numbers, out[i]);
	}
	return (struct cube_codes){ .at = out, .width = sizeof(*out) };
}

/* Who is nobody here has no other answers, either. */
static void gather_bytes(const struct cube_view *view, struct view_moved *m, uint8_t *facts,
                         uint8_t *marks)
{
	for (uint32_t i = 0; i < m->chunk.rows; i++) {
		const struct cube_chunk *c = chunk_of(view, m->rows[i]);
		uint32_t at = m->rows[i] % CUBE_CHUNK_ROWS;
		facts[i] = c->facts[at];
		marks[i] = c->marks[at];
		if (!cube_code(m->chunk.person, i))
			marks[i] &= (uint8_t)~CUBE_MARK_REPEATS;
	}
	m->chunk.facts = facts;
	m->chunk.marks = marks;
}

static void gather_property(const struct view_plan *v, const struct cube_view *view,
                            struct view_moved *m, size_t property, uint32_t **room)
{
	if (property < v->view->property_count && !m->property[property].at)
		m->property[property] = gather(view, m, property_of, property, NULL, room);
}

static void gather_properties(const struct view_plan *v, const struct cube_view *view,
                              struct view_moved *m, uint32_t **room)
{
	m->property = mem_zeroed(v->view->property_count + 1, sizeof(*m->property));
	for (size_t i = 0; i < v->list_count; i++)
		if (v->lists[i].column == VIEW_PROPERTY)
			gather_property(v, view, m, v->lists[i].property, room);
	for (int d = 0; d < 2; d++)
		if (v->dims[d].kind == DIM_PROPERTY)
			gather_property(v, view, m, v->dims[d].property, room);
	m->chunk.property = m->property;
	m->chunk.property_count = v->view->property_count;
}

bool view_moved_gather(const struct view_plan *v, const struct cube_view *view,
                       const struct cube_changes *changes, size_t *next, struct view_moved *out)
{
	size_t left = changes->rows.count - *next, columns = CODES + v->list_count + 2;
	size_t rows = (left < CUBE_CHUNK_ROWS ? left : CUBE_CHUNK_ROWS) + 1;
	out->rows = mem_alloc(rows * sizeof(*out->rows));
	/* Times and codes first, then facts and marks. */
	out->columns = mem_alloc(rows * (sizeof(uint32_t) * (1 + columns) + 2));
	int32_t *times = out->columns;
	uint32_t *room = (uint32_t *)out->columns + rows;
	uint8_t *bytes = (uint8_t *)(room + rows * columns);
	if (!choose(v, view, changes, next, out, times))
		return false;
	struct cube_chunk *c = &out->chunk;
	c->wording = gather(view, out, wording_of, 0, NULL, &room);
	c->channel = gather(view, out, channel_of, 0, NULL, &room);
	c->language = gather(view, out, language_of, 0, NULL, &room);
	c->source = gather(view, out, source_of, 0, NULL, &room);
	c->import = gather(view, out, import_of, 0, NULL, &room);
	c->account = gather(view, out, account_of, 0, NULL, &room);
	c->person = gather(view, out, person_of, 0, &changes->persons, &room);
	c->cluster = gather(view, out, cluster_of, 0, &changes->clusters, &room);
	gather_properties(v, view, out, &room);
	gather_bytes(view, out, bytes, bytes + rows);
	return true;
}
