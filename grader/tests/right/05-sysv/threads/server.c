/*
 * server.c - one thread receives, another one answers
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

struct job {
    struct job *next;
    ssize_t size;
    struct {
        struct request request;
        char more;
    } message;
};

static const char *name;
static int is_made;
static int queue = -1;
static struct job *first;
static struct job **last = &first;
static int is_over;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;

static void
clean_up(void)
{
    if (queue != -1)
        msgctl(queue, IPC_RMID, NULL);
    if (is_made)
        unlink(name);
}

static void
answer(const struct job *job)
{
    static uint32_t serial;
    struct reply reply = {
        .serial = ++serial, .type = (long)job->message.request.pid + REPLY};

    memcpy(reply.text, job->message.request.text,
        (size_t)job->size - MESSAGE_HEAD);
    if (msgsnd(queue, &reply, (size_t)job->size, IPC_NOWAIT) == -1)
        complain("dropped a reply");
}

static void *
answer_all(void *unused)
{
    (void)unused;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (first == NULL && !is_over)
            pthread_cond_wait(&news, &lock);
        struct job *job = first;
        if (job != NULL && (first = job->next) == NULL)
            last = &first;
        pthread_mutex_unlock(&lock);
        if (job == NULL)
            return NULL;
        answer(job);
        free(job);
    }
}

static void
hand_over(struct job *job)
{
    pthread_mutex_lock(&lock);
    if (job == NULL) {
        is_over = 1;
    } else {
        *last = job;
        last = &job->next;
    }
    pthread_cond_signal(&news);
    pthread_mutex_unlock(&lock);
}

static void
make_queue(void)
{
    struct stat status;
    int id;
    int fd = open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600);

    if (fd == -1)
        die("open %s", name);
    if (fstat(fd, &status) == -1 || !S_ISREG(status.st_mode) || status.st_size)
        diex("%s is no key file", name);
    is_made = 1;
    if (fchmod(fd, 0600) == -1)
        die("fchmod %s", name);
    close(fd);
    key_t key = ftok(name, KEY_LETTER);
    if ((id = msgget(key, 0)) != -1)
        msgctl(id, IPC_RMID, NULL);
    if ((id = semget(key, 0, 0)) != -1)
        semctl(id, 0, IPC_RMID);
    if ((id = shmget(key, 0, 0)) != -1)
        shmctl(id, IPC_RMID, NULL);
    queue = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
    if (queue == -1)
        die("msgget %s", name);
}

int
main(int argc, char *argv[])
{
    pthread_t thread;
    int goodbyes = 0;

    lab_start(argv[0]);
    if (argc < 2 || argc > 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    name = argv[1];
    int count = argc == 3 ? parse_count("COUNT", argv[2]) : 0;
    clean_up_at_end(clean_up);
    make_queue();
    errno = pthread_create(&thread, NULL, answer_all, NULL);
    if (errno != 0)
        die("pthread_create");
    if (put_line("ready", 5) == -1)
        die("write");
    while (count == 0 || goodbyes < count) {
        struct job *job = calloc(1, sizeof *job);
        if (job == NULL)
            die("calloc");
        do
            job->size = msgrcv(queue, &job->message, 261, -2, MSG_NOERROR);
        while (job->size == -1 && errno == EINTR);
        if (job->size == -1)
            die("msgrcv %s", name);
        if (job->size < 4 || job->size > 260 || job->message.request.pid < 1) {
            complainx("a message makes no sense");
            free(job);
        } else if (job->message.request.type == GOODBYE) {
            goodbyes++;
            free(job);
        } else {
            hand_over(job);
        }
    }
    hand_over(NULL);
    pthread_join(thread, NULL);
    return 0;
}
