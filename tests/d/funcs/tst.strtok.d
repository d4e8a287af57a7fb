/* strtok gives one token after the other */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", strtok("/usr/share/doc", "/"));
	printf("[%s]\n", strtok(NULL, "/"));
	printf("[%s]\n", strtok(NULL, "/"));
	printf("%d\n", strtok(NULL, "/") == NULL);
	printf("[%s]\n", strtok("::a;:b", ":;"));
	printf("[%s]\n", strtok(NULL, ":;"));
	printf("[%s]\n", strtok("none", "/"));
	printf("%d\n", strtok(";;;", ";") == NULL);
	exit(0);
}
