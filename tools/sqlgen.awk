# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes a C header of the named statements of .sql files (POSIX awk; mawk will do).
#
#   awk -f tools/sqlgen.awk src/survey/survey.sql                  statements: sql_NAME, one each
#   awk -v migrations=1 -f tools/sqlgen.awk src/app/migrations/*   the table of migrations
#
# A statement stands under "-- name: survey_find", with marks behind the name: [global] for tables without a
# workspace, [sqlite] or [postgres] for the text of one engine. Comments and indentation are dropped. What
# cannot be right (two commands in one text, a name given twice, text without a name) fails the build.

function fail(sentence)
{
	printf "%s:%d: %s\n", FILENAME, FNR, sentence > "/dev/stderr"
	failed = 1
	exit 1
}

# The line without its comment; quotes may hold "--" and ";".
function code_of(line,    i, c, quoted, rest)
{
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "'")
			quoted = !quoted
		else if (!quoted && substr(line, i, 2) == "--") {
			line = substr(line, 1, i - 1)
			break
		} else if (!quoted && c == ";") {
			rest = substr(line, i + 1)
			if (rest !~ /^[ \t]*(--.*)?$/)
				fail("one command a statement: there is text behind the ';'")
			ended = 1
			line = substr(line, 1, i - 1)
			break
		}
	}
	if (quoted)
		fail("a quoted text must end on its line")
	gsub(/^[ \t]+|[ \t\r]+$/, "", line)
	return line
}

function literal(line)
{
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	return "\"" line "\""
}

function begin_statement(line,    name, marks)
{
	sub(/^-- name:[ \t]*/, "", line)
	name = line
	sub(/[^a-z0-9_].*$/, "", name)
	marks = substr(line, length(name) + 1)
	if (name == "" || marks !~ /^([ \t]*\[(global|sqlite|postgres)\])*[ \t]*$/)
		fail("expected \"-- name: lower_case_name\" and marks [global] [sqlite] [postgres]")
	if (!(name in known)) {
		known[name] = 1
		names[++count] = name
		if (migrations)
			belongs[name] = file_number
	} else if (belongs[name] != (migrations ? file_number : ""))
		fail("the name " name " stands in another migration")
	global[name] = global[name] || marks ~ /global/
	engine = marks ~ /sqlite/ ? "sqlite" : marks ~ /postgres/ ? "postgres" : "any"
	if (((name, engine) in lines) || ((name, "any") in lines) ||
	    (engine == "any" && (((name, "sqlite") in lines) || ((name, "postgres") in lines))))
		fail("the name " name " is given twice")
	lines[name, engine] = 0
	current = name
	ended = 0
}

FNR == 1 {
	current = ""
	ended = 0
	if (migrations) {
		base = FILENAME
		sub(/^.*\//, "", base)
		if (base !~ /^[0-9][0-9][0-9][0-9]-[a-z0-9-]+\.sql$/)
			fail("a migration is called NNNN-name.sql")
		file_number = substr(base, 1, 4)
		migration[++migration_count] = file_number
		title[file_number] = substr(base, 6, length(base) - 9)
	}
}

/^-- name:/ {
	begin_statement($0)
	next
}

{
	was_ended = ended
	code = code_of($0)
	if (code == "")
		next
	if (current == "")
		fail("text before the first \"-- name:\"")
	if (was_ended)
		fail("one command a statement: there is text behind the ';'")
	text[current, engine, ++lines[current, engine]] = code
}

function put_text(name, engine,    i, n)
{
	n = lines[name, engine]
	if (n == 0) {
		printf "the statement %s has no text\n", name > "/dev/stderr"
		failed = 1
		exit 1
	}
	printf "static const char sql_%s_%s[] =", name, engine
	for (i = 1; i <= n; i++)
		printf "\n\t%s", literal(text[name, engine, i] (i < n ? " " : ""))
	print ";"
}

# Names of the texts of one statement; NULL where an engine has none.
function text_name(name, engine)
{
	if ((name, "any") in lines)
		return "sql_" name "_any"
	return ((name, engine) in lines) ? "sql_" name "_" engine : "NULL"
}

function put_row(name)
{
	printf "{ \"%s\", %s, %s, %s }", name, text_name(name, "sqlite"), text_name(name, "postgres"),
	    (global[name] || migrations) ? "true" : "false"
}

function put_migrations(    i, j, n, number)
{
	for (i = 1; i <= migration_count; i++) {
		number = migration[i]
		printf "\nstatic const struct db_stmt migration_%s[] = {\n", number
		for (j = 1; j <= count; j++)
			if (belongs[names[j]] == number) {
				printf "\t"
				put_row(names[j])
				print ","
			}
		print "};"
	}
	print "\nstatic const struct migration migrations[] = {"
	for (i = 1; i <= migration_count; i++) {
		number = migration[i]
		printf "\t{ %d, \"%s\", migration_%s, sizeof(migration_%s) / sizeof(migration_%s[0]) },\n",
		    number, title[number], number, number, number
	}
	print "};"
}

END {
	if (failed)
		exit 1
	print "/* Made by tools/sqlgen.awk: do not edit. */"
	print "#pragma once"
	print migrations ? "#include \"db/migrate.h\"" : "#include \"db/db.h\""
	print ""
	split("any sqlite postgres", engines, " ")
	for (i = 1; i <= count; i++)
		for (e = 1; e <= 3; e++)
			if ((names[i], engines[e]) in lines)
				put_text(names[i], engines[e])
	if (migrations)
		put_migrations()
	else
		for (i = 1; i <= count; i++) {
			printf "static const struct db_stmt sql_%s __attribute__((unused)) = ", names[i]
			put_row(names[i])
			print ";"
		}
}
