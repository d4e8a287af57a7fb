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

# The fixed programs of dtrace, and the object that carries them. What the loader does not read goes: DWARF, and relocations of BTF
# that libbpf makes itself.
KERN_OBJ := $(OUT)/obj/bpf/kern/object.o

$(OUT)/obj/bpf/kern/kern.bpf.o: bpf/kern/kern.bpf.c $(wildcard bpf/kern/*.h bpf/kern/*.bpf.c) build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -I. -c -o $@ $<
	$(Q)$(LLVM_STRIP) -g -R .rel.BTF -R .rel.BTF.ext $@

$(KERN_OBJ): bpf/kern/object.c bpf/kern/object.h $(OUT)/obj/bpf/kern/kern.bpf.o build/flags.mk
	$(call msg,CC,$<)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/obj/bpf/kern/kern.bpf.o"' -c -o $@ $<

# Programs below tests/bpf that load the fixed programs, each with leaves of its own.
BPF_TESTS := $(OUT)/test/rawcount $(OUT)/test/dispatch $(OUT)/test/leaves $(OUT)/test/providers
$(OUT)/test/%.leaf.o: tests/bpf/%.leaf.bpf.c bpf/kern/state.h build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -I. -c -o $@ $<
	$(Q)$(LLVM_STRIP) -g $@

$(OUT)/test/dispatch: tests/bpf/dispatch.c $(OUT)/test/dispatch.leaf.o $(KERN_OBJ) bpf/kern/state.h build/flags.mk
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/test/dispatch.leaf.o"' -o $@ $< $(KERN_OBJ) $(NATIVE_LDFLAGS) $(BPF_LIBS)

$(OUT)/test/leaves: tests/bpf/leaves.c bpf/run/leafcheck.c bpf/run/leafcheck.h build/flags.mk build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -o $@ tests/bpf/leaves.c bpf/run/leafcheck.c $(NATIVE_LDFLAGS) $(BPF_LIBS)

$(OUT)/test/bench-dispatch.leaf.o: tests/bench/dispatch.leaf.bpf.c bpf/kern/state.h build/bpf.mk $(OUT)/stamp/libbpf
	$(call msg,BPF,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(BPF_CFLAGS) -I. -c -o $@ $<
	$(Q)$(LLVM_STRIP) -g $@

$(OUT)/test/bench-dispatch: tests/bench/dispatch.c $(OUT)/test/bench-dispatch.leaf.o $(KERN_OBJ) bpf/kern/state.h build/flags.mk
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/test/bench-dispatch.leaf.o"' -o $@ $< $(KERN_OBJ) $(NATIVE_LDFLAGS) $(BPF_LIBS)

$(OUT)/test/providers: tests/bpf/providers.c $(OUT)/test/dispatch.leaf.o $(KERN_OBJ) bpf/kern/state.h build/flags.mk
	$(call msg,CC,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DBPF_OBJECT='"$(OUT)/test/dispatch.leaf.o"' -o $@ $< $(KERN_OBJ) $(NATIVE_LDFLAGS) $(BPF_LIBS)
