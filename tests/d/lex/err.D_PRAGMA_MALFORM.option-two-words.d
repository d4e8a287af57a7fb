#pragma D option quiet please
BEGIN { }
