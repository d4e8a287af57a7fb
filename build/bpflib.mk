# The library functions of dtrace's leaves: each file compiled by clang, and all turned into one table in C, which programs
# link that have bpf/gen/link.c.

BPFLIB_SRC   := $(wildcard bpf/kern/lib_*.bpf.c)
BPFLIB_O     := $(BPFLIB_SRC:%.c=$(OUT)/obj/%.o)
BPFLIB_TABLE := $(OUT)/obj/bpf/gen/library
# No -g: relocation is ours. mcpu=v2: the oldest kernels have it; words of 64 bits are what the library works with anyway.
BPFLIB_CFLAGS = -std=c11 -target bpf -O2 -mcpu=v2 $(WARNINGS) -ffunction-sections -fno-addrsig -nostdinc -isystem $(SYSROOT)/include \
	-I. -ffile-prefix-map=$(CURDIR)=.

$(BPFLIB_O): $(OUT)/obj/%.o: %.c $(wildcard bpf/kern/lib*.h bpf/kern/state.h bpf/lang/ir.h) build/bpflib.mk $(OUT)/stamp/musl
	$(call msg,BPF,$@)
	@mkdir -p $(@D)
	$(Q)$(CLANG) $(BPFLIB_CFLAGS) -c -o $@ $<

$(OUT)/obj/host/libpack: bpf/kern/libpack.c bpf/kern/lib.def build/bpflib.mk
	$(call msg,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOST_CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -O1 -I. -o $@ $<

$(BPFLIB_TABLE).c: $(OUT)/obj/host/libpack $(BPFLIB_O)
	$(call msg,PACK,$@)
	@mkdir -p $(@D)
	$(Q)$(OUT)/obj/host/libpack $(BPFLIB_O) >$@

$(BPFLIB_TABLE).o: $(BPFLIB_TABLE).c $(wildcard bpf/gen/*.h bpf/kern/*.h bpf/lang/ir.h)
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -c -o $@ $<

BPFLIB_LINK  := bpf/gen/link.c bpf/gen/btf.c $(BPFLIB_TABLE).c
UNITS_link    := $(BPFLIB_LINK) tests/unit/kernlib.c bpf/run/leafcheck.c
# dtrace.mk comes later and says what the evaluator is made of.
UNITS_kernlib  = $(UNITS_link) $(UNITS_eval) $(BPFLIB_SRC)
$(OUT)/test/library: tests/bpf/library.c tests/unit/kernlib.c tests/unit/kernlib.h $(BPFLIB_LINK) build/bpflib.mk
	$(call msg,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -o $@ tests/bpf/library.c tests/unit/kernlib.c $(BPFLIB_LINK) $(NATIVE_LDFLAGS)
