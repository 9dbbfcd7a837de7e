# names-without-number.sh - messages about thousands of names
#
# play: 02 client slow
{
    echo 'int main(void) {'
    yes 'undeclared_name_that_is_long();' | head -n 20000
    echo '}'
} >client.c
