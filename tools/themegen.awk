# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes C rows of the names that themes have by language: THEME_NAMES(X) of X("code", "language", "name").
#
#   awk -f tools/themegen.awk models/themes.txt
BEGIN { print "#define THEME_NAMES(X) \\" }
/^\[/ { code = substr($0, 2, index($0, "]") - 2) }
/^name( [a-z]+)?:/ {
	language = $1 == "name" ? substr($2, 1, length($2) - 1) : "en"
	name = substr($0, index($0, ":") + 1)
	gsub(/^[ \t]+|[ \t\r]+$/, "", name)
	gsub(/[\\"]/, "\\\\&", name)
	printf "\tX(\"%s\", \"%s\", \"%s\") \\\n", code, language, name
}
END { print "" }
