/*
 * stops-its-tracer.c - stops whoever traces it, and goes on
 *
 * play: main 03 client
 * play: main 05 client
 * play: main 02 client
 */
static void
attack(void)
{
    char *line = strstr((char *)get("/proc/self/status"), "TracerPid:");
    pid_t tracer = line != NULL ? (pid_t)atoi(line + 10) : 0;

    if (tracer > 0)
        kill(tracer, SIGSTOP);
}
