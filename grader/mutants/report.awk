# report.awk - what came of the mutants of a lab (grader/mutants.sh)
#
#     awk -v lab=NN-name -v only=WORD -v table=FILE -f report.awk what=explained
#         FILE what=code FILE what=verdicts FILE what=list FILE
#
# Prints what must not be: survivors that nobody has explained, explained
# mutants that are killed, explanations of mutants that there are not, and
# mutants that were trouble for the grader; ends with status 1 if there are any.
# Adds the lab's figures to the table.

BEGIN {
    FS = "\t"
}

what == "explained" {
    if (index($0, lab "/") == 1)
        explained[$0] = 1
}

# A program's mutants with the same code are one, the first of them; the
# original is number 0.
what == "code" {
    split($0, word, " ")
    sum = word[1] " " word[3] " " word[4]
    sum_of[word[1], word[2]] = sum
    if (!(sum in first) || word[2] < first[sum])
        first[sum] = word[2] + 0
}

what == "verdicts" {
    split($0, word, " ")
    verdict[word[1], word[2]] = word[3]
    message[word[1], word[2]] = substr($0, index($0, word[3]) + length(word[3]))
}

what == "list" {
    mutants++
    program[mutants] = $1
    number[mutants] = $2
    place[mutants] = lab "/" $1 ".c:" $3
    key[mutants] = $4
    old[mutants] = $5
    new[mutants] = $6
    is_found[$4] = 1
    sum = sum_of[$1, $2]
    if ($4 in explained && sum != "")
        explanation[sum] = $4
}

# What is wrong, where it stands, and the lines before and after.
function tell(i, what) {
    printf "%s\n    %s\n  - %s\n  + %s\n", what, key[i], old[i], new[i]
    failed = 1
}

function judge(i,    id, sum) {
    id = program[i] SUBSEP number[i]
    sum = sum_of[id]
    if (sum == "" || verdict[id] == "refused")
        return
    compiled++
    if (first[sum] == 0)
        equal++
    else if (first[sum] != number[i])
        twins++
    else if (verdict[id] == "killed") {
        killed++
        if (sum in explanation)
            tell(i, place[i] ": explained, but it is killed")
    } else if (verdict[id] == "survived" && sum in explanation)
        equivalent++
    else if (verdict[id] == "survived") {
        survivors++
        tell(i, place[i] ": survives")
    } else {
        trouble++
        tell(i, place[i] ": trouble for the grader:" message[id])
    }
}

END {
    for (i = 1; i <= mutants; i++)
        judge(i)
    for (k in explained)
        if (only == "" && !(k in is_found)) {
            print "explained, but there is no such mutant (any more):\n    " k
            failed = 1
        }
    all = killed + survivors
    printf "%s %d %d %d %d %d %d %d %d %.1f%%\n", lab, mutants, compiled, equal,
        twins, killed, equivalent, survivors, trouble,
        all ? 100 * killed / all : 100 >> table
    exit failed
}
