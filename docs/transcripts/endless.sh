bash grader/tests/report.sh 03-namedpipe NP2-server-opens-for-both
