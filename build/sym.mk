# bpf/sym: user stacks to names, for the programs that want them (PROG_SYM), and its tests.

SYM_SRC := $(wildcard bpf/sym/*.c)
SYM_OBJ := $(SYM_SRC:%.c=$(OUT)/obj/%.o)

$(SYM_OBJ): $(OUT)/obj/%.o: %.c $(OUT)/stamp/musl $(OUT)/stamp/xz $(OUT)/stamp/libiberty build/flags.mk build/sym.mk
	$(call msg,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/obj/bpf/sym.a: $(SYM_OBJ)
	$(call msg,AR,$@)
	$(Q)rm -f $@ && $(CROSS)ar rcsD $@ $^

-include $(SYM_OBJ:.o=.d)

# What links it: the archive, and behind it the libraries that it needs.
PROG_SYM := $(OUT)/toolbox/strace $(OUT)/toolbox/pstack
$(PROG_SYM): $(OUT)/obj/bpf/sym.a $(OUT)/stamp/xz $(OUT)/stamp/libiberty
$(PROG_SYM): private TOOL_LIBS := -llzma -liberty

# The tests run on the build machine, with its libc, its liblzma and its sanitizers; the demangler is the pinned one,
# compiled with them.
SYM_HOST_LIB       := $(OUT)/test/libiberty.a
UNITS_sym_elf      := bpf/sym/elffile.c bpf/sym/symtab.c bpf/sym/minidebug.c bpf/sym/gopclntab.c bpf/sym/goref.c \
	bpf/sym/debugfile.c bpf/sym/open.c bpf/sym/mounts.c bpf/sym/slow.c
UNITS_sym_unwind   := bpf/sym/unwind.c bpf/sym/unwind_expr.c
UNITS_sym_maps     := bpf/sym/maps.c bpf/sym/mounts.c bpf/sym/open.c bpf/sym/slow.c
UNITS_sym_perfmap  := bpf/sym/perfmap.c bpf/sym/mounts.c bpf/sym/open.c bpf/sym/slow.c
UNITS_sym_demangle := bpf/sym/demangle.c $(SYM_HOST_LIB)
UNITS_sym_stack    := $(filter-out bpf/sym/demangle.c,$(SYM_SRC))
SYM_TESTS := $(foreach t,elf unwind maps perfmap demangle,$(OUT)/test/unit/sym_$(t)_test $(OUT)/test/fuzz/sym_$(t)_fuzz) \
	$(OUT)/test/unit/sym_stack_test
$(SYM_TESTS): $(wildcard bpf/sym/*.h) build/sym.mk
$(SYM_TESTS): private UNIT_CFLAGS += -isystem $(OUT)/test/include -Wl,--no-as-needed -llzma -Wl,--as-needed
$(SYM_HOST_LIB): $(OUT)/stamp/libiberty build/sym.mk
	$(call msg,AR,$@)
	$(Q)rm -rf $@ $(OUT)/test/libiberty && mkdir -p $(OUT)/test/libiberty $(OUT)/test/include
	$(Q)cp -R $(SYSROOT)/include/libiberty $(OUT)/test/include/
	$(Q)src=$$(echo $(OUT)/src/libiberty-*) && for f in cp-demangle rust-demangle safe-ctype; do \
		gcc -w -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -DHAVE_CONFIG_H -I$(OUT)/build/libiberty \
		-I$$src/include -c -o $(OUT)/test/libiberty/$$f.o $$src/libiberty/$$f.c || exit 1; done
	$(Q)ar rcsD $@ $(OUT)/test/libiberty/*.o
