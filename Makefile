# Makefile: how Tripact is built, run, tested and installed. There is no configure step.
#
#   make run             installs what is missing, builds, fills a demo market, serves it
#                        (PORT=8080 DATA=var NOW=2023-10-16; more in conf/run.sh)
#   make test            every suite, in both builds; ends with "N passed, N failed"
#   make                 build/tripact only; SAN=1 builds build/san/tripact with ASan and UBSan
#   make test-unit       one suite (unit, store, web, fault); SAN=1 and CK_RUN_SUITE=money work
#   make bench           a market of a million offers under load (OFFERS=20000 for a small one);
#                        BENCH=catalogue: a large catalogue beside none
#   make fuzz            every parser under libFuzzer, FUZZ_SECONDS each; fuzz-replay: the corpora
#   make lint            cppcheck, clang-tidy; what clang-format would change is told, and no failure
#   make soak            the long tests, an hour of fuzzing, load under TSan and ASan, the attackers'
#                        tools, lint: reports in build/soak (SOAK="kill tsan" for some of them)
#   make install         DESTDIR, prefix, sysconfdir
#   make clean           removes build/
#
# Everything made lies under build/; nothing is written anywhere else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SECONDARY:
.SECONDEXPANSION:

# --- what to build: normal, san (SAN=1), or what only `make fuzz` and `make soak` ask for: fuzz, tsan --

VARIANT := $(if $(SAN),san,normal)
OUT := build/$(VARIANT)
BINARY := $(if $(filter normal,$(VARIANT)),build/tripact,$(OUT)/tripact)

CC := gcc
CXX := g++

DEFINES := -D_GNU_SOURCE -Iapp -Ibuild/gen
WARNINGS := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wformat=2 \
    -Wvla -Wundef -Wcast-qual -Wwrite-strings -Wnull-dereference -Wimplicit-fallthrough
WARNINGS_C := -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum
ANALYSE := -fanalyzer -fdiagnostics-path-format=none
HARDEN := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
LINK := -pie -Wl,-z,relro,-z,now
# Of tests, little code runs long: compiling it faster saves more. gcc sees flows from -O1 on.
QUICK := -O1

ifeq ($(VARIANT),san)
HARDEN := -O1 -DSANITIZED=1 -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer -fPIE
LINK := -pie -fsanitize=address,undefined
QUICK := -O0
ANALYSE :=
# The sanitizers' own checks confuse gcc's flow analysis.
WARNINGS := $(filter-out -Wnull-dereference,$(WARNINGS))
endif

ifeq ($(VARIANT),tsan)
HARDEN := -O1 -DSANITIZED=1 -fsanitize=thread -fno-omit-frame-pointer -fPIE
LINK := -pie -fsanitize=thread
ANALYSE :=
WARNINGS := $(filter-out -Wnull-dereference,$(WARNINGS))
endif

ifeq ($(VARIANT),fuzz)
CC := clang
CXX := clang++
WARNINGS := -Wall -Wextra
WARNINGS_C :=
HARDEN := -O1 -DSANITIZED=1 -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=all -fno-omit-frame-pointer
LINK := -fsanitize=fuzzer,address,undefined
QUICK :=
ANALYSE :=
endif

# Forbidden calls are compile errors in every C file (base/banned.h).
CFLAGS := -std=c17 -g $(DEFINES) $(WARNINGS) $(WARNINGS_C) $(HARDEN) -include app/base/banned.h
CXXFLAGS := -std=c++17 -g $(DEFINES) $(WARNINGS) $(HARDEN)
# A suite's one function is declared by the generated list of suites, not by a header.
TEST_CFLAGS = $(CFLAGS) $(QUICK) -Itests -Wno-missing-prototypes
LDLIBS := -lctemplate -lcurl -lfcgi -lsqlite3 -lsodium -ljson-c -lqpdf -lpthread
TEST_LDLIBS := -Wl,--wrap=_mark_point -lcheck_pic -lsubunit -lrt -lm $(LDLIBS)

# --- the program: every source under app/, in an archive that the test runners link with ---------

SOURCES := $(sort $(shell find app -name '*.c' -o -name '*.cc'))
OBJECTS := $(addprefix $(OUT)/,$(addsuffix .o,$(basename $(SOURCES))))
LIBRARY := $(OUT)/libtripact.a

.PHONY: all
all: $(BINARY) build/static/.done

$(BINARY): $(OUT)/app/main.o $(LIBRARY)
	$(CXX) $(LINK) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(filter-out $(OUT)/app/main.o,$(OBJECTS))
	rm -f $@
	ar rcs $@ $^

$(OUT)/app/%.o: app/%.c Makefile | build/gen/assets.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(ANALYSE) -MMD -MP -c -o $@ $<

$(OUT)/app/%.o: app/%.cc Makefile | build/gen/assets.h
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) -MMD -MP -c -o $@ $<

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

# --- static files: named by their content, so that browsers may keep them for a year -------------

build/gen/assets.h: build/static/.done
	@test -e $@

build/static/.done: $(shell find static -type f) conf/assets.sh
	conf/assets.sh static build/static build/gen/assets.h
	@touch $@

# --- tests ---------------------------------------------------------------------------------------
# One runner per folder of tests/. Its *_test.c each define `Suite *<name>_suite(void)`; the other
# files there are its helpers. tests/support/ is linked into every runner.

SUITES := unit store web fault
objects_of = $(addprefix $(OUT)/,$(patsubst %.c,%.o,$(sort $(wildcard $(1)/*.c))))

.PHONY: $(SUITES:%=test-%)
$(SUITES:%=test-%): test-%: $(OUT)/tests/%.run
	$<

# Every page the web suites make is walked against its template on its way to render(); the names a
# handler looks for in a form are noted (tests/web/names_read.c).
$(OUT)/tests/web.run: LINK += -Wl,--wrap=render,--wrap=form_value,--wrap=form_text

$(OUT)/tests/%.run: $(OUT)/tests/runner.o $(OUT)/tests/%_main.o \
        $$(call objects_of,tests/$$*) $$(call objects_of,tests/support) $(LIBRARY)
	$(CXX) $(LINK) -o $@ $^ $(TEST_LDLIBS)

$(OUT)/tests/%_main.c: always
	@mkdir -p $(@D)
	@names="$(patsubst tests/$*/%_test.c,%,$(sort $(wildcard tests/$*/*_test.c)))"; \
	{ echo '/* The suites of tests/$*: generated by the Makefile. */'; \
	  echo '#include "tests/runner.h"'; \
	  for name in $$names; do echo "Suite *$${name}_suite(void);"; done; \
	  echo 'Suite *(*const suites[])(void) = {'; \
	  for name in $$names; do echo "    $${name}_suite,"; done; \
	  echo '    NULL};'; } > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(OUT)/tests/%_main.o: $(OUT)/tests/%_main.c Makefile
	$(CC) $(TEST_CFLAGS) -I. -MMD -MP -c -o $@ $<

$(OUT)/tests/%.o: tests/%.c Makefile | build/gen/assets.h
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) -MMD -MP -c -o $@ $<

.PHONY: always
always:

# --- fuzzing: one target per tests/fuzz/*_fuzz.c, seeds and found crashes in tests/fuzz/corpus ----

FUZZERS := $(sort $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c)))

.PHONY: fuzz fuzz-replay
fuzz:
	@conf/packages.sh run fuzz
	@MAKE='$(MAKE)' exec tests/soak/fuzz.sh

# The same functions without libFuzzer: each runs through its corpus once.
fuzz-replay: $(FUZZERS:%=$(OUT)/fuzz/%)
	@status=0; for name in $(FUZZERS); do \
	    if $(OUT)/fuzz/$$name tests/fuzz/corpus/$$name; then echo "ok replay $$name"; \
	    else echo "not ok replay $$name"; status=1; fi; \
	done; exit $$status

$(OUT)/fuzz/%: $(OUT)/tests/fuzz/%_fuzz.o $(LIBRARY) \
        $(if $(filter fuzz,$(VARIANT)),,$(OUT)/tests/fuzz/replay.o)
	@mkdir -p $(@D)
	$(CXX) $(LINK) -o $@ $(filter %.o,$^) $(LIBRARY) $(LDLIBS)

# --- run, test, lint -----------------------------------------------------------------------------

# HOST is a habit of some shells: only one given to make counts.
HOST := 127.0.0.1
PORT ?= 8080
DATA ?= var
NOW ?=
OPTIONS ?=

# What cppcheck gets wrong: it takes the handing down of an out-parameter for reading it.
CPPCHECK_BLIND := ctuuninitvar

# The bounded functions of C11's annex K do not exist in Debian's libc; va_list is misread; columns
# of a small table stand in the order people read them, padded or not.
TIDY_CHECKS := clang-analyzer-*,bugprone-suspicious-*,bugprone-sizeof-*,bugprone-macro-parentheses,\
    -clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-valist.*,\
    -clang-analyzer-optin.performance.Padding

.PHONY: run test bench soak lint
run:
	@conf/packages.sh run
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@PORT='$(PORT)' HOST='$(HOST)' DATA='$(DATA)' NOW='$(NOW)' OPTIONS='$(OPTIONS)' exec conf/run.sh

test:
	@conf/packages.sh run test
	@MAKE='$(MAKE)' exec tests/run.sh

BENCH := offers
# Who measures must not be what is slow.
$(OUT)/tests/bench/%.o: QUICK :=
BENCHERS := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(wildcard tests/bench/*.c))

.PHONY: bench-tools
bench-tools: $(BENCHERS)

$(OUT)/bench/%: $(OUT)/tests/bench/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CXX) $(LINK) -o $@ $^ $(LDLIBS)

bench:
	@conf/packages.sh run test
	@$(MAKE) --no-print-directory -j$$(nproc) all bench-tools
	@exec node tests/bench/$(BENCH).mjs

soak:
	@conf/packages.sh run test fuzz lint soak
	@MAKE='$(MAKE)' exec tests/soak/run.sh

# Programs with the fault that a sanitizer is there for: a run that would not see it proves nothing.
$(OUT)/soak/%: $(OUT)/tests/soak/%.o
	@mkdir -p $(@D)
	$(CC) $(LINK) -o $@ $< -lpthread

lint:
	@conf/packages.sh run test lint
	@$(MAKE) --no-print-directory build/gen/assets.h
	cppcheck --quiet --std=c11 --inline-suppr --enable=warning,performance,portability \
	    --error-exitcode=1 $(CPPCHECK_BLIND:%=--suppress=%) -Iapp -Ibuild/gen app
	clang-tidy --quiet --checks='$(TIDY_CHECKS)' --warnings-as-errors='*' \
	    $(filter %.c,$(SOURCES)) -- -std=c17 $(DEFINES) -include app/base/banned.h
	@echo 'Where clang-format would write it differently (advice):'
	@find app tests -name '*.[ch]' -o -name '*.cc' | xargs clang-format --dry-run 2>&1 | \
	    sed -n 's/: warning: .*//p' | cut -d: -f1 | sort | uniq -c

# --- install -------------------------------------------------------------------------------------

prefix := /usr/local
sysconfdir := /etc
bindir := $(prefix)/bin
datadir := $(prefix)/share/tripact

# The configuration of an earlier installation is kept; the new one is put beside it as *.new.
.PHONY: install clean
install: all
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(datadir) $(DESTDIR)$(sysconfdir)/tripact
	install -m 0755 build/tripact $(DESTDIR)$(bindir)/tripact
	rm -rf $(DESTDIR)$(datadir)/templates
	cp -R templates $(DESTDIR)$(datadir)/templates
	mkdir -p $(DESTDIR)$(datadir)/www/static
	cp -R build/static/. $(DESTDIR)$(datadir)/www/static/
	rm -f $(DESTDIR)$(datadir)/www/static/.done
	for unit in tripact.service tripact-backup.service tripact-backup.timer; do \
	    sed 's|/usr/local/bin|$(bindir)|; s|/etc/tripact|$(sysconfdir)/tripact|' \
	        conf/$$unit > $(DESTDIR)$(datadir)/$$unit; \
	done
	chmod -R a+rX $(DESTDIR)$(datadir)
	for file in tripact.conf nginx-production.conf; do \
	    to=$(DESTDIR)$(sysconfdir)/tripact/$$file; \
	    if [ -e $$to ]; then to=$$to.new; fi; \
	    sed -e 's|^templates *=.*|templates = $(datadir)/templates|' \
	        -e 's|/usr/local/share/tripact|$(datadir)|' conf/$$file > $$to; \
	    chmod 0644 $$to; \
	done

clean:
	rm -rf build
