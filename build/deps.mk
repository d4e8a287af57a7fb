# The dependencies: a mark a step. stamp/NAME.src says that the source is unpacked and patched,
# stamp/NAME that it is built and stands in the sysroot. Each waits for its own pin, patches and recipe
# and for what it is compiled against, and for nothing else.

DEPS := musl zlib xz elfutils libbpf yyjson libiberty libpcap tcpdump busybox

# The pins, cut up so that a changed line is news to one package alone. As an included file it is made
# before anything is looked at, under make -n as well.
ifneq ($(filter-out help clean deps,$(or $(MAKECMDGOALS),all)),)
-include $(OUT)/pin/done.mk
endif
$(OUT)/pin/done.mk: build/pins
	@mkdir -p $(@D)
	@for n in $$(sed 's/#.*//; s/ .*//' $< | sort -u); do \
		grep "^$$n " $< | cmp -s - $(@D)/$$n || grep "^$$n " $< >$(@D)/$$n; done
	@echo '# build/pins has been cut up' >$@

# A tool that is missing is named before anything starts.
$(OUT)/stamp/tools: build/deps
	@mkdir -p $(@D)
	@build/deps --check $(ARCH)
	@touch $@

.PRECIOUS: $(OUT)/stamp/%.src
define source
$(OUT)/stamp/$(1).src: | $(OUT)/stamp/tools
$(OUT)/stamp/$(1).src: $(OUT)/pin/$(1) $(wildcard build/patches/$(1) build/patches/$(1)/*.patch build/patches/$(1)/*/*.patch)
	$$(call msg,SOURCE,$(1))
	$$(Q)build/unpack $(1) $(OUT)
endef
$(foreach d,$(DEPS) ncurses netbase,$(eval $(call source,$(d))))

define dependency
$(OUT)/stamp/$(1): $(OUT)/stamp/$(1).src build/recipe/$(1) build/recipe/run
	$$(Q)OUT=$(OUT) ARCH=$(ARCH) CROSS=$(CROSS) V=$(V) JOBS=$$(if $$(findstring jobserver,$$(MAKEFLAGS)),2,$$(shell nproc)) build/recipe/run $(1)
endef
$(foreach d,$(DEPS),$(eval $(call dependency,$(d))))

$(foreach d,$(filter-out musl,$(DEPS)),$(eval $(OUT)/stamp/$(d): $(OUT)/stamp/musl))
$(OUT)/stamp/elfutils: $(OUT)/stamp/zlib
$(OUT)/stamp/libbpf: $(OUT)/stamp/elfutils $(OUT)/stamp/zlib
$(OUT)/stamp/tcpdump: $(OUT)/stamp/libpcap
$(OUT)/stamp/busybox: build/busybox.config
$(OUT)/busybox $(OUT)/busybox.applets: $(OUT)/stamp/busybox ;
$(OUT)/tcpdump: $(OUT)/stamp/tcpdump ;
