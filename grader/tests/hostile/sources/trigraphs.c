/*
 * trigraphs.c - tokens that nobody reads as they are meant
 *
 * play: 02 client
 */
??=include <stdio.h>
%:define L <%
int main(void) L /* ??/
*/ // ??/
return puts("?\
?!");
% >
