/* Invalid value for specified option */
#pragma D option nspec

BEGIN { exit(0); }
