/* strtok goes on in the next clause of a firing, not in the next firing */
#pragma D option quiet

BEGIN { printf("[%s]\n", strtok("one two three", " ")); }
BEGIN { printf("[%s]\n", strtok(NULL, " ")); exit(0); }
END { printf("[%s]\n", strtok(NULL, " ")); }
