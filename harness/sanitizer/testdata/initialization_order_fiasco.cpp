// make-logs: asan
// compilers: clang++
// options: check_initialization_order=1
// Compiled twice, once as it is and once with SECOND_FILE, and linked in that order.
#ifndef SECOND_FILE
extern int second;
namespace {
int read_second() { return second; }
}  // namespace
int first = read_second();
int main() {}
#else
namespace {
volatile int three = 3;
int make_second() { return three; }
}  // namespace
int second = make_second();
#endif
