bash grader/tests/report.sh 04-mailslot MS3-any-socket-is-a-leftover
