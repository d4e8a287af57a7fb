# Reads numbers of calls ("231", "117:i386"), writes a script for tests/progs/pretend: each call with pointers to strange
# memory and small numbers in all places. -v result=N; -v few=1: fewer patterns; -v blocks="zero ones": these blocks only.
function call(args) { print nr, args, "= " result }
function six(block, place, small,   i, s) {
	for (i = 0; i < 6; i++)
		s = s " " (i == place || place == "all" || (place == "even" && i % 2 == 0) ||
			   (place == "odd" && i % 2) ? "@" block : small)
	return substr(s, 2)
}
function words(name, bytes,   i, s) {
	for (i = 1; i <= 32; i++)
		s = s sprintf(" %02x000000%s", i, bytes == 8 ? "00000000" : "")
	print "@" name " =" s " 00*2048"
}
BEGIN {
	print "@zero = 00*4096"
	print "@ones = ff*512"
	for (i = 0; i < 256; i++)
		rising = rising sprintf("%02x", i)
	print "@rising = " rising
	words("ints", 4)
	words("longs", 8)
	for (i = 0; i < 4; i++) {
		to64 = to64 " &rising &ints &zero &longs"
		to32 = to32 " &&rising &&ints &&zero &&longs"
	}
	print "@to64 =" to64 " 00*1024"
	print "@to32 =" to32 " 00*1024"
	print "@text = \"some/path\" 00"
	print "@short = 0100"
	n_blocks = split(blocks == "" ? "zero ones rising ints longs to64 to32 text short" : blocks, block, " ")
	n_small = split(few ? "1 16" : "0 1 4 8 16 64 128", small, " ")
}
/^[0-9]/ {
	nr = $1
	for (b = 1; b <= n_blocks; b++) {
		call(six(block[b], "all"))
		for (s = 1; s <= n_small; s++)
			for (place = 0; place < 6; place++)
				call(six(block[b], place, small[s]))
		call(six(block[b], "even", 2))
		call(six(block[b], "odd", 2))
	}
}
