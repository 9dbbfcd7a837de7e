bash grader/tests/report.sh 01-filemapping FM2-server-maps-private
