// make-logs: ubsan
// options: print_stacktrace=0
// As UBSan prints by default: one line and no stack.
#include <climits>
namespace {
volatile int sink;
volatile int big = INT_MAX;
int add(int a) { return a + 1; }
}  // namespace
int main() { sink = add(big); }
