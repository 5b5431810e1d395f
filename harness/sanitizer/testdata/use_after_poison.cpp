// make-logs: asan
extern "C" void __asan_poison_memory_region(void const volatile* at, unsigned long size);
namespace {
volatile int sink;
char* volatile arena;
char touch() { return arena[8]; }
}  // namespace
int main() {
  arena = new char[64];
  __asan_poison_memory_region(arena, 64);
  sink = touch();
}
