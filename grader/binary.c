/*
 * binary.c - see binary.h
 */
#include "binary.h"

#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

struct bytes {
    const unsigned char *at;
    size_t size;
};

static int
has(const struct bytes *file, uint64_t offset, uint64_t size)
{
    return offset <= file->size && size <= file->size - offset;
}

/* Headers may stand anywhere. Returns 0 if the file ends before it is over. */
static int
take(const struct bytes *file, uint64_t offset, void *header, size_t size)
{
    if (!has(file, offset, size))
        return 0;
    memcpy(header, file->at + offset, size);
    return 1;
}

static int
is_whole_elf(const struct bytes *file)
{
    ElfW(Ehdr) head;
    ElfW(Phdr) segment;
    ElfW(Shdr) section;

    if (!take(file, 0, &head, sizeof head))
        return 0;
    for (size_t i = 0; i < head.e_phnum; i++)
        if (!take(file, head.e_phoff + i * head.e_phentsize, &segment,
                sizeof segment) ||
            !has(file, segment.p_offset, segment.p_filesz))
            return 0;
    for (size_t i = 0; i < head.e_shnum; i++)
        if (!take(file, head.e_shoff + i * head.e_shentsize, &section,
                sizeof section) ||
            (section.sh_type != SHT_NOBITS &&
                !has(file, section.sh_offset, section.sh_size)))
            return 0;
    return head.e_phnum + head.e_shnum > 0;
}

/* A number of so many bytes, the lowest first. 0 behind the end. */
static uint64_t
number(const struct bytes *file, uint64_t offset, size_t size)
{
    uint64_t value = 0;

    if (!has(file, offset, size))
        return 0;
    while (size-- > 0)
        value = value << 8 | file->at[offset + size];
    return value;
}

/* "PE Format", Microsoft: the header that objects begin with, and programs have
 * behind a signature. After the symbols come their names, with their size. */
static int
is_whole_coff(const struct bytes *file, uint64_t at)
{
    enum {
        HEADER = 20,
        SECTION = 40,
        SYMBOL = 18
    };
    uint64_t sections = number(file, at + 2, 2);
    uint64_t symbols = number(file, at + 8, 4);
    uint64_t names = symbols + SYMBOL * number(file, at + 12, 4);
    uint64_t table = at + HEADER + number(file, at + 16, 2);

    if (sections == 0 || !has(file, table, SECTION * sections))
        return 0;
    for (uint64_t i = 0; i < sections; i++)
        if (!has(file, number(file, table + SECTION * i + 20, 4),
                number(file, table + SECTION * i + 16, 4)))
            return 0;
    return symbols == 0 || (number(file, names, 4) >= 4 &&
                               has(file, names, number(file, names, 4)));
}

int
binary_is_whole(const void *bytes, size_t size)
{
    const struct bytes file = {bytes, size};
    uint64_t signature = number(&file, 0x3c, 4);

    if (size >= SELFMAG && memcmp(bytes, ELFMAG, SELFMAG) == 0)
        return is_whole_elf(&file);
    if (number(&file, 0, 2) != 0x5a4d) /* "MZ" */
        return number(&file, 0, 2) == 0x8664 && is_whole_coff(&file, 0);
    return number(&file, signature, 4) == 0x4550 && /* "PE" */
           is_whole_coff(&file, signature + 4);
}

int
binary_image_is_whole(int image)
{
    struct stat status;

    if (fstat(image, &status) == -1 || status.st_size == 0)
        return 0;
    size_t size = (size_t)status.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, image, 0);
    if (bytes == MAP_FAILED)
        return 0;
    int is_whole = binary_is_whole(bytes, size);
    munmap(bytes, size);
    return is_whole;
}
