/*
 * lab_posix.c - the end of lab.c on POSIX, included there
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

/* What runs before the end, and the lock of who brings the end about: it is
 * taken once and never given back. */
static void (*last_act)(void);
static pthread_mutex_t end_lock;

void
lab_start(const char *argv0)
{
    const char *slash = strrchr(argv0, '/');

    program = slash == NULL ? argv0 : slash + 1;
    signal(SIGPIPE, SIG_IGN);
}

static int
last_error(void)
{
    return errno;
}

static void
set_last_error(int error)
{
    errno = error;
}

static void
say(const char *who, int error, const char *format, va_list arguments)
{
    fprintf(stderr, "%s: ", who);
    vfprintf(stderr, format, arguments);
    if (error != 0)
        fprintf(stderr, ": %s", strerror(error));
    fputc('\n', stderr);
}

static void
begin_end(void)
{
    if (last_act != NULL)
        pthread_mutex_lock(&end_lock);
}

static void
clean_up_once(void)
{
    begin_end();
    last_act();
}

/* The thread that waits for the signals; everybody else has them blocked. */
static void *
await_signal(void *signals)
{
    int number;

    if (sigwait(signals, &number) == 0) {
        clean_up_once();
        _exit(0); /* exit() is not for two threads at once */
    }
    return NULL;
}

void
clean_up_at_end(void (*clean_up)(void))
{
    static sigset_t signals;
    pthread_mutexattr_t attributes;
    pthread_t thread;

    /* Recursive: die() takes the lock, and exit() takes it again. */
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&end_lock, &attributes);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    last_act = clean_up;
    if (atexit(clean_up_once) != 0)
        diex("atexit: no room");
    errno = pthread_create(&thread, NULL, await_signal, &signals);
    if (errno != 0)
        die("pthread_create");
    pthread_detach(thread);
}

static lab_file
standard_input(void)
{
    return STDIN_FILENO;
}

static lab_file
standard_output(void)
{
    return STDOUT_FILENO;
}

static ssize_t
read_some(lab_file file, void *data, size_t size)
{
    ssize_t n;

    do
        n = read(file, data, size);
    while (n == -1 && errno == EINTR);
    return n;
}

static ssize_t
write_some(lab_file file, const void *data, size_t size)
{
    ssize_t n;

    do
        n = write(file, data, size);
    while (n == -1 && errno == EINTR);
    return n;
}

long long
clock_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}
