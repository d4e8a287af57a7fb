/* Comments may stand between any two tokens. */
#pragma D option quiet

BEGIN/*a*//*b*/
{/* c
 * d
 **/
	printf(/**/"%d\n"/* " */,/*'*/1 /*+ 1*/+ 2);
	exit(/***/0);
}/* end */
