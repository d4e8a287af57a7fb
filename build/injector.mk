# inject: the injector's room, what it takes from toolbox/lib, and the tools as an object.

INJECTOR_SRC := $(wildcard injector/*.c injector/find/*.c) toolbox/lib/text.c toolbox/lib/table.c
INJECTOR_OBJ := $(INJECTOR_SRC:%.c=$(OUT)/obj/%.o)

$(INJECTOR_OBJ): $(OUT)/obj/%.o: %.c $(OUT)/stamp/musl $(OUT)/stamp/xz $(OUT)/stamp/yyjson build/flags.mk build/injector.mk
	$(call msg,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/inject: $(INJECTOR_OBJ) $(OUT)/bundle.o
	$(call msg,LD,$@)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) $(NATIVE_LDFLAGS) -s -o $@ $^ -lyyjson -llzma

-include $(INJECTOR_OBJ:.o=.d)
