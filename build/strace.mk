# strace: its tables (toolbox/strace/README.md) become C here, and what its tests link.
STRACE_GEN := $(OUT)/obj/toolbox/strace
STRACE_TBL := $(addprefix toolbox/strace/,kinds.tbl calls.tbl) \
	$(sort $(wildcard toolbox/strace/flags/*.tbl))
STRACE_OBJ := $(patsubst %.c,$(OUT)/obj/%.o,toolbox/strace.c $(wildcard toolbox/strace/*.c))

$(STRACE_GEN)/strace_ids.h $(STRACE_GEN)/strace_tables.c: toolbox/strace/tables.awk $(STRACE_TBL) toolbox/strace/flags
	$(call msg,AWK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)awk -v mode=$(if $(filter %.h,$@),ids,code) -f $< $(STRACE_TBL) >$@

$(STRACE_OBJ) $(STRACE_GEN)/strace_tables.o: $(STRACE_GEN)/strace_ids.h
$(STRACE_OBJ): private NATIVE_CFLAGS += -I$(STRACE_GEN)
$(STRACE_GEN)/strace_tables.o: $(STRACE_GEN)/strace_tables.c $(OUT)/stamp/musl build/flags.mk build/toolbox.mk
	$(call msg,CC,$<)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -I$(STRACE_GEN) -MMD -MP -c -o $@ $<
$(OUT)/toolbox/strace: $(STRACE_GEN)/strace_tables.o
-include $(STRACE_GEN)/strace_tables.d

# What turns a call into text has no ptrace in it: unit tests and the fuzzer take it whole.
STRACE_DECODE := $(patsubst %,toolbox/strace/%.c,out memory print decode unwrap fields dns) \
	$(wildcard toolbox/strace/kind_*.c toolbox/strace/netlink_*.c)
UNITS_decode   = $(STRACE_DECODE) $(STRACE_GEN)/strace_tables.c
KIND_TESTS    := $(patsubst tests/unit/%_test.c,%,$(wildcard tests/unit/kind_*_test.c tests/unit/dns_test.c))
$(foreach t,calls $(KIND_TESTS),$(eval UNITS_$(t) = $$(UNITS_decode)))
STRACE_TESTS  := $(patsubst %,$(OUT)/test/%,$(patsubst %,unit/%_test,decode calls $(KIND_TESTS)) fuzz/decode_fuzz)
$(STRACE_TESTS): private UNIT_CFLAGS += -I$(STRACE_GEN)
$(STRACE_TESTS): $(STRACE_DECODE) $(STRACE_GEN)/strace_ids.h $(STRACE_GEN)/strace_tables.c \
	$(wildcard toolbox/strace/*.h) tests/unit/tracee.h tests/unit/kinds.h
