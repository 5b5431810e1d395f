// make-logs: asan
namespace {
volatile int sink;
__attribute__((noinline)) void fill(char* to, int count) {
  for (int i = 0; i <= count; ++i) to[i] = 'x';
}
}  // namespace
int main() {
  char name[8];
  fill(name, 8);
  sink = name[0];
}
