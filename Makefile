# goodcause: one Makefile for everything.
#
#	make		builds build/goodcause
#	make demo	on a fresh Debian 12: tools, data, program, then a whole case
#	make test	the same, then every test; the last line is "N passed, N failed"
#	make help	the other targets
#
# No file needs listing: collector/, probes/, reports/ and geoip/ are the
# program, tests/unit/NAME_t.c is a test program, tests/lab/NAME.c a helper of
# the lab.  Everything made goes into $(O).  V=1 shows the commands.

O	= build
PREFIX	= /usr/local
CC	= gcc
# The compiler is fixed (gcc 12), so a warning is an error; WERROR= for others.
WERROR	= -Werror
# GEOIP=no builds, tests and demonstrates without fetching databases.
GEOIP	= yes
V	= 0
Q	= $(if $(filter 0,$(V)),@)
say	= $(if $(filter 0,$(V)),@echo "  $(1)	$(patsubst $(O)/%,%,$@)")

# ---- flags

PKGS	= glib-2.0 jansson libcurl libcares openssl ldns libidn2 libpsl gumbo \
	  zlib libbrotlidec libzstd libmaxminddb
WARN	= -Wall -Wextra -Wshadow -Wconversion -Wvla -Wformat=2 \
	  -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	  -Wwrite-strings -Wundef $(WERROR)
HARDEN	= -fstack-protector-strong -fPIE $(if $(SAN),,-D_FORTIFY_SOURCE=2)
SANFLAG	= $(if $(SAN),-fsanitize=address -fsanitize=undefined \
	  -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
CFLAGS	= -O2 -g
STD	= -std=c11 -D_GNU_SOURCE=

# Asked of pkg-config once, and only when something is compiled: `make deps`
# must run where pkg-config is not installed yet.  The libraries' headers are the
# system's: our warnings are for our code.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(patsubst -I%,-isystem %,$(call pkgs,--cflags)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(call pkgs,--libs))$(PKG_LIBS)
pkgs	= $(or $(shell pkg-config $(1) $(PKGS)),$(error libraries are missing; \
	  run "make deps", which installs them))

COMPILE	= $(CC) $(STD) -I. -I$(O) $(CPPFLAGS) $(PKG_CFLAGS) $(CFLAGS) $(WARN) \
	  $(HARDEN) $(SANFLAG) -MMD -MP
LINK	= $(CC) $(CFLAGS) $(SANFLAG) -pie -Wl,-z,relro,-z,now $(LDFLAGS)

# ---- files

# A floor builds without those above it: make ROOMS="geoip probes" O=build-low
ROOMS	= geoip probes reports collector
SRC	:= $(sort $(wildcard $(ROOMS:%=%/*.c)))
OBJ	:= $(SRC:%.c=$(O)/obs/%.o)
MAIN	:= $(O)/obs/collector/main.o
LIB	:= $(O)/libgoodcause.a
UNIT	:= $(patsubst tests/unit/%.c,$(O)/tests/%,$(wildcard tests/unit/*_t.c))
# A file of tests/unit that is not *_t.c helps those that call it.
UNITOBJ	:= $(patsubst %.c,$(O)/obs/%.o,$(filter-out %_t.c,$(wildcard tests/unit/*.c)))
LAB	:= $(patsubst tests/lab/%.c,$(O)/lab-bin/%,$(wildcard tests/lab/*.c))
# What tests/cases/run is made of: one that seals, one that needs no more than
# JSON and so starts quickly.
CASEOBJ	:= $(patsubst %.c,$(O)/obs/%.o,$(filter-out %/clock.c,$(wildcard tests/cases/tool/*.c)))
CASES	:= $(if $(CASEOBJ),$(O)/case-seal $(O)/case-hold $(O)/case-words \
	   $(O)/case-clock.so)

BENCH	:= $(patsubst tests/bench/%.c,$(O)/%,$(wildcard tests/bench/*.c))

# Files that the program carries inside itself.  probes/data/rdap_extra.tsv
# becomes embed_probes_data_rdap_extra_tsv[] and ..._tsv_end[], declared in
# $(O)/embed.h (#include "embed.h"): every character that C does not allow in a
# name is an underscore.  A NUL follows the last byte and is not counted, so
# a text can be used as a string.
EMBED	:= $(sort $(wildcard reports/*.css reports/*.html collector/verify.sh \
	   collector/VERIFY.txt) $(shell find $(wildcard reports/law reports/data \
	   probes/data collector/data) /dev/null -type f ! -name '*.md'))
EMBEDOBJ := $(EMBED:%=$(O)/obs/embed/%.o)
symbol	= embed_$$(printf %s "$(1)" | tr -c A-Za-z0-9 _)

VERSION	:= $(or $(patsubst v%,%,$(shell git describe --tags --dirty 2>/dev/null)),0.1.0)

# ---- Debian packages: to build, to run the lab and the tests, to lint

DEPS	= gcc make pkg-config libglib2.0-dev libjansson-dev \
	  libcurl4-openssl-dev libc-ares-dev libssl-dev libldns-dev \
	  libidn2-dev libpsl-dev libgumbo-dev zlib1g-dev libbrotli-dev \
	  libzstd-dev libmaxminddb-dev \
	  publicsuffix dns-root-data ca-certificates \
	  nsd ldnsutils nginx-light openssl iproute2 ethtool util-linux \
	  microsocks tinyproxy-bin \
	  bind9-dnsutils dnsperf whois mmdb-bin sqlite3 socat time universal-ctags coreutils
LINTDEPS = clang-tidy cppcheck
FUZZDEPS = clang libclang-rt-14-dev

# ---- targets

.PHONY: all programs deps geoip demo test san fuzz bench lint install clean help FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(if $(filter $(MAIN),$(OBJ)),$(O)/goodcause,$(LIB)) $(LAB) ## the program (default)

programs: all $(UNIT) $(BENCH) $(CASES) ## the program, its tests, a bench

deps: ## install the Debian packages that are missing
	@.ci/deps $(DEPS)

geoip: ## fetch the geolocation databases into build/geoip (GEOIP=no: do not)
	@if [ "$(GEOIP)" = no ]; then echo "geoip: not fetched (GEOIP=no)"; \
	else geoip/fetch build/geoip; fi

# In this order, also under -j.  All of it is a matter of a second when done.
ready	= +@$(MAKE) --no-print-directory deps && \
	  $(MAKE) --no-print-directory geoip && \
	  $(MAKE) --no-print-directory programs

demo: ## a whole case, in a sealed internet of its own
	$(ready)
	@tests/demo

test: ## every test; the last line is "N passed, N failed"
	$(ready)
	@tests/run

san: ## unit tests and parser tests under ASan and UBSan
	+@$(MAKE) --no-print-directory O=build-san SAN=1 programs
	@bad=0; for t in $(UNIT:$(O)/%=build-san/%); do \
		if $$t --tap >$$t.log 2>&1; then echo "ok	$$t"; \
		else cat $$t.log; echo "not ok	$$t"; bad=1; fi; done; exit $$bad

# clang for libFuzzer; its own folder, since every file is built for it.
fuzz: ## a minute of hostile bytes for each reader (FUZZ_SECONDS=60)
	@.ci/deps $(FUZZDEPS)
	+@$(MAKE) --no-print-directory O=build-fuzz CC=clang SAN=1 WERROR= \
		CFLAGS="-O1 -g -fsanitize=fuzzer-no-link" WARN= build-fuzz/fuzz
	@tests/fuzz/run build-fuzz/fuzz

bench: ## figures against the shell script people use, into build/bench.json
	$(ready)
	@tests/bench/run

lint: $(O)/embed.h ## clang-tidy, cppcheck, and which way the includes point
	@.ci/deps $(LINTDEPS)
	@bad=0; tests/arrows || bad=1; \
	cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -I. \
		--enable=warning,portability --suppress=missingIncludeSystem \
		--suppress=memleak --suppress=unknownMacro \
		--suppress=funcArgOrderDifferent --library=gtk \
		--library=openssl $(ROOMS) || bad=1; \
	printf '%s\n' $(SRC) | xargs -n 4 -P "$$(nproc)" sh -c 'clang-tidy \
		--quiet --warnings-as-errors="*" "$$@" -- $(STD) -I. -I$(O) \
		-DGOODCAUSE_VERSION=\"lint\" $(PKG_CFLAGS) 2>/dev/null' sh || bad=1; \
	exit $$bad

install: all ## into $(DESTDIR)$(PREFIX), by default /usr/local
	install -D -m 755 $(O)/goodcause $(DESTDIR)$(PREFIX)/bin/goodcause
	install -D -m 644 collector/goodcause.1 \
		$(DESTDIR)$(PREFIX)/share/man/man1/goodcause.1
	for f in $(wildcard build/geoip/*); do install -D -m 644 "$$f" \
		"$(DESTDIR)$(PREFIX)/share/goodcause/geoip/$${f##*/}"; done

clean: ## remove what was made; the databases of build/geoip stay
	rm -rf build-san build-fuzz
	if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name geoip \
		-exec rm -rf {} +; fi

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 12

# ---- rules

# Each run records the program's hash, so the program is kept small: what a
# debugger wants lies beside it, where it looks by itself.
$(O)/goodcause: $(MAIN) $(LIB)
	$(call say,LINK)
	$(Q)$(LINK) -o $@ $^ $(PKG_LIBS) -lm
	$(Q)objcopy --only-keep-debug $@ $@.debug && \
		objcopy --strip-debug --add-gnu-debuglink=$@.debug $@

$(LIB): $(filter-out $(MAIN),$(OBJ)) $(EMBEDOBJ)
	$(call say,AR)
	$(Q)rm -f $@ && ar qcs $@ $^

$(O)/obs/%.o: %.c Makefile | $(O)/embed.h
	$(call say,CC)
	$(Q)mkdir -p $(@D) && $(COMPILE) -c -o $@ $<

# The version is in one object, made again only when the version changes.
$(O)/obs/collector/version.o: CPPFLAGS += -DGOODCAUSE_VERSION='"$(VERSION)"'
$(O)/obs/collector/version.o: $(O)/version

$(O)/version: FORCE
	@mkdir -p $(@D); echo '$(VERSION)' | cmp -s - $@ || echo '$(VERSION)' >$@

$(O)/libunit.a: $(UNITOBJ)
	$(Q)rm -f $@ && ar qcs $@ $^

$(O)/tests/%_t: $(O)/obs/tests/unit/%_t.o $(O)/libunit.a $(LIB)
	$(call say,LINK)
	$(Q)mkdir -p $(@D) && $(LINK) -o $@ $^ $(PKG_LIBS) -lm

$(BENCH): $(O)/%: $(O)/obs/tests/bench/%.o $(O)/libunit.a $(LIB)
	$(call say,LINK)
	$(Q)mkdir -p $(@D) && $(LINK) -o $@ $^ $(PKG_LIBS) -lm

$(O)/case-seal: $(filter %/seal.o %/hand.o %/hand_ask.o,$(CASEOBJ)) $(LIB)
	$(call say,LINK)
	$(Q)$(LINK) -Wl,--as-needed -o $@ $^ $(PKG_LIBS) -lm

$(O)/case-words: $(filter %/words.o,$(CASEOBJ)) $(O)/libunit.a $(LIB)
	$(call say,LINK)
	$(Q)$(LINK) -o $@ $^ $(PKG_LIBS) -lm

$(O)/case-hold: $(filter-out %/seal.o %/hand.o %/hand_ask.o %/words.o,$(CASEOBJ))
	$(call say,LINK)
	$(Q)$(LINK) -Wl,--as-needed -o $@ $^ $(PKG_LIBS)

$(O)/case-clock.so: tests/cases/tool/clock.c Makefile
	$(call say,CC)
	$(Q)mkdir -p $(@D) && $(COMPILE) -fPIC -shared -o $@ $<

$(O)/fuzz: tests/fuzz/fuzz.c $(O)/libunit.a $(LIB)
	$(call say,LINK)
	$(Q)$(COMPILE) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS) -lm

$(O)/lab-bin/%: tests/lab/%.c Makefile
	$(call say,CC)
	$(Q)mkdir -p $(@D) && $(COMPILE) -o $@ $< -pie -lldns -lssl -lcrypto

$(EMBEDOBJ): $(O)/obs/embed/%.o: % Makefile
	$(call say,EMBED)
	$(Q)mkdir -p $(@D) && s=$(call symbol,$<) && printf '%s\n' \
		'.section .rodata' ".global $$s, $${s}_end" \
		"$$s: .incbin \"$<\"" "$${s}_end: .byte 0" \
		'.section .note.GNU-stack,"",%progbits' | \
		$(CC) -c -x assembler -o $@ -

$(O)/embed.h: FORCE
	@mkdir -p $(@D); { echo '/* Made by the Makefile from EMBED. */'; \
	for f in $(EMBED); do s=$(call symbol,$$f); \
	echo "extern const char $$s[], $${s}_end[];"; done; } >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

-include $(OBJ:.o=.d) $(UNITOBJ:.o=.d) $(BENCH:$(O)/%=$(O)/obs/tests/bench/%.d) \
	$(CASEOBJ:.o=.d) $(LAB:=.d) $(UNIT:$(O)/tests/%=$(O)/obs/tests/unit/%.d)
