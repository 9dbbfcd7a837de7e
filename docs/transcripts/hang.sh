bash grader/tests/report.sh 02-anonpipe AP1-write-end-kept
