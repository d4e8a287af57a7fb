BEGIN;
int x;
