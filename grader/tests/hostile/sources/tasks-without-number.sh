# tasks-without-number.sh - fences of tasks that are never closed, or closed twice
#
# play: 02 client
{
    yes '/* TASK 1: x. */ /* END 2 */' | head -n 20000
    yes '    /* TASK 99999999999999999999: \033[2J' | head -n 3000
    echo 'int main(void) { return 0; }'
} >client.c
