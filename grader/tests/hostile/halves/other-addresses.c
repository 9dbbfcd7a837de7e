/*
 * other-addresses.c - speaks to the machine outside, by sockets of every family
 *
 * play: main 04 domain_client
 * play: first 04 domain_server
 * play: main 03 client
 */
static void
attack(void)
{
    for (int family = 0; family < 48; family++)
        for (int type = 1; type < 7; type++) {
            struct {
                unsigned short family;
                unsigned char bytes[26];
            } address = {
                (unsigned short)family, {0, 53, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0}};
            int fd = socket(family, type | SOCK_NONBLOCK, 0);
            if (fd == -1)
                continue;
            connect(fd, (struct sockaddr *)&address, 16);
            sendto(fd, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL,
                (struct sockaddr *)&address, 16);
            close(fd);
        }
}
