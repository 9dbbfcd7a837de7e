bash grader/tests/report.sh 05-sysv SV4-client-takes-mutex-first
