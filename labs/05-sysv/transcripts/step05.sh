. labs/transcript.sh

half server
miniature
start A './server board'
see A
run B 'printf abcd | od -A n -t d4'
run B './miniature board put 1 abcdmilk'
run B './miniature board take 1684234852 | od -A n -c'
interrupt A
