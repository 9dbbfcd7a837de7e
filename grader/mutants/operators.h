/*
 * operators.h - the ways in which a source is mutated
 *
 * statements.c has those of whole statements, expressions.c, calls.c and
 * constants.c those inside of expressions. What is told to people is left
 * alone: texts, and the arguments of die(), complain() and the like.
 *
 *     drop-call         f(x);                 ->  ;
 *     drop-assignment   a = b;  n++;          ->  ;
 *     drop-if           if (c) a; else b;     ->  ;
 *     drop-loop         while (c) a;          ->  ;
 *     drop-jump         break;  return;       ->  ;
 *     loop-once         do a; while (c);      ->  a;
 *     move              a; b;                 ->  b; a;
 *     negate            if (c)                ->  if (!(c))
 *     relation          a < b                 ->  a <= b
 *     logic             a && b                ->  a || b
 *     drop-operand      a && b                ->  a
 *     drop-flag         A | B                 ->  A
 *     constant          1                     ->  2
 *     arithmetic        a + b                 ->  a - b
 *     drop-initializer  {.a = 1}              ->  {.a = 0}
 *     swap-arguments    f(a, b)               ->  f(b, a)
 */
#ifndef OPERATORS_H
#define OPERATORS_H

#include "mutations.h"

/* Adds every mutation of the source. */
void operators_apply(struct mutations *mutations);

/* Adds those of an expression, and of a condition, which may be negated. The
 * context is what a reader is shown: the innermost call or comparison. */
void mutate_expression(
    struct mutations *mutations, const json_t *node, struct span context);
void mutate_condition(
    struct mutations *mutations, const json_t *node, struct span context);

/* calls.c: swapped arguments, initializers left out, and what is inside. */
void mutate_call(struct mutations *mutations, const json_t *node);
void mutate_initializers(
    struct mutations *mutations, const json_t *node, struct span context);

/* constants.c: numbers, characters, enumerators, sizeof; but no macro. */
int is_constant(const json_t *node);
void mutate_constant(
    struct mutations *mutations, struct span span, struct span context);

/* The use of a macro; one side of == or !=; an element of an array. */
void mutate_macro(
    struct mutations *mutations, const json_t *node, struct span context);
void mutate_compared(
    struct mutations *mutations, const json_t *node, struct span context);
void mutate_subscript(
    struct mutations *mutations, const json_t *node, struct span context);

#endif
