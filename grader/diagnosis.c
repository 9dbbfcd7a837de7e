/*
 * diagnosis.c - see diagnosis.h
 */
#include "diagnosis.h"

#include <stddef.h>
#include <strings.h>

#include "labs.h"

const struct diagnosis diagnoses[] = {
    {
        .id = "AP15",
        .what = "writing to a pipe that nobody reads any more raises SIGPIPE, "
                "which ends the program",
        .mend = "ignore SIGPIPE, as lab_start() does, and handle EPIPE",
        .nudge =
            "Which of your programs writes to a pipe or FIFO that somebody "
            "else may stop reading at any moment? What does the system do "
            "with a writer whose reader is gone?",
        .more = "When a process writes to a pipe, FIFO or connected stream "
                "socket that nobody has open for reading, the kernel sends it "
                "SIGPIPE. The default action of this signal ends the process "
                "at once and in silence: no message, no atexit() function, "
                "only the status 128 + 13 = 141 in the shell. This suits a "
                "filter like those in \"cmd | head\", but not a program that "
                "has something left to do, such as fetching the status of a "
                "child or removing a name. If the signal is ignored, the same "
                "write() returns -1 with errno EPIPE, and the program can "
                "decide. \"strace -f\" shows the failed write and, in the next "
                "line, \"--- SIGPIPE\". lab_start() ignores the signal for "
                "you; look for a place where it is not called, or where "
                "SIG_DFL is set again in the wrong process.",
    },
    {
        .id = "FM12",
        .what = "something is left behind",
        .mend = "remove what you have created on every way out, errors "
                "included",
        .nudge = "Make a list of everything that your program creates: files, "
                 "names, child processes. Then go through every way out of the "
                 "program, the errors as well. Which thing is still there "
                 "afterwards?",
        .more = "The kernel closes descriptors and unmaps memory when a "
                "process ends, but it does not remove names and it does not "
                "end other processes. A file, a FIFO, a socket's name or a "
                "POSIX semaphore (Linux keeps those in /dev/shm as sem.NAME) "
                "lives on until somebody unlinks it, and a child that was "
                "started goes on running. So the rule is: who creates a thing "
                "removes it, on every way out. Functions given to atexit() run "
                "when main() returns and in exit(), which die() calls, but not "
                "in _exit() and not when a signal ends the program. Compare "
                "\"ls -l . /dev/shm\" and \"ps\" before a run and after it, "
                "once for a good end and once for an error such as a line that "
                "is too long.",
    },
    {
        .id = "RDY1",
        .what = "\"ready\" invites the client, and something it needs comes "
                "later",
        .mend = "print \"ready\" when everything has been created",
        .nudge = "Somebody starts the client in the very moment in which your "
                 "\"ready\" appears. Does everything that the client needs "
                 "exist by then, with the permissions that it will have?",
        .more = "The word \"ready\" is a promise: from now on a client may "
                "come. The two programs run at the same time, so between your "
                "put_line() and the call behind it a client can already have "
                "looked for the file, the semaphore, the FIFO or the queue, "
                "not found it, and ended with \"No such file or directory\". "
                "On an idle machine the server mostly wins this race, which is "
                "why it is rarely seen at home. The grader does not wait for "
                "luck: it looks at what exists when the line comes. \"strace "
                "-f ./server NAME\" shows the calls in their order: the "
                "write() of \"ready\" has to come after the last call that "
                "creates something or sets its first value.",
    },
    {
        .id = "MODE1",
        .what = "the umask takes permissions away from those that are asked "
                "for, and never adds any",
        .mend = "ask for 0600, after umask(0)",
        .nudge =
            "Print your umask with the shell command \"umask\". Which bits "
            "does it take away from the mode that you ask for, and which "
            "could it never add?",
        .more = "open(), mkfifo(), sem_open() and bind() do not give an object "
                "the mode that you write: the kernel takes away every bit that "
                "is set in the process's umask. With the usual umask 022 a "
                "mode of 0600 stays 0600, but with 0777 even your own rights "
                "are gone; and a mode of 0666 becomes 0644, so that everybody "
                "may read. The umask belongs to whoever starts your program, "
                "so a program that needs an exact mode sets the umask itself "
                "before it creates anything, or changes the mode afterwards "
                "with fchmod(). Try it: \"(umask 0777; ./server NAME)\" and "
                "look with ls -l from another terminal. For sem_open() the "
                "semaphore is a file in /dev/shm, and the same rule holds "
                "there.",
    },
    {
        .id = "IO1",
        .what = "standard output that is a pipe is kept in a buffer until it "
                "is full",
        .mend = "call fflush(stdout) after each line, or use put_line()",
        .nudge = "At a terminal everything looks right. Now run the program "
                 "with \"| cat\" behind it, and send it one line only. When "
                 "does that line appear?",
        .more = "printf(), puts() and fwrite() do not write, they fill a "
                "buffer inside your process. If standard output is a terminal, "
                "stdio writes the buffer out after each line; if it is a pipe "
                "or a file, only when the buffer is full (usually 4096 bytes), "
                "in fflush(), or at the end of the program. So somebody who "
                "waits for your answer at the other end of a pipe waits for "
                "something that you believe to have sent, and two programs "
                "that wait for each other's lines hang for ever. \"strace -e "
                "trace=write ./client\" shows it: there is no write() when you "
                "expect one. fflush(stdout) after each line is the cure, and "
                "its result tells whether the bytes could be written at all; "
                "put_line() does both.",
    },
    {
        .id = "NUL1",
        .what = "a line may hold any byte, and this one ends where a NUL was "
                "sent: strlen(), strcpy() and \"%s\" stop there",
        .mend = "go by the length: memcpy(), fwrite(), put_line()",
        .nudge = "What do strlen(), strcpy(), \"%s\" and puts() do when a zero "
                 "byte stands in the middle of a line? Who told you how long "
                 "the line is?",
        .more = "In C a string ends at the first byte of value 0, and every "
                "function for strings stops there. A line of input is not such "
                "a string: it may hold any byte, a NUL too, and its end is "
                "known only from the length that read_line(), getline(), "
                "read() or recv() has returned. A program that uses the length "
                "in one place and strlen() in another loses everything behind "
                "the NUL, or copies less than it says it does. Try it with "
                "\"printf 'a\\0b\\n'\" as input, and look at the output with "
                "\"od -c\". Carry the length along wherever the text goes: "
                "memcpy() to copy, fwrite() or put_line() to print, and the "
                "length itself in the message.",
    },
    {
        .id = "SPIN1",
        .what = "waiting must not use the processor",
        .mend = "use a call that sleeps until there is something to do: "
                "read(), sem_wait(), waitpid()",
        .nudge = "Watch your program in \"top\" while it has nothing to do. "
                 "What does it ask the kernel, again and again, that it could "
                 "ask once and sleep?",
        .more = "A process that waits should be asleep: the kernel takes it "
                "off the processor and wakes it when the thing that it waits "
                "for has happened. A loop that asks \"is it there now?\" "
                "without sleeping uses a whole processor for nothing, and on a "
                "machine with one processor it even takes the time away from "
                "the one who should bring the answer. Common forms are a loop "
                "over sem_trywait(), over a call with O_NONBLOCK or IPC_NOWAIT "
                "that fails with EAGAIN, over a variable in shared memory, or "
                "over a read() that returns 0. \"strace -c\" for a second "
                "shows thousands of the same call, or no call at all if it "
                "only looks at memory. Use the call that sleeps: read(), "
                "recv(), sem_wait(), semop(), msgrcv(), poll() or waitpid(), "
                "without the flag that forbids to wait.",
    },
    {
        .id = "SPIN2",
        .what = "waiting must not be sleeping and looking again",
        .mend = "use a call that sleeps until there is something to do: "
                "read(), sem_wait(), waitpid()",
        .nudge = "How long does your program sleep before it looks again? What "
                 "would it have to know to sleep exactly as long as needed?",
        .more = "A loop of \"look, sleep a little, look again\" is called "
                "polling with a delay. It is slow, because an event waits for "
                "the end of the sleep; it wakes the processor for nothing the "
                "rest of the time; and every choice of the delay is wrong for "
                "somebody. The kernel has queues of waiting processes for "
                "precisely this: a process in read(), sem_wait(), msgrcv() or "
                "waitpid() sleeps until the other side acts, and is then woken "
                "at once. If there are two things to wait for, poll() waits "
                "for both. In \"strace -r\" you see the pattern as "
                "clock_nanosleep() and the same failing or empty call taking "
                "turns. Take the sleep and the flag that forbids to wait "
                "(O_NONBLOCK, IPC_NOWAIT, WNOHANG) out together.",
    },
    {
        .id = "SV11",
        .what = "sleeping is not synchronisation",
        .mend = "wait for the event itself: a semaphore, a byte in a pipe, the "
                "end of the child",
        .nudge = "What would happen if the other program were halted for a "
                 "minute in the middle of its work (kill -STOP, then kill "
                 "-CONT)? Which of your lines would be wrong by then?",
        .more = "sleep() says how long *you* do nothing; it says nothing about "
                "what the other process has done meanwhile. The scheduler may "
                "leave a ready process waiting as long as it likes: on a "
                "loaded machine, in a debugger, or after Ctrl-Z a second is "
                "nothing. So a program that sleeps \"until the other one must "
                "be ready\" works at your desk and fails elsewhere, and where "
                "it works it wastes the time. \"strace -f\" shows "
                "clock_nanosleep() in the place where a call that waits for "
                "the other side belongs. Ask yourself which event you are "
                "waiting for, and take the call that waits for that event: a "
                "semaphore that the other side posts, a byte or the end of a "
                "pipe, a message, the end of a child.",
    },
    {
        .id = "EINTR1",
        .what = "a call that waits may be interrupted: it fails with EINTR, "
                "and nothing is wrong",
        .mend = "call it again while it fails with errno EINTR",
        .nudge = "While your program waits, a signal arrives that it handles "
                 "and survives. What does the call return then, and has "
                 "anything gone wrong?",
        .more = "A call that waits can be interrupted: the process handles a "
                "signal, and the call returns -1 with errno EINTR. It means "
                "\"nothing has happened yet\", not \"it has failed\". Many "
                "calls begin again by themselves when the handler was "
                "installed with SA_RESTART; msgrcv(), msgsnd() and semop() "
                "never do, and semop() even returns EINTR after a plain Ctrl-Z "
                "and fg (signal(7) has the list). So a loop belongs round "
                "every such call: while it fails and errno is EINTR, call it "
                "again with the same arguments. \"strace -p PID\" shows "
                "ERESTARTNOHAND or EINTR as the result, and the next line what "
                "your program made of it.",
    },
    {
        .id = "SIG1",
        .what = "a signal ends a program at once, and nothing is cleaned up, "
                "unless the program has made itself ready for it",
        .mend = "call clean_up_at_end() before you create anything",
        .nudge = "Press Ctrl-C while your program waits, then look for "
                 "what is left (ls -l, ls /dev/shm, ipcs). Which line of your "
                 "program should have run, and why "
                 "did it not?",
        .more =
            "SIGINT (Ctrl-C) and SIGTERM (kill) end a program by default, "
            "on the spot: no atexit() function, nothing behind the call in "
            "which it waits. So names, files and System V objects stay. A "
            "handler may only do few "
            "things safely (signal-safety(7) lists the functions); "
            "printf() and exit() are not among them, unlink() and _exit() "
            "are. And it has to be installed before anything is made, or "
            "there is a moment in which a signal still leaves something "
            "behind. clean_up_at_end() of lab.h solves it with a thread "
            "that waits for these two signals and then runs your function "
            "once; it must be called before anything is made, and it gives the "
            "exit status 0. \"kill -l\" and \"grep Sig /proc/PID/status\" "
            "show what a process does with its signals.",
    },
    {
        .id = "FLOOD1",
        .what = "the program never stops printing",
        .mend = "look at the condition of the loop: is the end of the input, "
                "or an error, noticed?",
        .nudge =
            "Which condition ends the loop that prints? Go through it with "
            "the input at its end, and with a call that returns -1: is it "
            "then true or false?",
        .more = "The program prints faster than anybody could want, so it was "
                "stopped. Nearly always a loop treats the end or an error like "
                "one more success: read() returns 0 at the end and -1 for an "
                "error, every time that you ask, getline() returns -1, and "
                "poll() returns 0 when its time is over. If such a value is "
                "stored in an unsigned variable such as size_t, -1 becomes a "
                "huge number and \"n >= 0\" is always true. \"./client NAME | "
                "head -n 20\" shows the first lines, and \"strace ./client "
                "NAME 2>&1 | tail -n 50\" what the call returns in each round. "
                "Test for 0 and for -1 on the line behind the call.",
    },
    {
        .id = "MEM1",
        .what = "the program uses memory that is not its own",
        .mend = "mend the line that the sanitizer names",
        .nudge = "The line \"seen\" names a line of your source. How large is "
                 "the array there, and which index or how many bytes does this "
                 "line use with the longest possible input?",
        .more = "The item was run with your program built with "
                "AddressSanitizer and UndefinedBehaviorSanitizer, which check "
                "each access to memory. The line named under \"seen\" has read "
                "or written outside an array or a block from malloc(), used "
                "memory after free(), or done something that C leaves "
                "undefined. Without the checks such a program often seems to "
                "work, because the bytes behind the array happen to be of no "
                "use, until a longer line comes. The classic is the ending "
                "NUL: a text of n bytes needs n + 1 if a NUL is stored behind "
                "it, and a buffer that was filled to its end has no room for "
                "one. Build it yourself with \"cc -g "
                "-fsanitize=address,undefined\" and run it with a line of "
                "exactly the largest length.",
    },
    {
        .id = "MEM2",
        .what = "the program crashed",
        .mend = "check every call's result before you use it, and that you may "
                "write where you write; the item about memory errors may name "
                "the line",
        .nudge = "Which call just before the crash could have failed, and what "
                 "does its result look like if it does? If none has: may your "
                 "program write to the memory that it writes to?",
        .more = "SIGSEGV means that the program has used an address where it "
                "has no memory, or no right to use it; SIGABRT is abort(), "
                "which malloc() and free() also call when they find their own "
                "data spoiled. With calls for interprocess communication the "
                "first suspect is a result that was not checked: mmap() and "
                "shmat() return MAP_FAILED or (void *)-1, not NULL, sem_open() "
                "returns SEM_FAILED, and a length of -1 that is used as a size "
                "is enormous. The second suspect is memory that is there for "
                "reading only: mapped with PROT_READ alone, or attached with "
                "SHM_RDONLY; the first store into it is SIGSEGV. Look at the "
                "end of \"strace ./server NAME\": the last failed call in "
                "front of \"--- SIGSEGV\" is often the cause. \"gdb --args "
                "./server NAME\", then \"run\" and \"backtrace\", shows the "
                "line; so does a build with -fsanitize=address.",
    },
    {
        .id = "ORDER1",
        .what = "the answer depends on who is faster: in the usual order it is "
                "right, in this one it is not",
        .mend = "find what the late half should have been waited for, and wait "
                "for that: a semaphore, a byte in a pipe, a message",
        .nudge =
            "The report says which half was halted, and where. What should "
            "the other one have waited for at this moment, and what does "
            "it do instead?",
        .more = "Two processes run at the same time, and the scheduler decides "
                "who goes first, how far, and for how long; a slow disk, a "
                "second user or Ctrl-Z change it again. A program is right "
                "only if its answer is the same in every order. The grader "
                "does not wait for luck: it halts one half at one of its "
                "system calls until the other one has done all that it can, "
                "lets it go on, and does so for each call. The order that it "
                "names is therefore one that can happen to you, if rarely. "
                "Draw the two halves as two columns, as the tables in part 7 "
                "of the handouts do, halt the one where the report says, and "
                "follow the other one: somewhere it reads what is not there "
                "yet, writes what is still in use, or removes what is still "
                "needed. \"kill -STOP PID\" and \"kill -CONT PID\" let you "
                "play the same game by hand. Time is no cure, sleep() only "
                "makes the wrong order rarer.",
    },
    {
        .id = "EOF1",
        .what = "after the last line one more is printed that nobody has sent: "
                "the read that finds the end brings no line",
        .mend = "let the result of the read decide before anything is printed; "
                "feof() is of use only afterwards",
        .nudge = "When the last line was just read, has anybody tried to read "
                 "behind it? What does feof() say then, what does getline() "
                 "or fgets() return next, and who looks at that?",
        .more =
            "feof() does not look ahead: it tells that an earlier read has "
            "run into the end. After the last line was read nothing has "
            "tried to go further, so \"while (not feof(stdin))\" goes round "
            "once more; getline() or fgets() returns -1 or NULL, nobody "
            "looks at it, and what is in the buffer, the last line or "
            "nothing, is taken for a line. With a pipe or a terminal the "
            "end cannot even be known beforehand: somebody may still "
            "write. So the result of the read rules every loop that "
            "reads: \"while ((length = getline(&line, &size, stdin)) >= "
            "0)\". feof() and ferror() are for afterwards: they tell "
            "whether it was the end or a failure. \"printf 'a\\n' | "
            "./client\" shows it: it must print one line.",
    },
    {
        .id = "FMT1",
        .what = "a line was used as the format of printf() or snprintf(): its "
                "\"%%\" has come out as \"%\"",
        .mend = "print with put_line() or fwrite(), copy with memcpy(); the "
                "format of printf() is always a text of your own",
        .nudge = "What does printf(line) do with a line that says \"50 % "
                 "done\"? And with \"%s\", where does it look for the text "
                 "that belongs there?",
        .more = "The format of printf(), fprintf() and snprintf() is a small "
                "program: each % in it means that an argument follows. A line "
                "that comes from somebody else may hold any characters, and if "
                "it stands in the place of the format, it is carried out: "
                "\"%%\" prints one %, \"%d\" prints a number that nobody has "
                "passed, \"%s\" looks for a string wherever the next argument "
                "would be, and \"%n\" even stores a number there. So a line "
                "can crash the program, make it tell what is in its memory, or "
                "change it: for years this was a favourite way into servers. "
                "Ordinary lines pass, which hides the mistake. The compiler "
                "warns (-Wformat-security); type \"%s %d\" as a line to see it "
                "happen. Besides, printf() stops at the first zero byte "
                "(NUL1): a length and fwrite(), put_line() or memcpy() mend "
                "both.",
    },
    {
        .id = "AP4",
        .what = "read() may return less than was asked for, and write() may "
                "take less than it was given",
        .mend = "repeat until all of it has moved, or use read_all(), "
                "write_all() or copy_all()",
        .nudge =
            "read() and write() return a number. What does your program do "
            "when it is smaller than the number that it has asked for?",
        .more = "A pipe, a FIFO, a stream socket and a terminal are streams: "
                "bytes in their order, without any borders. read() waits until "
                "at least one byte is there and then takes what there is; it "
                "neither waits for the rest nor knows how many write() calls "
                "the bytes came from. write() may take a part only, for "
                "instance if a signal comes in the middle of a large one, or "
                "if the descriptor has O_NONBLOCK and there is little room. "
                "Neither is an error, so errno says nothing; for read() only 0 "
                "is the end. With small input on a quiet machine one call "
                "mostly moves everything, which hides the mistake; the grader "
                "makes each call move a few bytes only. \"strace -e "
                "trace=read,write\" shows what was asked for and, as the "
                "result, what was moved. So one goes on in a loop, with the "
                "address and the size moved by the result, until all is there "
                "or the end has come.",
    },
    {
        .id = "ERR1",
        .what = "a call has failed, and the program goes on as if it had not",
        .mend = "check every call's result: say with die() what failed, and "
                "end with exit status 1",
        .nudge = "The report names a call that has failed. Which line stands "
                 "behind this call in your program, and which value does it "
                 "look at?",
        .more = "Any system call may fail: no memory (ENOMEM), no descriptor "
                "left (EMFILE), no space on the disk (ENOSPC), no permission "
                "(EACCES). It happens rarely, so a missing check can sleep for "
                "years; the grader lets one call fail and looks what comes of "
                "it. A program that goes on has lost the thread: it uses a "
                "descriptor or an identifier of -1, says \"ready\" although "
                "something is missing, or waits for an answer to what it has "
                "never sent, and the trouble shows far away from its cause. "
                "The manual page says under RETURN VALUE what each call "
                "returns when it fails (-1, NULL, MAP_FAILED, SEM_FAILED) and "
                "under ERRORS why it may. Check on the very next line: die() "
                "prints what failed, on what and why, and ends with exit "
                "status 1. \"strace -e inject=CALL:error=ENOMEM:when=1 "
                "./server NAME\" makes a call fail for you, and the end of the "
                "output shows what your program made of it.",
    },
    {
        .id = "FM9",
        .what = "mmap() has failed, and the program goes on with what it "
                "returned: that is MAP_FAILED, not NULL",
        .mend = "compare with MAP_FAILED, and end with a message",
        .nudge = "What does \"man mmap\" say under RETURN VALUE? Which value "
                 "does your program compare with?",
        .more = "Most functions that return a pointer say NULL when they fail, "
                "but for mmap() address 0 could be a good one, so it returns "
                "MAP_FAILED, that is (void *)-1. A comparison with NULL is "
                "then never true: the program goes on with an address at the "
                "very end of the address space and crashes with SIGSEGV at the "
                "first load or store, far away from the cause and without a "
                "message. mmap() fails rarely (ENOMEM, or EACCES for a wrong "
                "mode), so this mistake can sleep for years. The grader makes "
                "the call fail once; \"strace -e "
                "inject=mmap:error=ENOMEM:when=N ./server NAME\" does the same "
                "for the N-th call (the first ones belong to the loader). "
                "shmat() has the same habit, sem_open() has SEM_FAILED.",
    },
    {
        .id = "SV8",
        .what = "shmat() has failed, and the program goes on with what it "
                "returned: that is (void *)-1, not NULL",
        .mend = "compare with (void *)-1, and end with a message",
        .nudge = "What does \"man shmat\" say under RETURN VALUE? Which value "
                 "does your program compare with?",
        .more = "shmat() returns the address of the segment, or (void *)-1 if "
                "it fails: with EACCES for missing permissions, EINVAL for an "
                "identifier that is none, ENOMEM when there is no room. A "
                "comparison with NULL is never true, so the program goes on "
                "with an address at the very end of the address space, and "
                "crashes with SIGSEGV at the first access, without a message. "
                "As the call seldom fails, this can sleep for years; the "
                "grader makes it fail once. \"strace -e "
                "inject=shmat:error=ENOMEM ./buffer_client NAME\" does the "
                "same. mmap() has the same habit with MAP_FAILED.",
    },
    {
        .id = "WN10",
        .what = "the end of a pipe looks like an error: ReadFile() returns "
                "FALSE, and GetLastError() says ERROR_BROKEN_PIPE",
        .mend = "take ERROR_BROKEN_PIPE from ReadFile() for the end of the "
                "input, as read_all() and copy_all() do",
        .nudge = "How does a reader learn that nobody will write any more? "
                 "Compare a pipe with a file, and with read() on POSIX: which "
                 "result does each give at its end?",
        .more = "At the end of a file ReadFile() succeeds and has read 0 "
                "bytes; on POSIX read() returns 0 for a pipe, too. A Win32 "
                "pipe has no such end: when the last handle of the writing "
                "side was closed and all bytes were read, ReadFile() returns "
                "FALSE, and GetLastError() is 109, ERROR_BROKEN_PIPE. Nothing "
                "is broken: it is the normal way in which the other side says "
                "goodbye. So a reader has to tell three cases apart: bytes, "
                "the end in either of its two forms, and a failure. Who takes "
                "the end for a failure prints a message and ends with status "
                "1 after each good conversation. read_all(), copy_all() and "
                "get_line() of lab.h know it.",
    },
    {.id = NULL},
};

static const struct diagnosis *
find(const struct diagnosis *table, const char *id)
{
    for (; table->id != NULL; table++)
        if (strcasecmp(table->id, id) == 0)
            return table;
    return NULL;
}

const struct diagnosis *
diagnosis_find(const char *id)
{
    const struct diagnosis *found = find(diagnoses, id);

    for (size_t i = 0; found == NULL && lab_table[i] != NULL; i++)
        found = find(lab_table[i]->mistakes, id);
    return found;
}
