bash grader/tests/report.sh 01-filemapping FM6-client-reads-first
