/*
 * 05-mistakes.c - mistakes with System V objects that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_05[] = {
    {
        .id = "BYE1",
        .lab = "05-sysv",
        .step = 8,
        .what = "a client that ends without saying goodbye is never counted, "
                "so a server with COUNT waits for ever",
        .mend = "send a GOODBYE behind the loop, after a line that is too long "
                "as well",
        .nudge = "The server counts clients that have finished. How does it "
                 "learn that yours has, in each of the ways in which your loop "
                 "can end?",
        .more = "A message queue does not know who uses it: nothing is opened "
                "and nothing is closed, so the end of a client is seen by "
                "nobody. That is why the protocol has a message for it, the "
                "GOODBYE, of type 2. A client that ends without sending it is "
                "never counted, and a server that was told to serve COUNT "
                "clients goes on waiting. The loop ends when the input ends, "
                "when a line is too long, and when the input cannot be read: "
                "after all of these comes the GOODBYE, and only then the "
                "complaint and the exit status. \"ipcs -q\" before and after "
                "your client shows a message more if nobody is there to take "
                "it.",
    },
    {
        .id = "BYE2",
        .lab = "05-sysv",
        .step = 15,
        .what = "a producer that ends without its end mark is never counted, "
                "so a server with COUNT waits for ever",
        .mend = "put a slot of length END_MARK behind the loop, after a line "
                "that is too long as well",
        .nudge =
            "The server counts end marks. After which line of your program "
            "does one go into the buffer, and do all ways out pass that "
            "line?",
        .more = "Shared memory does not know who uses it, and the end of a "
                "process changes nothing in it. So the end of a client's lines "
                "is a slot like any other, filled with the same three "
                "semaphores, but with the length END_MARK instead of a length. "
                "A client that leaves it out is never counted, and a server "
                "with COUNT waits for ever. The mark goes behind the loop, for "
                "a line that is too long and for an unreadable input as well. "
                "The mark is not a line of length 0: an empty line is a line. "
                "With the server halted (kill -STOP), \"ipcs -s -i ID\" shows "
                "how FILLED grows by one for each line and for the mark.",
    },
    {
        .id = "LNK1",
        .lab = "05-sysv",
        .step = 1,
        .what = "open() and stat() follow a symbolic link, so the file that is "
                "taken is somebody else's",
        .mend = "open() with O_NOFOLLOW, or look with lstat()",
        .nudge = "Make a symbolic link of that NAME that leads to a file of "
                 "yours elsewhere, and start the server. Whose file does it "
                 "use, and whose mode does it change?",
        .more = "open(), stat() and chmod() go where a symbolic link leads, "
                "without a word. A server that takes the file at NAME as its "
                "key file may so take any file that somebody has laid a link "
                "to: it changes its mode, makes its key from it (ftok() "
                "follows links as well) and perhaps removes the link at the "
                "end. In a folder where others may write, such as /tmp, this "
                "is a well-known attack. open() with O_NOFOLLOW fails with "
                "ELOOP (\"Too many levels of symbolic links\") if the last "
                "part of the path is a link; lstat() looks at the link itself. "
                "\"ln -s somewhere NAME\" is all it takes to try.",
    },
    {
        .id = "MODE2",
        .lab = "05-sysv",
        .step = 1,
        .what = "open() gives its mode to a file that it makes; one that was "
                "there keeps its own",
        .mend = "fchmod() the file to 0600, whoever has made it",
        .nudge = "Create the file first with \"touch NAME; chmod 644 NAME\", "
                 "then start your server. Which mode has it now?",
        .more = "The mode in open(path, O_CREAT, mode) is for a file that this "
                "very call creates. If the file is there already, the argument "
                "is ignored and the file keeps what it has. A file that a "
                "crashed run, or another program, has left may thus be "
                "readable or writable for everybody, and your server takes it "
                "on. fchmod() on the open descriptor sets the mode whoever has "
                "made the file, and the umask does not touch it. It acts on "
                "the descriptor and not on the name, so nobody can exchange "
                "the file between the two calls. \"ls -l NAME\" while the "
                "server runs shows the result.",
    },
    {
        .id = "MQ1",
        .lab = "05-sysv",
        .step = 7,
        .what = "the size that msgsnd() wants leaves out the type: this "
                "message is longer than what was to be sent",
        .mend = "pass MESSAGE_HEAD plus the bytes of text, not the size of the "
                "struct",
        .nudge = "What is the size of the structure, what is the size of the "
                 "text, and which of them counts the long in front? Compare "
                 "with the used bytes in \"ipcs -q\".",
        .more = "msgsnd() takes a pointer to a structure that begins with a "
                "long, the type, and a size that says how many bytes come "
                "*behind* it. To pass sizeof the structure is 8 bytes too "
                "much: the call reads over the end of the structure and sends "
                "whatever lies there, which may even be something secret, and "
                "the receiver gets a message that is longer than it should be. "
                "To pass the size of the whole text array sends the unused "
                "rest along. In this protocol the size is MESSAGE_HEAD, for "
                "the process number or the serial, plus the bytes of text. "
                "\"strace -e trace=msgsnd ./client NAME\" shows the size as "
                "the argument behind the structure; neither the compiler nor "
                "the sanitizers notice.",
    },
    {
        .id = "MQ2",
        .lab = "05-sysv",
        .step = 7,
        .what = "msgsnd() says \"Invalid argument\" when the type is below 1, "
                "the size below 0 or above the limit, or the queue ID none at "
                "all",
        .mend = "print what you pass to it: queue, type and size",
        .nudge = "Print the three numbers that you give to msgsnd(): queue, "
                 "type, size. Which of them is not what you believe?",
        .more = "EINVAL (\"Invalid argument\") from msgsnd() has few causes, "
                "which msgop(2) lists: the queue's identifier is none (perhaps "
                "the -1 of a msgget() that failed), the type is not above 0, "
                "or the size is negative or above the limit for one message "
                "(kernel.msgmax, 8192 bytes by default). Type 0 is what a "
                "structure that was set to zeros has. 0 and negative numbers "
                "have a meaning only for msgrcv(), where they say \"any "
                "message\" and \"the lowest type up to this\". \"strace -e "
                "trace=msgget,msgsnd ./client NAME\" shows all of them in one "
                "line. Set the type for every message, before you send it.",
    },
    {
        .id = "MQ4",
        .lab = "05-sysv",
        .step = 3,
        .what = "a message queue outlives every process: it stays until "
                "somebody removes it",
        .mend = "msgctl(queue, IPC_RMID, NULL) on every way out, errors and "
                "signals included",
        .nudge = "Run \"ipcs -q\" before your server starts and after it has "
                 "ended, in every way that it can end. Which line is new?",
        .more = "System V objects belong to the kernel, not to a process: no "
                "exit, no signal and no crash removes them. A queue stays with "
                "everything that is in it until somebody calls msgctl() with "
                "IPC_RMID, or types ipcrm -q ID, or the machine is restarted. "
                "The number of queues is limited for the whole machine "
                "(kernel.msgmni), and the next run finds the old one under the "
                "same key. So it has to be removed on each way out: at the end "
                "of main(), in die(), and on SIGINT and SIGTERM. "
                "clean_up_at_end() calls your function on all of these; "
                "remember there whether the queue is yours, and remove the key "
                "file last.",
    },
    {
        .id = "MQ6",
        .lab = "05-sysv",
        .step = 2,
        .what = "what a crashed run has left under the key is still there, "
                "with all that is in it",
        .mend = "remove queue, segment and semaphores (IPC_RMID), then make "
                "new ones with IPC_CREAT | IPC_EXCL",
        .nudge = "Kill the server with kill -9 while messages wait, and start "
                 "it again. What does \"ipcs -q\" show between the two, and "
                 "what does the new server find?",
        .more = "msgget() with IPC_CREAT alone takes an object that is there "
                "already, with its old permissions, its old size and its old "
                "contents: requests of clients that are long gone, replies to "
                "process numbers that may belong to somebody else by now, "
                "semaphores that were left in the middle of something. The new "
                "run then answers questions of the dead. So a server first "
                "looks for leftovers under its key (msgget(key, 0), "
                "semget(key, 0, 0), shmget(key, 0, 0)) and removes each with "
                "IPC_RMID, and then makes its own with IPC_CREAT | IPC_EXCL, "
                "which fails rather than take an old one. Removing has a "
                "second good effect: who still waits there wakes up with "
                "EIDRM.",
    },
    {
        .id = "MQ7",
        .lab = "05-sysv",
        .step = 5,
        .what = "a server that waits for room in the queue takes no more "
                "messages, and so makes no room",
        .mend = "send the reply with IPC_NOWAIT; EAGAIN: drop it",
        .nudge = "Halt all clients and fill the queue. Who could make room in "
                 "it? What is your server doing at this moment?",
        .more = "A queue holds a limited number of bytes (kernel.msgmnb, 16384 "
                "by default), for requests and replies together. When it is "
                "full, msgsnd() sleeps until somebody takes a message out. If "
                "the server sleeps there, it takes no requests, and if the "
                "clients sleep in their own msgsnd(), nobody takes anything: a "
                "deadlock that only many messages show. One of them must never "
                "wait, and that is the server: with IPC_NOWAIT its msgsnd() "
                "fails with EAGAIN instead, the reply is dropped with a line "
                "on standard error, and it goes on taking requests, which "
                "makes room. \"strace -p PID\" shows both in msgsnd(), \"ipcs "
                "-q\" the full queue.",
    },
    {
        .id = "MQ9",
        .lab = "05-sysv",
        .step = 4,
        .what = "a message that is longer than the buffer stays in the queue "
                "(E2BIG), or with MSG_NOERROR is cut and looks like a good one",
        .mend = "receive with room for one byte more than the limit and with "
                "MSG_NOERROR: what fills it was too long",
        .nudge = "A message has one byte more than your buffer. What does "
                 "msgrcv() do with it without MSG_NOERROR, and what with it? "
                 "Which of the two can you notice?",
        .more = "Without MSG_NOERROR, msgrcv() fails with E2BIG and *leaves "
                "the message in the queue*: the next call finds it again, and "
                "the server either ends or turns round for ever. With "
                "MSG_NOERROR the message is cut to the size of your buffer and "
                "taken out, and nothing tells you that it was longer: it looks "
                "like a good one. The way out is to allow one byte more than "
                "the protocol does, with MSG_NOERROR: a message that fills "
                "this byte was too long, whatever its length, and it is out of "
                "the queue. Then it costs a line on standard error and nothing "
                "else. \"strace -e trace=msgrcv -p PID\" shows the size, the "
                "flag and the result.",
    },
    {
        .id = "MQ15",
        .lab = "05-sysv",
        .step = 4,
        .what = "the server takes every message, its own replies, too, and "
                "answers them",
        .mend = "receive with the type -GOODBYE: the lowest type up to "
                "GOODBYE, so requests and goodbyes and nothing else",
        .nudge = "Your replies lie in the same queue as the requests. What "
                 "does the type 0 in msgrcv() want, and who may come first: "
                 "the client or your server?",
        .more = "msgrcv() with type 0 takes the oldest message, whatever it "
                "is. The server puts its reply into the queue and goes round: "
                "there it lies, the oldest message, and the server takes it "
                "for a request, before the client has a chance to. The reply "
                "to that is the next one, and so on for ever, at full speed; "
                "the client waits for a reply that it never gets, or gets one "
                "with a wild number. The types are there to keep them apart: "
                "a request has 1, a goodbye 2, a reply is above 3. A negative "
                "type means all types up to that number, the lowest first: "
                "-GOODBYE is what a server wants. \"strace -e trace=msgrcv,"
                "msgsnd ./server NAME\" shows who takes what.",
    },
    {
        .id = "MQ10",
        .lab = "05-sysv",
        .step = 1,
        .what = "ftok() has failed, which nobody has noticed, and its -1 "
                "became the key: everybody who makes this mistake shares it",
        .mend = "make the file first, then the key, and compare it with -1",
        .nudge = "What does ftok() return if the file does not exist? And who "
                 "else in the world would use that key? \"ipcs -q\" shows keys "
                 "in its first column.",
        .more = "ftok() makes a number from a file's identity and a letter, so "
                "the file must exist. If it does not, ftok() returns -1 and "
                "sets errno, as most calls do; but -1 is a number like others, "
                "and msgget() takes it as the key 0xffffffff. Then everything "
                "works as long as both halves make the same mistake, and every "
                "other program on the machine that makes it shares your queue. "
                "So first make the file, then the key, and compare the key "
                "with -1 on the next line. In strace ftok() is the stat() "
                "(newfstatat) of the file in front of msgget(); if it says "
                "ENOENT, you have found it.",
    },
    {
        .id = "MQ11",
        .lab = "05-sysv",
        .step = 7,
        .what = "a message that was for somebody else was taken",
        .mend = "receive by type: exactly REPLY plus your own process ID, no 0 "
                "and no negative number",
        .nudge =
            "The type in msgrcv() says which messages you want. Which ones "
            "does 0 take? And which of all messages in the queue is for "
            "you alone?",
        .more = "One queue carries the requests of all clients and the replies "
                "to all of them. msgrcv() with type 0 takes the oldest message "
                "whatever it is, with a negative type the one with the lowest "
                "type up to that number, with a positive type exactly that "
                "type. A client that takes any message, or any reply, takes "
                "what was for others: they wait for ever, and it prints an "
                "answer to a question that it has not asked. With one client "
                "alone it goes well nearly always. The type of your reply is "
                "REPLY plus your own process number; \"strace -e trace=msgrcv "
                "./client NAME\" shows the number as the argument behind the "
                "size.",
    },
    {
        .id = "MQ12",
        .lab = "05-sysv",
        .step = 2,
        .what = "IPC_PRIVATE (0) as a key makes a new object each time: nobody "
                "else can find it",
        .mend = "use the key that ftok() has made from the file NAME",
        .nudge = "Start your program twice and compare the first column of "
                 "\"ipcs\". What does a key of 0 mean?",
        .more = "IPC_PRIVATE is the key 0, and in spite of its name it means "
                "\"new\": each call makes another object, which no key leads "
                "to. That is useful when the identifier is handed on by fork() "
                "or written down somewhere, but unrelated programs cannot find "
                "such an object: the server sits at its own, the client makes "
                "a second one, and both wait. \"ipcs\" shows such objects with "
                "the key 0x00000000. A key that was never set is 0 as well, "
                "for instance a global variable that is used before ftok() was "
                "called. Both halves need the same key, made by ftok() from "
                "the file NAME and KEY_LETTER.",
    },
    {
        .id = "MQ13",
        .lab = "05-sysv",
        .step = 6,
        .what = "a client that makes the objects itself waits for a server "
                "that never comes, and nobody removes them",
        .mend = "open without IPC_CREAT: msgget(key, 0), semget(key, "
                "SEMAPHORES, 0), shmget(key, size, 0)",
        .nudge =
            "Start the client without a server. What does it say, and does "
            "\"ipcs\" show something new afterwards?",
        .more = "With IPC_CREAT, msgget(), semget() and shmget() make what "
                "they do not find. In a client this turns \"there is no "
                "server\" into a silent wait for somebody who never comes; and "
                "since a System V object stays when its maker ends, it also "
                "leaves one behind each time. Semaphores that a client makes "
                "are worse still: their first values are not set by anybody. "
                "Without IPC_CREAT the calls fail with ENOENT, and the message "
                "tells the user what is wrong. \"strace -e "
                "trace=msgget,semget,shmget ./client NAME\" shows the flags. "
                "The server creates, the client finds.",
    },
    {
        .id = "MQ14",
        .lab = "05-sysv",
        .what = "the lowest nine bits of the flags are the permissions of a "
                "System V object: none, and nobody can open it; more than "
                "0600, and others can",
        .mend = "make it with IPC_CREAT | IPC_EXCL | 0600",
        .nudge =
            "Look at the column \"perms\" of ipcs. Who may use the object, "
            "and where in your call do these three digits come from?",
        .more = "For msgget(), semget() and shmget() there is no separate "
                "argument for the mode: it is the lowest nine bits of the "
                "flags, as with a file (sysvipc(7)). IPC_CREAT | IPC_EXCL "
                "without a mode makes an object with the mode 000: even its "
                "maker gets EACCES from msgsnd() and msgrcv(); only root does "
                "not notice. 0666 lets everybody on the machine read and write "
                "it. The umask plays no part here. So write IPC_CREAT | "
                "IPC_EXCL | 0600; mind the leading 0, as 600 is another "
                "number, which the flags would take in a very strange way.",
    },
    {
        .id = "SV1",
        .lab = "05-sysv",
        .what = "the buffer was touched while somebody else had MUTEX: two "
                "processes at once spoil it",
        .mend = "take MUTEX before head, tail or a slot is touched, and give "
                "it back after that",
        .nudge = "Who may touch head, tail and the slots at this moment, and "
                 "how do you know? Point at the semop() that gave you the "
                 "right, for each access.",
        .more = "Adding to tail is three steps for the processor: load, add, "
                "store. If two clients do it at once, both may load the same "
                "number, both write into the same slot, and one line is lost; "
                "a reader in between sees half of a line. MUTEX counts 1: "
                "whoever takes it is alone in the buffer until he gives it "
                "back, and everybody else sleeps in semop(). It helps only if "
                "all take it, and if every access lies between taking and "
                "giving back, the reading of tail as well. On an idle machine "
                "the mistake shows in one run of thousands. The grader does "
                "not wait for that: it holds MUTEX itself, and looks whether "
                "you touch the buffer all the same.",
    },
    {
        .id = "SV2",
        .lab = "05-sysv",
        .step = 9,
        .what = "new semaphores do not count what they should: MUTEX 1, FREE "
                "8, FILLED 0",
        .mend = "set all of them with SETALL before \"ready\"",
        .nudge =
            "Directly behind your semget() look at \"ipcs -s -i ID\". What "
            "do the three semaphores count, and who was it that gave them "
            "these values?",
        .more = "semget() makes a set, and the first values of its semaphores "
                "are not specified by POSIX; on Linux they are 0. With MUTEX "
                "at 0 nobody ever gets into the buffer, with FREE at 0 nobody "
                "may put anything. semctl() with SETALL sets all of them in "
                "one call, from an array of unsigned short; SETVAL sets one. "
                "It has to happen before \"ready\", or a client may come and "
                "wait, or even have its change overwritten. The fourth "
                "argument of semctl() is a union semun that each program "
                "defines itself: a value or pointer of another type in its "
                "place can arrive as garbage. MUTEX is 1, FREE is the number "
                "of slots, FILLED is 0.",
    },
    {
        .id = "SV3",
        .lab = "05-sysv",
        .step = 11,
        .what = "slots that are filled wait in the buffer, and nothing wakes "
                "the server again: FILLED need not be posted for each of them",
        .mend = "with MUTEX in hand, take every slot from head to tail",
        .nudge = "Two slots are filled, and FILLED was posted once. How many "
                 "slots does your server take when it wakes up, and what wakes "
                 "it for the second one?",
        .more = "A client that dies between moving tail and posting FILLED "
                "(which the contract allows it to) leaves a filled slot that "
                "was not counted. If the server takes one slot for each count, "
                "it is one behind from then on: the last line stays in the "
                "buffer and nothing wakes the server for it. So the count is "
                "used only for waking: once awake, with MUTEX in hand, take "
                "every slot from head up to tail. The next time the server may "
                "then find none, because it has taken more than one before, "
                "and that is normal. FREE is posted once for each slot that "
                "was really taken.",
    },
    {
        .id = "SV4",
        .lab = "05-sysv",
        .what = "the counts of the semaphores do not add up: what is taken "
                "must be given back or posted, once each, and nobody may wait "
                "with MUTEX in hand",
        .mend = "producer: take FREE, take MUTEX, then post FILLED and give "
                "MUTEX back; consumer: take FILLED, take MUTEX, then give "
                "MUTEX back and post FREE for every slot",
        .nudge = "Write down MUTEX, FREE and FILLED before and after each "
                 "semop() of one line, on both sides. Where does the sum not "
                 "come out, and who waits with MUTEX in hand?",
        .more = "Every slot is either free or filled, so outside of any "
                "semop() FREE + FILLED is 8, and MUTEX is 1 when nobody is "
                "inside. A count that is taken and never given back, posted "
                "twice, or posted on the wrong semaphore breaks that, a little "
                "with each line, until somebody waits for ever or writes over "
                "a slot that is not yet read. The second kind is the order: "
                "whoever takes MUTEX first and then waits for FREE or FILLED "
                "keeps out the very process that could make room. So wait for "
                "the count first, take MUTEX second, and give back every time "
                "what you have taken, on each way out. \"ipcs -s -i ID\" shows "
                "values and, under ncount, who waits for what; compare it with "
                "the table in part 6.",
    },
    {
        .id = "SV5",
        .lab = "05-sysv",
        .what = "a process that dies gives back only what it has taken with "
                "SEM_UNDO; without it MUTEX stays taken, with it on one side "
                "only MUTEX counts wrong",
        .mend = "take MUTEX and give it back with SEM_UNDO, both times",
        .nudge = "Your client is killed (kill -9) between taking MUTEX and "
                 "giving it back. Who gives it back? And if SEM_UNDO stands at "
                 "only one of the two semop() calls?",
        .more = "No process can clean up after SIGKILL. With SEM_UNDO the "
                "kernel keeps an account for each process and semaphore: a -1 "
                "with this flag is noted as \"owes +1\", a +1 with it takes "
                "the note away. When the process ends, however it does, what "
                "is still noted is done. So with the flag on both sides a "
                "killed owner gives MUTEX back, and a good end changes "
                "nothing. With the flag on one side only the account does not "
                "balance: after a normal end MUTEX counts too much or too "
                "little, and two processes are in the buffer at once, or none "
                "can enter. FREE and FILLED must not have it, since they "
                "change hands: one takes, another one posts. \"ipcs -s -i ID\" "
                "after each end of a client shows it.",
    },
    {
        .id = "SV9",
        .lab = "05-sysv",
        .step = 9,
        .what = "shmget() fails when a smaller segment stands under the key",
        .mend = "remove what a crashed run has left before you make your own",
        .nudge = "Which size has the segment in \"ipcs -m\", and which size do "
                 "you ask for? Who has made the one that is there?",
        .more = "shmget() for a key that exists does not make the segment "
                "larger: if you ask for more bytes than it has, it fails with "
                "EINVAL, and with IPC_EXCL it fails with EEXIST in any case. A "
                "smaller one may be left from a crash of an older version of "
                "your program, or from somebody else who uses the same key. If "
                "you asked with the size 0 instead, you would get the small "
                "one, attach it and crash behind its end. So remove leftovers "
                "before you make your own: shmget(key, 0, 0) finds a segment "
                "of any size, shmctl() with IPC_RMID removes it. \"ipcs -m\" "
                "shows key, size and owner.",
    },
    {
        .id = "SV10",
        .lab = "05-sysv",
        .step = 10,
        .what = "a segment and semaphores outlive every process: they stay "
                "until somebody removes them",
        .mend = "shmctl() and semctl() with IPC_RMID on every way out, errors "
                "and signals included",
        .nudge = "Run \"ipcs -m -s\" after your server has ended, in every way "
                 "that it can end. What is still there, and what is the "
                 "difference between detaching and removing?",
        .more = "shmdt() takes a segment out of your process's memory, and the "
                "end of the process does the same; the segment itself stays, "
                "with nattch 0 in ipcs, until somebody calls shmctl() with "
                "IPC_RMID. The same is true for a set of semaphores and "
                "semctl(). Segments take up memory of the machine for as long "
                "as they exist. IPC_RMID on a segment that is still attached "
                "takes away its key at once and its memory when the last "
                "process has detached it; waiting on removed semaphores fails "
                "with EIDRM, so the other half learns of it. Remove both in "
                "the function that clean_up_at_end() calls, so that Ctrl-C and "
                "every error pass through it, too.",
    },
    {
        .id = "MQ5",
        .lab = "05-sysv",
        .step = 3,
        .what = "a System V object was removed while others still needed it: "
                "IPC_RMID takes effect at once, for everybody",
        .mend = "remove in the server only, and only when its work is done",
        .nudge = "Who calls IPC_RMID in your programs, and at which moment? "
                 "What does somebody get who is waiting in msgrcv() just then?",
        .more = "A file that was unlinked lives on for those who have it open. "
                "A System V queue or set of semaphores does not: IPC_RMID "
                "destroys it in that moment with all that is in it, whoever "
                "waits there wakes up with EIDRM (\"Identifier removed\"), and "
                "whoever comes later gets EINVAL for the identifier or ENOENT "
                "for the key. A segment stays usable for those who have it "
                "attached, but its key is gone, so nobody new can find it. So "
                "to remove \"already now, to be sure\" is wrong, and so is a "
                "client that cleans up after itself: the queue belongs to all. "
                "The one who made the objects removes them, at the end and on "
                "every way out. \"strace -f -e trace=msgctl,shmctl,semctl\" "
                "shows when.",
    },
    {
        .id = "SV12",
        .lab = "05-sysv",
        .step = 3,
        .what = "0 is the ID of somebody's object, too: a variable that holds "
                "no ID yet must not be 0",
        .mend = "let the variable begin with -1, and use or remove the object "
                "only if it is not -1 any more",
        .nudge = "What is in the variable for the ID when your program ends "
                 "before msgget(), shmget() or semget() was called? And what "
                 "does its clean-up do with that?",
        .more = "The kernel gives IDs from 0 on, so the first queue of a "
                "machine has the ID 0, and so have its first segment and its "
                "first set: they may belong to a database. A variable outside "
                "functions begins with 0 unless you say otherwise. If the "
                "program ends early, because the name is refused or a call "
                "has failed, a clean-up that removes what the variable holds "
                "removes that stranger's object, if it has the right to. Every "
                "one of the get calls returns -1 when there is nothing, so -1 "
                "is the value for \"none\": begin with it, and ask for it "
                "before you remove. \"ipcs\" shows the IDs, \"strace -e "
                "trace=msgctl,shmctl,semctl\" what your program removes.",
    },
    {
        .id = "SV7",
        .lab = "05-sysv",
        .step = 9,
        .what = "semctl() got something else than the union semun that it "
                "takes: the first values come from somewhere",
        .mend = "define union semun as in semctl(2) and pass it itself, not "
                "its address: .array for SETALL, .val for SETVAL",
        .nudge = "semctl() has four arguments for some commands and three for "
                 "others. Which one does yours want, and of which type is what "
                 "you pass there?",
        .more = "semctl() is declared with three dots, so the compiler knows "
                "neither how many arguments follow nor of which type, and "
                "converts and checks nothing. For SETVAL and SETALL the fourth "
                "is a union semun, which no header defines: each program does "
                "that for itself (semctl(2) shows how). If it is missing, the "
                "function takes whatever stands in that register: mostly a "
                "wild number, for which the call fails with ERANGE, or a value "
                "that happens to look good. The address of the union in place "
                "of the union makes the kernel read the pointer's own bytes as "
                "counts, different ones in each run. \"strace -e trace=semctl "
                "./buffer_server NAME\" shows what the kernel got, and \"ipcs "
                "-s -i ID\" what became of it.",
    },
    {.id = NULL},
};
