bash grader/tests/report.sh 02-anonpipe IO1-client-never-flushes
