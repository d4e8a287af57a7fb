# SPDX-License-Identifier: GPL-2.0-only
# Makes C of the tables: awk -v mode=ids|code -f tables.awk kinds.tbl calls.tbl flags/*.tbl
#
#   mode=ids   strace_ids.h: enums KIND_x, FLAGS_x, CLASS_x
#   mode=code  strace_tables.c: the flag tables, the kinds' printers, the rows and their numbers
#
# What is wrong in a table is said with file and line, and nothing is made.

function wrong(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text >"/dev/stderr"
	failed = 1
	exit 1
}

function upper(s)
{
	s = toupper(s)
	gsub(/[^A-Z0-9_]/, "_", s)
	return s
}

BEGIN {
	n_abis = split("x86_64 i386 aarch64", abi)
	for (i = 1; i <= n_abis; i++)
		is_abi[abi[i]] = i
	split("dec hex oct fd pid unsigned none time special", w)
	for (i in w)
		is_ret[w[i]] = 1
	# What a kind's parameter is.
	split("- flags arg number", w)
	for (i in w)
		is_type[w[i]] = 1
}

FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
	if (FILENAME ~ /flags\/[^\/]*$/) {
		table = file
		sub(/\.tbl$/, "", table)
		base = table
		of_abi = ""
		if ((dot = index(table, ".")) > 0) {
			base = substr(table, 1, dot - 1)
			of_abi = substr(table, dot + 1)
			if (!(of_abi in is_abi))
				wrong("no ABI is called " of_abi)
			variant[base, of_abi] = table
		}
		tables[++n_tables] = table
		is_table[table] = n_tables
		count[table] = 0
	}
}

{ sub(/[ \t]*#.*/, "") }
NF == 0 { next }

file == "kinds.tbl" {
	if (NF != 2 || !($2 in is_type))
		wrong("a kind's line is `NAME -|flags|arg|number`")
	if ($1 in type)
		wrong("kind " $1 " is there twice")
	kinds[++n_kinds] = $1
	type[$1] = $2
	next
}

file == "calls.tbl" {
	line(++n_rows)
	next
}

$1 == "@unknown" { unknown[table] = $2; next }
$1 == "@order" { order[table] = $2; next }
table == "errno" {
	text[count[table] + 1] = $0
	sub(/^[^ ]+ [^ ]+ ?/, "", text[count[table] + 1])
	NF = 2
}
NF != 2 || $1 !~ /^[A-Za-z_][A-Za-z0-9_]*$/ { wrong("a value's line is `NAME value`") }
$2 !~ /^(0x[0-9a-f]+|[0-9]+)$/ { wrong("the value is neither decimal, octal nor 0xhex: " $2) }
{
	i = ++count[table]
	flag_name[table, i] = $1
	flag_value[table, i] = $2
}

# One call: checked here, printed at the end, when all flag tables are known.
function line(row,    i, n, words, colon, kind, ret)
{
	if (NF < 6)
		wrong("a call's line is `name x86_64 i386 aarch64 classes ret arg...`")
	if (NF > 12)
		wrong($1 " has more than six arguments")
	if ($1 < last_name)
		wrong($1 " stands behind " last_name)
	if ($1 != last_name)
		names[++n_names] = $1
	last_name = $1
	row_name[row] = $1
	row_index[row] = n_names - 1
	for (i = 1; i <= n_abis; i++) {
		if ($(i + 1) == "-")
			continue
		if ($(i + 1) !~ /^[0-9]+$/)
			wrong("not a number: " $(i + 1))
		if ((i, $(i + 1)) in at)
			wrong(abi[i] " has number " $(i + 1) " twice")
		at[i, $(i + 1)] = row
		if ($(i + 1) > highest[i])
			highest[i] = $(i + 1) + 0
	}
	n = $5 == "-" ? 0 : split($5, words, ",")
	for (i = 1; i <= n; i++) {
		if (!(words[i] in class_bit)) {
			classes[n_classes + 1] = words[i]
			class_bit[words[i]] = ++n_classes
			if (n_classes > 64)
				wrong("more than 64 classes")
		}
		row_classes[row] = row_classes[row] (i > 1 ? " | " : "") "1ull << CLASS_" upper(words[i])
	}
	ret = $6
	if ((colon = index(ret, ":")) > 0) {
		kind = substr(ret, colon + 1)
		ret = substr(ret, 1, colon - 1)
		if (kind in type && type[kind] == "-")
			row_result[row] = kind
		else
			wrong("no kind without parameter is called " kind)
	}
	if (!(ret in is_ret))
		wrong("no kind of result is called " ret)
	if (ret == "special" && row_result[row] == "")
		ret = "dec"
	row_ret[row] = "RET_" upper(ret)
	row_n[row] = NF - 6
	for (i = 7; i <= NF; i++) {
		kind = $i
		row_param[row, i - 6] = ""
		if ((colon = index($i, ":")) > 0) {
			kind = substr($i, 1, colon - 1)
			row_param[row, i - 6] = substr($i, colon + 1)
		}
		if (!(kind in type))
			wrong("no kind is called " kind)
		if ((type[kind] == "-") != (row_param[row, i - 6] == ""))
			wrong("kind " kind (type[kind] == "-" ? " takes no parameter" : " needs a parameter"))
		row_kind[row, i - 6] = kind
	}
	row_place[row] = FILENAME ":" FNR
}

# The C of an argument's parameter.
function param(row, i,    kind, p)
{
	kind = row_kind[row, i]
	p = row_param[row, i]
	if (p == "")
		return "0"
	if (type[kind] == "flags" && p in is_table)
		return "FLAGS_" upper(p)
	if (type[kind] == "arg" && p ~ /^a[0-5]$/)
		return substr(p, 2)
	if (type[kind] == "arg" && p ~ /^r[0-5]$/)
		return "PARAM_RESULT | " substr(p, 2)
	if (type[kind] == "number" && p ~ /^[0-9]+$/)
		return p
	printf "%s: %s is no parameter for %s\n", row_place[row], p, kind >"/dev/stderr"
	failed = 1
	return "0"
}

function ids(    i)
{
	print "enum kind_id {\n\tKIND_NONE,"
	for (i = 1; i <= n_kinds; i++)
		printf "\tKIND_%s,\n", upper(kinds[i])
	print "\tKIND_COUNT\n};"
	for (i = 1; i <= n_kinds; i++)
		printf "kind_printer kind_%s;\n", kinds[i]
	print "enum flags_id {\n\tFLAGS_NONE,"
	for (i = 1; i <= n_tables; i++)
		printf "\tFLAGS_%s,\n", upper(tables[i])
	print "\tFLAGS_COUNT\n};\n"
	print "enum class_id {"
	for (i = 1; i <= n_classes; i++)
		printf "\tCLASS_%s,\n", upper(classes[i])
	print "\tCLASS_COUNT\n};"
}

function code(    i, j, t)
{
	print "#include \"toolbox/strace/tables.h\"\n"
	for (i = 1; i <= n_tables; i++) {
		t = tables[i]
		printf "static const struct flag values_%s[] = {\n", i
		for (j = 1; j <= count[t]; j++)
			printf "\t{ %s, \"%s\" },\n", flag_value[t, j], flag_name[t, j]
		print "};"
	}
	print "const struct flags flags_table[] = {"
	for (i = 1; i <= n_tables; i++) {
		t = tables[i]
		printf "\t[FLAGS_%s] = { values_%d, %d, %s, .rising = %s", upper(t), i, count[t],
			t in unknown ? "\"" unknown[t] "\"" : "NULL", t in order ? "false" : "true"
		for (j = 1; j <= n_abis; j++)
			if ((t, abi[j]) in variant)
				printf ", .variant[ABI_%s] = FLAGS_%s", upper(abi[j]), upper(variant[t, abi[j]])
		print " },"
	}
	print "};\n"
	print "const char *const tables_error_text[] = {"
	for (i = 1; i <= count["errno"]; i++)
		printf "\t\"%s\",\n", text[i]
	print "};\n"
	print "kind_printer *const kinds_table[] = {"
	for (i = 1; i <= n_kinds; i++)
		printf "\t[KIND_%s] = kind_%s,\n", upper(kinds[i]), kinds[i]
	print "};\n\nconst struct call_row tables_rows[] = {"
	for (i = 1; i <= n_rows; i++) {
		printf "\t{ \"%s\", {", row_name[i]
		for (j = 1; j <= row_n[i]; j++) {
			t = param(i, j)
			printf " { KIND_%s, %s }%s", upper(row_kind[i, j]), t, j < row_n[i] ? "," : " "
		}
		printf "}, %d, %s, %s, %d, %s },\n", row_n[i], row_ret[i],
			row_result[i] == "" ? "KIND_NONE" : "KIND_" upper(row_result[i]), row_index[i],
			row_classes[i] == "" ? "0" : row_classes[i]
	}
	printf "};\n\nconst size_t tables_n_names = %d;\n", n_names
	print "const struct call_row *const tables_names[] = {"
	for (i = 1; i <= n_rows; i++)
		if (row_name[i] != row_name[i - 1])
			printf "\t&tables_rows[%d],\n", i - 1
	print "};"
	for (i = 1; i <= n_abis; i++) {
		printf "static const struct call_row *const rows_%s[] = {\n", abi[i]
		for (j = 0; j <= highest[i]; j++)
			if ((i, j) in at)
				printf "\t[%d] = &tables_rows[%d],\n", j, at[i, j] - 1
		print "};"
	}
	print "const struct call_row *const *const tables_by_number[] = {"
	for (i = 1; i <= n_abis; i++)
		printf "\t[ABI_%s] = rows_%s,\n", upper(abi[i]), abi[i]
	print "};\nconst size_t tables_n_numbers[] = {"
	for (i = 1; i <= n_abis; i++)
		printf "\t[ABI_%s] = %d,\n", upper(abi[i]), highest[i] + 1
	print "};\n\nconst char *const tables_classes[] = {"
	for (i = 1; i <= n_classes; i++)
		printf "\t[CLASS_%s] = \"%s\",\n", upper(classes[i]), classes[i]
	print "};\nconst size_t tables_n_classes = CLASS_COUNT;"
}

END {
	if (failed)
		exit 1
	print "/* Made by toolbox/strace/tables.awk; see toolbox/strace/README.md. */"
	if (mode == "ids") {
		print "#pragma once\n"
		ids()
		exit 0
	}
	code()
	exit failed
}
