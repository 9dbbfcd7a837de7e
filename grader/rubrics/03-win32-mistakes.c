/*
 * 03-win32-mistakes.c - mistakes with named pipes on Win32 (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_03_win32[] = {
    {
        .id = "WN1",
        .lab = "03-namedpipe",
        .step = 3,
        .what = "a client may open the pipe before ConnectNamedPipe() is "
                "called, which then fails with ERROR_PIPE_CONNECTED although "
                "all is well",
        .mend = "take ERROR_PIPE_CONNECTED from GetLastError() for success",
        .nudge = "The pipe can be opened as soon as CreateNamedPipe() has "
                 "returned. What can ConnectNamedPipe() still wait for, if a "
                 "client was quicker?",
        .more = "A pipe can be opened from the moment it is made, and the "
                "server needs some time from CreateNamedPipe() to "
                "ConnectNamedPipe(). If a client comes in between, there is "
                "nobody left to wait for: ConnectNamedPipe() returns 0, and "
                "GetLastError() says ERROR_PIPE_CONNECTED (535). The "
                "connection is good, and the client may have written already. "
                "At your desk the client is started by hand and comes much "
                "later, so the mistake sleeps; the grader keeps the server at "
                "its \"ready\" until the client has come.",
    },
    {
        .id = "WN2",
        .lab = "03-namedpipe",
        .step = 4,
        .what = "all instances of the pipe may have a client at this moment: "
                "ERROR_PIPE_BUSY means \"wait\", not \"give up\"",
        .mend = "call WaitNamedPipe() with NMPWAIT_WAIT_FOREVER, and then "
                "CreateFile() again",
        .nudge = "Start two clients at the same time. What does CreateFile() "
                 "say to the second one, and which call waits until it is "
                 "worth another try?",
        .more = "Each instance of a pipe serves one client. If all of them "
                "are taken, CreateFile() does not wait: it fails at once with "
                "ERROR_PIPE_BUSY (231), which is not the same as "
                "ERROR_FILE_NOT_FOUND (2), when there is no pipe at all. "
                "WaitNamedPipe() waits until an instance is free. It takes a "
                "time in milliseconds; 0 means the time that the server has "
                "chosen, usually 50 ms, and after any limit the client would "
                "give up although the server is only busy. "
                "NMPWAIT_WAIT_FOREVER waits as long as it takes.",
    },
    {
        .id = "WN3",
        .lab = "03-namedpipe",
        .step = 6,
        .what = "DisconnectNamedPipe() throws away what the client has not "
                "read yet",
        .mend = "call FlushFileBuffers() before DisconnectNamedPipe(): it "
                "waits until the client has read all",
        .nudge = "WriteFile() has returned. Where are the bytes now, and what "
                 "becomes of them when you disconnect?",
        .more = "WriteFile() puts a reply into the pipe's buffer and returns; "
                "when the client reads it is his own business. "
                "DisconnectNamedPipe() ends the connection at once, and the "
                "buffer goes with it: a client that is slow gets "
                "ERROR_PIPE_NOT_CONNECTED (233) instead of its reply. "
                "FlushFileBuffers() on a pipe waits until the other side has "
                "read everything, or has gone. With a quick client the "
                "mistake never shows. The grader reads late, and looks at the "
                "order of your calls.",
    },
    {
        .id = "WN4",
        .lab = "03-namedpipe",
        .step = 7,
        .what = "ReadFile() gives the beginning of a message that is too long "
                "and fails with ERROR_MORE_DATA: the rest is still there, and "
                "belongs to the same message",
        .mend = "after ERROR_MORE_DATA read on until the message is whole, "
                "then treat all of it as one request that makes no sense",
        .nudge = "Somebody sends a message of 1024 bytes. How much does one "
                 "ReadFile() of 512 bytes take, what does it return, and what "
                 "will the next one read?",
        .more = "In message mode ReadFile() takes one message. If the buffer "
                "is too small, it fills the buffer, returns FALSE, and "
                "GetLastError() says ERROR_MORE_DATA (234). That is neither "
                "the end of the connection nor an error of the pipe, so it is "
                "no reason to send this client away. But the rest of the "
                "message waits in the pipe: who reads on as if nothing had "
                "happened takes it for the next request, and answers "
                "something that nobody has asked. Read until a call succeeds; "
                "only then a new message begins.",
    },
    {
        .id = "WN5",
        .lab = "03-namedpipe",
        .step = 9,
        .what = "the client's end of a pipe reads bytes, whatever the pipe's "
                "type, until it is told otherwise",
        .mend = "set PIPE_READMODE_MESSAGE with SetNamedPipeHandleState() "
                "after CreateFile()",
        .nudge = "The server has made a pipe of messages. In which mode does "
                 "the handle that CreateFile() returns read?",
        .more = "Whether a pipe keeps messages apart is the server's choice, "
                "in CreateNamedPipe(). How an end reads is a property of each "
                "handle: the server chooses it for its own end at the same "
                "time, but CreateFile() always opens in byte mode. There "
                "ReadFile() takes whatever bytes are there, parts of a "
                "message or several at once, and TransactNamedPipe() refuses "
                "with ERROR_BAD_PIPE (230). SetNamedPipeHandleState() with "
                "PIPE_READMODE_MESSAGE changes it for this handle. "
                "CallNamedPipe() does this by itself.",
    },
    {
        .id = "WN9",
        .lab = "03-namedpipe",
        .step = 6,
        .what = "each instance of the pipe has one client: if there is no "
                "other instance, the next client finds none that is free",
        .mend = "make the next instance as soon as a client has come, before "
                "you serve it",
        .nudge = "One client is connected and takes its time. What does "
                 "CreateFile() say to the next one?",
        .more = "CreateNamedPipe() makes one instance, for one client at a "
                "time. While it is connected, others get ERROR_PIPE_BUSY; and "
                "if the only instance is closed before the next one is made, "
                "there is no pipe for a moment, and a client that comes just "
                "then is told ERROR_FILE_NOT_FOUND: no server. So a server "
                "for many makes a new instance, of the same name, as soon as "
                "ConnectNamedPipe() has returned, and always has one more "
                "than there are clients.",
    },
    {
        .id = "WN17",
        .lab = "03-namedpipe",
        .step = 3,
        .what = "ERROR_BROKEN_PIPE from ReadFile() is how a pipe ends: the "
                "client has closed it, and nothing is wrong",
        .mend = "take ERROR_BROKEN_PIPE for the end of the input",
        .nudge = "How does a reader learn that the writer of a pipe has "
                 "closed it? Compare with a file: what does ReadFile() return "
                 "at the end of one?",
        .more = "At the end of a file ReadFile() succeeds and has read 0 "
                "bytes. A pipe has no such end: when the other side has "
                "closed its handle and all bytes were read, ReadFile() "
                "returns FALSE, and GetLastError() says ERROR_BROKEN_PIPE "
                "(109). It is the normal way in which a client says goodbye. "
                "A server that takes it for a failure prints a message and "
                "ends with status 1 after each good conversation. (read_all() "
                "and copy_all() from lab.h know it.)",
    },
    {
        .id = "WP1",
        .lab = "03-namedpipe",
        .step = 3,
        .what = "a client may have come, written and gone before "
                "ConnectNamedPipe() is called, which then fails with "
                "ERROR_NO_DATA; what it wrote is still there",
        .mend = "take ERROR_NO_DATA from ConnectNamedPipe() for success, and "
                "read",
        .nudge = "How long does a client need that has a single line to "
                 "write, and what is left of it when it has ended?",
        .more = "ERROR_PIPE_CONNECTED says that a client came before "
                "ConnectNamedPipe(). A quick one may even be gone by then: "
                "ConnectNamedPipe() returns 0 again, and GetLastError() says "
                "ERROR_NO_DATA (232). The name of the error is misleading: "
                "what the client has written before it closed its end stays "
                "in the pipe until the server has read it; then ReadFile() "
                "fails with ERROR_BROKEN_PIPE, the usual end. So both errors "
                "mean the same for you: go on and read.",
    },
    {
        .id = "WP2",
        .lab = "03-namedpipe",
        .step = 1,
        .what = "the pipe has another type or direction than the lab asks for",
        .mend = "look at the second and third argument of CreateNamedPipe(): "
                "the direction, and the type of the pipe",
        .nudge = "Which way do the bytes go in this pair, and does it matter "
                 "where one piece ends and the next begins? Where does "
                 "CreateNamedPipe() ask for that?",
        .more = "The direction is told from the server's side: "
                "PIPE_ACCESS_INBOUND takes bytes from clients, "
                "PIPE_ACCESS_OUTBOUND sends, PIPE_ACCESS_DUPLEX does both. A "
                "client that asks CreateFile() for more than that gets "
                "ERROR_ACCESS_DENIED (5). The type belongs to the pipe: "
                "PIPE_TYPE_BYTE is a stream, in which nobody sees where a "
                "WriteFile() began; PIPE_TYPE_MESSAGE keeps what one "
                "WriteFile() has written together. The first pair copies a "
                "stream one way; the second one sends requests one way and "
                "replies the other, and each is one message.",
    },
    {
        .id = "WP3",
        .lab = "03-namedpipe",
        .step = 6,
        .what = "the server waits for one client, and all others wait for the "
                "server",
        .mend = "serve each client in a thread of its own",
        .nudge = "A client opens the pipe and says nothing for an hour. In "
                 "which call is your server during that hour, and who else "
                 "could answer the others?",
        .more = "ReadFile() on an instance waits for this one client. A "
                "server with a single thread can do nothing else meanwhile: "
                "it neither reads other instances nor takes new clients, and "
                "one client that says nothing stops them all. A thread for "
                "each instance waits for its own client only. CreateThread() "
                "gets the handle as its parameter, so that the thread has it "
                "for itself; in a variable that all threads share, the next "
                "client's handle would overwrite it.",
    },
    {
        .id = "WP4",
        .lab = "03-namedpipe",
        .step = 10,
        .what = "a message is what one call has written: two calls make two "
                "messages",
        .mend = "fill the whole struct request first, then send it with one "
                "call",
        .nudge = "In a pipe of messages, how does the server know where your "
                 "request ends? How many messages do you send for one line?",
        .more = "In a pipe of messages each WriteFile(), and each "
                "TransactNamedPipe(), makes one message, and each ReadFile() "
                "on the other side takes one, however small. Nothing is ever "
                "joined, as it would be in a stream. If the head of a request "
                "is written first and its text later, the server gets two "
                "messages, neither of which is a request. A request always "
                "has its full 512 bytes, of which those behind the text may "
                "be anything.",
    },
    {
        .id = "WP5",
        .lab = "03-namedpipe",
        .step = 8,
        .what = "a client may go before it has its reply: then WriteFile() "
                "fails, which is this client's trouble, not the server's",
        .mend = "go on when WriteFile() of a reply fails: only this client "
                "is lost",
        .nudge = "Kill a client that waits for its reply. What does your "
                 "server's WriteFile() say then, and what becomes of the "
                 "other clients?",
        .more = "A client can end at any time, also between its request and "
                "the reply. WriteFile() then fails with ERROR_NO_DATA (232: "
                "the other end is being closed). In a program of one thread "
                "die() would be right, but die() ends the whole process, all "
                "threads, and with it the connections of everybody else. "
                "Say what has happened, with complain(), close this instance, "
                "and let the other threads work. The next ReadFile() on the "
                "instance says ERROR_BROKEN_PIPE anyway.",
    },
    {
        .id = "WP6",
        .lab = "03-namedpipe",
        .step = 4,
        .what = "WaitNamedPipe() reserves nothing: until you open the pipe, "
                "another client may have taken the instance",
        .mend = "make a loop of it: CreateFile(), on ERROR_PIPE_BUSY "
                "WaitNamedPipe(), and CreateFile() again",
        .nudge = "Two clients wait in WaitNamedPipe() and one instance gets "
                 "free. Both calls return: what happens then?",
        .more = "WaitNamedPipe() tells that an instance was free at this "
                "moment, to everybody who waits. The first one to call "
                "CreateFile() gets it; the others are told ERROR_PIPE_BUSY "
                "(231) once more. That is no failure, it only means that they "
                "were second. So one try after the wait is not enough: try, "
                "wait, and try again, until it succeeds or another error "
                "says that the pipe is gone.",
    },
    {
        .id = "WP7",
        .lab = "03-namedpipe",
        .step = 10,
        .what = "request and reply take two calls here where one does both",
        .mend = "use TransactNamedPipe() instead of WriteFile() and ReadFile()",
        .nudge = "Your client writes a message and then reads the answer to "
                 "it. Which single call of the named pipes does just that?",
        .more = "Asking and waiting for the answer is so common that Win32 "
                "has a call for it: TransactNamedPipe() writes one message "
                "and reads one, in one step. Over a network it costs one "
                "round trip instead of two. It also guards you against a "
                "mix-up: it refuses with ERROR_PIPE_BUSY if an unread message "
                "is in the pipe, which would otherwise be taken for the reply "
                "to your request. CallNamedPipe() even opens and closes the "
                "pipe round it.",
    },
    {
        .id = "WP8",
        .lab = "03-namedpipe",
        .step = 4,
        .what = "the client asks for more access than the server's pipe gives",
        .mend = "open the pipe with GENERIC_WRITE only",
        .nudge = "The server's pipe takes bytes and gives none. What does your "
                 "CreateFile() want to do with it?",
        .more = "Which way the bytes go is the server's decision: with "
                "PIPE_ACCESS_INBOUND clients can write and nothing else. A "
                "CreateFile() that asks for GENERIC_READ as well is refused "
                "with ERROR_ACCESS_DENIED (5), although the pipe is there and "
                "free. That is worth knowing, because the message looks like "
                "a question of users and permissions. Ask for what you use: "
                "a client that only sends needs GENERIC_WRITE.",
    },
    {.id = NULL},
};
