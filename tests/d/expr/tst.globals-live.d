/* Global and thread-local variables keep their values between probes */
#pragma D option quiet

BEGIN { g = 5; self->s = "kept"; exit(0); }
END { printf("%d %s\n", g, self->s); }
