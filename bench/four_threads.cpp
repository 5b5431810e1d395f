// The same as a whole program, for the explorer's fork server.
#include "bench/four_threads.h"

int main() { four_threads(); }
