bash grader/tests/report.sh 05-sysv SV1-no-semaphores-at-all
