# else-ifs.sh - a hundred thousand choices
#
# play: 02 client slow
{
    echo 'int main(int n, char **v) { (void)v; '
    yes 'if (n == 3) n++; else ' | head -n 40000
    echo 'return n; }'
} >client.c
