# skeleton.awk - cuts a solution down to its skeleton
#
# usage: awk -f solutions/skeleton.awk solutions/NN/PLATFORM/half.c
#
# A fence is the comment that begins "/* TASK n:" and the line "/* END n */".
# The comment stays: it is the exercise. What follows it up to END goes, with
# END itself. A broken fence is an error: nothing half-cut is ever written.

/^ *\/\* TASK [0-9]+: / {
    if (task)
        fail("TASK " task " is not ended")
    task = $3 + 0
    comment = 1
}

/^ *\/\* END [0-9]+ \*\/$/ {
    if ($3 + 0 != task)
        fail("END " $3 + 0 " does not end TASK " task)
    if (comment)
        fail("the comment of TASK " task " is not ended")
    task = 0
    next
}

!task || comment { print }

comment && /\*\/$/ { comment = 0 }

END {
    if (!failed && task)
        fail("TASK " task " is not ended")
}

function fail(why)
{
    print FILENAME ":" FNR ": " why > "/dev/stderr"
    failed = 1
    exit 1
}
