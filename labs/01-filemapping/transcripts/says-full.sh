bash grader/tests/report.sh 01-filemapping SEM1-full-is-never-posted
