/*
 * booted.c - tells Wine that Windows has been started, for the grader
 *
 * usage: booted
 *
 * Each program of Wine's waits for an event that wineboot sets when it has
 * started the services, and starts wineboot if there is no such event. A lab
 * needs no services, and they cost ten times what the rest of Wine's start does
 * (template.sh): so the event is made here, set, and stays when we end.
 */
#include "lab.h"

#include <winternl.h>

enum {
    PERMANENT = 0x10 /* OBJ_PERMANENT, winternl.h does not know it */
};

NTSTATUS NTAPI NtCreateEvent(HANDLE *event, ACCESS_MASK access,
    OBJECT_ATTRIBUTES *attributes, int kind, BOOLEAN is_set);

int
main(void)
{
    HANDLE event;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, L"\\KernelObjects\\__wineboot_event");
    InitializeObjectAttributes(
        &attributes, &name, OBJ_OPENIF | PERMANENT, NULL, NULL);
    return NtCreateEvent(&event, EVENT_ALL_ACCESS, &attributes, 0, TRUE) < 0;
}
