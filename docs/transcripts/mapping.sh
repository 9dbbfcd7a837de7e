bash grader/tests/report.sh 01-filemapping FM1-no-ftruncate
