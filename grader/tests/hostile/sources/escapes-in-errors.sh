# escapes-in-errors.sh - errors that move the cursor, turn the text, and have no end
#
# play: 02 client
{
    printf '#error "\033[2J\033]0;title\a\033[8m\342\200\256txt\302\2332J"\n'
    printf '#warning no\342\200\213thing \357\273\277here\r\b\b\177\233\n'
    printf '#pragma message "\\033[2J\\n500/500"\n'
    printf '_Static_assert(0, "\\033[2J\\n500/500\\n");\n'
    printf '_Static_assert(0, "\342\200\256 nothing is wrong");\n'
    printf 'int \342\200\256a, \033b;\n'
} >client.c
