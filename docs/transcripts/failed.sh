CALLS=yes bash grader/tests/report.sh 01-filemapping FM9-mmap-compared-with-NULL server-says-so-when-the-system-refuses-a-call
