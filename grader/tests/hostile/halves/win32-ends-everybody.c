/*
 * win32-ends-everybody.c - ends every process that Wine knows
 *
 * play: main 04 client
 * play: first 03 client
 */
static void
attack(void)
{
    PROCESSENTRY32 entry = {.dwSize = sizeof entry};
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);

    for (BOOL more = Process32First(all, &entry); more;
         more = Process32Next(all, &entry)) {
        HANDLE process =
            OpenProcess(PROCESS_TERMINATE, FALSE, entry.th32ProcessID);
        if (entry.th32ProcessID != GetCurrentProcessId() && process != NULL)
            TerminateProcess(process, 0);
    }
}
