/* A stack may be a key */
#pragma D option quiet

BEGIN { @[stack()] = count(); @[stack(3)] = count(); trunc(@); exit(0); }
