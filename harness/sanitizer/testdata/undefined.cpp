// make-logs: ubsan
#include <climits>
namespace {
volatile int sink;
volatile int big = INT_MAX;
int add(int a) { return a + 1; }
int shift(int by) { return 1 << by; }
int load(const char* at) { return *reinterpret_cast<const int*>(at); }
}  // namespace
int main() {
  alignas(4) char bytes[8] = {};
  const char* volatile odd = bytes + 1;
  sink = add(big) + shift(big) + load(odd);
}
