# inject: the injector's room, what it takes from toolbox/lib, and the tools as an object.

INJECTOR_SRC := $(wildcard injector/*.c injector/find/*.c) toolbox/lib/text.c toolbox/lib/table.c
INJECTOR_OBJ := $(INJECTOR_SRC:%.c=$(OUT)/obj/%.o)

# What comes from toolbox/lib is compiled there: the tools are not to be built anew for a new yyjson.
$(filter $(OUT)/obj/injector/%,$(INJECTOR_OBJ)): $(OUT)/obj/%.o: %.c $(OUT)/stamp/musl $(OUT)/stamp/xz $(OUT)/stamp/yyjson build/flags.mk build/injector.mk
	$(call msg,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/inject: $(INJECTOR_OBJ) $(OUT)/bundle.o
	$(call msg,LD,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -s -o $@ $^ -lyyjson -llzma

-include $(INJECTOR_OBJ:.o=.d)

# Unit tests and fuzz targets run on the build machine, with its libc and its sanitizers. A program
# names the files that it tests; yyjson is the pinned one.
HOST_CC      ?= gcc
FUZZ_CC      ?= clang
UNIT_CFLAGS  := -std=c11 -D_GNU_SOURCE $(WARNINGS) -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all -I. -Itests/unit
YYJSON_DIR    = $(firstword $(wildcard $(OUT)/src/yyjson-*/src))

UNIT_TESTS += $(patsubst tests/unit/%.c,$(OUT)/test/unit/%,$(wildcard tests/unit/*_test.c))
FUZZ_TESTS += $(patsubst tests/fuzz/%.c,$(OUT)/test/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))

UNITS_text  := toolbox/lib/text.c
UNITS_table := toolbox/lib/table.c toolbox/lib/text.c
UNITS_proc  := injector/proc.c injector/sys.c
UNITS_tar   := injector/tar.c
UNITS_step  := injector/step.c toolbox/lib/text.c
UNITS_find  := injector/find/find.c injector/find/pid.c injector/find/state.c $(UNITS_proc) $(UNITS_step)

$(OUT)/test/unit/%_test: tests/unit/%_test.c tests/unit/unit.h $(INJECTOR_SRC) $(wildcard injector/*.h injector/find/*.h \
		toolbox/lib/*.h) $$(UNITS_$$*) $(OUT)/stamp/yyjson build/injector.mk
	$(call msg,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) $(UNIT_CFLAGS) -I$(YYJSON_DIR) -o $@ $< $(UNITS_$*) \
		$(if $(filter find,$*),$(YYJSON_DIR)/yyjson.c -Wno-shadow) -lcmocka

$(OUT)/test/fuzz/%_fuzz: tests/fuzz/%_fuzz.c $(INJECTOR_SRC) $(wildcard injector/*.h toolbox/lib/*.h) $$(UNITS_$$*) build/injector.mk
	$(call msg,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(UNIT_CFLAGS) -fsanitize=fuzzer -o $@ $< $(UNITS_$*)
