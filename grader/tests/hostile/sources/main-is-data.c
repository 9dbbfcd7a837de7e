/*
 * main-is-data.c - its main() is no function
 *
 * play: 02 client
 * play: 03 server
 */
int main[] = {1, 2, 3};
