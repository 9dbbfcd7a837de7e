. labs/transcript.sh

half server.exe 1 3
run - 'wine server.exe meet; wine server.exe meet'
run - 'ls meet'
