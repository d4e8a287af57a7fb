/* A number. */
int v["4"];
