# The tools of our own: toolbox/NAME.c (and, where a tool is more than one subject, toolbox/NAME/*.c)
# becomes bin/NAME and takes the place of BusyBox's namesake. toolbox/NAME.links lists further names.

TOOLS       := $(patsubst toolbox/%.c,%,$(wildcard toolbox/*.c))
TOOLBOX_LIB := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/lib/*.c))
TOOLBOX_OBJ := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/*.c toolbox/*/*.c))
TOOLBOX_PROGS += $(TOOLS:%=$(OUT)/toolbox/%)

# injector.mk has the rule for what both rooms share.
$(filter-out $(INJECTOR_OBJ),$(TOOLBOX_OBJ)): $(OUT)/obj/%.o: %.c $(OUT)/stamp/musl build/flags.mk build/toolbox.mk
	$(call msg,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/obj/toolbox/lib.a: $(TOOLBOX_LIB)
	$(call msg,AR,$@)
	$(Q)rm -f $@ && $(CROSS)ar rcsD $@ $^

$(TOOLBOX_PROGS): $(OUT)/toolbox/%: $(OUT)/obj/toolbox/%.o $(OUT)/obj/toolbox/lib.a
	$(call msg,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -s -o $@ $(filter-out %.a,$^) $(filter %.a,$^)
define toolbox_parts
$(OUT)/toolbox/$(1): $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/$(1)/*.c))
endef
$(foreach t,$(TOOLS),$(eval $(call toolbox_parts,$(t))))

-include $(TOOLBOX_OBJ:.o=.d)

# strace's tables (toolbox/strace/README.md) become C here.
STRACE_GEN := $(OUT)/obj/toolbox/strace
STRACE_TBL := $(addprefix toolbox/strace/,kinds.tbl $(notdir $(wildcard toolbox/strace/kinds.wanted)) calls.tbl) \
	$(sort $(wildcard toolbox/strace/flags/*.tbl))
STRACE_OBJ := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/strace.c toolbox/strace/*.c))

$(STRACE_GEN)/strace_ids.h $(STRACE_GEN)/strace_tables.c: toolbox/strace/tables.awk $(STRACE_TBL) toolbox/strace/flags
	$(call msg,AWK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)awk -v mode=$(if $(filter %.h,$@),ids,code) -f $< $(STRACE_TBL) >$@

$(STRACE_OBJ) $(STRACE_GEN)/strace_tables.o: $(STRACE_GEN)/strace_ids.h
$(STRACE_OBJ): private NATIVE_CFLAGS += -I$(STRACE_GEN)
$(STRACE_GEN)/strace_tables.o: $(STRACE_GEN)/strace_tables.c $(OUT)/stamp/musl build/flags.mk build/toolbox.mk
	$(call msg,CC,$<)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -I$(STRACE_GEN) -MMD -MP -c -o $@ $<
ifneq ($(wildcard toolbox/strace.c),)
$(OUT)/toolbox/strace: $(STRACE_GEN)/strace_tables.o
endif
-include $(STRACE_GEN)/strace_tables.d

# What turns a call into text has no ptrace in it: unit tests and the fuzzer take it whole.
STRACE_DECODE := $(patsubst %,toolbox/strace/%.c,out memory print decode unwrap fields dns) \
	$(wildcard toolbox/strace/kind_*.c toolbox/strace/netlink_*.c)
UNITS_decode   = $(STRACE_DECODE) $(STRACE_GEN)/strace_tables.c
KIND_TESTS    := $(patsubst tests/unit/%_test.c,%,$(wildcard tests/unit/kind_*_test.c))
$(foreach t,calls $(KIND_TESTS),$(eval UNITS_$(t) = $$(UNITS_decode)))
STRACE_TESTS  := $(patsubst %,$(OUT)/test/%,$(patsubst %,unit/%_test,decode calls $(KIND_TESTS)) fuzz/decode_fuzz)
$(STRACE_TESTS): private UNIT_CFLAGS += -I$(STRACE_GEN)
$(STRACE_TESTS): $(STRACE_DECODE) $(STRACE_GEN)/strace_ids.h $(STRACE_GEN)/strace_tables.c \
	$(wildcard toolbox/strace/*.h) tests/unit/tracee.h tests/unit/kinds.h
