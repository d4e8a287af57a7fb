/* Invalid value for specified option */
#pragma D option quiet=perhaps

BEGIN { exit(0); }
