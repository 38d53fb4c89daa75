# SPDX-License-Identifier: AGPL-3.0-or-later
# Makes C rows of phrases by language and label: PHRASES(X) of X(EN, SAFETY, "poison*,ambulance*"). A label with many of them has
# several rows, each with a text that every compiler takes.
#
#   awk -f tools/phrasegen.awk src/text/urgent.txt
function row_end() {
	if (size)
		print ") \\"
	size = 0
}
BEGIN { print "#define PHRASES(X) \\" }
/^#/ || /^[ \t\r]*$/ { next }
/^\[/ {
	row_end()
	split(toupper(substr($0, 2, index($0, "]") - 2)), head, " ")
	next
}
{
	if (size + length($0) > 3000)
		row_end()
	gsub(/[\\"]/, "\\\\&")
	if (size)
		printf " \\\n\t  \",%s\"", $0
	else
		printf "\tX(%s, %s, \"%s\"", head[1], head[2], $0
	size += length($0) + 1
}
END {
	row_end()
	print ""
}
