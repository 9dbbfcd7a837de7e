bash grader/tests/report.sh 01-filemapping RDY1-ready-too-early pair-give-the-same-answer-in-every-order
