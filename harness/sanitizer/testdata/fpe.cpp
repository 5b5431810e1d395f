// make-logs: asan
namespace {
volatile int sink;
volatile int one = 1, zero = 0;
int divide(int by) { return one / by; }
}  // namespace
int main() { sink = divide(zero); }
