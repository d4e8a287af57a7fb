/* Keys that do not fit into aggsize are dropped and counted */
#pragma D option quiet

#pragma D option aggsize=1

BEGIN { @[1] = count(); @[2] = count(); exit(0); }
