/* And not shorter. */
short char c;
