bash grader/tests/report.sh 04-mailslot MS1-no-byte-more
