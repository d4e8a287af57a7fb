#include <x.h
BEGIN { }
