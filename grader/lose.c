/*
 * lose.c - see lose.h
 */
#include "lose.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "explain.h"
#include "orders.h"
#include "text.h"

void
lose(struct half_view *half)
{
    explain_facts();
    explain_said(half);
    orders_explain();
    lose_at_once();
}

void
lose_at_once(void)
{
    ck_abort_msg("%s", pair_verdict->expected);
    abort(); /* ck_abort_msg() does not return, but does not say so */
}

void
lose_expected(const char *format, ...)
{
    struct verdict *verdict = pair_verdict;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(verdict->expected, sizeof verdict->expected, format, arguments);
    va_end(arguments);
}

void
lose_got(const char *bytes, size_t size)
{
    struct verdict *verdict = pair_verdict;

    if (size == 0)
        text_add(verdict->got, sizeof verdict->got, "nothing");
    else
        text_quote(verdict->got, sizeof verdict->got, bytes, size);
}
