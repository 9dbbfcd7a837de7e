. labs/transcript.sh

half domain_server 1 2 3
start A './domain_server board 1'
see A
run - "perl -MIO::Socket -e '
    \$s = IO::Socket::INET->new(Proto => \"udp\", Broadcast => 1,
        PeerAddr => \"127.255.255.255:27947\");
    \$s->send(\"harbour\\0for others\");
    \$s->send(\"board\\0for us\");'"
end A
