/*
 * D01-limits-of-the-warden.c - lowers and raises the limits of everybody
 *
 * play: main 03 server
 * play: first 01 client
 * play: last 01 server
 * play: last 03 client
 * play: last 02 client
 */
static void
limit(pid_t pid)
{
    static const rlim_t values[] = {RLIM_INFINITY, 4, 0};

    for (int resource = 0; resource < RLIM_NLIMITS; resource++)
        for (int i = 0; i < 3; i++) {
            struct rlimit limit = {values[i], values[i]};
            prlimit(pid, (enum __rlimit_resource)resource, &limit, NULL);
        }
}

static void
attack(void)
{
    everybody(limit);
}
