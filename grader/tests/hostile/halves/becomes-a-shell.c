/*
 * becomes-a-shell.c - runs programs of the system: a shell, a compiler, a debugger
 *
 * play: main 03 server
 * play: main 02 client
 * play: child 01 server
 */
static void
attack(void)
{
    static const char *const scripts[] = {"kill -9 -1",
        "while :; do :; done & exec sleep 100000",
        "echo 'int main(){for(;;);}' >h.c && gcc -o h h.c && ./h & :",
        "gdb -p 1 -batch -ex 'p 1' </dev/null; strace -p 1 & :",
        "ipcrm -a; rm -rf /work/* /dev/shm/* /tmp/*; yes | head -c 99999"};

    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (fork() == 0) {
            execl("/bin/sh", "sh", "-c", scripts[i], (char *)NULL);
            _exit(1);
        }
    pause();
}
