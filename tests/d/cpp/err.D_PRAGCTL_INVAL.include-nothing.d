#include
BEGIN { }
