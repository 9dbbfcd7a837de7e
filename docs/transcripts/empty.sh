bash grader/tests/report.sh 04-mailslot MS7-empty-message-is-the-end
