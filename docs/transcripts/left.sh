bash grader/tests/report.sh 03-namedpipe NP4-server-never-removes
