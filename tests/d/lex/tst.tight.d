/* No blanks at all. */
#pragma D option quiet

BEGIN{x=1;y=2;printf("%d%d%d\n",x+++y,x,-y- -1);exit(0)}