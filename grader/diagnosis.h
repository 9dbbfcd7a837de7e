/*
 * diagnosis.h - the mistakes that the grader knows by name
 */
#ifndef DIAGNOSIS_H
#define DIAGNOSIS_H

/* The texts are plain English in words that text_wrap() can break. A report
 * shows what and mend; hint.h tells the rest, in stages. */
struct diagnosis {
    const char *id;    /* as in the verdict */
    const char *lab;   /* whose handout explains it, NULL: the item's own */
    int step;          /* of that handout, 0: the item's own */
    const char *what;  /* the mistake, in one sentence */
    const char *mend;  /* what to do about it, in one sentence */
    const char *nudge; /* a question or two that lead to it, no solution */
    const char *more;  /* 3 to 8 sentences: what the system does, why it shows
                        * as it does, how to look for it, how to mend it */
};

/* Those that belong to no single lab, up to an id that is NULL. */
extern const struct diagnosis diagnoses[];

/* Looks among these and among the labs' own (labs.h); capitals or not, it is
 * the same id. Returns NULL for "" and for what is not known. */
const struct diagnosis *diagnosis_find(const char *id);

#endif
