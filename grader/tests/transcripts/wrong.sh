# The report about a parent that forgot to close its end of the child's pipe.
echo '$ make grade LAB=02'
bash grader/tests/report.sh 02-anonpipe AP1-write-end-kept
