bash grader/tests/report.sh 04-mailslot MS16-domain-any-message-begins-anew
