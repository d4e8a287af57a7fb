# The tree that containers see, and the object that carries it in `inject`.

# Programs of our own that go to bin/ (out/toolbox/NAME); rooms add theirs with +=.
TOOLBOX_PROGS ?=
# What a user finds in VERSION: the upstreams whose code or data is in the product.
BUNDLE_PARTS := musl busybox tcpdump libpcap xz yyjson libiberty ncurses netbase

$(OUT)/stamp/native: $(OUT)/stamp/busybox $(OUT)/stamp/tcpdump $(BUNDLE_PARTS:%=$(OUT)/stamp/%.src) $$(TOOLBOX_PROGS) \
		build/tree build/man build/tcpdump.roff build/native.README build/terminals.src $(wildcard toolbox/*.links) \
		toolbox/native/tools.def $(wildcard toolbox/*.1 bpf/*.1 injector/*.8) \
		$(shell find toolbox/share 2>/dev/null) Makefile
	$(call msg,TREE,$(OUT)/native)
	$(Q)TOOLBOX_PROGS='$(OUT)/tcpdump $(TOOLBOX_PROGS)' build/tree $(OUT) $(VERSION) $(BUNDLE_PARTS)
	$(Q)touch $@
$(OUT)/native: $(OUT)/stamp/native ;

$(OUT)/bundle.S: $(OUT)/stamp/native build/bundle
	$(call msg,BUNDLE,$(OUT)/bundle.tar.xz)
	$(Q)build/bundle $(OUT) $(ARCH) $(VERSION)

$(OUT)/bundle.o: $(OUT)/bundle.S $(OUT)/stamp/musl
	$(call msg,AS,$@)
	$(Q)$(NATIVE_CC) -c -o $@ $<
