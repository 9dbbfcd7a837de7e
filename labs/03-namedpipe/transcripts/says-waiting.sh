bash grader/tests/report.sh 03-namedpipe NP11-call_server-waits-for-its-client
