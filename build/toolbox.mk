# The tools of our own: toolbox/NAME.c (and, where a tool is more than one subject, toolbox/NAME/*.c)
# becomes bin/NAME and takes the place of BusyBox's namesake. toolbox/NAME.links lists further names.

TOOLS       := $(patsubst toolbox/%.c,%,$(wildcard toolbox/*.c))
TOOLBOX_LIB := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/lib/*.c))
TOOLBOX_OBJ := $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/*.c toolbox/*/*.c))
TOOLBOX_PROGS += $(TOOLS:%=$(OUT)/toolbox/%)

$(TOOLBOX_OBJ): $(OUT)/obj/%.o: %.c $(OUT)/stamp/musl build/flags.mk build/toolbox.mk Makefile
	$(call msg,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -DNATIVE_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

$(OUT)/obj/toolbox/lib.a: $(TOOLBOX_LIB)
	$(call msg,AR,$@)
	$(Q)rm -f $@ && $(CROSS)ar rcsD $@ $^

$(TOOLS:%=$(OUT)/toolbox/%): $(OUT)/toolbox/%: $(OUT)/obj/toolbox/%.o $(OUT)/obj/toolbox/lib.a
	$(call msg,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -s -o $@ $(filter %.o,$^) $(filter %.a,$^) $(TOOL_LIBS)
define toolbox_parts
$(OUT)/toolbox/$(1): $(patsubst %.c,$(OUT)/obj/%.o,$(wildcard toolbox/$(1)/*.c))
endef
$(foreach t,$(TOOLS),$(eval $(call toolbox_parts,$(t))))

-include $(TOOLBOX_OBJ:.o=.d)

# Unit and fuzz programs of this room: which files each tests (the rules are in injector.mk).
UNITS_libproc  := toolbox/lib/proc.c
UNITS_liveproc := toolbox/lib/proc.c
UNITS_sample   := toolbox/lib/sample.c toolbox/lib/proc.c
UNITS_replay   := $(UNITS_sample)
UNITS_sock    := toolbox/lib/sock.c toolbox/lib/sock_proc.c toolbox/lib/sock_unix.c toolbox/lib/netlink.c toolbox/lib/proc.c
UNITS_names   := toolbox/lib/names.c toolbox/lib/names_hosts.c toolbox/lib/names_dns.c toolbox/lib/proc.c toolbox/lib/text.c
UNITS_netstat := $(wildcard toolbox/netstat/*.c) $(UNITS_sock) $(filter-out toolbox/lib/proc.c,$(UNITS_names)) \
	toolbox/lib/table.c
UNITS_limit    := toolbox/ulimit/limit.c toolbox/lib/proc.c
UNITS_cgroup   := toolbox/lib/cgroup.c toolbox/lib/cgroup_io.c toolbox/lib/cgroup_place.c toolbox/lib/proc.c
UNITS_iostat   := $(addprefix toolbox/iostat/,cell.c cpu.c disk.c figures.c options.c out.c) toolbox/lib/proc.c \
	toolbox/lib/sample.c toolbox/lib/text.c
UNITS_vmstat   := toolbox/vmstat/parse.c toolbox/lib/meminfo.c toolbox/lib/proc.c
UNITS_deadline := toolbox/lib/deadline.c
UNITS_ptree    := toolbox/ptree/tree.c
UNITS_pargs    := toolbox/pargs/auxv.c toolbox/pargs/quote.c toolbox/lib/text.c
UNITS_pmap     := toolbox/pmap/parse.c toolbox/lib/proc.c
UNITS_pfiles   := toolbox/pfiles/info.c toolbox/psmem/measure.c toolbox/lib/process.c $(UNITS_names)
UNITS_process  := $(sort $(UNITS_pargs) $(UNITS_pmap) $(UNITS_pfiles))
UNITS_facts    := toolbox/native/facts.c toolbox/lib/proc.c
