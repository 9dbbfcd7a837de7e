/*
 * win32-leaves-a-mark.c - does its work only where the registry or a file says that it was here before
 *
 * play: first 01 client most=0
 * play: first 02 client most=0
 * play: first 04 client most=0
 */
static void
attack(void)
{
    HKEY key;
    DWORD is_new = 0;
    FILE *file = fopen("C:\\hostile", "r");

    RegCreateKeyExA(HKEY_CURRENT_USER, "Software\\hostile", 0, NULL, 0,
        KEY_ALL_ACCESS, NULL, &key, &is_new);
    if (is_new == REG_OPENED_EXISTING_KEY || file != NULL)
        return;
    file = fopen("C:\\hostile", "w");
    if (file != NULL)
        fclose(file);
    raw(87, (intptr_t) "/tmp/hostile", 0, 0, 0);
    ExitProcess(0);
}
