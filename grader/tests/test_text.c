/*
 * test_text.c - bytes that are not ours are made fit to be shown
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pattern.h"
#include "suites.h"
#include "text.h"

static const struct {
    const char *bytes;
    const char *shown;
} shown[] = {
    {"plain text, 1 + 2 = 3", "plain text, 1 + 2 = 3"},
    {"two\nlines", "two\nlines"},
    {"a \"quoted\" \\ word\tand a tab", "a \"quoted\" \\ word\tand a tab"},
    {"\033[31mred\033[0m", "\\033[31mred\\033[0m"},
    {"bell\a back\b return\r", "bell\\a back\\b return\\r"},
    {"\001\037\177", "\\001\\037\\177"},
    /* UTF-8 of two, three and four bytes. */
    {"\303\245 \342\202\254 \360\237\230\200",
        "\303\245 \342\202\254 \360\237\230\200"},
    /* C1: a terminal may take 0x9b, or its UTF-8, for ESC [. */
    {"\23331m", "\\23331m"},
    {"\302\23331m", "\\302\\23331m"},
    {"\302\205", "\\302\\205"},
    {"\302\240", "\302\240"},
    /* Not UTF-8: alone, cut short, too long, a surrogate, beyond the end. */
    {"\200 \377 \376", "\\200 \\377 \\376"},
    {"\303", "\\303"},
    {"\342\202", "\\342\\202"},
    {"\300\257", "\\300\\257"},
    {"\340\200\257", "\\340\\200\\257"},
    {"\355\240\200", "\\355\\240\\200"},
    {"\360\200\200\257", "\\360\\200\\200\\257"},
    {"\364\220\200\200", "\\364\\220\\200\\200"},
    {"\365\200\200\200", "\\365\\200\\200\\200"},
    /* Characters that turn the reading direction, or hide. */
    {"\342\200\256txet", "\\342\\200\\256txet"},
    {"\342\201\246x\342\201\251", "\\342\\201\\246x\\342\\201\\251"},
    {"\342\200\213", "\\342\\200\\213"},
    {"\342\200\217", "\\342\\200\\217"},
    {"\330\234", "\\330\\234"},
    {"\357\273\277", "\\357\\273\\277"},
    {"\363\240\201\201", "\\363\\240\\201\\201"},
};

START_TEST(shows_what_is_harmless)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    text_show(stream, shown[_i].bytes, strlen(shown[_i].bytes));
    fclose(stream);
    ck_assert_str_eq(text, shown[_i].shown);
    free(text);
}
END_TEST

/* Whatever comes in, what goes out is printable and can be read by anybody. */
START_TEST(shows_nothing_but_printable_bytes)
{
    char bytes[512];

    for (uint64_t round = 0; round < 200; round++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        pattern_fill(round, 0, bytes, sizeof bytes);
        text_show(stream, bytes, sizeof bytes);
        fclose(stream);
        for (size_t i = 0; i < size; i++) {
            unsigned char c = (unsigned char)text[i];
            ck_assert(c >= ' ' || c == '\n' || c == '\t');
            ck_assert(c != 0x7f && c != 0xff && c != 0xc0 && c != 0xc1);
        }
        free(text);
    }
}
END_TEST

static const struct {
    const char *bytes;
    size_t length;
    const char *quoted;
} quotes[] = {
    {"line\n", 5, "\"line\\n\""},
    {"", 0, "\"\""},
    {"a\0b", 3, "\"a\\000b\""},
    {"say \"hi\" \\", 10, "\"say \\\"hi\\\" \\\\\""},
    {"\t\033\377", 3, "\"\\t\\033\\377\""},
    {"0123456789012345678901234567890123456789012345678901234567890123", 64,
        "\"0123456789012345678901234567890123456789012345678901234567890123"
        "\""},
    {"0123456789012345678901234567890123456789012345678901234567890123x", 65,
        "\"0123456789012345678901234567890123456789012345678901234567890123"
        "\"... (65 bytes)"},
};

START_TEST(quotes_as_c_does)
{
    char text[512] = "got ";

    text_quote(text, sizeof text, quotes[_i].bytes, quotes[_i].length);
    ck_assert(strncmp(text, "got ", 4) == 0);
    ck_assert_str_eq(text + 4, quotes[_i].quoted);
}
END_TEST

START_TEST(never_writes_behind_the_end)
{
    char text[16];

    memset(text, 'x', sizeof text);
    text[0] = '\0';
    text_quote(text, 10, "\033\033\033\033\033", 5);
    ck_assert_uint_lt(strlen(text), 10);
    text_add(text, 10, "%s", "more and more");
    ck_assert_uint_eq(strlen(text), 9);
    ck_assert_mem_eq(text + 10, "xxxxxx", 6);
}
END_TEST

static char *
wrap(int indent, const char *words)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    fprintf(stream, "%*s", indent, "");
    text_wrap(stream, indent, words);
    fclose(stream);
    return text;
}

static const int indents[] = {0, 2, 20, 40};

START_TEST(wraps_at_80_columns)
{
    char words[2000] = "";
    int indent = indents[_i];

    for (int i = 0; i < 200; i++)
        text_add(words, sizeof words, "%s%.*s", i > 0 ? " " : "", 1 + i % 9,
            "abcdefghi");
    char *text = wrap(indent, words);
    size_t at = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        ck_assert_uint_le(strlen(line), 80);
        ck_assert_uint_eq(strspn(line, " "), (size_t)indent);
        /* Nothing is lost, and no line is shorter than it has to be. */
        line += indent;
        ck_assert_mem_eq(line, words + at, strlen(line));
        at += strlen(line) + 1;
        if (at < strlen(words))
            ck_assert_uint_gt(
                (size_t)indent + strlen(line) + 1 + strcspn(words + at, " "),
                80);
    }
    ck_assert_uint_eq(at, strlen(words) + 1);
    free(text);
}
END_TEST

/* A column is a character, not a byte; an escaped byte takes four. */
START_TEST(wraps_by_what_is_seen)
{
    char words[600] = "";

    for (int i = 0; i < 40; i++)
        text_add(words, sizeof words, "%s\033\033x", i > 0 ? " " : "");
    char *text = wrap(0, words);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_uint_le(strlen(line), 80);
    free(text);
}
END_TEST

START_TEST(a_word_too_long_stands_alone)
{
    char word[101];

    memset(word, 'w', 100);
    word[100] = '\0';
    char *text = wrap(10, word);
    ck_assert_uint_eq(strlen(text), 10 + 100 + 1);
    free(text);
}
END_TEST

static const struct {
    const char *title;
    const char *slug;
} slugs[] = {
    {"server prints what the client writes",
        "server-prints-what-the-client-writes"},
    {"client prints 10 000 lines", "client-prints-10-000-lines"},
    {"Fails, when it cannot print!", "fails-when-it-cannot-print"},
    {"  odd -- words  ", "odd-words"},
    {"", ""},
    {"\303\245", ""},
};

START_TEST(makes_slugs)
{
    char slug[64];
    char small[8];

    text_slug(slug, sizeof slug, slugs[_i].title);
    ck_assert_str_eq(slug, slugs[_i].slug);
    text_slug(small, sizeof small, slugs[_i].title);
    ck_assert_uint_lt(strlen(small), sizeof small);
}
END_TEST

Suite *
text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tcase = tcase_create("text");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(
        tcase, shows_what_is_harmless, 0, sizeof shown / sizeof shown[0]);
    tcase_add_test(tcase, shows_nothing_but_printable_bytes);
    tcase_add_loop_test(
        tcase, quotes_as_c_does, 0, sizeof quotes / sizeof quotes[0]);
    tcase_add_test(tcase, never_writes_behind_the_end);
    tcase_add_loop_test(
        tcase, wraps_at_80_columns, 0, sizeof indents / sizeof indents[0]);
    tcase_add_test(tcase, wraps_by_what_is_seen);
    tcase_add_test(tcase, a_word_too_long_stands_alone);
    tcase_add_loop_test(tcase, makes_slugs, 0, sizeof slugs / sizeof slugs[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
