/*
 * spelling.c - see spelling.h
 */
#include "spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spelling_object.h"
#include "text.h"

/* Of the C library, the loader, or no use to anybody who looks at a pair. */
static const char *const boring[] = {"brk", "arch_prctl", "set_tid_address",
    "set_robust_list", "rseq", "prlimit64", "getrandom", "mprotect", "madvise",
    "sigaltstack", "rt_sigreturn", "rt_sigprocmask", "exit_group", "exit",
    "sched_getaffinity", "gettid", "getpid", "ioctl", "umask", "sysinfo",
    "uname", "getuid", "getgid", "geteuid", "getegid", "personality", "prctl",
    "mremap", "lseek", "fstat", "readlink", "restart_syscall"};

/* How a call is written in a program: its name there, how many arguments. */
static const struct {
    const char *name;
    const char *spelled;
    int keep;         /* arguments, behind AT_FDCWD */
    const char *last; /* the argument behind them, if it matters */
} calls[] = {
    {"openat", "open", 3, NULL},
    {"newfstatat", "stat", 1, NULL},
    {"unlinkat", "unlink", 1, NULL},
    {"mkdirat", "mkdir", 2, NULL},
    {"mknodat", "mknod", 2, NULL},
    {"faccessat", "access", 2, NULL},
    {"faccessat2", "access", 2, NULL},
    {"fchmodat", "chmod", 2, NULL},
    {"pread64", "pread", 4, NULL},
    {"pwrite64", "pwrite", 4, NULL},
    {"rt_sigaction", "sigaction", 2, NULL},
    {"rt_sigsuspend", "sigsuspend", 1, NULL},
    {"rt_sigtimedwait", "sigwait", 1, "NULL"},
    {"wait4", "waitpid", 3, NULL},
    {"semtimedop", "semop", 3, "NULL"},
    {"pipe2", "pipe", 1, "0"},
    {"accept4", "accept", 3, NULL},
    {"recvfrom", "recv", 4, "NULL"},
    {"sendto", "send", 4, "NULL"},
    {"mq_timedsend", "mq_send", 4, "NULL"},
    {"mq_timedreceive", "mq_receive", 4, "NULL"},
    {"ppoll", "poll", 3, NULL},
    {"pselect6", "select", 5, NULL},
    {"clock_nanosleep", "clock_nanosleep", 3, NULL},
    {"execve", "execve", 2, NULL},
};

/* strace's names of members say little more than their places do. */
static const char *const shorter[][2] = {
    {"{sa_family=AF_UNIX, sun_path=", "{"},
    {"{sa_family=AF_INET, sin_port=htons(", "{port "},
    {"), sin_addr=inet_addr(", ", "},
    {")}", "}"},
    {"clock_nanosleep(CLOCK_REALTIME, 0, ", "nanosleep("},
    {"sem_num=", ""},
    {"sem_op=", ""},
    {"sem_flg=", ""},
    {"sa_handler=", ""},
    {", sa_restorer=", ", "},
    {"[{WIFEXITED(s) && WEXITSTATUS(s) == ", "[{exit status "},
    {"[{WIFSIGNALED(s) && WTERMSIG(s) == ", "[{killed by "},
};

static int
begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* The path among the first two arguments, without its quote; else "". */
static const char *
path_of(const struct words *words)
{
    for (int i = 0; i < 2; i++)
        if (words->word[i][0] == '"')
            return words->word[i] + 1;
    return "";
}

/* Asked by stdio about a stream, by the loader about a library. */
static int
is_about_system(const struct words *words)
{
    if (words_is_system(words->path))
        return 1;
    if (strcmp(words->name, "newfstatat") == 0 &&
        strcmp(words->word[1], "\"\"") == 0)
        return 1;
    return (begins(words->name, "open") || begins(words->name, "access") ||
               begins(words->name, "newfstatat") ||
               begins(words->name, "readlink")) &&
           words_is_system(path_of(words));
}

static int
is_boring(const struct words *words)
{
    for (size_t i = 0; i < sizeof boring / sizeof boring[0]; i++)
        if (strcmp(words->name, boring[i]) == 0)
            return 1;
    /* Asked only, set by every program (lab.c), or of the C library. */
    if (strcmp(words->name, "rt_sigaction") == 0)
        return strcmp(words->word[1], "NULL") == 0 ||
               strcmp(words->word[0], "SIGPIPE") == 0 ||
               begins(words->word[0], "SIGRT");
    /* The kit's own thread that waits for the end (lab.c). */
    if (strcmp(words->name, "rt_sigtimedwait") == 0)
        return strcmp(words->word[0], "[INT TERM]") == 0;
    /* Memory of its own. */
    if (strcmp(words->name, "mmap") == 0)
        return strstr(words->word[3], "MAP_SHARED") == NULL &&
               (words->path[0] == '\0' || words_is_system(words->path));
    return is_about_system(words);
}

/* "{sa_handler=0x401136, sa_mask=[], ...}": what is done, not how. */
static void
shorten_action(char *call, size_t size, const char *action)
{
    if (strstr(action, "=SIG_IGN") != NULL)
        text_add(call, size, "SIG_IGN");
    else if (strstr(action, "=SIG_DFL") != NULL)
        text_add(call, size, "SIG_DFL");
    else
        text_add(call, size, "{a handler}");
}

static void
add_words(
    char *call, size_t size, const struct words *words, int first, int keep)
{
    for (int i = first; i < words->n && i < first + keep; i++) {
        text_add(call, size, "%s", i > first ? ", " : "");
        if (begins(words->word[i], "{sa_handler="))
            shorten_action(call, size, words->word[i]);
        else if (i > first && begins(words->word[i], "0x7f"))
            text_add(call, size, "..."); /* some address */
        else
            text_add(call, size, "%s", words->word[i]);
    }
    /* strace writes the rest once the call has returned. */
    if (words->n < first + keep && words->has_more)
        text_add(call, size, ", ...");
    text_add(call, size, ")");
}

static void
respell(struct spelled *spelled, const struct words *words)
{
    size_t n = sizeof calls / sizeof calls[0];
    int first = strcmp(words->word[0], "AT_FDCWD") == 0;
    const char *name = words->name;
    int keep = WORDS_LIMIT;

    for (size_t i = 0; i < n; i++) {
        if (strcmp(calls[i].name, name) != 0)
            continue;
        const char *last = words->word[first + calls[i].keep];
        if (calls[i].last != NULL && *last != '\0' &&
            strcmp(calls[i].last, last) != 0)
            break; /* it has more to say than the simple call could */
        name = calls[i].spelled;
        keep = calls[i].keep;
        break;
    }
    if (strcmp(name, "mknod") == 0 && begins(words->word[first + 1], "S_IFIFO"))
        name = "mkfifo";
    if (first && strcmp(name, "unlink") == 0 &&
        strcmp(words->word[2], "AT_REMOVEDIR") == 0)
        name = "rmdir";
    snprintf(spelled->call, sizeof spelled->call, "%s(", name);
    add_words(spelled->call, sizeof spelled->call, words, first, keep);
    for (size_t i = 0; i < sizeof shorter / sizeof shorter[0]; i++)
        words_replace(spelled->call, shorter[i][0], shorter[i][1]);
    words_replace(spelled->call, "S_IFIFO|", "");
}

/* Addresses are never the same again and mean nothing to anybody. */
static void
spell_result(struct spelled *spelled, const char *result)
{
    if (begins(result, "? ERESTART"))
        result = "interrupted by a signal";
    else if (begins(result, "0x") || *result == '?')
        result = "";
    snprintf(spelled->result, sizeof spelled->result, "%.95s", result);
}

/* fork() and the like. Returns 1 if it was one. */
static int
spell_fork(struct spelled *spelled, const struct words *words, const char *text)
{
    const char *name = "fork()";

    if (!begins(words->name, "clone") && strcmp(words->name, "fork") != 0 &&
        strcmp(words->name, "vfork") != 0)
        return 0;
    if (strstr(text, "CLONE_THREAD") != NULL)
        name = "pthread_create()";
    else if (strstr(text, "CLONE_VFORK") != NULL || words->name[0] == 'v')
        name = "vfork()";
    snprintf(spelled->call, sizeof spelled->call, "%s", name);
    spelled->child = (pid_t)atoi(words->result);
    return 1;
}

static void
note_program(struct spelled *spelled, const struct words *words)
{
    char *name = spelled->program;
    const char *path = words->word[0];
    const char *slash = strrchr(path, '/');

    if (strcmp(words->name, "execve") != 0 || strcmp(words->result, "0") != 0)
        return;
    path = slash != NULL ? slash + 1 : path;
    snprintf(name, sizeof spelled->program, "%.*s", (int)strcspn(path, "\"\\ "),
        path);
}

int
spell(struct spelling *spelling, const struct strace_event *event,
    struct spelled *spelled)
{
    struct words words;

    memset(spelled, 0, sizeof *spelled);
    if (words_split(&words, event->text) == -1)
        return 0;
    spell_result(spelled, words.result);
    int known = spell_object(spelling, &words, spelled);
    if (known != -1)
        return known;
    if (is_boring(&words))
        return 0;
    if (spell_fork(spelled, &words, event->text))
        return 1;
    respell(spelled, &words);
    note_program(spelled, &words);
    return 1;
}
