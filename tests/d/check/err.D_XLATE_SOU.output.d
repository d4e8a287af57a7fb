/* Structs are translated to, nothing else. */
translator int < pid_t p > { };
