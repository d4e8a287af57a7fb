/* Invalid value for specified option */
#pragma D option bufpolicy=round

BEGIN { exit(0); }
