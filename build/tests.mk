# What the tests are made of, and the targets that run them. The C units come from the rooms' own
# makefiles: UNIT_TESTS and FUZZ_TESTS list their programs below $(OUT)/test/.

UNIT_TESTS ?=
FUZZ_TESTS ?=
FUZZ_SECONDS ?= 60
export FUZZ_SECONDS
RUN_TESTS = OUT=$(OUT) UNIT_TESTS='$(UNIT_TESTS)' FUZZ_TESTS='$(FUZZ_TESTS)' tests/run

# Small programs that run in the containers of the tests, static as those have no libc.
TEST_PROGS := $(patsubst tests/progs/%.c,$(OUT)/test/progs/%,$(wildcard tests/progs/*.c)) \
	$(patsubst tests/bench/%.c,$(OUT)/test/progs/%,$(filter-out %.bpf.c $(BPF_BENCHES),$(wildcard tests/bench/*.c)))
$(OUT)/test/progs/%: tests/progs/%.c build/flags.mk $(OUT)/stamp/musl
	$(call msg,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -o $@ $<
$(OUT)/test/progs/%: tests/bench/%.c build/flags.mk $(OUT)/stamp/musl
	$(call msg,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -o $@ $<

# The same inject with other tools in it: what an update looks like to a host that has the old ones.
NEWER_VERSION := 99.0.0
$(OUT)/test/newer/bundle.S: $(OUT)/stamp/native build/bundle build/tests.mk
	$(call msg,BUNDLE,$@)
	$(Q)rm -rf $(@D)/native && mkdir -p $(@D) && cp -R $(OUT)/native $(@D)/native
	$(Q)sed -i '1s/.*/native $(NEWER_VERSION)/' $(@D)/native/VERSION
	$(Q)build/bundle $(@D) $(ARCH) $(NEWER_VERSION)
$(OUT)/test/newer/bundle.o: $(OUT)/test/newer/bundle.S $(OUT)/stamp/musl
	$(call msg,AS,$@)
	$(Q)$(NATIVE_CC) -c -o $@ $<
$(OUT)/test/inject-newer: $(INJECTOR_OBJ) $(OUT)/test/newer/bundle.o
	$(call msg,LD,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -s -o $@ $^ -lyyjson -llzma

TEST_NEEDS := $(OUT)/inject $(OUT)/test/inject-newer $(BPF_TESTS) $(TEST_PROGS)

.PHONY: check test bench demo lint fuzz print-tests
check: $(TEST_NEEDS) $(UNIT_TESTS)
	@$(RUN_TESTS) check

# On a fresh machine the first lines install what is missing; on any other they do nothing.
test: deps
	@$(MAKE) --no-print-directory test-programs
	@$(RUN_TESTS)
.PHONY: test-programs
test-programs: $(TEST_NEEDS) $(UNIT_TESTS) $(FUZZ_TESTS)

bench: $(OUT)/inject $(TEST_PROGS) $(OUT)/test/bench-dispatch
	@OUT=$(OUT) tests/bench/bench
	@OUT=$(OUT) tests/bench/tools
	@OUT=$(OUT) tests/bench/strace
	@OUT=$(OUT) tests/bench/pstack
	@OUT=$(OUT) tests/bench/dtrace
	@OUT=$(OUT) tests/bench/dtrace-bpf
	@if [ "$$(id -u)" = 0 ]; then $(OUT)/test/bench-dispatch; else echo 'dispatch: left out, it needs root'; fi

demo:
	@build/demo

lint: $(OUT)/stamp/xz $(OUT)/stamp/yyjson $(OUT)/stamp/libbpf
	@OUT=$(OUT) tests/lint

fuzz: $(FUZZ_TESTS) $(OUT)/toolbox/dtrace
	@$(RUN_TESTS) $(FUZZ_TESTS) tests/d/differential

# For tests/run, when it is not make that calls it.
print-tests:
	@echo 'UNIT_TESTS="$(UNIT_TESTS)" FUZZ_TESTS="$(FUZZ_TESTS)"'
