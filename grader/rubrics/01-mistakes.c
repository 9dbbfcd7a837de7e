/*
 * 01-mistakes.c - named mistakes with mapped files (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_01[] = {
    {
        .id = "FM1",
        .lab = "01-filemapping",
        .step = 1,
        .what = "the mapping is longer than its file: touching memory behind "
                "the end of the file raises SIGBUS",
        .mend = "give the file its size with ftruncate() before mmap()",
        .nudge = "How many bytes has the file at the moment of mmap()? And how "
                 "many does your mapping have? \"ls -l\" tells the first, your "
                 "call the second.",
        .more = "mmap() does not make a file longer, and it does not complain "
                "if the mapping reaches behind the file's end. Only when the "
                "program touches a page that lies wholly behind the end does "
                "the kernel find that there is no byte of the file to show, "
                "and it sends SIGBUS (\"Bus error\"). A file that open() has "
                "just created has 0 bytes, so the very first store fails. "
                "ftruncate() sets the length, and despite its name it makes "
                "files longer, too; the new bytes are zeros. Pass it the size "
                "of the structure and not of a pointer: sizeof *board and "
                "sizeof board are different things. \"ls -l NAME\" while the "
                "server waits shows the length, and strace shows whether "
                "ftruncate() comes before mmap().",
    },
    {
        .id = "FM2",
        .lab = "01-filemapping",
        .step = 2,
        .what = "a private mapping is a copy: what is stored there is never "
                "seen by anybody else",
        .mend = "use MAP_SHARED",
        .nudge = "Two flags decide what happens to a store: MAP_SHARED and "
                 "MAP_PRIVATE. Which of them lets another process see it? Look "
                 "at the letter in /proc/PID/maps.",
        .more = "With MAP_PRIVATE the kernel gives you the file's pages to "
                "look at, and at your first store into a page it makes a copy "
                "of that page for you alone (copy on write). What you store "
                "from then on changes neither the file nor anybody else's "
                "memory. Whether a private mapping sees what others store "
                "later is not even specified; on Linux it does until you write "
                "to the page yourself, so a mistake on the reading side can go "
                "unnoticed for long. \"grep NAME /proc/$(pidof -s "
                "server)/maps\" shows rw-s for a shared mapping and rw-p for a "
                "private one. With MAP_SHARED in both halves all of them use "
                "the same pages of the page cache.",
    },
    {
        .id = "FM5",
        .lab = "01-filemapping",
        .step = 6,
        .what = "what is stored in a mapping reaches the disk some time later, "
                "and not at all if the machine stops before that",
        .mend = "call msync() with MS_SYNC, and check it, after each store",
        .nudge =
            "Other processes see your line at once. What would the file on "
            "the disk hold if the machine lost its power now, and which "
            "call would change that?",
        .more = "Stores into a shared mapping change pages in memory, which "
                "every process that maps the file sees. The kernel writes "
                "changed pages to the disk later, when it suits it. msync() "
                "with MS_SYNC begins this at once and returns when it is done; "
                "MS_ASYNC only asks for it, which on Linux changes nothing. "
                "The address has to be a multiple of the page size, or the "
                "call fails with EINVAL and has done nothing: pass what mmap() "
                "has returned, not the address of a member. No other process "
                "can see whether you called it, and kill -9 loses nothing "
                "either, since the pages belong to the kernel; only a crash of "
                "the machine would show it. That is why the grader looks at "
                "the calls themselves, as you can with \"strace -e "
                "trace=msync,futex ./server NAME\".",
    },
    {
        .id = "FM6",
        .lab = "01-filemapping",
        .step = 5,
        .what = "the board was used out of turn: written before it was taken, "
                "or read before it was full",
        .mend = "wait for the semaphore first, and post the other one last",
        .nudge =
            "Follow the table of counts in part 2 of the handout with your "
            "two loops beside it. At which moment does one of you touch "
            "the board although it is not his turn?",
        .more = "Shared memory has no notion of \"new\" or \"finished\": a "
                "load returns what is in the page right now, be it yesterday's "
                "text or half of today's. The two semaphores make the turns: "
                "the server may store only after sem_wait(empty), the client "
                "may load only after sem_wait(full), and each posts the "
                "other's semaphore as the last thing, when it no longer "
                "touches the board. Without that the result depends on who is "
                "faster, and on an idle machine the wrong program is right "
                "nearly always. To see it, halt one half (kill -STOP PID) and "
                "let the other go on: a board that changes, or a line that is "
                "printed although nothing was published, is the proof. The "
                "grader does just that; it also looks whether the end mark "
                "waits for its turn.",
    },
    {
        .id = "FM13",
        .lab = "01-filemapping",
        .step = 4,
        .what = "a lock that lies in shared memory but was made for one "
                "process only never wakes the other one",
        .mend = "use the named semaphores of protocol.h",
        .nudge = "Where does the lock lie, and who was told that more than one "
                 "process would use it? Look at the second argument of "
                 "sem_init(), or at the attributes of the mutex.",
        .more = "An unnamed semaphore or a pthread mutex may lie in memory "
                "that several processes map, but it must be told so: "
                "sem_init() with a second argument other than 0, "
                "pthread_mutexattr_setpshared() with PTHREAD_PROCESS_SHARED. "
                "Otherwise the C library assumes one process and calls futex() "
                "with FUTEX_PRIVATE_FLAG. The kernel then looks for sleepers "
                "only in the caller's own process: the other one, which sleeps "
                "on the same bytes, is never woken. As long as nobody has to "
                "sleep everything works, so it fails only now and then. "
                "\"strace -f -e trace=futex\" shows FUTEX_WAKE_PRIVATE or "
                "FUTEX_WAIT_BITSET_PRIVATE where there should be no PRIVATE. "
                "In this lab the named semaphores of protocol.h are asked for: "
                "sem_open() makes them for all processes.",
    },
    {
        .id = "FM17",
        .lab = "01-filemapping",
        .step = 9,
        .what = "the mapping allows more than is needed: a stray store would "
                "change the other half's data",
        .mend = "who only looks opens with O_RDONLY and maps with PROT_READ",
        .nudge = "Which of the two programs never needs to write to the board? "
                 "What could it open and map instead of what it does now?",
        .more = "The flags of open() and the PROT_ flags of mmap() are a "
                "promise that the processor enforces: a page that was mapped "
                "with PROT_READ only cannot be written to, a stray store ends "
                "in SIGSEGV in the program that made the mistake. With "
                "PROT_WRITE the same stray store goes through and spoils the "
                "other half's data, and the fault is then looked for in the "
                "wrong program. So one asks for what is needed and no more. "
                "\"grep NAME /proc/PID/maps\" shows r--s for a mapping that is "
                "for looking only, and rw-s for one that allows writing. A "
                "mapping for writing needs a descriptor opened with O_RDWR, "
                "one for reading only O_RDONLY. Mind mmap()'s second face: "
                "PROT_WRITE on a descriptor opened with O_RDONLY fails with "
                "EACCES if the mapping is shared.",
    },
    {
        .id = "FM18",
        .lab = "01-filemapping",
        .what = "the lines go through a mapping of the file NAME, and here is "
                "none: read() and write(), a FIFO or another file are not what "
                "is asked for",
        .mend = "mmap() the file NAME, check the result, keep it mapped until "
                "the end",
        .nudge = "While both halves wait, look for NAME in /proc/PID/maps of "
                 "both. Is it there twice, with the number that \"ls -i NAME\" "
                 "prints?",
        .more = "This lab is about memory that two processes share, so the "
                "grader looks at the mapping itself: both processes have to "
                "have the file NAME mapped, shared, while they talk. Lines "
                "that go through read() and write() on the file, through a "
                "FIFO or through another file may print the same text, but "
                "there is no shared memory then. A second cause is a mapping "
                "that failed: mmap() returns MAP_FAILED, that is (void *)-1, "
                "and a test for NULL never notices. A third is munmap() too "
                "early. close() on the descriptor is harmless, since the "
                "mapping keeps the file; munmap() is not. /proc/PID/maps lists "
                "what a process has mapped, and \"strace -e "
                "trace=openat,mmap,munmap\" how it came to that.",
    },
    {
        .id = "SEM1",
        .lab = "01-filemapping",
        .step = 6,
        .what = "everybody waits for a semaphore and nobody is left to post it",
        .mend = "post \"full\" after each board was stored, \"empty\" after "
                "each was taken, for the end as well",
        .nudge = "Write down the counts of both semaphores after each step, as "
                 "in the table of part 2. Which of them stays at 0, and whose "
                 "sem_post() should have come?",
        .more = "sem_wait() takes one from the count and sleeps while it is 0; "
                "only a sem_post() on the same semaphore wakes it. Here a "
                "process sleeps and no other process that could post is left, "
                "or all of them sleep as well. Either a post is missing, or it "
                "goes to the wrong one of the two semaphores, or the first "
                "value is wrong: with \"empty\" at 0 nobody may ever begin. "
                "The end counts as a board: the client posts \"empty\" after "
                "it, too, and the server waits for that before it ends. "
                "\"strace -p PID\" shows the waiting process in futex(). \"od "
                "-A n -t u4 /dev/shm/sem.NAME.full\" prints numbers of which "
                "the first is the count (on Linux with glibc and an Intel or "
                "ARM processor).",
    },
    {
        .id = "SEM2",
        .lab = "01-filemapping",
        .step = 3,
        .what = "the semaphore waited for is not the one that stands under the "
                "name now",
        .mend = "remove leftovers before you create, never after",
        .nudge = "\"ls -i /dev/shm\" prints the number of each semaphore's "
                 "file. Is it the number that both processes have mapped? When "
                 "was the name removed and made anew?",
        .more = "A named semaphore is an object and a name for it, two things. "
                "sem_open() leads from the name to the object; sem_unlink() "
                "removes only the name, and whoever has the object open keeps "
                "it. If the name is then created anew, there are two objects: "
                "one half waits for the old, the other posts the new, and both "
                "are right from their own point of view. So leftovers are "
                "removed before anything is created, and never after "
                "\"ready\", when a client may have opened them. \"grep "
                "/dev/shm/sem /proc/PID/maps\" shows the mapped files of each "
                "process; the number in front of the path is what \"ls -i\" "
                "prints, and it tells the two objects apart. (The path itself "
                "does not: the one who has created a semaphore sees a strange "
                "name there, and the word (deleted), since the C library gives "
                "it its name only when it is finished.)",
    },
    {
        .id = "SEM3",
        .lab = "01-filemapping",
        .step = 3,
        .what = "the semaphores of a crashed run were used again, and with "
                "them its counts",
        .mend = "sem_unlink() both names before you create them, with O_CREAT "
                "| O_EXCL",
        .nudge = "Kill a server with kill -9 in the middle of a conversation, "
                 "and start it again. Which counts do its semaphores begin "
                 "with? What does sem_open() do with the value that you pass, "
                 "if the semaphore exists?",
        .more = "A named semaphore lives until sem_unlink() or until the "
                "machine is switched off, and its count lives with it. "
                "sem_open() with O_CREAT alone opens the existing semaphore if "
                "there is one, and then ignores the mode and the value that "
                "you pass. So after a crash the new run begins with the counts "
                "of the old: perhaps \"full\" is 1, and the client takes a "
                "board that nobody has published. O_EXCL makes sem_open() fail "
                "with EEXIST instead of taking what it finds, which shows the "
                "mistake at once. Remove both names first (an error there, "
                "ENOENT, only says that nothing was left), then create with "
                "O_CREAT | O_EXCL. \"ls -l /dev/shm\" after kill -9 shows what "
                "a crash leaves.",
    },
    {
        .id = "SEM4",
        .lab = "01-filemapping",
        .step = 7,
        .what = "a client that creates the semaphores itself waits for a "
                "server that never comes, and nobody removes them",
        .mend = "open them with sem_open(name, 0), without O_CREAT",
        .nudge =
            "Start the client when no server runs. What should it say, and "
            "what does \"ls /dev/shm\" show afterwards?",
        .more = "sem_open() with O_CREAT creates what it does not find. In a "
                "client that means: without a server it makes two semaphores "
                "itself, with the counts that it thinks right, and waits for a "
                "post that nobody will ever do. And as it believes them to be "
                "the server's, it never removes them, so they stay in "
                "/dev/shm. Without O_CREAT the call has two arguments and "
                "fails with ENOENT if there is no server: an error message at "
                "once is much better than a silent wait. The rule of the whole "
                "kit: the server creates, the client finds.",
    },
    {
        .id = "END1",
        .lab = "01-filemapping",
        .step = 6,
        .what = "the end of the input is a board, too: without it nobody knows "
                "that there is nothing more to come",
        .mend = "publish a board with the length BOARD_END, as any other, and "
                "wait until it was taken",
        .nudge =
            "How does the client learn that there will be no further line? "
            "Nothing \"closes\" in shared memory: who has to say it, and "
            "where?",
        .more = "A pipe has an end: when the last writer closes it, read() "
                "returns 0. Memory has none. If the server ends, the mapping "
                "and the last board simply stay as they are, and the client "
                "waits in sem_wait() for ever. So the end has to be said in "
                "the language of the protocol: one more board, with the length "
                "BOARD_END, published like any other, that is after waiting "
                "for \"empty\" and with a post of \"full\". As any length from "
                "0 to the limit may be a line, the mark is a number that "
                "cannot be a length; an empty line is a line. Check that your "
                "loop publishes the end also when the input ends with an error "
                "or with a line that is too long, and only then complains.",
    },
    {
        .id = "FM8",
        .lab = "01-filemapping",
        .step = 6,
        .what = "the other half was told that the board is its own while this "
                "one still used it",
        .mend = "post as the very last thing, when you no longer touch the "
                "board",
        .nudge = "Imagine that your program is halted directly behind its "
                 "sem_post(). What may the other half do from this moment on, "
                 "and what have you still got to do?",
        .more = "sem_post() gives the turn away, at once: the other process "
                "may run on the second processor in the next nanosecond, or "
                "the scheduler may stop yours right behind the call. A server "
                "that posts \"full\" and then stores hands out a board with "
                "half of the old text; a client that posts \"empty\" and then "
                "prints may print the next line, or a mixture. It goes well "
                "nearly always, as the other side first has to wake up, so "
                "tests at home do not show it. The grader stops your program "
                "in its sem_post(), before anybody has been woken: it looks "
                "what the server has stored so far, or puts another text on "
                "the board, which the client must not print. The order is "
                "always the same: wait, use, and post at the end.",
    },
    {
        .id = "FM10",
        .lab = "01-filemapping",
        .step = 2,
        .what = "the descriptor does not fit the mapping: it was closed too "
                "early, or was opened for less than the mapping is to do",
        .mend = "open with O_RDWR to map for writing, with O_RDONLY to look "
                "only, and close() after mmap()",
        .nudge =
            "What did the error message say, and what does each word mean: "
            "\"Bad file descriptor\", \"Permission denied\"? Put open(), "
            "mmap() and close() of your program under each other.",
        .more = "mmap() looks at the descriptor once, when it is called. A "
                "closed one gives EBADF. A descriptor opened with O_WRONLY "
                "always gives EACCES, since a mapping reads pages even if you "
                "only write to them; a shared mapping with PROT_WRITE needs "
                "O_RDWR, and PROT_READ alone is content with O_RDONLY. EACCES "
                "here has nothing to do with the file's own permissions, which "
                "open() has already checked. After mmap() has returned, the "
                "mapping keeps the file by itself and close() is right. "
                "\"strace -e trace=openat,mmap,close ./server NAME\" shows the "
                "three calls, their flags and their order.",
    },
    {
        .id = "FM16",
        .lab = "01-filemapping",
        .step = 9,
        .what = "memory is mapped in whole pages, and the offset of this "
                "mapping is no multiple of the page size",
        .mend = "map from the offset 0 and reach the text through the "
                "structure",
        .nudge = "The last argument of mmap() is an offset in the file. Which "
                 "numbers does the manual page allow? What does \"getconf "
                 "PAGESIZE\" print?",
        .more = "The processor translates addresses page by page, 4096 bytes "
                "each on most machines, so a mapping can begin only at the "
                "beginning of a page of the file. Any other offset makes "
                "mmap() fail with EINVAL (\"Invalid argument\"). The length, "
                "on the other hand, may be anything above 0: the last page is "
                "mapped whole. If you need only a part of the file, map from "
                "the page boundary below it and add the difference to the "
                "pointer; here the whole board is one page, so map it from 0 "
                "and use board->text. \"strace -e trace=mmap ./client NAME\" "
                "shows offset and result in one line.",
    },
    {.id = NULL},
};
