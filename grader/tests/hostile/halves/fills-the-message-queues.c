/*
 * fills-the-message-queues.c - fills queues of both kinds, and makes as many as there can be
 *
 * play: main 05 server
 * play: first 05 client
 * play: last 05 server
 * play: ready 05 server
 * play: main 01 server
 */
static void
attack(void)
{
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = 8192};
    static struct {
        long type;
        char text[8000];
    } message = {1, "x"};
    static char text[8192];
    char name[64];

    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "/hostile-%d", i);
        mqd_t queue =
            mq_open(name, O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attributes);
        for (int k = 0; queue != (mqd_t)-1 && k < 10; k++)
            mq_send(queue, text, sizeof text, 0);
    }
    for (int i = 0; i < 40000; i++) {
        int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
        if (id == -1)
            break;
        while (i < 200 &&
               msgsnd(id, &message, sizeof message.text, IPC_NOWAIT) == 0)
            continue;
    }
}
