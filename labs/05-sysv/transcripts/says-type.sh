bash grader/tests/report.sh 05-sysv MQ11-client-takes-any-message
