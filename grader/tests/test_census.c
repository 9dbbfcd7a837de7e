/*
 * test_census.c - what exists is listed as it is
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "census.h"
#include "hang.h"
#include "proc.h"
#include "room.h"
#include "socket_diag.h"
#include "suites.h"

static struct census_file files[CENSUS_FILES];

/* Every test begins in an empty folder: the work folder. */
static void
enter(void)
{
    char folder[32];

    snprintf(folder, sizeof folder, "%jd", (intmax_t)getpid());
    ck_assert_int_eq(mkdir(scratch(folder), 0700), 0);
    ck_assert_int_eq(chdir(scratch(folder)), 0);
}

/* A word that nobody's objects have. */
static size_t
list(void)
{
    return census_files(files, own_word());
}

static const struct census_file *
find(const char *where, const char *name)
{
    size_t n = list();

    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].name, name) == 0 &&
            strcmp(files[i].where, where) == 0)
            return &files[i];
    return NULL;
}

START_TEST(an_empty_folder_has_nothing)
{
    ck_assert_uint_eq(list(), 0);
}
END_TEST

START_TEST(lists_a_regular_file)
{
    struct stat status;
    FILE *stream = fopen("file", "w");

    fputs("12345", stream);
    fclose(stream);
    chmod("file", 0640);
    ck_assert_int_eq(stat("file", &status), 0);
    const struct census_file *file = find("work", "file");
    ck_assert(file != NULL);
    ck_assert_uint_eq(file->mode, S_IFREG | 0640);
    ck_assert_int_eq(file->size, 5);
    ck_assert_uint_eq(file->inode, status.st_ino);
    ck_assert_int_eq(file->value, -1);
}
END_TEST

START_TEST(lists_fifos_and_folders)
{
    mkfifo("fifo", 0600);
    mkdir("folder", 0700);
    close(open("folder/inner", O_WRONLY | O_CREAT, 0600));
    ck_assert(S_ISFIFO(find("work", "fifo")->mode));
    ck_assert(S_ISDIR(find("work", "folder")->mode));
    ck_assert_uint_eq(list(), 2); /* not what is inside */
}
END_TEST

/* A fifo and a link to a terminal: opening them would wait, or worse. */
START_TEST(follows_no_link)
{
    ck_assert_int_eq(symlink("/etc/passwd", "link"), 0);
    ck_assert_int_eq(symlink("nowhere", "dangling"), 0);
    ck_assert_int_eq(symlink("/dev/zero", "sem.zero"), 0);
    mkfifo("sem.fifo", 0600);
    ck_assert(S_ISLNK(find("work", "link")->mode));
    ck_assert(S_ISLNK(find("work", "dangling")->mode));
    ck_assert_int_eq(find("work", "sem.zero")->value, -1);
    ck_assert_int_eq(find("work", "sem.fifo")->value, -1);
}
END_TEST

START_TEST(bears_odd_names)
{
    char longest[256];

    memset(longest, 'n', 255);
    longest[255] = '\0';
    close(open(longest, O_WRONLY | O_CREAT, 0600));
    close(open("\033[2J\n\377", O_WRONLY | O_CREAT, 0600));
    ck_assert_uint_eq(list(), 2);
    ck_assert(find("work", "\033[2J\n\377") != NULL);
    longest[CENSUS_NAME - 1] = '\0';
    ck_assert(find("work", longest) != NULL);
}
END_TEST

START_TEST(lists_no_more_than_there_is_room_for)
{
    char name[16];

    for (int i = 0; i < 3 * CENSUS_FILES; i++) {
        snprintf(name, sizeof name, "%d", i);
        close(open(name, O_WRONLY | O_CREAT, 0600));
    }
    ck_assert_uint_eq(list(), CENSUS_FILES);
}
END_TEST

START_TEST(tells_the_value_of_a_semaphore)
{
    char path[96];
    char name[64];
    struct stat status;

    snprintf(path, sizeof path, "/%s", own_word());
    snprintf(name, sizeof name, "sem.%s", own_word());
    sem_t *semaphore = sem_open(path, O_CREAT | O_EXCL, 0600, 3);
    ck_assert(semaphore != SEM_FAILED);
    const struct census_file *file = find("shm", name);
    ck_assert(file != NULL);
    ck_assert_int_eq(file->value, 3);
    sem_wait(semaphore);
    ck_assert_int_eq(find("shm", name)->value, 2);
    for (int i = 0; i < 2; i++)
        sem_wait(semaphore);
    ck_assert_int_eq(find("shm", name)->value, 0);
    snprintf(path, sizeof path, "/dev/shm/%s", name);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_str_eq(census_shm_name(status.st_ino), name);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_ptr_eq(find("shm", name), NULL);
}
END_TEST

START_TEST(lists_shared_memory)
{
    char path[64];

    snprintf(path, sizeof path, "/%s", own_word());
    int fd = shm_open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    ck_assert_int_eq(ftruncate(fd, 1234), 0);
    const struct census_file *file = find("shm", own_word());
    ck_assert(file != NULL);
    ck_assert_int_eq(file->size, 1234);
    ck_assert_int_eq(file->value, -1);
    shm_unlink(path);
    ck_assert_ptr_eq(find("shm", own_word()), NULL);
}
END_TEST

/* A file that only looks like a semaphore. */
START_TEST(a_false_semaphore_has_no_value)
{
    char path[96];
    char name[64];

    snprintf(name, sizeof name, "sem.%s", own_word());
    snprintf(path, sizeof path, "/dev/shm/%s", name);
    close(open(path, O_WRONLY | O_CREAT, 0600));
    ck_assert_int_eq(find("shm", name)->value, -1);
    unlink(path);
}
END_TEST

static void
settle(void)
{
    static struct hang hang;

    while (hang_prove(&hang) != STILL_STUCK)
        sched_yield();
}

/* The fixture was built with a relative path: back to the kit to start it. */
static struct census_process process;

static const struct {
    const char *word;
    const char *access;
} maps[] = {{"map-shared", "rw-s"}, {"map-private", "rw-p"}};

START_TEST(tells_how_a_file_is_mapped)
{
    struct stat status;
    char file[256];
    const struct census_map *map = NULL;

    snprintf(file, sizeof file, "%s", scratch(maps[_i].word));
    pid_t pid = fixture_start("act", maps[_i].word, file, NULL);
    settle();
    ck_assert_int_eq(stat(file, &status), 0);
    ck_assert_int_eq(census_process(pid, &process), 0);
    ck_assert_int_eq(process.pid, pid);
    ck_assert_int_eq(process.parent, getpid());
    ck_assert_str_eq(process.name, "act");
    for (uint32_t i = 0; i < process.maps; i++)
        if (process.map[i].inode == status.st_ino)
            map = &process.map[i];
    ck_assert(map != NULL);
    ck_assert_str_eq(map->access, maps[_i].access);
    ck_assert_uint_eq(map->size, 4096);
    ck_assert_uint_eq(map->offset, 0);
    ck_assert_str_eq(map->path, file);
    end_descendants();
    ck_assert_int_eq(census_process(pid, &process), -1);
}
END_TEST

START_TEST(tells_descriptors)
{
    struct stat status;
    pid_t pid = fixture_start("act", "map-shared", scratch("opened"), NULL);

    settle();
    ck_assert_int_eq(census_process(pid, &process), 0);
    const struct census_fd *fd = NULL;
    for (uint32_t i = 0; i < process.fds; i++)
        if (process.fd[i].fd == 3)
            fd = &process.fd[i];
    ck_assert(fd != NULL);
    ck_assert_int_eq(fd->access, O_RDWR);
    ck_assert_int_eq(stat(scratch("opened"), &status), 0);
    ck_assert(strstr(fd->target, "/opened") != NULL);
    end_descendants();
}
END_TEST

START_TEST(tells_pipes_apart)
{
    const struct census_fd *ends[2] = {NULL, NULL};
    pid_t pid = fixture_start("wait", "read", NULL);

    settle();
    ck_assert_int_eq(census_process(pid, &process), 0);
    for (uint32_t i = 0; i < process.fds; i++)
        if (process.fd[i].fd == 3 || process.fd[i].fd == 4)
            ends[process.fd[i].fd - 3] = &process.fd[i];
    ck_assert(ends[0] != NULL && ends[1] != NULL);
    ck_assert_uint_ne(ends[0]->inode, 0);
    ck_assert_uint_eq(ends[0]->inode, ends[1]->inode);
    ck_assert_int_eq(ends[0]->access, O_RDONLY);
    ck_assert_int_eq(ends[1]->access, O_WRONLY);
    end_descendants();
}
END_TEST

START_TEST(tells_sockets)
{
    const struct census_fd *slot = NULL;
    char path[256];

    snprintf(path, sizeof path, "%s", scratch("slot"));
    pid_t pid = fixture_start("wait", "mailbox", path, NULL);
    settle();
    ck_assert_int_eq(census_process(pid, &process), 0);
    for (uint32_t i = 0; i < process.fds; i++) {
        const struct census_socket *socket = &process.fd[i].socket;
        ck_assert_int_eq(
            S_ISSOCK(process.fd[i].mode), socket->family == AF_UNIX);
        if (socket->bound[0] != '\0')
            slot = &process.fd[i];
        else if (socket->family != 0)
            ck_assert_str_eq(socket->peer, path);
    }
    ck_assert(slot != NULL);
    ck_assert_int_eq(slot->socket.type, SOCK_DGRAM);
    ck_assert_str_eq(slot->socket.bound, path);
    ck_assert_int_eq(slot->socket.queued, 6); /* of the first letter */
    ck_assert_int_eq(slot->socket.has_timeout, 0);
    end_descendants();
}
END_TEST

/* What a copy tells, and what the kernel tells of other people's sockets. */
static void
compare_ways(pid_t pid, int fd)
{
    struct census_socket copy;
    struct census_socket outside;

    ck_assert_int_eq(census_socket(pid, fd, &copy), 0);
    ck_assert_int_eq(socket_diag(pid, fd, &outside), 0);
    ck_assert_int_eq(outside.family, copy.family);
    ck_assert_int_eq(outside.type, copy.type);
    ck_assert_str_eq(outside.bound, copy.bound);
    ck_assert_str_eq(outside.peer, copy.peer);
    ck_assert_int_eq(outside.queued > 0, copy.queued > 0);
    if (copy.family == AF_UNIX)
        ck_assert_int_eq(outside.queued, copy.queued);
}

START_TEST(tells_sockets_without_a_copy)
{
    char path[256];
    int sockets = 0;

    snprintf(path, sizeof path, "%s", scratch("other"));
    pid_t pid = fixture_start("wait", "mailbox", path, NULL);
    settle();
    ck_assert_int_eq(census_process(pid, &process), 0);
    for (uint32_t i = 0; i < process.fds; i++)
        if (S_ISSOCK(process.fd[i].mode)) {
            compare_ways(pid, process.fd[i].fd);
            sockets++;
        }
    ck_assert_int_eq(sockets, 2);
    end_descendants();
}
END_TEST

static int
bind_to(int family, int type, const void *address, socklen_t size)
{
    int fd = socket(family, type, 0);

    ck_assert_int_ne(fd, -1);
    if (address != NULL)
        ck_assert_int_eq(bind(fd, address, size), 0);
    return fd;
}

START_TEST(tells_all_families_without_a_copy)
{
    const struct sockaddr_in inet = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct sockaddr_un word = {AF_UNIX, "\0kit-tests"};
    struct sockaddr_in whole;
    socklen_t size = sizeof whole;
    int fds[] = {bind_to(AF_INET, SOCK_DGRAM, &inet, sizeof inet),
        bind_to(AF_INET, SOCK_STREAM, &inet, sizeof inet),
        bind_to(AF_UNIX, SOCK_STREAM, &word, sizeof(sa_family_t) + 10),
        bind_to(AF_UNIX, SOCK_SEQPACKET, NULL, 0),
        bind_to(AF_INET, SOCK_DGRAM, &inet, sizeof inet),
        bind_to(AF_INET, SOCK_DGRAM, NULL, 0),
        bind_to(AF_INET, SOCK_STREAM, NULL, 0),
        bind_to(AF_INET6, SOCK_DGRAM, NULL, 0)};

    ck_assert_int_eq(getsockname(fds[0], (struct sockaddr *)&whole, &size), 0);
    ck_assert_int_eq(
        connect(fds[4], (struct sockaddr *)&whole, sizeof whole), 0);
    ck_assert_int_eq(send(fds[4], "letter", 6, 0), 6);
    ck_assert_int_eq(listen(fds[1], 1), 0);
    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++)
        compare_ways(getpid(), fds[i]);
}
END_TEST

/* More than fit into a page, or into a few. */
START_TEST(finds_a_socket_among_many)
{
    const struct sockaddr_in inet = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fds[600];

    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++)
        fds[i] = bind_to(AF_INET, SOCK_DGRAM, &inet, sizeof inet);
    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++)
        compare_ways(getpid(), fds[i]);
}
END_TEST

START_TEST(tells_the_kind_of_what_is_open)
{
    int fifos = 0;
    pid_t pid = fixture_start("wait", "fifo-own", scratch("fifo"), NULL);
    struct stat status;

    settle();
    ck_assert_int_eq(stat(scratch("fifo"), &status), 0);
    ck_assert_int_eq(census_process(pid, &process), 0);
    for (uint32_t i = 0; i < process.fds; i++)
        fifos += process.fd[i].inode == status.st_ino &&
                 S_ISFIFO(process.fd[i].mode);
    ck_assert_int_eq(fifos, 2);
    end_descendants();
}
END_TEST

Suite *
census_suite(void)
{
    Suite *suite = suite_create("census");
    TCase *tcase = tcase_create("files");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_checked_fixture(tcase, enter, NULL);
    tcase_add_test(tcase, an_empty_folder_has_nothing);
    tcase_add_test(tcase, lists_a_regular_file);
    tcase_add_test(tcase, lists_fifos_and_folders);
    tcase_add_test(tcase, follows_no_link);
    tcase_add_test(tcase, bears_odd_names);
    tcase_add_test(tcase, lists_no_more_than_there_is_room_for);
    tcase_add_test(tcase, tells_the_value_of_a_semaphore);
    tcase_add_test(tcase, lists_shared_memory);
    tcase_add_test(tcase, a_false_semaphore_has_no_value);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("processes");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(
        tcase, tells_how_a_file_is_mapped, 0, sizeof maps / sizeof maps[0]);
    tcase_add_test(tcase, tells_descriptors);
    tcase_add_test(tcase, tells_pipes_apart);
    tcase_add_test(tcase, tells_sockets);
    tcase_add_test(tcase, tells_sockets_without_a_copy);
    tcase_add_test(tcase, tells_all_families_without_a_copy);
    tcase_add_test(tcase, finds_a_socket_among_many);
    tcase_add_test(tcase, tells_the_kind_of_what_is_open);
    suite_add_tcase(suite, tcase);
    return suite;
}
