/*
 * 05-mistakes.c - mistakes with System V objects that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_05[] = {
    {"BYE1", "05-sysv", 8,
        "a client that ends without saying goodbye is never counted, so a "
        "server with COUNT waits for ever",
        "send a GOODBYE behind the loop, after a line that is too long as "
        "well"},
    {"BYE2", "05-sysv", 15,
        "a producer that ends without its end mark is never counted, so a "
        "server with COUNT waits for ever",
        "put a slot of length END_MARK behind the loop, after a line that is "
        "too long as well"},
    {"LNK1", "05-sysv", 1,
        "open() and stat() follow a symbolic link, so the file that is taken "
        "is somebody else's",
        "open() with O_NOFOLLOW, or look with lstat()"},
    {"MODE2", "05-sysv", 1,
        "open() gives its mode to a file that it makes; one that was there "
        "keeps its own",
        "fchmod() the file to 0600, whoever has made it"},
    {"MQ1", "05-sysv", 7,
        "the size that msgsnd() wants leaves out the type: this message is "
        "longer than what was to be sent",
        "pass MESSAGE_HEAD plus the bytes of text, not the size of the "
        "struct"},
    {"MQ2", "05-sysv", 7,
        "msgsnd() says \"Invalid argument\" when the type is below 1, the "
        "size below 0 or above the limit, or the queue ID none at all",
        "print what you pass to it: queue, type and size"},
    {"MQ4", "05-sysv", 3,
        "a message queue outlives every process: it stays until somebody "
        "removes it",
        "msgctl(queue, IPC_RMID, NULL) on every way out, errors and signals "
        "included"},
    {"MQ6", "05-sysv", 2,
        "what a crashed run has left under the key is still there, with all "
        "that is in it",
        "remove queue, segment and semaphores (IPC_RMID), then make new ones "
        "with IPC_CREAT | IPC_EXCL"},
    {"MQ7", "05-sysv", 5,
        "a server that waits for room in the queue takes no more messages, "
        "and so makes no room",
        "send the reply with IPC_NOWAIT; EAGAIN: drop it"},
    {"MQ9", "05-sysv", 4,
        "a message that is longer than the buffer stays in the queue (E2BIG), "
        "or with MSG_NOERROR is cut and looks like a good one",
        "receive with room for one byte more than the limit and with "
        "MSG_NOERROR: what fills it was too long"},
    {"MQ10", "05-sysv", 1,
        "ftok() has failed, which nobody has noticed, and its -1 became the "
        "key: everybody who makes this mistake shares it",
        "make the file first, then the key, and compare it with -1"},
    {"MQ11", "05-sysv", 7, "a message that was for somebody else was taken",
        "receive by type: exactly REPLY plus your own process ID, no 0 and "
        "no negative number"},
    {"MQ12", "05-sysv", 2,
        "IPC_PRIVATE (0) as a key makes a new object each time: nobody else "
        "can find it",
        "use the key that ftok() has made from the file NAME"},
    {"MQ13", "05-sysv", 6,
        "a client that makes the objects itself waits for a server that never "
        "comes, and nobody removes them",
        "open without IPC_CREAT: msgget(key, 0), semget(key, SEMAPHORES, 0), "
        "shmget(key, size, 0)"},
    {"MQ14", "05-sysv", 0,
        "the lowest nine bits of the flags are the permissions of a System V "
        "object: none, and nobody can open it; more than 0600, and others "
        "can",
        "make it with IPC_CREAT | IPC_EXCL | 0600"},
    {"SV1", "05-sysv", 0,
        "the buffer was touched while somebody else had MUTEX: two processes "
        "at once spoil it",
        "take MUTEX before head, tail or a slot is touched, and give it back "
        "after that"},
    {"SV2", "05-sysv", 9,
        "new semaphores do not count what they should: MUTEX 1, FREE 8, "
        "FILLED 0",
        "set all of them with SETALL before \"ready\""},
    {"SV3", "05-sysv", 11,
        "slots that are filled wait in the buffer, and nothing wakes the "
        "server again: FILLED need not be posted for each of them",
        "with MUTEX in hand, take every slot from head to tail"},
    {"SV4", "05-sysv", 0,
        "the counts of the semaphores do not add up: what is taken must be "
        "given back or posted, once each, and nobody may wait with MUTEX in "
        "hand",
        "producer: take FREE, take MUTEX, then post FILLED and give MUTEX "
        "back; consumer: take FILLED, take MUTEX, then give MUTEX back and "
        "post FREE for every slot"},
    {"SV5", "05-sysv", 0,
        "a process that dies gives back only what it has taken with SEM_UNDO; "
        "without it MUTEX stays taken, with it on one side only MUTEX counts "
        "wrong",
        "take MUTEX and give it back with SEM_UNDO, both times"},
    {"SV9", "05-sysv", 9,
        "shmget() fails when a smaller segment stands under the key",
        "remove what a crashed run has left before you make your own"},
    {"SV10", "05-sysv", 10,
        "a segment and semaphores outlive every process: they stay until "
        "somebody removes them",
        "shmctl() and semctl() with IPC_RMID on every way out, errors and "
        "signals included"},
    {NULL, NULL, 0, NULL, NULL},
};
