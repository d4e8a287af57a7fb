/* Invalid value for specified option */
#pragma D option switchrate=soon

BEGIN { exit(0); }
