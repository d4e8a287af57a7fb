/* stringof with and without parentheses. */
#pragma D option quiet

BEGIN { printf("%s %d\n", stringof "abc", stringof ("a") == "a"); exit(0); }
