// make-logs: asan
namespace {
volatile int sink;
volatile int depth;
__attribute__((noinline)) int descend(int level) {
  volatile char big[4096];
  big[0] = static_cast<char>(level);
  depth = level;
  return descend(level + 1) + big[0];
}
}  // namespace
int main() { sink = descend(0); }
