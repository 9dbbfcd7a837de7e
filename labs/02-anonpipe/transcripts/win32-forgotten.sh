. labs/transcript.sh

half server.exe 1 2 5
half client.exe
start A 'wine server.exe client with-an-argument'
see A
interrupt A
