/*
 * 03-mistakes.c - mistakes with named pipes that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_03[] = {
    {
        .id = "NP1",
        .lab = "03-namedpipe",
        .step = 9,
        .what = "open() of a FIFO waits until the other end is opened, too: "
                "here each half waits for the other to begin",
        .mend = "open your own FIFO with O_RDONLY | O_NONBLOCK, which does not "
                "wait",
        .nudge = "Both halves sit in open(). Look at the table of the four "
                 "open() calls in part 2: which of the two could use a call "
                 "that does not wait?",
        .more = "open() of a FIFO for reading waits until somebody opens it "
                "for writing, and the other way round. The client waits here "
                "in open() of its own FIFO until the server opens it to write "
                "a reply; but the server opens it only when it has a request, "
                "and the client sends the request only after its open(). It is "
                "the same with two FIFOs that two programs open in opposite "
                "order. \"strace -p PID\" shows each process inside openat(), "
                "a line without a result. With O_NONBLOCK, opening for reading "
                "succeeds at once, whether there is a writer or not. After "
                "that, waiting for the reply is read()'s or poll()'s business.",
    },
    {
        .id = "NP2",
        .lab = "03-namedpipe",
        .step = 3,
        .what = "a FIFO is at its end when nobody has it open for writing any "
                "more, and the reader's own descriptor counts",
        .mend = "open the FIFO with O_RDONLY only",
        .nudge =
            "When the last client has gone, list the server's descriptors: "
            "\"ls -l /proc/PID/fd\". Is there a w, or an rw, with the "
            "FIFO's name?",
        .more = "A FIFO is at its end, and read() returns 0, when no process "
                "has it open for writing. O_RDWR, or a second descriptor with "
                "O_WRONLY, makes the server itself a writer, so the end can "
                "never come while it waits for it. Some books recommend O_RDWR "
                "so that open() does not wait; besides that, POSIX leaves "
                "O_RDWR on a FIFO undefined. In the first pair the server "
                "should wait in open() and should see the end, so O_RDONLY "
                "alone is right. (In the second pair it should *not* see the "
                "end between two clients: there a writing end of its own is "
                "the right thing, on purpose.) /proc/PID/fdinfo/N has a line "
                "\"flags:\" whose last digit is 0 for reading, 1 for writing, "
                "2 for both.",
    },
    {
        .id = "NP3",
        .lab = "03-namedpipe",
        .step = 6,
        .what = "when nobody has a FIFO open for writing, read() does not "
                "wait: it returns 0 at once, every time",
        .mend = "open the FIFO for writing, too, and keep that end until you "
                "are done: then its end never comes",
        .nudge = "What does read() return when the last client has closed the "
                 "FIFO? And if you call it again, and again?",
        .more = "0 from read() means: no bytes, and nobody who could write "
                "any. Unlike an empty pipe with a writer, this is not a reason "
                "to sleep, so read() returns at once, every time, until "
                "somebody opens the FIFO for writing. A loop that just goes on "
                "reading uses a whole processor; a server that takes it for "
                "the final end stops after its first client. \"strace -p PID\" "
                "shows an endless column of read(3, \"\", 512) = 0. The usual "
                "answer is to open the FIFO for writing, too, in the server "
                "itself and to keep this end: then there is always a writer, "
                "and read() sleeps until the next request.",
    },
    {
        .id = "NP4",
        .lab = "03-namedpipe",
        .step = 2,
        .what = "a FIFO is a name in a folder: it stays when the programs have "
                "ended, until somebody removes it",
        .mend = "unlink() it on every way out; clean_up_at_end() calls your "
                "function on all of them",
        .nudge = "After your program has ended, in each way that you can think "
                 "of, look with \"ls -l\". Which line begins with p?",
        .more = "mkfifo() puts a name into a folder, like creating a file. The "
                "bytes in the FIFO vanish with the last descriptor, but the "
                "name stays until somebody calls unlink() (or rm). The next "
                "mkfifo() then fails with EEXIST, and a client that opens the "
                "old name waits for a server that is long gone. So the one who "
                "made the name removes it: at the end of main(), after an "
                "error, and on SIGINT and SIGTERM, which end a program without "
                "running atexit() functions unless something is done about "
                "that. clean_up_at_end() from lab.h takes care of all these "
                "ways; call it before the name is made. _exit() runs nothing.",
    },
    {
        .id = "NP5",
        .lab = "03-namedpipe",
        .step = 1,
        .what = "mkfifo() fails when the name exists: a FIFO is left from a "
                "crashed run and is yours to replace, anything else is not "
                "yours",
        .mend = "ask lstat() what stands there: unlink() a FIFO before "
                "mkfifo(), leave anything else alone",
        .nudge =
            "There are three cases: nothing stands at the name, a FIFO, or "
            "something else. What should happen in each, and which call "
            "tells them apart?",
        .more = "mkfifo() never takes what is there: it fails with EEXIST "
                "whatever it is. A FIFO is left from a run that was killed "
                "with SIGKILL, when no program can clean up; nobody can need "
                "it, so it may be replaced. A regular file or a folder of this "
                "name is somebody's data, and removing it would be a loss that "
                "nobody can undo. lstat() tells what stands at a name, and "
                "unlike stat() it does not follow a symbolic link: a link to a "
                "FIFO is not your FIFO. S_ISFIFO(status.st_mode) is the "
                "question. Try all three: mkfifo NAME, echo text > NAME, mkdir "
                "NAME, and start the server each time.",
    },
    {
        .id = "NP6",
        .lab = "03-namedpipe",
        .step = 9,
        .what = "open() of a FIFO waits until somebody opens its other end, "
                "and perhaps nobody ever does",
        .mend = "open it with O_NONBLOCK: for reading it succeeds at once, for "
                "writing it fails with ENXIO when nobody reads",
        .nudge = "Who has to come so that this open() returns? Is it sure that "
                 "he ever comes?",
        .more = "A plain open() of a FIFO is a meeting point: it returns when "
                "both ends are open. That is fine if both sides are sure to "
                "come, and wrong if one of them may be alone: a server that "
                "should be ready before any client is there, or a client that "
                "should say \"no server\" instead of sleeping. With "
                "O_NONBLOCK, opening for reading succeeds at once, and opening "
                "for writing fails with ENXIO if nobody reads. In /proc/PID/fd "
                "the FIFO is not to be seen, because open() has not returned "
                "yet; \"strace -p PID\" shows openat() without a result. "
                "Remember that O_NONBLOCK goes on to act in read() and "
                "write(), until fcntl() takes it off.",
    },
    {
        .id = "NP8",
        .lab = "03-namedpipe",
        .step = 8,
        .what = "a reply went to another client",
        .mend = "make the name of the FIFO from the pid in this very request, "
                "and open it for each reply",
        .nudge = "Two clients ask at the same time. From which value, exactly, "
                 "does your server make the name of the FIFO that it answers "
                 "to?",
        .more = "Every request says whom it is from: the process number in it "
                "is the address for the reply. If the server keeps the name, "
                "or the descriptor, of the first client, or makes one for all, "
                "then replies go to whoever reads there. A byte in a pipe goes "
                "to one reader only, the one who reads first, and nobody "
                "notices that it was the wrong one. With one client everything "
                "looks right, so try two: let one wait in a terminal while "
                "another one asks. \"strace -e trace=openat,write "
                "./call_server NAME\" shows which file each reply goes to. "
                "Make the name anew from each request, open it, write, and "
                "close it.",
    },
    {
        .id = "NP9",
        .lab = "03-namedpipe",
        .what = "the halves meet at a named pipe, and something else stands at "
                "its name",
        .mend = "make the name with mkfifo()",
        .nudge = "What does \"ls -l NAME\" show as the very first letter, and "
                 "which letter should be there?",
        .more = "ls -l begins each line with the kind of the object: p is a "
                "named pipe, - a regular file, s a socket, d a folder. The "
                "halves of this lab meet at a p. A regular file keeps its "
                "bytes, has no waiting in it and has no end that comes with "
                "the last writer: a reader of a file gets 0 as soon as it has "
                "read what is there. A socket cannot be opened with open() at "
                "all (ENXIO). creat(), open() with O_CREAT and fopen() make "
                "regular files; bind() makes sockets; only mkfifo() (or "
                "mknod() with S_IFIFO) makes a FIFO.",
    },
    {
        .id = "NP11",
        .lab = "03-namedpipe",
        .step = 8,
        .what = "a client may go at any time: then nobody reads its FIFO any "
                "more, and nobody but the server can remove it",
        .mend = "open it with O_WRONLY | O_NONBLOCK; on ENXIO or EPIPE remove "
                "its name and go on",
        .nudge =
            "Kill a client (kill -9) after it has sent its request. What "
            "does your server do when it wants to answer, and what is left "
            "in the folder?",
        .more = "Between a request and its reply anything may happen to the "
                "client. If it is gone, nobody has its FIFO open for reading: "
                "a plain open() for writing then waits for ever, and with it "
                "all other clients. With O_WRONLY | O_NONBLOCK it fails with "
                "ENXIO instead; and if the client goes between open() and "
                "write(), write() fails with EPIPE. Both are no reason to end: "
                "one client's death is not the server's trouble. Someone "
                "killed by SIGKILL could not remove its own FIFO, so the "
                "server, which has just learned that it is dead, removes the "
                "name, and goes on with the next request.",
    },
    {
        .id = "NP12",
        .lab = "03-namedpipe",
        .step = 10,
        .what = "only a single write() of at most PIPE_BUF bytes stays in one "
                "piece; between two, another client's bytes may come",
        .mend = "fill the whole struct request first, then write it with one "
                "call",
        .nudge = "With how many write() calls does one request leave your "
                 "client? \"strace -e trace=write\" tells. What could another "
                 "client do between two of them?",
        .more = "A pipe has no messages, only bytes. POSIX promises one thing: "
                "a single write() of at most PIPE_BUF bytes (at least 512; "
                "4096 on Linux) goes in as one piece, with nobody else's bytes "
                "in between. Two write() calls are two pieces, and another "
                "client's request may come between them; a write of more than "
                "PIPE_BUF bytes may be torn by itself. The server, which takes "
                "512 bytes each time, then reads a mixture and is out of step "
                "for all that follows. With one client it never shows. Put "
                "everything into one struct request first, of which unused "
                "bytes may be anything, and write it with one call.",
    },
    {
        .id = "NP13",
        .lab = "03-namedpipe",
        .step = 7,
        .what = "requests come whole or not at all, and whoever waits for the "
                "rest of a short one takes it out of the next request",
        .mend = "take a request with one read(), and look at what it returns",
        .nudge = "Somebody has written 6 bytes instead of 512. How many bytes "
                 "does your server have after the next full request, if it "
                 "waits for the rest of the short one?",
        .more = "Requests have a fixed size and are written in one piece, so a "
                "single read() of that size gets exactly one of them, or a "
                "short piece if somebody has written nonsense. A loop that "
                "reads on \"until 512 bytes have come\" (read_all() does that) "
                "fills up the short one with the beginning of the next "
                "request; from then on every request is cut in the wrong "
                "place, and honest clients wait in vain. So here a short read "
                "is information, not something to repair: compare what read() "
                "returned with the size of a request, say that it makes no "
                "sense, and take the next. This is the opposite of what one "
                "does with a stream, where a loop is right.",
    },
    {
        .id = "NP14",
        .lab = "03-namedpipe",
        .step = 10,
        .what = "the end of a client's own FIFO never comes, so that does not "
                "tell that the server has gone",
        .mend = "poll() the requests' descriptor, too: POLLERR there means "
                "that nobody reads any more",
        .nudge =
            "Your client waits for a reply, and somebody kills the server. "
            "What, of all that the client has open, changes at this "
            "moment?",
        .more = "The client holds a writing end of its own FIFO, so that it "
                "does not see an end after each reply. The price: it does not "
                "see one when the server dies either, and read() would sleep "
                "for ever. But there is a second descriptor that does change: "
                "the writing end of the server's FIFO. When its last reader "
                "has gone, poll() reports POLLERR there, even if events is 0. "
                "So wait with poll() for both: POLLIN on the replies, POLLERR "
                "on the requests. One more trap: the server may have sent the "
                "last reply just before it ended, so look once more for a "
                "reply before you give up.",
    },
    {
        .id = "NP15",
        .lab = "03-namedpipe",
        .step = 4,
        .what = "a client that creates what it does not find only hides that "
                "there is no server",
        .mend = "open() without O_CREAT, and no mkfifo() for NAME in the "
                "client",
        .nudge = "Start the client alone in an empty folder. What should it "
                 "say, and is the folder still empty afterwards?",
        .more = "A client that creates the name, with mkfifo() or with "
                "O_CREAT, never learns that there is no server: it then waits "
                "for a reader of a FIFO that only it knows, or, worse, writes "
                "into a new regular file, for O_CREAT makes files and not "
                "FIFOs, and reports success. And it leaves something behind "
                "that it believes to be the server's. In this kit the server "
                "creates and the client finds: open() without O_CREAT fails "
                "with ENOENT, and this is the message that the user needs. "
                "\"strace -e trace=openat,mknodat,mknod ./client NAME\" shows "
                "what your client creates.",
    },
    {
        .id = "NP16",
        .lab = "03-namedpipe",
        .step = 4,
        .what = "a name may stand for a regular file, too, and open() and "
                "write() work there as well",
        .mend = "look with fstat() and S_ISFIFO() before you write, and leave "
                "O_CREAT and O_TRUNC out",
        .nudge = "Put a text file at NAME, start the client, and look at the "
                 "file afterwards. Is every byte still there?",
        .more = "open() with O_WRONLY opens whatever stands at the name. If it "
                "is a regular file, write() succeeds as well, and overwrites "
                "the beginning of somebody's text; with O_TRUNC the file is "
                "empty even before the first write. So after open() the "
                "program asks what it has got: fstat() on the descriptor and "
                "S_ISFIFO(). It asks the descriptor and not the name, because "
                "the name could mean something else a moment later. Before an "
                "open() that might wait or do harm, lstat() on the name is a "
                "useful first look. O_CREAT and O_TRUNC have no place when you "
                "open something that another program has made.",
    },
    {
        .id = "NP17",
        .lab = "03-namedpipe",
        .step = 9,
        .what = "the server does not wait for a client that is not there yet: "
                "whoever opens his FIFO after the request may miss the reply",
        .mend = "make your FIFO and open it for reading before the first "
                "request",
        .nudge =
            "Your request is on its way. How quickly could the reply come, "
            "and is your own FIFO open by then?",
        .more = "The server opens the client's FIFO with O_NONBLOCK, because "
                "it must not wait for anybody. If the client does not have it "
                "open for reading at that moment, open() fails with ENXIO, the "
                "server takes the client for dead, removes its name, and the "
                "reply is lost. On your machine the client may be quick enough "
                "for years. The order that cannot fail: make the FIFO, open it "
                "for reading (with O_NONBLOCK, so that you do not wait), and "
                "only then send the first request. In strace the openat() of "
                "NAME.PID has to stand before the first write() of 512 bytes.",
    },
    {
        .id = "NP18",
        .lab = "03-namedpipe",
        .what = "O_NONBLOCK is still set: where read() and write() should wait "
                "they fail with EAGAIN",
        .mend = "take O_NONBLOCK back with fcntl(fd, F_SETFL, 0) after open(), "
                "or do not ask for it",
        .nudge =
            "O_NONBLOCK was useful in open(). What does the same flag mean "
            "for the read() and write() that come later?",
        .more = "The flag belongs to the open description, and it acts on "
                "every call. In open() of a FIFO it means \"do not wait for "
                "the other end\"; in read() and write() it means \"do not wait "
                "for bytes, or for room\": they fail with EAGAIN (\"Resource "
                "temporarily unavailable\") instead. A program that takes "
                "EAGAIN for an error ends, or loses what it wanted to write; "
                "one that just tries again uses the processor. Take the flag "
                "back once open() has done its work: fcntl(fd, F_SETFL, 0). "
                "/proc/PID/fdinfo/N shows the flags in octal; 04000 is "
                "O_NONBLOCK. Only a program that waits with poll() may keep "
                "it.",
    },
    {.id = NULL},
};
