bash grader/tests/report.sh 05-sysv SV1-both-without-mutex pair-print-every-line-in-every-order
