# Reads files that -ff -a 0 wrote and says which of their lines are not well formed: a call with its brackets and quotes
# closed and a result, a signal, or an end. -v least=N: how many calls there must be.
function bad(why) { if (++failures <= 20) print FILENAME ":" FNR ": " why ": " substr($0, 1, 300) }
/^\+\+\+ (exited with [0-9]+|killed by SIG[A-Z0-9_]+( \(core dumped\))?|superseded by execve in pid [0-9]+) \+\+\+$/ { next }
/^--- SIG[A-Z0-9_]+ \{si_signo=.*\} ---$/ || /^--- stopped by SIG[A-Z]+ ---$/ { next }
{
	total++
	line = $0
	gsub(/"([^"\\]|\\.)*"(\.\.\.)?/, "S", line)
	if (line ~ /"/) { bad("a quote is open"); next }
	gsub(/\/\* [^*]* \*\//, "", line)
	gsub(/->/, "-", line)
	# What stands behind descriptors (-y): a path has its < and > escaped.
	gsub(/[0-9D]<[^<>]*(<[^<>]*>)?>/, "0", line)
	if (match(line, / = [^=]*$/)) {
		result = substr(line, RSTART)
		line = substr(line, 1, RSTART - 1)
	} else
		result = ""
	# A result may have brackets and equal signs of its own: (in [3], left {tv_sec=0, tv_usec=9}).
	while (result !~ /^ = (-?[0-9]+|0x[0-9a-f]+|\?|-1 E[A-Z0-9]+)/ && match(line, / = [^=]*$|=[^=]*$/)) {
		result = substr(line, RSTART) result
		line = substr(line, 1, RSTART - 1)
	}
	while (gsub(/\[[^][(){}]*\]|\{[^][(){}]*\}|\([^][(){}]*\)/, "", result))
		;
	if (result ~ /[][(){}]/) { bad("a bracket of the result is open"); next }
	name = line
	sub(/\(.*/, "", name)
	if (name !~ /^[a-z_][a-z0-9_]*$/) { bad("no name of a call"); next }
	line = substr(line, length(name) + 1)
	while (gsub(/\[[^][(){}]*\]|\{[^][(){}]*\}/, "", line) || gsub(/.\([^][(){}]*\)/, "", line))
		;
	if (line !~ /^\([^][(){}]*(\)|<unfinished \.\.\.>|<detached \.\.\.>)? *$/) { bad("a bracket is open"); next }
	if (result == "" && line !~ /<(unfinished|detached) \.\.\.>$/) { bad("no result"); next }
	if (result != "" && result !~ /^ = (-?[0-9]+|0x[0-9a-f]+|\?|0[0-7]+)( E[A-Z0-9]+)?( \/\*.*| *| [A-Z].*| <.*)?$/) { bad("a strange result"); next }
}
END {
	if (total < least)
		bad("only " total " lines")
	exit failures > 0
}
