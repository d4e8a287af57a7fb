/* Enumerations, with a comma at the end or without. */
enum color { RED, GREEN = 5, BLUE, };
enum { ONE = 1 } x;
enum color c;
