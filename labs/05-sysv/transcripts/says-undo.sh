bash grader/tests/report.sh 05-sysv SV5-client-without-undo
