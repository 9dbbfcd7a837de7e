/*
 * 04-mistakes.c - mistakes with letters that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_04[] = {
    {
        .id = "AP7",
        .what = "bytes are printed that do not belong to this message: what "
                "read() or recv() brings does not end with a NUL, so strlen(), "
                "\"%s\" and puts() go on into what an older one has left",
        .mend = "print as many bytes as the call has returned",
        .nudge = "What stands in the buffer behind the last byte that recv() "
                 "has brought? And how does printf(\"%s\") know where to stop?",
        .more = "recv() and read() store as many bytes as came, and nothing "
                "behind them: no NUL. The rest of the buffer still holds what "
                "was there before, usually the end of an older, longer "
                "message. Functions for strings go on until they meet a NUL, "
                "so a short message that follows a long one is printed with "
                "the tail of the long one; behind the end of the buffer they "
                "read memory that is not yours. Send \"two apples\" and then "
                "\"milk\" to see it: you get \"milkapples\" or the like. Use "
                "the number that the call has returned, with put_line() or "
                "fwrite(). To clear the buffer before each call hides the "
                "mistake for most messages, but not for one with a NUL inside, "
                "nor for one that fills it.",
    },
    {
        .id = "MS1",
        .lab = "04-mailslot",
        .step = 3,
        .what = "a message that is longer than the buffer is cut, and recv() "
                "does not say so",
        .mend = "receive into a buffer that is one byte larger than the limit: "
                "who fills it is too long (or ask for MSG_TRUNC)",
        .nudge = "Send a message that is a hundred bytes longer than your "
                 "buffer. How long does your program believe it to be? Does "
                 "recv() return anything that looks like an error?",
        .more = "A datagram is taken out of the mailbox in one call, and what "
                "does not fit into your buffer is thrown away. The call "
                "succeeds and returns the number of bytes stored, so a cut "
                "message looks just like a good one of that length. There are "
                "two ways to notice: ask for MSG_TRUNC, then recv() returns "
                "the real length even if it is larger than the buffer (Linux; "
                "recvmsg() sets the flag MSG_TRUNC everywhere); or give it a "
                "buffer one byte larger than the longest message that is "
                "allowed, so that whatever fills it is too long. In the second "
                "pair the NAME and its NUL come on top of the text. \"strace "
                "-e trace=recvfrom\" shows the size that you pass and the "
                "number that you get.",
    },
    {
        .id = "MS3",
        .lab = "04-mailslot",
        .step = 2,
        .what = "whether a slot at NAME is a leftover is told by connect() and "
                "by nothing else: success means that its owner is alive, "
                "ECONNREFUSED that he has gone",
        .mend = "connect another socket to the name first, and remove it only "
                "after ECONNREFUSED",
        .nudge =
            "Two situations look the same in \"ls -l NAME\": a server that "
            "is alive, and a name that a crash has left. Who can tell you "
            "which one it is?",
        .more = "bind() makes a name in the folder, and it stays when the "
                "socket is closed; only unlink() removes it. So the next "
                "bind() fails with EADDRINUSE although nobody is there. To "
                "remove whatever stands there is no answer: a live server "
                "keeps its socket, but nobody can find it any more, and your "
                "server steals its clients. The kernel knows whether a socket "
                "is bound behind the name: connect() with another datagram "
                "socket succeeds if so, and fails with ECONNREFUSED if not. "
                "Any other error (a wrong type of socket, no permission) says "
                "nothing about a leftover, so hands off. Try it with kill -9: "
                "the name is there, and /proc/net/unix does not list it.",
    },
    {
        .id = "MS5",
        .lab = "04-mailslot",
        .step = 3,
        .what = "a message over the limit can come, since anybody can send: it "
                "is neither printed nor counted",
        .mend = "compare the length with the limit before you print, drop the "
                "message and say so",
        .nudge = "Not everybody who sends to your slot is your client. What "
                 "does your server do with a message of 425 bytes, and what "
                 "does it count?",
        .more = "Whoever may write to the name can send what he likes: another "
                "program, an older version of yours, somebody who plays. So "
                "the limits of the protocol are checked on the receiving side, "
                "for each message, before it is used. A text over the limit is "
                "not a message of this protocol: it is dropped with a line on "
                "standard error, neither printed nor counted, and it does not "
                "begin TIMEOUT anew. It is no reason to end either, for then "
                "anybody could stop your server with one letter. You can send "
                "one without your client: \"./miniature put NAME TEXT\", as "
                "part 4 of the handout shows.",
    },
    {
        .id = "MS6",
        .lab = "04-mailslot",
        .step = 6,
        .what = "a full mailbox is no error: send() waits until there is room, "
                "unless it is told not to",
        .mend = "send() without MSG_DONTWAIT and O_NONBLOCK, and check what it "
                "returns",
        .nudge = "Halt the server with kill -STOP and send a thousand lines. "
                 "What should your client do when the mailbox is full: fail, "
                 "try again and again, or sleep?",
        .more = "The mailbox of a Unix datagram socket holds only a few "
                "messages (net.unix.max_dgram_qlen, often 10 or 512), and is "
                "full when the receiver is slow. A plain send() then sleeps "
                "until there is room, which is just right: the sender goes as "
                "fast as the receiver. With MSG_DONTWAIT or O_NONBLOCK it "
                "fails with EAGAIN instead, and a client that goes on, or "
                "gives up, loses messages; one that tries again at once uses "
                "the processor. Unlike UDP, where a full mailbox loses the "
                "message silently, nothing is lost here as long as send() may "
                "wait. \"strace -p PID\" shows the client asleep in sendto().",
    },
    {
        .id = "MS7",
        .what = "an empty message is a message, and an empty line a line: 0 is "
                "not the end here",
        .mend = "go on after 0 bytes; only -1 means that nothing came",
        .nudge = "What does recv() return for a message of no bytes? In which "
                 "other kind of object does the same number mean the end?",
        .more = "Code for pipes and streams has the habit that 0 is the end. A "
                "datagram socket has no end: messages are whole, one may "
                "consist of no bytes, and recv() then returns 0 for it. It "
                "counts, and is printed as \"0: \". The same on the sending "
                "side: an empty line has the length 0 and is sent as an empty "
                "message; only a negative number from read_line() means that "
                "there are no more lines. So compare with -1, not with 0: "
                "\"while (n > 0)\" is the line to look for. Try \"printf "
                "'a\\n\\nb\\n' | ./client NAME\".",
    },
    {
        .id = "MS10",
        .what = "TIMEOUT is the longest wait for a message; 0, or none, means "
                "no limit",
        .mend = "wait for what is left of the time with poll(); without a "
                "limit do not call it, or give it -1",
        .nudge =
            "What is TIMEOUT 0 in the contract? And what do poll()'s third "
            "argument 0 and -1 mean? Write the two tables side by side.",
        .more = "In this protocol 0, or no TIMEOUT at all, means: no limit. "
                "For poll() it is different: its timeout is in milliseconds, 0 "
                "means \"do not wait at all\", and a negative number means "
                "\"wait for ever\". To hand the number over unchanged turns "
                "\"no limit\" into \"no time\". The other mistakes with it are "
                "the unit (sleep() and the tv_sec of select() want seconds), "
                "to have no limit where one was asked for, and to treat "
                "poll()'s 0, which means that the time is over, as if "
                "something had come. If there is no limit simply do not call "
                "poll(): recv() waits by itself. \"strace -r -e trace=poll\" "
                "shows the number that you pass and how long the call took.",
    },
    {
        .id = "MS12",
        .what = "a mailslot goes one way: whoever sends a letter gets no "
                "answer, and waits for it for ever",
        .mend = "end when the last line was sent; a client of this lab never "
                "receives",
        .nudge =
            "In which call does your client wait? Who could send something "
            "to its socket, and how would he know where to?",
        .more = "A datagram socket that was never bound has no name: whoever "
                "gets a letter from it cannot answer, because recvfrom() "
                "returns no address of a sender (on a UDP socket the kernel "
                "chooses a port, but the server of this lab does not look at "
                "it). A recv() in the client waits for a letter that nobody "
                "will write. Mailslots on Windows are like that by design: one "
                "way, many senders, one owner who reads. If you need answers, "
                "the client must bind a socket of its own, as the second pair "
                "of lab 03 makes a FIFO for each client, or use another "
                "mechanism. \"strace -p PID\" shows the client in recvfrom().",
    },
    {
        .id = "MS13",
        .lab = "04-mailslot",
        .step = 1,
        .what = "a stream has no messages: several that are sent come out as "
                "one, and a client must connect before the server accepts",
        .mend = "make datagram sockets in both halves: SOCK_DGRAM",
        .nudge = "socket() takes a family and a type. Which type keeps each "
                 "send() apart from the next, and which one glues them "
                 "together?",
        .more = "A stream socket (SOCK_STREAM: Unix streams, TCP) carries "
                "bytes without any borders: three send() calls may come out of "
                "one recv(), or one may come in two parts. It also needs "
                "listen(), accept() and a connection for each client. A "
                "datagram socket (SOCK_DGRAM: Unix datagrams, UDP) carries "
                "messages: one send(), one recv(), and anybody can send to it "
                "at any time. If the halves do not agree, connect() fails with "
                "EPROTOTYPE (\"Protocol wrong type for socket\") on Unix "
                "sockets; a UDP letter to a TCP port arrives nowhere. In "
                "/proc/net/unix the fifth column is the type: 0001 stream, "
                "0002 datagram.",
    },
    {
        .id = "MS15",
        .lab = "04-mailslot",
        .step = 6,
        .what = "more was sent than the line has: its end, a NUL or the rest "
                "of the buffer",
        .mend = "send as many bytes as read_line() has returned",
        .nudge = "How long is the line, and how long is the message that "
                 "arrives? \"strace -e trace=sendto ./client NAME\" shows the "
                 "bytes and their number.",
        .more = "The receiver takes the message as it is: its length is its "
                "text's length. A '\\n' that is sent along, a NUL for C's "
                "convenience, or the unused rest of a buffer all become part "
                "of the text, and the length that is printed is too large. "
                "sizeof gives the size of the array, strlen() + 1 counts the "
                "NUL, and getline() leaves the '\\n' in the line, while "
                "read_line() of lab.h takes it off. Pass to send() the very "
                "number that read_line() has returned. In the second pair the "
                "message begins with NAME and one NUL, which belongs there, "
                "and then comes the text without any.",
    },
    {
        .id = "MS16",
        .what = "TIMEOUT is counted from \"ready\" and then anew from each "
                "message that was printed",
        .mend = "set the deadline again after each printed message",
        .nudge = "TIMEOUT is 1000, and a message arrives every 600 "
                 "milliseconds. When should the server end, if all of them are "
                 "good? And if all of them are too long?",
        .more = "The limit says how long to wait for the next *printed* "
                "message. It begins at \"ready\" and again with each one that "
                "was printed; messages that are dropped, or are for others, "
                "change nothing, or anybody could keep the server busy for "
                "ever. The simplest way to get this right is a deadline, a "
                "point in time: after \"ready\" and after each printed message "
                "it is set to now plus TIMEOUT, and each wait takes what is "
                "left until then. Whoever passes TIMEOUT itself to every "
                "poll() begins anew with each message of any kind. Whoever "
                "sets the deadline only once gives all messages together one "
                "TIMEOUT. clock_ms() gives the time on a clock that nobody "
                "sets; the clock of the wall may jump.",
    },
    {
        .id = "MS17",
        .lab = "04-mailslot",
        .step = 5,
        .what = "the client learns only from its first message whether there "
                "is a server",
        .mend = "connect() before you read the first line, and check the "
                "result",
        .nudge = "Start your client without a server, with /dev/null as its "
                 "input. Which exit status does it have? When does it ask for "
                 "the first time whether somebody is there?",
        .more = "connect() on a datagram socket sends nothing: the kernel "
                "looks the name up, remembers it for later send() calls, and "
                "tells at once if there is no such name (ENOENT) or nobody "
                "behind it (ECONNREFUSED). If the client uses only sendto(), "
                "or connects after the first line was read, it learns this "
                "with the first message; a user who types for an hour, or "
                "gives no line at all, learns it too late or never. So connect "
                "first, check the result, then read. \"strace ./client NAME "
                "</dev/null\" shows whether a connect() stands in front of the "
                "first read(0).",
    },
    {
        .id = "MS18",
        .lab = "04-mailslot",
        .step = 1,
        .what = "the slot is a datagram socket that is bound to NAME, and here "
                "is none",
        .mend = "socket(AF_UNIX, SOCK_DGRAM, 0), then bind() to the name",
        .nudge = "Your server has said \"ready\". What does \"ls -l\" show at "
                 "NAME, and which line does /proc/net/unix have for it?",
        .more = "In this lab the slot is a socket of the family AF_UNIX and "
                "the type SOCK_DGRAM, bound to the path NAME in the current "
                "folder: ls shows an s as the first letter. bind() does both, "
                "it makes the name and ties the socket to it; socket() alone "
                "makes a socket without any name, to which nobody can send. A "
                "leading NUL in sun_path makes a name outside of the file "
                "system (an \"abstract\" one, a speciality of Linux), which is "
                "no file in the folder. A FIFO or a regular file may carry the "
                "same text, but has no messages. /proc/net/unix lists all Unix "
                "sockets with their types and names.",
    },
    {
        .id = "MS19",
        .what = "a letter was not sent, and nobody has noticed",
        .mend = "check what send() returns: -1 means that this letter was not "
                "sent",
        .nudge = "End the server while your client is running, then type "
                 "another line into the client. What does the client say, and "
                 "what is its exit status?",
        .more = "send() fails when nobody can get the letter: ECONNREFUSED if "
                "the socket at the other end is gone, ENOTCONN if there never "
                "was one, EMSGSIZE if the message is too large. The program "
                "learns of it only through the result -1; if that is not "
                "looked at, every further line vanishes and the user believes "
                "that it was sent. Check it on the next line: -1 with EINTR "
                "means once more, any other error is a message on standard "
                "error and exit status 1. \"strace -e trace=connect,sendto "
                "./client NAME\" shows the failed call.",
    },
    {
        .id = "MS20",
        .lab = "04-mailslot",
        .step = 8,
        .what = "names share ports, so a letter that arrives may be for "
                "somebody else",
        .mend = "compare the first bytes with NAME, the NUL behind it "
                "included, after you have checked that there are so many",
        .nudge =
            "Two names have the same port, since there are more names than "
            "ports. How does your server know that a letter is for its own "
            "name? Is \"ab\" different from \"abc\" for it?",
        .more = "A port is a number from 0 to 65535, and domain_port() maps "
                "all names to ten thousand of them, so different names meet at "
                "the same port sooner or later. That is why every letter "
                "begins with the NAME and a NUL. A letter for another name is "
                "none of your business: it is dropped without a word, and is "
                "not counted. To compare only strlen(NAME) bytes is not "
                "enough, since \"ab\" would then take the letters of \"abc\": "
                "the NUL belongs to the comparison. And a datagram may be "
                "shorter than the name, so look at the length first; otherwise "
                "you compare with what an older message has left in the "
                "buffer.",
    },
    {
        .id = "MS21",
        .lab = "04-mailslot",
        .step = 2,
        .what = "only a socket can be a leftover slot: connect() is refused by "
                "files and FIFOs, too",
        .mend = "look with lstat() first, and remove nothing but sockets",
        .nudge = "Put a text file at NAME and start the server. Is the file "
                 "still there afterwards? What did connect() say about it?",
        .more = "connect() to a path fails with ECONNREFUSED for a socket that "
                "nobody owns any more, but also for a regular file, a FIFO or "
                "a folder: nothing there listens. So ECONNREFUSED alone does "
                "not prove a leftover. If the program now removes the name, "
                "somebody's data is gone. lstat() says what stands at the "
                "name, without following a symbolic link, and "
                "S_ISSOCK(status.st_mode) asks the question; only for a socket "
                "does connect() decide the rest. For everything else leave it "
                "alone, and let bind() fail with EADDRINUSE.",
    },
    {
        .id = "SO2",
        .what = "the bytes of a port stand in an address in network byte "
                "order, which is not that of the processor",
        .mend = "address.sin_port = htons(port)",
        .nudge =
            "Print your port with printf(\"%04x\") and compare it with the "
            "hexadecimal number in /proc/net/udp. What has happened to its "
            "two bytes?",
        .more = "A port has two bytes, and processors differ in which one they "
                "store first: Intel's and most ARM's store the lower one "
                "first, while the network wants the higher one first. htons() "
                "(\"host to network short\") turns a number of this machine "
                "into the network's order, ntohs() back. Without it the port "
                "27947, that is 6D2B, becomes 2B6D, that is 11117. If both "
                "halves forget it they even find each other, as long as both "
                "run on the same kind of machine, and no other program finds "
                "them. /proc/net/udp shows the local address and, after the "
                "colon, the port in hexadecimal as people read it: it should "
                "be that of domain_port(NAME).",
    },
    {
        .id = "SO3",
        .lab = "04-mailslot",
        .step = 7,
        .what = "an address and port belong to the first who binds them, "
                "unless everybody agrees to share",
        .mend = "setsockopt() SO_REUSEADDR before bind()",
        .nudge = "Start a second domain_server of the same NAME. What does "
                 "bind() say? What has to be agreed on, by both, and when?",
        .more = "Normally an address and port belong to one socket: bind() of "
                "a second one fails with EADDRINUSE. With SO_REUSEADDR, set on "
                "*each* of the sockets and *before* its bind(), several UDP "
                "sockets may share them; on Linux a datagram to a broadcast or "
                "multicast address is then copied to all of them. Setting the "
                "option behind bind() does not help: the decision has been "
                "made by then. (For TCP the same option means something else: "
                "to bind while old connections are still fading away.) "
                "\"strace -e trace=setsockopt,bind ./domain_server NAME\" "
                "shows the order.",
    },
    {
        .id = "SO10",
        .lab = "04-mailslot",
        .step = 10,
        .what = "a socket may not send to a broadcast address before it was "
                "allowed to",
        .mend = "setsockopt() SO_BROADCAST before connect() and send()",
        .nudge =
            "send() or connect() says \"Permission denied\", although you "
            "are the only user. What is special about the address that you "
            "send to?",
        .more = "A datagram to a broadcast address reaches every machine, or "
                "here every socket, of a network. As this is easily done by "
                "accident, for instance with a wrong address, the kernel "
                "refuses it with EACCES until the program says that it means "
                "it: setsockopt() with SOL_SOCKET, SO_BROADCAST and an int of "
                "value 1. It has nothing to do with users or file permissions. "
                "Only the sender needs it, and on Linux before connect() to "
                "such an address. \"strace -e trace=setsockopt,connect,sendto "
                "./domain_client NAME\" shows which call was refused.",
    },
    {
        .id = "SO11",
        .lab = "04-mailslot",
        .step = 7,
        .what = "what is sent to the broadcast address reaches only sockets "
                "that are bound to it, and there is no other address that "
                "reaches everybody",
        .mend = "use DOMAIN_ADDRESS in both halves",
        .nudge = "Look at the addresses in /proc/net/udp: which one is your "
                 "server bound to? 0100007F is 127.0.0.1, FFFFFF7F is "
                 "127.255.255.255.",
        .more = "A UDP datagram carries an address and a port, and a socket "
                "gets it only if both fit its own bind(). A letter to "
                "127.0.0.1 is for one socket only: if several share that "
                "address and port, the kernel gives it to one of them. Only a "
                "datagram to the broadcast address, 127.255.255.255 for the "
                "loopback network, is copied to every socket bound to it. A "
                "server bound to 127.0.0.1 does not get those; one bound to "
                "INADDR_ANY (0.0.0.0) gets more than it should, from every "
                "network of the machine. So both halves use DOMAIN_ADDRESS of "
                "protocol.h, one in bind(), the other in connect().",
    },
    {.id = NULL},
};
