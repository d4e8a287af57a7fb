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
