/* Invalid value for specified option */
#pragma D option bufsize=huge

BEGIN { exit(0); }
