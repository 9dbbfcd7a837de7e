bash grader/tests/report.sh 03-namedpipe NP17-call_client-opens-after-the-request
