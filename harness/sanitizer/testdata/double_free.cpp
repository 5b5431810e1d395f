// make-logs: asan
#include <cstdlib>
namespace {
void release(void* p) { std::free(p); }
}  // namespace
int main() {
  void* volatile block = std::malloc(24);
  std::free(block);
  release(block);
}
