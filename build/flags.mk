# How the project's own C is compiled: with the musl of the sysroot, static, one section a function so
# that the linker drops what is not used.

CROSS      := $(ARCH)-linux-gnu-
SYSROOT    := $(OUT)/sysroot
NATIVE_CC  := $(SYSROOT)/bin/musl-gcc
NATIVE_STRIP := $(CROSS)strip

WARNINGS := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wvla -Werror

NATIVE_CFLAGS := -std=c11 -D_GNU_SOURCE $(WARNINGS) -Os -pipe -static -ffunction-sections -fdata-sections \
	-fno-asynchronous-unwind-tables -fno-unwind-tables -ffile-prefix-map=$(CURDIR)=. -I.
NATIVE_LDFLAGS := -static -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noexecstack
