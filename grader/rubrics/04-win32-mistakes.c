/*
 * 04-win32-mistakes.c - mistakes with the mailslots of Win32 (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_04_win32[] = {
    {
        .id = "MS8",
        .lab = "04-mailslot",
        .step = 3,
        .what = "GetMailslotInfo() tells what is there now, and does not wait: "
                "to ask it in a loop is no waiting",
        .mend = "let ReadFile() wait: MAILSLOT_WAIT_FOREVER or the TIMEOUT is "
                "its limit",
        .nudge = "Watch your server in \"top\" while nobody sends. Which call "
                 "of a mailslot asks, and which one sleeps until something has "
                 "come?",
        .more = "GetMailslotInfo() returns at once, with MAILSLOT_NO_MESSAGE "
                "(-1) as the size of the next message if there is none. A loop "
                "round it uses the processor all the time, and with a Sleep() "
                "in it every message waits for the end of a nap. ReadFile() on "
                "the slot waits by itself: the read timeout that you give to "
                "CreateMailslot(), or later to SetMailslotInfo(), says how "
                "long. If that time passes it fails with ERROR_SEM_TIMEOUT "
                "(121). There is no need to ask before you read, as long as "
                "the buffer has room for the largest message; and who uses the "
                "size to allocate memory must not forget that it may be -1.",
    },
    {
        .id = "MS9",
        .what = "a mailslot is found at \\\\.\\mailslot\\NAME and nowhere "
                "else: any other path is a file, a pipe or nothing",
        .mend = "make the name with WIN32_SLOT_FORMAT of protocol.h, in both "
                "halves",
        .nudge = "Print the name that you give to the call, just before it. "
                 "How many backslashes does it begin with, and how many did "
                 "you want?",
        .more = "CreateMailslot() and CreateFile() take a path, and its "
                "beginning says which part of the system it belongs to: "
                "\\\\.\\mailslot\\ for slots of this computer, \\\\.\\pipe\\ "
                "for named pipes, anything else for files. CreateFile() with "
                "another beginning looks for a file, and with CREATE_ALWAYS or "
                "OPEN_ALWAYS it even makes one, to which every write succeeds "
                "and which nobody reads. In C a backslash in a string is "
                "written twice, so the two at the beginning are four. "
                "WIN32_SLOT_FORMAT has them right. The client opens what "
                "exists (OPEN_EXISTING), and only the server makes a slot.",
    },
    {
        .id = "WM1",
        .lab = "04-mailslot",
        .step = 5,
        .what = "the client does not let others use the slot while it has it "
                "open: neither its owner nor a second writer",
        .mend = "pass FILE_SHARE_READ | FILE_SHARE_WRITE to CreateFile()",
        .nudge = "Start two clients of the same NAME. What does the second "
                 "one say? Which argument of CreateFile() is about what others "
                 "may do meanwhile?",
        .more = "The third argument of CreateFile() says what other handles to "
                "the same object may do as long as yours is open. The owner of "
                "the slot has it open for reading, so without FILE_SHARE_READ "
                "your call fails. Without FILE_SHARE_WRITE yours is the only "
                "writer: the next one is refused, and if somebody was there "
                "before you, so are you. In both cases the error is "
                "ERROR_SHARING_VIOLATION (32). A mailslot is made for many "
                "writers at a time, each of which has to allow the others; the "
                "messages do not mix, because each WriteFile() is one message.",
    },
    {
        .id = "WM2",
        .what =
            "the slot could not be made or opened, and the program goes on: "
            "CreateMailslot() and CreateFile() return "
            "INVALID_HANDLE_VALUE then, not NULL",
        .mend = "compare both with INVALID_HANDLE_VALUE, and die() on the next "
                "line",
        .nudge = "What does the call return when it fails? And what does your "
                 "next line compare it with?",
        .more = "CreateMailslot() fails with ERROR_ALREADY_EXISTS (183) if "
                "somebody has a slot of this name, CreateFile() with "
                "ERROR_FILE_NOT_FOUND (2) if nobody has. Both say so with "
                "INVALID_HANDLE_VALUE, which is -1 and not NULL, so \"if "
                "(slot == NULL)\" is never true. A server that goes on says "
                "\"ready\" "
                "although the messages go to somebody else, and every "
                "ReadFile() fails with ERROR_INVALID_HANDLE (6); a client "
                "reads all its input and sends nothing. Most other calls that "
                "return a handle (CreateEvent(), CreateThread()) do say NULL: "
                "look it up for each one, under \"Return value\".",
    },
    {
        .id = "WM3",
        .lab = "04-mailslot",
        .step = 4,
        .what = "the read timeout of a slot is in milliseconds, where 0 means "
                "not to wait at all; for this lab 0, or no TIMEOUT, means no "
                "limit",
        .mend = "pass MAILSLOT_WAIT_FOREVER if there is no limit, else the "
                "milliseconds, to CreateMailslot() or SetMailslotInfo()",
        .nudge = "What is TIMEOUT 0 in the contract, and what is the read "
                 "timeout 0 for CreateMailslot()? Write the two tables side by "
                 "side.",
        .more = "A slot has one read timeout, in milliseconds: the third "
                "argument of CreateMailslot(), which SetMailslotInfo() can "
                "change later. ReadFile() waits so long for a message, and "
                "then fails with ERROR_SEM_TIMEOUT (121). 0 means that it "
                "returns at once when there is nothing, and "
                "MAILSLOT_WAIT_FOREVER, which is -1, that it waits without "
                "limit. To hand TIMEOUT over unchanged turns \"no limit\" into "
                "\"no time\": the server says \"timeout\" at once, or, if it "
                "reads again, uses the processor all the time. The timeout is "
                "no error of the server: it prints \"timeout\" and ends with "
                "exit status 0.",
    },
    {
        .id = "WM4",
        .lab = "04-mailslot",
        .step = 4,
        .what = "the time that was given to the slot does not begin at "
                "\"ready\", and again with each message that was printed",
        .mend = "set the deadline after \"ready\" and after each printed "
                "message, and give the slot what is left of it before each "
                "ReadFile()",
        .nudge = "TIMEOUT is 1000, and a message arrives every 600 "
                 "milliseconds. How many of them should your server print, and "
                 "how many does it?",
        .more = "TIMEOUT is the longest silence, not the longest life: it "
                "counts from \"ready\" and anew from each message that was "
                "printed. The read timeout of a slot begins with each "
                "ReadFile(), so a constant one does what is wanted as long as "
                "every message is printed. A deadline, a point in time, is "
                "right in every case: set it to clock_ms() + TIMEOUT at the "
                "two places, and before each ReadFile() pass what is left of "
                "it to SetMailslotInfo(), never less than 0. Who computes it "
                "only once, or before \"ready\" was written, gives all "
                "messages together one TIMEOUT, or takes the time for which "
                "somebody did not read \"ready\" away from it.",
    },
    {
        .id = "WM5",
        .lab = "04-mailslot",
        .step = 3,
        .what = "a message does not fit into the buffer that was given to "
                "ReadFile()",
        .mend =
            "read into a buffer of TEXT_LIMIT + 1 bytes, and pass its whole "
            "size",
        .nudge = "How long may a message be, and which size do you pass to "
                 "ReadFile()? What becomes of the rest?",
        .more = "A message leaves the slot whole, in one ReadFile(). On "
                "Windows a buffer that is too small makes it fail with "
                "ERROR_INSUFFICIENT_BUFFER (122); the message stays, and the "
                "next try fails in the same way, again and again. Wine behaves "
                "as a datagram socket does: you get as much as fits, the call "
                "succeeds, and the rest is gone. So let the buffer hold the "
                "longest message of the protocol, 424 bytes, and one byte "
                "more, by which a message that is too long can be told. The "
                "second argument is the address of the buffer, the third its "
                "size: sizeof of a pointer is 8, and not the size of what it "
                "points to.",
    },
    {
        .id = "WM6",
        .lab = "04-mailslot",
        .step = 6,
        .what = "a mailslot goes one way: only who has made it can read from "
                "it, and a client gets no answer",
        .mend =
            "open the slot with GENERIC_WRITE alone, and never read from it",
        .nudge = "Who would write the answer that your client reads, and into "
                 "which slot? What does ReadFile() say there?",
        .more = "The handle that CreateMailslot() returns can only be read, "
                "and those that CreateFile() returns for the slot can only be "
                "written to. CreateFile() does not always complain if you ask "
                "for GENERIC_READ as well, but ReadFile() on such a handle "
                "fails (ERROR_ACCESS_DENIED, 5). Ask for no more than you "
                "need: GENERIC_WRITE. If a client needs answers it makes a "
                "slot of its own, under another name, and tells it in its "
                "message; or one takes a named pipe, which goes both ways "
                "(lab 03).",
    },
    {
        .id = "WM7",
        .lab = "04-mailslot",
        .step = 6,
        .what = "one WriteFile() is one message, and what it was given is not "
                "just one line: more, less, or its end apart",
        .mend = "one WriteFile() for each line, with as many bytes as "
                "read_line() has returned",
        .nudge = "How long is the line, and how long is the message that "
                 "arrives? How many times is WriteFile() called for one line?",
        .more = "A mailslot keeps the borders: what one WriteFile() was given "
                "comes out of one ReadFile(), neither joined with the next nor "
                "split. So the number of bytes that you pass is the length of "
                "the message. A '\\n' or a NUL that is sent along, or the "
                "unused rest of a buffer, becomes part of the text; a second "
                "WriteFile() for the '\\n' is a second message; and lines that "
                "are collected in a buffer first come out as one. Text "
                "functions such as fprintf() write when their buffer is full, "
                "which has nothing to do with lines. Pass the very number that "
                "read_line() has returned.",
    },
    {
        .id = "WM8",
        .lab = "04-mailslot",
        .step = 2,
        .what = "the slot is never closed: the system does it when the process "
                "has ended, and not before",
        .mend = "CloseHandle() of the slot when the last message was printed",
        .nudge = "Which call ends the life of a slot? On which of the ways out "
                 "does your server come to it?",
        .more = "A handle is a promise of the system to keep the object, and "
                "CloseHandle() gives it back. When the last handle to the slot "
                "is closed its name is free again and the messages that nobody "
                "has read are gone. At the end of a process the system closes "
                "what is still open, so nothing is left behind here, unlike "
                "with the socket of the POSIX pair; but a program that goes on "
                "after its server part keeps the name for itself, and a new "
                "server gets ERROR_ALREADY_EXISTS. So close what you have "
                "opened, when you have done with it.",
    },
    {
        .id = "WM9",
        .lab = "04-mailslot",
        .step = 5,
        .what = "the client learns too late, or never, that there is no slot",
        .mend = "call CreateFile() before you read the first line, and check "
                "what it returns",
        .nudge = "Start your client without a server, once with no input at "
                 "all and once with a line that you never type. What does it "
                 "say, and when?",
        .more = "CreateFile() on the name of a slot sends nothing: it looks "
                "whether the slot is there, and fails with "
                "ERROR_FILE_NOT_FOUND (2) if it is not. This is the only call "
                "that asks. If it stands in the loop over the lines it comes "
                "with the first line, so a user who types for an hour learns "
                "it an hour too late, and with no line at all the client ends "
                "with exit status 0 as if all was well. WriteFile() is no "
                "substitute: nobody promises that it fails when the owner of "
                "the slot has gone. So open first, compare with "
                "INVALID_HANDLE_VALUE, die(), and then read.",
    },
    {.id = NULL},
};
