. labs/transcript.sh

half client.exe
run - "printf 'milk\n\napples' | wine client.exe; echo \$?"
run - "printf 'a\0b\n' | wine client.exe | od -A n -c"
run - 'wine client.exe < /dev/null; echo $?'
