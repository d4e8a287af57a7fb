/* Blanks around the words of a directive. */
#pragma D option quiet

  #  define   X	7  
 	# ifdef X
BEGIN { printf("%d\n", X); exit(0); }
#	endif
#
