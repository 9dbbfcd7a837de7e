/*
 * kills-its-tracer.c - ends, or stops, whoever traces it
 *
 * play: main 03 server
 * play: main 01 client
 * play: ready 03 call_server
 */
static void
attack(void)
{
    char *line = strstr((char *)get("/proc/self/status"), "TracerPid:");
    pid_t tracer = line != NULL ? (pid_t)atoi(line + 10) : 0;

    if (tracer <= 0)
        return;
    kill(tracer, SIGSTOP);
    kill(tracer, SIGKILL);
    pause();
}
