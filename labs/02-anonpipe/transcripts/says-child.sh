bash grader/tests/report.sh 02-anonpipe AP14-child-keeps-write-end
