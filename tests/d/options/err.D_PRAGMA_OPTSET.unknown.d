/* Invalid option name */
#pragma D option nosuch

BEGIN { exit(0); }
