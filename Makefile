# Makefile - the only one; 'make help' says what it can do
#
# Everything made is below build/, at the same path as its source.

BUILD    = build
CC       = gcc
LAB      =
TREE     = labs
ITEM     =
SEED     =
ID       = list
MORE     =
N        = 200
PLATFORM = posix

# What a student's half is compiled with, here and by the grader.
HALF_CC     = $(CC)
HALF_WARN   = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
              -Wmissing-prototypes -Wvla -Wformat=2
HALF_CFLAGS = -std=c17 -O2 -g -D_XOPEN_SOURCE=700 -pthread $(strip $(HALF_WARN))

# The same for Win32.
WIN_CC      = x86_64-w64-mingw32-gcc
WIN_CFLAGS  = -std=c17 -O2 -g $(strip $(HALF_WARN))

# More for the grader's two builds of a half, the second of which finds wrong
# uses of memory. Nobody debugs them: lines are all that messages show. gold, if
# it is there, links the sanitizers in a third of the time.
HALF_PLAIN   = -g1
HALF_CHECKED = -O0 -g1 -fsanitize=address,undefined -fno-pie -no-pie \
               -fno-sanitize-recover=all -fno-omit-frame-pointer \
               $(if $(shell command -v ld.gold),-fuse-ld=gold)

# The grader. EXTRA is for CI: -Werror, sanitizers.
EXTRA    =
VERSION  = 0.1
CPPFLAGS = -D_XOPEN_SOURCE=700 -Ilabs -Igrader -Igrader/timeline -Igrader/tests
CFLAGS   = -std=c17 -O2 -g $(HALF_WARN)
LIBS     = $(shell pkg-config --libs check jansson)
WARDEN_LIBS = $(shell pkg-config --libs libseccomp)
DEFINES  = '-DHALF_CC="$(HALF_CC)"' '-DHALF_CFLAGS="$(strip $(HALF_CFLAGS))"' \
           '-DHALF_PLAIN="$(strip $(HALF_PLAIN))"' \
           '-DHALF_CHECKED="$(strip $(HALF_CHECKED))"' \
           '-DWIN_CC="$(WIN_CC)"' '-DWIN_CFLAGS="$(strip $(WIN_CFLAGS))"' \
           '-DKIT_VERSION="$(VERSION)"'

# The warden runs inside the sandbox, grade outside; a few modules serve both.
INSIDE_C = $(addprefix grader/,warden.c halves.c await.c program.c \
             program_flow.c errand.c errand_sysv.c hang.c cause.c story.c \
             story_pipe.c story_socket.c story_sysv.c census.c \
             census_socket.c socket_diag.c calls.c control.c \
             control_filter.c handover.c filter.c base_filter.c kin.c bounds.c \
             meter.c watch.c trace.c tracer.c wine.c wine_line.c \
             story_win32.c fence.c litter.c)
SHARED_C = $(addprefix grader/,pattern.c cage.c proc.c folder.c sweep.c \
             census_sysv.c text.c relay.c landlock.c)
PRELOAD_C = grader/short.c grader/aside.c
PRELOADS = $(patsubst grader/%.c,$(BUILD)/%.so,$(PRELOAD_C))
RUBRIC_C = $(wildcard grader/rubrics/*.c)
GRADE_C  = $(filter-out $(INSIDE_C) $(PRELOAD_C),$(wildcard grader/*.c)) \
             $(wildcard grader/timeline/*.c) $(RUBRIC_C)
WARDEN_C = $(INSIDE_C) $(SHARED_C)
MUTATE_C = $(wildcard grader/mutants/*.c)
TEST_C   = $(wildcard grader/tests/*.c)
FIXTURES = $(patsubst %.c,$(BUILD)/%,$(wildcard grader/tests/fixtures/*.c))

objects  = $(patsubst %.c,$(BUILD)/%.o,$(1)) $(BUILD)/labs/lab.o
# lab.c is in every half: the grader compiles it once, here.
LAB_C    = $(wildcard labs/lab*.c)
LAB_O    = $(BUILD)/labs/half.o $(BUILD)/labs/half_checked.o
SOLUTIONS = $(patsubst %.c,$(BUILD)/%,$(wildcard solutions/*/posix/*.c))
HALVES   = $(patsubst %.c,$(BUILD)/%,$(wildcard labs/$(LAB)*/posix/*.c))
# For Win32, only if PLATFORM asks for it: a cross compiler makes them.
ifneq ($(filter win32 all,$(PLATFORM)),)
WIN_LAB_O     = $(BUILD)/labs/half_win32.o
WIN_SOLUTIONS = $(patsubst %.c,$(BUILD)/%.exe,$(wildcard solutions/*/win32/*.c))
WIN_FIXTURES  = $(patsubst %.c,$(BUILD)/%.exe,$(wildcard grader/tests/fixtures/win32/*.c))
WIN_TOOLS     = $(patsubst %.c,$(BUILD)/%.exe,$(wildcard grader/wine/*.c))
WIN_HALVES    = $(patsubst %.c,$(BUILD)/%.exe,$(wildcard labs/$(LAB)*/win32/*.c))
endif
MINIATURES = $(patsubst %.c,$(BUILD)/%,$(wildcard labs/*/miniature.c))

.PHONY: all kit help setup grade check bench soak mutants doctor skeleton list \
    hint clean format
.DELETE_ON_ERROR:

all: kit $(HALVES) $(WIN_HALVES) ## build the grader and your halves (LAB=NN: of one lab)

kit: $(BUILD)/grade $(BUILD)/warden $(PRELOADS) $(SOLUTIONS) $(LAB_O) \
    $(WIN_SOLUTIONS) $(WIN_TOOLS) $(WIN_LAB_O)

help: ## this list
	@echo "make TARGET [LAB=NN] [PLATFORM=posix|win32|all]"
	@echo "            [TREE=labs|solutions|FOLDER] [ITEM=...] [SEED=...]"
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' Makefile

setup: ## install what is missing (PLATFORM=win32: for Wine, too)
	@sh grader/setup.sh $(PLATFORM) $(if $(filter check mutants,$(MAKECMDGOALS)),check)

grade: kit ## grade your halves, or those of TREE
	@$(BUILD)/grade -p $(PLATFORM) -t $(TREE) $(addprefix -l ,$(LAB)) \
	    $(addprefix -i ,$(ITEM)) $(addprefix -s ,$(SEED)) $(OPTIONS)

list: kit ## print the marking scheme (LAB=NN: of one lab)
	@$(BUILD)/grade --list -p $(PLATFORM) $(addprefix -l ,$(LAB))

hint: $(BUILD)/grade ## help with a mistake: ID=AP1, more: MORE=1, all IDs: no ID
	@$(BUILD)/grade -p $(PLATFORM) $(addprefix -l ,$(LAB)) $(if $(MORE),-v) --hint '$(ID)'

doctor: $(BUILD)/grade ## what this machine can do, and what is missing
	@$(BUILD)/grade --doctor

# Programs are linked from their own source and lab.c by one command, like the
# one in the handouts.
half = $(HALF_CC) $(HALF_CFLAGS) $(EXTRA_HALF) -Ilabs -Ilabs/$(1) -o $@ $< \
         labs/lab.c
win_half = $(WIN_CC) $(WIN_CFLAGS) -Ilabs -Ilabs/$(1) -o $@ $< labs/lab.c $(WIN_LIBS)
lab_of = $(word 2,$(subst /, ,$<))

$(SOLUTIONS): EXTRA_HALF = -static
$(BUILD)/solutions/%: solutions/%.c $(LAB_C) labs/lab.h labs/*/protocol.h
	@mkdir -p $(@D)
	$(call half,$(lab_of))

$(BUILD)/labs/%: labs/%.c $(LAB_C) labs/lab.h labs/*/protocol.h
	@mkdir -p $(@D)
	$(call half,$(lab_of))

$(WIN_TOOLS): WIN_LIBS = -lntdll
$(WIN_TOOLS): lab_of =
$(BUILD)/%.exe: %.c $(LAB_C) labs/lab.h labs/*/protocol.h
	@mkdir -p $(@D)
	$(call win_half,$(lab_of))

$(BUILD)/labs/half.o: EXTRA_HALF = $(HALF_PLAIN)
$(BUILD)/labs/half_checked.o: EXTRA_HALF = $(HALF_CHECKED)
$(LAB_O): labs/lab.c $(LAB_C) labs/lab.h Makefile
	@mkdir -p $(@D)
	$(HALF_CC) $(HALF_CFLAGS) $(EXTRA_HALF) -Ilabs -c -o $@ $<

$(BUILD)/labs/half_win32.o: labs/lab.c $(LAB_C) labs/lab.h Makefile
	@mkdir -p $(@D)
	$(WIN_CC) $(WIN_CFLAGS) -Ilabs -c -o $@ $<

$(BUILD)/grader/tests/fixtures/%: grader/tests/fixtures/%.c
	@mkdir -p $(@D)
	$(HALF_CC) $(HALF_CFLAGS) -o $@ $<

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(DEFINES) $(CFLAGS) $(EXTRA) -MMD -MP -c -o $@ $<

$(BUILD)/grade: $(call objects,$(GRADE_C))
	$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBS)

$(BUILD)/warden: $(call objects,$(WARDEN_C))
	$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(WARDEN_LIBS)

# Loaded into a half, between it and the C library.
$(BUILD)/%.so: grader/%.c Makefile
	@mkdir -p $(@D)
	$(HALF_CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -fPIC -shared -o $@ $<

# The grader's own tests; the modules of the warden are tested, too.
$(BUILD)/tests: $(call objects,$(TEST_C) $(filter-out grader/grade.c,$(GRADE_C)) \
    $(filter-out grader/warden.c,$(INSIDE_C)))
	$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBS) $(WARDEN_LIBS)

check: kit $(BUILD)/tests $(FIXTURES) $(WIN_FIXTURES) $(MINIATURES) ## run every test of the kit
	@TEST_BUILD=$(BUILD) $(BUILD)/tests

check: $(BUILD)/mutate

bench: kit ## what grading costs, next to the bare cost
	@HALF='$(HALF_CC) $(HALF_CFLAGS)' PLAIN='$(HALF_PLAIN)' \
	    CHECKED='$(HALF_CHECKED)' WIN='$(WIN_CC) $(WIN_CFLAGS)' \
	    PLATFORM=$(PLATFORM) BUILD=$(BUILD) bash grader/bench.sh

soak: kit ## grade the reference N=200 times under load
	@BUILD=$(BUILD) PLATFORM=$(PLATFORM) OPTIONS='$(OPTIONS)' \
	    bash grader/soak.sh $(N)

mutants: kit $(BUILD)/mutate ## grade the solutions with one wrong word (LAB=NN)
	@HALF='$(HALF_CC) $(HALF_CFLAGS)' BUILD=$(BUILD) LAB=$(LAB) ONLY='$(ONLY)' \
	    bash grader/mutants.sh

$(BUILD)/mutate: $(call objects,$(MUTATE_C))
	$(CC) $(CFLAGS) $(EXTRA) -o $@ $^ $(LIBS)

skeleton: ## cut the skeletons of LAB=NN again (FORCE=1: over changed work)
	@FORCE=$(FORCE) sh solutions/skeleton.sh $(LAB)

# Goals run in order even with -j: nothing is built before it is installed.
ifneq ($(filter setup,$(MAKECMDGOALS)),)
$(call objects,$(GRADE_C) $(WARDEN_C) $(MUTATE_C) $(TEST_C)) $(SOLUTIONS) $(HALVES) \
    $(WIN_SOLUTIONS) $(WIN_HALVES) $(FIXTURES) $(MINIATURES): | setup
endif

-include $(wildcard $(BUILD)/*.d $(BUILD)/grader/*.d $(BUILD)/grader/*/*.d $(BUILD)/grader/*/*/*.d $(BUILD)/labs/*.d)

clean: ## remove all that was built
	rm -rf $(BUILD)

format: ## let clang-format decide
	clang-format -i $$(find labs solutions grader -name '*.[ch]')
