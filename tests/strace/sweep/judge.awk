# Reads pairs of lines, strace 6.1's and strace-lite's of the same call, and `kept`, whose lines are
#     CALL | THEIRS | OURS | REASON
# with regular expressions for the whole of each: a difference is a pair of pieces (what stands between commas and
# brackets), or, where the lines have not the same number of pieces, of what lies between the first and the last that
# differ. A piece of ours with a name that strace 6.1 does not have needs no line: `names` are those that it has.
# Ends with 1 when there is another difference, or a line of kept that nothing needed.
function trim(s) { gsub(/^ +| +$/, "", s); return s }
function younger(piece,   n, w, i) {
	n = split(piece, w, /[^A-Z0-9_]+/)
	for (i = 1; i <= n; i++)
		# Strings in a program may share their ends.
		if (w[i] ~ /^[A-Z]/ && length(w[i]) > 3 && !index(names, w[i] "\n"))
			return 1
	return 0
}
function excused(call, theirs, ours,   i) {
	if (younger(ours))
		return 1
	for (i = 1; i <= n_kept; i++)
		if (call ~ "^(" kept_call[i] ")$" && theirs ~ "^(" kept_theirs[i] ")$" && ours ~ "^(" kept_ours[i] ")$") {
			used[i] = 1
			return 1
		}
	return 0
}
# Says each difference once.
function judge(call, theirs, ours) {
	if ((call, theirs, ours) in judged)
		return
	judged[call, theirs, ours]
	if (!excused(call, theirs, ours) && ++failures <= 50)
		print call ": " substr(theirs, 1, 300) "  =>  " substr(ours, 1, 300)
}
function join(a, from, to,   s) {
	for (s = a[from]; ++from <= to;)
		s = s ", " a[from]
	return s
}
function pieces(s, into) { return split(s, into, /, |[][(){}]/) }
FILENAME ~ /names$/ { names = names $0 "\n"; next }
FILENAME ~ /kept$/ {
	if (/^#/ || !NF)
		next
	split($0, f, / \| /)
	kept_call[++n_kept] = trim(f[1])
	kept_theirs[n_kept] = trim(f[2])
	kept_ours[n_kept] = trim(f[3])
	kept_line[n_kept] = $0
	next
}
!half { theirs = $0; half = 1; next }
{
	half = 0
	total++
	if (theirs == $0)
		next
	differ++
	call = theirs
	sub(/\(.*/, "", call)
	n = pieces(theirs, a)
	n_ours = pieces($0, b)
	if (n != n_ours) {
		m = n_ours
		for (from = 1; from < n && from < m && a[from] == b[from]; from++)
			;
		for (; n > from && m > from && a[n] == b[m]; n--)
			m--
		judge(call, join(a, from, n), join(b, from, m))
	} else {
		for (i = 1; i <= n; i++)
			if (a[i] != b[i])
				judge(call, a[i], b[i])
	}
}
END {
	printf "%d lines, %d differ, %d for no reason that sweep/kept knows\n", total, differ, failures
	if (all_used)
		for (i = 1; i <= n_kept; i++)
			if (!(i in used)) {
				print "sweep/kept: nothing needs: " kept_line[i]
				failures++
			}
	exit failures > 0 || !total
}
