# /native: `make help` lists the targets. Everything that is built stands under out/.

VERSION   := 0.1.0
HOST_ARCH := $(shell uname -m)
ARCH      ?= $(HOST_ARCH)
OUT       := $(if $(filter $(HOST_ARCH),$(ARCH)),out,out/$(ARCH))

ifeq ($(filter $(ARCH),x86_64 aarch64),)
$(error ARCH=$(ARCH) is not known here; x86_64 and aarch64 are)
endif
ifneq ($(words $(CURDIR)),1)
$(error make cannot work in a directory with a space in its name: $(CURDIR))
endif

V ?= 0
ifeq ($(V),0)
Q   := @
msg  = @printf '  %-7s %s\n' '$(1)' '$(2)'
else
Q   :=
msg  =
endif

# What is in the environment must not reach a compiler: it would end in the programs.
unexport LIBRARY_PATH CPATH C_INCLUDE_PATH GCC_EXEC_PREFIX COMPILER_PATH REALGCC MAKELEVEL
export LC_ALL := C
export TZ     := UTC
export SOURCE_DATE_EPOCH := 1767225600

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.SUFFIXES:
.DEFAULT_GOAL := all

include build/flags.mk build/deps.mk build/bundle.mk build/bpf.mk build/bpflib.mk
-include build/injector.mk build/toolbox.mk build/strace.mk build/sym.mk build/dtrace.mk build/tests.mk

.PHONY: all deps clean help
all: $(OUT)/inject

deps:
	$(Q)build/deps

clean:
	rm -rf out

help:
	@cat build/help
