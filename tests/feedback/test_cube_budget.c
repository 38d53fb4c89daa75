/* How much memory a container or a service leaves. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/die.h"

static char dir[] = "/tmp/heed-budget-XXXXXX";
static char groups[64];

static void put(const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	MUST(f != NULL);
	fputs(text, f);
	fclose(f);
}

static int make(void **state)
{
	char path[128];
	(void)state;
	MUST(mkdtemp(dir) != NULL);
	snprintf(path, sizeof path, "%s/slice", dir);
	MUST(mkdir(path, 0700) == 0);
	snprintf(path, sizeof path, "%s/slice/heed", dir);
	MUST(mkdir(path, 0700) == 0);
	snprintf(groups, sizeof groups, "%s/cgroup", dir);
	put("cgroup", "1:name=systemd:/elsewhere\n0::/slice/heed\n");
	return 0;
}

static int drop(void **state)
{
	char command[64];
	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

static void without_a_limit_it_is_the_machines(void **state)
{
	(void)state;
	size_t machine = cube_budget_memory("/nowhere", "/nowhere");
	assert_true(machine > (size_t)64 << 20);
	put("slice/heed/memory.max", "max\n");
	assert_int_equal(cube_budget_memory(groups, dir), machine);
	put("slice/heed/memory.max", "9223372036854775807\n");
	assert_int_equal(cube_budget_memory(groups, dir), machine);
}

static void a_limit_of_its_group_holds(void **state)
{
	(void)state;
	put("slice/heed/memory.max", "50000000\n");
	assert_int_equal(cube_budget_memory(groups, dir), 50000000);
}

static void a_limit_above_its_group_holds_too(void **state)
{
	(void)state;
	put("slice/heed/memory.max", "50000000\n");
	put("slice/memory.max", "40000000\n");
	assert_int_equal(cube_budget_memory(groups, dir), 40000000);
	put("memory.max", "30000000\n");
	assert_int_equal(cube_budget_memory(groups, dir), 30000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_limit_it_is_the_machines),
		cmocka_unit_test(a_limit_of_its_group_holds),
		cmocka_unit_test(a_limit_above_its_group_holds_too),
	};
	return cmocka_run_group_tests_name("memory that there is", tests, make, drop);
}
