. labs/transcript.sh

half server 1
run - './server cat'
