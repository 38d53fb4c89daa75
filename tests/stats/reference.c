/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "tests/stats/reference/"

static bool find(const char *file, const char *name, double *value)
{
	char path[200], line[200], word[100];
	snprintf(path, sizeof path, FOLDER "%s.txt", file);
	FILE *in = fopen(path, "r");
	if (!in)
		fail_msg("%s is missing; tests run in the project's folder", path);
	bool found = false;
	while (!found && fgets(line, sizeof line, in))
		found = sscanf(line, "%99s %lf", word, value) == 2 && strcmp(word, name) == 0;
	fclose(in);
	return found;
}

double reference_value(const char *file, const char *name, ...)
{
	char whole[100];
	double value = 0;
	va_list list;
	va_start(list, name);
	vsnprintf(whole, sizeof whole, name, list);
	va_end(list);
	if (!find(file, whole, &value))
		fail_msg("%s.txt has no %s", file, whole);
	return value;
}

/* The system's python3 is where Debian's numpy lives, whichever comes first in PATH. */
static const char *python(void)
{
	static const char *const places[] = { "/usr/bin/python3", "python3" };
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char command[100];
		snprintf(command, sizeof command, "%s -c 'import numpy, scipy' 2>/dev/null",
		         places[i]);
		if (system(command) == 0)
			return places[i];
	}
	return NULL;
}

void reference_runs_again(const char *file)
{
	const char *interpreter = python();
	if (!interpreter)
		skip();
	char command[200], line[200], word[100];
	snprintf(command, sizeof command, "%s -B " FOLDER "%s.py", interpreter, file);
	FILE *in = popen(command, "r");
	assert_non_null(in);
	int lines = 0;
	double largest = 0;
	for (double value; fgets(line, sizeof line, in); lines++) {
		assert_int_equal(sscanf(line, "%99s %lf", word, &value), 2);
		double kept = reference_value(file, "%s", word);
		largest = fmax(largest, fabs(kept - value) / fmax(1, fabs(kept)));
	}
	assert_int_equal(pclose(in), 0);
	assert_true(lines > 0);
	if (!(largest < 1e-9))
		fail_msg("%s.py now differs from its table by %g", file, largest);
}

double reference_draw(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

unsigned reference_pick(uint64_t *state, unsigned below)
{
	return (unsigned)(reference_draw(state) * below);
}
