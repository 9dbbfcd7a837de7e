. labs/transcript.sh

half server 1 2 3
run - './server meet; ls meet'
run - 'mkdir room; ./server room; rmdir room'
