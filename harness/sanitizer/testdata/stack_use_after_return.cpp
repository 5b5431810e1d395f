// make-logs: asan
// options: detect_stack_use_after_return=1
namespace {
volatile int sink;
int* volatile escaped;
__attribute__((noinline)) void leak_address() {
  volatile int local = 1;
  escaped = const_cast<int*>(&local);
}
int use() { return *escaped; }
}  // namespace
int main() {
  leak_address();
  sink = use();
}
