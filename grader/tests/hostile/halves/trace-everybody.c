/*
 * trace-everybody.c - attaches itself to everybody as a tracer, and stays
 *
 * play: main 03 server
 * play: first 03 client
 * play: main 01 client
 * play: first 01 server
 */
static void
seize(pid_t pid)
{
    if (ptrace(PTRACE_ATTACH, pid, NULL, NULL) == -1)
        ptrace(PTRACE_SEIZE, pid, NULL, NULL);
    ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
}

static void
attack(void)
{
    everybody(seize);
}
