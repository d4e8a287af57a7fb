# How BPF programs are compiled (clang, no vmlinux.h: each names the few kernel members it reads), and
# the test program that shows that libbpf, libelf and zlib of the sysroot carry one.

CLANG      ?= clang
LLVM_STRIP ?= llvm-strip
BPF_ARCH   := $(patsubst aarch64,arm64,$(patsubst x86_64,x86,$(ARCH)))
# -g is for BTF, which relocation needs; the DWARF that comes with it is stripped again.
BPF_CFLAGS  = -target bpf -D__TARGET_ARCH_$(BPF_ARCH) -g -O2 -mcpu=v2 -Wall -Wextra -Werror \
	-nostdinc -isystem $(SYSROOT)/include -ffile-prefix-map=$(CURDIR)=.
BPF_LIBS    = -lbpf -lelf -lz

$(OUT)/test/rawcount.bpf.o: tests/bpf/rawcount.bpf.c build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$@)
	@mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -c -o $@ $<
	$(Q)$(LLVM_STRIP) -g $@

$(OUT)/test/rawcount: tests/bpf/rawcount.c $(OUT)/test/rawcount.bpf.o build/flags.mk
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/test/rawcount.bpf.o"' -o $@ $< $(NATIVE_LDFLAGS) $(BPF_LIBS)
	$(Q)$(NATIVE_STRIP) -s $@

# The fixed programs of dtrace, and the object that carries them. What the loader does not read goes: DWARF, relocations of BTF that
# libbpf makes itself, lines of the source (bpf/kern/trim.c), labels.
LLVM_OBJCOPY ?= llvm-objcopy
KERN_OBJ := $(OUT)/obj/bpf/kern/object.o

$(OUT)/obj/host/trim: bpf/kern/trim.c build/bpf.mk
	$(call msg,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOST_CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -O1 -o $@ $<

$(OUT)/obj/bpf/kern/kern.bpf.o: bpf/kern/kern.bpf.c $(filter-out bpf/kern/lib%,$(wildcard bpf/kern/*.h bpf/kern/*.bpf.c)) \
		$(OUT)/obj/host/trim build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -I. -c -o $@.whole $<
	$(Q)$(LLVM_STRIP) -g -R .rel.BTF -R .rel.BTF.ext -R .llvm_addrsig $@.whole
	$(Q)$(LLVM_OBJCOPY) --dump-section .BTF=$@.btf --dump-section .BTF.ext=$@.ext $@.whole
	$(Q)$(OUT)/obj/host/trim $@.btf $@.ext
	$(Q)$(LLVM_OBJCOPY) --update-section .BTF=$@.btf --update-section .BTF.ext=$@.ext --wildcard --strip-symbol='LBB*' $@.whole $@
	$(Q)rm -f $@.whole $@.btf $@.ext

$(OUT)/obj/bpf/kern/kern.bpf.o.gz: $(OUT)/obj/bpf/kern/kern.bpf.o
	$(Q)gzip -9nc $< >$@

$(KERN_OBJ): bpf/kern/object.c bpf/kern/object.h $(OUT)/obj/bpf/kern/kern.bpf.o.gz build/flags.mk
	$(call msg,CC,$<)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/obj/bpf/kern/kern.bpf.o.gz"' -c -o $@ $<

# Programs below tests/bpf that load the fixed programs, each with leaves of its own.
BPF_TESTS := $(OUT)/test/rawcount $(OUT)/test/dispatch $(OUT)/test/leaves $(OUT)/test/providers $(OUT)/test/layout $(OUT)/test/library
$(OUT)/test/%.leaf.o: tests/bpf/%.leaf.bpf.c tests/bpf/seen.h bpf/kern/state.h build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -I. -c -o $@ $<
	$(Q)$(LLVM_STRIP) -g $@

$(OUT)/test/dispatch $(OUT)/test/providers: $(OUT)/test/%: tests/bpf/%.c tests/bpf/fixed.c tests/bpf/fixed.h tests/bpf/seen.h \
		$(OUT)/test/seen.leaf.o $(KERN_OBJ) bpf/kern/state.h build/flags.mk
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/test/seen.leaf.o"' -o $@ $< tests/bpf/fixed.c $(KERN_OBJ) $(NATIVE_LDFLAGS) $(BPF_LIBS)

$(OUT)/test/leaves: tests/bpf/leaves.c bpf/run/leafcheck.c bpf/run/leafcheck.h $(OUT)/obj/bpf/gen/library.o build/flags.mk build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -o $@ tests/bpf/leaves.c bpf/run/leafcheck.c $(OUT)/obj/bpf/gen/library.o $(NATIVE_LDFLAGS) $(BPF_LIBS)

# Those of tests/bench that take libbpf and so have rules of their own.
BPF_BENCHES := tests/bench/dispatch.c
$(OUT)/test/bench-dispatch.leaf.o: tests/bench/dispatch.leaf.bpf.c bpf/kern/state.h build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -I. -c -o $@ $<
	$(Q)$(LLVM_STRIP) -g $@

$(OUT)/test/bench-dispatch: tests/bench/dispatch.c tests/bpf/fixed.c tests/bpf/fixed.h tests/bpf/seen.h $(OUT)/test/bench-dispatch.leaf.o \
		$(KERN_OBJ) bpf/kern/state.h build/flags.mk
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/test/bench-dispatch.leaf.o"' -o $@ $< tests/bpf/fixed.c $(KERN_OBJ) $(NATIVE_LDFLAGS) $(BPF_LIBS)

$(OUT)/test/layout: tests/bpf/layout.c bpf/kern/state.h build/flags.mk
	$(call msg,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -o $@ $< $(NATIVE_LDFLAGS)
