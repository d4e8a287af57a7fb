# dtrace: the compiler of the D language, its evaluator and its output, as bin/dtrace. What the tests of
# this room are made of stands at the end; the rules for them are in injector.mk.

DTRACE_LANG := $(wildcard bpf/lang/*.c)
DTRACE_PROV := $(wildcard bpf/prov/*.c)
DTRACE_RUN  := $(wildcard bpf/run/*.c)
DTRACE_GEN  := $(wildcard bpf/gen/*.c)
DTRACE_SRC  := $(wildcard bpf/dtrace.c) $(DTRACE_LANG) $(DTRACE_PROV) $(DTRACE_RUN) $(DTRACE_GEN)
# --container: how inject finds containers.
DTRACE_FIND := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard injector/find/*.c) $(addprefix injector/,proc.c step.c sys.c))
DTRACE_OBJ  := $(DTRACE_SRC:%.c=$(OUT)/obj/%.o)
TOOLBOX_PROGS += $(if $(wildcard bpf/dtrace.c),$(OUT)/toolbox/dtrace)

$(DTRACE_OBJ): $(OUT)/obj/%.o: %.c $(OUT)/stamp/libbpf $(OUT)/stamp/yyjson build/flags.mk build/dtrace.mk Makefile
	$(call msg,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DNATIVE_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

$(OUT)/toolbox/dtrace: $(DTRACE_OBJ) $(DTRACE_FIND) $(KERN_OBJ) $(BPFLIB_TABLE).o $(OUT)/obj/bpf/sym.a $(OUT)/obj/toolbox/lib.a \
		$(OUT)/stamp/xz $(OUT)/stamp/libiberty
	$(call msg,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -s -o $@ $(filter %.o,$^) $(filter %.a,$^) $(BPF_LIBS) -lyyjson -llzma -liberty

-include $(DTRACE_OBJ:.o=.d)

# Unit and fuzz programs: a test of the language takes all of lang/ and prov/.
DTRACE_TEXT   := toolbox/lib/text.c
UNITS_prov    := $(DTRACE_PROV)
UNITS_dprov   := $(DTRACE_PROV)
DTRACE_IR     := $(addprefix bpf/lang/,ir.c ir_build.c ir_check.c ir_read.c ir_write.c)
UNITS_ir      := $(DTRACE_IR)
UNITS_check   := $(filter-out bpf/lang/lang.c bpf/lang/lower%.c bpf/lang/eval%.c,$(DTRACE_LANG)) $(DTRACE_PROV) $(DTRACE_TEXT)
UNITS_agg     := $(DTRACE_IR) $(addprefix bpf/run/,record.c agg.c agg_rows.c)
UNITS_corebtf := bpf/run/corebtf.c
UNITS_dscope   := bpf/run/cgroup.c bpf/run/nslevel.c
UNITS_doptions := bpf/run/options.c bpf/run/buffer.c
# Of the unit test and of the fuzz target.
UNITS_dprint  := $(DTRACE_IR) $(DTRACE_PROV) $(DTRACE_TEXT) bpf/lang/format.c $(wildcard bpf/lang/eval*.c) \
	$(addprefix bpf/run/,agg.c agg_rows.c aggprint.c buffer.c ctype.c hexdump.c histogram.c options.c print.c printf.c \
	record.c stack.c string.c usym.c value.c) $(SYM_SRC) $(SYM_HOST_LIB)
UNITS_usym    := bpf/run/usym.c $(DTRACE_TEXT) $(SYM_SRC) $(SYM_HOST_LIB)
NAMING_TESTS  := $(addprefix $(OUT)/test/,unit/dprint_test fuzz/dprint_fuzz unit/usym_test)
$(NAMING_TESTS): private UNIT_CFLAGS += -isystem $(OUT)/test/include -Wl,--no-as-needed -llzma -Wl,--as-needed
DTRACE_STORE  := $(addprefix bpf/run/,record.c agg.c agg_rows.c)
UNITS_parse   := $(DTRACE_LANG) $(DTRACE_PROV) $(DTRACE_TEXT) $(DTRACE_STORE)
UNITS_dlang   := $(UNITS_parse)
UNITS_eval    := $(UNITS_parse)
UNITS_ireval  := $(UNITS_parse)
UNITS_dplan   := $(DTRACE_GEN) $(BPFLIB_TABLE).c $(UNITS_parse) $(addprefix bpf/run/,enable.c plan.c list.c stability.c)
UNITS_gen     := $(DTRACE_GEN) $(BPFLIB_TABLE).c $(UNITS_parse) tests/unit/leafrun.c
